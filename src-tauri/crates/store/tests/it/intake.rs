use cairn_core::note::Content;
use cairn_store::{ActKind, Intake};
use uuid::Uuid;

use crate::support::*;

#[test]
fn the_same_package_twice_changes_nothing() {
    let (_home, mut collection) = Home::with(&deck("d", basics(3)));
    let report =
        collection.take_in(&deck("d", basics(3)), Intake::BuiltIn, "Cairn", noon(1)).unwrap();
    assert_eq!((report.added, report.updated, report.unchanged), (0, 0, 3));
}

#[test]
fn an_update_keeps_schedules_edits_and_suspensions() {
    let (_home, mut collection) = Home::with(&deck("d", basics(3)));
    let cards = finish_day(&mut collection, 4, 0);
    let step = collection.begin(None, None, noon(1)).unwrap();
    let edited_note: Uuid = shown(&step).note.parse().unwrap();
    let mine = basic("", "My question?", "Mine.").content;
    collection.edit(edited_note, &mine, noon(1)).unwrap();
    let other = cards.iter().find(|card| **card != shown(&step).card).unwrap();
    collection.suspend(other.parse().unwrap(), true, noon(1)).unwrap();

    let mut notes: Vec<_> = (0..3)
        .map(|n| basic(&format!("n{n}"), &format!("Question {n}, reworded?"), "Answer."))
        .collect();
    notes.push(basic("n9", "Question 9?", "Answer."));
    let report = collection.take_in(&deck("d", notes), Intake::BuiltIn, "Cairn", noon(1)).unwrap();
    assert_eq!((report.added, report.updated, report.kept_edits), (1, 2, 1));
    let text = collection.note_text(edited_note).unwrap();
    assert_eq!(text.content, mine, "the edit stays");
    assert!(
        matches!(text.base, Some(Content::Basic { front, .. }) if front.ends_with("reworded?"))
    );
    let today = collection.today(noon(1)).unwrap();
    assert_eq!((today.counts.due, today.counts.new), (2, 1), "schedules and suspension stay");
    assert_eq!(collection.rebuild(true, noon(1)).unwrap(), 0);
}

#[test]
fn a_card_that_the_content_no_longer_holds_is_retired_with_its_history() {
    let (_home, mut collection) = Home::with(&deck("d", basics(3)));
    finish_day(&mut collection, 4, 0);
    let report =
        collection.take_in(&deck("d", basics(2)), Intake::BuiltIn, "Cairn", noon(1)).unwrap();
    assert_eq!(report.retired, 1);
    assert_eq!(collection.today(noon(1)).unwrap().counts.due, 2);
    assert_eq!(entries(&collection).len(), 3, "its history stays");
    let report =
        collection.take_in(&deck("d", basics(3)), Intake::BuiltIn, "Cairn", noon(1)).unwrap();
    assert_eq!(report.updated, 1);
    assert_eq!(collection.today(noon(1)).unwrap().counts.due, 3, "and it may come back");
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn one_undo_takes_a_whole_import_back_and_importing_again_brings_it_back() {
    let (_home, mut collection) = Home::with(&deck("d", basics(2)));
    let file = deck("mine", vec![basic("x", "Mine?", "Yes."), cloze("y", "{{c1::a}} {{c2::b}}")]);
    let report = collection.take_in(&file, Intake::Import, "mine.md", noon(0)).unwrap();
    assert_eq!(report.added, 2);
    assert_eq!(collection.today(noon(0)).unwrap().counts.new, 4, "siblings wait");
    let undone = collection.undo(noon(0)).unwrap();
    assert_eq!((undone.act.kind, undone.act.subject.as_str()), (ActKind::Import, "mine.md"));
    let today = collection.today(noon(0)).unwrap();
    assert_eq!((today.counts.new, today.decks.len()), (2, 1));
    assert_eq!(collection.check().unwrap(), []);
    let report = collection.take_in(&file, Intake::Import, "mine.md", noon(0)).unwrap();
    assert_eq!(report.added, 2);
    assert_eq!(collection.today(noon(0)).unwrap().counts.new, 4);
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn two_machines_that_take_in_the_same_thing_hold_the_same_cards() {
    let (_one, mut here) = Home::with(&deck("d", basics(4)));
    let (_two, mut there) = Home::with(&deck("d", basics(4)));
    let cards = |collection: &mut cairn_store::Collection| finish_day(collection, 4, 0);
    assert_eq!(cards(&mut here), cards(&mut there));
}

#[test]
fn new_cards_are_taken_from_every_deck_in_turn() {
    let (_home, mut collection) = Home::with(&deck("a", basics(20)));
    collection.take_in(&deck("b", basics(20)), Intake::BuiltIn, "Cairn", noon(0)).unwrap();
    let today = collection.today(noon(0)).unwrap();
    let new: Vec<u32> = today.decks.iter().map(|deck| deck.new).collect();
    assert_eq!((new, today.counts.new), (vec![8, 7], 15));
    let step = collection.begin(Some("b"), None, noon(0)).unwrap();
    assert_eq!((shown(&step).deck.as_str(), step.progress.total), ("Deck b", 7));
}
