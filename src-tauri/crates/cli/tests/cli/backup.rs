//! `backup`, `restore` and `collections`.

use std::fs;

use rstest::rstest;
use serde_json::{Value, json};

use crate::support::*;

fn make(home: &Home, now: &str) -> Value {
    home.run(now, &["backup", "--json"]).ok().json()
}

fn listed(home: &Home) -> Vec<Value> {
    let list = home.run(NOW, &["backup", "--list", "--json"]).ok().json();
    list["backups"].as_array().unwrap().clone()
}

fn answer(home: &Home, cards: usize) {
    let said = home.feed(NOW, &["review"], "\n3\n".repeat(cards));
    assert_eq!(said.code, 0, "{said:?}");
}

#[test]
fn a_backup_is_made_and_listed() {
    let home = Home::with(&basics(12, ""));
    let made = make(&home, NOW);
    assert_eq!(made["problems"], json!([]));
    let found = listed(&home);
    let by_hand: Vec<_> = found.iter().filter(|one| one["reason"] == "by_hand").collect();
    assert_eq!(by_hand.len(), 1);
    assert_eq!(by_hand[0]["path"], made["backup"]["path"]);
    assert_eq!((&by_hand[0]["cards"], &by_hand[0]["answers"]), (&json!(12), &json!(0)));
    let text = home.run(NOW, &["backup", "--list"]).ok().out;
    assert!(text.contains("by hand  12 cards, 0 answers"), "{text}");
    assert!(text.contains("going back would lose nothing"), "{text}");
}

#[test]
fn an_import_makes_a_backup_first_when_something_changed() {
    let home = Home::empty();
    home.import(basics(3, "")).ok();
    let file = home.write("deck.md", basics(5, ""));
    home.run(&noon(1), &["import", text(&file)]).ok();
    let before: Vec<Value> =
        listed(&home).into_iter().filter(|one| one["reason"] == "before_import").collect();
    assert_eq!(before.iter().map(|one| &one["cards"]).collect::<Vec<_>>(), [3, 0]);
    // The same deck again changes nothing but counts as an act; a preview is no import.
    home.run(NOW, &["import", text(&file), "--dry-run", "--json"]).ok();
    assert_eq!(listed(&home).len(), 2);
}

#[test]
fn a_restore_says_what_is_lost_and_can_be_undone() {
    let home = Home::with(&basics(12, ""));
    let then = make(&home, NOW);
    let then = then["backup"]["path"].as_str().unwrap();
    answer(&home, 12);
    let before = home.log();
    assert!(before.len() >= 12);

    let asked = home.feed(NOW, &["restore", then], "n\n");
    assert_eq!((asked.code, asked.err.as_str()), (1, ""));
    assert!(asked.out.contains(&format!("would lose {} answers", before.len())), "{asked:?}");
    assert_eq!(home.log(), before, "nothing was changed");
    home.run(NOW, &["restore", then, "--json"]).fails(1, &["--yes"]);

    let done = home.run(NOW, &["restore", then, "--yes", "--json"]).ok().json();
    assert_eq!(done["lost"]["answers"], json!(before.len()));
    assert_eq!(home.log().len(), 0);
    home.is_sound();
    let back = home.feed(NOW, &["restore", done["undo"].as_str().unwrap()], "y\n").ok();
    assert!(back.out.contains("Left behind: nothing."), "{back:?}");
    assert_eq!(home.log(), before, "every answer is there again");
    home.is_sound();
}

#[test]
fn the_latest_backup_mends_a_damaged_collection() {
    let home = Home::with(&basics(12, ""));
    answer(&home, 12);
    // Later than the backup before the import, also when that took its time.
    make(&home, &noon(1));
    let answers = home.log().len();
    fs::write(&home.collection, vec![7; 20_000]).unwrap();
    home.run(NOW, &["due"]).fails(1, &["damaged", "backup"]);
    let said = home.run(NOW, &["restore", "latest", "--yes"]).ok();
    assert!(said.out.contains("it is kept as"), "{said:?}");
    assert_eq!(home.log().len(), answers);
    home.is_sound();
}

#[rstest]
#[case::nothing_there("nowhere.cairn-backup", "there is no backup")]
#[case::another_file("deck.md", "no whole backup")]
#[case::no_backup_at_all("latest", "there is no backup of")]
fn what_can_not_be_put_back_is_told(#[case] given: &str, #[case] says: &str) {
    let home = Home::empty();
    home.write("deck.md", "no backup");
    let given = if given == "latest" { given.into() } else { home.path(given) };
    home.run(NOW, &["restore", text(&given), "--yes"]).fails(1, &[says]);
    home.is_sound();
}

#[cfg(unix)]
#[test]
fn collections_that_the_window_opened_are_listed() {
    let home = Home::with(&basics(4, ""));
    let config = home.path("config");
    let run = |args: &[&str]| {
        let mut command = binary();
        command.env("HOME", &config).env("XDG_CONFIG_HOME", &config).args(args);
        Said::of(command.output().unwrap())
    };
    assert_eq!(run(&["collections", "--json"]).ok().json(), json!({ "collections": [] }));
    let folder = if cfg!(target_os = "macos") {
        config.join("Library/Application Support/Cairn-development")
    } else {
        config.join("Cairn-development")
    };
    let mut list = cairn_store::Collections::load(&folder);
    list.remember(&home.path("gone/collection.cairn"), moment(NOW)).unwrap();
    list.remember(&home.collection, moment(&noon(1))).unwrap();
    let said = run(&["collections"]).ok().out;
    assert!(said.contains("4 cards, 0 answers, opened last"), "{said}");
    assert!(said.contains("gone: not there"), "{said}");
    // Without a path, it is the one that was open last; a missing one is told and never made anew.
    assert!(run(&["due"]).ok().out.contains('4'));
    list.remember(&home.path("gone/collection.cairn"), moment(&noon(2))).unwrap();
    run(&["due"]).fails(1, &["gone", "Plug its disk in"]);
    assert!(!home.path("gone").exists());
}
