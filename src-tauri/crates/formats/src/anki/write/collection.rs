//! The collection of a package: Anki's schema 11, in a draft of its own.
//!
//! # Design
//! A draft is nobody's only copy, so nothing of it is flushed and nothing can be rolled back; it is
//! written in one transaction, and the indexes when all rows are there.

use std::fs::File;

use rusqlite::{Connection, Statement, params};
use serde_json::{Value, json};
use tempfile::NamedTempFile;

use super::WriteError;
use super::calendar::Calendar;
use super::card::State;
use super::log::LogRow;
use super::note::Made;
use super::progress::{INDEX, LOG, Progress};

/// Those of Anki's by which a package is read. Its others serve a collection that is studied and
/// synchronised, and cost a quarter of the time.
const INDEXES: [&str; 2] = ["ix_cards_nid ON cards (nid)", "ix_revlog_cid ON revlog (cid)"];

/// What has changed since the last synchronisation says so.
const UNSYNCED: i64 = -1;
/// Rows between two looks at the watcher.
const LOOK: usize = 4096;

/// The draft of a collection.
pub(super) struct Draft {
    conn: Connection,
    file: NamedTempFile,
}

impl Draft {
    pub fn new() -> Result<Self, WriteError> {
        let file = crate::scratch::file()
            .map_err(WriteError::io("write into the folder for temporary files"))?;
        let conn = Connection::open(file.path())?;
        conn.execute_batch(
            "PRAGMA page_size = 32768; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
             PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;",
        )?;
        conn.execute_batch("BEGIN")?;
        conn.execute_batch(include_str!("collection.sql"))?;
        Ok(Self { conn, file })
    }

    pub fn rows(&self) -> Result<Rows<'_>, WriteError> {
        Ok(Rows {
            note: self
                .conn
                .prepare("INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')")?,
            card: self.conn.prepare(
                "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)",
            )?,
        })
    }

    pub fn log(&self, rows: &[LogRow], progress: &mut Progress<'_>) -> Result<(), WriteError> {
        let mut insert =
            self.conn.prepare("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)")?;
        for (at, row) in rows.iter().enumerate() {
            if at.is_multiple_of(LOOK) {
                progress.at(LOG, at as u64, rows.len() as u64)?;
            }
            insert.execute(params![
                row.id,
                row.card,
                row.ease,
                row.interval,
                row.last_interval,
                row.factor,
                row.taken_ms,
                row.kind
            ])?;
        }
        Ok(())
    }

    /// Makes cards tell the second of their last answer anew.
    pub fn last_answers(&self, cards: &[(i64, i64)]) -> Result<(), WriteError> {
        let sql = "UPDATE cards SET data = json_set(data, '$.lrt', ?2) WHERE id = ?1";
        let mut tell = self.conn.prepare(sql)?;
        for card in cards {
            tell.execute(*card)?;
        }
        Ok(())
    }

    /// Writes the one row of the collection, makes the indexes and closes the draft.
    pub fn finish(
        self,
        calendar: &Calendar,
        models: &Value,
        decks: &Value,
        next_position: i64,
        progress: &mut Progress<'_>,
    ) -> Result<(NamedTempFile, File), WriteError> {
        let settings = json!({
            "schedVer": 2, "sched2021": true, "rollover": calendar.start_hour,
            "creationOffset": -calendar.now.offset_minutes, "nextPos": next_position, "curDeck": 1,
            "activeDecks": [1], "newSpread": 0, "collapseTime": 1200, "timeLim": 0, "estTimes": true,
            "dueCounts": true, "sortType": "noteFld", "sortBackwards": false, "addToCur": true,
            "dayLearnFirst": false,
            "curModel": models.as_object().and_then(|models| models.keys().next()),
        });
        self.conn.execute(
            "INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, ?, 0, ?, ?, ?, ?, '{}')",
            params![
                calendar.created(),
                calendar.now.utc_ms,
                calendar.now.utc_ms,
                UNSYNCED,
                settings.to_string(),
                models.to_string(),
                decks.to_string(),
                json!({ "1": preset() }).to_string()
            ],
        )?;
        for (at, index) in (0u64..).zip(INDEXES) {
            progress.at(INDEX, at, INDEXES.len() as u64)?;
            self.conn.execute_batch(&format!("CREATE INDEX {index}"))?;
        }
        self.conn.execute_batch("COMMIT")?;
        self.conn.close().map_err(|(_, error)| error)?;
        let file = self.file.reopen().map_err(WriteError::io("read the draft of the package"))?;
        Ok((self.file, file))
    }
}

/// The options of every deck: Anki's own defaults.
fn preset() -> Value {
    json!({
        "id": 1, "mod": 0, "name": "Default", "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0,
        "replayq": true, "dyn": false,
        "new": { "bury": false, "delays": [1.0, 10.0], "initialFactor": 2500, "ints": [1, 4, 0],
                 "order": 1, "perDay": 20, "separate": true },
        "rev": { "bury": false, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "perDay": 200,
                 "hardFactor": 1.2, "fuzz": 0.05, "minSpace": 1 },
        "lapse": { "delays": [10.0], "leechAction": 1, "leechFails": 8, "minInt": 1, "mult": 0.0 },
    })
}

/// The statements for what there is most of.
pub(super) struct Rows<'c> {
    note: Statement<'c>,
    card: Statement<'c>,
}

impl Rows<'_> {
    /// A note by its id, with that of its note type.
    pub fn note(
        &mut self,
        (id, note_type): (i64, i64),
        note: &Made<'_>,
        modified: i64,
        tags: &str,
    ) -> Result<(), WriteError> {
        self.note.execute(params![
            id,
            note.guid,
            note_type,
            modified,
            tags,
            note.fields,
            note.sort
        ])?;
        Ok(())
    }

    /// A card by its id, that of its note, its deck and its number.
    pub fn card(
        &mut self,
        (id, note, deck, ord): (i64, i64, i64, i64),
        state: &State<'_>,
        modified: i64,
    ) -> Result<(), WriteError> {
        self.card.execute(params![
            id,
            note,
            deck,
            ord,
            modified,
            state.kind,
            state.queue,
            state.due,
            state.interval,
            state.factor,
            state.reps,
            state.lapses,
            state.left,
            state.flags,
            state.data
        ])?;
        Ok(())
    }
}
