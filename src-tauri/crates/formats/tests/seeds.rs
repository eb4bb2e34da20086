//! The seeds of the fuzzers, replayed: what each target under `fuzz/` holds for any input holds for
//! these. A finding of a fuzzer becomes a seed when it is mended.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use cairn_core::day::StudyDay;
use cairn_core::face::faces;
use cairn_core::package::Package;
use cairn_core::text;
use cairn_formats::{anki, deck_markdown, html, json, table};
use rstest::rstest;

fn files(folder: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut found: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "{}", folder.display());
    found
}

/// Shows every card of a package; gives how many have a question to be seen.
fn show(package: &Package) -> usize {
    let notes = package.decks.iter().flat_map(|deck| &deck.notes);
    notes
        .flat_map(|note| note.content.card_keys().into_iter().map(move |key| (note, key)))
        .filter(|(note, key)| !faces(&note.content, key).0.is_empty())
        .count()
}

#[rstest]
#[case::decks("../../../fuzz/seeds/deck_markdown")]
fn decks_print_and_read_the_same(#[case] folder: &str) {
    for (path, bytes) in files(folder) {
        let Ok(package) = deck_markdown::parse_bytes(&bytes) else { continue };
        for deck in &package.decks {
            let again = deck_markdown::parse(&deck_markdown::print(deck).text).unwrap();
            assert_eq!(&again.decks[0], deck, "{}", path.display());
        }
    }
}

#[test]
fn cairn_json_prints_and_reads_the_same() {
    for (path, bytes) in files("../../../fuzz/seeds/json") {
        let Ok(package) = json::parse(&bytes) else { continue };
        let mut printed = Vec::new();
        json::print(&package, None, &mut printed).unwrap();
        assert_eq!(json::parse(&printed).unwrap(), package, "{}", path.display());
    }
}

#[test]
fn tables_are_read_and_shown() {
    for (path, bytes) in files("tests/fixtures/table") {
        let Ok(sheet) = table::sniff(&bytes) else { continue };
        let names = table::DeckNames::from_title("Seeds");
        let (package, problems) = table::read(&sheet, &sheet.guess(), &names);
        assert!(show(&package) + problems.len() > 0, "{}", path.display());
    }
}

#[test]
fn html_becomes_text_that_can_be_shown() {
    let mut blocks = 0;
    for (_, bytes) in files("../../../fuzz/seeds/html") {
        let markdown = html::to_markdown(&String::from_utf8_lossy(&bytes)).text;
        blocks += text::parse(&markdown).len();
    }
    assert!(blocks > 20, "{blocks} blocks of text");
}

#[test]
fn packages_are_read_and_shown() {
    let options = anki::Options {
        schedules: true,
        today: StudyDay::new(20_000),
        offset_minutes: -480,
        start_hour: 4,
        keep_media: true,
    };
    for (path, bytes) in files("tests/fixtures/anki") {
        let staging = tempfile::tempdir().unwrap();
        let mut on = |_, _| ControlFlow::Continue(());
        let read = anki::read(Cursor::new(bytes), &options, staging.path(), &mut on);
        if path.extension().is_some_and(|ending| ending != "py") {
            assert!(show(&read.unwrap().package) > 0, "{}", path.display());
        }
    }
}
