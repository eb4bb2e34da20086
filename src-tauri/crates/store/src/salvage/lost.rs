//! What is known to be lost: rows that indexes still name, or numbers that are missing in between.

use std::collections::BTreeSet;

use rusqlite::Connection;
use rusqlite::types::Value;
use uuid::Uuid;

use super::clash::Settled;
use super::walk::Walk;
use crate::check::view::{Mended, Salvaged};
use crate::error::Result;
use crate::repair::as_count;
use crate::repair::orphans::Hints;

/// Tables that are reported, with what people call their rows.
const REPORTED: [(&str, &str); 5] = [
    ("note", "notes"),
    ("card", "cards"),
    ("review_log", "answers"),
    ("operation", "acts"),
    ("deck", "decks"),
];
/// Ranges that are named of each table.
const RANGES: usize = 10;

/// What is lost, and what is still known of it.
pub(super) struct Lost {
    pub(super) tables: Vec<Salvaged>,
    pub(super) hints: Hints,
    /// Acts that are lost and took back another.
    pub(super) voids: Vec<(i64, i64)>,
    /// Whether rows of the log, or acts, may be lost.
    pub(super) history: bool,
    /// Tables that are not reported by name and are not whole.
    others: bool,
}

impl Lost {
    /// Compares what was read with what the indexes of the old file name.
    pub(super) fn of(walk: &mut Walk<'_>, conn: &Connection, settled: &Settled) -> Result<Self> {
        let history = walk.is_broken("review_log") || walk.is_broken("operation");
        let others =
            ["setting", "media", "note_media", "origin"].iter().any(|table| walk.is_broken(table));
        let mut lost = Self {
            tables: Vec::new(),
            hints: Hints::default(),
            voids: Vec::new(),
            history,
            others,
        };
        for (table, things) in REPORTED {
            let there = ids(conn, table)?;
            let mut missing = BTreeSet::new();
            if walk.is_broken(table) {
                missing = lost.named(walk, table);
                if missing.is_empty() {
                    let last = there.last().copied().unwrap_or_default();
                    // Ids are given out one by one. Nonsense is no reason to count for hours.
                    if last < 100_000_000 {
                        missing = (1..last).collect();
                    }
                }
                missing.retain(|id| !there.contains(id));
            }
            lost.voids.retain(|(id, _)| table != "operation" || missing.contains(id));
            lost.tables.push(Salvaged {
                table: table.to_owned(),
                things: things.to_owned(),
                read: as_count(there.len()),
                lost: as_count(missing.len())
                    .saturating_add(settled.lost.get(table).copied().unwrap_or_default()),
                ranges: ranges(&missing),
            });
        }
        Ok(lost)
    }

    /// The rows of a table that its indexes name.
    fn named(&mut self, walk: &mut Walk<'_>, table: &str) -> BTreeSet<i64> {
        let mut named = BTreeSet::new();
        for index in walk.indexes(table) {
            for entry in walk.index(&index) {
                let Some(Value::Integer(id)) = entry.last() else { continue };
                named.insert(*id);
                match (table, entry.as_slice()) {
                    ("note", [Value::Blob(uuid), _]) => {
                        self.hints
                            .notes
                            .extend(Uuid::from_slice(uuid).ok().map(|uuid| (*id, uuid)));
                    }
                    ("card", [Value::Blob(uuid), _]) => {
                        self.hints
                            .cards
                            .extend(Uuid::from_slice(uuid).ok().map(|uuid| (uuid, *id)));
                    }
                    ("operation", [Value::Integer(voids), _]) => self.voids.push((*id, *voids)),
                    _ => {}
                }
            }
        }
        named
    }

    /// What was lost, a sentence each.
    pub(super) fn sentences(&self, mended: &[Mended]) -> Vec<String> {
        let mut sentences: Vec<String> = self
            .tables
            .iter()
            .filter(|table| table.lost > 0)
            .map(|table| {
                let Salvaged { things, read, lost, ranges, .. } = table;
                let more = if ranges.len() >= RANGES { " …" } else { "" };
                let numbers = match ranges.join(", ") {
                    // Rows that bore the number of another have none to be named by.
                    ranges if ranges.is_empty() => String::new(),
                    ranges => format!(" (numbers {ranges}{more})"),
                };
                format!("Of the {things}, {read} were read and {lost} could not be{numbers}.")
            })
            .collect();
        if self.history && sentences.is_empty() {
            sentences.push("Some of your latest answers may be lost.".to_owned());
        }
        if self.others {
            sentences.push("Some settings, pictures or sources of decks may be lost.".to_owned());
        }
        if !sentences.is_empty() {
            sentences.extend(mended.iter().map(|mended| format!("Put right: {}.", mended.message)));
        }
        sentences
    }
}

fn ids(conn: &Connection, table: &str) -> Result<BTreeSet<i64>> {
    let ids = conn
        .prepare(&format!("SELECT id FROM {table}"))?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

/// Numbers as ranges: `3`, `101–112`.
fn ranges(ids: &BTreeSet<i64>) -> Vec<String> {
    let mut runs: Vec<(i64, i64)> = Vec::new();
    for id in ids {
        let full = runs.len() == RANGES;
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *id => *last = *id,
            _ if full => break,
            _ => runs.push((*id, *id)),
        }
    }
    let words = |(first, last): &(i64, i64)| match first == last {
        true => first.to_string(),
        false => format!("{first}–{last}"),
    };
    runs.iter().map(words).collect()
}
