//! Cuts in imports.

use cairn_tests::disk::Recording;
use cairn_tests::{Book, Chance, Home, study};
use rstest::rstest;

use crate::after::{holds, judge_cuts, now, sound};

const NOTES: usize = 60;

/// 40 cuts: an import is there wholly or not at all, and wholly once it was reported.
#[rstest]
fn no_cut_halves_an_import(#[values(31, 32)] seed: u64) {
    let mut chance = Chance::new(seed);
    let home = Home::new();
    home.create();
    home.import(&home.deck(NOTES, "old"));
    let mut book = Book::default();
    study(&home.cli, &now(), 6, &mut book, &mut chance).quit();
    home.deck(NOTES + 20, "new");
    let recording = Recording::of(home.folder());
    let cli = recording.cli(Home::COLLECTION);
    cli.text(&now(), &["import", "./new.md", "--json"]);
    let trace = recording.finish();
    judge_cuts(&trace, 20, seed, |cut, home| {
        sound(home)?;
        holds(home, &[&book])?;
        let wholly = [0, 0, NOTES as u64 + 20];
        match home.import("./new.md") {
            counts if counts == wholly => Ok(()),
            [20, 60, 0] if cut.said.is_empty() => Ok(()),
            counts => Err(format!("imported again: {counts:?}; reported: {:?}", cut.said)),
        }
    });
}

/// 20 cuts: a picture is on the disk before the row that names it.
#[test]
fn no_cut_in_an_import_loses_a_picture() {
    let home = Home::new();
    home.create();
    home.pictures();
    let recording = Recording::of(home.folder());
    let cli = recording.cli(Home::COLLECTION);
    cli.text(&now(), &["import", "./pictures.json", "--json"]);
    let trace = recording.finish();
    judge_cuts(&trace, 20, 33, |cut, home| {
        sound(home)?;
        match home.import("./pictures.json") {
            [0, 0, 1] => sound(home),
            [1, 0, 0] if cut.said.is_empty() => sound(home),
            counts => Err(format!("imported again: {counts:?}; reported: {:?}", cut.said)),
        }
    });
}
