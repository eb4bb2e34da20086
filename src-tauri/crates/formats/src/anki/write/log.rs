//! The review log in Anki's numbers: what came from Anki as it was, and our answers.

use cairn_core::fold::LogKind;
use cairn_core::package::PackageRow;
use cairn_core::schedule::Schedule;
use serde::Deserialize;

/// A row of Anki's log. Its id is the instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LogRow {
    /// Milliseconds since 1970.
    pub id: i64,
    pub card: i64,
    pub ease: i64,
    pub interval: i64,
    pub last_interval: i64,
    pub factor: i64,
    pub taken_ms: i64,
    pub kind: i64,
    /// It came from Anki, and keeps its id.
    pub foreign: bool,
    /// By it the card tells when it was last answered, and must follow where its id moves.
    pub told: bool,
    /// Its place in the history of its card.
    at: u32,
}

impl LogRow {
    /// The second in which Anki sees it.
    pub fn second(&self) -> i64 {
        self.id / 1000
    }

    /// Whether Anki counts it as an answer by which the card came to where it stands.
    fn counts(&self) -> bool {
        self.ease > 0 && (self.kind, self.factor) != (CRAM, 0)
    }

    /// Whether it set the card back to new.
    fn resets(&self) -> bool {
        self.ease == 0 && (self.kind, self.factor) == (BY_HAND, 0)
    }

    fn order(&self) -> (i64, bool, i64, u32) {
        (self.id, self.foreign, self.card, self.at)
    }
}

/// A row under Anki's own names, as the reader keeps it.
#[derive(Debug, Deserialize)]
struct KeptRow {
    ease: i64,
    ivl: i64,
    #[serde(rename = "lastIvl")]
    last_ivl: i64,
    factor: i64,
    #[serde(rename = "type")]
    kind: i64,
}

/// Anki counts no more for one answer, in milliseconds.
const LONGEST_MS: u32 = 60_000;
const LEARN: i64 = 0;
const REVIEW: i64 = 1;
/// An answer that moved nothing, where the factor is 0.
const CRAM: i64 = 3;
/// Set by hand; back to new where the factor is 0.
const BY_HAND: i64 = 4;

/// The rows of Anki's log for the history of a card, whose id is still to be set.
pub(super) fn rows(log: &[PackageRow]) -> impl Iterator<Item = LogRow> {
    (0..).zip(log).filter_map(|(at, of)| Some(LogRow { at, ..row(of)? }))
}

/// The row of a card by which Anki knows when it was last answered: its own check of a collection
/// looks for the same. A reset makes a card forget it.
pub(super) fn last_answer(rows: &mut [LogRow]) -> Option<&mut LogRow> {
    let marks = rows.iter_mut().filter(|row| row.counts() || row.resets());
    marks.max_by_key(|row| row.order()).filter(|row| row.counts())
}

/// The row of Anki's log for one of ours; `None` for what is no answer there.
fn row(row: &PackageRow) -> Option<LogRow> {
    let made = LogRow {
        id: row.at_ms,
        card: 0,
        ease: row.grade.map_or(0, ease),
        interval: interval(row.after),
        last_interval: interval(row.before),
        factor: i64::from(row.after.memory().ease_hundredths) * 10,
        taken_ms: i64::from(row.taken_ms.min(LONGEST_MS)),
        kind: if row.before == Schedule::New { LEARN } else { REVIEW },
        foreign: row.kind == LogKind::Foreign,
        told: false,
        at: 0,
    };
    match row.kind {
        LogKind::Review => Some(made),
        LogKind::Drill | LogKind::Cram | LogKind::Mock => {
            row.grade.map(|_| LogRow { factor: 0, kind: CRAM, ..made })
        }
        LogKind::Reset => {
            Some(LogRow { ease: 0, interval: 0, factor: 0, taken_ms: 0, kind: BY_HAND, ..made })
        }
        // Where a card stands says so itself.
        LogKind::Set => None,
        LogKind::Foreign => {
            let taken_ms = i64::from(row.taken_ms);
            Some(match serde_json::from_str::<KeptRow>(&row.elsewhere) {
                Ok(kept) => LogRow {
                    ease: kept.ease.clamp(0, 255),
                    interval: kept.ivl.clamp(i64::from(i32::MIN), i64::from(i32::MAX)),
                    last_interval: kept.last_ivl.clamp(i64::from(i32::MIN), i64::from(i32::MAX)),
                    factor: kept.factor.clamp(0, i64::from(i32::MAX)),
                    kind: kept.kind.clamp(0, 5),
                    taken_ms,
                    ..made
                },
                Err(_) => LogRow {
                    interval: 0,
                    last_interval: 0,
                    factor: 0,
                    taken_ms,
                    kind: REVIEW,
                    ..made
                },
            })
        }
    }
}

/// Anki's button for a grade.
fn ease(grade: u8) -> i64 {
    match grade {
        0..=2 => 1,
        3 => 2,
        4 => 3,
        _ => 4,
    }
}

/// Days; 0 for a new card.
fn interval(schedule: Schedule) -> i64 {
    i64::from(schedule.memory().interval_days)
}

/// Puts the rows in order and gives each an id of its own: none later than now, which Anki refuses,
/// and of two at one instant ours gives way. Gives the cards that told another second, and the right
/// one.
pub(super) fn in_order(rows: &mut [LogRow], now_ms: i64) -> Vec<(i64, i64)> {
    rows.sort_unstable_by_key(LogRow::order);
    let mut moved = Vec::new();
    let mut before = now_ms.saturating_add(1);
    for row in rows.iter_mut().rev() {
        let second = row.second();
        row.id = row.id.min(before - 1);
        before = row.id;
        if row.told && row.second() != second {
            moved.push((row.card, row.second()));
        }
    }
    moved
}
