use cairn_core::area::Area;
use cairn_core::day::StudyDay;
use cairn_core::note::Content;
use cairn_core::package::{Facts, Package, PackageNote};
use cairn_core::rows::{AnswerRow, CardRow, CardState};
use cairn_core::schedule::Schedule;
use cairn_store::{Collection, Error, Intake, Tables};
use uuid::Uuid;

use crate::support::*;

/// What is compared of a card.
#[derive(Debug, Clone, PartialEq)]
struct Card {
    id: Uuid,
    deck: String,
    key: String,
    question: String,
    answer: String,
    state: CardState,
    answers: u32,
}

/// What `read` finds in each card, in their order.
fn each_card<T: Send>(tables: &mut Tables, read: impl Fn(&CardRow<'_>) -> T + Sync) -> Vec<T> {
    let mut found = Vec::new();
    let add = |rows: &mut Vec<T>, row: &CardRow<'_>| rows.push(read(row));
    let done: Result<(), Error> = tables.cards(Vec::new, add, |rows, count| {
        assert_eq!(rows.len() as u64, count);
        found.extend(rows);
        Ok(())
    });
    done.unwrap();
    assert_eq!(found.len(), tables.len());
    found
}

/// What `read` finds in each answer of some days, in their order.
fn each_answer<T: Send>(
    tables: &mut Tables,
    days: [Option<StudyDay>; 2],
    read: impl Fn(&AnswerRow<'_>) -> T + Sync,
) -> Vec<T> {
    let (mut found, mut all) = (Vec::new(), 0);
    let add = |rows: &mut Vec<T>, row: &AnswerRow<'_>| rows.push(read(row));
    let done: Result<(), Error> = tables.answers(days, Vec::new, add, |rows, count| {
        all += count;
        found.extend(rows);
        Ok(())
    });
    done.unwrap();
    assert_eq!(all, tables.log_len());
    found
}

fn cards(collection: &Collection, deck: Option<&str>) -> Vec<Card> {
    let reader = collection.reader().unwrap();
    each_card(&mut reader.tables(deck, noon(0)).unwrap(), |row| Card {
        id: row.card,
        deck: row.deck.into(),
        key: row.key.into(),
        question: row.question.into(),
        answer: row.answer.into(),
        state: row.state,
        answers: row.answers,
    })
}

/// Kind, grade, study day (after the first) and whether the card was new, of every answer.
fn answers(
    collection: &Collection,
    from: Option<i32>,
    to: Option<i32>,
) -> Vec<(String, u8, i32, bool)> {
    let first = collection.study_day(noon(0));
    let reader = collection.reader().unwrap();
    let mut tables = reader.tables(None, noon(0)).unwrap();
    let days = [from, to].map(|day| day.map(|day| first.plus(day)));
    each_answer(&mut tables, days, |row| {
        let is_new = row.before_interval_days.is_none();
        (row.kind.into(), row.grade.unwrap(), row.day.days_since(first), is_new)
    })
}

#[test]
fn cards_come_in_the_order_of_decks_notes_and_keys_with_plain_text() {
    let both = Content::Basic {
        front: "What is *it*?".into(),
        back: "**This**.".into(),
        both_ways: true,
        note: String::new(),
    };
    let facts = Facts { area: Some(Area::Cm), tags: vec!["t".into()], ..Facts::default() };
    let notes = vec![
        PackageNote::new("a", both, facts.clone()),
        cloze("b", "{{c1::One}} and {{c2::two::hint}}"),
        choice("c", "Which?"),
    ];
    let (_home, collection) = Home::with(&deck("d", notes));
    let told: Vec<(String, String, String)> = cards(&collection, None)
        .into_iter()
        .map(|card| (card.key, card.question, card.answer))
        .collect();
    let expected = [
        ("front", "What is it?", "This."),
        ("back", "This.", "What is it?"),
        ("c1", "[…] and two", "One and two"),
        ("c2", "One and [hint]", "One and two"),
        ("front", "Which?", "Option b"),
    ];
    assert_eq!(told, expected.map(|(key, q, a)| (key.into(), q.into(), a.into())));
    let reader = collection.reader().unwrap();
    let mut tables = reader.tables(None, noon(0)).unwrap();
    let areas = each_card(&mut tables, |row| (row.area.to_owned(), row.tags.len()));
    let (here, none) = (("CM".to_owned(), 1), (String::new(), 0));
    assert_eq!(areas, [here.clone(), here, none.clone(), none.clone(), none]);
}

#[test]
fn a_state_is_that_of_the_day() {
    let (_home, mut collection) = Home::with(&deck("d", basics(4)));
    let ids: Vec<Uuid> = cards(&collection, None).iter().map(|card| card.id).collect();
    let step = collection.begin(None, None, noon(0)).unwrap();
    assert_eq!(shown(&step).card, ids[0].to_string());
    grade(&mut collection, &step, 4, noon(0));
    collection.suspend(ids[1], true, noon(0)).unwrap();
    collection.bury(ids[2], noon(0)).unwrap();
    let states: Vec<CardState> = cards(&collection, None).iter().map(|card| card.state).collect();
    let expected = [CardState::Review, CardState::Suspended, CardState::Buried, CardState::New];
    assert_eq!(states, expected);
    let tomorrow = collection.reader().unwrap();
    let mut tables = tomorrow.tables(None, noon(1)).unwrap();
    let seen = each_card(&mut tables, |row| (row.state, row.buried_until.is_some()));
    assert_eq!(seen[2], (CardState::New, true), "it comes back on the next day");
}

#[test]
fn answers_that_were_taken_back_count_nowhere() {
    let (_home, mut collection) = Home::with(&deck("d", basics(2)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let step = grade(&mut collection, &step, 4, noon(0));
    grade(&mut collection, &step, 1, noon(0));
    collection.undo(noon(0)).unwrap();
    assert_eq!(answers(&collection, None, None), [("review".into(), 4, 0, true)]);
    let counted: Vec<u32> = cards(&collection, None).iter().map(|card| card.answers).collect();
    assert_eq!(counted, [1, 0]);
}

#[test]
fn a_range_of_days_limits_the_answers_and_not_what_is_counted_of_a_card() {
    let (_home, mut collection) = Home::with(&deck("d", basics(1)));
    for (day, with) in [(0, 1), (1, 4), (2, 5)] {
        finish_day(&mut collection, with, day);
    }
    let all = answers(&collection, None, None);
    let days: Vec<i32> = all.iter().map(|(_, _, day, _)| *day).collect();
    assert_eq!(days, [0, 0, 1, 2], "the drill of the first day too");
    assert_eq!(all[1].0, "drill");
    assert_eq!(answers(&collection, Some(1), Some(1)), all[2..3]);
    assert_eq!(answers(&collection, Some(1), None), all[2..]);
    assert_eq!(answers(&collection, None, Some(0)), all[..2]);
    let reader = collection.reader().unwrap();
    let mut tables = reader.tables(None, noon(2)).unwrap();
    let first = collection.study_day(noon(0));
    let day = Some(first.plus(1));
    assert_eq!(each_answer(&mut tables, [day, day], |row| row.day), [first.plus(1)]);
    let told = each_card(&mut tables, |row| {
        (row.answers, row.last_answered, matches!(row.schedule, Schedule::Known(_)))
    });
    assert_eq!(told, [(4, Some(first.plus(2)), true)]);
}

#[test]
fn one_deck_is_given_alone_with_its_answers() {
    let (_home, mut collection) = Home::with(&deck("one", basics(1)));
    collection
        .take_in(&deck("two", vec![basic("x", "X?", "x")]), Intake::Import, "two", noon(0))
        .unwrap();
    finish_day(&mut collection, 4, 0);
    assert_eq!(cards(&collection, None).len(), 2);
    let one = cards(&collection, Some("Deck two"));
    assert_eq!((one.len(), one[0].question.as_str(), one[0].answers), (1, "X?", 1));
    let reader = collection.reader().unwrap();
    assert!(matches!(reader.tables(Some("three"), noon(0)), Err(Error::NotFound { .. })));
}

#[test]
fn what_asks_no_more_ends_the_reading() {
    let (_home, mut collection) = Home::with(&deck("d", basics(3)));
    finish_day(&mut collection, 4, 0);
    let reader = collection.reader().unwrap();
    let mut tables = reader.tables(None, noon(0)).unwrap();
    let stop = |_: u32, _| Err(Error::Cancelled);
    let counted = |count: &mut u32| *count += 1;
    let cards = tables.cards(u32::default, |count, _| counted(count), stop);
    assert!(matches!(cards, Err(Error::Cancelled)));
    let answers = tables.answers([None, None], u32::default, |count, _| counted(count), stop);
    assert!(matches!(answers, Err(Error::Cancelled)));
    assert_eq!(each_card(&mut tables, |row| row.answers), [1, 1, 1], "it can be asked again");
}

#[test]
fn a_collection_of_nothing_has_no_row() {
    let (_home, collection) = Home::with(&Package::default());
    assert_eq!(cards(&collection, None), []);
    assert_eq!(answers(&collection, None, None), []);
}
