//! Credit for remembering a card that was answered after its day.
//!
//! SM-2's text is silent on lateness. Whoever remembers a card for longer than asked has shown a
//! longer interval, up to a cap, which avoids a cliff between Hard and Good.

use crate::grade::Grade;

/// The interval that the rule multiplies, in days, for an answer `late_days` after the due day.
///
/// Good and Easy count the whole lateness, up to twice the interval; Hard a quarter of that;
/// a failure none. Never less than `interval_days`.
pub fn base_interval(interval_days: u32, late_days: u32, grade: Grade) -> u32 {
    let counted = late_days.min(interval_days.saturating_mul(2));
    match grade.value() {
        4.. => interval_days.saturating_add(counted),
        3 => interval_days.saturating_add(counted / 4),
        _ => interval_days,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::on_time(6, 0, Grade::GOOD, 6)]
    #[case::late_good(6, 5, Grade::GOOD, 11)]
    #[case::late_easy_counts_like_good(6, 5, Grade::EASY, 11)]
    #[case::late_hard_a_quarter_rounded_down(6, 11, Grade::HARD, 8)]
    #[case::capped_at_twice_the_interval(6, 60, Grade::GOOD, 18)]
    #[case::cap_applies_before_the_quarter(6, 60, Grade::HARD, 9)]
    #[case::failure_gets_none(6, 60, Grade::AGAIN, 6)]
    #[case::no_overflow(u32::MAX, u32::MAX, Grade::EASY, u32::MAX)]
    fn credit(#[case] interval: u32, #[case] late: u32, #[case] grade: Grade, #[case] base: u32) {
        assert_eq!(base_interval(interval, late, grade), base);
    }
}
