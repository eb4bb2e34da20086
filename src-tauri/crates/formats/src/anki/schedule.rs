//! Where a card stands, and its history: Anki's numbers turned into ours, and kept beside.

use cairn_core::day::StudyDay;
use cairn_core::fold::LogKind;
use cairn_core::grade::Grade;
use cairn_core::package::{PackageCard, PackageRow};
use cairn_core::policy::Policy;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::{MAX_INTERVAL_DAYS, MIN_EASE_HUNDREDTHS, Memory, START_EASE_HUNDREDTHS};
use serde::{Deserialize, Serialize};

use super::days::Days;
use super::rows::{CardRow, LogRow};

/// The rule named in the log for what Anki worked out.
pub const RULE: &str = "anki";

const LEARNING: i64 = 1;
const REVIEW: i64 = 2;
const RELEARNING: i64 = 3;
/// From this interval on, a card stands behind the second step of SM-2, in days.
const SECOND_STEP_DAYS: u32 = 6;

/// A card with its history.
pub(super) fn card(key: String, row: &CardRow, log: &[LogRow], days: &Days) -> PackageCard {
    PackageCard {
        key,
        suspended: row.queue == -1,
        flagged: row.flags & 7 != 0,
        buried_until: matches!(row.queue, -2 | -3).then(|| days.today.plus(1)),
        schedule: schedule(row, log, days),
        log: log.iter().map(|row| history(row, days)).collect(),
        elsewhere: elsewhere(row, days),
    }
}

fn schedule(row: &CardRow, log: &[LogRow], days: &Days) -> Schedule {
    // Version 1 of Anki's scheduler kept relearning cards as review cards in a learning queue.
    let learning = matches!(row.kind, LEARNING | RELEARNING)
        || row.kind == REVIEW && matches!(row.queue, 1 | 3);
    if !learning && row.kind != REVIEW {
        return Schedule::New;
    }
    let interval = row.interval.clamp(1, i64::from(MAX_INTERVAL_DAYS));
    let interval_days = u32::try_from(interval).unwrap_or(1);
    let repetitions = match learning {
        true => 0,
        false if interval_days >= SECOND_STEP_DAYS => 2,
        false => 1,
    };
    let due = if learning { days.today } else { days.day(row.own_due()) };
    let newest = log.iter().rev().find(|row| schedules(row)).map(|row| days.of_ms(row.at_ms));
    let before = due.plus(-i32::try_from(interval_days).unwrap_or(1));
    // Never later than the day before it is due: another answer on that day would be drill.
    let last = newest.unwrap_or(before).min(due.plus(-1)).min(days.today);
    let memory = Memory { repetitions, interval_days, ease_hundredths: ease(row) };
    let lapses = u32::try_from(row.lapses.max(0)).unwrap_or(u32::MAX);
    Schedule::Known(Known { memory, due, last, lapses })
}

/// Whether the row stands for an answer that moved the card.
fn schedules(row: &LogRow) -> bool {
    row.ease > 0 && !(row.kind == 3 && row.factor == 0)
}

/// What Anki keeps in `cards.data`, as far as it matters here.
#[derive(Debug, Default, Deserialize)]
struct Data {
    /// FSRS difficulty.
    #[serde(default)]
    d: Option<f64>,
    /// Position among new cards before the first answer.
    #[serde(default)]
    pos: Option<i64>,
}

fn data(row: &CardRow) -> Data {
    if row.data.len() <= "{}".len() {
        return Data::default();
    }
    serde_json::from_str(&row.data).unwrap_or_default()
}

/// Whether FSRS holds a difficulty for the card, so that its factor is no ease that was worked out.
pub(super) fn has_difficulty(row: &CardRow) -> bool {
    row.data.contains("\"d\"") && data(row).d.is_some()
}

fn ease(row: &CardRow) -> u32 {
    if row.factor <= 0 || has_difficulty(row) {
        return START_EASE_HUNDREDTHS;
    }
    u32::try_from(row.factor / 10).unwrap_or(START_EASE_HUNDREDTHS).clamp(MIN_EASE_HUNDREDTHS, 1000)
}

/// Place of the card among new ones, now or before its first answer.
pub(super) fn position(row: &CardRow) -> Option<i64> {
    if row.kind == 0 { Some(row.own_due()) } else { data(row).pos }
}

fn history(row: &LogRow, days: &Days) -> PackageRow {
    let grade = match row.ease {
        1 => Some(Grade::AGAIN),
        2 => Some(Grade::HARD),
        3 => Some(Grade::GOOD),
        4 => Some(Grade::EASY),
        _ => None,
    };
    PackageRow {
        kind: LogKind::Foreign,
        grade: grade.map(Grade::value),
        response: None,
        option_order: None,
        day: days.of_ms(row.at_ms),
        at_ms: row.at_ms,
        offset_minutes: days.offset_minutes(),
        taken_ms: u32::try_from(row.taken_ms.max(0)).unwrap_or(u32::MAX),
        rule: RULE.into(),
        policy: Policy::default(),
        outcome: None,
        plan_day: None,
        before: Schedule::New,
        after: Schedule::New,
        elsewhere: json(&LogElsewhere {
            ease: row.ease,
            ivl: row.interval,
            last_ivl: row.last_interval,
            factor: row.factor,
            kind: row.kind,
        }),
    }
}

/// A row of the log under Anki's own names.
#[derive(Serialize)]
struct LogElsewhere {
    ease: i64,
    ivl: i64,
    #[serde(rename = "lastIvl")]
    last_ivl: i64,
    factor: i64,
    #[serde(rename = "type")]
    kind: i64,
}

/// A card under Anki's own names; `due_day` is the date of a `due` that counts days.
#[derive(Serialize)]
struct CardElsewhere<'a> {
    id: i64,
    ord: i64,
    #[serde(rename = "type")]
    kind: i64,
    queue: i64,
    due: i64,
    due_day: Option<StudyDayText>,
    ivl: i64,
    factor: i64,
    reps: i64,
    lapses: i64,
    left: i64,
    odue: i64,
    odid: i64,
    flags: i64,
    data: &'a str,
}

struct StudyDayText(StudyDay);

impl Serialize for StudyDayText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.date())
    }
}

/// Times above this are seconds since 1970, not day numbers.
const SECONDS_FROM: i64 = 1_000_000_000;

fn elsewhere(row: &CardRow, days: &Days) -> String {
    let due = row.own_due();
    let by_day = row.kind == REVIEW || (matches!(row.kind, 1 | 3) && due < SECONDS_FROM);
    json(&CardElsewhere {
        id: row.id,
        ord: row.ord,
        kind: row.kind,
        queue: row.queue,
        due: row.due,
        due_day: by_day.then(|| StudyDayText(days.day(due))),
        ivl: row.interval,
        factor: row.factor,
        reps: row.reps,
        lapses: row.lapses,
        left: row.left,
        odue: row.home_due,
        odid: row.home_deck,
        flags: row.flags,
        data: &row.data,
    })
}

/// Plain structs of numbers and text have no way to fail here.
pub(super) fn json(value: &impl Serialize) -> String {
    // There may be millions: what is kept has no room to grow.
    let mut room = Vec::with_capacity(512);
    match serde_json::to_writer(&mut room, value) {
        Ok(()) => String::from_utf8_lossy(&room).into_owned(),
        Err(_) => String::new(),
    }
}
