//! Study days: integers that start at a chosen hour of local time.
//!
//! Due is always a day, never an instant. A day is worked out from the local wall clock at the
//! moment of asking, so a change to or from daylight saving or a flight never splits a day in two.

use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeZone};
use serde::{Deserialize, Serialize};

/// An instant, with the local offset from UTC at that instant. Only the shells read the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// Milliseconds since 1970-01-01T00:00Z.
    pub utc_ms: i64,
    /// Local time minus UTC, in minutes.
    pub offset_minutes: i32,
}

impl<Zone: TimeZone> From<DateTime<Zone>> for Moment {
    fn from(time: DateTime<Zone>) -> Self {
        Self {
            utc_ms: time.timestamp_millis(),
            offset_minutes: time.offset().fix().local_minus_utc() / 60,
        }
    }
}

/// A study day, as days since 1970-01-01; kept within the years 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StudyDay(i32);

/// How long after the start of a day an answer may still belong to the day before, in ms.
pub const GRACE_MS: i64 = 30 * 60 * 1000;
const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 3_600_000;
/// 0001-01-01 and 9999-12-31.
const RANGE: (i32, i32) = (-719_162, 2_932_896);
/// 1970-01-01 counted from 0001-01-01 as day 1, as chrono does.
const EPOCH_FROM_CE: i32 = 719_163;

impl StudyDay {
    /// A day from its number since 1970-01-01, held to the years 1 to 9999.
    pub fn new(days_since_1970: i32) -> Self {
        Self(days_since_1970.clamp(RANGE.0, RANGE.1))
    }

    /// The study day of a moment, when days start at `start_hour` (0 to 23) local time.
    pub fn of(moment: Moment, start_hour: u8) -> Self {
        let day = local_ms_from_start(moment, start_hour).div_euclid(DAY_MS);
        Self::new(i32::try_from(day).unwrap_or(if day < 0 { RANGE.0 } else { RANGE.1 }))
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day so many days later (or earlier, when negative).
    pub fn plus(self, days: i32) -> Self {
        Self::new(self.0.saturating_add(days))
    }

    /// Days from `earlier` to this day; negative when this day comes first.
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The calendar date on which the day starts.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0 + EPOCH_FROM_CE).unwrap_or_default()
    }

    /// The first and last day of the calendar month that holds this day.
    pub fn month(self) -> (Self, Self) {
        let date = self.date();
        let first = self.plus(1 - i32::try_from(date.day()).unwrap_or(1));
        let length = i32::from(date.num_days_in_month());
        (first, first.plus(length - 1))
    }
}

impl From<NaiveDate> for StudyDay {
    fn from(date: NaiveDate) -> Self {
        Self::new(date.num_days_from_ce() - EPOCH_FROM_CE)
    }
}

/// Milliseconds since the present study day started.
pub fn ms_into_day(moment: Moment, start_hour: u8) -> i64 {
    local_ms_from_start(moment, start_hour).rem_euclid(DAY_MS)
}

/// The study day to which an answer belongs whose card was shown on `shown`; `None` when the day
/// has changed too long ago and the card must be shown anew.
pub fn day_of_answer(shown: StudyDay, now: Moment, start_hour: u8) -> Option<StudyDay> {
    let today = StudyDay::of(now, start_hour);
    let in_grace = today == shown.plus(1) && ms_into_day(now, start_hour) < GRACE_MS;
    (today == shown || in_grace).then_some(shown)
}

fn local_ms_from_start(moment: Moment, start_hour: u8) -> i64 {
    moment
        .utc_ms
        .saturating_add(i64::from(moment.offset_minutes) * MINUTE_MS)
        .saturating_sub(i64::from(start_hour) * HOUR_MS)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(rfc3339: &str) -> Moment {
        DateTime::parse_from_rfc3339(rfc3339).unwrap().into()
    }

    #[rstest]
    #[case::just_before_four("2026-11-21T03:59:59.999-08:00", "2026-11-20")]
    #[case::at_four("2026-11-21T04:00:00-08:00", "2026-11-21")]
    #[case::late_evening("2026-11-21T23:59:00-08:00", "2026-11-21")]
    #[case::spring_forward_before("2026-03-08T01:59:00-08:00", "2026-03-07")]
    #[case::spring_forward_after("2026-03-08T04:00:00-07:00", "2026-03-08")]
    #[case::fall_back_first_half_past_one("2026-11-01T01:30:00-07:00", "2026-10-31")]
    #[case::fall_back_second_half_past_one("2026-11-01T01:30:00-08:00", "2026-10-31")]
    #[case::fall_back_at_four("2026-11-01T04:00:00-08:00", "2026-11-01")]
    #[case::half_hour_zone("2026-11-21T04:00:00+05:30", "2026-11-21")]
    #[case::before_1970("1969-12-31T12:00:00+00:00", "1969-12-31")]
    fn the_day_starts_at_four_local(#[case] moment: &str, #[case] day: &str) {
        assert_eq!(StudyDay::of(at(moment), 4).date().to_string(), day);
    }

    #[rstest]
    fn no_hour_of_the_year_skips_or_repeats_a_day(#[values(0, 1, 2, 3, 4, 23)] start: u8) {
        let mut before: Option<StudyDay> = None;
        let first = at("2026-01-01T00:00:00-08:00").utc_ms;
        let summer = at("2026-03-08T02:00:00-08:00").utc_ms..at("2026-11-01T02:00:00-07:00").utc_ms;
        for quarter in 0..(365 * 96) {
            let utc_ms = first + quarter * 15 * MINUTE_MS;
            let offset_minutes = if summer.contains(&utc_ms) { -7 * 60 } else { -8 * 60 };
            let day = StudyDay::of(Moment { utc_ms, offset_minutes }, start);
            if let Some(before) = before {
                assert!((0..=1).contains(&day.days_since(before)), "{before:?} then {day:?}");
            }
            before = Some(day);
        }
    }

    #[test]
    fn a_flight_west_over_the_date_line_may_repeat_a_day_and_never_loses_one() {
        let tokyo = StudyDay::of(at("2026-11-21T18:00:00+09:00"), 4);
        let honolulu = StudyDay::of(at("2026-11-21T06:00:00-10:00"), 4);
        assert_eq!(tokyo, honolulu);
    }

    #[rstest]
    #[case::same_day("2026-11-21T22:00:00-08:00", true)]
    #[case::just_after_rollover("2026-11-22T04:29:59-08:00", true)]
    #[case::too_late("2026-11-22T04:30:00-08:00", false)]
    #[case::clock_set_back_a_day("2026-11-20T12:00:00-08:00", false)]
    #[case::next_year("2027-11-22T04:10:00-08:00", false)]
    fn an_answer_belongs_to_the_day_of_the_card_shown(#[case] now: &str, #[case] accepted: bool) {
        let shown = StudyDay::from(NaiveDate::from_ymd_opt(2026, 11, 21).unwrap());
        assert_eq!(day_of_answer(shown, at(now), 4), accepted.then_some(shown));
    }

    #[test]
    fn no_number_leaves_the_calendar() {
        for day in [i32::MIN, i32::MAX] {
            let date = StudyDay::new(day).plus(day).date();
            assert!((1..=9999).contains(&date.year()), "{date}");
        }
        for utc_ms in [i64::MIN, i64::MAX] {
            let _ = StudyDay::of(Moment { utc_ms, offset_minutes: 840 }, 4).date();
        }
    }

    #[test]
    fn a_date_and_its_day_are_the_same_thing() {
        let date = NaiveDate::from_ymd_opt(2028, 2, 29).unwrap();
        assert_eq!(StudyDay::from(date).date(), date);
        assert_eq!(StudyDay::new(0).date(), NaiveDate::default());
        let (first, last) = StudyDay::from(date).month();
        assert_eq!((first.date().day(), last.date().day()), (1, 29));
    }
}
