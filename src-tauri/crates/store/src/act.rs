//! Table `operation`: the one door through which the collection changes.
//!
//! An [`Act`] is an open transaction with its operation already written. Whoever mutates takes one,
//! so nothing can change without saying what it was and how to take it back.

use cairn_core::day::Moment;
use cairn_core::hlc::Hlc;
use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use crate::error::Result;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ActKind {
    Answer,
    Suspend,
    Resume,
    Bury,
    Flag,
    Unflag,
    Edit,
    Setting,
    Import,
    CatchUp,
    MendClock,
    Content,
    /// What a check found was put right.
    Repair,
    /// An import taken back out of its turn; undo passes over it.
    TakeBack,
    /// Never the last act: undo passes over it.
    #[cfg_attr(feature = "ts", ts(skip))]
    Undo,
}

impl ActKind {
    const NAMES: [(Self, &'static str); 15] = [
        (Self::Answer, "answer"),
        (Self::Suspend, "suspend"),
        (Self::Resume, "resume"),
        (Self::Bury, "bury"),
        (Self::Flag, "flag"),
        (Self::Unflag, "unflag"),
        (Self::Edit, "edit"),
        (Self::Setting, "setting"),
        (Self::Import, "import"),
        (Self::CatchUp, "catch_up"),
        (Self::MendClock, "mend_clock"),
        (Self::Content, "content"),
        (Self::Repair, "repair"),
        (Self::TakeBack, "take_back"),
        (Self::Undo, "undo"),
    ];

    /// The name in the table.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

/// An act, for people: what was done, to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "Act"))]
pub struct ActName {
    /// What was done.
    pub kind: ActKind,
    /// Start of a card's text, a setting's key, a file name.
    pub subject: String,
}

/// Longest text of `words`, in characters.
const WORDS: usize = 80;

/// An open transaction with its operation.
pub(crate) struct Act<'a> {
    pub(crate) tx: Transaction<'a>,
    /// Row id of the operation.
    pub(crate) id: i64,
    /// Its clock; rows that carry one take it.
    pub(crate) clock: Hlc,
    /// Local id of this device.
    pub(crate) device: i64,
    /// When it happens.
    pub(crate) now: Moment,
}

impl<'a> Act<'a> {
    /// Begins an act. Holds the write lock from here on.
    pub(crate) fn begin(
        conn: &'a mut Connection,
        device: i64,
        now: Moment,
        name: &ActName,
        voids: Option<i64>,
    ) -> Result<Self> {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (last_clock, seq): (i64, i64) = tx
            .prepare_cached(
                "SELECT coalesce((SELECT clock FROM operation ORDER BY id DESC LIMIT 1), 0),
                        coalesce((SELECT max(seq) FROM operation WHERE device = ?1), 0) + 1",
            )?
            .query_row([device], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let merged: Option<i64> = tx
            .prepare_cached("SELECT value FROM meta WHERE key = 'merged_clock'")?
            .query_row([], |row| row.get(0))
            .optional()?;
        let clock = Hlc(last_clock.max(merged.unwrap_or(0))).next(now.utc_ms);
        let words: String = name.subject.chars().take(WORDS).collect();
        tx.prepare_cached(
            "INSERT INTO operation (device, seq, clock, at_ms, kind, words, voids)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            device,
            seq,
            clock.0,
            now.utc_ms,
            name.kind.name(),
            words,
            voids
        ])?;
        let id = tx.last_insert_rowid();
        Ok(Self { tx, id, clock, device, now })
    }

    /// Makes the act durable.
    pub(crate) fn commit(self) -> Result<()> {
        Ok(self.tx.commit()?)
    }

    /// Keeps fields of a row as they are now, for undo.
    pub(crate) fn keep(
        &self,
        entity: &str,
        row: impl ToSql,
        fields: &serde_json::Value,
    ) -> Result<()> {
        self.tx
            .prepare_cached("INSERT OR IGNORE INTO before_image VALUES (?, ?, ?, ?)")?
            .execute(params![self.id, entity, row, fields.to_string()])?;
        Ok(())
    }
}

/// An operation that undo may take back.
pub(crate) struct Undoable {
    pub(crate) id: i64,
    pub(crate) name: ActName,
}

/// The last act of a person on this device that still stands.
///
/// Undo is linear (but for an import that was taken back out of its turn): whatever lies between an undo and the act that it voids has been taken back, so
/// the search goes on below that act and stays short, however much has been undone in a row. The
/// `+` keeps it on the row ids: by the index on `device`, all operations would be read and sorted.
pub(crate) fn last_undoable(conn: &Connection, device: i64) -> Result<Option<Undoable>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, kind, words, voids,
           EXISTS (SELECT 1 FROM operation AS v WHERE v.voids = o.id)
         FROM operation AS o WHERE id < ? AND +device = ? AND kind <> 'content'
         ORDER BY id DESC LIMIT 1",
    )?;
    let mut below = i64::MAX;
    loop {
        let found = statement
            .query_row([below, device], |row| {
                let (id, kind, subject): (i64, String, String) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok((id, kind, subject, row.get::<_, Option<i64>>(3)?, row.get::<_, bool>(4)?))
            })
            .optional()?;
        let Some((id, kind, subject, voids, voided)) = found else { return Ok(None) };
        if voids.is_none() && !voided {
            let Some(kind) = ActKind::from_name(&kind) else { return Ok(None) };
            return Ok(Some(Undoable { id, name: ActName { kind, subject } }));
        }
        let in_turn = voids.filter(|_| kind != ActKind::TakeBack.name());
        below = in_turn.map_or(id, |voids| voids.min(id));
    }
}
