//! Tables cut into spans of about as many rows, so that several threads can read one table.

use std::ops::RangeInclusive;

use rusqlite::Connection;

use crate::error::Result;

/// Rows of a span of a table: what is made of them stays near the processor.
const ROWS: u64 = 2048;
/// Notes of a span of notes.
const NOTES: usize = 256;

/// A stretch of the local ids of a table.
pub(crate) type Span = RangeInclusive<i64>;

/// The spans of a table with local ids, in their order; none for an empty table.
pub(crate) fn of_table(conn: &Connection, table: &str) -> Result<Vec<Span>> {
    // Without the ids SQLite counts in the smallest index, and takes both ends from the table.
    let rows = count(conn, table)?;
    let sql = format!("SELECT min(id) FROM {table} UNION ALL SELECT max(id) FROM {table}");
    let ends: Vec<Option<i64>> =
        conn.prepare(&sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let [Some(first), Some(last)] = ends[..] else { return Ok(Vec::new()) };
    Ok(cut(first, last, rows))
}

/// How many rows a table has.
pub(crate) fn count(conn: &Connection, table: &str) -> Result<u64> {
    let sql = format!("SELECT count(*) FROM {table}");
    Ok(conn.query_row(&sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs())
}

/// So many rows between two ids, as if they were spread evenly: ids have few gaps.
fn cut(first: i64, last: i64, rows: u64) -> Vec<Span> {
    let parts = rows.div_ceil(ROWS).max(1);
    // As wide as it is; a damaged file may hold any id.
    let width = last.abs_diff(first) / parts;
    let mut spans = Vec::new();
    let mut from = first;
    loop {
        let to = from.saturating_add_unsigned(width).min(last);
        spans.push(from..=to);
        if to == last {
            return spans;
        }
        from = to + 1;
    }
}

/// A stretch of the notes of one deck in their order: from one to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoteSpan {
    deck: i64,
    /// Position and local id.
    from: (i64, i64),
    to: (i64, i64),
}

impl NoteSpan {
    /// What a row of `note` fulfils that lies in the span with [`Self::values`] for ?1 to ?5.
    pub(crate) const SQL: &str = "note.deck = ?1 AND note.position BETWEEN ?2 AND ?4
      AND (note.position, note.id) >= (?2, ?3) AND (note.position, note.id) <= (?4, ?5)";

    /// The values for [`Self::SQL`].
    pub(crate) fn values(&self) -> [i64; 5] {
        [self.deck, self.from.0, self.from.1, self.to.0, self.to.1]
    }
}

/// The spans of the notes of decks, in the order of the decks; each with its place among them.
pub(crate) fn of_notes(
    conn: &Connection,
    decks: impl Iterator<Item = i64>,
) -> Result<Vec<(usize, NoteSpan)>> {
    // All of it stands in the index.
    let mut statement =
        conn.prepare("SELECT position, id FROM note WHERE deck = ? ORDER BY position, id")?;
    let mut spans = Vec::new();
    for (at, deck) in decks.enumerate() {
        let notes: Vec<(i64, i64)> = statement
            .query_map([deck], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        spans.extend(notes.chunks(NOTES).filter_map(|notes| {
            Some((at, NoteSpan { deck, from: *notes.first()?, to: *notes.last()? }))
        }));
    }
    Ok(spans)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn spans_hold_every_id_once(first in -50_000i64..50_000, more in 0i64..100_000, rows in 0u64..100_000) {
            let spans = cut(first, first + more, rows);
            prop_assert_eq!(spans.first().map(|span| *span.start()), Some(first));
            prop_assert_eq!(spans.last().map(|span| *span.end()), Some(first + more));
            prop_assert!(spans.windows(2).all(|two| two[0].end() + 1 == *two[1].start()));
            prop_assert!(spans.iter().all(|span| !span.is_empty()));
        }
    }

    #[test]
    fn ids_of_a_damaged_file_make_few_spans() {
        for (first, last) in [(i64::MIN, i64::MAX), (1, i64::MAX), (i64::MIN, 3)] {
            let spans = cut(first, last, 400_000);
            assert!(spans.len() <= 200 && *spans.last().unwrap().end() == last);
        }
    }
}
