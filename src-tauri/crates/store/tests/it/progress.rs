use std::collections::{BTreeMap, HashMap, HashSet};

use cairn_core::area::Area;
use cairn_core::day::StudyDay;
use cairn_core::fold::LogKind;
use cairn_core::package::{Facts, Package, PackageCard, PackageNote, PackageRow};
use cairn_core::policy::Policy;
use cairn_core::progress::{Progress, Range, Standing, interval_band};
use cairn_core::recall::Recall;
use cairn_core::schedule::Schedule;
use cairn_store::{Collection, Error, Intake};
use chrono::NaiveDate;
use proptest::prelude::*;
use rstest::rstest;

use crate::support::*;

fn day(days: i32) -> StudyDay {
    StudyDay::of(noon(0), 4).plus(days)
}

fn teaching(id: &str, area: Option<Area>, competencies: &[u8]) -> PackageNote {
    let facts = Facts { area, competencies: competencies.to_vec(), ..Facts::default() };
    PackageNote { facts, ..basic(id, &format!("Question {id}?"), "Answer.") }
}

/// Two decks of a few notes over three areas; some name no area, one a competency twice.
fn two_decks() -> Package {
    let note = |n: usize| {
        let area = [Some(Area::Cm), Some(Area::Ar), None, Some(Area::Rl)][n % 4];
        let competencies: &[u8] = [&[13, 6][..], &[11, 11], &[], &[14]][n % 4];
        teaching(&format!("n{n}"), area, competencies)
    };
    let mut package = deck("one", (0..9).map(note).collect());
    package.decks.extend(deck("two", (9..14).map(note).collect()).decks);
    package
}

fn told(collection: &Collection, range: &Range, on: i64) -> Progress {
    collection.reader().unwrap().progress(range, noon(on)).unwrap()
}

fn all(collection: &Collection, on: i64) -> Progress {
    told(collection, &Range::default(), on)
}

fn answered_elsewhere(days_ago: i64) -> PackageRow {
    PackageRow {
        kind: LogKind::Foreign,
        grade: Some(4),
        response: None,
        option_order: None,
        day: day(-i32::try_from(days_ago).unwrap()),
        at_ms: noon(-days_ago).utc_ms,
        offset_minutes: 0,
        taken_ms: 2500,
        rule: "anki".into(),
        policy: Policy::default(),
        outcome: None,
        plan_day: None,
        before: Schedule::New,
        after: Schedule::New,
        elsewhere: String::new(),
    }
}

#[test]
fn an_empty_collection_has_a_report_too() {
    let (_home, collection) = Home::empty();
    let progress = all(&collection, 0);
    assert_eq!((progress.answers(), progress.taken_ms(), progress.cards.total()), (0, 0, 0));
    assert_eq!((progress.period.first, progress.period.last), (day(0), day(0)));
    assert_eq!(progress.ahead.len(), 30);
    assert!(progress.ahead.iter().all(|day| day.ready == 0));
    assert!(progress.decks.is_empty() && progress.areas.is_empty() && progress.exam.is_none());
}

#[test]
fn the_first_look_is_reading_and_the_second_is_recall() {
    let (_home, mut collection) = Home::with(&two_decks());
    finish_day(&mut collection, 4, 0);
    let first = all(&collection, 0);
    assert_eq!((first.started, first.recall), (14, Recall::default()));
    assert_eq!(first.answers(), 14);
    finish_day(&mut collection, 1, 1);
    let second = all(&collection, 1);
    assert_eq!(second.recall, Recall { right: 0, of: 14 }, "the drill measures nothing");
    assert_eq!(second.answers(), 42, "but is work: 14 looks, 14 answers, 14 in the drill");
    assert_eq!(second.recall_by_interval[0].of, 14);
    assert_eq!(second.period.days(), 2);
}

#[test]
fn a_card_is_learned_when_its_interval_reaches_three_weeks() {
    let (_home, mut collection) = Home::with(&deck("d", vec![teaching("a", None, &[])]));
    let mut learned = Vec::new();
    for on in [0, 1, 7, 22, 60] {
        finish_day(&mut collection, 4, on);
        let progress = all(&collection, on);
        learned.push((progress.learned, progress.cards.known));
    }
    assert_eq!(learned, [(0, 0), (0, 0), (0, 0), (1, 1), (1, 1)]);
    let later = Range { from: Some(day(23)), ..Range::default() };
    let progress = told(&collection, &later, 60);
    assert_eq!((progress.learned, progress.started, progress.cards.known), (0, 0, 1));
    finish_day(&mut collection, 1, 300);
    let progress = all(&collection, 300);
    assert_eq!((progress.learned, progress.cards.known), (1, 0), "it was learned all the same");
}

#[test]
fn a_range_takes_both_its_ends_and_no_day_to_come() {
    let (_home, mut collection) = Home::with(&two_decks());
    for on in [0, 1, 2, 7] {
        finish_day(&mut collection, 4, on);
    }
    let days = |from: Option<i32>, to: Option<i32>| {
        let range = Range { from: from.map(day), to: to.map(day), ..Range::default() };
        let progress = told(&collection, &range, 8);
        (progress.days.len(), progress.period.first, progress.period.last)
    };
    assert_eq!(days(Some(1), Some(7)), (2, day(1), day(7)));
    assert_eq!(days(None, Some(1)), (2, day(0), day(1)));
    assert_eq!(days(Some(-30), Some(400)), (3, day(-30), day(8)));
    assert_eq!(days(Some(8), None), (0, day(8), day(8)));
}

#[rstest]
#[case::in_the_future(Range { from: Some(day(1)), ..Range::default() }, "not come yet")]
#[case::backwards(Range { from: Some(day(-1)), to: Some(day(-2)), ..Range::default() }, "after the last")]
#[case::no_such_deck(Range { deck: Some("nowhere".into()), ..Range::default() }, "no deck")]
fn a_range_without_a_day_is_refused(#[case] range: Range, #[case] says: &str) {
    let (_home, collection) = Home::with(&two_decks());
    let error = collection.reader().unwrap().progress(&range, noon(0)).unwrap_err();
    assert!(matches!(error, Error::BadValue { .. } | Error::NotFound { .. }), "{error:?}");
    assert!(error.to_string().contains(says), "{error}");
}

#[test]
fn one_deck_is_told_of_alone() {
    let (_home, mut collection) = Home::with(&two_decks());
    finish_day(&mut collection, 4, 0);
    finish_day(&mut collection, 4, 1);
    let range = Range { deck: Some("two".into()), ..Range::default() };
    let progress = told(&collection, &range, 1);
    assert_eq!(progress.deck.as_deref(), Some("Deck two"));
    assert_eq!((progress.cards.total(), progress.answers(), progress.recall.of), (5, 10, 5));
    assert_eq!(progress.decks.len(), 1);
}

#[test]
fn another_programs_answers_stand_on_a_line_of_their_own() {
    let (_home, mut collection) = Home::empty();
    let mut note = teaching("a", Some(Area::Ad), &[2]);
    note.cards = vec![PackageCard {
        key: "front".into(),
        suspended: false,
        flagged: false,
        buried_until: None,
        schedule: Schedule::New,
        log: vec![answered_elsewhere(40), answered_elsewhere(10)],
        elsewhere: String::new(),
    }];
    collection.take_in(&deck("d", vec![note]), Intake::Import, "file", noon(0)).unwrap();
    let progress = all(&collection, 0);
    assert_eq!((progress.elsewhere, progress.answers(), progress.recall.of), (2, 0, 0));
    assert_eq!(progress.period.days(), 1, "they don't stretch the period");
    let range = Range { from: Some(day(-20)), ..Range::default() };
    assert_eq!(told(&collection, &range, 0).elsewhere, 1);
}

#[test]
fn a_card_that_was_removed_is_no_card_but_its_answers_were_work() {
    let (_home, mut collection) = Home::with(&deck("d", basics(4)));
    finish_day(&mut collection, 4, 0);
    collection.take_in(&deck("d", basics(1)), Intake::BuiltIn, "Cairn", noon(1)).unwrap();
    let progress = all(&collection, 1);
    assert_eq!((progress.cards.total(), progress.answers(), progress.started), (1, 4, 4));
    assert_eq!(progress.ahead.iter().map(|day| day.ready).sum::<u32>(), 1);
}

#[test]
fn the_look_ahead_holds_what_waits_today_and_what_was_put_off_later() {
    let (_home, mut collection) = Home::with(&deck("d", basics(5)));
    finish_day(&mut collection, 4, 0);
    let ready = |collection: &Collection, on: i64| -> Vec<(i32, u32)> {
        let ahead = all(collection, on).ahead.into_iter().filter(|day| day.ready > 0);
        ahead.map(|ahead| (ahead.day.days_since(day(0)), ahead.ready)).collect()
    };
    assert_eq!(ready(&collection, 0), [(1, 5)]);
    assert_eq!(ready(&collection, 4), [(4, 5)], "what waited since day 1 is ready today");
    let step = collection.begin(None, None, noon(4)).unwrap();
    collection.bury(shown(&step).card.parse().unwrap(), noon(4)).unwrap();
    assert_eq!(ready(&collection, 4), [(4, 4), (5, 1)]);
    let step = collection.step(noon(4)).unwrap();
    collection.suspend(shown(&step).card.parse().unwrap(), true, noon(4)).unwrap();
    assert_eq!(ready(&collection, 4), [(4, 3), (5, 1)]);
    assert_eq!(all(&collection, 4).cards.set_aside, 1);
    assert_eq!(all(&collection, 4).ahead[0].ready, collection.today(noon(4)).unwrap().counts.due);
}

#[test]
fn the_exam_is_told_when_its_date_is_set() {
    let (_home, mut collection) = Home::empty();
    let mut settings = collection.settings().clone();
    settings.exam_date = NaiveDate::from_ymd_opt(2027, 1, 21);
    collection.save_settings(&settings, noon(0)).unwrap();
    assert_eq!(all(&collection, 0).exam.unwrap().days_left, 61);
    assert_eq!(all(&collection, 70).exam.unwrap().days_left, -9);
}

#[test]
fn cards_are_quoted_only_when_that_is_wished() {
    let (_home, mut collection) = Home::with(&deck("d", basics(13)));
    for on in [0, 1, 2, 3] {
        finish_day(&mut collection, if on == 0 { 4 } else { 1 }, on);
    }
    assert_eq!(all(&collection, 3).quoted, None);
    let range = Range { card_text: true, ..Range::default() };
    let quoted = told(&collection, &range, 3).quoted.unwrap();
    assert_eq!(quoted.missed.len(), 10);
    assert_eq!(quoted.missed[0].question, "Question 0?");
    assert_eq!(quoted.missed[0].recall, Recall { right: 0, of: 3 });
    assert_eq!(quoted.learned, Vec::<String>::new());
}

/// What the report says, worked out from the log entries one by one.
#[derive(Debug, PartialEq, Default)]
struct Naive {
    days: BTreeMap<StudyDay, (u32, u64)>,
    recall: Recall,
    by_interval: [Recall; 4],
    by_area: BTreeMap<Option<Area>, Recall>,
    by_competency: BTreeMap<u8, Recall>,
    started: u32,
}

impl Naive {
    fn fold(collection: &Collection, from: StudyDay, to: StudyDay) -> Self {
        let facts = facts(collection);
        let (mut naive, mut started) = (Self::default(), HashSet::new());
        let mut intervals: HashMap<String, u32> = HashMap::new();
        for entry in entries(collection).into_iter().filter(|entry| !entry.voided) {
            let card = entry.card.to_string();
            let day = StudyDay::from(entry.day.parse::<NaiveDate>().unwrap());
            let within = from <= day && day <= to;
            if within {
                let (answers, taken) = naive.days.entry(day).or_default();
                (*answers, *taken) = (*answers + 1, *taken + u64::from(entry.taken_ms));
            }
            if entry.kind != "review" {
                continue;
            }
            let (right, facts) = (entry.grade.unwrap() >= 3, &facts[&card]);
            let before = intervals.insert(card.clone(), entry.interval_days.unwrap());
            match before {
                None if within => drop(started.insert(card)),
                Some(interval) if within => {
                    naive.recall.count(right);
                    naive.by_interval[interval_band(interval)].count(right);
                    naive.by_area.entry(facts.area).or_default().count(right);
                    for number in facts.competencies.iter().collect::<HashSet<_>>() {
                        naive.by_competency.entry(*number).or_default().count(right);
                    }
                }
                _ => {}
            }
        }
        Self { started: u32::try_from(started.len()).unwrap(), ..naive }
    }

    fn of(progress: &Progress) -> Self {
        let days = progress.days.iter().map(|day| (day.day, (day.answers, day.taken_ms)));
        let areas = progress.areas.iter().map(|area| (area.area, area.recall));
        let numbers = progress.competencies.iter().map(|one| (one.number, one.recall));
        Self {
            days: days.collect(),
            recall: progress.recall,
            by_interval: progress.recall_by_interval,
            by_area: areas.filter(|(_, recall)| recall.of > 0).collect(),
            by_competency: numbers.filter(|(_, recall)| recall.of > 0).collect(),
            started: progress.started,
        }
    }
}

/// Facts by UUID of the card; every note here makes one card.
fn facts(collection: &Collection) -> HashMap<String, Facts> {
    let conn = rusqlite::Connection::open(collection.path()).unwrap();
    let mut statement =
        conn.prepare("SELECT card.uuid, facts FROM card JOIN note ON note.id = card.note").unwrap();
    let rows = statement.query_map([], |row| {
        let (uuid, json): ([u8; 16], String) = (row.get(0)?, row.get(1)?);
        let facts = serde_json::from_str(&json).unwrap();
        Ok((uuid::Uuid::from_bytes(uuid).to_string(), facts))
    });
    rows.unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

/// How the cards stand by the package, which is read in another way.
fn standing(collection: &Collection) -> Standing {
    let package = collection.reader().unwrap().package(None).unwrap();
    let mut standing = Standing::default();
    for card in package.decks.iter().flat_map(|deck| &deck.notes).flat_map(|note| &note.cards) {
        let interval = match card.schedule {
            Schedule::New => None,
            Schedule::Known(known) => Some(known.memory.interval_days),
        };
        standing.count(interval, card.suspended);
    }
    standing
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_count_is_that_of_a_naive_fold(
        sittings in prop::collection::vec(
            (1..20i64, prop::collection::vec((0..7u8, 0..60_000u32), 1..20)), 1..8),
        cut in (0..60i32, 0..60i32),
    ) {
        let (_home, mut collection) = Home::with(&two_decks());
        let mut on = 0;
        for (gap, presses) in sittings {
            on += gap;
            let mut now = noon(on);
            let mut step = collection.begin(None, None, now).unwrap();
            for (press, taken_ms) in presses {
                let Some(card) = &step.shown else { break };
                now = later(now, 30);
                step = match (press, card.card.parse()) {
                    (6, _) if taken_ms % 2 == 0 && step.last_act.is_some() => {
                        collection.undo(now).unwrap().step
                    }
                    (6, Ok(card)) => collection.suspend(card, true, now).unwrap(),
                    (grade, _) => {
                        let two = card.outcomes.len() == 2;
                        let grade = if two { [1, 4][usize::from(grade % 2)] } else { grade };
                        let token = card.token.clone();
                        let answer = cairn_store::Answer { token, grade, taken_ms, option: None };
                        collection.answer(&answer, now).unwrap()
                    }
                };
            }
        }
        let (first, last) = (cut.0.min(cut.1), cut.0.max(cut.1));
        let last = i32::try_from(on).unwrap().min(last);
        prop_assume!(first <= last);
        let range = Range { from: Some(day(first)), to: Some(day(last)), ..Range::default() };
        let progress = told(&collection, &range, on);
        prop_assert_eq!(Naive::of(&progress), Naive::fold(&collection, day(first), day(last)));
        prop_assert_eq!(progress.cards, standing(&collection));
        let sum = |parts: &mut dyn Iterator<Item = u32>| parts.sum::<u32>();
        let total = progress.cards.total();
        prop_assert_eq!(sum(&mut progress.areas.iter().map(|area| area.cards.total())), total);
        prop_assert_eq!(sum(&mut progress.decks.iter().map(|deck| deck.cards.total())), total);
        prop_assert_eq!(sum(&mut progress.decks.iter().map(|deck| deck.recall.of)), progress.recall.of);
    }
}
