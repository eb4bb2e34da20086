//! Dates and times in ISO 8601, without a detour over a formatter.

const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
/// 1970-01-01 counted from 0000-03-01.
const EPOCH_FROM_MARCH_0: i64 = 719_468;
/// Days in 400 years.
const ERA_DAYS: i64 = 146_097;
/// 0001-01-01 and 9999-12-31, counted from 1970-01-01.
const RANGE: (i64, i64) = (-719_162, 2_932_896);

/// The date of a day counted from 1970-01-01, held to the years 1 to 9999.
///
/// Source: H. Hinnant, *chrono-Compatible Low-Level Date Algorithms*, `civil_from_days`.
pub(super) fn date(day: i64) -> [u8; 10] {
    let shifted = day.clamp(RANGE.0, RANGE.1) + EPOCH_FROM_MARCH_0;
    let (era, of_era) = (shifted.div_euclid(ERA_DAYS), shifted.rem_euclid(ERA_DAYS));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let mut text = *b"0000-00-00";
    put(&mut text[0..4], year);
    put(&mut text[5..7], month);
    put(&mut text[8..10], day);
    text
}

/// Local day (counted from 1970-01-01) of a moment, and its time with the offset, such as
/// `T12:00:03-08:00`.
pub(super) fn local(utc_ms: i64, offset_minutes: i32) -> (i64, [u8; 15]) {
    let local = utc_ms.saturating_add(i64::from(offset_minutes) * MINUTE_MS);
    let seconds = local.rem_euclid(DAY_MS) / 1000;
    let offset = i64::from(offset_minutes);
    let mut text = *b"T00:00:00+00:00";
    put(&mut text[1..3], seconds / 3600);
    put(&mut text[4..6], seconds / 60 % 60);
    put(&mut text[7..9], seconds % 60);
    if offset < 0 {
        text[9] = b'-';
    }
    put(&mut text[10..12], offset.abs() / 60 % 100);
    put(&mut text[13..15], offset.abs() % 60);
    (local.div_euclid(DAY_MS), text)
}

/// Writes the last digits of a number that is not negative.
fn put(place: &mut [u8], number: i64) {
    let mut left = number;
    for digit in place.iter_mut().rev() {
        *digit = b'0' + u8::try_from(left % 10).unwrap_or_default();
        left /= 10;
    }
}

#[cfg(test)]
mod tests {
    use cairn_core::day::StudyDay;
    use chrono::{DateTime, FixedOffset};
    use proptest::prelude::*;

    use super::*;

    fn text(bytes: &[u8]) -> &str {
        std::str::from_utf8(bytes).unwrap()
    }

    fn moment(utc_ms: i64, offset: i32) -> String {
        let (day, clock) = local(utc_ms, offset);
        text(&date(day)).to_owned() + text(&clock)
    }

    proptest! {
        #[test]
        fn a_date_is_that_of_the_calendar(day in i32::MIN..i32::MAX) {
            let day = StudyDay::new(day);
            let written = date(i64::from(day.number()));
            prop_assert_eq!(text(&written), day.date().to_string());
        }

        #[test]
        fn dates_of_a_lifetime(day in -40_000i32..60_000) {
            let written = date(i64::from(day));
            prop_assert_eq!(text(&written), StudyDay::new(day).date().to_string());
        }

        #[test]
        fn a_moment_is_read_back(utc_s in 0i64..4_000_000_000, offset in -840..=840) {
            let zone = FixedOffset::east_opt(offset * 60).unwrap();
            let written = moment(utc_s * 1000 + 999, offset);
            let read = DateTime::parse_from_rfc3339(&written).unwrap();
            prop_assert_eq!(read.timestamp(), utc_s);
            prop_assert_eq!(read.offset(), &zone);
        }

        #[test]
        fn no_number_leaves_the_calendar(utc_ms in any::<i64>(), offset in any::<i32>()) {
            let written = moment(utc_ms, offset);
            prop_assert!(written.is_ascii() && written.len() == 25);
        }
    }
}
