//! A short sitting, and undo from its end.

use crate::deck::DECK;
use crate::desk::Desk;
use crate::review::YESTERDAY;

#[test]
fn a_short_sitting_comes_to_its_end_and_even_that_can_be_undone() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    let window = desk.open_today();
    window.until_shows("4 new cards");
    window.click("a short sitting of 10");
    window.until("a card is there", "return !!document.querySelector('article')");
    while window.has_card() {
        window.answer_well();
    }
    window.until_heading("Done for today.");
    window.until_focus("Done for today.");
    assert!(window.text("main").contains("No recall to measure yet"), "{}", window.text("main"));
    let said = window.act(&["u"]);
    assert!(said.contains("You are back at this card."), "undo works from Done too: {said}");
    window.answer_well();
    window.until_heading("Done for today.");
    window.press(&["Space"]);
    window.until_shows("Nothing more is ready today.");
}
