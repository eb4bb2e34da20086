//! Opening the collection, up to the counts of today.

use std::path::Path;

use cairn_core::day::StudyDay;
use cairn_store::Collection;
use rusqlite::types::Value;

use crate::Fallible;
use crate::floor::{Floor, read};
use crate::report::Workload;
use crate::sample::Sample;
use crate::seed::NOW;

/// Most that it may take, in milliseconds.
const MOST_MS: f64 = 50.0;

/// What today shows, by plain SQL: ready and new by deck, the month, the pace, the next day.
const COUNTS: [&str; 7] = [
    "SELECT key, value FROM setting WHERE ?1 IS NOT NULL",
    "SELECT deck, count(*) FROM card WHERE due IS NOT NULL AND suspended = 0 AND gone = 0
       AND coalesce(plan_due, due) <= ?1 GROUP BY deck",
    "SELECT deck, count(*) FROM (SELECT deck FROM card WHERE due IS NULL AND suspended = 0
       AND gone = 0 AND buried_until <= ?1 ORDER BY position, deck LIMIT 200) GROUP BY deck",
    "SELECT id, slug, name FROM deck WHERE ?1 IS NOT NULL ORDER BY position, id",
    "SELECT day, count(*) FROM review_log WHERE day BETWEEN ?1 - 30 AND ?1
       AND kind IN ('review', 'drill') AND kind <> 'foreign' AND NOT EXISTS
         (SELECT 1 FROM operation AS v WHERE v.voids = review_log.operation) GROUP BY day",
    "SELECT count(*), sum(taken_ms) FROM
       (SELECT taken_ms FROM review_log WHERE day <= ?1 ORDER BY id DESC LIMIT 200)",
    "SELECT coalesce(plan_due, due) AS day, count(*) FROM card WHERE due IS NOT NULL
       AND suspended = 0 AND gone = 0 AND coalesce(plan_due, due) > ?1
       GROUP BY day ORDER BY day LIMIT 1",
];

/// Opens the collection `times` times, with a connection of its own each time.
pub fn measure(path: &Path, times: usize) -> Fallible<Workload> {
    let (mut subject, mut floor) = (Sample::default(), Sample::default());
    for number in 0..=times {
        let collection = subject.time(|| -> Fallible<_> {
            let mut collection = Collection::open(path, NOW)?;
            let today = collection.today(NOW)?;
            if today.counts.due == 0 {
                return Err("nothing is due in the collection that was made".into());
            }
            Ok(collection)
        })?;
        let day = collection.study_day(NOW);
        drop(collection);
        let raw = floor.time(|| count(path, day))?;
        drop(raw);
        if number == 0 {
            subject.forget();
            floor.forget();
        }
    }
    Ok(Workload::new("open", "open the collection and count today", &subject)
        .beside(&floor)
        .median_within(MOST_MS))
}

fn count(path: &Path, day: StudyDay) -> Fallible<Floor> {
    let floor = Floor::open(path)?;
    for sql in COUNTS {
        read(&floor.conn, sql, &Value::Integer(day.number().into()))?;
    }
    Ok(floor)
}
