//! Giving the collection as a [`Package`]: whole decks with their schedules and history.
//!
//! What does not stand is left out: notes and cards that are gone, rows that were taken back, decks
//! without a note. Every note is given by its UUID, so that it is the same note wherever it comes in.
//!
//! # Design
//! Each table is read once, in spans, on several threads that all see one moment ([`spans`], [`turns`]);
//! rows find their card, and cards their note, by local id. Rows are put in the order of the fold here,
//! card by card: SQLite would have to sort all of them at once.

mod history;
mod kinds;
mod media;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use cairn_core::day::StudyDay;
use cairn_core::package::{Identity, Package, PackageCard, PackageDeck, PackageNote};
use cairn_core::turns;
use rusqlite::{Connection, Row, params};
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::intake::Watch;
use crate::places::Places;
use crate::reader::Reader;
use crate::spans::{self, NoteSpan, Span};
use crate::{card, note, settings};
use history::{Cards, Found};

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
        self.package_watched(deck, &mut |_, _| ControlFlow::Continue(()))
    }

    /// The same; `watch` is told how much was read, and of how much, and may call it off.
    ///
    /// # Errors
    /// Those of [`Reader::package`]; `Cancelled`.
    pub fn package_watched(&self, deck: Option<&str>, watch: Watch<'_>) -> Result<Package> {
        let mut readers = self.at_one_moment(turns::workers())?;
        let conn = &readers.first().ok_or(Error::Busy)?.conn;
        let only = deck.map(|name| deck_id(conn, name)).transpose()?;
        let mut decks = decks(conn, only)?;
        let spans = Spans {
            notes: spans::of_notes(conn, decks.iter().map(|(id, _)| *id))?,
            cards: spans::of_table(conn, "card")?,
            log: spans::of_table(conn, "review_log")?,
        };
        let known = history::Known::of(conn)?;
        let all = spans.notes.len() + spans.cards.len() + spans.log.len();
        let mut course = Course { watch, done: 0, all: u64::try_from(all).unwrap_or(u64::MAX) };
        let places = notes(&mut readers, &spans.notes, &mut decks, &mut course)?;
        let mut cards = cards(&mut readers, &spans.cards, only, &places, &mut course)?;
        history::fill(&mut readers, &spans.log, &known, &mut cards, &mut course)?;
        cards.give_to(&mut decks);
        let conn = &readers.first().ok_or(Error::Busy)?.conn;
        let media = media::fill(conn, only, &places.ids, &mut decks)?;
        let mut decks: Vec<PackageDeck> = decks.into_iter().map(|(_, deck)| deck).collect();
        decks.retain(|deck| !deck.notes.is_empty());
        decks.iter_mut().for_each(|deck| turns::each(&mut deck.notes, put_cards_in_order));
        let kinds = kinds::of(conn, decks.iter())?;
        let settings = if only.is_none() { settings::given(conn)? } else { BTreeMap::new() };
        Ok(Package { decks, media, kinds, settings })
    }
}

/// What is read in parts.
struct Spans {
    notes: Vec<(usize, NoteSpan)>,
    cards: Vec<Span>,
    log: Vec<Span>,
}

/// How far the reading is, in spans.
struct Course<'w> {
    watch: Watch<'w>,
    done: u64,
    all: u64,
}

impl Course<'_> {
    /// One span more.
    fn on(&mut self) -> Result<()> {
        self.done += 1;
        match (self.watch)(self.done, self.all) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        }
    }
}

/// The cards that the note's text makes, in the order of their keys, and no others.
fn put_cards_in_order(note: &mut PackageNote) {
    let keys = note.content.card_keys();
    note.cards.retain(|card| keys.contains(&card.key));
    if note.cards.len() > 1 {
        note.cards.sort_by_key(|card| keys.iter().position(|key| *key == card.key));
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

/// Where the notes stand, by local id.
#[derive(Default)]
struct NotePlaces {
    at: Places,
    /// Local ids with their places, in the order of the package.
    ids: Vec<(i64, Place)>,
}

impl NotePlaces {
    fn get(&self, id: i64) -> Option<Place> {
        self.ids.get(self.at.get(id)?).map(|(_, place)| *place)
    }
}

/// Puts the notes into their decks.
fn notes(
    readers: &mut [Reader],
    spans: &[(usize, NoteSpan)],
    decks: &mut [(i64, PackageDeck)],
    course: &mut Course<'_>,
) -> Result<NotePlaces> {
    let make = |reader: &mut &mut Reader, part: usize| match spans.get(part) {
        Some((deck, span)) => Ok((*deck, span_of_notes(&reader.conn, span)?)),
        None => Ok((0, Vec::new())),
    };
    let mut places = NotePlaces::default();
    turns::in_turns(readers.iter_mut().collect(), spans.len(), make, |(deck, notes)| {
        course.on()?;
        let Some((_, held)) = decks.get_mut(deck) else { return Ok::<_, Error>(()) };
        for (id, note) in notes {
            places.at.insert(id, places.ids.len());
            places.ids.push((id, Place { deck, note: held.notes.len() }));
            held.notes.push(note);
        }
        Ok(())
    })?;
    Ok(places)
}

fn span_of_notes(conn: &Connection, span: &NoteSpan) -> Result<Vec<(i64, PackageNote)>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT note.id, note.uuid, note.content, note.facts, origin.item, e.json,
           nullif(origin.base, note.content)
         FROM note LEFT JOIN origin ON origin.note = note.id
           LEFT JOIN elsewhere_note AS e ON e.note = note.id
         WHERE {} AND gone = 0 ORDER BY note.position, note.id",
        NoteSpan::SQL
    ))?;
    let mut rows = statement.query(span.values())?;
    let mut notes = Vec::new();
    while let Some(row) = rows.next()? {
        let uuid = card::uuid(row, 1)?;
        let item = row.get::<_, Option<String>>(4)?;
        let note = PackageNote {
            id: item.unwrap_or_else(|| uuid.to_string()),
            identity: Identity::Known(uuid),
            content: json(row, 2)?,
            base: note::base_of(row.get_ref(6)?.as_str_or_null().ok().flatten())?,
            facts: json(row, 3)?,
            cards: Vec::new(),
            elsewhere: row.get::<_, Option<String>>(5)?.unwrap_or_default(),
            media: BTreeMap::new(),
        };
        notes.push((row.get(0)?, note));
    }
    Ok(notes)
}

/// The cards of the notes.
fn cards(
    readers: &mut [Reader],
    spans: &[Span],
    only: Only,
    places: &NotePlaces,
    course: &mut Course<'_>,
) -> Result<Cards> {
    let make = |reader: &mut &mut Reader, part: usize| match spans.get(part) {
        Some(span) => span_of_cards(&reader.conn, span, only, places),
        None => Ok(Vec::new()),
    };
    let mut cards = Cards::default();
    turns::in_turns(readers.iter_mut().collect(), spans.len(), make, |found| {
        found.into_iter().for_each(|(id, card)| cards.add(id, card));
        course.on()
    })?;
    Ok(cards)
}

fn span_of_cards(
    conn: &Connection,
    span: &Span,
    only: Only,
    places: &NotePlaces,
) -> Result<Vec<(i64, Found)>> {
    let mut statement = conn.prepare_cached(
        "SELECT card.id, card.note, ordinal, suspended, flagged, buried_until, e.json, repetitions,
           interval_days, ease_hundredths, due, last_day, lapses, e.operation
         FROM card LEFT JOIN elsewhere_card AS e ON e.card = card.id
         WHERE card.id BETWEEN ?2 AND ?3 AND gone = 0 AND (?1 IS NULL OR deck = ?1)",
    )?;
    let mut rows = statement.query(params![only, span.start(), span.end()])?;
    let mut cards = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(place) = places.get(row.get(1)?) else { continue };
        let buried: i32 = row.get(5)?;
        let card = PackageCard {
            key: row.get(2)?,
            suspended: row.get(3)?,
            flagged: row.get(4)?,
            buried_until: (buried != card::NEVER_BURIED).then(|| StudyDay::new(buried)),
            schedule: card::schedule(row, 7)?,
            log: Vec::new(),
            elsewhere: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
        };
        cards.push((row.get(0)?, Found { place, card, brought: row.get(13)?, orders: Vec::new() }));
    }
    Ok(cards)
}

/// JSON out of a column of text.
fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> Result<T> {
    Ok(serde_json::from_str(row.get_ref(column)?.as_str().unwrap_or_default())?)
}
