//! The way back after an absence: spreading what has piled up, without rewriting a date.

/// An offer to see so many cards a day until the pile is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer {
    /// Ready cards a day.
    pub per_day: u32,
    /// Days until the pile is gone, if nothing were added.
    pub days: u32,
}

/// From how many ready cards on an offer is made, whatever happened before.
const LARGE: u32 = 100;
/// From how many on it is made after days away.
const LARGE_AFTER_ABSENCE: u32 = 40;
/// What counts as days away.
const ABSENCE_DAYS: i32 = 3;
const SPREAD_DAYS: u32 = 7;
const LEAST_PER_DAY: u32 = 20;

/// Whether to offer to spread `ready` cards, and how: over about a week, in steps of five.
pub fn offer(ready: u32, days_away: i32) -> Option<Offer> {
    let threshold = if days_away >= ABSENCE_DAYS { LARGE_AFTER_ABSENCE } else { LARGE };
    if ready < threshold {
        return None;
    }
    let per_day = ready.div_ceil(SPREAD_DAYS).next_multiple_of(5).max(LEAST_PER_DAY);
    Some(Offer { per_day, days: ready.div_ceil(per_day) })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::few(39, 30, None)]
    #[case::a_missed_week(60, 7, Some((20, 3)))]
    #[case::no_absence_no_offer(60, 0, None)]
    #[case::large_anyway(300, 0, Some((45, 7)))]
    #[case::a_missed_year(1000, 365, Some((145, 7)))]
    fn offers(#[case] ready: u32, #[case] away: i32, #[case] expected: Option<(u32, u32)>) {
        assert_eq!(offer(ready, away).map(|o| (o.per_day, o.days)), expected);
    }
}
