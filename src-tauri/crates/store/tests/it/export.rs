use cairn_core::day::StudyDay;
use cairn_core::fold::LogKind;
use cairn_core::note::Content;
use cairn_core::package::{Identity, Package, PackageCard, PackageKind, PackageMedia, PackageRow};
use cairn_core::policy::Policy;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::Memory;
use cairn_store::{Collection, Error, Intake, TakeIn};
use chrono::NaiveDate;
use proptest::prelude::*;
use uuid::Uuid;

use crate::support::*;

fn exported(collection: &Collection) -> Package {
    collection.reader().unwrap().package(None).unwrap()
}

/// The same decks in a collection of their own.
fn taken_in(package: &Package) -> (Home, Collection) {
    let home = Home::new();
    let mut collection = home.open();
    collection.take_in(package, Intake::Import, "decks.json", noon(40)).unwrap();
    (home, collection)
}

fn ids(package: &Package) -> Vec<&str> {
    package.decks.iter().flat_map(|deck| &deck.notes).map(|note| note.id.as_str()).collect()
}

#[test]
fn a_deck_comes_out_as_it_came_in_with_its_notes_known() {
    let came_in = deck("d", vec![basic("a", "A?", "a"), cloze("b", "{{c1::x}} {{c3::y}}")]);
    let (_home, collection) = Home::with(&came_in);
    let mut package = exported(&collection);
    let keys: Vec<&str> =
        package.decks[0].notes[1].cards.iter().map(|card| card.key.as_str()).collect();
    assert_eq!(keys, ["c1", "c3"]);
    for note in &mut package.decks[0].notes {
        assert!(matches!(note.identity, Identity::Known(_)), "a note is given by its UUID");
        assert!(note.cards.iter().all(|card| card.schedule == Schedule::New));
        (note.identity, note.cards) = (Identity::InDeck, Vec::new());
    }
    assert_eq!(package, came_in);
}

#[test]
fn an_answer_comes_out_and_one_taken_back_does_not() {
    let (_home, mut collection) = Home::with(&deck("d", basics(2)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let step = grade(&mut collection, &step, 4, noon(0));
    grade(&mut collection, &step, 1, noon(0));
    collection.undo(noon(0)).unwrap();
    let package = exported(&collection);
    let cards: Vec<&PackageCard> =
        package.decks[0].notes.iter().flat_map(|note| &note.cards).collect();
    let rows: Vec<&PackageRow> = cards.iter().flat_map(|card| &card.log).collect();
    assert_eq!(rows.len(), 1, "the row that was taken back is left out");
    assert_eq!((rows[0].kind, rows[0].grade), (LogKind::Review, Some(4)));
    assert_eq!((rows[0].before, rows[0].taken_ms), (Schedule::New, 4000));
    assert_eq!(rows[0].at_ms, noon(0).utc_ms);
    let answered = cards.iter().find(|card| !card.log.is_empty()).unwrap();
    assert_eq!(answered.schedule, rows[0].after);
    assert_eq!(rows[0].outcome.unwrap().due, rows[0].day.plus(1));
}

#[test]
fn what_a_person_did_to_a_card_comes_out() {
    let (_home, mut collection) = Home::with(&deck("d", basics(4)));
    let step = collection.begin(None, None, noon(0)).unwrap();
    let suspended: Uuid = shown(&step).card.parse().unwrap();
    let step = collection.suspend(suspended, true, noon(0)).unwrap();
    let buried: Uuid = shown(&step).card.parse().unwrap();
    let step = collection.bury(buried, noon(0)).unwrap();
    let flagged: Uuid = shown(&step).card.parse().unwrap();
    collection.flag(flagged, true, noon(0)).unwrap();
    let package = exported(&collection);
    for note in &package.decks[0].notes {
        let (Identity::Known(uuid), [card]) = (&note.identity, note.cards.as_slice()) else {
            panic!("one card a note");
        };
        let id = Uuid::new_v5(uuid, b"front");
        assert_eq!(card.suspended, id == suspended);
        assert_eq!(card.flagged, id == flagged);
        let tomorrow = StudyDay::from(NaiveDate::from_ymd_opt(2026, 11, 22).unwrap());
        assert_eq!(card.buried_until, (id == buried).then_some(tomorrow));
    }
}

#[test]
fn notes_and_cards_that_are_gone_stay_behind() {
    let (_home, mut collection) = Home::with(&deck("d", vec![cloze("a", "{{c1::x}} {{c2::y}}")]));
    collection.take_in(&deck("e", basics(3)), Intake::Import, "e.md", noon(0)).unwrap();
    assert_eq!(exported(&collection).decks.len(), 2);
    collection.undo(noon(0)).unwrap();
    let step = collection.begin(None, None, noon(0)).unwrap();
    let note: Uuid = shown(&step).note.parse().unwrap();
    let content = Content::Cloze { text: "{{c2::y}}".into(), note: String::new() };
    collection.edit(note, &content, noon(0)).unwrap();
    let package = exported(&collection);
    assert_eq!(ids(&package), ["a"], "a deck without a note is left out");
    let note = &package.decks[0].notes[0];
    assert_eq!(note.content, content, "the text as the person has it");
    let keys: Vec<&str> = note.cards.iter().map(|card| card.key.as_str()).collect();
    assert_eq!(keys, ["c2"]);
}

#[test]
fn one_deck_is_chosen_by_its_id_or_its_name() {
    let (_home, mut collection) = Home::with(&deck("d", basics(1)));
    let mut other = deck("e", vec![basic("x", "X?", "x")]);
    collection.take_in(&other, Intake::Import, "e.md", noon(0)).unwrap();
    assert_eq!(ids(&collection.reader().unwrap().package(Some("e")).unwrap()), ["x"]);
    assert_eq!(ids(&collection.reader().unwrap().package(Some("Deck e")).unwrap()), ["x"]);
    let missing = collection.reader().unwrap().package(Some("Deck f")).unwrap_err();
    assert!(matches!(missing, Error::NotFound { what: "deck", .. }), "{missing}");
    (other.decks[0].id, other.decks[0].title) = ("f".into(), "Deck d".into());
    collection.take_in(&other, Intake::Import, "f.md", noon(0)).unwrap();
    let several = collection.reader().unwrap().package(Some("Deck d")).unwrap_err().to_string();
    assert!(several.ends_with("their ids are d, f"), "{several}");
    assert_eq!(collection.reader().unwrap().package(Some("f")).unwrap().decks[0].title, "Deck d");
}

/// A card as another program kept it: a row of its own, and one that sets the schedule.
fn brought(day: StudyDay) -> PackageCard {
    let memory = Memory { repetitions: 2, interval_days: 30, ease_hundredths: 231 };
    let after = Schedule::Known(Known { memory, due: day, last: day.plus(-30), lapses: 1 });
    let foreign = PackageRow {
        kind: LogKind::Foreign,
        grade: Some(4),
        response: None,
        option_order: None,
        day: day.plus(-30),
        at_ms: 1_700_000_000_000,
        offset_minutes: 0,
        taken_ms: 9000,
        rule: "anki".into(),
        policy: Policy::default(),
        outcome: None,
        plan_day: None,
        before: Schedule::New,
        after: Schedule::New,
        elsewhere: r#"{"ease":3}"#.into(),
    };
    let set = PackageRow { kind: LogKind::Set, grade: None, after, ..foreign.clone() };
    PackageCard {
        key: "front".into(),
        suspended: false,
        flagged: true,
        buried_until: None,
        schedule: after,
        log: vec![foreign, PackageRow { elsewhere: String::new(), ..set }],
        elsewhere: r#"{"due":12}"#.into(),
    }
}

#[test]
fn what_another_program_keeps_comes_out_until_the_card_is_answered_here() {
    let mut package = deck("d", basics(2));
    let today = StudyDay::from(NaiveDate::from_ymd_opt(2026, 11, 21).unwrap());
    for note in &mut package.decks[0].notes {
        note.cards = vec![brought(today)];
        note.elsewhere = r#"{"mod":7}"#.into();
    }
    let (_home, mut collection) = taken_in(&package);
    let out = exported(&collection);
    for (note, came_in) in out.decks[0].notes.iter().zip(&package.decks[0].notes) {
        assert_eq!(note.cards, came_in.cards);
        assert_eq!(note.elsewhere, came_in.elsewhere);
    }
    let step = collection.begin(None, None, noon(0)).unwrap();
    grade(&mut collection, &step, 4, noon(0));
    let cards: Vec<PackageCard> =
        exported(&collection).decks[0].notes.iter().map(|note| note.cards[0].clone()).collect();
    for card in &cards {
        assert_eq!(card.elsewhere.is_empty(), card.log.len() == 3, "only what was not answered");
    }
    assert_eq!(cards.iter().filter(|card| card.log.len() == 3).count(), 1);
    collection.undo(noon(0)).unwrap();
    assert_eq!(exported(&collection), out, "undone, it is as the other program has it");
}

#[test]
fn pictures_are_named_by_the_notes_that_stand() {
    let mut package = deck("d", vec![basic("a", "![x](media:x.png)", "a")]);
    let media = |name: &str, digit: &str| PackageMedia {
        name: name.into(),
        sha256: digit.repeat(64),
        size: 3,
        mime: "image/png".into(),
    };
    package.media = vec![media("x.png", "a"), media("unused.png", "b")];
    let home = Home::new();
    for file in &package.media {
        std::fs::write(home.folder.path().join(&file.sha256), "png").unwrap();
    }
    let mut collection = home.open();
    let how = TakeIn { media: Some(home.folder.path()), ..TakeIn::new(Intake::Import, "d.apkg") };
    collection
        .take_in_as(&package, &how, noon(0), &mut |_, _| std::ops::ControlFlow::Continue(()))
        .unwrap();
    assert_eq!(exported(&collection).media, package.media[..1]);
    collection.undo(noon(0)).unwrap();
    assert_eq!(exported(&collection), Package::default());
}

/// What a person does to the card that is shown.
#[derive(Debug, Clone, Copy)]
enum Deed {
    Answer(u8),
    Suspend,
    Bury,
    Flag,
    Edit,
    Undo,
}

fn deeds() -> impl Strategy<Value = Vec<(i64, Deed)>> {
    let deed = prop_oneof![
        8 => (0u8..=5).prop_map(Deed::Answer),
        1 => prop::sample::select(vec![Deed::Suspend, Deed::Bury, Deed::Flag, Deed::Edit]),
        1 => Just(Deed::Undo),
    ];
    prop::collection::vec((0i64..4, deed), 0..24)
}

/// A collection of three kinds of notes, in which a person did all that, day after day.
fn lived(deeds: &[(i64, Deed)]) -> (Home, Collection) {
    let notes = vec![basic("a", "A?", "a"), cloze("b", "{{c1::x}} {{c2::y}}"), choice("c", "C?")];
    let (home, mut collection) = Home::with(&deck("d", notes));
    collection.take_in(&deck("e", basics(3)), Intake::Import, "e.md", noon(0)).unwrap();
    let mut day = 0;
    for (pause, deed) in deeds {
        day += pause;
        let now = noon(day);
        let step = collection.begin(None, None, now).unwrap();
        let Some(on) = step.shown.as_ref() else { continue };
        let card: Uuid = on.card.parse().unwrap();
        match *deed {
            Deed::Answer(with) => {
                let with = if on.outcomes.len() == 2 { 4 } else { with };
                grade(&mut collection, &step, with, now);
            }
            Deed::Suspend => drop(collection.suspend(card, true, now).unwrap()),
            Deed::Bury => drop(collection.bury(card, now).unwrap()),
            Deed::Flag => drop(collection.flag(card, true, now).unwrap()),
            Deed::Edit => {
                let note: Uuid = on.note.parse().unwrap();
                if let Content::Basic { back, .. } = collection.note_text(note).unwrap().content {
                    let front = format!("On day {day}?");
                    let content =
                        Content::Basic { front, back, both_ways: true, note: String::new() };
                    collection.edit(note, &content, now).unwrap();
                }
            }
            Deed::Undo => drop(collection.undo(now)),
        }
    }
    (home, collection)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_and_taken_in_elsewhere_is_exported_the_same(
        mine in deeds(), yours in deeds(),
    ) {
        let (_a, mut here) = lived(&mine);
        let (_b, there) = lived(&yours);
        here.merge_log(&there).unwrap();
        let package = exported(&here);
        let (_c, mut other) = taken_in(&package);
        prop_assert_eq!(exported(&other), package);
        prop_assert_eq!(other.check().unwrap(), vec![]);
        prop_assert_eq!(other.rebuild(true, noon(40)).unwrap(), 0, "schedules are their logs");
    }
}

#[test]
fn kinds_that_notes_name_come_back_and_no_others() {
    let (_home, mut collection) = Home::empty();
    let mut note = basic("x", "q", "a");
    note.elsewhere = r#"{"guid":"g","kind":"k1"}"#.into();
    let kind = |key: &str| PackageKind { key: key.into(), json: format!("{{\"name\":\"{key}\"}}") };
    let package = Package { kinds: vec![kind("k1"), kind("k2")], ..deck("d", vec![note]) };
    collection.take_in(&package, Intake::Import, "d", noon(0)).unwrap();
    assert_eq!(exported(&collection).kinds, [kind("k1")]);
    collection.undo(noon(0)).unwrap();
    assert_eq!(exported(&collection).kinds, []);
}

#[test]
fn an_edited_note_is_still_edited_where_it_goes() {
    let release = |answer: &str| deck("d", vec![basic("x", "Question", answer)]);
    let (_home, mut here) = Home::empty();
    here.take_in(&release("first"), Intake::Import, "d", noon(0)).unwrap();
    let own = basic("x", "Question", "in my words").content;
    let shown = here.begin(None, None, noon(0)).unwrap().shown.unwrap();
    here.edit(shown.note.parse().unwrap(), &own, noon(0)).unwrap();
    let given = exported(&here);
    assert_eq!(given.decks[0].notes[0].base, Some(basic("x", "Question", "first").content));

    let (_other, mut there) = Home::empty();
    there.take_in(&given, Intake::Import, "mine", noon(1)).unwrap();
    assert_eq!(exported(&there), given);
    let report = there.take_in(&release("second"), Intake::Import, "d", noon(2)).unwrap();
    assert_eq!((report.kept_edits, report.updated), (1, 0));
    assert_eq!(exported(&there).decks[0].notes[0].content, own);
}
