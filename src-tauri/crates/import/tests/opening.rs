//! From text to a preview to the collection, and back.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::ops::ControlFlow;

use cairn_core::day::Moment;
use cairn_import::view::{Choices, Column, Counts, Format, Phase, Preview};
use cairn_import::{Error, Given, Opening, Zone, report_csv};
use cairn_store::{Collection, Existing};
use rstest::rstest;
use tempfile::TempDir;

const NOW: Moment = Moment { utc_ms: 1_795_287_600_000, offset_minutes: -480 };

fn on(_: Phase, _: u64, _: u64) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn open(text: &str) -> Opening {
    let zone = Zone { now: NOW, start_hour: 4 };
    Opening::open(&[Given::Text(text.into())], zone, &mut on).unwrap()
}

fn collection() -> (TempDir, Collection) {
    let folder = tempfile::tempdir().unwrap();
    let collection = Collection::open(&folder.path().join("c.cairn"), NOW).unwrap();
    (folder, collection)
}

fn preview(opening: &Opening) -> Preview {
    opening.preview(&collection().1, &mut on).unwrap()
}

/// Changes the choices and gives the preview that follows.
fn after(opening: &mut Opening, change: impl FnOnce(&mut Choices)) -> Preview {
    let mut choices = opening.choices().clone();
    change(&mut choices);
    opening.choose(choices).unwrap();
    preview(opening)
}

const SEMICOLONS: &str = "Frage;Antwort\nWas, bitte?;Das: hier.\nUnd nun?;Weiter, immer weiter.\n";

#[test]
fn the_preview_follows_every_correction() {
    let mut opening = open(SEMICOLONS);
    let first = preview(&opening);
    assert_eq!((first.format, first.counts.added), (Format::Table, 3));
    let table = first.table.unwrap();
    assert_eq!((table.choices.delimiter.as_str(), table.choices.header), ("semicolon", false));
    let with_header = after(&mut opening, |choices| choices.table.as_mut().unwrap().header = true);
    assert_eq!(with_header.counts.added, 2);
    assert_eq!(with_header.table.unwrap().head, ["Frage", "Antwort"]);
    let swapped = after(&mut opening, |choices| {
        choices.table.as_mut().unwrap().columns = vec![Column::Answer, Column::Question];
    });
    let front = cairn_core::text::plain(&swapped.samples[0].front);
    assert_eq!((swapped.counts.added, front.as_str()), (2, "Das: hier."));
    let commas =
        after(&mut opening, |choices| choices.table.as_mut().unwrap().delimiter = "comma".into());
    assert_ne!(commas.counts.added + commas.unreadable, 0);
    assert_eq!(commas.table.unwrap().choices.delimiter, "comma");
    let named = after(&mut opening, |choices| {
        choices.table.as_mut().unwrap().delimiter = ";".into();
        choices.deck = Some("My deck".into());
    });
    assert_eq!((named.counts.added, named.decks[0].name.as_str()), (3, "My deck"));
}

#[rstest]
#[case::two_characters("ab")]
#[case::a_letter("a")]
#[case::nothing("")]
#[case::a_quote("\"")]
fn a_delimiter_that_cannot_be_is_refused_and_the_former_stays(#[case] delimiter: &str) {
    let mut opening = open(SEMICOLONS);
    let mut choices = opening.choices().clone();
    choices.table.as_mut().unwrap().delimiter = delimiter.into();
    let error = opening.choose(choices).unwrap_err();
    assert!(matches!(error, Error::BadChoice(_)), "{error}");
    assert_eq!(preview(&opening).counts.added, 3);
}

#[test]
fn what_the_preview_tells_is_what_happens_and_twice_changes_nothing() {
    let (_folder, mut collection) = collection();
    let opening = open("question\tanswer\nOne?\t1\nTwo?\n\nThree?\t3\n");
    let told = opening.preview(&collection, &mut on).unwrap();
    let done = opening.run(&mut collection, NOW, &mut on).unwrap();
    assert_eq!((done.counts, done.unreadable), (told.counts, told.unreadable));
    assert_eq!((done.counts.added, done.unreadable, done.problems[0].line), (2, 1, 3));
    let again = opening.run(&mut collection, NOW, &mut on).unwrap();
    assert_eq!(again.counts, Counts { unchanged: 2, ..Counts::default() });
    assert_eq!((again.operation, collection.imports().unwrap().len()), (0, 1));
    let csv = String::from_utf8(report_csv(&done)).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "what,count,file,line,column,reason,remedy");
    assert_eq!(lines[1], "added,2,,,,,");
    assert!(lines.last().unwrap().starts_with("not read,1,,3,"), "{csv}");
}

#[test]
fn a_deck_with_a_fault_is_shown_with_its_line_and_never_run() {
    let (_folder, mut collection) = collection();
    let opening = open("---\nid: x\ntitle: X\n---\n\n## film: one\n\nWhat?\n");
    let told = opening.preview(&collection, &mut on).unwrap();
    assert_eq!((told.format, told.unreadable, told.problems[0].line), (Format::Markdown, 1, 6));
    assert!(opening.is_refused());
    let error = opening.run(&mut collection, NOW, &mut on).unwrap_err();
    assert!(matches!(error, Error::Faulty(_)), "{error}");
    assert_eq!(collection.imports().unwrap(), []);
}

#[test]
fn it_can_be_called_off_while_reading_while_looking_and_while_writing() {
    let (_folder, mut collection) = collection();
    let rows: String = (0..2000).map(|n| format!("Question {n}?\tAnswer {n}\n")).collect();
    let zone = Zone { now: NOW, start_hour: 4 };
    for phase in [Phase::Reading, Phase::Checking, Phase::Writing] {
        let mut stop = |now, _, _| {
            if now == phase { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let given = [Given::Text(rows.clone())];
        let ended = Opening::open(&given, zone, &mut stop).and_then(|opening| {
            opening.preview(&collection, &mut stop)?;
            opening.run(&mut collection, NOW, &mut stop)
        });
        assert!(matches!(ended, Err(Error::Cancelled)), "{phase:?}");
        assert_eq!(collection.imports().unwrap(), []);
        assert_eq!(collection.counts(NOW).unwrap().new, 0);
    }
}

#[test]
fn files_are_known_by_ending_and_content_and_others_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Given::Path(path)
    };
    let zone = Zone { now: NOW, start_hour: 4 };
    let read = |given: Given| Opening::open(&[given], zone, &mut on).map(|o| o.format());
    let deck = b"---\nid: x\ntitle: X\n---\n\n## basic: a\n\nQ?\n\n---\n\nA.\n";
    assert_eq!(read(write("a.md", deck)).unwrap(), Format::Markdown);
    assert_eq!(read(write("deck.txt", deck)).unwrap(), Format::Markdown);
    assert_eq!(read(write("a.txt", b"Q?\tA.\n")).unwrap(), Format::Table);
    assert_eq!(read(write("a.apkg", b"not a zip")).unwrap(), Format::Anki);
    for (name, bytes) in [("a.xlsx", b"PK\x03\x04..".as_slice()), ("a.zip", b"PK\x03\x04")] {
        assert!(matches!(read(write(name, bytes)), Err(Error::UnknownKind(_))), "{name}");
    }
    let missing = Given::Path(folder.path().join("missing.csv"));
    assert!(matches!(read(missing), Err(Error::Unreadable(..))));
}

#[test]
fn what_is_already_there_can_stay() {
    let (_folder, mut collection) = collection();
    open("One?\t1\nTwo?\t2\n").run(&mut collection, NOW, &mut on).unwrap();
    let mut changed = open("One?\tanother\nTwo?\t2\n");
    let mut choices = changed.choices().clone();
    choices.existing = Existing::KeepMine;
    changed.choose(choices).unwrap();
    let done = changed.run(&mut collection, NOW, &mut on).unwrap();
    assert_eq!((done.counts.kept_edits, done.counts.unchanged, done.operation), (1, 1, 0));
}
