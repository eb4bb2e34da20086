use cairn_store::{ActKind, Error, Settings, Theme};
use uuid::Uuid;

use crate::support::*;

fn card(step: &cairn_store::view::Step) -> Uuid {
    shown(step).card.parse().unwrap()
}

#[test]
fn any_number_of_answers_can_be_taken_back_also_after_a_restart() {
    let (home, mut collection) = Home::with(&deck("d", basics(8)));
    let start = collection.begin(None, None, noon(0)).unwrap();
    let mut steps = vec![start];
    for with in [4, 1, 3, 5, 4] {
        let next = grade(&mut collection, steps.last().unwrap(), with, noon(0));
        steps.push(next);
    }
    drop(collection);
    let mut collection = home.open();
    for step in steps.iter().rev().skip(1) {
        let undone = collection.undo(noon(0)).unwrap();
        assert_eq!(undone.act.kind, ActKind::Answer);
        let back = undone.step;
        assert_eq!(shown(&back).card, shown(step).card, "the card is there again");
        assert_eq!(shown(&back).outcomes, shown(step).outcomes);
        assert_eq!(back.progress, step.progress);
    }
    assert!(matches!(collection.undo(noon(0)), Err(Error::NothingToUndo)));
    assert!(entries(&collection).iter().all(|entry| entry.voided), "rows stay, voided");
    assert_eq!(entries(&collection).len(), 5);
    assert_eq!(collection.rebuild(true, noon(0)).unwrap(), 0);
    assert_eq!(collection.today(noon(0)).unwrap().days_studied, 0);
}

#[test]
fn undo_names_the_last_act_whatever_it_was() {
    let (_home, mut collection) = Home::with(&deck("d", basics(5)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let first = shown(&step).card.clone();
    let step = collection.suspend(card(&step), true, noon(0)).unwrap();
    let step = collection.bury(card(&step), noon(0)).unwrap();
    let step = collection.flag(card(&step), true, noon(0)).unwrap();
    assert!(shown(&step).flagged);
    let settings = Settings { theme: Theme::Dark, ..collection.settings().clone() };
    collection.save_settings(&settings, noon(0)).unwrap();

    let undone = collection.undo(noon(0)).unwrap();
    assert_eq!((undone.act.kind, undone.act.subject.as_str()), (ActKind::Setting, "theme"));
    assert_eq!(collection.settings().theme, Theme::System);
    let undone = collection.undo(noon(0)).unwrap();
    assert_eq!(undone.act.kind, ActKind::Flag);
    assert!(!shown(&undone.step).flagged);
    let undone = collection.undo(noon(0)).unwrap();
    assert_eq!((undone.act.kind, undone.act.subject.as_str()), (ActKind::Bury, "Question 1?"));
    let undone = collection.undo(noon(0)).unwrap();
    assert_eq!(undone.act.kind, ActKind::Suspend);
    assert_eq!(shown(&undone.step).card, first);
}

#[test]
fn a_suspended_or_buried_card_is_out_of_queue_counts_and_drill() {
    let (_home, mut collection) = Home::with(&deck("d", basics(3)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let failed = card(&step);
    grade(&mut collection, &step, 1, noon(0));
    assert_eq!(collection.today(noon(0)).unwrap().counts.drill, 1);
    collection.bury(failed, noon(0)).unwrap();
    let counts = collection.today(noon(0)).unwrap().counts;
    assert_eq!((counts.new, counts.drill), (2, 0));
    let tomorrow = collection.today(noon(1)).unwrap().counts;
    assert_eq!(tomorrow.due, 1, "buried until tomorrow only");
    collection.suspend(failed, true, noon(1)).unwrap();
    assert_eq!(collection.today(noon(1)).unwrap().counts.due, 0);
    collection.suspend(failed, false, noon(1)).unwrap();
    assert_eq!(collection.today(noon(1)).unwrap().counts.due, 1);
}

#[test]
fn an_edit_keeps_the_schedule_and_can_be_taken_back() {
    let (_home, mut collection) =
        Home::with(&deck("d", vec![cloze("c", "{{c1::a}} and {{c2::b}}")]));
    finish_day(&mut collection, 4, 0);
    let step = collection.begin(None, None, noon(1)).unwrap();
    let note: Uuid = shown(&step).note.parse().unwrap();
    let before = collection.note_text(note).unwrap();
    let edited = cairn_core::note::Content::Cloze { text: "{{c1::x}}".into(), note: "n".into() };
    let step = collection.edit(note, &edited, noon(1)).unwrap();
    assert!(shown(&step).edited);
    let text = collection.note_text(note).unwrap();
    assert_eq!((text.content, text.base), (edited, Some(before.content.clone())));
    assert_eq!(collection.today(noon(1)).unwrap().counts.new, 0, "the second gap is gone");
    let undone = collection.undo(noon(1)).unwrap();
    assert_eq!(undone.act.kind, ActKind::Edit);
    assert_eq!(collection.note_text(note).unwrap().content, before.content);
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn an_edit_that_makes_no_card_is_refused() {
    let (_home, mut collection) = Home::with(&deck("d", vec![cloze("c", "{{c1::a}}")]));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let note: Uuid = shown(&step).note.parse().unwrap();
    let text =
        |text: &str| cairn_core::note::Content::Cloze { text: text.into(), note: String::new() };
    assert!(matches!(
        collection.edit(note, &text("no gap"), noon(0)),
        Err(Error::BadValue { what: "text", .. })
    ));
    let other = basic("x", "q", "a").content;
    assert!(matches!(
        collection.edit(note, &other, noon(0)),
        Err(Error::BadValue { what: "content", .. })
    ));
}

#[test]
fn finishing_the_welcome_is_not_taken_back() {
    let (_home, mut collection) = Home::with(&deck("d", basics(1)));
    let settings = Settings { welcomed: true, new_per_day: 9, ..Settings::default() };
    collection.save_settings(&settings, noon(0)).unwrap();
    assert!(matches!(collection.undo(noon(0)), Err(Error::NothingToUndo)));
    assert_eq!(*collection.settings(), settings);
    let set_up = Settings { new_per_day: 3, ..settings };
    collection.set_up(&set_up, noon(0)).unwrap();
    assert!(matches!(collection.undo(noon(0)), Err(Error::NothingToUndo)));
}
