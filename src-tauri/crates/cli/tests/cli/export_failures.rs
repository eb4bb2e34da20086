//! Exports that can't be: each is told, and leaves everything as it was.

use std::fs;

use rstest::rstest;

use crate::support::*;

/// Every format with a name for its file or folder.
const FORMATS: [(&str, &str); 6] = [
    ("report", "report.html"),
    ("csv", "tables"),
    ("json", "decks.json"),
    ("apkg", "decks.apkg"),
    ("md", "deck.md"),
    ("ics", "days.ics"),
];

/// A collection with a card that is ready, so that every format has something to say.
fn home() -> Home {
    let home = Home::with(THREE_KINDS);
    crate::protocol::finish(&home, NOW, "good");
    home
}

#[rstest]
fn a_file_that_is_there_is_kept_unless_asked_otherwise(#[values(0, 1, 2, 3, 4, 5)] format: usize) {
    let (format, name) = FORMATS[format];
    let home = home();
    let taken = if format == "csv" { "tables/reviews.csv" } else { name };
    fs::create_dir_all(home.path("tables")).unwrap();
    let taken = home.write(taken, "mine");
    let before = home.files();
    let out = home.path(name);
    let command = ["export", "--format", format, "--out", text(&out)];
    home.run(NOW, &command).fails(1, &[text(&taken), "is there already", "--force"]);
    let code = home.run(NOW, &[&command[..], &["--json"]].concat()).json()["code"].clone();
    assert_eq!(code, "exists");
    assert_eq!(home.files(), before, "nothing was written, beside it neither");
    home.run(NOW, &[&command[..], &["--force"]].concat()).ok();
    assert_ne!(fs::read(&taken).unwrap(), b"mine");
    let left = |path: &std::ffi::OsString| path.to_string_lossy().contains(".part");
    assert!(!home.files().keys().any(left), "nothing is left beside it");
}

#[rstest]
fn a_folder_that_is_not_there_is_named(#[values(0, 1, 2, 3, 4, 5)] format: usize) {
    let (format, name) = FORMATS[format];
    let home = home();
    let before = home.files();
    let out = home.path("missing").join(name);
    home.run(NOW, &["export", "--format", format, "--out", text(&out)])
        .fails(1, &["there is no folder", text(&home.path("missing")), "Make the folder first"]);
    assert_eq!(home.files(), before, "nothing is left behind");
}

#[rstest]
#[case::report("report")]
#[case::json("json")]
#[case::apkg("apkg")]
#[case::ics("ics")]
fn a_folder_is_no_file(#[case] format: &str) {
    let home = home();
    let before = home.files();
    let out = home.path("");
    home.run(NOW, &["export", "--format", format, "--out", text(&out), "--force"])
        .fails(1, &["is a folder", "Name a file in it"]);
    assert_eq!(home.files(), before);
}

#[test]
fn a_file_is_no_folder_for_tables() {
    let home = home();
    let file = home.write("tables", "mine");
    let before = home.files();
    home.run(NOW, &["export", "--format", "csv", "--out", text(&file), "--force"])
        .fails(1, &["is there already and is no folder", "Choose another name"]);
    assert_eq!(home.files(), before);
}

#[test]
fn tables_go_into_a_folder_that_holds_other_things() {
    let home = home();
    fs::create_dir(home.path("mine")).unwrap();
    home.write("mine/letter.txt", "Dear Ana");
    home.run(NOW, &["export", "--format", "csv", "--out", text(&home.path("mine"))]).ok();
    let mut names: Vec<_> =
        fs::read_dir(home.path("mine")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["cards.csv", "letter.txt", "reviews.csv"]);
}

#[rstest]
#[case::no_such_deck("csv", &["--deck", "Plan deck"], 1, "there is no deck “Plan deck”")]
#[case::no_such_deck_of_a_calendar("ics", &["--deck", "Plan deck"], 1, "there is no deck “Plan deck”")]
#[case::no_such_deck_of_a_report("report", &["--deck", "Plan deck"], 1, "there is no deck “Plan deck”")]
#[case::days_the_wrong_way_round(
    "csv", &["--from", "2026-11-22", "--to", "2026-11-21"], 1, "comes after the last, 2026-11-21"
)]
#[case::days_for_anki("apkg", &["--from", "2026-11-21"], 1, "days can't be chosen for an Anki package")]
#[case::days_for_json("json", &["--to", "2026-11-21"], 1, "days can't be chosen for Cairn JSON")]
#[case::a_name_for_tables("csv", &["--name", "Ana"], 1, "a name can't be chosen for tables")]
#[case::quotes_for_a_calendar("ics", &["--card-text"], 1, "card text can't be chosen for a calendar")]
#[case::json_without_progress("json", &["--without-progress"], 1, "is for Anki packages")]
#[case::a_calendar_without_media("ics", &["--without-media"], 1, "is for apkg, json and md")]
#[case::no_date("csv", &["--from", "yesterday"], 2, "--from")]
fn a_request_that_makes_no_sense_is_refused(
    #[case] format: &str,
    #[case] more: &[&str],
    #[case] code: i32,
    #[case] says: &str,
) {
    let home = home();
    let before = home.files();
    let out = home.path("out");
    let command = ["export", "--format", format, "--out", text(&out)];
    home.run(NOW, &[&command[..], more].concat()).fails(code, &[says]);
    assert_eq!(home.files(), before);
}

#[test]
fn several_decks_are_no_one_text() {
    let home = home();
    home.import(basics(2, "")).ok();
    let before = home.files();
    home.run(NOW, &["export", "--format", "md", "--out", text(&home.path("all.md"))])
        .fails(1, &["can't hold several decks", "Name a folder"]);
    assert_eq!(home.files(), before);
}

#[test]
fn what_a_killed_export_left_goes_with_the_next() {
    let home = home();
    let left = home.path(".cairn-export-x1.part");
    fs::create_dir_all(left.join("new")).unwrap();
    fs::write(left.join("lock"), "").unwrap();
    fs::write(left.join("new/decks.json"), "{ half").unwrap();
    home.run(NOW, &["export", "--format", "json", "--out", text(&home.path("decks.json"))]).ok();
    assert!(!left.exists());
}

/// A disk that takes no more, played by a limit on the size of files; a real full disk has another
/// name for the error and the same consequences.
#[cfg(unix)]
#[rstest]
#[case::csv("csv", "tables")]
#[case::json("json", "decks.json")]
#[case::apkg("apkg", "decks.apkg")]
#[case::md("md", "shared.md")]
fn a_full_disk_is_told_and_leaves_nothing(#[case] format: &str, #[case] name: &str) {
    let home = Home::with(&basics(3_000, "long enough"));
    // The first read of a collection may write beside it; that is done now.
    home.run(NOW, &["stats"]).ok();
    let before = home.files();
    let script = r#"trap "" XFSZ; ulimit -f 80; exec "$@""#;
    let mut command = std::process::Command::new("sh");
    command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_cairn-cli"), "--collection"]);
    command.arg(&home.collection).args(["--now", NOW, "export", "--format", format, "--out"]);
    let said = Said::of(command.arg(home.path(name)).output().unwrap());
    said.fails(1, &["there is no room on the disk for", "Free some space"]);
    assert_eq!(home.files(), before, "nothing is left behind");
    home.run(NOW, &["export", "--format", format, "--out", text(&home.path(name))]).ok();
}

#[cfg(unix)]
#[rstest]
fn a_folder_that_may_not_be_written_is_told(#[values(0, 1, 2, 3, 4, 5)] format: usize) {
    use std::os::unix::fs::PermissionsExt;
    let (format, name) = FORMATS[format];
    let home = home();
    let folder = home.path("sealed");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    let before = home.files();
    if fs::write(folder.join("probe"), "").is_ok() {
        // Whoever may write everywhere is refused by what is no folder of a disk.
        fs::remove_file(folder.join("probe")).unwrap();
        let out = std::path::Path::new("/proc").join(name);
        if cfg!(target_os = "linux") {
            home.run(NOW, &["export", "--format", format, "--out", text(&out)])
                .fails(1, &["can't be written", "/proc"]);
        }
    } else {
        let out = folder.join(name);
        home.run(NOW, &["export", "--format", format, "--out", text(&out)])
            .fails(1, &["can't be written", "Check that the folder may be written"]);
    }
    assert_eq!(home.files(), before, "nothing is left behind");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
}
