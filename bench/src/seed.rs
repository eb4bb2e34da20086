//! Collections to measure on, made once per size and kept under `target/bench`.
//!
//! # Design
//! Notes come in through the store itself, so they are exactly what a person would have. The log is
//! written by raw SQL, since half a million answers one by one would take an hour; each row is what
//! the rules of `cairn-core` give, so the schedules are the fold of the log, and `rebuild` says so.

mod course;
mod draw;
mod history;
mod text;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use cairn_core::day::Moment;
use cairn_core::package::Package;
use cairn_store::{Collection, Intake, Settings};
use rusqlite::Connection;
use uuid::Uuid;

use crate::Fallible;
pub use draw::Draw;
use text::Writer;

/// The pretended present: the last day of a month, which has the most to count.
pub const NOW: Moment = Moment { utc_ms: 1_796_061_600_000, offset_minutes: -8 * 60 };
/// To be raised with every change of what is made here.
const GENERATION: u32 = 1;
/// The parts of the decks in a hundred cards.
const SHARES: [usize; 8] = [35, 20, 15, 10, 8, 6, 4, 2];

/// How large a collection is, and when it was last studied.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Its cards.
    pub cards: usize,
    /// Rows of its log.
    pub rows: usize,
    /// The present: the last answers are of the study day before.
    pub now: Moment,
}

/// The collection of a size, made if there is none yet. Never to be written to: copy it.
pub fn collection(folder: &Path, size: Size) -> Fallible<PathBuf> {
    let Size { cards, rows, now } = size;
    let (day, schema) = (history::study_day(now).date(), schema(folder)?);
    let path = folder.join(format!("collection-{cards}-{rows}-{day}-{GENERATION}-{schema}.cairn"));
    if !path.exists() {
        eprintln!("bench: making a collection of {cards} cards with {rows} rows (once) …");
        let making = tempfile::tempdir_in(folder)?;
        let draft = making.path().join("draft.cairn");
        make(&draft, size)?;
        fs::rename(&draft, &path)?;
    }
    Ok(path)
}

/// A copy to work on, on the disk before this returns, so that no later flush pays for it.
pub fn copy(from: &Path, to: &Path) -> Fallible<()> {
    fs::copy(from, to)?;
    Ok(File::open(to)?.sync_all()?)
}

/// A package of so many notes that no collection made here has.
pub fn package(id: &str, notes: usize) -> Package {
    let seed = Uuid::new_v5(&Uuid::NAMESPACE_OID, id.as_bytes()).as_u64_pair().0;
    Package { decks: vec![Writer::new(seed).deck_of_notes(id, notes)], ..Package::default() }
}

/// A short name for the tables as this version of the store makes them.
fn schema(folder: &Path) -> Fallible<String> {
    let empty = tempfile::tempdir_in(folder)?;
    let path = empty.path().join("empty.cairn");
    drop(Collection::open(&path, NOW)?);
    let sql: String = Connection::open(&path)?.query_row(
        "SELECT group_concat(sql, ';') FROM sqlite_schema",
        [],
        |row| row.get(0),
    )?;
    let name = Uuid::new_v5(&Uuid::NAMESPACE_OID, sql.as_bytes()).simple().to_string();
    Ok(name.chars().take(8).collect())
}

fn make(path: &Path, size: Size) -> Fallible<()> {
    let mut collection = Collection::open(path, NOW)?;
    // The day's limits don't get in the way of what is to be measured: all that is ready is asked.
    let settings =
        Settings { welcomed: true, new_per_day: 200, ready_per_day: 9_999, ..Settings::default() };
    let settings = collection.save_settings(&settings, history::beginning())?;
    let mut writer = Writer::new(7);
    let mut left = size.cards;
    for (number, share) in SHARES.into_iter().enumerate() {
        let cards = if number + 1 == SHARES.len() { left } else { size.cards * share / 100 };
        left -= cards;
        let id = format!("seed-{number}");
        let package = Package { decks: vec![writer.deck(&id, cards)], ..Package::default() };
        collection.take_in(&package, Intake::Import, &id, history::beginning())?;
    }
    drop(collection);
    history::write(path, size.rows, size.now, &settings.policy())
}
