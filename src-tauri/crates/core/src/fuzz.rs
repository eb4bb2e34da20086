//! A few percent of spread, so that cards learned together do not stay together.

use uuid::Uuid;

use crate::hash;

/// Intervals below this are left alone, and none is moved below it, in days.
const MIN_DAYS: u32 = 3;
/// Widest move, in percent of the interval.
const PERCENT: i64 = 5;
const PERMILLE: i64 = 1000;

/// By how many days to move the due day of an interval, negative for earlier.
///
/// The draw hangs on the card and its repetitions *before* the answer alone, so it is the same for
/// all outcomes and keeps their order. The result never takes the interval under 3 days or over
/// `max_interval_days`.
pub fn days(interval_days: u32, card: Uuid, repetitions: u32, max_interval_days: u32) -> i32 {
    if interval_days < MIN_DAYS {
        return 0;
    }
    let draw =
        i64::try_from(hash::mix(card, u64::from(repetitions)) % 2001).unwrap_or(0) - PERMILLE;
    let interval = i64::from(interval_days);
    let moved = interval + round_half_up(interval * PERCENT * draw, 100 * PERMILLE);
    let held = moved.clamp(i64::from(MIN_DAYS), i64::from(max_interval_days.max(MIN_DAYS)));
    i32::try_from(held - interval).unwrap_or(0)
}

/// Monotone rounding of a quotient, so that a longer interval never lands before a shorter one.
fn round_half_up(numerator: i64, denominator: i64) -> i64 {
    (2 * numerator + denominator).div_euclid(2 * denominator)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(interval: u32) -> (i32, i32) {
        let all: Vec<i32> =
            (0..5000).map(|n| days(interval, Uuid::from_u128(n), 3, 36_500)).collect();
        (*all.iter().min().unwrap(), *all.iter().max().unwrap())
    }

    #[test]
    fn short_intervals_stay_and_long_ones_move_by_a_twentieth() {
        assert_eq!([1, 2, 3, 6].map(spread), [(0, 0); 4]);
        assert_eq!(spread(15), (-1, 1));
        assert_eq!(spread(100), (-5, 5));
    }

    #[test]
    fn the_maximum_holds() {
        for n in 0..500 {
            assert!(days(100, Uuid::from_u128(n), 3, 100) <= 0);
        }
    }
}
