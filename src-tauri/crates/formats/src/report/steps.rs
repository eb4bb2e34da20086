//! The days of a period, put together into days, weeks, months or years, so that a chart and its
//! table stay readable.

use cairn_core::day::StudyDay;
use cairn_core::progress::{DayStudied, Period};
use chrono::Datelike;

use super::words::Step;

/// Up to so many days of a period, a column stands for the step.
const LONGEST: [(u32, Step); 3] = [(31, Step::Day), (182, Step::Week), (5 * 366, Step::Month)];

/// A stretch of the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its first day within the period.
    pub(super) first: StudyDay,
    /// Days of study in it.
    pub(super) days: u32,
    pub(super) answers: u32,
    pub(super) taken_ms: u64,
}

/// The step that suits a period.
pub(super) fn step(period: Period) -> Step {
    let days = period.days();
    LONGEST.into_iter().find(|(most, _)| days <= *most).map_or(Step::Year, |(_, step)| step)
}

/// The period from its first to its last day, without a gap. `days` are in order and within it.
pub(super) fn stretches(period: Period, days: &[DayStudied], step: Step) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut days = days.iter().peekable();
    let mut first = period.first;
    while first <= period.last {
        let next = next(first, step);
        let mut stretch = Stretch { first, days: 0, answers: 0, taken_ms: 0 };
        while let Some(day) = days.next_if(|day| day.day < next) {
            stretch.days += 1;
            stretch.answers = stretch.answers.saturating_add(day.answers);
            stretch.taken_ms = stretch.taken_ms.saturating_add(day.taken_ms);
        }
        found.push(stretch);
        if next <= first {
            break; // the end of the calendar
        }
        first = next;
    }
    found
}

/// The Sunday on or before a day.
pub(super) fn week_start(day: StudyDay) -> StudyDay {
    day.plus(-weekday(day))
}

/// 0 is Sunday.
pub(super) fn weekday(day: StudyDay) -> i32 {
    i32::try_from(day.date().weekday().num_days_from_sunday()).unwrap_or_default()
}

/// The first day of the next stretch.
fn next(day: StudyDay, step: Step) -> StudyDay {
    match step {
        Step::Day => day.plus(1),
        Step::Week => week_start(day).plus(7),
        Step::Month => day.month().1.plus(1),
        Step::Year => {
            let date = day.date();
            let left = if date.leap_year() { 366 } else { 365 } - date.ordinal0();
            day.plus(i32::try_from(left).unwrap_or(365))
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn day(date: &str) -> StudyDay {
        StudyDay::from(date.parse::<NaiveDate>().unwrap())
    }

    #[rstest]
    #[case::days("2026-11-19", "2026-11-21", &["2026-11-19", "2026-11-20", "2026-11-21"])]
    #[case::weeks("2026-10-01", "2026-11-01", &["2026-10-01", "2026-10-04", "2026-10-11",
        "2026-10-18", "2026-10-25", "2026-11-01"])]
    #[case::months("2026-01-15", "2026-07-20", &["2026-01-15", "2026-02-01", "2026-03-01",
        "2026-04-01", "2026-05-01", "2026-06-01", "2026-07-01"])]
    #[case::years("2023-03-01", "2028-12-31", &["2023-03-01", "2024-01-01", "2025-01-01",
        "2026-01-01", "2027-01-01", "2028-01-01"])]
    fn a_period_is_cut_at_sundays_firsts_and_new_years(
        #[case] first: &str,
        #[case] last: &str,
        #[case] starts: &[&str],
    ) {
        let period = Period { first: day(first), last: day(last) };
        let found = stretches(period, &[], step(period));
        let found: Vec<String> = found.iter().map(|one| one.first.date().to_string()).collect();
        assert_eq!(found, starts);
    }

    #[test]
    fn the_end_of_the_calendar_ends_it() {
        let end = StudyDay::new(i32::MAX);
        for step in [Step::Day, Step::Week, Step::Month, Step::Year] {
            let period = Period { first: end.plus(-3), last: end };
            assert!((1..=4).contains(&stretches(period, &[], step).len()));
        }
    }

    proptest! {
        #[test]
        fn no_answer_is_lost(
            first in 0..40_000i32,
            length in 0..3000i32,
            studied in prop::collection::btree_map(0..3000i32, 1..99u32, 0..40),
        ) {
            let period =
                Period { first: StudyDay::new(first), last: StudyDay::new(first + length) };
            let days: Vec<DayStudied> = studied
                .into_iter()
                .filter(|(on, _)| *on <= length)
                .map(|(on, answers)| DayStudied { day: period.first.plus(on), answers, taken_ms: 7 })
                .collect();
            let found = stretches(period, &days, step(period));
            let answers = |days: &[DayStudied]| days.iter().map(|day| day.answers).sum::<u32>();
            prop_assert_eq!(found.iter().map(|one| one.answers).sum::<u32>(), answers(&days));
            prop_assert_eq!(found.iter().map(|one| one.days).sum::<u32>() as usize, days.len());
            prop_assert!(found.len() <= 62, "{} columns", found.len());
        }
    }
}
