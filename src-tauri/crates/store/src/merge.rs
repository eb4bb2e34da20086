//! Uniting the log of another collection with this one's.
//!
//! The logs are united as sets: operations by device and sequence, rows likewise. The schedules of
//! the cards concerned are then folded anew, so that it does not matter who merges with whom, in
//! which order, or how often.

use std::collections::{BTreeSet, HashMap};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use uuid::Uuid;

use crate::card;
use crate::collection::Collection;
use crate::error::Result;
use crate::log;

/// Columns of a log row that are copied as they stand.
const COPIED: &str =
    "kind, grade, response, option_order, day, at_ms, offset_minutes, taken_ms, rule,
  rule_interval_days, late_days, fuzz_days, due, plan_day,
  before_repetitions, before_interval_days, before_ease_hundredths, before_due, before_last_day,
  before_lapses, after_repetitions, after_interval_days, after_ease_hundredths, after_due,
  after_last_day, after_lapses, elsewhere, seq, clock";
const COPIED_COLUMNS: usize = 29;

impl Collection {
    /// Takes in the operations and log rows of `other` that are not here. Rows of cards that this
    /// collection does not hold are left out. Gives how many rows came in.
    pub fn merge_log(&mut self, other: &Self) -> Result<u32> {
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut touched = BTreeSet::new();
        let devices = unite_devices(&tx, &other.conn)?;
        let operations = unite_operations(&tx, &other.conn, &devices, &mut touched)?;
        let rows = unite_rows(&tx, &other.conn, &devices, &operations, &mut touched)?;
        for id in touched {
            let card = card::by_id(&tx, id)?;
            let [repetitions, interval_days, ease, due, last_day, lapses] =
                card::schedule_columns(&log::fold(&tx, card.id, card.uuid)?);
            tx.prepare_cached(
                "UPDATE card SET repetitions = ?, interval_days = ?, ease_hundredths = ?, due = ?,
                   last_day = ?, lapses = ?, touched = (SELECT max(id) FROM operation) WHERE id = ?",
            )?
            .execute(params![repetitions, interval_days, ease, due, last_day, lapses, id])?;
        }
        tx.execute(
            "INSERT OR REPLACE INTO meta (key, value)
             SELECT 'merged_clock', max(clock) FROM operation WHERE clock IS NOT NULL",
            [],
        )?;
        tx.commit()?;
        self.reload()?;
        Ok(rows)
    }
}

/// Their local ids of devices, as ours.
fn unite_devices(ours: &Connection, theirs: &Connection) -> Result<HashMap<i64, i64>> {
    let devices: Vec<(i64, Uuid)> = theirs
        .prepare("SELECT id, uuid FROM device")?
        .query_map([], |row| Ok((row.get(0)?, card::uuid(row, 1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut map = HashMap::new();
    for (id, uuid) in devices {
        ours.execute("INSERT OR IGNORE INTO device (uuid) VALUES (?)", [uuid.as_bytes()])?;
        let here =
            ours.query_row("SELECT id FROM device WHERE uuid = ?", [uuid.as_bytes()], |row| {
                row.get(0)
            })?;
        map.insert(id, here);
    }
    Ok(map)
}

/// Their local ids of operations, as ours. Cards whose rows are voided by a new one are `touched`.
fn unite_operations(
    ours: &Connection,
    theirs: &Connection,
    devices: &HashMap<i64, i64>,
    touched: &mut BTreeSet<i64>,
) -> Result<HashMap<i64, i64>> {
    let mut map: HashMap<i64, i64> = HashMap::new();
    let mut statement = theirs.prepare(
        "SELECT id, device, seq, clock, at_ms, kind, words, voids FROM operation ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, device, seq): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let Some(device) = devices.get(&device) else { continue };
        let known: Option<i64> = ours
            .prepare_cached("SELECT id FROM operation WHERE device = ? AND seq = ?")?
            .query_row([*device, seq], |found| found.get(0))
            .optional()?;
        let here = match known {
            Some(here) => here,
            None => {
                let voids = row.get::<_, Option<i64>>(7)?.and_then(|v| map.get(&v).copied());
                ours.prepare_cached(
                    "INSERT INTO operation (device, seq, clock, at_ms, kind, words, voids)
                     VALUES (?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    device,
                    seq,
                    row.get::<_, i64>(3)?,
                    row.get::<_, i64>(4)?,
                    row.get::<_, String>(5)?,
                    row.get::<_, String>(6)?,
                    voids
                ])?;
                let here = ours.last_insert_rowid();
                if let Some(voided) = voids {
                    touched.extend(log::cards_of(ours, voided)?);
                }
                here
            }
        };
        map.insert(id, here);
    }
    Ok(map)
}

fn unite_rows(
    ours: &Connection,
    theirs: &Connection,
    devices: &HashMap<i64, i64>,
    operations: &HashMap<i64, i64>,
    touched: &mut BTreeSet<i64>,
) -> Result<u32> {
    let mut came_in = 0;
    let mut statement = theirs.prepare(&format!(
        "SELECT {COPIED}, (SELECT uuid FROM card WHERE id = card),
           (SELECT json FROM policy WHERE id = policy), device, operation
         FROM review_log ORDER BY id"
    ))?;
    let insert = format!(
        "INSERT OR IGNORE INTO review_log ({COPIED}, card, policy, device, operation)
         VALUES ({})",
        vec!["?"; COPIED_COLUMNS + 4].join(", ")
    );
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let uuid = card::uuid(row, COPIED_COLUMNS)?;
        let card: Option<i64> = ours
            .prepare_cached("SELECT id FROM card WHERE uuid = ?")?
            .query_row([uuid.as_bytes()], |found| found.get(0))
            .optional()?;
        let device = devices.get(&row.get(COPIED_COLUMNS + 2)?);
        let operation = operations.get(&row.get(COPIED_COLUMNS + 3)?);
        let (Some(card), Some(device), Some(operation)) = (card, device, operation) else {
            continue;
        };
        let mut values: Vec<rusqlite::types::Value> =
            (0..COPIED_COLUMNS).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?;
        values.extend([card.into(), policy(ours, row.get(COPIED_COLUMNS + 1)?)?.into()]);
        values.extend([(*device).into(), (*operation).into()]);
        let inserted = ours.prepare_cached(&insert)?.execute(rusqlite::params_from_iter(values))?;
        if inserted > 0 {
            came_in += 1;
            touched.insert(card);
        }
    }
    Ok(came_in)
}

fn policy(conn: &Connection, json: String) -> Result<i64> {
    conn.prepare_cached("INSERT OR IGNORE INTO policy (json) VALUES (?)")?.execute([&json])?;
    let id = conn
        .prepare_cached("SELECT id FROM policy WHERE json = ?")?
        .query_row([&json], |row| row.get(0))?;
    Ok(id)
}
