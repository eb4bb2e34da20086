//! `log`, `undo` and `stats`.

use serde_json::{Value, json};

use crate::protocol::{Review, finish};
use crate::support::*;

#[test]
fn the_log_has_one_row_an_answer_oldest_first() {
    let home = Home::with(&basics(2, ""));
    finish(&home, NOW, "good");
    finish(&home, &noon(3), "easy");
    let log = home.log();
    let days: Vec<&Value> = log.iter().map(|row| &row["day"]).collect();
    assert_eq!(days, [&day(0), &day(0), &day(3), &day(3)]);
    let row = &log[2];
    let promised = [
        "at_ms",
        "card",
        "day",
        "due",
        "ease_hundredths",
        "fuzz_days",
        "grade",
        "interval_days",
        "kind",
        "late_days",
        "option",
        "rule",
        "taken_ms",
        "voided",
    ];
    assert_eq!(keys(row), promised);
    assert_eq!((&row["kind"], &row["grade"]), (&json!("review"), &json!(5)));
    assert_eq!((&row["late_days"], &row["rule"]), (&json!(2), &json!("sm2-text-1")));
    assert_eq!((&row["interval_days"], &row["due"]), (&json!(6), &json!(day(9))));
    assert_eq!((&row["voided"], &row["ease_hundredths"]), (&json!(false), &json!(260)));
}

#[test]
fn people_see_what_was_taken_back() {
    let home = Home::with(&basics(2, ""));
    finish(&home, NOW, "good");
    home.run(NOW, &["undo"]).ok();
    let said = home.run(NOW, &["log"]).ok().out;
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].starts_with("2026-11-21  review  4  next 2026-11-22"), "{said}");
    assert_eq!(
        lines.iter().map(|line| line.ends_with("taken back")).collect::<Vec<_>>(),
        [false, true]
    );
}

#[test]
fn an_empty_log_is_no_line_at_all() {
    assert_eq!(Home::empty().run(NOW, &["log"]).ok().out, "");
}

#[test]
fn undo_voids_the_last_answer_names_it_and_asks_again() {
    let home = Home::with(&basics(2, ""));
    finish(&home, NOW, "good");
    let said = home.run(NOW, &["undo"]).ok();
    assert_eq!(said.out, "taken back: answer “Question 1 ?”\n");
    let voided: Vec<Value> = home.log().iter().map(|row| row["voided"].clone()).collect();
    assert_eq!(voided, [false, true], "nothing is deleted");
    assert_eq!(home.counts(NOW), [1, 0, 0]);
    let act = home.run(NOW, &["undo", "--json"]).ok().json();
    assert_eq!(act, json!({ "kind": "answer", "subject": "Question 0 ?" }));
    assert_eq!(home.counts(NOW), [2, 0, 0]);
    home.is_sound();
}

#[test]
fn undo_of_a_failure_takes_its_drill_along_step_by_step() {
    let home = Home::with(&basics(1, ""));
    let mut review = Review::begin(&home, NOW);
    for grade in ["again", "again"] {
        let card = review.card();
        review.grade(&card, grade);
    }
    review.end(Some("quit"));
    home.run(NOW, &["undo"]).ok();
    assert_eq!(home.counts(NOW), [0, 0, 1], "the drill is as before its answer");
    home.run(NOW, &["undo"]).ok();
    assert_eq!(home.counts(NOW), [1, 0, 0], "the card is new again");
    home.is_sound();
}

#[test]
fn an_answer_may_be_taken_back_on_a_later_day() {
    let home = Home::with(&basics(1, ""));
    finish(&home, NOW, "good");
    finish(&home, &noon(1), "good");
    home.run(&noon(5), &["undo"]).ok();
    assert_eq!(home.counts(&noon(5)), [0, 1, 0], "it is due since the day after the first answer");
    home.is_sound();
}

#[test]
fn with_nothing_to_undo_it_says_so() {
    let home = Home::empty();
    let said = home.run(NOW, &["undo", "--json"]);
    assert_eq!(said.json()["code"], "nothing_to_undo");
    said.fails(1, &["there is nothing to undo"]);
}

#[test]
fn stats_count_what_stands() {
    let home = Home::with(&basics(4, ""));
    home.import(THREE_KINDS).ok();
    finish(&home, NOW, "good");
    finish(&home, &noon(1), "again");
    home.run(&noon(1), &["undo"]).ok();
    let stats = home.run(&noon(1), &["stats", "--json"]).ok().json();
    let promised =
        ["answers", "cards", "days_studied", "new", "recall_30_days", "suspended", "taken_ms"];
    assert_eq!(keys(&stats), promised);
    assert_eq!((&stats["cards"], &stats["new"]), (&json!(7), &json!(0)));
    assert_eq!(stats["answers"], 20, "seven, seven failed, seven in the drill, one taken back");
    assert_eq!(stats["days_studied"], 2);
    assert_eq!(stats["recall_30_days"], json!({ "right": 0, "of": 7 }));
    let later = home.run(&noon(40), &["stats", "--json"]).ok().json();
    assert_eq!(later["recall_30_days"], Value::Null, "there is no recall without a recent answer");
}

#[test]
fn people_get_a_list_of_totals() {
    let home = Home::with(&basics(4, ""));
    finish(&home, NOW, "good");
    let said = home.run(NOW, &["stats"]).ok().out;
    let rows: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows[0], ["cards", "4"]);
    assert_eq!(rows[3], ["answers", "4"]);
    assert!(said.ends_with("nothing to measure yet\n"), "a first sight is not recall: {said}");
}
