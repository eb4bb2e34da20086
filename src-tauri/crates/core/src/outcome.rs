//! What each grade would do to a card, worked out before the person presses anything.
//!
//! The label on the button, the row in the log and the new due day are one value: an [`Outcome`].

use uuid::Uuid;

use crate::day::StudyDay;
use crate::grade::Grade;
use crate::policy::Policy;
use crate::schedule::{Known, Schedule};
use crate::sm2::{MAX_INTERVAL_DAYS, Memory};
use crate::{fuzz, late, sm2};

/// The effect of one grade on one card on one study day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The grade.
    pub grade: Grade,
    /// The schedule afterwards.
    pub after: Known,
    /// Days by which the answer was late.
    pub late_days: u32,
    /// Days by which the due day was moved.
    pub fuzz_days: i32,
    /// Whether the card comes once more today.
    pub drill_today: bool,
}

impl Outcome {
    /// The interval of the rule, before fuzz, in days.
    pub fn interval_days(&self) -> u32 {
        self.after.memory.interval_days
    }
}

/// The outcome of every grade, 0 to 5, for an answer on `today`.
pub fn outcomes(schedule: &Schedule, card: Uuid, today: StudyDay, policy: &Policy) -> [Outcome; 6] {
    Grade::ALL.map(|grade| outcome(schedule, card, today, policy, grade))
}

/// The outcome of one grade: late credit, the rule with its maximum, fuzz, in this order.
pub fn outcome(
    schedule: &Schedule,
    card: Uuid,
    today: StudyDay,
    policy: &Policy,
    grade: Grade,
) -> Outcome {
    let memory = schedule.memory();
    let late_days = late_days(schedule, today);
    let base = if policy.late_credit {
        late::base_interval(memory.interval_days, late_days, grade)
    } else {
        memory.interval_days
    };
    let max_days = policy.max_interval_days.clamp(1, MAX_INTERVAL_DAYS);
    let after = sm2::next(memory, grade, base, max_days);
    let fuzz_days = if policy.fuzz {
        fuzz::days(after.interval_days, card, memory.repetitions, max_days)
    } else {
        0
    };
    let days = i32::try_from(after.interval_days).unwrap_or(i32::MAX).saturating_add(fuzz_days);
    Outcome {
        grade,
        after: Known {
            memory: after,
            due: today.plus(days),
            last: today,
            lapses: lapses(schedule, memory, grade),
        },
        late_days,
        fuzz_days,
        drill_today: policy.drill.wants(grade),
    }
}

/// Days from the due day to `today`; 0 when not yet due, new, or under a clock set back.
fn late_days(schedule: &Schedule, today: StudyDay) -> u32 {
    match schedule {
        Schedule::New => 0,
        Schedule::Known(known) => u32::try_from(today.days_since(known.due)).unwrap_or(0),
    }
}

fn lapses(schedule: &Schedule, before: Memory, grade: Grade) -> u32 {
    let earlier = match schedule {
        Schedule::New => 0,
        Schedule::Known(known) => known.lapses,
    };
    let lapsed = !grade.is_pass() && before.repetitions >= 1;
    earlier.saturating_add(u32::from(lapsed))
}
