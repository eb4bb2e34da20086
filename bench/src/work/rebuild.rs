//! Every schedule worked out from the log alone, nothing written.

use cairn_store::Collection;
use rusqlite::types::Value;

use super::Pair;
use crate::Fallible;
use crate::floor::{Floor, LOG, read};
use crate::report::Workload;
use crate::sample::Sample;
use crate::seed::NOW;

/// Folds the whole log once; the floor reads the same rows in the order of their cards.
pub fn measure(pair: &Pair) -> Fallible<Workload> {
    let mut collection = Collection::open(&pair.subject, NOW)?;
    let raw = Floor::open(&pair.subject)?;
    let (mut subject, mut floor) = (Sample::default(), Sample::default());
    let differing = subject.time(|| collection.rebuild(true, NOW))?;
    if differing != 0 {
        return Err(format!("{differing} schedules are not the fold of their log").into());
    }
    let sql = format!("SELECT {LOG} FROM review_log WHERE card > ? ORDER BY card");
    floor.time(|| read(&raw.conn, &sql, &Value::Integer(0)))?;
    let what = "rebuild --dry-run: fold the whole log (floor: read it by card)";
    Ok(Workload::new("rebuild", what, &subject).beside(&floor))
}
