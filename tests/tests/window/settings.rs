//! Settings: saved at once, kept, and felt elsewhere.

use crate::deck::DECK;
use crate::desk::Desk;
use crate::review::YESTERDAY;

const LOOK: &str = "const { dataset, style } = document.documentElement;
    return `${dataset.theme} ${style.fontSize}`";

#[test]
fn what_is_set_is_felt_at_once_and_kept_over_a_restart() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    let window = desk.open_today();
    window.until_shows("4 new cards");
    window.click("Settings");
    window.until_heading("Settings");
    window.pick("Dark");
    window.until("dark colors", "return document.documentElement.dataset.theme === 'dark'");
    window.pick("130 %");
    window.until("large text", "return document.documentElement.style.fontSize === '130%'");
    window.fill("New cards a day", "2");
    window.until_shows("your change of “New cards a day”");
    window.click("Change the key for: Good");
    window.act(&["g"]);
    window.until_shows("your change of “Keyboard shortcuts”");
    window.click("Today");
    window.until_shows("2 new cards");
    window.close();

    let window = desk.open();
    assert_eq!(window.ask(LOOK), "dark 130%");
    window.until_shows("2 new cards");
    window.begin();
    assert!(window.is("New to you"), "the first card is new: {:?}", window.tags());
    let before = window.progress();
    window.settle();
    window.press(&["3"]);
    assert_eq!(window.progress(), before, "the old key means nothing any more");
    assert!(window.act(&["g"]).starts_with("Good."));
}

#[test]
fn a_bad_value_is_told_at_its_field_and_the_old_one_is_kept() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    let window = desk.open_today();
    window.click("Settings");
    for (label, bad, words) in [
        ("New cards a day", "100000", "between 0 and 9999"),
        ("New cards a day", "1000000000", ""),
        ("Ready cards a day, at most", "0", "between 1 and 9999"),
        ("Ready cards a day, at most", "some", "Please type a whole number."),
        ("Longest wait, in days", "100000", "between 1 and 36500"),
    ] {
        window.fill(label, bad);
        let told = format!(
            "const label = [...document.querySelectorAll('label')].find((one) => one.innerText.trim() === '{label}');
            const field = label.control;
            const ids = field.getAttribute('aria-describedby').split(' ').filter(Boolean);
            const words = ids.map((id) => document.getElementById(id)?.innerText ?? '').join(' ');
            return field.getAttribute('aria-invalid') === 'true' && words.replaceAll(',', '').includes('{words}')"
        );
        window.until(&format!("“{words}” at {label}"), &told);
    }
    window.click("Change the key for: Hard");
    window.press(&["u"]);
    window.until_shows("U already means “Undo the last thing you did”.");

    window.click("Today");
    window.until_shows("4 new cards");
}

#[test]
fn undo_takes_back_a_setting_and_shortcuts_can_be_switched_off() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    let window = desk.open_today();
    window.click("Settings");
    window.pick("Dark");
    window.until("dark colors", "return document.documentElement.dataset.theme === 'dark'");
    window.until_shows("your change of “Colors”");
    let said = window.act(&["Control+z"]);
    assert!(said.contains("your change of “Colors”"), "{said}");
    window.until("as before", "return document.documentElement.dataset.theme === 'light'");

    window.pick("Shortcuts with single keys");
    window.until_shows("your change of “Keyboard shortcuts”");
    window.click("Today");
    window.until("Today", "return !!document.querySelector('main table')");
    window.click("Begin");
    window.until("a card is there", "return !!document.querySelector('article')");
    let front = window.front();
    window.settle();
    window.press(&["3", "s", "b", "u", "?", "9"]);
    assert_eq!(window.front(), front, "single keys mean nothing");
    assert_eq!(window.ask("return document.querySelectorAll('dialog, article kbd').length"), 0);
    window.press(&["Escape"]);
    window.until("Today", "return !!document.querySelector('main table')");
}
