//! Tables `review_log` and `policy`: the append-only truth about every schedule.

use cairn_core::day::StudyDay;
use cairn_core::fold::{self, LogKind, Order, Row as FoldRow};
use cairn_core::grade::Grade;
use cairn_core::hlc::Hlc;
use cairn_core::outcome::Outcome;
use cairn_core::package::PackageRow;
use cairn_core::policy::Policy;
use cairn_core::schedule::Schedule;
use cairn_core::sm2::RULE_ID;
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashSet;
use serde::Serialize;
use uuid::Uuid;

use crate::act::Act;
use crate::card::{self, Card, schedule_columns};
use crate::collection::Collection;
use crate::error::Result;

/// A row to be written. The act gives time, device and clock.
pub(crate) struct NewRow<'a> {
    pub(crate) card: &'a Card,
    pub(crate) kind: LogKind,
    pub(crate) grade: Option<Grade>,
    pub(crate) response: Option<&'a str>,
    pub(crate) option_order: Option<String>,
    pub(crate) day: StudyDay,
    pub(crate) taken_ms: u32,
    pub(crate) policy: &'a Policy,
    pub(crate) outcome: Option<&'a Outcome>,
    pub(crate) after: Schedule,
}

/// Appends a row; gives its id.
pub(crate) fn append(act: &Act<'_>, row: &NewRow<'_>) -> Result<i64> {
    let seq: i64 = act
        .tx
        .prepare_cached("SELECT coalesce(max(seq), 0) + 1 FROM review_log WHERE device = ?")?
        .query_row([act.device], |found| found.get(0))?;
    let policy = intern(&act.tx, row.policy)?;
    let [b1, b2, b3, b4, b5, b6] = schedule_columns(&row.card.schedule);
    let [a1, a2, a3, a4, a5, a6] = schedule_columns(&row.after);
    act.tx
        .prepare_cached(
            "INSERT INTO review_log (card, kind, grade, response, option_order, day, at_ms,
               offset_minutes, taken_ms, rule, policy, rule_interval_days, late_days, fuzz_days, due,
               before_repetitions, before_interval_days, before_ease_hundredths, before_due,
               before_last_day, before_lapses, after_repetitions, after_interval_days,
               after_ease_hundredths, after_due, after_last_day, after_lapses,
               device, seq, clock, operation)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
               ?, ?, ?, ?)",
        )?
        .execute(params![
            row.card.id,
            row.kind.name(),
            row.grade.map(Grade::value),
            row.response,
            row.option_order,
            row.day.number(),
            act.now.utc_ms,
            act.now.offset_minutes,
            row.taken_ms,
            RULE_ID,
            policy,
            row.outcome.map(Outcome::interval_days),
            row.outcome.map(|outcome| outcome.late_days),
            row.outcome.map(|outcome| outcome.fuzz_days),
            row.outcome.map(|outcome| outcome.after.due.number()),
            b1, b2, b3, b4, b5, b6,
            a1, a2, a3, a4, a5, a6,
            act.device,
            seq,
            act.clock.0,
            act.id,
        ])?;
    Ok(act.tx.last_insert_rowid())
}

/// The last number of a device's rows; 0 when it has none.
pub(crate) fn last_seq(conn: &Connection, device: i64) -> Result<i64> {
    let seq = conn
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM review_log WHERE device = ?")?
        .query_row([device], |found| found.get(0))?;
    Ok(seq)
}

/// Whether a card has a row that stands.
pub(crate) fn has_rows(conn: &Connection, card: i64) -> Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM review_log WHERE card = ? AND {STANDS})");
    Ok(conn.prepare_cached(&sql)?.query_row([card], |row| row.get(0))?)
}

/// A row that a package brings.
pub(crate) struct Given<'a> {
    pub(crate) card: i64,
    pub(crate) seq: i64,
    pub(crate) policy: i64,
    pub(crate) row: &'a PackageRow,
}

/// Appends a row that a package brings, with its own time and day.
pub(crate) fn append_given(act: &Act<'_>, given: &Given<'_>) -> Result<()> {
    let row = given.row;
    if row.kind == LogKind::Foreign && row.moves_nothing() {
        return append_foreign(act, given);
    }
    let [b1, b2, b3, b4, b5, b6] = schedule_columns(&row.before);
    let [a1, a2, a3, a4, a5, a6] = schedule_columns(&row.after);
    let order = row.option_order.as_ref().map(serde_json::to_string).transpose()?;
    let outcome = row.outcome.as_ref();
    let elsewhere = Some(row.elsewhere.as_str()).filter(|text| !text.is_empty());
    act.tx
        .prepare_cached(
            "INSERT INTO review_log (card, kind, grade, response, option_order, day, at_ms,
               offset_minutes, taken_ms, rule, policy, rule_interval_days, late_days, fuzz_days, due,
               plan_day, before_repetitions, before_interval_days, before_ease_hundredths, before_due,
               before_last_day, before_lapses, after_repetitions, after_interval_days,
               after_ease_hundredths, after_due, after_last_day, after_lapses, elsewhere,
               device, seq, clock, operation)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
               ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            given.card,
            row.kind.name(),
            row.grade,
            row.response,
            order,
            row.day.number(),
            row.at_ms,
            row.offset_minutes,
            row.taken_ms,
            row.rule,
            given.policy,
            outcome.map(|outcome| outcome.interval_days),
            outcome.map(|outcome| outcome.late_days),
            outcome.map(|outcome| outcome.fuzz_days),
            outcome.map(|outcome| outcome.due.number()),
            row.plan_day.map(StudyDay::number),
            b1, b2, b3, b4, b5, b6,
            a1, a2, a3, a4, a5, a6,
            elsewhere,
            act.device,
            given.seq,
            act.clock.0,
            act.id,
        ])?;
    Ok(())
}

/// A row of another program, of which there may be very many: most columns are empty.
fn append_foreign(act: &Act<'_>, given: &Given<'_>) -> Result<()> {
    let row = given.row;
    act.tx
        .prepare_cached(
            "INSERT INTO review_log (card, kind, grade, day, at_ms, offset_minutes, taken_ms, rule,
               policy, elsewhere, device, seq, clock, operation)
             VALUES (?, 'foreign', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            given.card,
            row.grade,
            row.day.number(),
            row.at_ms,
            row.offset_minutes,
            row.taken_ms,
            row.rule,
            given.policy,
            Some(row.elsewhere.as_str()).filter(|text| !text.is_empty()),
            act.device,
            given.seq,
            act.clock.0,
            act.id,
        ])?;
    Ok(())
}

/// The id of a policy, written first if it is new.
pub(crate) fn intern(conn: &Connection, policy: &Policy) -> Result<i64> {
    let json = serde_json::to_string(policy)?;
    let known = conn
        .prepare_cached("SELECT id FROM policy WHERE json = ?")?
        .query_row([&json], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    conn.prepare_cached("INSERT INTO policy (json) VALUES (?)")?.execute([&json])?;
    Ok(conn.last_insert_rowid())
}

/// The id of the newest row of a card, voided or not; 0 when it has none.
pub(crate) fn newest_of(conn: &Connection, card: i64) -> Result<i64> {
    let newest = conn
        .prepare_cached("SELECT coalesce(max(id), 0) FROM review_log WHERE card = ?")?
        .query_row([card], |row| row.get(0))?;
    Ok(newest)
}

/// The cards whose rows an operation wrote.
pub(crate) fn cards_of(conn: &Connection, operation: i64) -> Result<Vec<i64>> {
    let cards = conn
        .prepare_cached(&format!(
            "SELECT DISTINCT card FROM review_log WHERE operation = ? AND {OWN}"
        ))?
        .query_map([operation], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(cards)
}

/// Said along with a condition on `kind`, it lets SQLite use the indexes that hold a person's own rows.
pub(crate) const OWN: &str = "review_log.kind <> 'foreign'";

/// Rows whose operation was taken back count nowhere.
pub(crate) const STANDS: &str =
    "NOT EXISTS (SELECT 1 FROM operation AS v WHERE v.voids = review_log.operation)";

/// Operations that were taken back: for whoever reads the log from end to end, as [`STANDS`] is for
/// whoever asks for a few of its rows.
pub(crate) fn voided(conn: &Connection) -> Result<FxHashSet<i64>> {
    let mut statement = conn.prepare("SELECT voids FROM operation WHERE voids IS NOT NULL")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The schedule of a card from its log alone.
pub(crate) fn fold(conn: &Connection, card: i64, uuid: Uuid) -> Result<Schedule> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT kind, grade, day, before_repetitions, before_interval_days, before_ease_hundredths,
           before_due, before_last_day, before_lapses, after_repetitions, after_interval_days,
           after_ease_hundredths, after_due, after_last_day, after_lapses, clock, device.uuid, seq,
           policy.json
         FROM review_log JOIN device ON device.id = device JOIN policy ON policy.id = policy
         WHERE card = ? AND {STANDS}"
    ))?;
    let mut found = statement.query([card])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        let Some(kind) = LogKind::from_name(row.get_ref(0)?.as_str().unwrap_or_default()) else {
            continue;
        };
        // A row that can't be read counts for nothing; the check tells it.
        let policy = serde_json::from_str(row.get_ref(18)?.as_str().unwrap_or_default());
        let (Ok(policy), Ok(before), Ok(after)) =
            (policy, card::schedule(row, 3), card::schedule(row, 9))
        else {
            continue;
        };
        rows.push(FoldRow {
            order: Order {
                clock: Hlc(row.get(15)?),
                device: card::uuid(row, 16)?,
                seq: row.get(17)?,
            },
            kind,
            grade: row.get::<_, Option<u8>>(1)?.and_then(|grade| Grade::try_from(grade).ok()),
            day: StudyDay::new(row.get(2)?),
            policy,
            before,
            after,
        });
    }
    Ok(fold::fold(uuid, &rows))
}

/// One row of the log, for people and programs that read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// UUID of the card.
    pub card: Uuid,
    /// `review`, `drill`, `set` …
    pub kind: String,
    /// 0 to 5.
    pub grade: Option<u8>,
    /// ISO date of the study day.
    pub day: String,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// Milliseconds taken.
    pub taken_ms: u32,
    /// Interval of the rule in days.
    pub interval_days: Option<u32>,
    /// Ease afterwards, in hundredths.
    pub ease_hundredths: Option<u32>,
    /// ISO date on which the card comes next.
    pub due: Option<String>,
    /// Days late.
    pub late_days: Option<u32>,
    /// Days by which the due day was moved.
    pub fuzz_days: Option<i32>,
    /// Id of the option chosen.
    pub option: Option<String>,
    /// Rule by which it was worked out.
    pub rule: String,
    /// Whether it was taken back.
    pub voided: bool,
}

impl Collection {
    /// Gives every row of the log, oldest first.
    ///
    /// # Errors
    /// Those of the collection, and whatever `each` gives.
    pub fn for_each_log_entry<E: From<crate::Error>>(
        &self,
        mut each: impl FnMut(LogEntry) -> Result<(), E>,
    ) -> Result<(), E> {
        let read = || -> Result<_> {
            Ok(self.conn.prepare_cached(&format!(
                "SELECT card.uuid, kind, grade, day, at_ms, taken_ms, rule_interval_days,
                   after_ease_hundredths, review_log.due, late_days, fuzz_days, response, rule,
                   NOT {STANDS}
                 FROM review_log JOIN card ON card.id = card ORDER BY review_log.id"
            ))?)
        };
        let mut statement = read()?;
        let mut rows = statement.query([]).map_err(crate::Error::from)?;
        while let Some(row) = rows.next().map_err(crate::Error::from)? {
            each(entry(row).map_err(crate::Error::from)?)?;
        }
        Ok(())
    }
}

fn entry(row: &rusqlite::Row<'_>) -> rusqlite::Result<LogEntry> {
    let date = |day: i32| StudyDay::new(day).date().to_string();
    Ok(LogEntry {
        card: card::uuid(row, 0)?,
        kind: row.get(1)?,
        grade: row.get(2)?,
        day: date(row.get(3)?),
        at_ms: row.get(4)?,
        taken_ms: row.get(5)?,
        interval_days: row.get(6)?,
        ease_hundredths: row.get(7)?,
        due: row.get::<_, Option<i32>>(8)?.map(date),
        late_days: row.get(9)?,
        fuzz_days: row.get(10)?,
        option: row.get(11)?,
        rule: row.get(12)?,
        voided: row.get(13)?,
    })
}
