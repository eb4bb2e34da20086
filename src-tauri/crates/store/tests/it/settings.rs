use cairn_store::{Error, Settings};
use rstest::rstest;

use crate::support::*;

fn refused(change: impl FnOnce(&mut Settings)) -> (&'static str, String) {
    let (_home, mut collection) = Home::with(&deck("d", basics(1)));
    let mut settings = collection.settings().clone();
    change(&mut settings);
    match collection.save_settings(&settings, noon(0)) {
        Err(Error::BadValue { what, why }) => {
            assert_eq!(*collection.settings(), Settings::default(), "the old settings stay");
            (what, why)
        }
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case::ready_zero(|s: &mut Settings| s.ready_per_day = 0, "ready_per_day", "0 is not between 1 and 9999")]
#[case::new_huge(|s: &mut Settings| s.new_per_day = 1_000_000_000, "new_per_day", "1000000000 is not between 0 and 9999")]
#[case::ready_huge(|s: &mut Settings| s.ready_per_day = 1_000_000_000, "ready_per_day", "1000000000")]
#[case::hour(|s: &mut Settings| s.day_starts_at_hour = 24, "day_starts_at_hour", "24 is not between 0 and 23")]
#[case::interval_zero(|s: &mut Settings| s.max_interval_days = 0, "max_interval_days", "36500")]
#[case::interval_long(|s: &mut Settings| s.max_interval_days = 36_501, "max_interval_days", "36500")]
#[case::tiny_text(|s: &mut Settings| s.text_size_percent = 5, "text_size_percent", "80")]
#[case::past_exam(|s: &mut Settings| s.exam_date = "2026-11-20".parse().ok(), "exam_date", "in the past")]
fn values_that_would_do_harm_are_refused_by_name(
    #[case] change: fn(&mut Settings),
    #[case] what: &str,
    #[case] why: &str,
) {
    let (field, reason) = refused(change);
    assert_eq!(field, what);
    assert!(reason.contains(why), "{reason}");
}

#[test]
fn no_new_cards_is_a_choice_and_is_told() {
    let (_home, mut collection) = Home::with(&deck("d", basics(3)));
    let settings = Settings { new_per_day: 0, ..Settings::default() };
    collection.save_settings(&settings, noon(0)).unwrap();
    let today = collection.today(noon(0)).unwrap();
    assert_eq!((today.counts.new, today.new_switched_off), (0, true));
}

#[test]
fn settings_are_there_after_a_restart_and_seen_by_another_window() {
    let (home, mut collection) = Home::with(&deck("d", basics(30)));
    let mut other = home.open();
    assert_eq!(other.today(noon(0)).unwrap().counts.new, 15);
    let settings = Settings { new_per_day: 7, welcomed: true, ..Settings::default() };
    collection.save_settings(&settings, noon(0)).unwrap();
    assert_eq!(other.today(noon(0)).unwrap().counts.new, 7);
    assert_eq!(*home.open().settings(), settings);
}

#[test]
fn an_exam_date_that_has_passed_may_stay() {
    let (_home, mut collection) = Home::with(&deck("d", basics(40)));
    let exam_date = "2026-12-01".parse().ok();
    let settings = Settings { exam_date, ..Settings::default() };
    collection.save_settings(&settings, noon(0)).unwrap();
    let exam = collection.today(noon(0)).unwrap().exam.unwrap();
    assert_eq!((exam.days_left, exam.all_met_by.as_deref()), (10, Some("2026-11-23")));
    let later = Settings { welcomed: true, ..settings };
    collection.save_settings(&later, noon(20)).unwrap();
    assert_eq!(collection.today(noon(20)).unwrap().exam.unwrap().days_left, -10);
}

#[test]
fn siblings_may_come_on_one_day_when_one_chooses() {
    let (_home, mut collection) = Home::with(&deck("d", vec![cloze("c", "{{c1::a}} {{c2::b}}")]));
    assert_eq!(collection.today(noon(0)).unwrap().counts.new, 1);
    let settings = Settings { one_sibling_a_day: false, ..Settings::default() };
    collection.save_settings(&settings, noon(0)).unwrap();
    assert_eq!(collection.today(noon(0)).unwrap().counts.new, 2);
}
