//! Coming back after days away, to a pile.

use serde_json::Value;

use crate::desk::Desk;

/// Four days in early November, fifteen new cards on each; then nothing for eleven days.
pub const STUDIED: [&str; 4] = [
    "2026-11-06T18:00:00-08:00",
    "2026-11-07T18:00:00-08:00",
    "2026-11-08T18:00:00-08:00",
    "2026-11-09T18:00:00-08:00",
];

pub fn back_after_absence() -> Desk {
    let desk = Desk::with_built_in_decks(15, STUDIED[0]);
    for day in STUDIED {
        desk.study(day);
    }
    desk
}

#[test]
fn after_an_absence_the_words_are_kind_and_the_pile_can_be_spread() {
    let desk = back_after_absence();
    let dates = due_days(&desk);
    let window = desk.open_today();
    window.until_shows("Welcome back. It has been 11 days.");
    let today = window.text("main");
    assert!(today.contains("Nothing is lost."), "{today}");
    let whole = window.text("main .sub strong");
    assert!(today.contains("cards are ready. You do not have to do them at once."), "{today}");
    for blame in ["overdue", "late", "missed", "streak", "behind"] {
        assert!(!today.to_lowercase().contains(blame), "no word of {blame}: {today}");
    }
    assert!(today.contains("over 3 days, 20 a day"), "{today}");

    window.click("Spread them out");
    window.until_shows("Catching up: at most 20 ready cards a day.");
    let sub = window.text("main .sub");
    assert!(sub.contains("20 cards"), "Today follows: {sub}");
    assert_eq!(due_days(&desk), dates, "no date is rewritten");
    assert_eq!(desk.cli.json(&desk.now, &["due"])[0]["total"]["due"], 20);

    window.click("End catching up");
    let all = format!("return document.querySelector('main .sub strong').innerText === '{whole}'");
    window.until("all is there again", &all);
    window.click("Not now");
    let gone = "return !document.querySelector('main').innerText.includes('Spread them out')";
    window.until("the offer is put off", gone);
    window.begin();
    assert!(!window.is("New to you"), "a known card comes first: {:?}", window.tags());
}

/// The day on which each card comes next, as the log has it.
fn due_days(desk: &Desk) -> Vec<Value> {
    desk.log().iter().map(|row| row["due"].clone()).collect()
}
