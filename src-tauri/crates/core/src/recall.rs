//! Measured recall: how often a card that came back was remembered, and how sure that number is.
//!
//! # Context
//! SM-2 picks dates; it does not estimate recall. So no number here is ever worked out from an ease
//! or an interval: recall is counted from answers, comes with how many they were, and is not told as
//! a number at all while they are few.
//!
//! # Design
//! What counts is the first answer of the day to a card that was due and had been seen before (a row
//! of kind review with a schedule before it); remembered is a grade of 3 or better. The interval is
//! Wilson's, which stays within 0 and 1 and keeps what it promises with few answers and near the
//! ends, where the textbook interval does not.

use serde::{Deserialize, Serialize};

/// Fewer answers than this say too little to be told as a number: even in the middle, the interval
/// would span about half of all there is.
pub const ENOUGH: u32 = 20;

/// The 97.5 % point of the normal distribution: 95 % lie between it and its mirror.
const Z: f64 = 1.959_963_984_540_054;

/// Answers that measured recall, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Recall {
    /// Remembered (grade 3 or better).
    pub right: u32,
    /// Asked.
    pub of: u32,
}

/// A share, with the interval in which it lies with 95 % confidence; all from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// Remembered of those asked.
    pub share: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
}

impl Recall {
    /// Counts one answer.
    pub fn count(&mut self, right: bool) {
        self.of = self.of.saturating_add(1);
        self.right = self.right.saturating_add(u32::from(right));
    }

    /// The share and its interval, or `None` while the answers are too few to say.
    pub fn measured(self) -> Option<Measured> {
        let (low, high) = wilson(self.right, self.of)?;
        let share = f64::from(self.right) / f64::from(self.of);
        (self.of >= ENOUGH).then_some(Measured { share, low, high })
    }
}

/// The 95 % interval of a share by the score method of E. B. Wilson, “Probable inference, the law of
/// succession, and statistical inference”, J. Am. Stat. Assoc. 22 (1927), 209–212, without correction
/// for continuity; `None` where nothing was asked.
pub fn wilson(right: u32, of: u32) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    let n = f64::from(of);
    let share = f64::from(right.min(of)) / n;
    let scale = 1.0 + Z * Z / n;
    let middle = (share + Z * Z / (2.0 * n)) / scale;
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
    // Without rounding the share is never outside; with none or all it is an end itself.
    Some(((middle - half).clamp(0.0, share), (middle + half).clamp(share, 1.0)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    /// R. G. Newcombe, “Two-sided confidence intervals for the single proportion”, Statistics in
    /// Medicine 17 (1998), 857–872, table I, method 3.
    #[rstest]
    #[case(81, 263, 0.2553, 0.3662)]
    #[case(15, 148, 0.0624, 0.1605)]
    #[case(0, 20, 0.0000, 0.1611)]
    #[case(1, 29, 0.0061, 0.1718)]
    fn intervals_are_the_published_ones(
        #[case] right: u32,
        #[case] of: u32,
        #[case] low: f64,
        #[case] high: f64,
    ) {
        let (found_low, found_high) = wilson(right, of).unwrap();
        let near = |found: f64, told: f64| (found - told).abs() < 0.000_05;
        assert!(near(found_low, low) && near(found_high, high), "{found_low} to {found_high}");
    }

    #[rstest]
    #[case::nothing(0, 0, None)]
    #[case::one_short(19, 19, None)]
    #[case::just_enough(15, 20, Some((75, 53, 89)))]
    #[case::all(400, 400, Some((100, 99, 100)))]
    #[case::none(0, 40, Some((0, 0, 9)))]
    fn too_few_give_no_number(
        #[case] right: u32,
        #[case] of: u32,
        #[case] percent: Option<(u32, u32, u32)>,
    ) {
        let round = |part: f64| (part * 100.0).round() as u32;
        let found = Recall { right, of }.measured();
        assert_eq!(found.map(|m| (round(m.share), round(m.low), round(m.high))), percent);
    }

    /// Numbers of which rounding once made the upper end a little less than all.
    #[rstest]
    #[case(9_108)]
    #[case(23_660)]
    #[case(u32::MAX)]
    fn the_ends_of_the_scale_are_reached(#[case] of: u32) {
        let (_, high) = wilson(of, of).unwrap();
        let (low, _) = wilson(0, of).unwrap();
        assert_eq!((low.to_bits(), high.to_bits()), (0.0f64.to_bits(), 1.0f64.to_bits()));
    }

    #[test]
    fn an_answer_counts_once() {
        let mut recall = Recall::default();
        [true, false, true].into_iter().for_each(|right| recall.count(right));
        assert_eq!(recall, Recall { right: 2, of: 3 });
    }

    proptest! {
        #[test]
        fn the_share_lies_within_its_interval(of in 1..1_000_000u32, part in 0.0..=1.0f64) {
            let right = (f64::from(of) * part) as u32;
            let (low, high) = wilson(right, of).unwrap();
            let share = f64::from(right) / f64::from(of);
            prop_assert!(0.0 <= low && low <= share && share <= high && high <= 1.0);
        }

        #[test]
        fn what_was_missed_has_the_mirrored_interval(of in 1..10_000u32, missed in 0..10_000u32) {
            let missed = missed.min(of);
            let (low, high) = wilson(of - missed, of).unwrap();
            let (mirror_low, mirror_high) = wilson(missed, of).unwrap();
            prop_assert!((low + mirror_high - 1.0).abs() < 1e-9, "{low} and {mirror_high}");
            prop_assert!((high + mirror_low - 1.0).abs() < 1e-9, "{high} and {mirror_low}");
        }
    }
}
