use crate::support::*;

#[test]
fn a_clock_set_back_is_told_and_counts_as_no_days() {
    let (_home, mut collection) = Home::with(&deck("d", basics(2)));
    finish_day(&mut collection, 4, 0);
    let today = collection.today(noon(-365)).unwrap();
    assert_eq!(today.clock_behind_since.as_deref(), Some("2026-11-21"));
    assert_eq!((today.counts.due, today.counts.new), (0, 0), "nothing was made due or new");
    assert_eq!(collection.today(noon(0)).unwrap().clock_behind_since, None);
}

#[test]
fn one_wrong_clock_in_the_future_does_not_freeze_the_collection() {
    let (_home, mut collection) = Home::with(&deck("d", basics(6)));
    finish_day(&mut collection, 4, 365);
    let today = collection.today(noon(0)).unwrap();
    assert_eq!(today.clock_behind_since.as_deref(), Some("2027-11-21"));
    assert_eq!(collection.mend_clock(noon(0)).unwrap(), 6);
    assert_eq!(collection.today(noon(0)).unwrap().clock_behind_since, None);
    let tomorrow = collection.today(noon(1)).unwrap();
    assert_eq!(tomorrow.counts.due, 6, "they come after their interval, counted from today");
    assert_eq!(collection.rebuild(true, noon(1)).unwrap(), 0);
    let undone = collection.undo(noon(1)).unwrap();
    assert_eq!(undone.act.subject, "6");
    assert_eq!(collection.today(noon(1)).unwrap().counts.due, 0);
}

#[test]
fn answers_go_on_under_a_clock_that_was_set_back() {
    let (home, mut collection) = Home::with(&deck("d", basics(20)));
    let step = collection.begin(None, None, noon(30)).unwrap();
    let step = grade(&mut collection, &step, 4, noon(30));
    drop(step);
    let mut collection = {
        drop(collection);
        home.open()
    };
    let step = collection.begin(None, None, noon(0)).unwrap();
    assert_eq!(step.progress.total, 15, "today has its own new cards");
    grade(&mut collection, &step, 4, noon(0));
    assert_eq!(collection.rebuild(true, noon(0)).unwrap(), 0, "order never hangs on wall time");
}

#[test]
fn kind_words_know_how_many_days_were_missed() {
    let (_home, mut collection) = Home::with(&deck("d", basics(60)));
    for day in 0..4 {
        finish_day(&mut collection, 4, day);
    }
    assert_eq!(collection.today(noon(4)).unwrap().days_away, 0);
    let back = collection.today(noon(11)).unwrap();
    assert_eq!(back.days_away, 7);
    let offer = back.backlog.expect("60 cards are ready after a missed week");
    assert_eq!((offer.ready, offer.per_day, offer.days), (60, 20, 3));
}

#[test]
fn a_backlog_is_spread_by_a_cap_and_no_date_is_rewritten() {
    let (_home, mut collection) = Home::with(&deck("d", basics(60)));
    for day in 0..4 {
        finish_day(&mut collection, 4, day);
    }
    let log = entries(&collection);
    collection.set_catch_up(Some(20), noon(11)).unwrap();
    let today = collection.today(noon(11)).unwrap();
    assert_eq!((today.counts.due, today.catch_up_per_day, today.backlog), (20, Some(20), None));
    assert_eq!(entries(&collection), log);
    finish_day(&mut collection, 4, 11);
    assert_eq!(collection.today(noon(11)).unwrap().counts.due, 0);
    assert_eq!(collection.today(noon(12)).unwrap().counts.due, 20);
    collection.undo(noon(12)).unwrap();
    collection.set_catch_up(None, noon(12)).unwrap();
    assert!(collection.today(noon(12)).unwrap().counts.due > 20);
    assert!(collection.set_catch_up(Some(0), noon(12)).is_err());
}

#[test]
fn days_studied_are_those_of_the_month() {
    let (_home, mut collection) = Home::with(&deck("d", basics(60)));
    for day in [0, 1, 5] {
        finish_day(&mut collection, 4, day);
    }
    let today = collection.today(noon(9)).unwrap();
    assert_eq!((today.month.len(), today.days_studied), (30, 3));
    assert_eq!(collection.today(noon(10)).unwrap().days_studied, 0, "December is a new month");
}

#[test]
fn a_flight_over_the_date_line_is_no_wrong_clock() {
    let (_home, mut collection) = Home::with(&deck("d", basics(2)));
    let tokyo = at("2026-11-22T09:00:00+09:00");
    let step = collection.begin(None, None, tokyo).unwrap();
    grade(&mut collection, &step, 4, tokyo);
    let honolulu = at("2026-11-21T20:00:00-10:00");
    let today = collection.today(honolulu).unwrap();
    assert_eq!((today.day.as_str(), today.clock_behind_since), ("2026-11-21", None));
}

#[test]
fn the_offer_counts_what_today_counts() {
    let mut notes = basics(40);
    notes.extend((0..10).map(|n| cloze(&format!("c{n}"), "{{c1::a}} {{c2::b}}")));
    let (_home, mut collection) = Home::with(&deck("d", notes));
    for day in 0..6 {
        finish_day(&mut collection, 4, day);
    }
    let today = collection.today(noon(30)).unwrap();
    let offer = today.backlog.expect("a month of cards is ready");
    assert_eq!((offer.ready, today.counts.due), (50, 50), "of siblings one a day");
}
