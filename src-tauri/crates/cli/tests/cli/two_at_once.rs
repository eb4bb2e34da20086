//! The window and a terminal, or two terminals, on one collection.

use serde_json::Value;

use crate::protocol::Review;
use crate::support::*;

#[test]
fn an_answer_to_a_card_that_was_answered_elsewhere_is_refused_and_the_next_card_shown() {
    let home = Home::with(&basics(3, ""));
    let (mut here, mut there) = (Review::begin(&home, NOW), Review::begin(&home, NOW));
    let card = here.card();
    assert_eq!(there.card()["token"], card["token"], "both show the same card");
    here.grade(&card, "good");
    there.say("easy");
    let error = there.expect("error");
    assert_eq!(error["message"], "this card has changed since it was shown");
    let next = there.card();
    assert_ne!(next["card"], card["card"], "the other review goes on with the next card");
    assert_eq!(next["counts"]["new"], 2);
    there.grade(&next, "good");
    assert_eq!(there.end(Some("quit")), 1);
    here.end(None);
    let cards: Vec<Value> = home.log().iter().map(|row| row["card"].clone()).collect();
    assert_eq!(cards, [card["card"].clone(), next["card"].clone()], "no card was answered twice");
    home.is_sound();
}

#[test]
fn an_import_during_a_review_keeps_the_card_shown() {
    let home = Home::with(&basics(3, ""));
    let mut review = Review::begin(&home, NOW);
    let card = review.card();
    home.import(THREE_KINDS).ok();
    review.grade(&card, "good");
    assert_eq!(review.card()["counts"]["new"], 5, "and the new cards are counted");
}

#[test]
fn an_import_that_changes_the_card_shown_shows_it_anew() {
    let home = Home::with(&basics(1, "old"));
    let mut review = Review::begin(&home, NOW);
    review.card();
    home.import(basics(1, "new")).ok();
    review.say("good");
    let error = review.expect("error");
    assert_eq!(error["message"], "this card has changed since it was shown");
    let card = review.card();
    assert_eq!(card["front"], "Question 0 new?");
    review.grade(&card, "good");
    assert_eq!(review.done(), 1);
}

/// Takes as long as the program waits for the other one: five seconds.
#[test]
fn a_collection_that_is_held_says_so() {
    let home = Home::with(&basics(1, ""));
    let other = rusqlite::Connection::open(&home.collection).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    home.run(NOW, &["due"]).fails(
        1,
        &["another program is using the collection", text(&home.collection), "try again"],
    );
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(home.counts(NOW), [1, 0, 0]);
}
