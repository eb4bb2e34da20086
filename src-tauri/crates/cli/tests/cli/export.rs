use cairn_formats::json;
use serde_json::json;

use crate::protocol::finish;
use crate::support::*;

/// Exports into `name`; gives what the file holds.
fn exported(home: &Home, name: &str) -> Vec<u8> {
    let file = home.path(name);
    home.run(NOW, &["export", "--format", "json", "--out", text(&file)]).ok();
    std::fs::read(file).unwrap()
}

#[test]
fn export_says_what_it_wrote() {
    let home = Home::with(THREE_KINDS);
    finish(&home, NOW, "good");
    let file = home.path("decks.json");
    let command = ["export", "--format", "json", "--out", text(&file)];
    let said = home.run(NOW, &command).ok();
    let expected = "1 deck, 3 notes, 3 cards, 3 rows of history";
    assert_eq!(said.out, format!("{}: {expected}\n", text(&file)));
    let package = json::parse(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(package.decks[0].title, "Small deck");
    let said = home.run(NOW, &[&command[..], &["--force", "--json"]].concat()).ok().json();
    let bytes = std::fs::metadata(&file).unwrap().len();
    let files = json!([{ "path": text(&file), "bytes": bytes }]);
    let expected = json!({ "format": "json", "files": files, "decks": 1, "notes": 3, "cards": 3,
                           "answers": 3, "media": 0, "remarks": [] });
    assert_eq!(said, expected);
    home.is_sound();
}

#[test]
fn a_note_is_a_line_of_the_file() {
    let home = Home::with(THREE_KINDS);
    let written = String::from_utf8(exported(&home, "decks.json")).unwrap();
    for id in ["mutual", "line", "first"] {
        let start = format!("{{\"id\":\"{id}\",");
        assert_eq!(written.lines().filter(|line| line.starts_with(&start)).count(), 1);
    }
    assert_eq!(exported(&home, "again.json"), written.as_bytes(), "the same bytes every time");
}

#[test]
fn a_course_taken_in_elsewhere_is_exported_with_the_same_bytes() {
    let home = Home::with(THREE_KINDS);
    for (day, grade) in [(0, "again"), (1, "good"), (2, "hard"), (9, "easy")] {
        finish(&home, &noon(day), grade);
    }
    let written = exported(&home, "decks.json");
    let other = Home::empty();
    other.run(&noon(9), &["import", text(&home.path("decks.json"))]).ok();
    assert_eq!(exported(&other, "decks.json"), written);
    for day in 9..40 {
        assert_eq!(other.counts(&noon(day)), home.counts(&noon(day)), "due on day {day}");
    }
    other.is_sound();
}

#[test]
fn one_deck_can_be_chosen() {
    let home = Home::with(THREE_KINDS);
    home.import(basics(5, "")).ok();
    let file = home.path("plain.json");
    let command = ["export", "--format", "json", "--out", text(&file), "--deck"];
    let said = home.run(NOW, &[&command[..], &["Plain deck", "--json"]].concat()).ok().json();
    assert_eq!((&said["decks"], &said["notes"]), (&json!(1), &json!(5)));
    let missing = [&command[..], &["Plan deck", "--force"]].concat();
    home.run(NOW, &missing).fails(1, &["there is no deck “Plan deck”"]);
}

#[test]
fn an_export_needs_a_collection_and_a_format() {
    let home = Home::bare();
    let file = home.path("decks.json");
    home.run(NOW, &["export", "--format", "json", "--out", text(&file)])
        .fails(1, &["there is no collection at"]);
    home.run(NOW, &["export", "--format", "tablet", "--out", text(&file)])
        .fails(2, &["possible values: report, csv, json, apkg, md, ics"]);
    assert!(!file.exists());
}
