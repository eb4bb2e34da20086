//! Tests of whole files: what is read, what is refused, and that printing loses nothing.

mod caps;
mod example;
mod export;
mod problems;
mod reading;
mod round_trip;
mod strategies;

use super::{normalise, parse, parse_bytes, print};
use cairn_core::note::Content;
use cairn_core::package::{PackageDeck, PackageNote, Problem};

/// Five lines: what every deck of these tests begins with.
const HEADER: &str = "---\nid: d\ntitle: T\nsource npg: Guidelines\n---\n";

fn deck(text: &str) -> PackageDeck {
    let mut decks = parse(text).unwrap_or_else(|problems| panic!("{text}\n{problems:#?}")).decks;
    assert_eq!(decks.len(), 1, "a file is one deck");
    decks.remove(0)
}

fn note(card: &str) -> PackageNote {
    let mut notes = deck(&format!("{HEADER}{card}")).notes;
    assert_eq!(notes.len(), 1, "{card:?}");
    notes.remove(0)
}

fn faults(text: &str) -> Vec<Problem> {
    parse(text).expect_err(text)
}
