//! What `due` says, and on which study day it says it.

use rstest::rstest;
use serde_json::{Value, json};

use crate::protocol::{Review, finish};
use crate::support::*;

const ANOTHER_DECK: &str = "---\nid: other\ntitle: Another deck\n---\n\n\
    ## basic: only\n\nWho?\n\n---\n\nYou.\n";

#[test]
fn due_has_exactly_the_promised_shape() {
    let home = Home::with(THREE_KINDS);
    home.import(ANOTHER_DECK).ok();
    let mut review = Review::begin(&home, NOW);
    let card = review.card();
    review.grade(&card, "again");
    review.end(Some("quit"));
    let due = home.run(NOW, &["due", "--json"]).ok().json();
    let expected = json!({
        "day": "2026-11-21",
        "total": { "new": 3, "due": 0, "drill": 1 },
        "decks": [
            { "id": "small", "name": "Small deck", "new": 2, "due": 0, "drill": 1 },
            { "id": "other", "name": "Another deck", "new": 1, "due": 0, "drill": 0 },
        ],
    });
    assert_eq!(due, expected);
    let tomorrow = home.run(&noon(1), &["due", "--json"]).ok().json();
    assert_eq!(tomorrow["total"], json!({ "new": 3, "due": 1, "drill": 0 }));
}

#[test]
fn people_get_a_table_of_the_decks() {
    let home = Home::with(THREE_KINDS);
    let said = home.run(NOW, &["due"]).ok().out;
    let rows: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["2026-11-21", "new", "ready", "see", "again"]);
    assert_eq!(rows[1], ["Small", "deck", "3", "0", "0"]);
    assert_eq!(rows[2], ["all", "3", "0", "0"]);
}

/// The study day that `due` names at a moment.
fn day_at(home: &Home, now: &str) -> Value {
    home.run(now, &["due", "--json"]).ok().json()["day"].clone()
}

#[rstest]
#[case::california("-08:00")]
#[case::greenwich("+00:00")]
#[case::india("+05:30")]
#[case::kiribati("+14:00")]
#[case::baker_island("-12:00")]
fn the_day_starts_at_four_wherever_one_is(#[case] offset: &str) {
    let home = Home::empty();
    let day = |time: &str| day_at(&home, &format!("2026-11-21T{time}{offset}"));
    assert_eq!(day("03:59:00"), "2026-11-20", "before four it is still yesterday");
    assert_eq!(day("04:00:00"), "2026-11-21");
    assert_eq!(day("23:59:59"), "2026-11-21", "midnight changes nothing");
}

/// Los Angeles in 2026: clocks go from 02:00 to 03:00 on 8 March and from 02:00 back to 01:00 on
/// 1 November.
#[rstest]
#[case::before_spring("2026-03-08T01:59:00-08:00", "2026-03-07")]
#[case::after_spring("2026-03-08T03:00:00-07:00", "2026-03-07")]
#[case::four_in_spring("2026-03-08T04:00:00-07:00", "2026-03-08")]
#[case::first_one_thirty_in_autumn("2026-11-01T01:30:00-07:00", "2026-10-31")]
#[case::second_one_thirty_in_autumn("2026-11-01T01:30:00-08:00", "2026-10-31")]
#[case::before_four_in_autumn("2026-11-01T03:59:00-08:00", "2026-10-31")]
#[case::four_in_autumn("2026-11-01T04:00:00-08:00", "2026-11-01")]
fn daylight_saving_moves_no_day(#[case] now: &str, #[case] day: &str) {
    assert_eq!(day_at(&Home::empty(), now), day);
}

/// Five days over each change: every card comes on the day that was promised, neither earlier nor
/// later.
#[rstest]
#[case::spring(&["2026-03-06T21:00:00-08:00", "2026-03-07T23:30:00-08:00",
    "2026-03-08T12:00:00-07:00", "2026-03-10T03:30:00-07:00", "2026-03-10T21:00:00-07:00"],
    "2026-03-06")]
#[case::autumn(&["2026-10-30T21:00:00-07:00", "2026-10-31T23:30:00-07:00",
    "2026-11-01T12:00:00-08:00", "2026-11-03T03:30:00-08:00", "2026-11-03T21:00:00-08:00"],
    "2026-10-30")]
fn a_card_failed_daily_comes_daily_over_the_change(#[case] evenings: &[&str], #[case] first: &str) {
    let home = Home::with(&basics(1, ""));
    for evening in evenings {
        let [new, due, _] = home.counts(evening);
        assert_eq!(new + due, 1, "one card waits at {evening}");
        finish(&home, evening, "again");
        assert_eq!(home.counts(evening), [0, 0, 0], "and is done at {evening}");
    }
    let log = home.log();
    let days: Vec<&Value> =
        log.iter().filter(|row| row["kind"] == "review").map(|row| &row["day"]).collect();
    assert_eq!(days.len(), 5);
    assert_eq!(days[0], first);
    assert!(days.windows(2).all(|pair| pair[0].as_str() < pair[1].as_str()), "{days:?}");
    assert!(log.iter().all(|row| row["late_days"].as_u64().unwrap_or(0) == 0), "none came late");
    home.is_sound();
}

#[test]
fn a_flight_west_over_the_date_line_makes_cards_late_and_loses_none() {
    let home = Home::with(&basics(3, ""));
    finish(&home, "2026-11-21T18:00:00-08:00", "good");
    let landed = "2026-11-23T09:00:00+09:00";
    assert_eq!(day_at(&home, landed), "2026-11-23", "the 22nd was never lived");
    assert_eq!(home.counts(landed), [0, 3, 0]);
    finish(&home, landed, "good");
    let late: Vec<Value> = home.log()[3..].iter().map(|row| row["late_days"].clone()).collect();
    assert_eq!(late, [1, 1, 1]);
    home.is_sound();
}

#[test]
fn a_flight_east_over_the_date_line_repeats_a_day_and_asks_nothing_twice() {
    let home = Home::with(&basics(3, ""));
    finish(&home, "2026-11-21T18:00:00+09:00", "good");
    let landed = "2026-11-21T06:00:00-10:00";
    assert_eq!(day_at(&home, landed), "2026-11-21");
    assert_eq!(home.counts(landed), [0, 0, 0], "this day's cards are done");
    assert_eq!(home.counts("2026-11-22T06:00:00-10:00"), [0, 3, 0]);
    home.is_sound();
}

#[test]
fn landing_on_the_day_before_is_no_wrong_clock_and_asks_nothing_twice() {
    let home = Home::with(&basics(3, ""));
    finish(&home, "2026-11-21T08:00:00+09:00", "good");
    let landed = home.run("2026-11-20T14:00:00-10:00", &["due", "--json"]).ok();
    assert_eq!(landed.json()["total"], json!({ "new": 0, "due": 0, "drill": 0 }));
    assert_eq!(home.counts("2026-11-22T06:00:00-10:00"), [0, 3, 0]);
    home.is_sound();
}

#[test]
fn a_clock_a_year_back_is_told_and_makes_nothing_due() {
    let home = Home::with(&basics(20, ""));
    finish(&home, NOW, "good");
    let before = home.run(&noon(1), &["due", "--json"]).ok().out;
    let said = home.run(&noon(-365), &["due", "--json"]);
    assert_eq!(said.json()["day"], "2025-11-21");
    assert_eq!(said.json()["total"]["due"], 0);
    said.fails(0, &["2026-11-21", "check the clock"]);
    assert_eq!(home.run(&noon(1), &["due", "--json"]).ok().out, before, "looking changes nothing");
}

#[test]
fn answers_under_a_clock_a_year_back_are_kept_and_replayed() {
    let home = Home::with(&basics(20, ""));
    finish(&home, NOW, "good");
    assert_eq!(finish(&home, &noon(-365), "good"), 5, "the new cards that were left");
    assert_eq!(home.log().len(), 20);
    assert_eq!(home.log()[19]["day"], "2025-11-21");
    home.is_sound();
    assert_eq!(home.counts(&noon(1)), [0, 20, 0], "all of them are there when the clock is right");
}

#[test]
fn a_clock_a_year_ahead_makes_cards_late_and_freezes_nothing() {
    let home = Home::with(&basics(20, ""));
    finish(&home, NOW, "good");
    assert_eq!(home.counts(&noon(365)), [5, 15, 0]);
    finish(&home, &noon(365), "good");
    let back = home.run(&noon(1), &["due", "--json"]);
    assert_eq!(back.json()["total"], json!({ "new": 0, "due": 0, "drill": 0 }));
    back.fails(0, &["2027-11-21", "check the clock"]);
    for _ in 0..20 {
        home.run(&noon(1), &["undo"]).ok();
    }
    assert_eq!(home.counts(&noon(1)), [5, 15, 0], "the answers of the wrong day can be taken back");
    home.is_sound();
}

#[rstest]
#[case("0001-01-01T00:00:00+14:00")]
#[case("1969-12-31T23:59:59-12:00")]
#[case("2038-01-19T03:14:08Z")]
#[case("9999-12-31T23:59:59-12:00")]
fn no_time_that_can_be_written_breaks_anything(#[case] now: &str) {
    let home = Home::with(&basics(3, ""));
    assert_eq!(home.counts(now), [3, 0, 0]);
    assert_eq!(finish(&home, now, "easy"), 3);
    let check = home.run(now, &["check"]);
    check.fails(0, &[]);
    home.is_sound();
}
