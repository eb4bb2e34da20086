//! What Cairn has just written, for the floor to repeat. Read while no clock is running.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row};
use uuid::Uuid;

use super::{LOG, LOG_COLUMNS};
use crate::Fallible;

/// A reader of the collection that Cairn works on.
pub struct Trail {
    conn: Connection,
}

/// An answer with everything that it wrote.
pub struct Answered {
    /// Columns of the operation.
    pub operation: [Value; 7],
    /// Columns of the log row.
    pub row: Vec<Value>,
    /// JSON of the policy.
    pub policy: Value,
    /// Identity of the card.
    pub card_uuid: Value,
    /// Schedule, last operation and id of the card.
    pub card: [Value; 8],
    /// Whether the schedule was written.
    pub scheduled: bool,
    /// The card that comes next.
    pub next: Option<i64>,
}

/// An undo with everything that it wrote.
pub struct Undone {
    /// Columns of the operation; the last is the one that it voids.
    pub operation: [Value; 7],
    /// Schedule, last operation and id of the card.
    pub card: [Value; 8],
    /// The card that comes next.
    pub next: Option<i64>,
}

/// A note to be inserted, ready for the statement.
pub struct Note {
    /// Its identity.
    pub uuid: Uuid,
    /// Local id of its deck.
    pub deck: i64,
    /// The author's id of its deck.
    pub slug: String,
    /// The author's id of the note.
    pub item: String,
    /// Clock of its fields.
    pub clock: i64,
    /// Text as JSON.
    pub content: String,
    /// Facts as JSON.
    pub facts: String,
    /// Code of its area.
    pub area: Option<&'static str>,
    /// Order within its deck.
    pub position: i64,
    /// The operation that inserts it.
    pub operation: i64,
    /// Ordinal and identity of its cards.
    pub cards: Vec<(String, Uuid)>,
    /// Front, back and tags as the search takes them.
    pub searched: [String; 3],
}

const LAST_OPERATION: &str = "SELECT device, seq, clock, at_ms, kind, words, voids, id
    FROM operation ORDER BY id DESC LIMIT 1";

impl Trail {
    /// Follows the collection at `path`.
    pub fn follow(path: &Path) -> Fallible<Self> {
        Ok(Self { conn: Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)? })
    }

    /// The last act, an answer, and the card that is shown now.
    pub fn answered(&self, next: Option<&str>) -> Fallible<Answered> {
        let operation = self.operation()?;
        let mut statement = self
            .conn
            .prepare_cached(&format!("SELECT {LOG} FROM review_log ORDER BY id DESC LIMIT 1"))?;
        let row: Vec<Value> =
            statement.query_row([], |row| (0..LOG_COLUMNS).map(|at| row.get(at)).collect())?;
        let card = self.card(&row[0])?;
        let policy = self.one("SELECT json FROM policy WHERE id = ?", &row[10])?;
        let card_uuid = self.one("SELECT uuid FROM card WHERE id = ?", &row[0])?;
        let scheduled = row[1] == Value::Text("review".into());
        let next = self.id(next)?;
        Ok(Answered { operation, row, policy, card_uuid, card, scheduled, next })
    }

    /// The last act, an undo of an answer, and the card that is shown now.
    pub fn undone(&self, next: Option<&str>) -> Fallible<Undone> {
        let operation = self.operation()?;
        let card = self.one(
            "SELECT card FROM review_log WHERE operation = ? AND kind <> 'foreign'",
            &operation[6],
        )?;
        Ok(Undone { operation, card: self.card(&card)?, next: self.id(next)? })
    }

    fn operation(&self) -> Fallible<[Value; 7]> {
        Ok(self.conn.prepare_cached(LAST_OPERATION)?.query_row([], columns)?)
    }

    fn card(&self, id: &Value) -> Fallible<[Value; 8]> {
        let sql = "SELECT repetitions, interval_days, ease_hundredths, due, last_day, lapses,
            touched, id FROM card WHERE id = ?";
        Ok(self.conn.prepare_cached(sql)?.query_row([id], columns)?)
    }

    fn one(&self, sql: &str, key: &Value) -> Fallible<Value> {
        Ok(self.conn.prepare_cached(sql)?.query_row([key], |row| row.get(0))?)
    }

    fn id(&self, card: Option<&str>) -> Fallible<Option<i64>> {
        let Some(card) = card else { return Ok(None) };
        let uuid = Uuid::parse_str(card)?;
        let mut statement = self.conn.prepare_cached("SELECT id FROM card WHERE uuid = ?")?;
        Ok(statement.query_row([uuid.as_bytes()], |row| row.get(0)).optional()?)
    }
}

fn columns<const N: usize>(row: &Row<'_>) -> rusqlite::Result<[Value; N]> {
    let mut values = std::array::from_fn(|_| Value::Null);
    for (column, value) in values.iter_mut().enumerate() {
        *value = row.get(column)?;
    }
    Ok(values)
}
