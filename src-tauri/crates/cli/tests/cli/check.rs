//! `check` and `rebuild`.

use std::fs;

use rstest::rstest;
use serde_json::json;

use crate::protocol::finish;
use crate::support::*;

#[test]
fn a_sound_collection_says_so() {
    let home = Home::with(THREE_KINDS);
    finish(&home, NOW, "again");
    assert_eq!(home.run(NOW, &["check"]).ok().out, "everything is sound\n");
    let said = home.run(NOW, &["check", "--json"]).ok().json();
    assert_eq!((&said["ok"], &said["findings"]), (&json!(true), &json!([])));
    assert_eq!([&said["notes"], &said["cards"]], [3, 3]);
    assert!(said["answers"].as_u64().unwrap() > 3);
}

#[test]
fn a_deck_without_fault_says_how_many_cards_it_has() {
    let home = Home::bare();
    let file = home.write("deck.md", THREE_KINDS);
    let said = home.run(NOW, &["check", text(&file)]).ok();
    assert_eq!(said.out, format!("{}: 3 cards, no fault\n", file.display()));
    let said = home.run(NOW, &["check", text(&file), "--json"]).ok().json();
    assert_eq!(said, json!({ "ok": true, "notes": 3, "problems": [] }));
    assert!(!home.collection.exists(), "a lint makes no collection");
}

#[test]
fn the_faults_of_a_deck_stand_at_file_line_and_column() {
    let home = Home::bare();
    let file =
        home.write("deck.md", "---\nid: a\ntitel: b\n---\n\n## basics: x\n\nQ\n\n---\n\nA\n");
    let said = home.run(NOW, &["check", text(&file)]).fails(1, &[]);
    for place in ["3:1: ", "6:4: "] {
        let start = format!("{}:{place}", file.display());
        let line = said.out.lines().find(|line| line.starts_with(&start));
        assert!(line.is_some_and(|line| line.len() > start.len() + 10), "{start} in {said:?}");
    }
    let said = home.run(NOW, &["check", text(&file), "--json"]).fails(1, &[]).json();
    assert_eq!(said["ok"], false);
    assert!(said["problems"].as_array().unwrap().iter().any(|p| p["line"] == 6));
}

#[test]
fn a_deck_file_that_is_not_there_is_named() {
    let home = Home::bare();
    let missing = home.path("missing.md");
    home.run(NOW, &["check", text(&missing)]).fails(1, &[text(&missing), "can't be read"]);
}

/// Overwrites a page of 4 KiB.
fn damage(home: &Home, page: usize) {
    let mut bytes = fs::read(&home.collection).unwrap();
    bytes[page * 4096..(page + 1) * 4096].fill(0xA5);
    fs::write(&home.collection, bytes).unwrap();
}

#[rstest]
#[case(1)]
#[case(5)]
#[case(12)]
#[case(20)]
#[case(30)]
fn a_damaged_collection_is_told_and_left_alone(#[case] page: usize) {
    let home = Home::with(&basics(40, ""));
    finish(&home, NOW, "good");
    damage(&home, page);
    let before = home.files();
    let said = home.run(NOW, &["check", "--json"]).fails(1, &[]).json();
    assert_eq!(said["ok"], false, "{said}");
    for finding in said["findings"].as_array().unwrap() {
        assert!(finding["repair"].as_str().unwrap().len() > 20, "it says what to do: {finding}");
    }
    for command in ["due", "review", "undo", "stats", "rebuild"] {
        home.run(NOW, &[command]).fails(1, &["the collection is damaged"]);
    }
    assert_eq!(home.files(), before, "what can't be read is never overwritten");
}

#[rstest]
#[case::half_of_it(0.5)]
#[case::a_page(0.0)]
fn a_collection_that_was_cut_off_is_damaged(#[case] part: f64) {
    let home = Home::with(&basics(40, ""));
    let bytes = fs::read(&home.collection).unwrap();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    let length = ((bytes.len() as f64 * part) as usize).max(4096);
    fs::write(&home.collection, &bytes[..length]).unwrap();
    let before = fs::read(&home.collection).unwrap();
    let said = home.run(NOW, &["check"]).fails(1, &[]);
    assert!(format!("{}{}", said.out, said.err).contains("damaged"), "{said:?}");
    assert_eq!(fs::read(&home.collection).unwrap(), before);
}

#[rstest]
#[case::due("UPDATE card SET due = due + 1 WHERE due IS NOT NULL", 15)]
#[case::interval("UPDATE card SET interval_days = 99 WHERE id <= 3", 3)]
#[case::ease("UPDATE card SET ease_hundredths = 130 WHERE id = 2", 1)]
#[case::lapses("UPDATE card SET lapses = 7 WHERE id = 1", 1)]
#[case::forgotten(
    "UPDATE card SET due = NULL, repetitions = NULL, interval_days = NULL, last_day = NULL,
       ease_hundredths = NULL, lapses = NULL WHERE id = 5",
    1
)]
#[case::invented(
    "UPDATE card SET due = 1, repetitions = 1, interval_days = 1, last_day = 1,
       ease_hundredths = 250, lapses = 0 WHERE id = 40",
    1
)]
#[case::log_lost("DELETE FROM review_log WHERE id > 10", 5)]
fn schedules_that_are_not_what_the_log_says_are_found_and_mended(
    #[case] tampering: &str,
    #[case] cards: u64,
) {
    let home = Home::with(&basics(40, ""));
    finish(&home, NOW, "good");
    home.sql(tampering);
    let said = home.run(NOW, &["check"]).fails(1, &[]);
    let words = match cards {
        1 => "1 card whose schedule is not what its log says".to_owned(),
        n => format!("{n} cards whose schedule is not what their log says"),
    };
    let said = said.out;
    assert!(said.starts_with(&format!("schedules: {words} (Question ")), "{said}");
    assert!(said.contains("worked out anew") || said.contains("works the schedules out"), "{said}");
    assert!(said.ends_with("Repair with: cairn-cli check --repair\n"), "{said}");
    let check = home.run(NOW, &["check", "--json"]).fails(1, &[]).json();
    assert_eq!((&check["ok"], &check["findings"][0]["what"]), (&json!(false), &json!("schedules")));

    assert_eq!(home.run(NOW, &["rebuild", "--dry-run"]).ok().out, format!("{cards}\n"));
    home.run(NOW, &["check"]).fails(1, &[]);
    let rebuilt = home.run(NOW, &["rebuild", "--json"]).ok().json();
    assert_eq!(rebuilt, json!({ "differing": cards, "written": true }));
    home.is_sound();
    let again = home.run(NOW, &["rebuild", "--json"]).ok().json();
    assert_eq!(again, json!({ "differing": 0, "written": false }), "mended once is mended");
}

#[rstest]
#[case::reference("PRAGMA foreign_keys = OFF; DELETE FROM note WHERE id = 3", "references")]
#[case::search("DELETE FROM note_search WHERE rowid = 3", "search")]
#[case::no_card("UPDATE card SET gone = 1 WHERE note = 3", "missing_cards")]
fn things_that_do_not_fit_together_are_found(#[case] tampering: &str, #[case] what: &str) {
    let home = Home::with(&basics(5, ""));
    home.sql(tampering);
    let check = home.run(NOW, &["check", "--json"]).fails(1, &[]).json();
    let findings = check["findings"].as_array().unwrap();
    assert!(findings.iter().any(|finding| finding["what"] == what), "{check}");
}

#[test]
fn undo_passes_over_a_rebuild() {
    let home = Home::with(&basics(2, ""));
    finish(&home, NOW, "good");
    home.sql("UPDATE card SET due = due + 1");
    home.run(NOW, &["rebuild"]).ok();
    assert!(home.run(NOW, &["undo"]).ok().out.starts_with("taken back: answer"));
    home.is_sound();
}

#[test]
fn a_repair_makes_a_backup_first_says_what_it_did_and_can_be_taken_back() {
    let home = Home::with(&basics(5, ""));
    finish(&home, NOW, "good");
    home.sql("UPDATE note SET content = 'nonsense' WHERE id = 3; UPDATE card SET due = due + 1");
    let before = home.files();
    let said = home.run(NOW, &["check", "--repair"]).ok().out;
    for words in
        ["mended: 1 note got a text", "schedules were worked out anew", "everything is sound"]
    {
        assert!(said.contains(words), "{words:?} in {said}");
    }
    let more: Vec<String> = home
        .files()
        .keys()
        .filter(|path| !before.contains_key(*path))
        .map(|path| path.to_string_lossy().into_owned())
        .collect();
    assert!(more.iter().any(|path| path.contains("before-repair")), "a backup: {more:?}");
    home.is_sound();
    let again = home.run(NOW, &["check", "--repair", "--json"]).ok().json();
    assert_eq!((&again["ok"], &again["mended"]), (&json!(true), &json!([])));
    assert!(home.run(NOW, &["undo"]).ok().out.starts_with("taken back: repair"));
    let said = home.run(NOW, &["check", "--json"]).fails(1, &[]).json();
    assert_eq!(said["findings"][0]["what"], "notes", "as it was before: {said}");
}

#[test]
fn what_no_backup_can_be_made_of_is_copied_before_it_is_repaired() {
    let home = Home::with(&basics(5, ""));
    home.sql("DELETE FROM note_search_data WHERE id > 10");
    home.run(NOW, &["check"]).fails(1, &[]);
    let before = home.files();
    home.run(NOW, &["check", "--repair"]).ok();
    let copies = home
        .files()
        .keys()
        .filter(|path| !before.contains_key(*path))
        .filter(|path| path.to_string_lossy().contains("before-repair"))
        .count();
    assert!(copies > 0, "what was there is kept");
    home.is_sound();
}

#[test]
fn a_setting_that_keeps_the_collection_shut_is_set_back() {
    let home = Home::with(&basics(5, ""));
    home.sql("INSERT INTO setting VALUES ('theme', 'mauve', 1, 1)");
    home.run(NOW, &["due"]).fails(1, &["can't be read"]);
    let said = home.run(NOW, &["check"]).fails(1, &[]).out;
    assert!(said.starts_with("settings: 1 setting can't be read (theme)"), "{said}");
    home.run(NOW, &["check", "--repair"]).ok();
    home.run(NOW, &["due"]).ok();
    home.is_sound();
}

/// As somebody who may not write: the tests may run as root, whom no permission stops.
#[cfg(unix)]
#[rstest]
#[case::checked(&["check"])]
#[case::reported(&["export", "--format", "report", "--out", "report.html"])]
#[case::as_tables(&["export", "--format", "csv", "--out", "tables"])]
#[case::as_json(&["export", "--format", "json", "--out", "all.json"])]
#[case::for_anki(&["export", "--format", "apkg", "--out", "all.apkg"])]
fn a_collection_that_may_not_be_written_can_be_read(#[case] args: &[&str]) {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    use std::os::unix::process::CommandExt;
    use std::process::Stdio;

    let home = Home::with(&basics(5, ""));
    finish(&home, NOW, "good");
    let folder = home.collection.parent().unwrap();
    let access = |path: &std::path::Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    access(&home.collection, 0o444);
    access(folder, 0o555);
    let before = home.files();
    // The binary lies where another may not look; a copy does not.
    let program = tempfile::tempdir().unwrap();
    access(program.path(), 0o777);
    let copy = program.path().join("cairn-cli");
    fs::copy(env!("CARGO_BIN_EXE_cairn-cli"), &copy).unwrap();
    let mut command = std::process::Command::new(&copy);
    command.current_dir(program.path()).arg("--collection").arg(&home.collection).args(args);
    command.env_remove("CAIRN_COLLECTION").stdin(Stdio::null());
    if fs::metadata(&copy).unwrap().uid() == 0 {
        command.uid(65_534).gid(65_534);
    }
    Said::of(command.output().unwrap()).ok();
    assert_eq!(home.files(), before, "nothing is written beside it");
    access(folder, 0o755);
}
