//! Keys that must not grade: held ones, and those that come before the answer can have been read.

use serde_json::Value;

use crate::deck::DECK;
use crate::desk::Desk;
use crate::person::GUARD_MS;
use crate::review::YESTERDAY;
use crate::window::Window;

/// Writes down every key press that reaches the page.
const LISTEN: &str = "window.heard = [];
    addEventListener('keydown', (event) => heard.push(
        { at: event.timeStamp, repeat: event.repeat, trusted: event.isTrusted }), true);
    return true;";
const REPEATS: &str = "return heard.filter((one) => one.repeat).length >= 8";
const SPACE: u32 = 0x20;
const THREE: u32 = 0x33;

fn at_a_hidden_answer(window: &Window) {
    while window.is_choosing() || !window.buttons().is_empty() {
        window.answer_well();
    }
}

#[test]
fn a_held_key_is_one_press() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    desk.study(YESTERDAY);
    let window = desk.open_today();
    window.begin();
    at_a_hidden_answer(&window);
    let before = desk.answers();

    window.ask(LISTEN);
    window.display.hold(SPACE, || window.until("Space repeats", REPEATS));
    assert_eq!(window.buttons().len(), 4, "the first press shows the answer");
    assert_eq!(desk.answers(), before, "and none of the repeats grades it");

    window.settle();
    window.ask(LISTEN);
    window.display.hold(THREE, || window.until("3 repeats", REPEATS));
    window.settle();
    assert_eq!(desk.answers(), before + 1, "a held 3 is one answer");
    assert_eq!(window.ask("return heard.every((one) => one.trusted)"), true);
}

#[test]
fn a_grade_right_after_the_answer_appeared_is_not_meant() {
    let desk = Desk::with_deck(DECK, 8, YESTERDAY);
    desk.study(YESTERDAY);
    let window = desk.open_today();
    window.begin();
    for _ in 0..6 {
        at_a_hidden_answer(&window);
        let before = window.progress();
        window.ask(LISTEN);
        window.press(&["Space", "3"]);
        window.until("both keys came", "return heard.length === 2");
        let gap = window.ask("return heard[1].at - heard[0].at");
        // Both keys are sent at once; only a machine that stood still between them proves nothing.
        if is_within_guard(&gap) {
            assert_eq!(window.buttons().len(), 4, "the answer is shown and waits");
            assert_eq!(window.progress(), before, "the early 3 graded nothing");
            window.grade("3");
            assert_ne!(window.progress(), before, "a 3 in its time does");
            return;
        }
    }
    panic!("the machine never delivered two keys within {GUARD_MS} ms");
}

fn is_within_guard(gap: &Value) -> bool {
    gap.as_f64().is_some_and(|gap| gap < f64::from(GUARD_MS))
}

#[test]
fn keys_typed_into_a_field_or_with_a_modifier_do_nothing_to_the_card() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    desk.study(YESTERDAY);
    let window = desk.open_today();
    window.begin();
    at_a_hidden_answer(&window);
    let (progress, answers) = (window.progress(), desk.answers());
    window.press(&["Control+3", "Control+s", "Control+b", "Control+u"]);
    window.act(&["Space"]);
    window.settle();
    window.press(&["Control+3", "Control+s", "Control+b", "e"]);
    window.until_heading("Edit this card");
    window.until("the fields", "return !!document.querySelector('dialog textarea')");
    window.ask("document.querySelector('dialog textarea').focus(); return true");
    window.press(&["3", "s", "u", "b", "?"]);
    window.until_heading("Edit this card");
    window.press(&["Escape"]);
    window.until("the dialog is gone", "return !document.querySelector('dialog')");
    assert_eq!((window.progress(), desk.answers()), (progress, answers));
    assert_eq!(window.buttons().len(), 4, "the card is open as it was");
}
