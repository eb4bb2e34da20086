//! Cuts while a collection is made, brought up to date, or put in order after a crash.

use cairn_tests::disk::Recording;
use cairn_tests::{Book, Chance, Cli, Home, make_format_3, study};
use rstest::rstest;

use crate::after::{goes_on, holds, judge_cuts, now, sound};

/// A collection with some answers, and the last sitting killed: its write-ahead log is there.
fn home_with_answers(seed: u64) -> (Home, Book) {
    let home = Home::new();
    home.create();
    home.import(&home.deck(30, "old"));
    let mut book = Book::default();
    let mut chance = Chance::new(seed);
    study(&home.cli, &now(), 5, &mut book, &mut chance).quit();
    let mut last = study(&home.cli, &now(), 12, &mut book, &mut chance);
    last.expect("card");
    last.kill();
    (home, book)
}

/// 40 cuts: a collection is there wholly or not at all, and wholly once that was said, also when its
/// folder was made for it.
#[rstest]
#[case::in_a_folder_that_is_there(51, "collection.cairn")]
#[case::in_a_new_folder(56, "new/folder/collection.cairn")]
fn no_cut_leaves_half_a_new_collection(#[case] seed: u64, #[case] path: &str) {
    let home = Home::new();
    let recording = Recording::of(home.folder());
    recording.cli(path).text(&now(), &["create", "--new-limit", "7", "--json"]);
    let trace = recording.finish();
    let of = |home: &Home| Cli::new(home.folder().join(path));
    let cards = |cli: &Cli| cli.json(&now(), &["stats"])[0]["cards"].as_u64();
    let all = cards(&of(&home));
    judge_cuts(&trace, 20, seed, |cut, home| {
        let cli = of(home);
        if !cli.collection().exists() {
            if !cut.said.is_empty() {
                return Err("reported, and not there".into());
            }
            cli.text(&now(), &["create", "--new-limit", "7"]);
        }
        cli.assert_sound(&now());
        if cards(&cli) == all { Ok(()) } else { Err(format!("{:?} cards", cards(&cli))) }
    });
}

/// 40 cuts while an old collection is brought to the present format.
#[rstest]
fn no_cut_in_a_migration_loses_an_answer(#[values(52, 53)] seed: u64) {
    let (home, book) = home_with_answers(seed);
    sound(&home).unwrap();
    make_format_3(home.cli.collection());
    let recording = Recording::of(home.folder());
    recording.cli(Home::COLLECTION).text(&now(), &["stats", "--json"]);
    let trace = recording.finish();
    judge_cuts(&trace, 20, seed, |_, home| {
        sound(home)?;
        holds(home, &[&book])?;
        goes_on(home, &mut Chance::new(seed))
    });
}

/// 40 cuts while what a crash has left is played back, and moved into the database.
#[rstest]
fn no_cut_in_a_checkpoint_loses_an_answer(#[values(54, 55)] seed: u64) {
    let (home, book) = home_with_answers(seed);
    assert!(home.cli.wal_bytes() > 0, "there is something to play back");
    let recording = Recording::of(home.folder());
    recording.cli(Home::COLLECTION).text(&now(), &["due"]);
    let trace = recording.finish();
    assert_eq!(home.cli.wal_bytes(), 0, "it was moved into the database");
    judge_cuts(&trace, 20, seed, |_, home| {
        sound(home)?;
        holds(home, &[&book])
    });
}
