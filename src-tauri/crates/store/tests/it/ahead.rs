use cairn_core::day::Moment;
use cairn_store::{Collection, Error, Intake, Settings};
use chrono::NaiveDate;

use crate::support::*;

fn loads(collection: &Collection, days: u32, now: Moment) -> Vec<u32> {
    let ahead = collection.reader().unwrap().ahead(None, days, now).unwrap();
    let today = collection.study_day(now);
    assert!((0..).zip(&ahead.days).all(|(at, load)| load.day == today.plus(at)));
    ahead.days.iter().map(|load| load.ready).collect()
}

fn with_settings(collection: &mut Collection, change: impl FnOnce(&mut Settings)) {
    let mut settings = collection.settings().clone();
    change(&mut settings);
    collection.save_settings(&settings, noon(0)).unwrap();
}

/// Six cards, all answered on the first day and due on the next.
fn six() -> (Home, Collection) {
    let (home, mut collection) = Home::with(&deck("d", basics(6)));
    finish_day(&mut collection, 4, 0);
    (home, collection)
}

#[test]
fn a_day_has_the_cards_that_are_due_and_today_those_that_waited() {
    let (_home, collection) = six();
    assert_eq!(loads(&collection, 4, noon(0)), [0, 6, 0, 0]);
    assert_eq!(loads(&collection, 2, noon(9)), [6, 0], "overdue cards are of today");
}

#[test]
fn today_is_what_the_queue_has_left() {
    let (_home, mut collection) = six();
    let step = collection.begin(None, None, noon(1)).unwrap();
    grade(&mut collection, &step, 4, noon(1));
    let counts = collection.counts(noon(1)).unwrap();
    assert_eq!(loads(&collection, 1, noon(1)), [counts.due]);
    assert_eq!(counts.due, 5);
    assert_eq!(loads(&collection, 8, noon(1))[6], 1, "the one that was answered comes in six days");
}

#[test]
fn what_a_day_does_not_take_waits_for_the_next() {
    let (_home, mut collection) = six();
    with_settings(&mut collection, |settings| settings.ready_per_day = 4);
    assert_eq!(loads(&collection, 4, noon(1)), [4, 2, 0, 0]);
}

#[test]
fn siblings_come_a_day_apart() {
    let (_home, mut collection) = Home::with(&deck("d", vec![cloze("a", "{{c1::x}} {{c2::y}}")]));
    with_settings(&mut collection, |settings| settings.one_sibling_a_day = false);
    finish_day(&mut collection, 4, 0);
    assert_eq!(loads(&collection, 3, noon(1)), [2, 0, 0]);
    with_settings(&mut collection, |settings| settings.one_sibling_a_day = true);
    assert_eq!(loads(&collection, 3, noon(1)), [1, 1, 0]);
}

#[test]
fn a_suspended_card_does_not_come_and_a_buried_one_comes_later() {
    let (_home, mut collection) = six();
    let step = collection.begin(None, None, noon(1)).unwrap();
    let step = collection.suspend(shown(&step).card.parse().unwrap(), true, noon(1)).unwrap();
    collection.bury(shown(&step).card.parse().unwrap(), noon(1)).unwrap();
    assert_eq!(loads(&collection, 3, noon(1)), [4, 1, 0]);
}

#[test]
fn the_days_end_before_the_exam() {
    let (_home, mut collection) = six();
    let date = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    with_settings(&mut collection, |settings| settings.exam_date = Some(date));
    let reader = collection.reader().unwrap();
    let ahead = reader.ahead(None, 56, noon(0)).unwrap();
    assert_eq!((ahead.days.len(), ahead.exam), (3, Some(date.into())));
    let on_the_day = reader.ahead(None, 56, noon(3)).unwrap();
    assert_eq!((on_the_day.days.len(), on_the_day.exam), (0, Some(date.into())));
    let after = reader.ahead(None, 56, noon(4)).unwrap();
    assert_eq!((after.days.len(), after.exam), (56, None), "a past exam is not told");
}

#[test]
fn a_deck_has_its_share_and_a_seed_of_its_own() {
    let (_home, mut collection) = Home::with(&deck("one", basics(2)));
    collection
        .take_in(&deck("two", vec![basic("x", "X?", "x")]), Intake::Import, "two", noon(0))
        .unwrap();
    finish_day(&mut collection, 4, 0);
    let reader = collection.reader().unwrap();
    let all = reader.ahead(None, 2, noon(1)).unwrap();
    let one = reader.ahead(Some("two"), 2, noon(1)).unwrap();
    assert_eq!((all.days[0].ready, one.days[0].ready), (3, 1));
    assert_eq!((all.deck, one.deck.as_deref()), (None, Some("Deck two")));
    assert_ne!(all.seed, one.seed);
    assert_eq!(reader.ahead(None, 1, noon(5)).unwrap().seed, all.seed, "the seed never changes");
    assert!(matches!(reader.ahead(Some("three"), 1, noon(0)), Err(Error::NotFound { .. })));
}
