use std::ops::ControlFlow;

use cairn_core::day::StudyDay;
use cairn_core::fold::LogKind;
use cairn_core::package::{Package, PackageCard, PackageMedia, PackageNote, PackageRow};
use cairn_core::policy::Policy;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::Memory;
use cairn_store::{ActKind, Collection, Error, Existing, Intake, IntakeReport, TakeIn};

use crate::support::*;

fn known(due_in: i32, interval_days: u32) -> Schedule {
    let today = StudyDay::of(noon(0), 4);
    Schedule::Known(Known {
        memory: Memory { repetitions: 2, interval_days, ease_hundredths: 231 },
        due: today.plus(due_in),
        last: today.plus(due_in - i32::try_from(interval_days).unwrap()),
        lapses: 3,
    })
}

fn foreign(days_ago: i64) -> PackageRow {
    let moment = noon(-days_ago);
    PackageRow {
        kind: LogKind::Foreign,
        grade: Some(4),
        response: None,
        option_order: None,
        day: StudyDay::of(moment, 4),
        at_ms: moment.utc_ms,
        offset_minutes: moment.offset_minutes,
        taken_ms: 2500,
        rule: "anki".into(),
        policy: Policy::default(),
        outcome: None,
        plan_day: None,
        before: Schedule::New,
        after: Schedule::New,
        elsewhere: "{\"ease\":3}".into(),
    }
}

fn with_history(id: &str, schedule: Schedule) -> PackageNote {
    let mut note = basic(id, &format!("Question {id}?"), "Answer.");
    note.cards = vec![PackageCard {
        key: "front".into(),
        suspended: false,
        flagged: true,
        buried_until: None,
        schedule,
        log: vec![foreign(20), foreign(10)],
        elsewhere: "{\"reps\":7}".into(),
    }];
    note
}

fn take(collection: &mut Collection, package: &Package, how: &TakeIn<'_>) -> IntakeReport {
    let mut on = |_, _| ControlFlow::Continue(());
    let told = collection.compare(package, how, &mut on).unwrap();
    let done = collection.take_in_as(package, how, noon(0), &mut on).unwrap();
    assert_eq!(IntakeReport { operation: 0, ..done }, told, "the preview told what happened");
    done
}

fn import(collection: &mut Collection, package: &Package) -> IntakeReport {
    take(collection, package, &TakeIn::new(Intake::Import, "file"))
}

fn counts(collection: &mut Collection) -> (u32, u32) {
    let counts = collection.today(noon(0)).unwrap().counts;
    (counts.due, counts.new)
}

#[test]
fn a_schedule_arrives_as_it_was_with_its_history() {
    let (_home, mut collection) = Home::empty();
    let package = deck("d", vec![with_history("a", known(0, 12)), with_history("b", known(5, 12))]);
    let report = import(&mut collection, &package);
    assert_eq!((report.added, report.cards, report.scheduled), (2, 2, 2));
    assert_eq!(counts(&mut collection), (1, 0), "one is due, one comes in five days");
    let kinds: Vec<String> = entries(&collection).into_iter().map(|entry| entry.kind).collect();
    assert_eq!(kinds, ["foreign", "foreign", "set", "foreign", "foreign", "set"]);
    let step = collection.begin(None, None, noon(0)).unwrap();
    assert!(shown(&step).flagged);
    assert_eq!(shown(&step).outcomes[4].interval_days, 28, "12 × 2.31, rounded up");
    assert_eq!(collection.rebuild(true, noon(0)).unwrap(), 0, "the log says what the card says");
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn the_same_history_twice_changes_nothing() {
    let (_home, mut collection) = Home::empty();
    let package = deck("d", vec![with_history("a", known(0, 12))]);
    import(&mut collection, &package);
    let before = entries(&collection);
    let report = import(&mut collection, &package);
    assert_eq!((report.unchanged, report.scheduled, report.kept_schedules), (1, 0, 1));
    assert_eq!(entries(&collection), before);
}

#[test]
fn fresh_leaves_dates_and_history_out() {
    let (_home, mut collection) = Home::empty();
    let package = deck("d", vec![with_history("a", known(0, 12))]);
    let how = TakeIn { fresh: true, ..TakeIn::new(Intake::Import, "file") };
    let report = take(&mut collection, &package, &how);
    assert_eq!((report.added, report.scheduled), (1, 0));
    assert_eq!(counts(&mut collection), (0, 1));
    assert_eq!(entries(&collection), []);
}

#[test]
fn a_card_that_was_never_answered_here_takes_the_schedule_and_one_that_was_keeps_its_own() {
    let (_home, mut collection) = Home::empty();
    import(&mut collection, &deck("d", basics(2)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    assert_eq!(shown(&step).kind, "basic");
    grade(&mut collection, &step, 4, noon(0));
    let mut notes = basics(2);
    for note in &mut notes {
        note.cards = with_history("x", known(0, 12)).cards;
    }
    let report = import(&mut collection, &deck("d", notes));
    assert_eq!((report.unchanged, report.scheduled, report.kept_schedules), (2, 1, 1));
    assert_eq!(counts(&mut collection), (1, 0));
    assert_eq!(collection.rebuild(true, noon(0)).unwrap(), 0);
    collection.undo(noon(0)).unwrap();
    assert_eq!(counts(&mut collection), (0, 1), "one undo takes the schedule back");
    assert_eq!(collection.rebuild(true, noon(0)).unwrap(), 0);
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn undone_and_imported_again_it_is_all_there_again() {
    let (_home, mut collection) = Home::empty();
    let package = deck("d", vec![with_history("a", known(0, 12)), with_history("b", known(1, 3))]);
    import(&mut collection, &package);
    collection.undo(noon(0)).unwrap();
    assert_eq!(counts(&mut collection), (0, 0));
    let report = import(&mut collection, &package);
    assert_eq!((report.added, report.scheduled), (2, 2));
    assert_eq!(counts(&mut collection), (1, 0));
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn called_off_it_leaves_nothing_behind() {
    let (_home, mut collection) = Home::empty();
    import(&mut collection, &deck("d", basics(1)));
    let many = deck("e", basics(1000));
    let mut looks = 0;
    let mut stop = |_, all| {
        looks += 1;
        assert_eq!(all, 1000);
        if looks == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let how = TakeIn::new(Intake::Import, "many");
    let error = collection.take_in_as(&many, &how, noon(0), &mut stop).unwrap_err();
    assert!(matches!(error, Error::Cancelled));
    assert_eq!(counts(&mut collection), (0, 1));
    let last = collection.today(noon(0)).unwrap().last_act.unwrap();
    assert_eq!((last.kind, last.subject.as_str()), (ActKind::Import, "file"));
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn mine_can_stay_and_both_can_stay() {
    let (_home, mut collection) = Home::empty();
    import(&mut collection, &deck("d", basics(2)));
    let changed = deck(
        "d",
        vec![basic("n0", "Question 0, anew?", "Answer."), basic("n1", "Question 1?", "Answer.")],
    );
    let mine = TakeIn { existing: Existing::KeepMine, ..TakeIn::new(Intake::Import, "file") };
    let report = take(&mut collection, &changed, &mine);
    assert_eq!((report.added, report.kept_edits, report.unchanged), (0, 1, 1));
    let both = TakeIn { existing: Existing::KeepBoth, ..TakeIn::new(Intake::Import, "file") };
    let report = take(&mut collection, &changed, &both);
    assert_eq!((report.added, report.unchanged), (1, 1));
    assert_eq!(counts(&mut collection), (0, 3));
    let report = take(&mut collection, &changed, &both);
    assert_eq!((report.added, report.unchanged), (0, 2), "twice makes no third");
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn an_import_can_be_taken_back_after_its_cards_were_answered() {
    let home = Home::new();
    let mut collection = home.open();
    import(&mut collection, &deck("mine", basics(2)));
    let how = TakeIn::new(Intake::Import, "second.csv");
    take(&mut collection, &deck("other", vec![basic("x", "Other?", "Yes.")]), &how);
    finish_day(&mut collection, 4, 0);
    drop(collection);
    let mut collection = home.open();
    let past = collection.imports().unwrap();
    let told: Vec<(&str, u32, u32)> =
        past.iter().map(|one| (one.name.as_str(), one.notes, one.answers)).collect();
    assert_eq!(told, [("second.csv", 1, 1), ("file", 2, 2)]);
    assert_eq!(collection.take_back_import(past[1].operation, noon(1)).unwrap(), 2);
    assert_eq!(collection.today(noon(1)).unwrap().counts.due, 1, "the other import stands");
    assert_eq!(collection.imports().unwrap().len(), 1);
    assert!(matches!(
        collection.take_back_import(past[1].operation, noon(1)),
        Err(Error::NotFound { what: "import", .. })
    ));
    assert_eq!(collection.check().unwrap(), []);
    let act = collection.undo(noon(1)).unwrap().act;
    assert_eq!(act.kind, ActKind::Answer, "undo goes on with the last act before it");
    assert_eq!(collection.check().unwrap(), []);
    let again = collection.take_in(&deck("mine", basics(2)), Intake::Import, "f", noon(1)).unwrap();
    assert_eq!(again.added, 2);
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn notes_that_come_again_are_counted_as_brought() {
    let (_home, mut collection) = Home::empty();
    let first = import(&mut collection, &deck("mine", basics(2))).operation;
    collection.take_back_import(first, noon(0)).unwrap();
    import(&mut collection, &deck("mine", basics(2)));
    finish_day(&mut collection, 4, 0);
    let past = collection.imports().unwrap();
    assert_eq!((past.len(), past[0].notes, past[0].answers), (1, 2, 2));
    assert_eq!(collection.take_back_import(past[0].operation, noon(1)).unwrap(), 2);
    assert_eq!(collection.today(noon(1)).unwrap().counts.due, 0);
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn taken_back_it_leaves_what_a_person_has_edited_since() {
    let (_home, mut collection) = Home::empty();
    import(&mut collection, &deck("d", basics(2)));
    let reworded = deck("d", vec![basic("n0", "New 0?", "Yes."), basic("n1", "New 1?", "Yes.")]);
    let operation = import(&mut collection, &reworded).operation;
    let step = collection.begin(None, None, noon(0)).unwrap();
    let edited: uuid::Uuid = shown(&step).note.parse().unwrap();
    let mine = basic("", "Mine?", "Mine.").content;
    collection.edit(edited, &mine, noon(0)).unwrap();
    collection.take_back_import(operation, noon(0)).unwrap();
    assert_eq!(collection.note_text(edited).unwrap().content, mine);
    let step = collection.begin(None, None, noon(0)).unwrap();
    let texts: Vec<String> = [&step]
        .iter()
        .filter_map(|step| step.shown.as_ref())
        .map(|card| cairn_core::text::plain(&card.front))
        .collect();
    assert!(!texts.contains(&"New 1?".to_owned()), "{texts:?}");
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn a_picture_comes_along_and_is_named_on_the_card() {
    let home = Home::new();
    let mut collection = home.open();
    let staging = home.folder.path().join("staging");
    std::fs::create_dir(&staging).unwrap();
    let sha256 = "ab".repeat(32);
    std::fs::write(staging.join(&sha256), b"picture").unwrap();
    let mut package =
        deck("d", vec![basic("a", "What is ![a dog](<media:my dog.png>)?", "A dog.")]);
    package.media = vec![PackageMedia {
        name: "my dog.png".into(),
        sha256: sha256.clone(),
        size: 7,
        mime: "image/png".into(),
    }];
    let how = TakeIn { media: Some(&staging), ..TakeIn::new(Intake::Import, "d.apkg") };
    take(&mut collection, &package, &how);
    let step = collection.begin(None, None, noon(0)).unwrap();
    let media = &shown(&step).media[0];
    assert_eq!((media.name.as_str(), &media.sha256), ("my dog.png", &sha256));
    let file = collection.media_file(&sha256).unwrap();
    assert_eq!(
        (std::fs::read(&file.path).unwrap(), file.mime),
        (b"picture".to_vec(), "image/png".into())
    );
    assert!(collection.media_file("../../etc/passwd").is_none());
    assert!(collection.media_file(&"cd".repeat(32)).is_none());
}
