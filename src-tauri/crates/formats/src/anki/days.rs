//! Anki's day numbers, turned into study days.

use std::collections::HashMap;

use cairn_core::day::{Moment, StudyDay};
use serde_json::Value;

use super::Options;
use super::notetypes::whole;

/// What turns a package's day numbers and instants into study days.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    /// Day 0 of the package.
    pub start: StudyDay,
    pub today: StudyDay,
    offset_minutes: i32,
    start_hour: u8,
}

/// No zone is farther from UTC than this, in minutes.
const FARTHEST: i64 = 24 * 60;

impl Days {
    /// `created` is the package's creation time in seconds since 1970.
    ///
    /// Day 0 is the calendar date of the creation in the zone it was made in (`creationOffset`,
    /// minutes west of UTC). Files older than that setting leave the zone open; there, it is the
    /// reader's.
    pub fn new(created: i64, settings: &HashMap<String, Value>, options: &Options) -> Self {
        let west = settings.get("creationOffset").and_then(whole);
        let east = west.map_or(i64::from(options.offset_minutes), i64::saturating_neg);
        let offset_minutes = i32::try_from(east.clamp(-FARTHEST, FARTHEST)).unwrap_or(0);
        let moment = Moment { utc_ms: created.saturating_mul(1000), offset_minutes };
        Self {
            start: StudyDay::of(moment, 0),
            today: options.today,
            offset_minutes: options.offset_minutes,
            start_hour: options.start_hour,
        }
    }

    /// The study day of a day number.
    pub fn day(&self, number: i64) -> StudyDay {
        let days = number.clamp(i64::from(i32::MIN), i64::from(i32::MAX));
        self.start.plus(i32::try_from(days).unwrap_or(0))
    }

    /// The study day of an instant, in milliseconds since 1970.
    pub fn of_ms(&self, utc_ms: i64) -> StudyDay {
        StudyDay::of(Moment { utc_ms, offset_minutes: self.offset_minutes }, self.start_hour)
    }

    /// The zone of the reader, in minutes east of UTC.
    pub fn offset_minutes(&self) -> i32 {
        self.offset_minutes
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    /// 2026-01-05T04:00Z.
    const CREATED: i64 = 1_767_585_600;

    fn days(created: i64, offset: Value, reader_offset: i32) -> Days {
        let options = Options {
            schedules: true,
            today: StudyDay::new(0),
            offset_minutes: reader_offset,
            start_hour: 4,
            keep_media: true,
        };
        Days::new(created, &HashMap::from([("creationOffset".to_owned(), offset)]), &options)
    }

    #[rstest]
    #[case::utc(CREATED, json!(0), 0, "2026-01-05")]
    #[case::new_york(CREATED, json!(300), 0, "2026-01-04")]
    #[case::tokyo(CREATED + 12 * 3600, json!(-540), 0, "2026-01-06")]
    #[case::kept_as_text(CREATED, json!("300"), 0, "2026-01-04")]
    #[case::not_said(CREATED, Value::Null, -300, "2026-01-04")]
    #[case::nonsense(CREATED, json!(i64::MIN), 0, "2026-01-06")]
    fn day_0_is_the_date_of_creation_where_it_was_made(
        #[case] created: i64,
        #[case] offset: Value,
        #[case] reader: i32,
        #[case] date: &str,
    ) {
        let days = days(created, offset, reader);
        assert_eq!(days.day(0).date().to_string(), date);
        assert_eq!(days.day(31).days_since(days.start), 31);
    }

    #[test]
    fn no_number_leaves_the_calendar() {
        for number in [i64::MIN, i64::MAX] {
            let days = days(number, json!(0), 0);
            assert!((1..=9999).contains(&chrono::Datelike::year(&days.day(number).date())));
            let _ = days.of_ms(number);
        }
    }
}
