//! English.

use cairn_core::area::Area;
use cairn_core::day::StudyDay;
use cairn_core::recall::ENOUGH;
use chrono::Datelike;

use super::{Step, Words};
use crate::report::number::percents;

pub(in crate::report) static ENGLISH: Words = Words {
    language: "en",

    number,
    percent: |of_hundred| format!("{of_hundred}\u{a0}%"),
    time,
    long_date,
    short_date: |day| day.date().format("%b %-d").to_string(),
    month: |day| day.date().format("%B %Y").to_string(),
    year: |day| day.date().format("%Y").to_string(),
    on_day: |day| format!("on {}", short(day)),
    in_week_of: |day| format!("in the week of {}", short(day)),
    in_month: |day| format!("in {}", day.date().format("%B %Y")),
    in_year: |day| format!("in {}", day.date().format("%Y")),
    weekdays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
    of: |part, all| format!("{} of {}", num(part), num(all)),
    period,

    title: "Progress report",
    made_on: |day| format!("Made on {}", long_date(day)),
    made_for: |name| format!("Progress report: {name}"),
    exam: |day, days| format!("Exam {}: {}", exam_in(days), long_date(day)),
    one_deck: |deck| format!("Only the deck “{deck}”"),

    glance: "At a glance",
    days_studied: "Days of study",
    days_of: |days| format!("of {}", counted(days, "day", "days")),
    time_spent: "Time with cards",
    time_a_day: |ms| {
        let about = if ms < HALF_A_MINUTE { "" } else { "about " };
        format!("{about}{} on a day of study", time(ms))
    },
    answers: "Answers",
    answers_hint: "first looks, reviews and repeats",
    recall: "Measured recall",
    cards_learned: "Cards learned",
    also_started: |cards| format!("{} started", num(cards)),
    cards_started: "Cards started",
    cards_known: "Cards known today",
    of_cards: |cards| format!("of {}", counted(cards, "card", "cards")),
    elsewhere: |answers| {
        let answers = counted(answers, "more answer was", "more answers were");
        format!("{answers} given in another program in these days; not counted here.")
    },

    no_cards: "There are no cards here yet. Once some have been brought in and studied, this page \
               shows on how many days, in how much time, and how much was remembered.",
    no_answers: |cards| {
        let wait = counted(cards, "card is here and waits", "cards are here and wait");
        format!("No cards were answered in these days. {wait}.")
    },
    no_recall: "Recall is measured when a card comes back on a later day. In these days none has \
                come back yet, so there is nothing to measure: the first look at a card is reading, \
                not remembering.",

    study: "Days of study",
    study_chart: |step| match step {
        Step::Day => "Answers a day",
        Step::Week => "Answers a week",
        Step::Month => "Answers a month",
        Step::Year => "Answers a year",
    },
    study_table: "Days of study, answers and time",
    study_peak: |when, answers| {
        format!("The most: {} {when}.", counted(answers, "answer", "answers"))
    },
    step: |step| match step {
        Step::Day => "Day",
        Step::Week => "Week of",
        Step::Month => "Month",
        Step::Year => "Year",
    },
    time_column: "Time",
    total: "Total",

    recall_said: |right, of, measured| {
        let (share, low, high) = percents(measured);
        format!(
            "When a card came back on a later day, it was remembered {} of {}: {share}\u{a0}%. With \
             95\u{a0}% confidence, the share lies between {low} and {high}\u{a0}%.",
            num(right),
            counted(of, "time", "times"),
        )
    },
    recall_few: |right, of| {
        format!(
            "When a card came back on a later day, it was remembered {} of {}. That is too few to \
             give a share: from {ENOUGH} on there is one.",
            num(right),
            counted(of, "time", "times"),
        )
    },
    by_area: "Recall by exam area",
    by_interval: "Recall by how long the card had waited",
    by_competency: "Recall by core competency",
    competencies_ours: "The 17 competencies are published; the short names are ours. A card may \
                        teach several and counts for each of them.",
    area: "Area",
    competency: "Competency",
    interval: "Interval of the card",
    interval_days: |from, to| match to {
        Some(to) => format!("{from} to {to} days"),
        None => format!("more than {} days", from.saturating_sub(1)),
    },
    remembered: "Remembered",
    share: "Share",
    range: "95\u{a0}% interval",
    from_to: |low, high| format!("{low} to {high}\u{a0}%"),
    drawn: "From 0 to 100\u{a0}%",
    too_few: "too few",
    not_asked: "not asked yet",
    recall_key: "The dot is the measured share; the bar is the interval in which it lies with \
                 95\u{a0}% confidence. A long bar means few answers.",

    cards: "Cards",
    cards_said: |cards| {
        let all = counted(cards.total(), "card", "cards");
        let getting = counted(cards.getting_known, "is", "are");
        match (cards.known, cards.getting_known) {
            (0, 0) => format!("{all} to get to know."),
            (0, _) => format!("Of {all}, {getting} getting known today."),
            (known, _) => {
                let known = counted(known, "is", "are");
                format!("Of {all}, {known} known and {getting} getting known today.")
            }
        }
    },
    cairns: "Cards known by exam area.",
    cairns_said: "A full pile has six stones; a stone is about a sixth of the area’s cards.",
    cairn_title: |area, known, all| format!("{area}: {} of {} known", num(known), num(all)),
    known_of: |known, all| format!("{} of {} known", num(known), num(all)),
    cards_by_area: "Cards by exam area today",
    cards_by_deck: "Cards by deck today",
    deck: "Deck",
    not_started: "Not started",
    getting_known: "Getting known",
    known: "Known",
    set_aside: "Set aside",
    all_cards: "All",
    parts: "As a bar",
    no_area: "No area named",

    ahead: "The next 30 days",
    ahead_said: |ready, busiest| {
        let comes = counted(ready, "card comes", "cards come");
        match ready {
            1 => format!("{comes} back in the next 30 days."),
            _ => format!("{comes} back in the next 30 days, at most {} on one day.", num(busiest)),
        }
    },
    ahead_none: "No card is due to come back in the next 30 days.",
    ahead_chart: "Cards that come back, by day",
    ahead_peak: |day, ready| {
        format!("The most: {} on {}.", counted(ready, "card", "cards"), short(day))
    },
    ahead_table: "Cards that come back, week by week",
    week: "Week of",
    today: "today",
    ahead_note: "New cards come on top, and a card answered in these days may come back within \
                 them, so the days will hold more than this. Cards that have waited are in today.",

    mocks: "Mock exams",
    mocks_table: "Mock exams, by day",
    day: "Day",
    items_right: "Items right",
    mocks_note: "The exam’s own pass mark is not published, so none is given here.",

    missed: "Cards most often missed",
    missed_said: "Missed at least twice in these days. Missing a card is how one finds out which to \
                  look at again.",
    missed_table: "Cards missed, the most often missed first",
    missed_none: "No card was missed more than once in these days.",
    question: "Question",
    learned: "Cards learned in these days",
    learned_more: |more| format!("and {} more", num(more)),
    learned_none: "No card reached an interval of three weeks in these days.",

    guide: "How to read this",
    guide_items: &[
        (
            "What is measured recall?",
            "Cairn shows a card again after days or weeks. The first answer on such a day shows \
             whether it was remembered; the person says so, or picks from options. Measured recall \
             is the share of these answers that were right. The first look at a card and repeats on \
             the same day are left out. Nothing is estimated: each number was counted, and how many \
             answers it rests on stands beside it.",
        ),
        (
            "What is the 95\u{a0}% interval?",
            "Chance makes every count a little too high or too low. The interval says how far off it \
             may well be (Wilson’s method). With fewer than 20 answers no share is given.",
        ),
        (
            "Does this foretell the exam?",
            "No. It tells how well these cards were remembered. The exam asks other questions. How \
             much each area counts in the exam and what score passes are not published, so all areas \
             stand side by side and nothing here is a pass mark.",
        ),
        (
            "What do the words for cards mean?",
            "Each card comes back after an interval that grows when it is remembered. Getting known: \
             answered, with an interval below 21 days. Known: 21 days or more. Learned: an answer in \
             these days took the card to 21 days or more. Set aside: the person has taken it out for \
             now.",
        ),
        (
            "What are days and time?",
            "A day of study is a day with at least one answer; breaks are part of learning and are \
             not held against anyone. Time runs while a card is on the screen. Answers that were \
             taken back do not count.",
        ),
    ],
    made_with: |version| format!("Made with Cairn {version} on the person’s own computer."),
    not_affiliated: "Not affiliated with CalMHSA, DHCS, HumRRO or Pearson VUE.",

    area_name: |area| match area {
        Area::Ar => "Administrative Responsibilities",
        Area::Bf => "Behavioral Health Foundations",
        Area::Is => "Interpersonal Skills",
        Area::Rs => "Recovery Support",
        Area::Ad => "Advocacy",
        Area::Ci => "Community Inclusion",
        Area::Rl => "Resource Linkage",
        Area::Cm => "Crisis Management",
    },
    competency_names: [
        "Hope, recovery and wellness",
        "The role of advocacy",
        "The role of consumers and family members",
        "Psychiatric rehabilitation, service delivery and addiction recovery",
        "Cultural and structural competence",
        "Trauma-informed care",
        "Group facilitation",
        "Self-awareness and self-care",
        "Co-occurring mental health and substance use disorders",
        "Conflict resolution",
        "Professional boundaries and ethics",
        "Preparation for employment",
        "Safety and crisis planning",
        "Navigation of, and referral to, other services",
        "Documentation skills and standards",
        "Confidentiality",
        "Digital literacy",
    ],
    competency_other: |number| format!("Competency {number}"),
};

fn number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

fn num(value: u32) -> String {
    number(value.into())
}

fn counted(count: u32, one: &str, other: &str) -> String {
    format!("{} {}", num(count), if count == 1 { one } else { other })
}

/// In milliseconds.
const HALF_A_MINUTE: u64 = 30_000;

/// To the minute; a little is “under a minute”.
fn time(ms: u64) -> String {
    let minutes = ms.saturating_add(HALF_A_MINUTE) / (2 * HALF_A_MINUTE);
    match (minutes / 60, minutes % 60) {
        (0, 0) => "under a minute".to_owned(),
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{} h", number(hours)),
        (hours, minutes) => format!("{} h {minutes} min", number(hours)),
    }
}

fn long_date(day: StudyDay) -> String {
    day.date().format("%B %-d, %Y").to_string()
}

fn short(day: StudyDay) -> String {
    day.date().format("%B %-d").to_string()
}

fn period(first: StudyDay, last: StudyDay) -> String {
    match first.date().year() == last.date().year() {
        _ if first == last => long_date(first),
        true => format!("{} to {}", short(first), long_date(last)),
        false => format!("{} to {}", long_date(first), long_date(last)),
    }
}

fn exam_in(days: i32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2.. => format!("in {days} days"),
        -1 => "yesterday".to_owned(),
        _ => format!("{} days ago", days.unsigned_abs()),
    }
}
