//! Raw SQLite doing the same reads and writes: what the same work costs without Cairn.
//!
//! # Design
//! The floor works on a copy of the same file with the same tables, indexes and durability, through
//! cached statements. It decides nothing: each act repeats, value for value, what Cairn has just
//! written to its own copy, which [`Trail`] reads there while no clock is running.

mod trail;

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params, params_from_iter};

use crate::Fallible;
pub use trail::{Answered, Note, Trail, Undone};

/// A connection as the store opens it.
pub struct Floor {
    /// For reads that only one workload needs.
    pub conn: Connection,
}

const CARD: &str = "SELECT id, uuid, note, deck, ordinal, repetitions, interval_days,
    ease_hundredths, due, last_day, lapses, suspended, flagged, gone, touched FROM card";
const NOTE: &str = "SELECT note.id, note.uuid, note.content, note.facts, deck.name, deck.sources,
    origin.base
  FROM note JOIN deck ON deck.id = note.deck LEFT JOIN origin ON origin.note = note.id
  WHERE note.id = ?";
const OPERATION: &str = "INSERT INTO operation (device, seq, clock, at_ms, kind, words, voids)
  VALUES (?, ?, ?, ?, ?, ?, ?)";
/// Columns of a log row in the order of the table, without its id.
pub const LOG: &str = "card, kind, grade, response, option_order, day, at_ms, offset_minutes,
    taken_ms, rule, policy, rule_interval_days, late_days, fuzz_days, due, plan_day,
    before_repetitions, before_interval_days, before_ease_hundredths, before_due, before_last_day,
    before_lapses, after_repetitions, after_interval_days, after_ease_hundredths, after_due,
    after_last_day, after_lapses, device, seq, clock, operation";
/// How many columns that are.
pub const LOG_COLUMNS: usize = 32;
const OF_CARD: &str = "SELECT kind, grade, day, before_repetitions, before_interval_days,
    before_ease_hundredths, before_due, before_last_day, before_lapses, after_repetitions,
    after_interval_days, after_ease_hundredths, after_due, after_last_day, after_lapses, clock,
    device.uuid, seq, policy.json
  FROM review_log JOIN device ON device.id = device JOIN policy ON policy.id = policy
  WHERE card = ? AND NOT EXISTS
    (SELECT 1 FROM operation AS v WHERE v.voids = review_log.operation)";

impl Floor {
    /// Opens a collection with the settings of the store's `open`.
    pub fn open(path: &Path) -> Fallible<Self> {
        let conn = Connection::open(path)?;
        conn.set_prepared_statement_cache_capacity(128);
        conn.busy_timeout(std::time::Duration::from_secs(5))?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "trusted_schema", false)?;
        conn.pragma_update(None, "wal_autocheckpoint", 8_192)?;
        conn.pragma_update(None, "cache_size", -32_768)?;
        Ok(Self { conn })
    }

    /// One answer, durable, then the next card with its note and deck.
    pub fn answer(&mut self, answered: &Answered) -> Fallible<()> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        read(&tx, &format!("{CARD} WHERE uuid = ?"), &answered.card_uuid)?;
        begin(&tx, &answered.operation)?;
        let device = &answered.operation[0];
        read(&tx, "SELECT coalesce(max(seq), 0) + 1 FROM review_log WHERE device = ?", device)?;
        read(&tx, "SELECT id FROM policy WHERE json = ?", &answered.policy)?;
        let places = vec!["?"; LOG_COLUMNS].join(", ");
        tx.prepare_cached(&format!("INSERT INTO review_log ({LOG}) VALUES ({places})"))?
            .execute(params_from_iter(&answered.row))?;
        if answered.scheduled {
            schedule(&tx, &answered.card)?;
        } else {
            let [.., touched, id] = &answered.card;
            tx.prepare_cached("UPDATE card SET touched = ? WHERE id = ?")?
                .execute(params![touched, id])?;
        }
        tx.commit()?;
        self.next(answered.next)
    }

    /// One answer taken back, durable, then the next card with its note and deck.
    pub fn undo(&mut self, undone: &Undone) -> Fallible<()> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let [.., voided] = &undone.operation;
        read(&tx, "SELECT id, kind, words FROM operation WHERE id = ?", voided)?;
        begin(&tx, &undone.operation)?;
        read(
            &tx,
            "SELECT DISTINCT card FROM review_log WHERE operation = ? AND kind <> 'foreign'",
            voided,
        )?;
        let [.., id] = &undone.card;
        read(&tx, &format!("{CARD} WHERE id = ?"), id)?;
        read(&tx, OF_CARD, id)?;
        schedule(&tx, &undone.card)?;
        tx.commit()?;
        self.next(undone.next)
    }

    fn next(&self, card: Option<i64>) -> Fallible<()> {
        let Some(card) = card else { return Ok(()) };
        let note: i64 = self
            .conn
            .prepare_cached(&format!("{CARD} WHERE id = ?"))?
            .query_row([card], |row| all(row).and(row.get(2)))?;
        read(&self.conn, NOTE, &Value::Integer(note))?;
        Ok(())
    }

    /// One new note with its cards, as the store writes it; the caller holds the transaction.
    pub fn insert_note(tx: &Transaction<'_>, note: &Note) -> Fallible<()> {
        tx.prepare_cached("SELECT id FROM note WHERE uuid = ?")?.exists([note.uuid.as_bytes()])?;
        tx.prepare_cached(
            "INSERT INTO note (uuid, deck, deck_clock, content, content_clock, facts, tags_clock,
               area, position, operation) VALUES (?1, ?2, ?3, ?4, ?3, ?5, ?3, ?6, ?7, ?8)",
        )?
        .execute(params![
            note.uuid.as_bytes(),
            note.deck,
            note.clock,
            note.content,
            note.facts,
            note.area,
            note.position,
            note.operation,
        ])?;
        let id = tx.last_insert_rowid();
        tx.prepare_cached("INSERT INTO origin VALUES (?, ?, ?, ?, ?)")?.execute(params![
            id, note.slug, note.item, "1",
            // As released is as it is: Cairn writes the text once.
            ""
        ])?;
        for (ordinal, uuid) in &note.cards {
            tx.prepare_cached(
                "INSERT INTO card (uuid, note, deck, ordinal, position, touched)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![
                uuid.as_bytes(),
                id,
                note.deck,
                ordinal,
                note.position,
                note.operation
            ])?;
        }
        let [front, back, tags] = &note.searched;
        tx.prepare_cached(
            "INSERT INTO note_search (rowid, front, back, tags) VALUES (?, ?, ?, ?)",
        )?
        .execute(params![id, front, back, tags])?;
        Ok(())
    }
}

fn begin(tx: &Transaction<'_>, operation: &[Value; 7]) -> Fallible<()> {
    read(
        tx,
        "SELECT coalesce((SELECT clock FROM operation ORDER BY id DESC LIMIT 1), 0),
                coalesce((SELECT max(seq) FROM operation WHERE device = ?1), 0) + 1",
        &operation[0],
    )?;
    tx.prepare_cached(OPERATION)?.execute(params_from_iter(operation))?;
    Ok(())
}

fn schedule(tx: &Transaction<'_>, card: &[Value; 8]) -> Fallible<()> {
    tx.prepare_cached(
        "UPDATE card SET repetitions = ?, interval_days = ?, ease_hundredths = ?, due = ?,
           last_day = ?, lapses = ?, touched = ? WHERE id = ?",
    )?
    .execute(params_from_iter(card))?;
    Ok(())
}

/// Runs a query with one value and takes every column of every row into memory.
pub fn read(conn: &Connection, sql: &str, value: &Value) -> Fallible<usize> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([value])?;
    let mut columns = 0;
    while let Some(row) = rows.next()? {
        columns += all(row)?;
    }
    Ok(columns)
}

fn all(row: &Row<'_>) -> rusqlite::Result<usize> {
    let columns = row.as_ref().column_count();
    for column in 0..columns {
        std::hint::black_box(row.get::<_, Value>(column)?);
    }
    Ok(columns)
}
