//! Shares as people read them.

use cairn_core::recall::Measured;

/// A share in whole percent. 0 means none and 100 means all, and nothing else rounds to them.
pub(super) fn percent(share: f64) -> u32 {
    let rounded = (share * 100.0).round().clamp(0.0, 100.0);
    let rounded = if share > 0.0 { rounded.max(1.0) } else { 0.0 };
    (if share < 1.0 { rounded.min(99.0) } else { 100.0 }) as u32
}

/// Share, lower end and upper end in whole percent.
pub(super) fn percents(measured: Measured) -> (u32, u32, u32) {
    (percent(measured.share), percent(measured.low), percent(measured.high))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0.0, 0)]
    #[case(0.001, 1)]
    #[case(0.864, 86)]
    #[case(0.865, 87)]
    #[case(0.999, 99)]
    #[case(1.0, 100)]
    fn only_all_is_a_hundred_and_only_none_is_nothing(#[case] share: f64, #[case] expected: u32) {
        assert_eq!(percent(share), expected);
    }
}
