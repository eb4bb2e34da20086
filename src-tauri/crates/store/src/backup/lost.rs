//! What going back to a backup would lose.
//!
//! Each device numbers its acts without a gap, and a collection that is put back goes on as another
//! device. So "what the present has and the backup has not" is, device by device, what comes after the
//! backup's last number: exact, whatever any clock said, and read in one pass for all backups.

use std::collections::{BTreeMap, HashMap};

use rusqlite::Connection;
use uuid::Uuid;

use super::Lost;
use crate::act::ActKind;
use crate::card;
use crate::error::Result;

/// What each backup, given by what it knows, lacks.
pub(super) fn since(conn: &Connection, backups: &[&BTreeMap<Uuid, i64>]) -> Result<Vec<Lost>> {
    let last = last_known(conn, backups)?;
    let notes = notes_of_imports(conn)?;
    let mut lost = vec![Lost::default(); backups.len()];
    let mut statement = conn.prepare(
        "SELECT o.id, o.device, o.seq, o.kind, target.device, target.seq
         FROM operation AS o LEFT JOIN operation AS target ON target.id = o.voids
         WHERE o.kind <> 'content' AND o.kind <> 'mend_clock'
           AND NOT EXISTS (SELECT 1 FROM operation AS v WHERE v.voids = o.id)",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (device, seq): (i64, i64) = (row.get(1)?, row.get(2)?);
        let Some(last_seq) = last.get(&device) else { continue };
        if last_seq.iter().all(|last| seq <= *last) {
            continue;
        }
        let voided = match (row.get::<_, Option<i64>>(4)?, row.get::<_, Option<i64>>(5)?) {
            (Some(device), Some(seq)) => last.get(&device).map(|last| (last, seq)),
            _ => None,
        };
        let is = |kind: ActKind| row.get_ref(3).is_ok_and(|k| k.as_str() == Ok(kind.name()));
        let brought = notes.get(&row.get(0)?).copied().unwrap_or(0);
        for (at, lost) in lost.iter_mut().enumerate().filter(|(at, _)| seq > last_seq[*at]) {
            // Taking back what the backup never had changes nothing for it.
            if voided.is_some_and(|(last, seq)| seq > last[at]) {
                continue;
            }
            match () {
                () if is(ActKind::Answer) => lost.answers += 1,
                () if is(ActKind::Import) => {
                    lost.imports += 1;
                    lost.notes = lost.notes.saturating_add(brought);
                }
                () => lost.edits += 1,
            }
        }
    }
    Ok(lost)
}

/// By local id of a device: the last sequence that each backup knows of it; 0 when none.
fn last_known(
    conn: &Connection,
    backups: &[&BTreeMap<Uuid, i64>],
) -> Result<HashMap<i64, Vec<i64>>> {
    let mut statement = conn.prepare("SELECT id, uuid FROM device")?;
    let mut rows = statement.query([])?;
    let mut last = HashMap::new();
    while let Some(row) = rows.next()? {
        let uuid = card::uuid(row, 1)?;
        let of_device = |known: &&BTreeMap<Uuid, i64>| known.get(&uuid).copied().unwrap_or(0);
        last.insert(row.get(0)?, backups.iter().map(of_device).collect());
    }
    Ok(last)
}

fn notes_of_imports(conn: &Connection) -> Result<HashMap<i64, u32>> {
    let mut statement = conn.prepare(
        "SELECT operation, sum(last - first + 1) FROM inserted_range WHERE entity = 'note'
         GROUP BY operation",
    )?;
    let notes = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(notes)
}
