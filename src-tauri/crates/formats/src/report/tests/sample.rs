//! Progress as the store would tell it.

use cairn_core::area::Area;
use cairn_core::day::StudyDay;
use cairn_core::progress::*;
use cairn_core::recall::Recall;
use chrono::NaiveDate;

pub(super) fn today() -> StudyDay {
    StudyDay::from(NaiveDate::from_ymd_opt(2026, 11, 21).unwrap())
}

fn ahead(ready: impl Fn(i32) -> u32) -> Vec<DayAhead> {
    (0..30).map(|day| DayAhead { day: today().plus(day), ready: ready(day) }).collect()
}

pub(super) fn empty() -> Progress {
    Progress {
        today: today(),
        period: Period { first: today(), last: today() },
        deck: None,
        days: Vec::new(),
        started: 0,
        learned: 0,
        elsewhere: 0,
        recall: Recall::default(),
        recall_by_interval: [Recall::default(); 4],
        cards: Standing::default(),
        decks: Vec::new(),
        areas: Vec::new(),
        competencies: Vec::new(),
        ahead: ahead(|_| 0),
        exam: None,
        mocks: Vec::new(),
        quoted: None,
    }
}

pub(super) fn one_day() -> Progress {
    let cards = Standing { not_started: 45, getting_known: 15, ..Standing::default() };
    let area = AreaProgress { area: Some(Area::Rs), cards, recall: Recall::default() };
    Progress {
        days: vec![DayStudied { day: today(), answers: 15, taken_ms: 300_000 }],
        started: 15,
        cards,
        decks: vec![DeckProgress { title: "Recovery".into(), cards, recall: Recall::default() }],
        areas: vec![area],
        ahead: ahead(|day| if day == 1 { 15 } else { 0 }),
        ..empty()
    }
}

/// Two months, every fifth day of them studied.
pub(super) fn full() -> Progress {
    let cards = Standing { not_started: 29, getting_known: 20, known: 9, set_aside: 2 };
    let recall = Recall { right: 81, of: 100 };
    let by = |area| AreaProgress { area, cards, recall };
    let studied =
        |at: i32| DayStudied { day: today().plus(at * 5 - 59), answers: 40, taken_ms: 20 * 60_000 };
    Progress {
        period: Period { first: today().plus(-60), last: today() },
        days: (0..12).map(studied).collect(),
        started: 31,
        learned: 9,
        elsewhere: 2,
        recall,
        recall_by_interval: [recall, Recall { right: 3, of: 4 }, recall, Recall::default()],
        cards,
        decks: vec![
            DeckProgress { title: "Recovery".into(), cards, recall },
            DeckProgress { title: "Crisis".into(), cards, recall },
        ],
        areas: Area::ALL.into_iter().map(Some).chain([None]).map(by).collect(),
        competencies: (1..=17).map(|number| CompetencyProgress { number, cards, recall }).collect(),
        ahead: ahead(|day| u32::try_from(day % 7).unwrap()),
        exam: Some(ExamAhead { day: today().plus(61), days_left: 61 }),
        ..empty()
    }
}
