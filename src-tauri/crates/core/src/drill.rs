//! The drill: what was hard today comes again today, until it sits.
//!
//! SM-2 repeats every item graded below 4 on the same day until it gets 4 or more. The drill never
//! changes a schedule, and ends with the study day.

use serde::{Deserialize, Serialize};

use crate::grade::Grade;

/// Which grades send a card into today's drill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum DrillRule {
    /// Below 4, as published.
    BelowGood,
    /// Below 3 only.
    Failures,
    /// None.
    Off,
}

/// Other cards that pass before a card of the drill comes again…
const CARDS_BETWEEN: u32 = 5;
/// …or the time that passes, whichever comes first, in milliseconds.
const WAIT_MS: i64 = 60_000;

impl DrillRule {
    /// Whether a card with this as its last grade of the day is in the drill.
    pub fn wants(self, grade: Grade) -> bool {
        match self {
            Self::BelowGood => grade < Grade::GOOD,
            Self::Failures => !grade.is_pass(),
            Self::Off => false,
        }
    }
}

/// Whether a card of the drill may come again, after so many answers to other cards and so many
/// milliseconds. A clock set back counts as time that has passed: nobody waits for a clock.
pub fn is_rested(cards_since: u32, ms_since: i64) -> bool {
    cards_since >= CARDS_BETWEEN || !(0..WAIT_MS).contains(&ms_since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_says_which_grades_come_again() {
        let wanted = |rule: DrillRule| Grade::ALL.map(|grade| rule.wants(grade));
        assert_eq!(wanted(DrillRule::BelowGood), [true, true, true, true, false, false]);
        assert_eq!(wanted(DrillRule::Failures), [true, true, true, false, false, false]);
        assert_eq!(wanted(DrillRule::Off), [false; 6]);
    }

    #[test]
    fn five_other_cards_or_a_minute() {
        assert!(!is_rested(4, 59_999));
        assert!(is_rested(5, 0));
        assert!(is_rested(0, 60_000));
        assert!(is_rested(0, -1));
    }
}
