//! `review --json`: choice cards, with `option ID` before the grade.

use rstest::rstest;
use serde_json::{Value, json};

use crate::protocol::Review;
use crate::support::*;

/// A review that has come to the choice card.
fn at_the_choice(home: &Home) -> (Review, Value) {
    let mut review = Review::begin(home, NOW);
    for _ in 0..2 {
        let card = review.card();
        review.grade(&card, "good");
    }
    let choice = review.card();
    (review, choice)
}

#[rstest]
#[case("ask", "good", 4)]
#[case("listen", "easy", 5)]
#[case("ask", "hard", 3)]
#[case("listen", "again", 1)]
fn a_right_option_takes_every_grade(#[case] option: &str, #[case] grade: &str, #[case] value: u8) {
    let home = Home::with(THREE_KINDS);
    let (mut review, choice) = at_the_choice(&home);
    review.say(&format!("option {option}"));
    review.grade(&choice, grade);
    review.end(Some("quit"));
    let log = home.log();
    assert_eq!((&log[2]["option"], &log[2]["grade"]), (&json!(option), &json!(value)));
}

#[test]
fn a_wrong_option_counts_as_again_and_nothing_else() {
    let home = Home::with(THREE_KINDS);
    let (mut review, choice) = at_the_choice(&home);
    for grade in ["hard", "good", "easy"] {
        review.say("option tell");
        review.refused(&choice, grade, "“tell” is not right, which counts as Again");
    }
    assert_eq!(home.log().len(), 2, "a refused answer is not in the log");
    review.say("option tell");
    review.grade(&choice, "again");
    review.end(Some("quit"));
    assert_eq!(home.log()[2]["option"], "tell");
    home.is_sound();
}

#[test]
fn an_unknown_option_is_refused_and_forgotten() {
    let home = Home::with(THREE_KINDS);
    let (mut review, choice) = at_the_choice(&home);
    review.refused(&choice, "option nothing", "this card has no option “nothing”");
    review.grade(&choice, "good");
    review.end(None);
    assert_eq!(home.log()[2]["option"], Value::Null);
}

#[test]
fn the_last_option_before_the_grade_counts() {
    let home = Home::with(THREE_KINDS);
    let (mut review, choice) = at_the_choice(&home);
    review.say("option tell");
    review.say("option ask");
    review.grade(&choice, "good");
    review.end(None);
    assert_eq!(home.log()[2]["option"], "ask");
}

#[test]
fn an_end_of_input_after_an_option_answers_nothing() {
    let home = Home::with(THREE_KINDS);
    let (review, _) = at_the_choice(&home);
    assert_eq!(review.end(Some("option ask")), 2);
    assert_eq!(home.log().len(), 2);
}
