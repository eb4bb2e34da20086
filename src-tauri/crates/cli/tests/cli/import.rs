use cairn_core::note::Content;
use cairn_store::Collection;
use rstest::rstest;
use serde_json::json;

use crate::protocol::{Review, finish};
use crate::support::*;

#[test]
fn import_says_what_it_did() {
    let home = Home::empty();
    let report = home.import(basics(5, "")).ok().json();
    let expected = json!({ "format": "deck-markdown", "dry_run": false, "added": 5, "updated": 0,
                           "unchanged": 0, "skipped": 0, "keys_changed": 0, "cards": 5,
                           "scheduled": 0, "kept_schedules": 0, "settings": 0, "unreadable": 0,
                           "problems": [] });
    assert_eq!(report, expected);
    let file = home.write("deck.md", basics(7, ""));
    let said = home.run(NOW, &["import", text(&file)]).ok();
    assert_eq!(said.out, "deck.md: 2 added, 0 updated, 5 unchanged\n");
    home.is_sound();
}

#[test]
fn importing_twice_changes_nothing() {
    let home = Home::with(THREE_KINDS);
    finish(&home, NOW, "good");
    let collection = || home.files().remove(home.collection.as_os_str());
    let before = collection();
    let report = home.import(THREE_KINDS).ok().json();
    assert_eq!((&report["unchanged"], &report["added"]), (&json!(3), &json!(0)));
    assert_eq!(collection(), before, "not a byte of the collection");
}

#[test]
fn new_text_keeps_progress() {
    let home = Home::with(&basics(3, "old"));
    finish(&home, NOW, "good");
    let report = home.import(basics(3, "new")).ok().json();
    assert_eq!((&report["updated"], &report["added"]), (&json!(3), &json!(0)));
    assert_eq!(home.counts(NOW), [0, 0, 0], "an edit makes nothing new");
    assert_eq!(home.counts(&noon(1)), [0, 3, 0]);
    let mut review = Review::begin(&home, &noon(1));
    assert!(review.card()["front"].as_str().unwrap().ends_with("new?"));
    home.is_sound();
}

#[test]
fn text_that_a_person_changed_is_kept_and_reported_as_skipped() {
    let home = Home::with(&basics(2, "old"));
    let mut collection = Collection::open(&home.collection, moment(NOW)).unwrap();
    let step = collection.begin(None, None, moment(NOW)).unwrap();
    let note = step.shown.unwrap().note.parse().unwrap();
    let own = Content::Basic {
        front: "My own words?".into(),
        back: "Mine.".into(),
        both_ways: false,
        note: String::new(),
    };
    collection.edit(note, &own, moment(NOW)).unwrap();
    drop(collection);
    let report = home.import(basics(2, "new")).ok().json();
    assert_eq!((&report["skipped"], &report["updated"]), (&json!(1), &json!(1)));
    let file = home.write("deck.md", basics(2, "newer"));
    let said = home.run(NOW, &["import", text(&file)]).ok();
    assert_eq!(said.out, "deck.md: 0 added, 1 updated, 0 unchanged, 1 with your own edits kept\n");
    assert_eq!(Review::begin(&home, NOW).card()["front"], "My own words?");
    home.is_sound();
}

#[test]
fn an_import_can_be_taken_back_and_done_again() {
    let home = Home::with(&basics(3, "old"));
    home.import(basics(5, "new")).ok();
    home.run(NOW, &["undo"]).ok();
    let report = home.import(basics(3, "old")).ok().json();
    assert_eq!(report["unchanged"], 3, "the old text is back");
    assert_eq!(home.counts(NOW), [3, 0, 0]);
    let report = home.import(basics(5, "new")).ok().json();
    assert_eq!((&report["updated"], &report["added"]), (&json!(3), &json!(2)));
    home.is_sound();
}

const FAULTY: &str = "---
id: plain
title: Plain deck
---

## basic: n0

What is left of the question?

---

The answer.

## choice: two

Which?

- [x] a: This one.
  Because.
- [x] b: That one.
  Because.

## film: three
";

#[test]
fn a_deck_with_faults_names_each_with_its_line_and_changes_nothing() {
    let home = Home::with(&basics(3, ""));
    let before = home.files();
    let file = home.write("faulty.md", FAULTY);
    let said = home.run(NOW, &["import", text(&file), "--json"]).fails(1, &[]);
    let report = said.json();
    assert_eq!(report["added"], 0);
    let problems = report["problems"].as_array().unwrap();
    let lines: Vec<u64> = problems.iter().map(|p| p["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [14, 23], "{report}");
    for problem in problems {
        assert_eq!(keys(problem), ["column", "file", "hint", "line", "message"]);
        assert!(!problem["message"].as_str().unwrap().is_empty());
        assert!(!problem["hint"].as_str().unwrap().is_empty());
    }

    let said = home.run(NOW, &["import", text(&file)]);
    said.fails(
        1,
        &["faulty.md: line 14, column", "line 23, column", "faulty.md has 2 faults", "try again"],
    );
    std::fs::remove_file(file).unwrap();
    assert_eq!(home.files(), before, "a file with a fault changes nothing");
}

#[rstest]
#[case::not_utf8(b"---\nid: a\ntitle: caf\xe9\n---\n".as_slice(), 3)]
#[case::utf16(b"\xff\xfe-\0-\0-\0\n\0".as_slice(), 1)]
#[case::a_picture(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), 1)]
#[case::empty(b"".as_slice(), 1)]
#[case::only_a_header_begun(b"---".as_slice(), 1)]
#[case::zeros([0; 4096].as_slice(), 1)]
fn a_file_that_is_no_deck_is_refused(#[case] bytes: &[u8], #[case] line: u64) {
    let home = Home::with(&basics(3, ""));
    let said = home.import(bytes).fails(1, &[]);
    let problem = &said.json()["problems"][0];
    assert_eq!(problem["line"], line, "{problem}");
    assert_eq!(home.counts(NOW), [3, 0, 0]);
    home.is_sound();
}

#[test]
fn a_file_over_the_cap_is_refused() {
    let home = Home::empty();
    let said = home.import("x".repeat((64 << 20) + 1)).fails(1, &[]);
    assert!(said.out.contains("a deck file may have 67108864"), "the cap is named: {}", said.out);
}

#[test]
fn a_missing_file_is_named() {
    let home = Home::with(&basics(3, ""));
    let missing = home.path("missing.md");
    let said = home.run(NOW, &["import", text(&missing), "--json"]);
    assert_eq!(said.json()["code"], "not_found");
    said.fails(1, &[text(&missing), "can't be read", "Check that the file is there"]);
}

#[test]
fn a_folder_is_taken_with_all_its_decks_and_one_without_is_named() {
    let home = Home::empty();
    let empty = home.path("");
    home.run(NOW, &["import", text(&empty)]).fails(1, &[text(&empty), "there is no deck in"]);
    let folder = home.path("decks");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("one.md"), basics(2, "")).unwrap();
    std::fs::write(folder.join("two.md"), THREE_KINDS).unwrap();
    std::fs::write(folder.join("readme.txt"), "not a deck").unwrap();
    let report = home.run(NOW, &["import", text(&folder), "--json"]).ok().json();
    assert_eq!(report["added"], 5);
    home.run(NOW, &["undo"]).ok();
    assert_eq!(home.counts(NOW), [0, 0, 0], "one undo takes both back");
}

#[test]
fn a_dry_run_tells_and_changes_nothing() {
    let home = Home::with(&basics(3, "old"));
    let file = home.write("deck.md", basics(5, "new"));
    let before = home.files();
    let report = home.run(NOW, &["import", text(&file), "--dry-run", "--json"]).ok().json();
    assert_eq!((&report["updated"], &report["added"]), (&json!(3), &json!(2)));
    assert_eq!(report["dry_run"], true);
    assert_eq!(home.files(), before);
}

#[test]
fn a_table_is_read_with_its_faults_told_by_line() {
    let home = Home::empty();
    let file = home.write("words.csv", "question,answer\nWhat?,This.\nNo answer,\nWho?,You.\n");
    let said = home.run(NOW, &["import", text(&file), "--deck", "My words"]).ok();
    assert!(said.out.contains("words.csv: 2 added"), "{}", said.out);
    assert!(said.out.contains("words.csv:3:"), "{}", said.out);
    let due = home.run(NOW, &["due", "--json"]).ok().json();
    assert_eq!(due["decks"][0]["name"], "My words");
    let again = home.run(NOW, &["import", text(&file), "--deck", "My words", "--json"]).ok().json();
    assert_eq!(
        (&again["added"], &again["unchanged"], &again["unreadable"]),
        (&json!(0), &json!(2), &json!(1))
    );
    home.is_sound();
}

#[test]
fn an_import_needs_a_collection() {
    let home = Home::bare();
    let file = home.write("deck.md", THREE_KINDS);
    let before = home.files();
    let said = home.run(NOW, &["import", text(&file)]);
    said.fails(1, &["there is no collection at", text(&home.collection), "cairn-cli create"]);
    assert_eq!(home.files(), before);
}
