//! What has been learned in a stretch of days, as plain numbers: what a progress report is made of.
//!
//! # Design
//! `store` counts and `formats` prints; this is where they meet. Days only, no clock times. An
//! answer is a press of a grade here (review, drill, cram or mock); answers given in another program
//! are told apart and measure nothing. What was taken back does not count. An answer to a card that
//! was removed since does: the work was done. Such a card itself does not.

use serde::{Deserialize, Serialize};

use crate::area::Area;
use crate::day::StudyDay;
use crate::recall::Recall;

/// From this interval on a card is called known.
pub const KNOWN_FROM_DAYS: u32 = 21;

/// The longest interval before the answer, in days, of the bands by which recall is told; the last
/// band has no end.
pub const INTERVAL_BANDS: [Option<u32>; 4] = [Some(7), Some(30), Some(90), None];

/// How many days the look ahead has, today being the first.
pub const DAYS_AHEAD: u32 = 30;

/// The band of an interval: a place in [`INTERVAL_BANDS`].
pub fn interval_band(days: u32) -> usize {
    INTERVAL_BANDS.iter().position(|end| end.is_none_or(|end| days <= end)).unwrap_or_default()
}

/// What a person wants to be told about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Range {
    /// First day; that of the first answer where there is none.
    pub from: Option<StudyDay>,
    /// Last day; today where there is none. Never after today.
    pub to: Option<StudyDay>,
    /// Only this deck, by its id or its name.
    pub deck: Option<String>,
    /// Whether cards are quoted.
    pub card_text: bool,
}

/// Study days from `first` to `last`, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Period {
    pub first: StudyDay,
    pub last: StudyDay,
}

impl Period {
    /// How many days it has; at least one.
    pub fn days(self) -> u32 {
        u32::try_from(self.last.days_since(self.first)).unwrap_or(0) + 1
    }
}

/// A day with answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayStudied {
    /// The day.
    pub day: StudyDay,
    /// Answers.
    pub answers: u32,
    /// Time with cards, in milliseconds.
    pub taken_ms: u64,
}

/// How cards stand today; each is counted in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Standing {
    /// Never answered.
    pub not_started: u32,
    /// Answered, with an interval below [`KNOWN_FROM_DAYS`].
    pub getting_known: u32,
    /// With an interval of [`KNOWN_FROM_DAYS`] or more.
    pub known: u32,
    /// Set aside (suspended), whatever they were.
    pub set_aside: u32,
}

impl Standing {
    /// All of them.
    pub fn total(self) -> u32 {
        let Self { not_started, getting_known, known, set_aside } = self;
        not_started.saturating_add(getting_known).saturating_add(known).saturating_add(set_aside)
    }

    /// Counts a card: its interval in days (`None` while it is new), and whether it is set aside.
    pub fn count(&mut self, interval_days: Option<u32>, set_aside: bool) {
        let place = match interval_days {
            _ if set_aside => &mut self.set_aside,
            None => &mut self.not_started,
            Some(days) if days < KNOWN_FROM_DAYS => &mut self.getting_known,
            Some(_) => &mut self.known,
        };
        *place = place.saturating_add(1);
    }
}

/// A deck: how its cards stand, and what was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct DeckProgress {
    pub title: String,
    pub cards: Standing,
    pub recall: Recall,
}

/// An area of the exam, or the cards that name none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct AreaProgress {
    pub area: Option<Area>,
    pub cards: Standing,
    pub recall: Recall,
}

/// A core competency. A card may teach several and counts for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct CompetencyProgress {
    /// 1 to 17.
    pub number: u8,
    pub cards: Standing,
    pub recall: Recall,
}

/// A day to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayAhead {
    /// The day.
    pub day: StudyDay,
    /// Cards that come back on it; new ones not counted.
    pub ready: u32,
}

/// The exam, when its date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamAhead {
    /// Its day.
    pub day: StudyDay,
    /// Days until then; negative when it has passed.
    pub days_left: i32,
}

/// Answers of a mock exam on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MockDay {
    /// The day.
    pub day: StudyDay,
    /// Items answered, and those of them answered right.
    pub items: Recall,
    /// Time taken, in milliseconds.
    pub taken_ms: u64,
}

/// A card that was missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissedCard {
    /// Its question, as plain text.
    pub question: String,
    /// Its deck.
    pub deck: String,
    /// How often it was asked when it was due, and how often it was remembered.
    pub recall: Recall,
}

/// Cards quoted, when that was wished.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Quoted {
    /// Those most often missed in the period, the most first; at most ten.
    pub missed: Vec<MissedCard>,
    /// Questions of cards learned in the period, as plain text, in the order of their decks.
    pub learned: Vec<String>,
    /// How many more were learned than are quoted.
    pub learned_more: u32,
}

/// What has been learned in a period, and how things stand today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The day on which it was told.
    pub today: StudyDay,
    /// The days it tells of.
    pub period: Period,
    /// The deck, when it tells of one alone.
    pub deck: Option<String>,
    /// Days of the period with answers, in order.
    pub days: Vec<DayStudied>,
    /// Cards answered in the period for the first time.
    pub started: u32,
    /// Cards whose interval an answer in the period took to [`KNOWN_FROM_DAYS`] or more.
    pub learned: u32,
    /// Answers in the period that were given in another program; not among the others.
    pub elsewhere: u32,
    /// Measured recall of the period.
    pub recall: Recall,
    /// The same by the interval that the card had; see [`INTERVAL_BANDS`].
    pub recall_by_interval: [Recall; INTERVAL_BANDS.len()],
    /// How all cards stand.
    pub cards: Standing,
    /// The same by deck, in the order of the decks.
    pub decks: Vec<DeckProgress>,
    /// By area, in the order of the exam's pages, cards without one last; only those that have
    /// cards or answers.
    pub areas: Vec<AreaProgress>,
    /// By competency, in order; only those that have cards or answers.
    pub competencies: Vec<CompetencyProgress>,
    /// The days to come, [`DAYS_AHEAD`] of them from today on; what waited longer is in the first.
    pub ahead: Vec<DayAhead>,
    /// The exam, when its date is set.
    pub exam: Option<ExamAhead>,
    /// Days of the period with answers of kind `mock`.
    pub mocks: Vec<MockDay>,
    /// Cards quoted, when that was wished.
    pub quoted: Option<Quoted>,
}

impl Progress {
    /// Answers of the period.
    pub fn answers(&self) -> u32 {
        self.days.iter().fold(0, |sum, day| sum.saturating_add(day.answers))
    }

    /// Time with cards in the period, in milliseconds.
    pub fn taken_ms(&self) -> u64 {
        self.days.iter().fold(0, |sum, day| sum.saturating_add(day.taken_ms))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0, 0)]
    #[case(7, 0)]
    #[case(8, 1)]
    #[case(30, 1)]
    #[case(31, 2)]
    #[case(90, 2)]
    #[case(91, 3)]
    #[case(36_500, 3)]
    fn bands(#[case] days: u32, #[case] band: usize) {
        assert_eq!(interval_band(days), band);
    }

    #[rstest]
    #[case::new(None, false, [1, 0, 0, 0])]
    #[case::young(Some(20), false, [0, 1, 0, 0])]
    #[case::known(Some(21), false, [0, 0, 1, 0])]
    #[case::set_aside(Some(21), true, [0, 0, 0, 1])]
    #[case::new_and_set_aside(None, true, [0, 0, 0, 1])]
    fn a_card_stands_in_one_place(
        #[case] interval: Option<u32>,
        #[case] set_aside: bool,
        #[case] expected: [u32; 4],
    ) {
        let mut standing = Standing::default();
        standing.count(interval, set_aside);
        let Standing { not_started, getting_known, known, set_aside } = standing;
        assert_eq!([not_started, getting_known, known, set_aside], expected);
        assert_eq!(standing.total(), 1);
    }

    #[rstest]
    #[case(10, 10, 1)]
    #[case(10, 16, 7)]
    fn both_ends_count(#[case] first: i32, #[case] last: i32, #[case] days: u32) {
        let period = Period { first: StudyDay::new(first), last: StudyDay::new(last) };
        assert_eq!(period.days(), days);
    }
}
