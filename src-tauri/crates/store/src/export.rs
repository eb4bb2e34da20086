//! Giving the collection as a [`Package`]: whole decks with their schedules and history.
//!
//! What does not stand is left out: notes and cards that are gone, rows that were taken back, decks
//! without a note. Every note is given by its UUID, so that it is the same note wherever it comes in.
//!
//! # Design
//! One statement a table, each read from end to end in one transaction; rows find their card, and
//! cards their note, by local id. Rows are put in the order of the fold here, card by card: SQLite
//! would have to sort all of them at once.

mod history;
mod kinds;
mod media;

use std::collections::BTreeMap;

use cairn_core::day::StudyDay;
use cairn_core::package::{Identity, Package, PackageCard, PackageDeck, PackageNote};
use rusqlite::{Connection, Row};
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::reader::Reader;
use crate::{card, note, settings};
use history::Found;

/// A card that was never buried has this in `buried_until`.
const NEVER_BURIED: i32 = i32::MIN;

/// Which deck is given; all of them where there is none.
type Only = Option<i64>;

impl Reader {
    /// Everything that stands, or one deck of it, by the deck's id or its name: decks and notes in
    /// their order, cards in the order of their keys, rows in the order of the fold.
    ///
    /// Pictures and sounds are named by what the notes of the package call them. Settings are of the
    /// whole collection: one deck has none.
    ///
    /// # Errors
    /// `NotFound` where there is no such deck; `BadValue` where several have the name.
    pub fn package(&self, deck: Option<&str>) -> Result<Package> {
        let tx = self.conn.unchecked_transaction()?;
        let only = deck.map(|name| deck_id(&tx, name)).transpose()?;
        let mut decks = decks(&tx, only)?;
        let places = notes(&tx, only, &mut decks)?;
        let media = media::fill(&tx, only, &places, &mut decks)?;
        let mut cards = cards(&tx, only, &places)?;
        history::fill(&tx, &mut cards)?;
        for found in cards.into_values() {
            let Place { deck, note } = found.place;
            let note = decks.get_mut(deck).and_then(|(_, deck)| deck.notes.get_mut(note));
            if let Some(note) = note {
                note.cards.push(found.finish());
            }
        }
        let mut decks: Vec<PackageDeck> = decks.into_iter().map(|(_, deck)| deck).collect();
        decks.retain(|deck| !deck.notes.is_empty());
        for note in decks.iter_mut().flat_map(|deck| &mut deck.notes) {
            let keys = note.content.card_keys();
            note.cards.retain(|card| keys.contains(&card.key));
            note.cards.sort_by_key(|card| keys.iter().position(|key| *key == card.key));
        }
        let kinds = kinds::of(&tx, decks.iter())?;
        let settings = if only.is_none() { settings::given(&tx)? } else { BTreeMap::new() };
        Ok(Package { decks, media, kinds, settings })
    }
}

pub(crate) fn deck_id(conn: &Connection, name: &str) -> Result<i64> {
    let mut statement = conn.prepare(
        "SELECT id, slug FROM deck WHERE (slug = ?1 OR name = ?1)
           AND EXISTS (SELECT 1 FROM note WHERE note.deck = deck.id AND gone = 0)
         ORDER BY position, id",
    )?;
    let found: Vec<(i64, String)> = statement
        .query_map([name], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    match (found.iter().find(|(_, slug)| slug == name), found.as_slice()) {
        (Some((id, _)), _) | (None, [(id, _)]) => Ok(*id),
        (None, []) => Err(Error::NotFound { what: "deck", name: name.to_owned() }),
        (None, several) => {
            let ids: Vec<&str> = several.iter().map(|(_, slug)| slug.as_str()).collect();
            let why = format!("several have the name “{name}”; their ids are {}", ids.join(", "));
            Err(Error::BadValue { what: "deck", why })
        }
    }
}

/// The decks without their notes, with their local ids.
fn decks(conn: &Connection, only: Only) -> Result<Vec<(i64, PackageDeck)>> {
    let mut statement = conn.prepare(
        "SELECT id, slug, name, language, version, licence, about, sources FROM deck
         WHERE ?1 IS NULL OR id = ?1 ORDER BY position, id",
    )?;
    let mut rows = statement.query([only])?;
    let mut decks = Vec::new();
    while let Some(row) = rows.next()? {
        let deck = PackageDeck {
            id: row.get(1)?,
            title: row.get(2)?,
            language: row.get(3)?,
            version: row.get(4)?,
            licence: row.get(5)?,
            about: row.get(6)?,
            sources: json(row, 7)?,
            notes: Vec::new(),
        };
        decks.push((row.get(0)?, deck));
    }
    Ok(decks)
}

/// Where a note stands in the package.
#[derive(Clone, Copy)]
struct Place {
    deck: usize,
    note: usize,
}

/// Puts the notes into their decks; gives their places by local id.
fn notes(
    conn: &Connection,
    only: Only,
    decks: &mut [(i64, PackageDeck)],
) -> Result<FxHashMap<i64, Place>> {
    let at: FxHashMap<i64, usize> =
        decks.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
    let mut statement = conn.prepare(
        "SELECT note.id, note.uuid, note.deck, note.content, note.facts, origin.item, e.json,
           nullif(origin.base, note.content)
         FROM note LEFT JOIN origin ON origin.note = note.id
           LEFT JOIN elsewhere_note AS e ON e.note = note.id
         WHERE gone = 0 AND (?1 IS NULL OR note.deck = ?1) ORDER BY note.position, note.id",
    )?;
    let mut rows = statement.query([only])?;
    let mut places = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let Some(&deck) = at.get(&row.get(2)?) else { continue };
        let Some((_, held)) = decks.get_mut(deck) else { continue };
        let uuid = card::uuid(row, 1)?;
        let item = row.get::<_, Option<String>>(5)?;
        places.insert(row.get(0)?, Place { deck, note: held.notes.len() });
        held.notes.push(PackageNote {
            id: item.unwrap_or_else(|| uuid.to_string()),
            identity: Identity::Known(uuid),
            content: json(row, 3)?,
            base: note::base_of(row.get_ref(7)?.as_str_or_null().ok().flatten())?,
            facts: json(row, 4)?,
            cards: Vec::new(),
            elsewhere: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
            media: BTreeMap::new(),
        });
    }
    Ok(places)
}

/// The cards of the notes, by local id.
fn cards(
    conn: &Connection,
    only: Only,
    places: &FxHashMap<i64, Place>,
) -> Result<FxHashMap<i64, Found>> {
    let mut statement = conn.prepare(
        "SELECT card.id, card.note, ordinal, suspended, flagged, buried_until, e.json, repetitions,
           interval_days, ease_hundredths, due, last_day, lapses, e.operation
         FROM card LEFT JOIN elsewhere_card AS e ON e.card = card.id
         WHERE gone = 0 AND (?1 IS NULL OR deck = ?1)",
    )?;
    let mut rows = statement.query([only])?;
    let mut cards = FxHashMap::default();
    while let Some(row) = rows.next()? {
        let Some(&place) = places.get(&row.get(1)?) else { continue };
        let buried: i32 = row.get(5)?;
        let card = PackageCard {
            key: row.get(2)?,
            suspended: row.get(3)?,
            flagged: row.get(4)?,
            buried_until: (buried != NEVER_BURIED).then(|| StudyDay::new(buried)),
            schedule: card::schedule(row, 7)?,
            log: Vec::new(),
            elsewhere: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
        };
        cards.insert(row.get(0)?, Found { place, card, brought: row.get(13)?, rows: Vec::new() });
    }
    Ok(cards)
}

/// JSON out of a column of text.
fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T> {
    Ok(serde_json::from_str(row.get_ref(column)?.as_str().unwrap_or_default())?)
}
