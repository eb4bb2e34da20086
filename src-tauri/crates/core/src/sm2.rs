//! The SM-2 rule, after the text, in integers.
//!
//! Source: P. A. Wozniak, *Optimization of learning*, 1990, and the SuperMemo page "SuperMemo 2:
//! Algorithm". Where the text and the SuperMemo 2 program disagree, the text is followed:
//! the interval is multiplied by the **new** ease, rounded up, and a failure leaves the ease alone.

use serde::{Deserialize, Serialize};

use crate::grade::Grade;

/// Written into every row of the log, so that a later rule never rewrites an older answer.
pub const RULE_ID: &str = "sm2-text-1";
/// The ease never falls below this, in hundredths.
pub const MIN_EASE_HUNDREDTHS: u32 = 130;
/// Ease of a card never answered, in hundredths.
pub const START_EASE_HUNDREDTHS: u32 = 250;
/// No interval is ever longer than this, whatever the settings say; a hundred years.
pub const MAX_INTERVAL_DAYS: u32 = 36_500;
/// Interval after the first pass in a row, in days.
const FIRST_INTERVAL_DAYS: u32 = 1;
/// Interval after the second pass in a row, in days.
const SECOND_INTERVAL_DAYS: u32 = 6;

/// What the rule knows of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Memory {
    /// Passes in a row.
    pub repetitions: u32,
    /// Interval in days, not fuzzed.
    pub interval_days: u32,
    /// Ease in hundredths, at least 130.
    pub ease_hundredths: u32,
}

impl Memory {
    /// A card that was never answered.
    pub const START: Self =
        Self { repetitions: 0, interval_days: 0, ease_hundredths: START_EASE_HUNDREDTHS };
}

/// The state after an answer.
///
/// `base_interval_days` stands in for the interval in the multiplication (late credit may have
/// raised it); `max_interval_days` caps the result and is itself held to 1 ..= 36,500.
pub fn next(
    memory: Memory,
    grade: Grade,
    base_interval_days: u32,
    max_interval_days: u32,
) -> Memory {
    if !grade.is_pass() {
        return Memory { repetitions: 0, interval_days: FIRST_INTERVAL_DAYS, ..memory };
    }
    let ease_hundredths = ease_after_pass(memory.ease_hundredths, grade);
    let repetitions = memory.repetitions.saturating_add(1);
    let interval_days = match repetitions {
        1 => FIRST_INTERVAL_DAYS,
        2 => SECOND_INTERVAL_DAYS,
        _ => multiply_rounding_up(base_interval_days, ease_hundredths),
    };
    let cap = max_interval_days.clamp(1, MAX_INTERVAL_DAYS);
    Memory { repetitions, interval_days: interval_days.clamp(1, cap), ease_hundredths }
}

/// EF' = EF + (0.1 − (5 − q)(0.08 + (5 − q)·0.02)), in hundredths, for the three passes.
fn ease_after_pass(ease_hundredths: u32, grade: Grade) -> u32 {
    let changed = match grade.value() {
        5 => ease_hundredths.saturating_add(10),
        3 => ease_hundredths.saturating_sub(14),
        _ => ease_hundredths,
    };
    changed.max(MIN_EASE_HUNDREDTHS)
}

fn multiply_rounding_up(days: u32, ease_hundredths: u32) -> u32 {
    let product = (u64::from(days) * u64::from(ease_hundredths)).div_ceil(100);
    u32::try_from(product).unwrap_or(u32::MAX)
}
