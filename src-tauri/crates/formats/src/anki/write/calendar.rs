//! Study days as Anki's day numbers.
//!
//! # Design
//! Anki counts days from the day on which a collection was made, in the zone it was made in. A package
//! of ours was "made" on a day before all that is due in it, at the hour at which our days start, in
//! the zone of whoever exports: so Anki finds the number of today that we find, and each due day is the
//! one that we have.

use cairn_core::day::{Moment, StudyDay};
use cairn_core::package::Package;
use cairn_core::schedule::Schedule;

use super::WriteOptions;

/// No package was made before: 2001-01-01.
const FIRST: i32 = 11_323;

/// What turns study days into day numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    pub now: Moment,
    pub today: StudyDay,
    /// Day 0.
    start: StudyDay,
    pub start_hour: u8,
}

impl Calendar {
    pub fn new(package: &Package, options: &WriteOptions) -> Self {
        let WriteOptions { now, start_hour, progress } = *options;
        let today = StudyDay::of(now, start_hour);
        let mut start = today;
        if progress {
            let notes = package.decks.iter().flat_map(|deck| &deck.notes);
            for card in notes.flat_map(|note| &note.cards) {
                if let Schedule::Known(known) = card.schedule {
                    start = start.min(known.due);
                }
            }
        }
        let start = start.max(StudyDay::new(FIRST)).min(today).plus(-1);
        Self { now, today, start, start_hour }
    }

    /// The number of a study day; below 0 for what is older than any collection.
    pub fn number(&self, day: StudyDay) -> i64 {
        i64::from(day.days_since(self.start))
    }

    /// When day 0 starts, in seconds since 1970.
    pub fn created(&self) -> i64 {
        i64::from(self.start.number()) * 86_400 + i64::from(self.start_hour) * 3600
            - i64::from(self.now.offset_minutes) * 60
    }

    pub fn now_seconds(&self) -> i64 {
        self.now.utc_ms.div_euclid(1000)
    }
}
