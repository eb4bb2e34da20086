//! `review` without `--json`: for people in a terminal.

use rstest::rstest;
use serde_json::{Value, json};

use crate::support::*;

fn session(home: &Home, lines: &[&str]) -> String {
    let input: String = lines.iter().map(|line| format!("{line}\n")).collect();
    home.feed(NOW, &["review"], input).ok().out
}

/// All of these stand in the text, in this order.
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let Some(at) = rest.find(part) else { panic!("{part:?} comes next in\n{text}") };
        rest = &rest[at + part.len()..];
    }
}

/// The letter of an option, which the shuffle gave it.
fn letter(home: &Home, option: &str) -> String {
    let said = session(home, &["q"]);
    let line = said.lines().find(|line| line.ends_with(option)).expect("the option is shown");
    line.trim().chars().take(1).collect()
}

#[test]
fn a_small_deck_from_the_first_card_to_the_last() {
    let home = Home::with(THREE_KINDS);
    let said = session(&home, &["", "3", "", ""]);
    in_order(
        &said,
        &[
            "Enter goes on, u takes back the last act, q leaves. Everything is saved.",
            "1 of 3 · Small deck · new to you",
            "What does mutual mean?",
            "Enter: show the answer >",
            "Each person gives and receives.",
            "For the exam: Mutual does not mean identical.",
            "1 Again (once more today, then 2026-11-22)",
            "4 Easy (2026-11-22)",
            "Saved. Next 2026-11-22.",
            "2 of 3 · Small deck · new to you",
            "Recovery is [not a road].",
            "Recovery is rarely a straight line.",
            "Saved.",
            "3 of 3 · Small deck · new to you",
            "What comes first?",
            "Your choice >",
            "Everything is saved. Until next time.",
        ],
    );
    assert_eq!(home.log().len(), 2, "every answer was saved as it was given");

    let wrong = letter(&home, "Tell her what helped you.");
    let said = session(&home, &["x", &wrong, ""]);
    in_order(&said, &["Choose one of the letters", "not best: Your story can wait."]);
    in_order(&said, &["best: Choice and voice come first.", "That counts as Again"]);
    in_order(&said, &["Saved. Next once more today", "see again", "What comes first?"]);
    assert_eq!((&home.log()[2]["option"], &home.log()[2]["grade"]), (&"tell".into(), &1.into()));

    let right = letter(&home, "Listen.");
    let said = session(&home, &[&right, "2"]);
    in_order(&said, &["1 Not yet (once more today", "2 Got it (2026-11-22)", "Saved."]);
    in_order(&said, &["Done: 3 cards, 3 of them new; no recall to measure yet"]);
    in_order(&said, &["Next cards: 3 on 2026-11-22."]);
    assert_eq!(session(&home, &[]).matches("Done:").count(), 1, "nothing is left");
    home.is_sound();
}

#[test]
fn u_takes_back_and_shows_the_card_again() {
    let home = Home::with(THREE_KINDS);
    let said = session(&home, &["", "4", "u", "", "9", "2", "", "u", "q"]);
    let taken_back = "Taken back: “What does mutual mean?”.";
    in_order(&said, &["Recovery is", taken_back, "1 of 3", "What does mutual mean?"]);
    in_order(&said, &["Choose one of the numbers, u or q.", "Saved.", taken_back, "1 of 3"]);
    let acts: Vec<[Value; 2]> =
        home.log().iter().map(|row| [row["grade"].clone(), row["voided"].clone()]).collect();
    assert_eq!(acts, [[json!(5), json!(true)], [json!(3), json!(true)]]);
    home.is_sound();
}

#[rstest]
#[case::at_the_question(&["q"])]
#[case::at_the_grade(&["", "q"])]
#[case::end_of_input_at_the_question(&[])]
#[case::end_of_input_at_the_grade(&[""])]
fn leaving_saves_nothing_that_was_not_graded(#[case] lines: &[&str]) {
    let home = Home::with(THREE_KINDS);
    let said = session(&home, lines);
    assert!(said.ends_with("Everything is saved. Until next time.\n"), "{said}");
    assert_eq!(home.log().len(), 0);
}

#[test]
fn an_empty_collection_is_done_at_once() {
    let said = session(&Home::empty(), &[]);
    assert!(said.contains("Next cards: none yet."), "{said}");
}

#[test]
fn a_deck_that_is_not_there_is_named() {
    let home = Home::with(THREE_KINDS);
    home.run(NOW, &["review", "--deck", "nowhere"]).fails(1, &["there is no deck “nowhere”"]);
}
