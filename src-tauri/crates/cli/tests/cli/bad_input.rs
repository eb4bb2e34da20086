//! What cannot be: every command says what is wrong, on which thing and what to do, and changes
//! nothing.

use std::fs;

use rstest::rstest;

use crate::support::*;

/// Every command that needs a collection.
const COMMANDS: [&[&str]; 8] = [
    &["due"],
    &["review"],
    &["review", "--json"],
    &["log"],
    &["stats"],
    &["check"],
    &["undo"],
    &["rebuild"],
];

/// Every command fails on this collection with these words, and nothing changes.
fn all_refuse(home: &Home, says: &[&str]) {
    refuse(home, &COMMANDS, says);
}

fn refuse(home: &Home, commands: &[&[&str]], says: &[&str]) {
    let before = home.files();
    for &command in commands {
        let said = home.run(NOW, command).fails(1, says);
        assert!(said.err.contains(text(&home.collection)), "the path is named: {said:?}");
        if command.contains(&"--json") {
            assert_eq!(said.json()["event"], "error", "programs get JSON");
        } else {
            assert_eq!(said.out, "", "a failure is told on stderr");
        }
        assert_eq!(home.files(), before, "{command:?} changes nothing");
    }
}

#[test]
fn no_collection_there() {
    all_refuse(&Home::bare(), &["there is no collection at", "cairn-cli create"]);
}

#[test]
fn a_folder_in_the_place_of_the_collection() {
    let home = Home::bare();
    fs::create_dir(&home.collection).unwrap();
    all_refuse(&home, &["it is a folder, not a file", "choose another place"]);
    home.run(NOW, &["create"]).fails(1, &["there is already something at"]);
}

#[test]
fn a_path_below_a_file() {
    let mut home = Home::bare();
    let file = home.write("a-file", "x");
    home.collection = file.join("collection.cairn");
    all_refuse(&home, &["there is no collection at"]);
}

#[rstest]
#[case::a_diary("Dear diary, nothing happened today. ".repeat(50).into_bytes())]
#[case::a_deck(THREE_KINDS.as_bytes().to_vec())]
#[case::two_bytes(b"x\n".to_vec())]
#[case::zeros(vec![0; 10_000])]
#[case::almost_a_database(b"SQLite format 3\0 and then something else".repeat(100))]
fn a_file_of_another_kind(#[case] bytes: Vec<u8>) {
    let home = Home::bare();
    fs::write(&home.collection, bytes).unwrap();
    all_refuse(&home, &["Choose a collection file; this one was not changed."]);
}

#[test]
fn another_programs_database() {
    let home = Home::bare();
    home.sql("CREATE TABLE diary (entry TEXT); INSERT INTO diary VALUES ('nothing')");
    all_refuse(&home, &["this file is not a Cairn collection"]);
}

#[test]
fn a_collection_of_a_newer_version() {
    let home = Home::with(THREE_KINDS);
    home.sql("PRAGMA user_version = 9");
    all_refuse(&home, &["made by a newer Cairn", "its format is 9", "Update Cairn"]);
}

#[test]
fn settings_that_cannot_be_read() {
    let home = Home::empty();
    home.sql(
        r#"INSERT INTO device VALUES (99, zeroblob(16));
           INSERT INTO operation VALUES (99, 99, 1, 1, 1, 'setting', 'theme', NULL);
           INSERT INTO setting VALUES ('theme', '"purple"', 1, 99)"#,
    );
    let (check, others): (Vec<_>, Vec<_>) =
        COMMANDS.into_iter().partition(|command| command[0] == "check");
    refuse(&home, &others, &["text that can't be read", "purple", "backup"]);
    // The check can say more: which it is, and how to go on.
    let said = home.run(NOW, check[0]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("1 setting can't be read (theme)"), "{said:?}");
    assert!(said.out.contains("check --repair"), "{said:?}");
}

#[rstest]
#[case("nonsense")]
#[case("")]
#[case("2026-11-21")]
#[case("2026-11-21T12:00:00")]
#[case("2026-13-45T12:00:00Z")]
#[case("2026-11-21T12:00:00+99:00")]
#[case("1795291200")]
fn a_time_that_is_none(#[case] now: &str) {
    let home = Home::with(THREE_KINDS);
    let before = home.files();
    for command in [["due"].as_slice(), &["create"], &["review"], &["schedule", "4"]] {
        home.run(now, command).fails(1, &["--now", now, "Write it like 2026-11-21T09:00:00-08:00"]);
    }
    assert_eq!(home.files(), before);
}

#[rstest]
#[case::no_command(&[], "Usage")]
#[case::unknown_command(&["revieu"], "review")]
#[case::unknown_option(&["due", "--jsn"], "--json")]
#[case::a_word_too_many(&["due", "today"], "today")]
#[case::import_of_nothing(&["import"], "FILE")]
fn a_wrong_command_line(#[case] args: &[&str], #[case] says: &str) {
    let home = Home::bare();
    home.run(NOW, args).fails(2, &[says]);
    assert!(home.files().is_empty());
}

/// A disk that takes no more, played by a limit on the size of files; a real full disk has another
/// name for the error and the same consequences.
#[cfg(unix)]
#[test]
fn an_import_that_cannot_be_written_changes_nothing() {
    let home = Home::with(&basics(20, "old"));
    let file = home.write("big.md", basics(3000, "new"));
    let before = home.run(NOW, &["stats"]).ok().out;
    let script = r#"trap "" XFSZ; ulimit -f 500; exec "$@""#;
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_cairn-cli"), "--collection"]);
    command.arg(&home.collection).args(["--now", NOW, "import"]).arg(&file);
    Said::of(command.output().unwrap()).fails(
        1,
        &[
            "the collection can't be written",
            &home.collection.display().to_string(),
            "choose another place",
        ],
    );
    assert_eq!(home.run(NOW, &["stats"]).ok().out, before);
    assert_eq!(home.import(basics(20, "old")).ok().json()["unchanged"], 20);
    home.is_sound();
    assert_eq!(home.import(basics(3000, "new")).ok().json()["added"], 2980, "with room it works");
}
