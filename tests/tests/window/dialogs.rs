//! Everything else that one does from a card, by keyboard; and where the focus goes.

use crate::deck::DECK;
use crate::desk::Desk;
use crate::review::YESTERDAY;
use crate::window::Window;

fn open_first_card(desk: &Desk) -> Window {
    desk.study(YESTERDAY);
    let window = desk.open_today();
    window.begin();
    // Flag and edit need a card whose text is a single field.
    while !window.front().contains("listening") {
        window.not_today();
    }
    window
}

#[test]
fn dialogs_open_by_key_take_the_focus_and_give_it_back() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    let window = open_first_card(&desk);
    window.until_focus("Question");

    window.press(&["o"]);
    assert!(!dialog_is_open(&window), "the origin would give the answer away");
    for (key, title, words) in [
        ("?", "Keys and help", "Hard means you got it, with effort."),
        ("9", "In a hard moment", "Call or text 988"),
    ] {
        window.press(&[key]);
        window.until_heading(title);
        window.until_focus(title);
        assert!(window.text("dialog").contains(words), "{}", window.text("dialog"));
        window.press(&["Space", "3"]);
        close(&window, "Question");
    }

    assert_eq!(window.act(&["Space"]), "Answer shown.");
    window.until_focus("Answer");
    window.press(&["o"]);
    window.until_heading("Where this comes from");
    let origin = window.text("dialog");
    assert!(
        origin.contains("Course binder") && origin.contains("https://example.org/binder"),
        "{origin}"
    );
    close(&window, "Answer");

    window.press(&["."]);
    window.until_focus("Edit");
    window.press(&["ArrowDown"]);
    window.until_focus("Flag");
    window.press(&["Escape"]);
    window.until_focus("More for this card");
    window.click("Hard moment? 988");
    window.until_heading("In a hard moment");
    close(&window, "Hard moment? 988");

    window.press(&["Escape"]);
    window.until("the heading has the focus", "return document.activeElement.tagName === 'H1'");
    window.click("Settings");
    window.until_focus("Settings");
    window.click("Help");
    window.until_focus("Help");
    assert_eq!(desk.answers(), 4, "no key pressed in a dialog was a grade");
}

fn dialog_is_open(window: &Window) -> bool {
    window.ask("return !!document.querySelector('dialog[open]')") == true
}

fn close(window: &Window, focus: &str) {
    window.press(&["Escape"]);
    window.until("the dialog is gone", "return !document.querySelector('dialog')");
    window.until_focus(focus);
    assert!(window.has_card(), "Escape in a dialog does not leave the review");
}

#[test]
fn flag_edit_not_today_and_set_aside_work_by_key_and_can_be_undone() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    let window = open_first_card(&desk);

    assert_eq!(window.act(&["f"]), "Flag set.");
    assert!(window.is("Flagged"), "{:?}", window.tags());
    assert_eq!(window.act(&["f"]), "Flag taken off.");
    assert!(!window.is("Flagged"), "{:?}", window.tags());

    window.press(&["e"]);
    window.until_heading("Edit this card");
    window.until_shows("Front");
    window.fill("Front", "lost words");
    window.click("Cancel");
    window.until_focus("Question");
    assert_eq!(window.front(), "What is listening for?", "Cancel keeps the card");

    window.press(&["e"]);
    window.until_heading("Edit this card");
    window.until_shows("Front");
    window.fill("Front", "Why listen?");
    window.click("Save");
    window.until("the dialog is gone", "return !document.querySelector('dialog')");
    window.until_focus("Question");
    assert_eq!(window.front(), "Why listen?");
    assert!(window.is("Edited by you"), "{:?}", window.tags());

    assert_eq!(window.act(&["b"]), "Hidden until tomorrow.");
    assert_ne!(window.front(), "Why listen?");
    let said = window.act(&["u"]);
    assert!(said.contains("Not today"), "{said}");
    assert_eq!(window.front(), "Why listen?");

    assert!(window.act(&["s"]).starts_with("Set aside."));
    assert_ne!(window.front(), "Why listen?");
    window.act(&["u"]);
    assert_eq!(window.front(), "Why listen?");
    let said = window.act(&["u"]);
    assert!(said.contains("your edit of"), "{said}");
    assert_eq!(window.front(), "What is listening for?");

    let said = window.answer_well();
    assert_eq!(said, format!("Good. Next in 6 days. {} left.", left(&window)));
    assert_eq!(desk.answers(), 5);
}

/// What “2 of 8” leaves.
fn left(window: &Window) -> u32 {
    let progress = window.progress();
    let (done, total) = progress.split_once(" of ").expect("so many of so many");
    total.parse::<u32>().expect("a number") - done.parse::<u32>().expect("a number")
}
