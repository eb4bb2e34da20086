//! Acts, computers, rules and decks that rows name and that are gone: something is put in for them.
//!
//! This is done in a transaction of its own before any act begins. An act takes the next free number;
//! if rows of a lost act bore it, they would become part of the new act.

use std::collections::BTreeSet;

use cairn_core::day::Moment;
use cairn_core::policy::Policy;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use uuid::Uuid;

use super::as_count;
use crate::error::Result;

/// Columns that name an operation. Rows of undo's tables without one are cleared away instead.
pub(crate) const OPERATIONS: [(&str, &str); 12] = [
    ("operation", "voids"),
    ("deck", "operation"),
    ("note", "operation"),
    ("card", "touched"),
    ("review_log", "operation"),
    ("setting", "operation"),
    ("tombstone", "operation"),
    ("media", "operation"),
    ("elsewhere_note", "operation"),
    ("elsewhere_card", "operation"),
    ("elsewhere_kind", "operation"),
    ("key_change", "operation"),
];

/// Puts in what is missing; gives how many.
///
/// `voids` are acts known only by what they took back.
pub(crate) fn put_in(conn: &mut Connection, voids: &[(i64, i64)], now: Moment) -> Result<u32> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut given = 0;
    for id in missing(&tx, &[("operation", "device"), ("review_log", "device")], "device")? {
        let uuid = device_uuid(&tx, id, now)?;
        tx.execute("INSERT INTO device VALUES (?, ?)", params![id, uuid.as_bytes()])?;
        given += 1;
    }
    let mut operations = missing(&tx, &OPERATIONS, "operation")?;
    operations.extend(lost_voids(&tx, voids)?);
    if let Some(first) = operations.first() {
        given += lost_operations(&tx, &operations, *first, now)?;
    }
    for (id, voided) in voids {
        tx.execute("UPDATE operation SET voids = ? WHERE id = ?", [voided, id])?;
    }
    for id in missing(&tx, &[("review_log", "policy")], "policy")? {
        let json = unlike(&tx, &serde_json::to_string(&Policy::default())?, id)?;
        given += tx.execute("INSERT INTO policy VALUES (?, ?)", params![id, json])?;
    }
    for id in missing(&tx, &[("note", "deck"), ("card", "deck")], "deck")? {
        lost_deck(&tx, id, now)?;
        given += 1;
    }
    tx.commit()?;
    Ok(as_count(given))
}

/// The text of rules as no row of them holds it: space at the end means nothing in JSON. `number` is
/// what others that are made so don't have.
pub(crate) fn unlike(conn: &Connection, json: &str, number: i64) -> Result<String> {
    let digits = format!("{number:b}").replace('0', " ").replace('1', "\t");
    let mut text = format!("{json}{digits}");
    let mut known = conn.prepare_cached("SELECT 1 FROM policy WHERE json = ?")?;
    while known.exists([&text])? {
        text.push('\n');
    }
    Ok(text)
}

/// Acts that are known only by what they took back, or by having been taken back.
fn lost_voids(conn: &Connection, voids: &[(i64, i64)]) -> Result<BTreeSet<i64>> {
    let mut lost = BTreeSet::new();
    let mut known = conn.prepare("SELECT 1 FROM operation WHERE id = ?")?;
    for id in voids.iter().flat_map(|(id, voided)| [*id, *voided]) {
        if !known.exists([id])? {
            lost.insert(id);
        }
    }
    Ok(lost)
}

/// Ids that rows name and a table does not have.
pub(crate) fn missing(
    conn: &Connection,
    named_in: &[(&str, &str)],
    table: &str,
) -> Result<BTreeSet<i64>> {
    let mut ids = BTreeSet::new();
    for (child, column) in named_in {
        let sql = format!(
            "SELECT DISTINCT {column} FROM {child} AS c WHERE {column} IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM {table} AS p WHERE p.id = c.{column})"
        );
        let mut statement = conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            ids.insert(row.get(0)?);
        }
    }
    Ok(ids)
}

/// The UUID of a computer: of this one, when only its row was lost; else a new one.
fn device_uuid(conn: &Connection, id: i64, now: Moment) -> Result<Uuid> {
    let own: Option<Vec<u8>> = conn
        .query_row(
            "SELECT value FROM meta WHERE key = 'device'
               AND value NOT IN (SELECT uuid FROM device)",
            [],
            |row| row.get(0),
        )
        .optional()?;
    let own = own.and_then(|bytes| Uuid::from_slice(&bytes).ok());
    Ok(own.unwrap_or_else(|| fresh(conn, &format!("device {id}"), now)))
}

/// A UUID that no other collection makes.
pub(crate) fn fresh(conn: &Connection, what: &str, now: Moment) -> Uuid {
    let collection = conn
        .query_row("SELECT value FROM meta WHERE key = 'collection'", [], |row| {
            row.get::<_, Vec<u8>>(0)
        })
        .ok()
        .and_then(|bytes| Uuid::from_slice(&bytes).ok())
        .unwrap_or_default();
    Uuid::new_v5(&collection, format!("{what} at {}", now.utc_ms).as_bytes())
}

/// Acts of a computer of their own, so that their numbers are no other's in any collection.
fn lost_operations(
    conn: &Connection,
    ids: &BTreeSet<i64>,
    first: i64,
    now: Moment,
) -> Result<usize> {
    let uuid = fresh(conn, &format!("lost acts from {first}"), now);
    conn.execute("INSERT INTO device (uuid) VALUES (?)", [uuid.as_bytes()])?;
    let device = conn.last_insert_rowid();
    let clock: i64 =
        conn.query_row("SELECT coalesce(max(clock), 0) FROM operation", [], |row| row.get(0))?;
    let mut insert = conn.prepare(
        "INSERT INTO operation (id, device, seq, clock, at_ms, kind, words)
         VALUES (?, ?, ?, ?, ?, 'content', '')",
    )?;
    for (seq, id) in (1i64..).zip(ids) {
        insert.execute(params![id, device, seq, clock, now.utc_ms])?;
    }
    Ok(ids.len())
}

/// A deck that stands for one that was lost.
pub(crate) fn lost_deck(conn: &Connection, id: i64, now: Moment) -> Result<()> {
    let uuid = fresh(conn, &format!("deck {id}"), now);
    conn.execute(
        "INSERT INTO deck (id, uuid, slug, name, language, version, licence, about, sources,
           position, built_in, clock, operation)
         VALUES (?1, ?2, ?3, ?4, 'en', '', '', '', '[]',
           (SELECT coalesce(max(position), 0) + 1 FROM deck), 0,
           (SELECT coalesce(max(clock), 0) FROM operation), (SELECT max(id) FROM operation))",
        params![id, uuid.as_bytes(), uuid.to_string(), format!("Rescued deck {id}")],
    )?;
    Ok(())
}
