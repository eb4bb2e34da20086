//! What a person at the keyboard does on a card, and sees of it.

use serde_json::json;

use crate::driver::poll;
use crate::window::Window;

/// Grades are ignored for this long after an answer has appeared.
pub const GUARD_MS: u32 = 300;

impl Window {
    /// Presses keys that do something; gives what the live region says of it.
    pub fn act(&self, keys: &[&str]) -> String {
        self.said_after(|| self.press(keys))
            .unwrap_or_else(|| panic!("{keys:?} did nothing. The page: {}", self.text("body")))
    }

    /// Hides the open card until tomorrow, by the button: while a choice is open, B is an option.
    pub fn not_today(&self) {
        let said = self.said_after(|| self.click("Not today"));
        assert_eq!(said.as_deref(), Some("Hidden until tomorrow."));
    }

    fn said_after(&self, act: impl FnOnce()) -> Option<String> {
        let before = self.live();
        act();
        let said = poll(|| Some(self.live()).filter(|now| *now != before))?;
        Some(said.trim_end_matches('\u{a0}').to_owned())
    }

    /// Grades once the answer has been in sight long enough for a grade to be meant.
    pub fn grade(&self, key: &str) -> String {
        self.settle();
        self.act(&[key])
    }

    /// Until a grade counts: the guard's time after the page has been drawn.
    pub fn settle(&self) {
        let wait = format!("requestAnimationFrame(() => setTimeout(() => done(true), {GUARD_MS}))");
        self.ask_later(&wait);
    }

    /// From Today into the first card.
    pub fn begin(&self) {
        self.press(&["Space"]);
        self.until("a card is there", "return !!document.querySelector('article')");
    }

    /// The question that is open, in words.
    pub fn front(&self) -> String {
        self.text("article .front").trim().to_owned()
    }

    /// The small words above the question: “New to you”, “See again”, area and deck.
    pub fn tags(&self) -> Vec<String> {
        let tags = "return [...document.querySelectorAll('article .tags li')].map((li) => li.innerText.trim())";
        serde_json::from_value(self.ask(tags)).expect("a list of texts")
    }

    pub fn is(&self, tag: &str) -> bool {
        self.tags().iter().any(|one| one == tag)
    }

    /// Whether the options of a choice wait to be picked.
    pub fn is_choosing(&self) -> bool {
        self.ask("return !!document.querySelector('[role=radiogroup]')") == true
    }

    /// The letter of the option whose text begins so.
    pub fn letter_of(&self, start: &str) -> String {
        let script = "const all = [...document.querySelectorAll('.option')];
            const at = all.findIndex((one) => one.querySelector('.text').innerText.startsWith(arguments[0]));
            return String.fromCharCode(97 + at);";
        let letter = self.ask_with(script, &json!([start]));
        letter.as_str().expect("a letter").to_owned()
    }

    /// The grade buttons: name and date.
    pub fn buttons(&self) -> Vec<(String, String)> {
        let script = "return [...document.querySelectorAll('[data-grade]')].map((one) =>
            [one.querySelector('b span').innerText, one.querySelector('.when').innerText])";
        serde_json::from_value(self.ask(script)).expect("pairs of texts")
    }

    /// How far the sitting is: “2 of 9”.
    pub fn progress(&self) -> String {
        self.text("header .counts span")
    }

    pub fn has_card(&self) -> bool {
        self.ask("return !!document.querySelector('article')") == true
    }

    /// Answers the open card as someone who knows it: the best option, then Good.
    pub fn answer_well(&self) -> String {
        if self.is_choosing() {
            self.act(&[&self.letter_of("Ask")]);
            self.act(&["Enter"]);
        } else if self.buttons().is_empty() {
            assert_eq!(self.act(&["Space"]), "Answer shown.");
        }
        self.grade("Space")
    }

    /// Types into the field of this name, in place of what stood there, and leaves it.
    pub fn fill(&self, label: &str, text: &str) {
        let script = format!("{LABEL} label.control.focus(); label.control.select(); return true;");
        self.ask_with(&script, &json!([label]));
        let keys: Vec<String> = text.chars().map(String::from).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        self.press(&keys);
        self.press(&["Tab"]);
    }

    /// Chooses an entry of a list by its value.
    pub fn choose(&self, label: &str, value: &str) {
        let script = format!(
            "{LABEL} label.control.focus(); label.control.value = arguments[1];
            label.control.dispatchEvent(new Event('change', {{ bubbles: true }})); return true;"
        );
        self.ask_with(&script, &json!([label, value]));
    }

    /// Picks the radio button or switch of this name.
    pub fn pick(&self, label: &str) {
        self.ask_with(&format!("{LABEL} label.control.click(); return true;"), &json!([label]));
    }
}

/// Finds the label that reads `arguments[0]`.
const LABEL: &str = "
    const reads = (one) => (one.querySelector('span') ?? one).innerText.trim();
    const place = document.querySelector('dialog[open]') ?? document;
    const label = [...place.querySelectorAll('label')].find((one) => reads(one) === arguments[0]);
    if (!label) throw new Error(`no label ${arguments[0]}`);";
