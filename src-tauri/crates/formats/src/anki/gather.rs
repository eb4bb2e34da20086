//! Notes put into their decks, in order.

use std::collections::{HashMap, HashSet};

use cairn_core::package::{PackageDeck, PackageNote};

use super::Error;
use super::decks::{self, Deck};
use super::own;
use super::progress::{GATHER, Progress};
use super::template::words_of;

/// A note with its place among the notes of its deck.
pub(super) type Placed = ((i64, i64), PackageNote);

/// Title of the deck for cards that name none.
pub(super) const NO_DECK: &str = "Default";

/// Notes between two looks at the watcher.
const LOOK: usize = 4096;

/// Decks in the order of their names, notes in the order in which Anki introduces them.
pub(super) fn gather(
    known: &HashMap<i64, Deck>,
    by_deck: HashMap<&str, Vec<Placed>>,
    progress: &mut Progress<'_>,
) -> Result<Vec<PackageDeck>, Error> {
    let mut named: Vec<(&str, Vec<Placed>)> = by_deck.into_iter().collect();
    named.sort_unstable_by_key(|(name, _)| *name);
    let about: HashMap<&str, &str> =
        known.values().map(|deck| (deck.name.as_str(), deck.about.as_str())).collect();
    let total = named.iter().map(|(_, placed)| placed.len()).sum::<usize>() as u64;
    let (mut done, mut taken) = (0u64, HashSet::new());
    let mut decks = Vec::with_capacity(named.len());
    for (name, mut placed) in named {
        placed.sort_by_key(|(place, _)| *place);
        let mut notes = Vec::with_capacity(placed.len());
        let mut ids = HashSet::with_capacity(placed.len());
        for (at, ((_, id), mut note)) in placed.into_iter().enumerate() {
            if at.is_multiple_of(LOOK) {
                progress.at(GATHER, done, total)?;
            }
            done += 1;
            if !ids.insert(note.id.clone()) {
                note.id = format!("n{id}");
            }
            notes.push(note);
        }
        let html = about.get(name).copied().unwrap_or("");
        if let Some(own) = own::deck(html, name).filter(|own| taken.insert(own.id.clone())) {
            decks.push(PackageDeck { notes, ..own });
            continue;
        }
        let about = words_of(html);
        decks.push(PackageDeck {
            id: decks::id(name, &mut taken),
            title: if name.trim().is_empty() { NO_DECK.into() } else { name.to_owned() },
            language: "und".into(),
            version: "1".into(),
            licence: String::new(),
            about: about.split_whitespace().collect::<Vec<_>>().join(" "),
            sources: Vec::new(),
            notes,
        });
    }
    progress.at(GATHER, 1, 1)?;
    Ok(decks)
}
