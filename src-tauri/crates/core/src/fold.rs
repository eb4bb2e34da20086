//! The schedule of a card as the fold of its log rows.
//!
//! # Context
//! The log is append-only and is the truth; the schedule on a card is a cache of this fold. Logs of
//! two machines are united as sets, so the order must not depend on who merged with whom.
//!
//! # Design
//! Rows are ordered by hybrid logical clock, then device, then the device's own sequence; never by
//! wall time. Where the row's "before" is the folded state, its "after" is taken as it stands (a
//! newer program must not rewrite an older answer); elsewhere, after a merge, it is computed anew
//! from grade, study day and the row's policy.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::day::StudyDay;
use crate::grade::Grade;
use crate::hlc::Hlc;
use crate::outcome::outcome;
use crate::policy::Policy;
use crate::schedule::Schedule;

/// What a log row records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogKind {
    /// An answer that schedules.
    Review,
    /// A further answer on the same study day.
    Drill,
    /// Cramming; never schedules.
    Cram,
    /// An item of a mock exam; never schedules.
    Mock,
    /// A state given outright: an imported schedule, a due date set by hand.
    Set,
    /// Back to new.
    Reset,
    /// Another program's history, for statistics only.
    Foreign,
}

impl LogKind {
    const NAMES: [(Self, &'static str); 7] = [
        (Self::Review, "review"),
        (Self::Drill, "drill"),
        (Self::Cram, "cram"),
        (Self::Mock, "mock"),
        (Self::Set, "set"),
        (Self::Reset, "reset"),
        (Self::Foreign, "foreign"),
    ];

    /// The name in the log.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// The kind of a name, or `None`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }
}

/// Where a row stands among all rows of all machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order {
    /// Hybrid logical clock of the row.
    pub clock: Hlc,
    /// The machine that wrote it.
    pub device: Uuid,
    /// Counts the rows of that machine.
    pub seq: i64,
}

/// What the fold needs of a log row. Voided rows must be left out by the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Place in the order of the fold.
    pub order: Order,
    /// What it records.
    pub kind: LogKind,
    /// The grade; only `review` needs one here.
    pub grade: Option<Grade>,
    /// Study day of the answer.
    pub day: StudyDay,
    /// The settings it was made under.
    pub policy: Policy,
    /// The state that it found.
    pub before: Schedule,
    /// The state that it left.
    pub after: Schedule,
}

/// The schedule that the rows leave, in whatever order they are given.
pub fn fold(card: Uuid, rows: &[Row]) -> Schedule {
    let mut ordered: Vec<&Row> = rows.iter().collect();
    ordered.sort_by_key(|row| row.order);
    ordered.dedup_by_key(|row| row.order);
    ordered.into_iter().fold(Schedule::New, |state, row| step(card, state, row))
}

/// The schedule after one more row, which comes later in the order than all before it.
pub fn step(card: Uuid, state: Schedule, row: &Row) -> Schedule {
    match row.kind {
        LogKind::Drill | LogKind::Cram | LogKind::Mock | LogKind::Foreign => state,
        LogKind::Set => row.after,
        LogKind::Reset => Schedule::New,
        // One a day: after a merge, the second answer of a study day counts as drill.
        LogKind::Review if state.answered_on(row.day) => state,
        LogKind::Review if state == row.before => row.after,
        LogKind::Review => match row.grade {
            Some(grade) => {
                Schedule::Known(outcome(&state, card, row.day, &row.policy, grade).after)
            }
            None => state,
        },
    }
}
