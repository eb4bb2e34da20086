//! The first start: a welcome of three steps, then Today with the deck that comes along.

use crate::desk::Desk;

#[test]
fn the_welcome_asks_two_things_and_leads_to_the_first_deck() {
    let desk = Desk::new();
    let window = desk.open();

    window.until_heading("Welcome. This is Cairn.");
    window.until_focus("Welcome. This is Cairn.");
    for name in ["CalMHSA", "DHCS", "HumRRO", "Pearson VUE"] {
        assert!(
            window.text("main").contains(name),
            "the welcome says it is not affiliated: {name}"
        );
    }
    window.press(&["Tab", "Enter"]);

    window.until_heading("Do you know your exam date?");
    window.choose("Month", "1");
    window.fill("Day", "5");
    window.fill("Year", "2026");
    window.click("Next");
    window.until_shows("That day has already gone by.");
    window.fill("Year", "2027");
    window.fill("Day", "32");
    window.click("Next");
    window.until_shows("There is no such day.");
    window.fill("Day", "5");
    window.click("Next");

    window.until_heading("How many new cards a day?");
    let offered = window.ask("return document.querySelector('main input').value");
    assert_eq!(offered, "15", "fifteen is offered");
    window.click("Go to Today");

    window.until("Today", "return !!document.querySelector('nav')");
    window.until_shows("15 new cards");
    assert!(window.shows("45 days"), "from November 21 to January 5: {}", window.text("main"));
    assert!(window.text("main table").contains("Lived experience"), "{}", window.text("main"));
    let due = desk.cli.json(&desk.now, &["due"]);
    assert_eq!(due[0]["total"]["new"], 15, "the window and the file agree");
}

#[test]
fn the_welcome_can_be_skipped_and_does_not_come_again() {
    let desk = Desk::new();
    let window = desk.open();
    window.until_heading("Welcome. This is Cairn.");
    window.click("Skip this");
    window.until("Today", "return !!document.querySelector('nav')");
    window.until_shows("15 new cards");
    window.close();

    let window = desk.open();
    window.until("Today at once", "return !!document.querySelector('nav')");
}
