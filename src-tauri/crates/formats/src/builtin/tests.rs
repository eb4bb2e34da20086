use std::collections::{BTreeMap, BTreeSet};

use cairn_core::area::Area;
use cairn_core::note::Content;
use cairn_core::package::{PackageDeck, Reading};

use super::*;

const CONCEPTS: &str = include_str!("../../../../../content/concepts.tsv");

fn decks() -> Vec<PackageDeck> {
    packages().into_iter().flat_map(|package| package.decks).collect()
}

fn lived_experience() -> PackageDeck {
    decks().into_iter().find(|deck| deck.id == "lived-experience").unwrap()
}

#[test]
fn no_deck_has_a_fault() {
    for text in DECKS {
        let problems = deck_markdown::parse(text).err().unwrap_or_default();
        assert_eq!(problems, [], "a deck under content/decks has faults");
    }
    assert_eq!(decks().len(), DECKS.len());
}

#[test]
fn the_fingerprint_hangs_on_the_text() {
    assert_eq!(fingerprint(), fingerprint());
    assert_ne!(hash::fingerprint("a"), hash::fingerprint("b"));
}

#[test]
fn every_concept_is_taught_and_none_is_made_up() {
    let listed: BTreeSet<&str> =
        CONCEPTS.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    assert_eq!(listed.len(), 93, "the list holds the 93 concepts");
    let deck = lived_experience();
    let mut taught: BTreeMap<&str, u32> = BTreeMap::new();
    for concept in deck.notes.iter().flat_map(|note| &note.facts.concepts) {
        *taught.entry(concept).or_default() += 1;
    }
    let missing: Vec<&&str> =
        listed.iter().filter(|concept| !taught.contains_key(*concept)).collect();
    let made_up: Vec<&&str> = taught.keys().filter(|concept| !listed.contains(*concept)).collect();
    println!("{} of 93 concepts in {} notes", taught.len(), deck.notes.len());
    assert_eq!((missing, made_up), (vec![], vec![]));
}

/// Concepts that the articles overstate: a card with the corrective goes with each.
const CORRECTED: [&str; 19] = [
    "C01", "C09", "C16", "C31", "C44", "C45", "C46", "C48", "C49", "C62", "C66", "C68", "C71",
    "C74", "C77", "C78", "C89", "C90", "C91",
];

#[test]
fn what_the_articles_overstate_is_corrected() {
    let deck = lived_experience();
    for concept in CORRECTED {
        let corrected = deck.notes.iter().any(|note| {
            note.facts.concepts.iter().any(|c| c == concept)
                && !note.content.corrective().is_empty()
        });
        assert!(corrected, "{concept} has no card with a corrective note");
    }
}

#[test]
fn kinds_are_about_a_third_each() {
    let deck = lived_experience();
    for kind in ["basic", "cloze", "choice"] {
        let count = deck.notes.iter().filter(|note| note.content.kind() == kind).count();
        let percent = count * 100 / deck.notes.len();
        assert!((28..=38).contains(&percent), "{percent} % are {kind}");
    }
}

#[test]
fn every_card_names_an_area_and_a_source_and_no_reading_date_is_made_up() {
    for note in decks().iter().flat_map(|deck| &deck.notes) {
        assert!(note.facts.area.is_some(), "{} has no area", note.id);
        assert!(!note.facts.sources.is_empty(), "{} has no source", note.id);
        for source in &note.facts.sources {
            assert_eq!(source.read_on, None, "{}: nobody can vouch for a date", note.id);
        }
    }
    assert_eq!(Area::ALL.len(), 8);
}

#[test]
fn the_articles_were_read() {
    for note in &lived_experience().notes {
        for source in note.facts.sources.iter().filter(|source| source.key.starts_with('s')) {
            assert_ne!(source.how, Reading::Unknown, "{}", note.id);
        }
    }
}

#[test]
fn a_choice_has_four_options_and_one_right_one() {
    for note in decks().iter().flat_map(|deck| &deck.notes) {
        if let Content::Choice { options, .. } = &note.content {
            let right = options.iter().filter(|option| option.right).count();
            assert_eq!((options.len(), right), (4, 1), "{}", note.id);
        }
    }
}
