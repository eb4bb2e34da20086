//! Where a card stands.

use serde::{Deserialize, Serialize};

use crate::day::StudyDay;
use crate::sm2::{MIN_EASE_HUNDREDTHS, Memory};

/// A card's schedule: the fold of its log, cached on the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Schedule {
    /// Never answered, or reset.
    New,
    /// Answered, or given a state outright.
    Known(Known),
}

/// The schedule of a card that is not new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Known {
    /// What SM-2 knows of it.
    pub memory: Memory,
    /// The study day on which it comes next.
    pub due: StudyDay,
    /// The study day of the last answer that scheduled it.
    pub last: StudyDay,
    /// How often it was forgotten after having been remembered (a grade below 3 at n ≥ 1).
    pub lapses: u32,
}

/// Lapses from which a card is called a leech.
const LEECH_LAPSES: u32 = 6;

impl Schedule {
    /// The state that the rule starts from.
    pub fn memory(&self) -> Memory {
        match self {
            Self::New => Memory::START,
            Self::Known(known) => known.memory,
        }
    }

    /// Whether a scheduling answer on `day` would be the second of that study day (or come before
    /// one that was given under a clock in the future). Such an answer is drill.
    pub fn answered_on(&self, day: StudyDay) -> bool {
        matches!(self, Self::Known(known) if known.last >= day)
    }

    /// Whether the card may need rewriting: six lapses, or an ease at its floor.
    pub fn is_leech(&self) -> bool {
        matches!(self, Self::Known(known)
            if known.lapses >= LEECH_LAPSES || known.memory.ease_hundredths <= MIN_EASE_HUNDREDTHS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(lapses: u32, ease_hundredths: u32) -> Schedule {
        let memory = Memory { repetitions: 3, interval_days: 15, ease_hundredths };
        let day = StudyDay::new(100);
        Schedule::Known(Known { memory, due: day.plus(15), last: day, lapses })
    }

    #[test]
    fn a_leech_has_six_lapses_or_the_least_ease() {
        assert!(!Schedule::New.is_leech());
        assert!(!known(5, 131).is_leech());
        assert!(known(6, 250).is_leech());
        assert!(known(0, 130).is_leech());
    }

    #[test]
    fn one_answer_a_day_schedules() {
        let card = known(0, 250);
        assert!(card.answered_on(StudyDay::new(100)));
        assert!(card.answered_on(StudyDay::new(99)), "a day before the last answer");
        assert!(!card.answered_on(StudyDay::new(101)));
        assert!(!Schedule::New.answered_on(StudyDay::new(0)));
    }
}
