//! What must hold for every card, every grade and every calendar.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use cairn_core::day::StudyDay;
use cairn_core::drill::DrillRule;
use cairn_core::fold::{LogKind, Order, Row, fold};
use cairn_core::grade::Grade;
use cairn_core::hlc::Hlc;
use cairn_core::outcome::{outcome, outcomes};
use cairn_core::policy::Policy;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::{MAX_INTERVAL_DAYS, MIN_EASE_HUNDREDTHS, Memory};
use proptest::prelude::*;
use uuid::Uuid;

fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() }
}

fn any_grade() -> impl Strategy<Value = Grade> {
    (0u8..=5).prop_map(|value| Grade::try_from(value).unwrap())
}

fn any_policy() -> impl Strategy<Value = Policy> {
    (any::<bool>(), any::<bool>(), prop_oneof![1u32..40, Just(MAX_INTERVAL_DAYS), any::<u32>()])
        .prop_map(|(late_credit, fuzz, max_interval_days)| Policy {
            late_credit,
            fuzz,
            max_interval_days,
            drill: DrillRule::BelowGood,
        })
}

prop_compose! {
    fn any_known()(
        repetitions in 0u32..60,
        interval_days in 1u32..=MAX_INTERVAL_DAYS,
        ease_hundredths in MIN_EASE_HUNDREDTHS..900,
        due in -400_000i32..3_000_000,
        last in -400_000i32..3_000_000,
        lapses in 0u32..20,
    ) -> Known {
        let memory = Memory { repetitions, interval_days, ease_hundredths };
        Known { memory, due: StudyDay::new(due), last: StudyDay::new(last), lapses }
    }
}

fn any_schedule() -> impl Strategy<Value = Schedule> {
    prop_oneof![1 => Just(Schedule::New), 9 => any_known().prop_map(Schedule::Known)]
}

fn any_card() -> impl Strategy<Value = Uuid> {
    any::<u128>().prop_map(Uuid::from_u128)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn ease_and_interval_stay_in_bounds(
        schedule in any_schedule(), card in any_card(), policy in any_policy(), day in any::<i32>(),
    ) {
        let cap = policy.max_interval_days.clamp(1, MAX_INTERVAL_DAYS);
        let today = StudyDay::new(day);
        for outcome in outcomes(&schedule, card, today, &policy) {
            prop_assert!(outcome.after.memory.ease_hundredths >= MIN_EASE_HUNDREDTHS);
            prop_assert!((1..=cap).contains(&outcome.interval_days()));
            let days = i64::from(outcome.after.due.number()) - i64::from(today.number());
            let last_day_there_is = outcome.after.due == StudyDay::new(i32::MAX);
            prop_assert!((1..=i64::from(cap.max(3))).contains(&days) || last_day_there_is);
        }
    }

    #[test]
    fn a_higher_grade_never_comes_sooner(
        schedule in any_schedule(), card in any_card(), policy in any_policy(), day in -300_000i32..2_000_000,
    ) {
        let all = outcomes(&schedule, card, StudyDay::new(day), &policy);
        for pair in all.windows(2) {
            prop_assert!(pair[0].interval_days() <= pair[1].interval_days(), "{pair:?}");
            prop_assert!(pair[0].after.due <= pair[1].after.due, "{pair:?}");
        }
    }

    #[test]
    fn lateness_never_shortens(
        known in any_known(), card in any_card(), policy in any_policy(), grade in any_grade(), late in 0i32..2000,
    ) {
        let schedule = Schedule::Known(known);
        let on_time = outcome(&schedule, card, known.due, &policy, grade);
        let later = outcome(&schedule, card, known.due.plus(late), &policy, grade);
        prop_assert!(later.interval_days() >= on_time.interval_days());
        prop_assert!(later.after.due >= on_time.after.due);
    }

    #[test]
    fn a_failure_keeps_the_ease(schedule in any_schedule(), card in any_card(), policy in any_policy()) {
        for outcome in &outcomes(&schedule, card, StudyDay::new(20_000), &policy)[..3] {
            prop_assert_eq!(outcome.after.memory.ease_hundredths, schedule.memory().ease_hundredths);
            prop_assert_eq!((outcome.after.memory.repetitions, outcome.interval_days()), (0, 1));
        }
    }

    #[test]
    fn the_draw_of_fuzz_hangs_on_card_and_repetitions_alone(
        known in any_known(), card in any_card(), day in -300_000i32..2_000_000,
    ) {
        let without = Policy { fuzz: false, ..Policy::default() };
        let with = Policy::default();
        let today = StudyDay::new(day);
        let schedule = Schedule::Known(known);
        for (plain, fuzzed) in outcomes(&schedule, card, today, &without).iter().zip(outcomes(&schedule, card, today, &with)) {
            prop_assert_eq!(plain.after.memory, fuzzed.after.memory, "the state keeps the interval as it is");
            let moved = i64::from(fuzzed.fuzz_days).abs();
            prop_assert!(moved * 20 <= i64::from(plain.interval_days()) + 19);
        }
    }

    #[test]
    fn any_course_of_grades_and_days_is_the_fold_of_its_log(
        card in any_card(), policy in any_policy(),
        course in prop::collection::vec((any_grade(), any::<i32>()), 0..40),
    ) {
        let mut state = Schedule::New;
        let mut rows: Vec<Row> = Vec::new();
        let mut clock = Hlc::default();
        for (grade, day) in course {
            let day = StudyDay::new(day);
            clock = clock.next(0);
            let after = if state.answered_on(day) {
                state
            } else {
                Schedule::Known(outcome(&state, card, day, &policy, grade).after)
            };
            let kind = if after == state { LogKind::Drill } else { LogKind::Review };
            let order = Order { clock, device: Uuid::nil(), seq: rows.len() as i64 };
            rows.push(Row { order, kind, grade: Some(grade), day, policy: policy.clone(), before: state, after });
            state = after;
        }
        prop_assert_eq!(fold(card, &rows), state);
    }

    #[test]
    fn two_machines_merge_into_one_schedule_in_any_order_any_number_of_times(
        card in any_card(),
        mine in prop::collection::vec((any_grade(), 0i32..60, 0i64..200), 0..12),
        yours in prop::collection::vec((any_grade(), 0i32..60, 0i64..200), 0..12),
        shuffle in any::<u64>(),
    ) {
        let a = device_log(card, Uuid::from_u128(1), &mine);
        let b = device_log(card, Uuid::from_u128(2), &yours);
        let ab: Vec<Row> = a.iter().chain(&b).cloned().collect();
        let ba: Vec<Row> = b.iter().chain(&a).cloned().collect();
        let twice: Vec<Row> = ab.iter().chain(&ba).cloned().collect();
        let mut mixed = twice.clone();
        for (index, place) in cairn_core::hash::shuffled(mixed.len(), card, shuffle).into_iter().enumerate() {
            mixed.swap(index, place);
        }
        let expected = fold(card, &ab);
        prop_assert_eq!(fold(card, &ba), expected);
        prop_assert_eq!(fold(card, &twice), expected);
        prop_assert_eq!(fold(card, &mixed), expected);
    }
}

/// The log of one machine that answers on its own, knowing nothing of the other.
fn device_log(card: Uuid, device: Uuid, answers: &[(Grade, i32, i64)]) -> Vec<Row> {
    let policy = Policy::default();
    let mut state = Schedule::New;
    let mut clock = Hlc::default();
    let mut rows = Vec::new();
    for (seq, (grade, day, wall)) in (0i64..).zip(answers) {
        let day = StudyDay::new(*day);
        clock = clock.next(*wall);
        let (kind, after) = if state.answered_on(day) {
            (LogKind::Drill, state)
        } else {
            (LogKind::Review, Schedule::Known(outcome(&state, card, day, &policy, *grade).after))
        };
        let order = Order { clock, device, seq };
        rows.push(Row {
            order,
            kind,
            grade: Some(*grade),
            day,
            policy: policy.clone(),
            before: state,
            after,
        });
        state = after;
    }
    rows
}
