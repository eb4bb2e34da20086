use cairn_store::view::Phase;
use cairn_store::{Answer, Error, Settings};
use rstest::rstest;

use crate::support::*;

#[test]
fn the_label_the_log_and_the_new_day_are_one_value() {
    let (_home, mut collection) = Home::with(&deck("d", basics(1)));
    let mut day = 0;
    for with in [4, 4, 5, 3, 1, 4] {
        let step = collection.begin(None, None, noon(day)).unwrap();
        let label = shown(&step).outcomes[usize::from(with)].clone();
        grade(&mut collection, &step, with, noon(day));
        let logged = entries(&collection).pop().unwrap();
        assert_eq!(logged.due.as_deref(), Some(label.due.as_str()));
        assert_eq!(logged.interval_days, Some(label.interval_days));
        day += i64::from(label.in_days);
        let before = collection.begin(None, None, noon(day - 1)).unwrap();
        let early = before.shown.filter(|shown| shown.phase != Phase::Drill);
        assert_eq!(early, None, "the card came before its day");
    }
    assert_eq!(collection.rebuild(true, noon(day)).unwrap(), 0);
}

#[test]
fn a_new_card_is_new_then_ready() {
    let (_home, mut collection) = Home::with(&deck("d", basics(1)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    assert_eq!(shown(&step).phase, Phase::New);
    grade(&mut collection, &step, 4, noon(0));
    let step = collection.begin(None, None, noon(1)).unwrap();
    assert_eq!(shown(&step).phase, Phase::Review);
}

#[test]
fn hard_and_again_come_again_today_until_got_it() {
    let (_home, mut collection) = Home::with(&deck("d", basics(2)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let first = shown(&step).card.clone();
    let step = grade(&mut collection, &step, 3, noon(0));
    assert_ne!(shown(&step).card, first, "another card comes in between");
    let step = grade(&mut collection, &step, 4, later(noon(0), 1));
    assert_eq!((shown(&step).card.clone(), shown(&step).phase), (first.clone(), Phase::Drill));
    let labels: Vec<u8> = shown(&step).outcomes.iter().map(|outcome| outcome.grade).collect();
    assert_eq!(labels, [1, 4]);
    let step = grade(&mut collection, &step, 1, later(noon(0), 2));
    assert_eq!(shown(&step).phase, Phase::Drill, "not yet: it stays");
    let step = grade(&mut collection, &step, 4, later(noon(0), 3));
    let done = step.done.expect("nothing is left");
    assert_eq!((done.studied, done.drilled), (2, 2));
    let kinds: Vec<String> = entries(&collection).into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["review", "review", "drill", "drill"]);
    let ease = entries(&collection)[3].ease_hundredths;
    assert_eq!(ease, entries(&collection)[0].ease_hundredths, "the drill changes nothing");
}

#[test]
fn a_drilled_card_rests_for_five_others_or_a_minute() {
    let (_home, mut collection) = Home::with(&deck("d", basics(12)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let hard = shown(&step).card.clone();
    let mut step = grade(&mut collection, &step, 1, noon(0));
    for second in 1..=5 {
        assert_ne!(shown(&step).card, hard, "after {} others", second - 1);
        step = grade(&mut collection, &step, 4, later(noon(0), second));
    }
    assert_eq!(shown(&step).card, hard, "after five others");
    let step = grade(&mut collection, &step, 1, later(noon(0), 6));
    assert_ne!(shown(&step).card, hard);
    let step = collection.step(later(noon(0), 66)).unwrap();
    assert_eq!(shown(&step).card, hard, "after a minute");
}

#[test]
fn progress_counts_each_card_once_and_the_drill_apart() {
    let (_home, mut collection) = Home::with(&deck("d", basics(3)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    assert_eq!((step.progress.done, step.progress.total, step.progress.drill), (0, 3, 0));
    let step = grade(&mut collection, &step, 1, noon(0));
    assert_eq!((step.progress.done, step.progress.total, step.progress.drill), (1, 3, 1));
}

#[test]
fn a_short_sitting_ends_with_its_drill_and_says_what_is_left() {
    let (_home, mut collection) = Home::with(&deck("d", basics(15)));
    let mut step = collection.begin(None, Some(10), noon(0)).unwrap();
    assert_eq!(step.progress.total, 10);
    let mut now = noon(0);
    let mut answers = 0;
    while step.shown.is_some() {
        let with = if answers == 9 { 1 } else { 4 };
        now = later(now, 1);
        step = grade(&mut collection, &step, with, now);
        answers += 1;
    }
    assert_eq!(answers, 11, "ten cards, one of them twice");
    let done = step.done.unwrap();
    assert_eq!((done.studied, done.drilled, done.left_today.new), (10, 1, 5));
}

#[test]
fn a_sitting_goes_on_where_it_was() {
    let (home, mut collection) = Home::with(&deck("d", basics(9)));
    let step = collection.begin(None, Some(5), noon(0)).unwrap();
    let step = grade(&mut collection, &step, 4, noon(0));
    drop(collection);
    let mut collection = home.open();
    let open = collection.today(noon(0)).unwrap().open_sitting.unwrap();
    assert_eq!((open.done, open.total), (1, 5));
    assert_eq!(collection.step(noon(0)).unwrap(), step);
    assert_eq!(collection.today(noon(1)).unwrap().open_sitting, None, "a day later it is over");
}

#[test]
fn an_answer_to_another_state_is_refused_and_changes_nothing() {
    let (home, mut window) = Home::with(&deck("d", basics(2)));
    let mut terminal = home.open();
    let shown_in_window = window.begin(None, None, noon(0)).unwrap();
    let step = terminal.begin(None, None, noon(0)).unwrap();
    grade(&mut terminal, &step, 4, noon(0));
    let answer = Answer {
        token: shown(&shown_in_window).token.clone(),
        grade: 1,
        taken_ms: 1,
        option: None,
    };
    assert!(matches!(window.answer(&answer, noon(0)), Err(Error::CardChanged)));
    assert_eq!(entries(&window).len(), 1);
    let step = window.step(noon(0)).unwrap();
    assert_ne!(shown(&step).card, shown(&shown_in_window).card, "the window moves on");
    assert_eq!(step.progress.total, 2);
}

#[rstest]
#[case::no_token("x", 4, "token")]
#[case::no_grade("", 6, "grade")]
fn answers_that_cannot_be_are_refused(#[case] token: &str, #[case] with: u8, #[case] field: &str) {
    let (_home, mut collection) = Home::with(&deck("d", basics(1)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let token = if token.is_empty() { shown(&step).token.clone() } else { token.into() };
    let answer = Answer { token, grade: with, taken_ms: 0, option: None };
    match collection.answer(&answer, noon(0)) {
        Err(Error::BadValue { what, .. }) => assert_eq!(what, field),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_choice_is_shuffled_logged_and_wrong_means_again() {
    let (_home, mut collection) = Home::with(&deck("d", vec![choice("c", "What first?")]));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let order: Vec<String> = shown(&step).options.iter().map(|option| option.id.clone()).collect();
    let answer = |grade, option: &str| Answer {
        token: shown(&step).token.clone(),
        grade,
        taken_ms: 1,
        option: Some(option.into()),
    };
    assert!(matches!(
        collection.answer(&answer(4, "a"), noon(0)),
        Err(Error::BadValue { what: "grade", .. })
    ));
    assert!(matches!(
        collection.answer(&answer(4, "z"), noon(0)),
        Err(Error::BadValue { what: "option", .. })
    ));
    assert_eq!(entries(&collection).len(), 0, "refused answers leave no row");
    let same = collection.step(noon(0)).unwrap();
    let again: Vec<String> = shown(&same).options.iter().map(|option| option.id.clone()).collect();
    assert_eq!(again, order, "the order stays until the card is answered");
    collection.answer(&answer(4, "b"), noon(0)).unwrap();
    assert_eq!(entries(&collection)[0].option.as_deref(), Some("b"));
}

#[test]
fn a_flag_or_an_edit_does_not_shuffle_the_options_under_ones_eyes() {
    let (_home, mut collection) = Home::with(&deck("d", vec![choice("c", "What first?")]));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let order = |step: &cairn_store::view::Step| {
        shown(step).options.iter().map(|option| option.id.clone()).collect::<Vec<_>>()
    };
    let card = shown(&step).card.parse().unwrap();
    let flagged = collection.flag(card, true, noon(0)).unwrap();
    assert_eq!(order(&flagged), order(&step));
    let note = shown(&step).note.parse().unwrap();
    let edited =
        collection.edit(note, &choice("c", "What would you do?").content, noon(0)).unwrap();
    assert_eq!(order(&edited), order(&step));
}

#[test]
fn the_day_may_change_in_mid_review_for_half_an_hour() {
    let (_home, mut collection) = Home::with(&deck("d", basics(2)));
    let evening = at("2026-11-22T03:59:00-08:00");
    let step = collection.begin(None, None, evening).unwrap();
    let step = grade(&mut collection, &step, 4, at("2026-11-22T04:20:00-08:00"));
    assert_eq!(entries(&collection)[0].day, "2026-11-21", "the day of the card as shown");
    assert_eq!(collection.today(at("2026-11-22T04:20:00-08:00")).unwrap().counts.due, 1);
    // The next card was shown on the new day.
    grade(&mut collection, &step, 4, at("2026-11-22T04:40:00-08:00"));
    assert_eq!(entries(&collection)[1].day, "2026-11-22");
}

#[test]
fn an_answer_long_after_the_day_changed_is_refused() {
    let (_home, mut collection) = Home::with(&deck("d", basics(1)));
    let step = collection.begin(None, None, at("2026-11-22T03:59:00-08:00")).unwrap();
    let answer = Answer { token: shown(&step).token.clone(), grade: 4, taken_ms: 0, option: None };
    let late = at("2026-11-22T04:31:00-08:00");
    assert!(matches!(collection.answer(&answer, late), Err(Error::CardChanged)));
}

#[test]
fn changed_settings_make_the_labels_stale() {
    let (_home, mut collection) = Home::with(&deck("d", basics(1)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let settings = Settings { max_interval_days: 30, ..collection.settings().clone() };
    collection.save_settings(&settings, noon(0)).unwrap();
    let answer = Answer { token: shown(&step).token.clone(), grade: 4, taken_ms: 0, option: None };
    assert!(matches!(collection.answer(&answer, noon(0)), Err(Error::CardChanged)));
}

#[test]
fn recall_is_measured_on_cards_seen_before_alone() {
    let (_home, mut collection) = Home::with(&deck("d", basics(4)));
    let mut now = noon(0);
    let mut step = collection.begin(None, None, now).unwrap();
    while step.shown.is_some() {
        now = later(now, 1);
        step = grade(&mut collection, &step, 4, now);
    }
    assert_eq!(step.done.unwrap().recall, None, "a first sight is reading, not recall");
    let mut now = noon(1);
    let mut step = collection.begin(None, None, now).unwrap();
    for with in [1, 3, 4, 4] {
        now = later(now, 1);
        step = grade(&mut collection, &step, with, now);
    }
    while step.shown.is_some() {
        now = later(now, 1);
        step = grade(&mut collection, &step, 4, now);
    }
    let recall = step.done.unwrap().recall.unwrap();
    assert_eq!((recall.right, recall.of), (3, 4));
}
