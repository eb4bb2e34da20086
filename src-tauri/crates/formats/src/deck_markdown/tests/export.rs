//! What an export writes: faces, identities, empty texts, odd ids, and where the files lie.

use std::path::Path;

use cairn_core::note::{ChoiceOption, Face};
use cairn_core::package::{Citation, Facts, Identity, Package, PackageMedia, Reading};
use rstest::rstest;
use uuid::Uuid;

use super::super::{files, media_folder, places};
use super::*;

fn basic(id: &str, front: &str, back: &str) -> PackageNote {
    let (front, back) = (front.to_owned(), back.to_owned());
    let content = Content::Basic { front, back, both_ways: false, note: String::new() };
    PackageNote::new(id, content, Facts::default())
}

fn deck_of(id: &str, notes: Vec<PackageNote>) -> PackageDeck {
    PackageDeck { id: id.into(), notes, ..deck(HEADER) }
}

/// Prints and reads it; gives the notes and the remarks.
fn there_and_back(deck: &PackageDeck) -> (PackageDeck, Vec<String>) {
    let printed = print(deck);
    (super::deck(&printed.text), printed.remarks)
}

#[test]
fn a_card_with_faces_is_written_with_a_heading_a_face() {
    let text = "## faces: f\ntags: a\n\n## face: t1\n\nQ1\n---\nA1\n\n## face: t2\nQ2\n\n---\n> quoted is the note\n";
    let faulty = faults(&format!("{HEADER}{text}"));
    assert!(faulty[0].message.contains("the answer of card `f` is empty"), "{faulty:?}");
    let note = note(&text.replace("---\n>", "---\nA2\n\n>"));
    let face = |key: &str, front: &str, back: &str| Face {
        key: key.into(),
        front: front.into(),
        back: back.into(),
    };
    let faces = vec![face("t1", "Q1", "A1"), face("t2", "Q2", "A2")];
    assert_eq!(note.content, Content::Faces { faces, note: "quoted is the note".into() });
    assert_eq!(note.facts.tags, ["a"]);
}

#[rstest]
#[case::none("## faces: f\n\n", 6, "card `f` has no face")]
#[case::text_above("## faces: f\n\nx\n## face: t1\nq\n---\na\n", 8, "text above its first face")]
#[case::no_key("## faces: f\n\n## face: T 1\nq\n---\na\n", 8, "`T 1` cannot be the key")]
#[case::twice("## faces: f\n## face: a\nq\n---\na\n## face: a\nq\n---\na\n", 11, "stands twice")]
#[case::no_line("## faces: f\n## face: a\nq\n", 7, "the face `a` of card `f` has no line")]
#[case::note_between(
    "## faces: f\n## face: a\nq\n---\na\n> n\n## face: b\nq\n---\na\n",
    12,
    "below its corrective note"
)]
#[case::alone("## face: a\n\nq\n---\na\n", 6, "unknown kind of card `face`")]
#[case::below_another(
    "## basic: b\n\nq\n---\na\n\n## face: a\n",
    12,
    "unknown kind of card `face`"
)]
#[case::uuid("## basic: b\nuuid: 12\n\nq\n---\na\n", 7, "`12` on card `b` is not a UUID")]
#[case::uuid_twice(
    "## basic: a\nuuid: 018f3a52-5a1e-7c3e-8a55-0c4149524e01\n\nq\n---\na\n## basic: b\nuuid: 018f3a52-5a1e-7c3e-8a55-0c4149524e01\n\nq\n---\na\n",
    12,
    "the UUID of card `b` is taken: the card in line 6 has it"
)]
fn a_fault_of_a_face_or_an_identity_is_told(
    #[case] text: &str,
    #[case] line: u32,
    #[case] message: &str,
) {
    let problems = faults(&format!("{HEADER}{text}"));
    assert_eq!((problems.len(), problems[0].line), (1, line), "{problems:?}");
    assert!(problems[0].message.contains(message), "{problems:?}");
}

#[rstest]
#[case::nothing("", "\\")]
#[case::a_backslash("\\", "\\\\")]
#[case::two("\\\\", "\\\\\\")]
#[case::more_than_backslashes("\\ x", "\\ x")]
fn an_empty_text_is_said_with_a_backslash(#[case] text: &str, #[case] written: &str) {
    let option = |id: &str, right| {
        let (id, words, reason) = (id.into(), "o".into(), text.to_owned());
        ChoiceOption { id, text: words, right, reason }
    };
    let options = vec![option("a", true), option("b", false)];
    let content = Content::Choice { stem: text.into(), options, note: String::new() };
    let choice = PackageNote::new("c", content, Facts::default());
    let deck = deck_of("d", vec![basic("b", text, text), choice]);
    let printed = print(&deck).text;
    assert!(printed.contains(&format!("\n\n{written}\n\n---\n\n{written}\n")), "{printed}");
    assert_eq!(there_and_back(&deck), (deck, vec![]));
}

#[test]
fn a_note_keeps_its_identity_and_says_it_only_where_its_ids_do_not() {
    let known = Uuid::from_u128(7);
    let notes = vec![
        basic("a", "Q", "A"),
        PackageNote { identity: Identity::Known(known), ..basic("b", "Q", "A") },
        PackageNote { identity: Identity::Anki("Rj&Z5m[>Zp".into()), ..basic("c", "Q", "A") },
        basic("Ünï code!", "Q", "A"),
        basic("a b", "Q", "A"),
        basic("a-b", "Q", "A"),
        basic(&"x".repeat(80), "Q", "A"),
    ];
    let own = PackageNote { identity: Identity::Known(notes[0].uuid("d")), ..notes[0].clone() };
    let mut deck = deck_of("d", notes);
    let uuids: Vec<Uuid> = deck.notes.iter().map(|note| note.uuid("d")).collect();
    deck.notes[0] = own;
    let (read, remarks) = there_and_back(&deck);
    assert_eq!(read.notes.iter().map(|note| note.uuid("d")).collect::<Vec<_>>(), uuids);
    assert_eq!(read.notes[0].identity, Identity::InDeck, "a deck of one's own stays plain");
    assert_eq!(remarks, Vec::<String>::new());
    let ids: Vec<&str> = read.notes.iter().map(|note| note.id.as_str()).collect();
    assert_eq!(ids[..3], ["a", "b", "c"]);
    assert_eq!((ids[3], ids[5]), ("n-code", "a-b"));
}

#[test]
fn a_deck_whose_id_breaks_the_rule_is_told_and_its_notes_stay_who_they_are() {
    let deck = deck_of("My Deck!", vec![basic("a", "Q", "A")]);
    let (read, remarks) = there_and_back(&deck);
    assert_eq!(read.id, "my-deck");
    assert_eq!(read.notes[0].uuid(&read.id), deck.notes[0].uuid(&deck.id));
    assert_eq!(remarks.len(), 1, "{remarks:?}");
    let uuid = deck_of("018f3a52-5a1e-7c3e-8a55-0c4149524e01", vec![]);
    assert_eq!(there_and_back(&uuid), (uuid.clone(), vec![]));
}

#[test]
fn what_no_file_can_say_is_left_out_and_told() {
    let option = |n: usize, right| ChoiceOption {
        id: format!("o{n}"),
        text: "t".into(),
        right,
        reason: "r".into(),
    };
    let choice = |id: &str, options| {
        let content = Content::Choice { stem: id.into(), options, note: String::new() };
        PackageNote::new(id, content, Facts::default())
    };
    let long = choice("long", (0..9).map(|n| option(n, n == 0)).collect());
    let right = choice("right", vec![option(0, true), option(1, true)]);
    let huge = basic("huge", "Huge", &"x".repeat(70_000));
    let (read, remarks) =
        there_and_back(&deck_of("d", vec![long, right, huge, basic("a", "Q", "A")]));
    assert_eq!(read.notes.iter().map(|note| note.id.as_str()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(
        remarks,
        [
            "“long” is left out: it has 9 options, not 2 to 8.",
            "“right” is left out: its options are all right or all wrong.",
            "“Huge” is left out: it is longer than 64 KiB.",
        ]
    );
}

#[test]
fn what_is_said_a_little_differently_is_told() {
    let mut note = basic("a", "Line\r\nend", "A");
    note.facts.sources = vec![Citation {
        key: "no where".into(),
        how: Reading::Page,
        read_on: None,
        place: String::new(),
    }];
    let (read, remarks) = there_and_back(&deck_of("d", vec![note]));
    assert_eq!(read.sources[1].key, "no-where");
    assert_eq!(read.notes[0].facts.sources[0].key, "no-where");
    assert_eq!(
        remarks,
        [
            "The source no-where, which the deck does not describe, is added.",
            "“Line”: its text and its tags or sources are written a little differently.",
        ]
    );
}

fn file(name: &str, digit: &str) -> PackageMedia {
    let (name, sha256, mime) = (name.to_owned(), digit.repeat(64), "image/png".to_owned());
    PackageMedia { name, sha256, size: 1, mime }
}

fn shows(id: &str, name: &str) -> PackageNote {
    basic(id, &format!("![x](media:{name})"), "A")
}

#[test]
fn a_card_whose_file_is_missing_does_not_get_that_of_another() {
    let mut without = shows("b", "a.png");
    without.media.insert("a.png".into(), String::new());
    let deck = deck_of("d", vec![shows("a", "a.png"), without]);
    let package =
        Package { decks: vec![deck], media: vec![file("a.png", "1")], ..Package::default() };
    let found = files(&package, &package.decks[0]);
    let paths: Vec<_> = found.iter().map(|file| file.path.as_path()).collect();
    assert_eq!(paths, [Path::new("by-card/a/a.png")]);
}

#[test]
fn two_files_of_one_name_lie_apart() {
    let mut other = shows("b", "a.png");
    other.media.insert("a.png".into(), "2".repeat(64));
    let notes = vec![shows("a", "a.png"), other, shows("c", "A.png"), shows("e", "none.png")];
    let media = vec![file("a.png", "1"), file("a.png", "2"), file("A.png", "1")];
    let package = Package { decks: vec![deck_of("d", notes)], media, ..Package::default() };
    let found: Vec<(String, String)> = files(&package, &package.decks[0])
        .into_iter()
        .map(|file| {
            (file.path.to_string_lossy().replace('\\', "/"), file.media.sha256[..1].to_owned())
        })
        .collect();
    let expected = [("a.png", "1"), ("by-card/b/a.png", "2"), ("by-card/c/A.png", "1")];
    assert_eq!(found, expected.map(|(path, sha)| (path.to_owned(), sha.to_owned())));
    let note = basic("b", "Q", "A");
    assert_eq!(places(&note, "a.png").len(), 2);
    for outside in ["../a.png", "/a.png", "..", "C:a", "x\\y"] {
        assert_eq!(places(&note, outside), Vec::<std::path::PathBuf>::new(), "{outside}");
    }
    assert_eq!(media_folder(Path::new("x/my.deck.md")), Path::new("x/my.deck.media"));
}
