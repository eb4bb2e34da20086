//! A whole review by keyboard alone, with all three kinds of card, held against the log.

use chrono::NaiveDate;
use serde_json::Value;

use crate::deck::DECK;
use crate::desk::Desk;
use crate::window::Window;

pub const YESTERDAY: &str = "2026-11-20T09:00:00-08:00";

/// How a card is answered the first time.
#[derive(Clone, Copy)]
enum Play {
    /// Reveal, then this key.
    Key(&'static str),
    /// Pick a wrong option.
    Wrong,
    /// Pick the best option, then this key.
    Right(&'static str),
}

use Play::{Key, Right, Wrong};

/// Words of the question, how it is answered, and the grade that this must come to.
const PLAN: [(&str, Play, u8); 8] = [
    ("peer support is", Key("Space"), 4),
    ("Recovery is", Key("2"), 3),
    ("missed two appointments", Wrong, 1),
    ("listening", Key("1"), 1),
    ("hurt himself", Right("1"), 1),
    ("schizophrenia", Key("4"), 5),
    ("boundaries", Key("Enter"), 4),
    ("no way to get", Right("3"), 4),
];

/// What the window promised for one answer.
#[derive(Debug, PartialEq)]
struct Promise {
    kind: &'static str,
    grade: u8,
    /// The date on the button; of the drill none is kept.
    date: Option<String>,
}

#[test]
fn a_whole_review_by_keyboard_alone_is_in_the_log_as_it_was_promised() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    desk.study(YESTERDAY);
    let before = desk.log().len();
    let window = desk.open_today();
    window.until_shows("4 cards");
    window.begin();
    assert_eq!(window.progress(), "0 of 8", "four ready and four new; the drill is not counted");

    let mut promises = Vec::new();
    while window.has_card() {
        let not_yet = !promises.iter().any(|one: &Promise| one.kind == "drill");
        let drilling = window.is("See again");
        promises.push(if drilling { drill(&window, not_yet) } else { answer(&window) });
    }

    window.until_heading("Done for today.");
    let done = window.text("main");
    assert!(done.contains("8 cards"), "eight cards were met: {done}");
    assert!(done.contains("2 of 4"), "Good and Hard of the four known cards: {done}");
    let kept: Vec<Promise> = desk.log()[before..].iter().map(kept).collect();
    assert_eq!(kept, promises, "the log holds what the buttons said");
    desk.cli.assert_sound(&desk.now);
}

fn answer(window: &Window) -> Promise {
    let front = window.front();
    let (_, play, grade) = *PLAN
        .iter()
        .find(|(words, ..)| front.contains(words))
        .unwrap_or_else(|| panic!("no plan for {front}"));
    let key = match play {
        Wrong => return answer_wrong(window),
        Key(key) => {
            if !window.is("New to you") {
                assert_eq!(window.act(&["Space"]), "Answer shown.");
                window.until_focus("Answer");
            }
            key
        }
        Right(key) => {
            let letter = window.letter_of("Ask");
            window.act(&[&letter]);
            assert_eq!(window.act(&["Enter"]), "Yes. That is the best answer.");
            assert_eq!(window.buttons()[0].0, "I guessed");
            key
        }
    };
    let at = match key {
        "1" => 0,
        "2" => 1,
        "4" => 3,
        _ => 2,
    };
    let (name, date) = window.buttons()[at].clone();
    let said = window.grade(key);
    assert!(said.starts_with(&name), "{key} on “{front}” is {name}: {said}");
    Promise { kind: "review", grade, date: Some(date) }
}

fn answer_wrong(window: &Window) -> Promise {
    let letter = window.letter_of("Tell");
    assert_eq!(window.act(&[&letter]), format!("{} chosen.", letter.to_uppercase()));
    let verdict = window.act(&["Enter"]);
    assert!(verdict.starts_with("You chose"), "{verdict}");
    let reasons = window.ask("return document.querySelectorAll('.option .why').length");
    assert_eq!(reasons, 3, "every option shows its reason");
    assert!(window.buttons().is_empty(), "there is only one way on");
    let foot = window.text("footer");
    assert!(foot.contains("This counts as Again: today, then tomorrow."), "{foot}");
    let said = window.grade("Space");
    assert!(said.starts_with("Again. Once more today."), "{said}");
    Promise { kind: "review", grade: 1, date: Some("today, then tomorrow".into()) }
}

/// The first of the drill is not there yet, all others are.
fn drill(window: &Window, not_yet: bool) -> Promise {
    if window.is_choosing() {
        let letter = window.letter_of("Ask");
        window.act(&[&letter]);
        window.act(&["Enter"]);
    } else {
        window.act(&["Space"]);
    }
    let names: Vec<String> = window.buttons().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names.len(), 2, "the drill has two buttons: {names:?}");
    assert_eq!(names[1], "Got it");
    let said = window.grade(if not_yet { "1" } else { "2" });
    assert!(said.starts_with(&names[usize::from(!not_yet)]), "{said}");
    Promise { kind: "drill", grade: if not_yet { 1 } else { 4 }, date: None }
}

fn kept(row: &Value) -> Promise {
    assert_eq!(row["voided"], false, "nothing was taken back: {row}");
    let grade = u8::try_from(row["grade"].as_u64().expect("a grade")).expect("0 to 5");
    let drill = row["kind"] == "drill";
    let due = row["due"].as_str().map(|due| date(due, grade < 4)).filter(|_| !drill);
    Promise { kind: if drill { "drill" } else { "review" }, grade, date: due }
}

/// A due day as a button calls it.
fn date(due: &str, drill_today: bool) -> String {
    let day: NaiveDate = due.parse().expect("a day");
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a day");
    let day = match (day - today).num_days() {
        1 => "tomorrow".to_owned(),
        _ => day.format("%B %-d").to_string(),
    };
    if drill_today { format!("today, then {day}") } else { day }
}
