use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rstest::rstest;

use super::*;

const HALF_HOUR_MS: i64 = 30 * 60 * 1000;
const HOUR_MS: i64 = 2 * HALF_HOUR_MS;
const PLENTY: u64 = u64::MAX;
/// Noon UTC on 2026-11-21.
const NOON: i64 = 1_795_262_400_000;

fn moment(utc_ms: i64) -> Moment {
    Moment { utc_ms, offset_minutes: -480 }
}

fn regular(utc_ms: i64) -> Kept {
    Kept { made: moment(utc_ms), clock: utc_ms, class: Class::Regular, size: 1 }
}

fn thinned(mut backups: Vec<Kept>, now: i64, budget: u64) -> Vec<Kept> {
    let gone: BTreeSet<usize> = superfluous(&backups, moment(now), budget).into_iter().collect();
    let mut at = 0;
    backups.retain(|_| {
        at += 1;
        !gone.contains(&(at - 1))
    });
    backups
}

/// Days before noon of the kept ones, oldest first.
fn ages(kept: &[Kept]) -> Vec<i64> {
    kept.iter().map(|backup| (NOON - backup.made.utc_ms) / DAY_MS).collect()
}

/// One a day at noon for so many days.
fn daily(days: i64) -> Vec<Kept> {
    (0..days).rev().map(|age| regular(NOON - age * DAY_MS)).collect()
}

#[test]
fn a_year_and_a_half_of_days_becomes_days_weeks_and_months() {
    let ages = ages(&thinned(daily(550), NOON, PLENTY));
    let (months, rest): (Vec<i64>, Vec<i64>) = ages.into_iter().partition(|age| *age > 82);
    // Sundays and last days of months, but where the older buckets begin in the middle of one.
    let weeks = [82, 76, 69, 62, 55, 52, 48, 41, 34, 27, 21, 20, 16];
    assert_eq!(rest, weeks.into_iter().chain((0..=15).rev()).collect::<Vec<_>>());
    assert_eq!(months.len(), 12);
    assert!(months.windows(2).all(|pair| (28..=31).contains(&(pair[0] - pair[1]))), "{months:?}");
}

#[test]
fn within_two_days_every_one_is_kept() {
    let all: Vec<Kept> = (0..95).map(|n| regular(NOON - n * HALF_HOUR_MS)).collect();
    assert_eq!(thinned(all.clone(), NOON, PLENTY), all);
}

#[test]
fn a_long_absence_costs_nothing() {
    let all = daily(10);
    let back = NOON + 700 * DAY_MS;
    assert_eq!(thinned(all.clone(), back, PLENTY), all, "fourteen days that have a backup");
}

#[test]
fn a_clock_set_back_deletes_nothing_newer() {
    let all = daily(40);
    let kept = thinned(all.clone(), NOON - 30 * DAY_MS, PLENTY);
    let newer: Vec<Kept> = all.into_iter().filter(|b| b.made.utc_ms > NOON - 32 * DAY_MS).collect();
    assert!(newer.iter().all(|backup| kept.contains(backup)));
}

#[test]
fn a_clock_that_is_years_ahead_for_an_hour_does_not_make_the_rest_too_old() {
    let ahead = NOON + 3650 * DAY_MS;
    let mut all = daily(60);
    all.extend([regular(ahead - HOUR_MS), regular(ahead)]);
    let kept = ages(&thinned(all, ahead, PLENTY));
    assert!((0..14).all(|age| kept.contains(&age)), "{kept:?}");
    assert!(kept.iter().filter(|age| **age >= 14).count() >= 6, "and weeks: {kept:?}");
}

#[test]
fn backups_before_something_risky_stay_for_thirty_days() {
    let mut all = daily(40);
    let risky = |age: i64| Kept { class: Class::Risky, ..regular(NOON - age * DAY_MS - HOUR_MS) };
    all.extend([risky(29), risky(31)]);
    let kept = thinned(all, NOON, PLENTY);
    assert!(kept.contains(&risky(29)));
    assert!(!kept.contains(&risky(31)), "then it is like any other of its day");
}

#[test]
fn twenty_made_by_hand_stay_whatever_their_age() {
    let by_hand =
        |n: i64| Kept { class: Class::ByHand, ..regular(NOON - 900 * DAY_MS + n * HOUR_MS) };
    let mut all: Vec<Kept> = (0..23).map(by_hand).collect();
    all.extend(daily(600));
    let kept = thinned(all, NOON, PLENTY);
    let left: Vec<i64> = (0..23).filter(|n| kept.contains(&by_hand(*n))).collect();
    assert_eq!(left, (3..23).collect::<Vec<_>>());
}

#[rstest]
#[case::months_first(30, 26)]
#[case::then_weeks(20, 16)]
#[case::never_the_newest_three(1, 2)]
fn over_the_budget_the_oldest_goes_first(#[case] budget: u64, #[case] oldest_kept: i64) {
    let before = thinned(daily(550), NOON, PLENTY);
    let kept = thinned(daily(550), NOON, budget);
    assert_eq!(kept, before[before.len() - kept.len()..], "what is left is the newest part");
    assert_eq!(kept.len() as u64, budget.max(3));
    assert!(ages(&kept)[0] >= oldest_kept.min(2), "{:?}", ages(&kept));
}

/// What a person does in two years: backups at random half hours of some days, with gaps, journeys,
/// a clock that is set back or ahead now and then, and something risky or by hand.
#[derive(Debug, Clone)]
struct Life {
    days: Vec<Day>,
}

#[derive(Debug, Clone)]
struct Day {
    /// Days since the last one with use.
    gap: i64,
    backups: Vec<(i64, Class)>,
    offset_minutes: i32,
    /// Days by which the clock is wrong on this day alone.
    wrong_by: i64,
}

fn class() -> impl Strategy<Value = Class> {
    prop_oneof![
        20 => Just(Class::Regular),
        1 => Just(Class::Risky),
        1 => Just(Class::ByHand),
    ]
}

fn day() -> impl Strategy<Value = Day> {
    let gap = prop_oneof![12 => Just(1_i64), 3 => 2_i64..6, 1 => 20_i64..60];
    let zone = prop_oneof![8 => Just(-480), 1 => Just(540), 1 => Just(0)];
    let wrong = prop_oneof![40 => Just(0_i64), 1 => -40_i64..0, 1 => 1_i64..1000];
    let backups = proptest::collection::vec((0_i64..48, class()), 1..6);
    (gap, backups, zone, wrong).prop_map(|(gap, mut backups, offset_minutes, wrong_by)| {
        backups.sort_by_key(|(half_hour, _)| *half_hour);
        Day { gap, backups, offset_minutes, wrong_by }
    })
}

fn life() -> impl Strategy<Value = Life> {
    proptest::collection::vec(day(), 200..330).prop_map(|days| Life { days })
}

/// The newest of each of the last `DAILY` days among `all`, older than two days.
fn needed_days(all: &[Kept], now: i64) -> BTreeSet<StudyDay> {
    let old = all.iter().filter(|backup| backup.made.utc_ms <= now - TWO_DAYS_MS);
    let days: BTreeSet<StudyDay> = old.map(Kept::day).collect();
    days.into_iter().rev().take(DAILY).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn two_years_of_thinning_keep_what_they_promise(life in life()) {
        let (mut today, mut clock) = (NOON, 0);
        let mut kept: Vec<Kept> = Vec::new();
        let mut ever: BTreeMap<StudyDay, StudyDay> = BTreeMap::new();
        for day in &life.days {
            today += day.gap * DAY_MS;
            let start = today + day.wrong_by * DAY_MS;
            for (half_hour, class) in &day.backups {
                let now = start + half_hour * HALF_HOUR_MS;
                clock = (clock + 1).max(now);
                let made = Moment { utc_ms: now, offset_minutes: day.offset_minutes };
                let newest = Kept { made, clock, class: *class, size: 10 };
                kept.push(newest);
                let before = kept.clone();
                kept = thinned(before.clone(), now, PLENTY);

                prop_assert!(kept.contains(&newest), "the newest is never deleted");
                prop_assert_eq!(&thinned(kept.clone(), now, PLENTY), &kept, "twice is once");
                prop_assert!(kept.len() <= 2 * 96 + DAILY + WEEKLY + 4 + MONTHLY + BY_HAND + 60,
                    "bounded: {}", kept.len());
                let days: BTreeSet<StudyDay> = kept.iter().map(Kept::day).collect();
                prop_assert!(needed_days(&before, now).is_subset(&days), "one of each needed day");
                let newer = before.iter().filter(|backup| backup.made.utc_ms > now - TWO_DAYS_MS);
                prop_assert!(newer.clone().count() > RECENT || newer.clone().all(|b| kept.contains(b)),
                    "two days, and what lies after now");
                if day.wrong_by == 0 {
                    ever.insert(newest.day().month().0, newest.day());
                }
            }
        }
        // The last use of each of the last months is there, or what came after it in its month.
        for (month, last) in ever.into_iter().rev().take(6) {
            let is_for_it = |day: StudyDay| day >= last && day.month().0 == month;
            prop_assert!(kept.iter().any(|backup| is_for_it(backup.day())), "{:?}", month.date());
        }
    }

    #[test]
    fn a_budget_is_kept_to_but_for_the_newest_three(
        ages in proptest::collection::vec((0_i64..600, 1_u64..100), 1..80),
        budget in 0_u64..2000,
    ) {
        let all: Vec<Kept> =
            ages.iter().map(|(age, size)| Kept { size: *size, ..regular(NOON - age * DAY_MS) }).collect();
        let kept = thinned(all, NOON, budget);
        let total: u64 = kept.iter().map(|backup| backup.size).sum();
        prop_assert!(total <= budget || kept.len() <= 2 * PINNED);
        prop_assert_eq!(thinned(kept.clone(), NOON, budget), kept, "twice is once");
    }
}
