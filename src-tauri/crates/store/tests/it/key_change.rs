use cairn_core::note::Content;
use cairn_core::package::{Package, PackageNote};
use cairn_store::{Collection, Intake};

use crate::support::*;

/// A choice whose best option is `right`.
fn keyed(id: &str, right: &str) -> PackageNote {
    let mut note = choice(id, "What comes first?");
    if let Content::Choice { options, .. } = &mut note.content {
        for option in options {
            option.right = option.id == right;
        }
    }
    note
}

fn with_key(right: &str) -> Package {
    deck("d", vec![keyed("x", right), basic("y", "Question?", "Answer.")])
}

fn update(collection: &mut Collection, package: &Package) -> u32 {
    collection.take_in(package, Intake::BuiltIn, "Cairn", noon(1)).unwrap().keys_changed
}

/// What Today tells: what was best and what is.
fn told(collection: &mut Collection) -> Vec<(String, String)> {
    let today = collection.today(noon(1)).unwrap();
    today.key_changes.into_iter().map(|change| (change.was, change.now)).collect()
}

fn from_to(was: &str, now: &str) -> Vec<(String, String)> {
    vec![(format!("Option {was}"), format!("Option {now}"))]
}

/// What the choice card says of its former best answer when it is shown.
fn best_was(collection: &mut Collection) -> Option<String> {
    let mut step = collection.begin(None, None, noon(1)).unwrap();
    while shown(&step).kind != "choice" {
        step = grade(collection, &step, 4, noon(1));
    }
    shown(&step).best_was.clone()
}

#[test]
fn whoever_answered_a_card_is_told_that_its_key_changed_until_they_answer_it_again() {
    let (_home, mut collection) = Home::with(&with_key("b"));
    finish_day(&mut collection, 4, 0);
    let due = collection.today(noon(1)).unwrap().counts.due;
    assert_eq!(update(&mut collection, &with_key("c")), 1);
    assert_eq!(told(&mut collection), from_to("b", "c"));
    assert_eq!(collection.today(noon(1)).unwrap().key_changes[0].question, "What comes first?");
    assert_eq!(collection.today(noon(1)).unwrap().counts.due, due, "its day stays");
    assert_eq!(best_was(&mut collection).as_deref(), Some("Option b"));
    finish_day(&mut collection, 4, 1);
    assert_eq!(told(&mut collection), []);
    collection.undo(noon(1)).unwrap();
    collection.undo(noon(1)).unwrap();
    assert_eq!(told(&mut collection), from_to("b", "c"), "an answer taken back is none");
}

#[test]
fn marked_as_read_it_leaves_today_and_stays_on_the_card() {
    let (_home, mut collection) = Home::with(&with_key("b"));
    finish_day(&mut collection, 4, 0);
    update(&mut collection, &with_key("c"));
    collection.mark_key_changes_read().unwrap();
    assert_eq!(told(&mut collection), []);
    assert_eq!(best_was(&mut collection).as_deref(), Some("Option b"));
    update(&mut collection, &with_key("d"));
    assert_eq!(told(&mut collection), from_to("b", "d"), "the next change is news");
}

#[test]
fn two_updates_are_one_change_and_back_again_is_none() {
    let (_home, mut collection) = Home::with(&with_key("b"));
    finish_day(&mut collection, 4, 0);
    update(&mut collection, &with_key("c"));
    update(&mut collection, &with_key("d"));
    assert_eq!(told(&mut collection), from_to("b", "d"));
    update(&mut collection, &with_key("b"));
    assert_eq!(told(&mut collection), []);
    assert_eq!(best_was(&mut collection), None);
}

#[test]
fn a_card_never_answered_has_nothing_to_unlearn() {
    let (_home, mut collection) = Home::with(&with_key("b"));
    assert_eq!(update(&mut collection, &with_key("c")), 0);
    assert_eq!(told(&mut collection), []);
}

#[test]
fn other_words_for_the_same_option_are_no_change() {
    let (_home, mut collection) = Home::with(&with_key("b"));
    finish_day(&mut collection, 4, 0);
    let mut reworded = with_key("b");
    let mut renamed = with_key("b");
    for (package, is_renamed) in [(&mut reworded, false), (&mut renamed, true)] {
        if let Content::Choice { options, .. } = &mut package.decks[0].notes[0].content {
            if is_renamed {
                options[1].id = "best".into();
            } else {
                options[1].text = "Option b, in other words".into();
            }
        }
    }
    assert_eq!(update(&mut collection, &renamed), 0);
    assert_eq!(update(&mut collection, &with_key("b")), 0);
    assert_eq!(update(&mut collection, &reworded), 0);
    assert_eq!(told(&mut collection), []);
}

#[test]
fn a_person_who_edited_the_card_is_told_too_and_keeps_their_words() {
    let (_home, mut collection) = Home::with(&with_key("b"));
    finish_day(&mut collection, 4, 0);
    let mut step = collection.begin(None, None, noon(1)).unwrap();
    while shown(&step).kind != "choice" {
        step = grade(&mut collection, &step, 4, noon(1));
    }
    let note = shown(&step).note.parse().unwrap();
    let mut mine = keyed("x", "b").content;
    if let Content::Choice { stem, .. } = &mut mine {
        *stem = "In my words: what comes first?".into();
    }
    collection.edit(note, &mine, noon(1)).unwrap();
    assert_eq!(update(&mut collection, &with_key("c")), 1);
    assert_eq!(told(&mut collection), from_to("b", "c"));
    assert_eq!(collection.note_text(note).unwrap().content, mine);
}

#[test]
fn taking_back_the_import_that_changed_a_key_ends_the_news() {
    let home = Home::new();
    let mut collection = home.open();
    collection.take_in(&with_key("b"), Intake::Import, "mine.md", noon(0)).unwrap();
    finish_day(&mut collection, 4, 0);
    let report = collection.take_in(&with_key("c"), Intake::Import, "mine.md", noon(1)).unwrap();
    assert_eq!((report.updated, report.keys_changed), (1, 1));
    assert_eq!(told(&mut collection), from_to("b", "c"));
    collection.undo(noon(1)).unwrap();
    assert_eq!(told(&mut collection), []);
    assert_eq!(best_was(&mut collection), None);
    assert_eq!(collection.check().unwrap(), []);
}
