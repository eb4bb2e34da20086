//! Imports that stand, and taking one back out of its turn.
//!
//! Undo takes back the last act. An import can be taken back also after cards were answered: its
//! notes go out of sight with their answers, notes that it changed get their former text (unless a
//! person has edited them since), and everything done to other cards stays.

use cairn_core::day::Moment;
use chrono::{DateTime, SecondsFormat};
use rusqlite::{OptionalExtension, params};

use crate::act::{Act, ActKind, ActName};
use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::log::STANDS;
use crate::undo;
use crate::view::PastImport;

/// The most imports that are listed.
const LISTED: usize = 50;

/// Imports that were not taken back, newest first.
const STANDING: &str = "SELECT id, words, at_ms FROM operation AS o
  WHERE kind = 'import' AND NOT EXISTS (SELECT 1 FROM operation AS v WHERE v.voids = o.id)";

/// The notes that an import brought: those that were not there, and those that were out of sight.
const BROUGHT: &str = "SELECT note.id FROM inserted_range AS r
    JOIN note ON note.id BETWEEN r.first AND r.last
  WHERE r.operation = ?1 AND r.entity = 'note'
  UNION ALL
  SELECT b.row FROM before_image AS b
  WHERE b.operation = ?1 AND b.entity = 'note' AND json_extract(b.fields, '$.gone') <> 0";

impl Collection {
    /// The imports that stand, newest first, with what taking each back would take along.
    pub fn imports(&self) -> Result<Vec<PastImport>> {
        let mut statement =
            self.conn.prepare_cached(&format!("{STANDING} ORDER BY id DESC LIMIT ?"))?;
        let found: Vec<(i64, String, i64)> = statement
            .query_map([i64::try_from(LISTED).unwrap_or(i64::MAX)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        found
            .into_iter()
            .map(|(operation, name, at_ms)| {
                let time = DateTime::from_timestamp_millis(at_ms).unwrap_or_default();
                Ok(PastImport {
                    operation,
                    name,
                    at: time.to_rfc3339_opts(SecondsFormat::Secs, true),
                    notes: self.notes_of(operation)?,
                    answers: self.answers_since(operation)?,
                })
            })
            .collect()
    }

    fn notes_of(&self, operation: i64) -> Result<u32> {
        let sql = format!("SELECT count(*) FROM ({BROUGHT})");
        Ok(self.conn.prepare_cached(&sql)?.query_row([operation], |row| row.get(0))?)
    }

    /// Answers given since to the cards of notes that an import brought.
    fn answers_since(&self, operation: i64) -> Result<u32> {
        let sql = format!(
            "SELECT count(*) FROM ({BROUGHT}) AS brought
               JOIN card ON card.note = brought.id
               JOIN review_log ON review_log.card = card.id
             WHERE review_log.operation > ?1
               AND review_log.kind IN ('review', 'drill') AND {STANDS}"
        );
        Ok(self.conn.prepare_cached(&sql)?.query_row([operation], |row| row.get(0))?)
    }

    /// Takes one import back, whatever was done since; gives how many answers went with it.
    ///
    /// # Errors
    /// `NotFound` when there is no such import or it was taken back already.
    pub fn take_back_import(&mut self, operation: i64, now: Moment) -> Result<u32> {
        self.sync()?;
        let found: Option<String> = self
            .conn
            .prepare_cached(&format!("{STANDING} AND id = ?"))?
            .query_row(params![operation], |row| row.get(1))
            .optional()?;
        let subject =
            found.ok_or_else(|| Error::NotFound { what: "import", name: operation.to_string() })?;
        let answers = self.answers_since(operation)?;
        let name = ActName { kind: ActKind::TakeBack, subject };
        let act = Act::begin(&mut self.conn, self.device, now, &name, Some(operation))?;
        keep_later_edits(&act, operation)?;
        undo::take_back(&act, operation)?;
        act.commit()?;
        self.reload()?;
        Ok(answers)
    }
}

/// Notes that a person has edited since keep their text, and settings that were chosen since their
/// value: what would be put back is forgotten.
fn keep_later_edits(act: &Act<'_>, operation: i64) -> Result<()> {
    act.tx.execute(
        "DELETE FROM before_image WHERE operation = ?1 AND entity IN ('note', 'setting') AND EXISTS (
           SELECT 1 FROM before_image AS later JOIN operation AS o ON o.id = later.operation
           WHERE later.entity = before_image.entity AND later.row = before_image.row
             AND later.operation > ?1
             AND (later.entity = 'setting' OR o.kind IN ('edit', 'import'))
             AND NOT EXISTS (SELECT 1 FROM operation AS v WHERE v.voids = o.id))",
        [operation],
    )?;
    Ok(())
}
