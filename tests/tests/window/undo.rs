//! Undo, as far back as one likes, and sittings that go on where they were.

use crate::deck::DECK;
use crate::desk::Desk;
use crate::review::YESTERDAY;

#[test]
fn undo_takes_back_one_act_after_the_other_also_after_a_restart() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    desk.study(YESTERDAY);
    let window = desk.open_today();
    window.begin();
    let mut fronts = Vec::new();
    for _ in 0..4 {
        fronts.push(window.front());
        window.answer_well();
    }
    assert_eq!((window.progress().as_str(), desk.answers()), ("4 of 8", 8));

    let said = window.act(&["u"]);
    assert!(said.starts_with("Taken back: your answer to"), "{said}");
    assert!(said.contains("You are back at this card."), "{said}");
    assert_eq!((window.front(), desk.answers()), (fronts[3].clone(), 7));
    window.act(&["Control+z"]);
    assert_eq!((window.front(), desk.answers()), (fronts[2].clone(), 6));
    window.close();
    assert_eq!(desk.cli.wal_bytes(), 0, "closing writes everything into the main file");

    let window = desk.open();
    window.until_shows("You are 2 of 8 into a sitting.");
    window.act(&["Control+z"]);
    window.until_shows("You are 1 of 8 into a sitting.");
    window.begin();
    window.act(&["u"]);
    assert_eq!((window.front(), desk.answers()), (fronts[0].clone(), 4));
    assert_eq!(window.progress(), "0 of 8");
    assert_eq!(desk.log().iter().filter(|row| row["voided"] == true).count(), 4);
    desk.cli.assert_sound(&desk.now);
}

#[test]
fn escape_leaves_and_the_sitting_goes_on_at_the_same_card() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    desk.study(YESTERDAY);
    let window = desk.open_today();
    window.begin();
    window.answer_well();
    let front = window.front();
    window.press(&["Escape"]);
    window.until_shows("You are 1 of 8 into a sitting.");
    window.until("the heading has the focus", "return document.activeElement.tagName === 'H1'");
    window.begin();
    assert_eq!((window.front(), window.progress().as_str()), (front.clone(), "1 of 8"));
    window.close();

    let window = desk.open();
    window.until_shows("You are 1 of 8 into a sitting.");
    window.begin();
    assert_eq!((window.front(), window.progress().as_str()), (front, "1 of 8"));
}
