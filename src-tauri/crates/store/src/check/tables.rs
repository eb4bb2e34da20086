//! The big tables, each read once from end to end and compared in memory.

mod cards;
mod ids;
mod log;
mod notes;

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use cairn_core::day::Moment;
use rusqlite::Connection;

use super::view::{Finding, FindingKind};
use super::{Check, Named, fault, rest};
use crate::error::{Error, Result};
use crate::intake::Watch;
use crate::reader::Reader;
pub(crate) use cards::{Cards, Held};
pub(crate) use ids::Ids;

/// Rows between two looks at whether the person still waits.
const TELL_EVERY: u64 = 8192;

/// What the tables hold, and what is wrong with it.
#[derive(Default)]
pub(crate) struct Looked {
    pub(crate) findings: Vec<Finding>,
    /// Notes, cards, rows of the log.
    pub(crate) counts: [u32; 3],
    /// Cards whose schedule is not the fold of their log.
    pub(crate) differing: Vec<i64>,
}

impl Looked {
    /// The cards whose schedule is not the fold of their log, and nothing else.
    pub(crate) fn schedules(conn: &Connection, now: Moment) -> Result<Vec<i64>> {
        let mut on = |_, _| ControlFlow::Continue(());
        let mut told = Told::new(conn, &mut on)?;
        let mut found = Found::default();
        let known = Known::of(conn, Check { thorough: false, now }, &mut found)?;
        let mut cards = Cards::read(conn, &mut told)?;
        log::look(conn, &known, &mut cards, &mut found, &mut told)?;
        cards.differing(conn)
    }

    /// Looks at a collection at one moment.
    pub(crate) fn at(reader: &Reader, how: Check, watch: Watch<'_>) -> Result<Self> {
        let tx = reader.conn.unchecked_transaction()?;
        let mut told = Told::new(&tx, watch)?;
        let mut found = Found::default();
        let known = Known::of(&tx, how, &mut found)?;
        let mut cards = Cards::read(&tx, &mut told)?;
        let notes = notes::look(&tx, &known, &mut cards, &mut found, &mut told)?;
        let rows = log::look(&tx, &known, &mut cards, &mut found, &mut told)?;
        let differing = cards.differing(&tx)?;
        for id in &differing {
            found.add(Fault::Schedule, || name_of(&tx, &cards, *id));
        }
        let mut findings = found.findings();
        findings.extend(rest::look(reader, &tx, how, &mut told)?);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(Self { findings, counts: [count(notes), count(cards.len()), count(rows)], differing })
    }
}

/// The first words of the note of a card.
fn name_of(conn: &Connection, cards: &Cards, card: i64) -> String {
    let note = cards.get(card).map_or(0, |held| held.note);
    crate::note::by_id(conn, note)
        .map_or_else(|_| format!("card {card}"), |note| crate::note::title(&note.content))
}

/// How far the check has come.
pub(crate) struct Told<'a> {
    watch: Watch<'a>,
    done: u64,
    all: u64,
}

impl<'a> Told<'a> {
    fn new(conn: &Connection, watch: Watch<'a>) -> Result<Self> {
        let sql = "SELECT (SELECT coalesce(max(id), 0) FROM note) +
            (SELECT coalesce(max(id), 0) FROM card) + (SELECT coalesce(max(id), 0) FROM review_log)";
        let all: i64 = conn.query_row(sql, [], |row| row.get(0))?;
        Ok(Self { watch, done: 0, all: all.unsigned_abs() })
    }

    /// One more row.
    pub(crate) fn one(&mut self) -> Result<()> {
        self.done += 1;
        if self.done.is_multiple_of(TELL_EVERY) { self.now() } else { Ok(()) }
    }

    /// Tells it now, before something that takes its time.
    pub(crate) fn now(&mut self) -> Result<()> {
        match (self.watch)(self.done, self.all.max(self.done)) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        }
    }
}

/// What rows name by local id.
pub(crate) struct Known {
    pub(crate) operations: Ids,
    /// Operations that were taken back.
    pub(crate) voided: rustc_hash::FxHashSet<i64>,
    pub(crate) devices: rustc_hash::FxHashMap<i64, uuid::Uuid>,
    pub(crate) policies: rustc_hash::FxHashMap<i64, Option<cairn_core::policy::Policy>>,
    pub(crate) decks: Ids,
    /// Notes of which the search index holds something.
    pub(crate) indexed: Ids,
}

impl Known {
    fn of(conn: &Connection, how: Check, found: &mut Found) -> Result<Self> {
        let (operations, voided) = rest::operations(conn, how, found)?;
        let devices = conn
            .prepare("SELECT id, uuid FROM device")?
            .query_map([], |row| Ok((row.get(0)?, crate::card::uuid(row, 1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let policies = conn
            .prepare("SELECT id, json FROM policy")?
            .query_map([], |row| {
                let json = row.get_ref(1)?.as_str().unwrap_or_default();
                Ok((row.get(0)?, serde_json::from_str(json).ok()))
            })?
            .collect::<rusqlite::Result<_>>()?;
        let decks = rest::decks(conn, found)?;
        // The index may be so damaged that it can't be asked; then nothing is in it.
        let indexed =
            Ids::read(conn, "SELECT id FROM note_search_docsize ORDER BY id").unwrap_or_default();
        Ok(Self { operations, voided, devices, policies, decks, indexed })
    }
}

/// What may be wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fault {
    NoteText,
    NoteFacts,
    NoteBase,
    DeckSources,
    NoteArea,
    NoteDeck,
    NoteOperation,
    NoteUnindexed,
    NoteIndexed,
    KeyMissing,
    CardExtra,
    CardTwice,
    CardNote,
    CardDeck,
    CardDeckGone,
    CardOperation,
    RowCard,
    RowOperation,
    RowDevice,
    RowPolicy,
    RowUnreadable,
    Schedule,
    ActSelf,
    ActTwice,
    ActAhead,
}

impl Fault {
    fn words(self) -> (FindingKind, &'static str, &'static str) {
        use FindingKind as Kind;
        match self {
            Self::NoteText => {
                (Kind::Notes, "note whose text can't be read", "notes whose text can't be read")
            }
            Self::NoteFacts => (
                Kind::Notes,
                "note whose tags and sources can't be read",
                "notes whose tags and sources can't be read",
            ),
            Self::NoteBase => (
                Kind::Notes,
                "note whose text as released can't be read",
                "notes whose text as released can't be read",
            ),
            Self::DeckSources => (
                Kind::Notes,
                "deck whose sources can't be read",
                "decks whose sources can't be read",
            ),
            Self::NoteArea => (
                Kind::Areas,
                "note whose area is not what its facts say",
                "notes whose area is not what their facts say",
            ),
            Self::NoteDeck => {
                (Kind::References, "note whose deck is gone", "notes whose deck is gone")
            }
            Self::NoteOperation => (
                Kind::References,
                "note that names an act which is gone",
                "notes that name an act which is gone",
            ),
            Self::NoteUnindexed => (
                Kind::Search,
                "note that the search does not know",
                "notes that the search does not know",
            ),
            Self::NoteIndexed => (
                Kind::Search,
                "note in the search that is out of sight",
                "notes in the search that are out of sight",
            ),
            Self::KeyMissing => (
                Kind::MissingCards,
                "card that a note should have is missing",
                "cards that notes should have are missing",
            ),
            Self::CardExtra => (
                Kind::ExtraCards,
                "card that its note does not have",
                "cards that their notes do not have",
            ),
            Self::CardTwice => {
                (Kind::ExtraCards, "card that is there twice", "cards that are there twice")
            }
            Self::CardNote => (Kind::References, "card without a note", "cards without a note"),
            Self::CardDeck => (
                Kind::Decks,
                "card that lies in another deck than its note",
                "cards that lie in another deck than their notes",
            ),
            Self::CardDeckGone => {
                (Kind::References, "card whose deck is gone", "cards whose deck is gone")
            }
            Self::CardOperation => (
                Kind::References,
                "card that names an act which is gone",
                "cards that name an act which is gone",
            ),
            Self::RowCard => {
                (Kind::References, "answer whose card is gone", "answers whose card is gone")
            }
            Self::RowOperation => (
                Kind::References,
                "answer that names an act which is gone",
                "answers that name an act which is gone",
            ),
            Self::RowDevice => (
                Kind::References,
                "answer of a computer that is not known",
                "answers of a computer that is not known",
            ),
            Self::RowPolicy => {
                (Kind::References, "answer whose rules are gone", "answers whose rules are gone")
            }
            Self::RowUnreadable => {
                (Kind::Log, "answer that can't be read", "answers that can't be read")
            }
            Self::Schedule => (
                Kind::Schedules,
                "card whose schedule is not what its log says",
                "cards whose schedule is not what their log says",
            ),
            Self::ActSelf => {
                (Kind::Operations, "act that takes back itself", "acts that take back themselves")
            }
            Self::ActTwice => (
                Kind::Operations,
                "act that was taken back twice",
                "acts that were taken back twice",
            ),
            Self::ActAhead => (
                Kind::Clock,
                "act was done under a clock that was ahead",
                "acts were done under a clock that was ahead",
            ),
        }
    }
}

/// Faults by what is wrong.
#[derive(Default)]
pub(crate) struct Found(BTreeMap<Fault, Named>);

impl Found {
    /// One more of a fault.
    pub(crate) fn add(&mut self, fault: Fault, name: impl FnOnce() -> String) {
        self.0.entry(fault).or_default().add(name);
    }

    fn findings(self) -> Vec<Finding> {
        let finding = |(what, named): (Fault, Named)| {
            let (kind, one, several) = what.words();
            fault(kind, super::words::many(named.count, one, several), named)
        };
        self.0.into_iter().map(finding).collect()
    }
}
