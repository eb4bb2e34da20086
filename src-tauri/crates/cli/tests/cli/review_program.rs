//! `review --json`: the line protocol.

use rstest::rstest;
use serde_json::{Value, json};

use crate::protocol::{Review, finish};
use crate::support::*;

#[test]
fn a_card_says_all_that_a_program_needs() {
    let home = Home::with(THREE_KINDS);
    let mut review = Review::begin(&home, NOW);
    let basic = review.card();
    assert_eq!((&basic["kind"], &basic["drill"]), (&json!("basic"), &json!(false)));
    assert_eq!(basic["front"], "What does mutual mean?", "plain text, without Markdown");
    assert_eq!(basic["back"], "Each person gives and receives.");
    assert_eq!(basic["options"], json!([]));
    assert_eq!(basic["counts"], json!({ "new": 3, "due": 0, "drill": 0 }));
    let first = json!({ "due": "2026-11-22", "interval_days": 1, "drill_today": false });
    assert_eq!((&basic["outcomes"]["good"], &basic["outcomes"]["easy"]), (&first, &first));
    for grade in ["again", "hard"] {
        assert_eq!(basic["outcomes"][grade]["drill_today"], true, "below Good it comes once more");
    }
    review.grade(&basic, "good");

    let cloze = review.card();
    assert_eq!(cloze["kind"], "cloze");
    assert_eq!(cloze["front"], "Recovery is [not a road].", "the hint stands in the gap");
    assert_eq!(cloze["back"], "Recovery is rarely a straight line.");
    review.grade(&cloze, "good");

    let choice = review.card();
    assert_eq!(choice["kind"], "choice");
    let mut options: Vec<&str> =
        choice["options"].as_array().unwrap().iter().map(|o| o["id"].as_str().unwrap()).collect();
    options.sort_unstable();
    assert_eq!(options, ["ask", "listen", "tell"]);
    assert!(choice["options"].as_array().unwrap().iter().all(|o| keys(o) == ["id", "text"]));
    let back = choice["back"].as_str().unwrap();
    assert!(back.contains("Ask what she would like.") && back.contains("Listen."), "{back}");
    assert!(!back.contains("Tell her"), "only the right options are the answer: {back}");
    review.grade(&choice, "good");
    assert_eq!(review.done(), 3);
}

#[test]
fn what_is_promised_is_what_the_log_says() {
    let home = Home::with(&basics(4, ""));
    let mut promised = Vec::new();
    for offset in [0, 1, 7, 30, 31, 90] {
        let mut review = Review::begin(&home, &noon(offset));
        let mut grades = ["again", "hard", "good", "easy"].into_iter().cycle();
        loop {
            let event = review.event();
            if event["event"] == "done" {
                review.over(&event);
                break;
            }
            let drill = event["drill"] == true;
            let grade = if drill { "good" } else { grades.next().unwrap() };
            let outcome = event["outcomes"][grade].clone();
            review.grade(&event, grade);
            promised.push((event["card"].clone(), drill, outcome));
        }
    }
    let log = home.log();
    assert_eq!(log.len(), promised.len(), "one row for every answer");
    for (row, (card, drill, outcome)) in log.iter().zip(&promised) {
        assert_eq!(&row["card"], card);
        assert_eq!(row["kind"], if *drill { "drill" } else { "review" });
        if !drill {
            assert_eq!(row["due"], outcome["due"], "the due day of the label: {row}");
            assert_eq!(row["interval_days"], outcome["interval_days"], "{row}");
        }
    }
    home.is_sound();
}

#[test]
fn again_comes_back_as_drill_until_it_sits() {
    let home = Home::with(&basics(1, ""));
    let mut review = Review::begin(&home, NOW);
    let card = review.card();
    let scheduled = review.grade(&card, "again");
    for _ in 0..2 {
        let drill = review.card();
        assert_eq!((&drill["drill"], &drill["card"]), (&json!(true), &card["card"]));
        assert_eq!(drill["counts"], json!({ "new": 0, "due": 0, "drill": 1 }));
        assert_eq!(drill["outcomes"]["again"]["drill_today"], true);
        assert_eq!(drill["outcomes"]["good"]["drill_today"], false);
        for word in ["hard", "easy"] {
            review.refused(&drill, word, "is none of: again good undo quit");
        }
        let answered = review.grade(&drill, "again");
        assert_eq!(answered["due"], scheduled["due"], "the drill moves no date");
        assert_eq!(answered["interval_days"], scheduled["interval_days"]);
    }
    let drill = review.card();
    review.grade(&drill, "good");
    assert_eq!(review.done(), 4);
    let kinds: Vec<Value> = home.log().iter().map(|row| row["kind"].clone()).collect();
    assert_eq!(kinds, ["review", "drill", "drill", "drill"]);
    home.is_sound();
}

#[test]
fn the_drill_waits_for_five_other_cards() {
    let home = Home::with(&basics(10, ""));
    let mut review = Review::begin(&home, NOW);
    let failed = review.card();
    review.grade(&failed, "again");
    for _ in 0..5 {
        let other = review.card();
        assert_eq!(other["drill"], false, "five others come first");
        review.grade(&other, "good");
    }
    assert_eq!(review.card()["card"], failed["card"]);
}

#[test]
fn the_drill_ends_with_the_study_day() {
    let home = Home::with(&basics(1, ""));
    let mut review = Review::begin(&home, NOW);
    let card = review.card();
    review.grade(&card, "again");
    review.end(Some("quit"));
    assert_eq!(home.counts(NOW), [0, 0, 1]);
    assert_eq!(home.counts(&noon(1)), [0, 1, 0], "tomorrow it is an ordinary card");
}

#[test]
fn undo_takes_back_answer_after_answer_and_shows_the_card_again() {
    let home = Home::with(&basics(3, ""));
    let mut review = Review::begin(&home, NOW);
    let mut cards = Vec::new();
    for grade in ["good", "easy"] {
        let card = review.card();
        review.grade(&card, grade);
        cards.push(card);
    }
    review.card();
    for card in cards.iter().rev() {
        review.say("undo");
        let undone = review.expect("undone");
        assert_eq!(undone["act"]["kind"], "answer");
        assert_eq!(undone["act"]["subject"], card["front"], "undo names what it takes back");
        let shown = review.card();
        assert_eq!(shown["card"], card["card"]);
        assert_eq!(shown["outcomes"], card["outcomes"]);
        assert_eq!(shown["counts"], card["counts"]);
    }
    assert_eq!(review.end(Some("quit")), 0, "what was taken back is not counted");
    assert!(home.log().iter().all(|row| row["voided"] == true));
    assert_eq!(home.counts(NOW), [3, 0, 0]);
    home.is_sound();
}

#[test]
fn undo_reaches_back_before_the_review_and_then_says_that_there_is_nothing() {
    let home = Home::with(&basics(2, ""));
    let mut review = Review::begin(&home, NOW);
    let card = review.card();
    review.grade(&card, "good");
    review.end(Some("quit"));

    let mut review = Review::begin(&home, NOW);
    review.card();
    review.say("undo");
    review.expect("undone");
    assert_eq!(review.card()["card"], card["card"], "also after a restart");
    review.say("undo");
    assert_eq!(review.expect("undone")["act"]["kind"], "import");
    assert_eq!(review.done(), 0, "without the deck nothing is left");
    home.run(NOW, &["undo"]).fails(1, &["there is nothing to undo"]);
}

#[test]
fn with_nothing_to_undo_the_card_stays() {
    let home = Home::bare();
    home.run(NOW, &["create"]).ok();
    let mut review = Review::begin(&home, NOW);
    let card = review.card();
    review.refused(&card, "undo", "there is nothing to undo");
    assert_eq!(review.end(Some("quit")), 0);
}

#[rstest]
#[case::unknown("perhaps", "“perhaps” is none of: again hard good easy undo quit")]
#[case::empty("", "is none of")]
#[case::capital("Good", "is none of")]
#[case::a_number("4", "is none of")]
#[case::two_words("good good", "is none of")]
#[case::an_option_of_a_basic_card("option a", "this card has no option “a”")]
#[case::json(r#"{"grade":4}"#, "is none of")]
fn a_bad_line_gets_an_error_and_the_card_again(#[case] line: &str, #[case] says: &str) {
    let home = Home::with(&basics(1, ""));
    let mut review = Review::begin(&home, NOW);
    let card = review.card();
    review.refused(&card, line, says);
    review.grade(&card, "good");
    assert_eq!(review.done(), 1);
}

#[test]
fn a_line_that_is_no_text_gets_an_error_and_the_card_again() {
    let home = Home::with(&basics(1, ""));
    let said = home.feed(NOW, &["review", "--json"], b"\xff\xfe\ngood\n").ok();
    let events: Vec<Value> = said.lines().iter().map(|event| event["event"].clone()).collect();
    assert_eq!(events, ["card", "error", "card", "answered", "done"]);
}

#[rstest]
#[case::quit(Some("quit"))]
#[case::end_of_input(None)]
fn leaving_keeps_everything_and_the_next_review_goes_on(#[case] last: Option<&str>) {
    let home = Home::with(&basics(5, ""));
    let mut review = Review::begin(&home, NOW);
    for _ in 0..2 {
        let card = review.card();
        review.grade(&card, "good");
    }
    let third = review.card();
    assert_eq!(review.end(last), 2);
    let mut review = Review::begin(&home, NOW);
    assert_eq!(review.card(), third, "the same card, with the same token");
    review.end(last);
    assert_eq!(finish(&home, NOW, "good"), 3);
}

#[test]
fn one_deck_can_be_studied_alone_by_id_or_name() {
    let home = Home::with(&basics(2, ""));
    home.import(THREE_KINDS).ok();
    for name in ["small", "Small deck"] {
        let mut review = Review::begin_with(&home, NOW, &["--deck", name]);
        assert_eq!(review.card()["front"], "What does mutual mean?");
        review.end(None);
    }
    let said = home.run(NOW, &["review", "--json", "--deck", "smaller"]);
    let event = said.json();
    assert_eq!((&event["event"], &event["code"]), (&json!("error"), &json!("not_found")));
    said.fails(1, &["there is no deck “smaller”"]);
}

#[test]
fn with_nothing_left_it_is_done_at_once() {
    assert_eq!(Review::begin(&Home::empty(), NOW).done(), 0);
}
