//! Every word of a report, one value a language: another language is another file beside `words/en.rs`.

use cairn_core::area::Area;
use cairn_core::day::StudyDay;
use cairn_core::progress::Standing;
use cairn_core::recall::Measured;

mod en;

pub(super) use en::ENGLISH;

/// What stands in the head of a column or beside a number.
pub(super) type Label = &'static str;

/// The words of a language. What takes numbers also knows the forms that they ask for.
pub(super) struct Words {
    /// BCP 47 tag.
    pub(super) language: &'static str,

    // Numbers and days.
    pub(super) number: fn(u64) -> String,
    pub(super) percent: fn(u32) -> String,
    /// A time in milliseconds, in hours and minutes.
    pub(super) time: fn(u64) -> String,
    pub(super) long_date: fn(StudyDay) -> String,
    pub(super) short_date: fn(StudyDay) -> String,
    pub(super) month: fn(StudyDay) -> String,
    pub(super) year: fn(StudyDay) -> String,
    pub(super) on_day: fn(StudyDay) -> String,
    pub(super) in_week_of: fn(StudyDay) -> String,
    pub(super) in_month: fn(StudyDay) -> String,
    pub(super) in_year: fn(StudyDay) -> String,
    /// Sunday first.
    pub(super) weekdays: [Label; 7],
    pub(super) of: fn(u32, u32) -> String,
    pub(super) period: fn(StudyDay, StudyDay) -> String,

    // Head.
    pub(super) title: Label,
    pub(super) made_on: fn(StudyDay) -> String,
    pub(super) made_for: fn(&str) -> String,
    pub(super) exam: fn(StudyDay, i32) -> String,
    pub(super) one_deck: fn(&str) -> String,

    // At a glance.
    pub(super) glance: Label,
    pub(super) days_studied: Label,
    pub(super) days_of: fn(u32) -> String,
    pub(super) time_spent: Label,
    pub(super) time_a_day: fn(u64) -> String,
    pub(super) answers: Label,
    pub(super) answers_hint: Label,
    pub(super) recall: Label,
    pub(super) cards_learned: Label,
    pub(super) also_started: fn(u32) -> String,
    pub(super) cards_started: Label,
    pub(super) cards_known: Label,
    pub(super) of_cards: fn(u32) -> String,
    pub(super) elsewhere: fn(u32) -> String,

    // What there is to say while there is little.
    pub(super) no_cards: Label,
    pub(super) no_answers: fn(u32) -> String,
    pub(super) no_recall: Label,

    // Days of study.
    pub(super) study: Label,
    pub(super) study_chart: fn(Step) -> Label,
    pub(super) study_table: Label,
    pub(super) study_peak: fn(&str, u32) -> String,
    pub(super) step: fn(Step) -> Label,
    pub(super) time_column: Label,
    pub(super) total: Label,

    // Measured recall.
    pub(super) recall_said: fn(u32, u32, Measured) -> String,
    pub(super) recall_few: fn(u32, u32) -> String,
    pub(super) by_area: Label,
    pub(super) by_interval: Label,
    pub(super) by_competency: Label,
    pub(super) competencies_ours: Label,
    pub(super) area: Label,
    pub(super) competency: Label,
    pub(super) interval: Label,
    /// From a day to a day, or without an end.
    pub(super) interval_days: fn(u32, Option<u32>) -> String,
    pub(super) remembered: Label,
    pub(super) share: Label,
    pub(super) range: Label,
    pub(super) from_to: fn(u32, u32) -> String,
    pub(super) drawn: Label,
    pub(super) too_few: Label,
    pub(super) not_asked: Label,
    pub(super) recall_key: Label,

    // Cards.
    pub(super) cards: Label,
    pub(super) cards_said: fn(Standing) -> String,
    pub(super) cairns: Label,
    pub(super) cairns_said: Label,
    pub(super) cairn_title: fn(&str, u32, u32) -> String,
    pub(super) known_of: fn(u32, u32) -> String,
    pub(super) cards_by_area: Label,
    pub(super) cards_by_deck: Label,
    pub(super) deck: Label,
    pub(super) not_started: Label,
    pub(super) getting_known: Label,
    pub(super) known: Label,
    pub(super) set_aside: Label,
    pub(super) all_cards: Label,
    pub(super) parts: Label,
    pub(super) no_area: Label,

    // The days to come.
    pub(super) ahead: Label,
    pub(super) ahead_said: fn(u32, u32) -> String,
    pub(super) ahead_none: Label,
    pub(super) ahead_chart: Label,
    pub(super) ahead_peak: fn(StudyDay, u32) -> String,
    pub(super) ahead_table: Label,
    pub(super) week: Label,
    pub(super) today: Label,
    pub(super) ahead_note: Label,

    // Mock exams.
    pub(super) mocks: Label,
    pub(super) mocks_table: Label,
    pub(super) day: Label,
    pub(super) items_right: Label,
    pub(super) mocks_note: Label,

    // Quoted cards.
    pub(super) missed: Label,
    pub(super) missed_said: Label,
    pub(super) missed_table: Label,
    pub(super) missed_none: Label,
    pub(super) question: Label,
    pub(super) learned: Label,
    pub(super) learned_more: fn(u32) -> String,
    pub(super) learned_none: Label,

    // The end.
    pub(super) guide: Label,
    /// Question and answer.
    pub(super) guide_items: &'static [(Label, Label)],
    pub(super) made_with: fn(&str) -> String,
    pub(super) not_affiliated: Label,

    pub(super) area_name: fn(Area) -> Label,
    /// Names of the competencies, shortened by us, from 1 on.
    pub(super) competency_names: [Label; 17],
    pub(super) competency_other: fn(u8) -> String,
}

impl Words {
    /// The name of a competency by its number.
    pub(super) fn competency_name(&self, number: u8) -> String {
        let place = usize::from(number).checked_sub(1);
        match place.and_then(|place| self.competency_names.get(place)) {
            Some(name) => format!("{number}. {name}"),
            None => (self.competency_other)(number),
        }
    }

    /// The name of an area, or the words for none.
    pub(super) fn area_or_none(&self, area: Option<Area>) -> Label {
        area.map_or(self.no_area, self.area_name)
    }
}

/// The stretch of time for which a column of the chart stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Day,
    Week,
    Month,
    Year,
}
