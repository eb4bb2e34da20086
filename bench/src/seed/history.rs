//! The log of a collection that was studied for years, written by raw SQL.

use std::path::Path;

use cairn_core::day::{Moment, StudyDay};
use cairn_core::hlc::Hlc;
use cairn_core::policy::Policy;
use cairn_core::schedule::Schedule;
use cairn_core::sm2::RULE_ID;
use rusqlite::{Connection, Statement, Transaction, params};
use uuid::Uuid;

use super::NOW;
use super::course::{Ending, Entry, FEWEST, course};
use super::draw::Draw;
use crate::Fallible;

/// Of a hundred cards, so many were never seen: the last ones of each deck.
const NEW_PERCENT: i64 = 20;
/// Of a hundred cards, so many are due today.
const DUE_PERCENT: usize = 3;
const DAY_MS: i64 = 86_400_000;
const STARTS_AT: u8 = 4;

/// When the notes were taken in: before every answer.
pub fn beginning() -> Moment {
    Moment { utc_ms: 0, offset_minutes: 0 }
}

/// The study day of a moment, by the settings that the collection has.
pub fn study_day(now: Moment) -> StudyDay {
    StudyDay::of(now, STARTS_AT)
}

struct Known {
    id: i64,
    uuid: Uuid,
    words: String,
}

/// Writes a log of `rows` rows, and its fold onto the cards.
pub fn write(path: &Path, rows: usize, now: Moment, policy: &Policy) -> Fallible<()> {
    let mut conn = Connection::open(path)?;
    conn.pragma_update(None, "synchronous", "OFF")?;
    conn.pragma_update(None, "cache_size", -262_144)?;
    let cards = known_cards(&conn)?;
    let today = study_day(now);
    let mut draw = Draw::new(11);
    let mut log: Vec<(usize, Entry)> = Vec::with_capacity(rows);
    for (at, card) in cards.iter().enumerate() {
        let (left, others) = (rows.saturating_sub(log.len()), cards.len() - at - 1);
        let mean = left / (others + 1);
        let drawn = FEWEST + draw.below((2 * mean.saturating_sub(FEWEST)) + 1);
        let most = left.saturating_sub(others * FEWEST).max(FEWEST);
        let wanted = if others == 0 { most } else { drawn.min(most) };
        let due = draw.below(100 - usize::try_from(NEW_PERCENT).unwrap_or(0)) < DUE_PERCENT;
        let ending = if due { Ending::Due(draw.below(6)) } else { Ending::Later };
        let course = course(card.uuid, wanted, ending, today, policy, &mut draw);
        log.extend(course.into_iter().map(|entry| (at, entry)));
    }
    // A stable sort: the answers of one card keep their order.
    log.sort_by_key(|(_, entry)| entry.day);
    let tx = conn.transaction()?;
    append(&tx, &cards, &log, policy)?;
    tx.commit()?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

fn known_cards(conn: &Connection) -> Fallible<Vec<Known>> {
    let mut statement = conn.prepare(
        "SELECT card.id, card.uuid, substr(coalesce(note.content ->> '$.front',
           note.content ->> '$.text', note.content ->> '$.stem'), 1, 80)
         FROM card JOIN note ON note.id = card.note
           JOIN (SELECT deck, max(position) AS last FROM note GROUP BY deck) AS ends
             ON ends.deck = card.deck
         WHERE card.position * 100 <= ends.last * (100 - ?1)
         ORDER BY card.id",
    )?;
    let cards = statement
        .query_map([NEW_PERCENT], |row| {
            let uuid = Uuid::from_bytes(row.get(1)?);
            Ok(Known { id: row.get(0)?, uuid, words: row.get(2)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(cards)
}

const INSERT_LOG: &str = "INSERT INTO review_log (card, kind, grade, day, at_ms, offset_minutes,
    taken_ms, rule, policy, rule_interval_days, late_days, fuzz_days, due,
    before_repetitions, before_interval_days, before_ease_hundredths, before_due, before_last_day,
    before_lapses, after_repetitions, after_interval_days, after_ease_hundredths, after_due,
    after_last_day, after_lapses, device, seq, clock, operation)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// Statements that write the log.
struct Pen<'a> {
    operation: Statement<'a>,
    log: Statement<'a>,
    card: Statement<'a>,
    tx: &'a Transaction<'a>,
    device: i64,
    /// Of the operations.
    seq: i64,
    clock: Hlc,
    policy: i64,
}

fn append(
    tx: &Transaction<'_>,
    cards: &[Known],
    log: &[(usize, Entry)],
    policy: &Policy,
) -> Fallible<()> {
    tx.execute("INSERT INTO policy (json) VALUES (?)", [serde_json::to_string(policy)?])?;
    let policy = tx.last_insert_rowid();
    let (device, seq, clock) =
        tx.query_row("SELECT device, max(seq), max(clock) FROM operation", [], |row| {
            Ok((row.get(0)?, row.get(1)?, Hlc(row.get(2)?)))
        })?;
    let mut pen = Pen {
        operation: tx.prepare(
            "INSERT INTO operation (device, seq, clock, at_ms, kind, words, voids)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?,
        log: tx.prepare(INSERT_LOG)?,
        card: tx.prepare(
            "UPDATE card SET repetitions = ?, interval_days = ?, ease_hundredths = ?, due = ?,
               last_day = ?, lapses = ?, touched = ? WHERE id = ?",
        )?,
        tx,
        device,
        seq,
        clock,
        policy,
    };
    let mut day = StudyDay::new(0);
    let mut of_day = 0;
    for (number, (at, entry)) in (1i64..).zip(log) {
        if entry.day != day {
            (day, of_day) = (entry.day, 0);
        }
        of_day += 1;
        // From 09:00 local time, an answer every five seconds, so that a day holds them all.
        let at_ms = i64::from(day.number()) * DAY_MS + (9 + 8) * 3_600_000 + of_day * 5_000;
        if let Some(card) = cards.get(*at) {
            pen.write(card, entry, number, at_ms)?;
        }
    }
    Ok(())
}

impl Pen<'_> {
    fn operation(
        &mut self,
        kind: &str,
        words: &str,
        at_ms: i64,
        voids: Option<i64>,
    ) -> Fallible<i64> {
        self.seq += 1;
        self.clock = self.clock.next(at_ms);
        self.operation.execute(params![
            self.device,
            self.seq,
            self.clock.0,
            at_ms,
            kind,
            words,
            voids
        ])?;
        Ok(self.tx.last_insert_rowid())
    }

    fn write(&mut self, card: &Known, entry: &Entry, seq: i64, at_ms: i64) -> Fallible<()> {
        let operation = self.operation("answer", &card.words, at_ms, None)?;
        let [b1, b2, b3, b4, b5, b6] = columns(&entry.before);
        let [a1, a2, a3, a4, a5, a6] = columns(&entry.after);
        let outcome = entry.outcome.as_ref();
        self.log.execute(params![
            card.id,
            entry.kind.name(),
            entry.grade.value(),
            entry.day.number(),
            at_ms,
            NOW.offset_minutes,
            4_000 + at_ms % 9_000,
            RULE_ID,
            self.policy,
            outcome.map(|outcome| outcome.interval_days()),
            outcome.map(|outcome| outcome.late_days),
            outcome.map(|outcome| outcome.fuzz_days),
            outcome.map(|outcome| outcome.after.due.number()),
            b1,
            b2,
            b3,
            b4,
            b5,
            b6,
            a1,
            a2,
            a3,
            a4,
            a5,
            a6,
            self.device,
            seq,
            self.clock.0,
            operation,
        ])?;
        let (after, touched) = if entry.voided {
            (entry.before, self.operation("undo", &card.words, at_ms, Some(operation))?)
        } else {
            (entry.after, operation)
        };
        let [a1, a2, a3, a4, a5, a6] = columns(&after);
        self.card.execute(params![a1, a2, a3, a4, a5, a6, touched, card.id])?;
        Ok(())
    }
}

/// Repetitions, interval, ease, due, last day, lapses; nothing for a new card.
fn columns(schedule: &Schedule) -> [Option<i64>; 6] {
    let Schedule::Known(known) = schedule else { return [None; 6] };
    [
        Some(known.memory.repetitions.into()),
        Some(known.memory.interval_days.into()),
        Some(known.memory.ease_hundredths.into()),
        Some(known.due.number().into()),
        Some(known.last.number().into()),
        Some(known.lapses.into()),
    ]
}
