//! Table `card`: a question with its cached schedule.

use cairn_core::day::StudyDay;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::Memory;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::act::Act;
use crate::error::{Error, Result};

/// A card that was never buried has this in `buried_until`.
pub(crate) const NEVER_BURIED: i32 = i32::MIN;

/// A card as stored.
#[derive(Debug, Clone)]
pub(crate) struct Card {
    pub(crate) id: i64,
    pub(crate) uuid: Uuid,
    pub(crate) note: i64,
    pub(crate) deck: i64,
    pub(crate) ordinal: String,
    pub(crate) schedule: Schedule,
    pub(crate) suspended: bool,
    pub(crate) flagged: bool,
    pub(crate) gone: bool,
    /// Last operation that changed it: what an answer names.
    pub(crate) touched: i64,
}

const COLUMNS: &str = "id, uuid, note, deck, ordinal, repetitions, interval_days, ease_hundredths,
  due, last_day, lapses, suspended, flagged, gone, touched";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Card> {
    Ok(Card {
        id: row.get(0)?,
        uuid: uuid(row, 1)?,
        note: row.get(2)?,
        deck: row.get(3)?,
        ordinal: row.get(4)?,
        schedule: schedule(row, 5)?,
        suspended: row.get(11)?,
        flagged: row.get(12)?,
        gone: row.get(13)?,
        touched: row.get(14)?,
    })
}

/// A UUID out of a column of 16 bytes.
pub(crate) fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    Ok(Uuid::from_bytes(row.get::<_, [u8; 16]>(column)?))
}

/// A schedule out of six columns from `first` on: repetitions, interval, ease, due, last, lapses.
pub(crate) fn schedule(row: &Row<'_>, first: usize) -> rusqlite::Result<Schedule> {
    let Some(repetitions) = row.get(first)? else { return Ok(Schedule::New) };
    Ok(Schedule::Known(Known {
        memory: Memory {
            repetitions,
            interval_days: row.get(first + 1)?,
            ease_hundredths: row.get(first + 2)?,
        },
        due: StudyDay::new(row.get(first + 3)?),
        last: StudyDay::new(row.get(first + 4)?),
        lapses: row.get(first + 5)?,
    }))
}

/// The same six values for a statement; all `None` for a new card.
pub(crate) fn schedule_columns(schedule: &Schedule) -> [Option<i64>; 6] {
    match schedule {
        Schedule::New => [None; 6],
        Schedule::Known(known) => [
            Some(known.memory.repetitions.into()),
            Some(known.memory.interval_days.into()),
            Some(known.memory.ease_hundredths.into()),
            Some(known.due.number().into()),
            Some(known.last.number().into()),
            Some(known.lapses.into()),
        ],
    }
}

pub(crate) fn by_id(conn: &Connection, id: i64) -> Result<Card> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM card WHERE id = ?"))?;
    Ok(statement.query_row([id], from_row)?)
}

pub(crate) fn find(conn: &Connection, uuid: Uuid) -> Result<Option<Card>> {
    let sql = format!("SELECT {COLUMNS} FROM card WHERE uuid = ?");
    Ok(conn.prepare_cached(&sql)?.query_row([uuid.as_bytes()], from_row).optional()?)
}

pub(crate) fn by_uuid(conn: &Connection, uuid: Uuid) -> Result<Card> {
    find(conn, uuid)?.ok_or_else(|| Error::NotFound { what: "card", name: uuid.to_string() })
}

pub(crate) fn of_note(conn: &Connection, note: i64) -> Result<Vec<Card>> {
    let sql = format!("SELECT {COLUMNS} FROM card WHERE note = ? ORDER BY id");
    let mut statement = conn.prepare_cached(&sql)?;
    let cards = statement.query_map([note], from_row)?.collect::<rusqlite::Result<_>>()?;
    Ok(cards)
}

/// Writes the cached schedule, and that the act touched the card.
pub(crate) fn write_schedule(act: &Act<'_>, card: i64, schedule: &Schedule) -> Result<()> {
    let [repetitions, interval_days, ease, due, last_day, lapses] = schedule_columns(schedule);
    act.tx
        .prepare_cached(
            "UPDATE card SET repetitions = ?, interval_days = ?, ease_hundredths = ?, due = ?,
               last_day = ?, lapses = ?, touched = ? WHERE id = ?",
        )?
        .execute(params![repetitions, interval_days, ease, due, last_day, lapses, act.id, card])?;
    Ok(())
}

/// Says that the act touched the card, and nothing else.
pub(crate) fn touch(act: &Act<'_>, card: i64) -> Result<()> {
    act.tx.prepare_cached("UPDATE card SET touched = ? WHERE id = ?")?.execute([act.id, card])?;
    Ok(())
}
