//! The whole content folder: lint of the decks, and the tally of the blind readings.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cairn_formats::content::blind::{parse_record, tally};
use cairn_formats::content::{Library, lint};

fn content() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../content")
}

/// Files of a folder by name and text, sorted by name.
fn texts(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = fs::read_dir(content().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .map(|path| {
            let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn library(folders: &[&str]) -> Library {
    let mut files: Vec<(String, String)> =
        folders.iter().flat_map(|folder| texts(folder, ".md")).collect();
    files.extend(texts(".", ".toml"));
    Library::read(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

#[test]
fn the_decks_have_nothing_to_mend_that_a_program_can_see() {
    let library = library(&["decks"]);
    assert_eq!(library.decks.len(), 10);
    assert_eq!(lint(&library), []);
}

#[test]
fn the_tally_of_the_readings_comes_out_of_the_raw_answers() {
    let library = library(&["decks"]);
    let answers: Vec<_> =
        texts("review", ".tsv").iter().flat_map(|(_, text)| parse_record(text)).collect();
    let tally = tally(library.decks.iter().map(|deck| &deck.deck), &answers);
    println!(
        "{} items; blind {} of {} chose the key; form alone {} of {}; {} unread, {} disputed",
        tally.items,
        tally.blind_right,
        tally.blind,
        tally.form_right,
        tally.form,
        tally.unread.len(),
        tally.disputed.len()
    );
    println!("disputed: {}", tally.disputed.join(", "));
    assert_eq!(tally.items, library.decks.iter().map(choices).sum::<usize>());
    assert_eq!(tally.unread, Vec::<String>::new(), "every item was read as it stands");
    assert_eq!(tally.disputed, Vec::<String>::new(), "the last blind reader found every key");
}

fn choices(deck: &cairn_formats::content::DeckFile) -> usize {
    deck.deck.notes.iter().filter(|note| note.content.kind() == "choice").count()
}

#[test]
fn no_id_is_lost_or_given_twice() {
    let library = library(&["decks"]);
    let ids = fs::read_to_string(content().join("ids.txt")).unwrap();
    let lines = ids.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let (mut kept, mut retired) = (BTreeSet::new(), BTreeSet::new());
    for line in lines {
        let fresh = match line.strip_suffix(" retired") {
            Some(id) => retired.insert(id.to_owned()),
            None => kept.insert(line.to_owned()),
        };
        assert!(fresh, "{line} stands twice in content/ids.txt");
    }
    let now: BTreeSet<String> = library
        .decks
        .iter()
        .flat_map(|deck| deck.deck.notes.iter().map(|note| format!("{}/{}", deck.deck.id, note.id)))
        .collect();
    let lost: Vec<&String> = kept.difference(&now).collect();
    let unlisted: Vec<&String> = now.difference(&kept).collect();
    let revived: Vec<&String> = now.intersection(&retired).collect();
    assert!(lost.is_empty(), "gone from the decks; put \"retired\" behind it: {lost:?}");
    assert!(unlisted.is_empty(), "new; add it to content/ids.txt: {unlisted:?}");
    assert!(revived.is_empty(), "retired ids are never given again: {revived:?}");
}
