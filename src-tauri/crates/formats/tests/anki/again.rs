//! What came from Anki and was not changed goes out as it came.

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;

use cairn_core::day::Moment;
use cairn_core::note::Content;
use cairn_core::package::{Package, PackageNote};
use cairn_formats::anki::{Reading, WriteOptions, Written, write};
use rstest::rstest;
use serde_json::Value;

use super::support::{fixture, made, options, read_into};

/// 2026-11-21T12:00Z, on the day that `support::options` calls today.
pub const NOON: Moment = Moment { utc_ms: 1_795_262_400_000, offset_minutes: 0 };

pub fn write_options() -> WriteOptions {
    WriteOptions { progress: true, now: NOON, start_hour: 4 }
}

/// The bytes of a package; files are found by their hash in a folder.
pub fn written(package: &Package, options: &WriteOptions, files: &Path) -> (Vec<u8>, Written) {
    let mut out = Cursor::new(Vec::new());
    let find = |media: &cairn_core::package::PackageMedia| Some(files.join(&media.sha256));
    let written =
        write(package, &find, options, &mut out, &mut |_, _| ControlFlow::Continue(())).unwrap();
    (out.into_inner(), written)
}

pub fn again(package: &Package, files: &Path) -> Reading {
    let (bytes, _) = written(package, &write_options(), files);
    read_into(&bytes, &options()).1.unwrap()
}

/// A package without what counts from the day on which a collection was made, and with the cards of
/// filtered decks at home.
fn comparable(mut package: Package) -> Package {
    for card in package.decks.iter_mut().flat_map(|d| &mut d.notes).flat_map(|n| &mut n.cards) {
        let mut kept: Value = serde_json::from_str(&card.elsewhere).unwrap();
        if kept["due_day"] != Value::Null {
            kept["due"] = Value::Null;
        }
        if kept["odid"] != 0 {
            for (key, value) in
                [("odid", 0.into()), ("odue", 0.into()), ("queue", kept["type"].clone())]
            {
                kept[key] = value;
            }
        }
        card.elsewhere = kept.to_string();
    }
    package
}

#[rstest]
#[case("legacy.apkg")]
#[case("latest.apkg")]
#[case("latest.colpkg")]
fn a_package_goes_out_as_it_came(#[case] file: &str) {
    let (staging, reading) = read_into(&fixture(file), &options());
    let reading = reading.unwrap();
    let again = again(&reading.package, staging.path());
    assert_eq!(again.skipped, []);
    let (before, after) = (comparable(reading.package), comparable(again.package));
    assert_eq!(after.kinds, before.kinds);
    assert_eq!(after.media, before.media);
    for (after, before) in after.decks.iter().zip(&before.decks) {
        assert_eq!(after.notes, before.notes, "in the deck {}", before.title);
        assert_eq!(after, before);
    }
    assert_eq!(after.decks.len(), before.decks.len());
}

fn only_note(package: &mut Package) -> &mut PackageNote {
    &mut package.decks[0].notes[0]
}

const BASIC: [(&str, &str); 1] =
    [("<div>{{A}}</div>", "{{FrontSide}}<hr id=answer>{{B}}<br>{{C}}")];
const CLOZE: [(&str, &str); 1] = [("{{cloze:A}}", "{{cloze:A}}<br>{{B}}")];

#[rstest]
#[case::basic(false, &BASIC, &["a", "b", "c"], "new **front**\u{1f}answer")]
#[case::cloze(true, &CLOZE, &["{{c1::a}}", "b", "c"], "{{c1::new}} text\u{1f}extra")]
fn text_that_was_edited_here_goes_into_the_fields_that_it_came_from(
    #[case] cloze: bool,
    #[case] templates: &[(&str, &str)],
    #[case] fields: &[&str],
    #[case] text: &str,
) {
    let mut package = made(cloze, templates, fields, &[0]).package;
    let (first, second) = text.split_once('\u{1f}').unwrap();
    let edited = match &only_note(&mut package).content {
        Content::Basic { .. } => Content::Basic {
            front: first.into(),
            back: second.into(),
            both_ways: false,
            note: String::new(),
        },
        _ => Content::Cloze { text: first.into(), note: second.into() },
    };
    only_note(&mut package).content = edited.clone();
    let mut again = again(&package, Path::new("")).package;
    let kind = &again.kinds[0].json;
    assert!(kind.contains("\"Made\""), "the note keeps its note type: {kind}");
    let note = only_note(&mut again);
    assert_eq!(note.content, edited);
    assert_eq!(note.identity, only_note(&mut package).identity);
}

#[test]
fn text_for_which_the_note_type_has_no_place_goes_under_one_of_ours() {
    let mut package = made(false, &[("Say {{A}}", "{{B}}")], &["a", "b", "c"], &[0]).package;
    let note = only_note(&mut package);
    let Content::Faces { faces, .. } = &mut note.content else { panic!() };
    faces[0].front = "other words".into();
    let edited = note.content.clone();
    let mut again = again(&package, Path::new("")).package;
    assert_eq!(only_note(&mut again).content, edited);
    assert_eq!(only_note(&mut again).identity, only_note(&mut package).identity);
    assert!(again.kinds[0].json.contains("Cairn cards (1)"), "{:?}", again.kinds);
}

#[test]
fn two_versions_of_a_note_type_stay_two_where_their_fields_differ() {
    let one = made(false, &[("x {{A}}", "{{B}}")], &["a", "b", "c"], &[0]).package;
    let mut two = one.clone();
    two.kinds[0].json = two.kinds[0].json.replace("\"C\"", "\"D\"");
    two.kinds[0].key = "another".into();
    let note = only_note(&mut two);
    note.elsewhere = note.elsewhere.replace(&one.kinds[0].key, "another").replace("\"g\"", "\"h\"");
    let mut both = one.clone();
    both.kinds.extend(two.kinds);
    both.decks[0].notes.extend(two.decks.remove(0).notes);
    let again = again(&both, Path::new("")).package;
    assert_eq!((again.kinds.len(), again.decks[0].notes.len()), (2, 2));
    let json: String = again.kinds.iter().map(|kind| kind.json.as_str()).collect();
    assert!(json.contains("\"Made\"") && json.contains("\"Made+\""), "{json}");
}

#[test]
fn what_the_first_versions_kept_goes_out_with_its_guid() {
    let mut package = made(false, &BASIC, &["a", "b", "c"], &[0]).package;
    package.kinds.clear();
    only_note(&mut package).elsewhere =
        r#"{"guid":"g","mid":1,"mod":12,"tags":"","flds":"a"}"#.into();
    let mut again = again(&package, Path::new("")).package;
    assert_eq!(only_note(&mut again).identity, only_note(&mut package).identity);
    assert_eq!(only_note(&mut again).content, only_note(&mut package).content);
}
