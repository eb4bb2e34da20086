//! kill -9 in the middle of a review.

use crate::deck::DECK;
use crate::desk::Desk;
use crate::review::YESTERDAY;

#[test]
fn after_kill_9_every_acknowledged_answer_is_there_and_the_sitting_goes_on() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    desk.study(YESTERDAY);
    let window = desk.open_today();
    window.begin();
    for _ in 0..3 {
        window.answer_well();
    }
    let front = window.front();
    window.kill();
    assert_eq!(desk.answers(), 4 + 3, "every answer that the window acknowledged is in the file");

    let window = desk.open();
    window.until_shows("You are 3 of 8 into a sitting.");
    window.begin();
    assert_eq!((window.front(), window.progress().as_str()), (front, "3 of 8"));
    // Once more, without waiting for the acknowledgement: then it may be there, whole, or not.
    window.answer_well();
    if window.is_choosing() {
        window.act(&[&window.letter_of("Ask")]);
        window.act(&["Enter"]);
    } else if window.buttons().is_empty() {
        window.act(&["Space"]);
    }
    window.settle();
    window.press(&["Space"]);
    window.kill();
    let answers = desk.answers();
    assert!((8..=9).contains(&answers), "four acknowledged, one under way: {answers} in all");
    desk.cli.assert_sound(&desk.now);
}
