//! What becomes of notes of the stock types and of others, in every generation.

use cairn_core::note::{Content, Face};
use cairn_core::package::Identity;
use cairn_formats::anki::Generation;
use rstest::rstest;

use super::support::{day, fixture, note, options, read_into, reading};

const ALL: [&str; 4] = ["legacy.apkg", "latest.apkg", "legacy.colpkg", "latest.colpkg"];

fn basic(front: &str, back: &str, both_ways: bool) -> Content {
    Content::Basic { front: front.into(), back: back.into(), both_ways, note: String::new() }
}

fn faces(faces: &[(&str, &str, &str)]) -> Content {
    let face = |(key, front, back): &(&str, &str, &str)| Face {
        key: (*key).into(),
        front: (*front).into(),
        back: (*back).into(),
    };
    Content::Faces { faces: faces.iter().map(face).collect(), note: String::new() }
}

#[rstest]
#[case("What is", basic("What is **recovery**?", "A process of change.", false))]
#[case("front side", basic("front side", "back side", true))]
#[case("only forward", basic("only forward", "answer", false))]
#[case("both ways", basic("both ways", "answer", true))]
#[case("typed question", basic("typed question", "typed answer", false))]
#[case("One", Content::Cloze { text: "{{c1::One}} and {{c2::two::a number}}".into(), note: "extra words".into() })]
#[case("See", basic("See ![](media:pic.png)", "Hear ![](<media:say it.mp3>)", false))]
#[case("What does peer", faces(&[
    ("t1", "What does peer mean?\\\na \\_\\_\\_ worker", "an equal"),
    ("t2", "Fill in: a \\_\\_\\_ worker", "peer\n\n***\n\nan equal (t1)"),
]))]
#[case("What does hope", faces(&[("t1", "What does hope mean?", "trust in a better day")]))]
#[case("The header", faces(&[
    ("t1", "The header\\\n![](media:mask.png)", "The back extra"),
    ("t2", "The header\\\n![](media:mask.png)", "The back extra"),
]))]
fn a_note_reads_alike_in_every_generation(#[case] words: &str, #[case] expected: Content) {
    for name in ALL {
        let reading = reading(name);
        assert_eq!(note(&reading, words).1.content, expected, "{name}");
    }
}

#[test]
fn a_gap_inside_a_gap_keeps_both_cards() {
    let reading = reading("latest.apkg");
    let decks = reading.package.decks.iter().flat_map(|deck| &deck.notes);
    let nested = decks.clone().find(|note| note.elsewhere.contains("outer")).unwrap();
    assert_eq!(nested.content.card_keys().len(), 2);
    let keys: Vec<&str> = nested.cards.iter().map(|card| card.key.as_str()).collect();
    assert_eq!(nested.content.card_keys(), keys);
}

#[rstest]
#[case("legacy.apkg", Generation::Legacy2)]
#[case("latest.apkg", Generation::Latest)]
#[case("legacy.colpkg", Generation::Legacy2)]
#[case("latest.colpkg", Generation::Latest)]
fn facts_are_told(#[case] name: &str, #[case] generation: Generation) {
    let (staging, reading) = read_into(&fixture(name), &options());
    let reading = reading.unwrap();
    let facts = reading.facts;
    assert_eq!(facts.generation, generation);
    assert_eq!((facts.notes, facts.cards, facts.cards_left_out), (21, 27, 0));
    assert_eq!((facts.log_rows, facts.media, facts.fsrs), (5, 3, true));
    assert_eq!(facts.filtered_decks, 1);
    assert_eq!(reading.skipped, []);
    let remarks: Vec<&str> = reading.remarks.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(remarks.len(), 2, "{remarks:?}");
    assert!(remarks.iter().any(|m| m.contains("covers parts of a picture")));
    assert!(remarks.iter().any(|m| m.contains("gone.png")));
    for media in &reading.package.media {
        let bytes = std::fs::read(staging.path().join(&media.sha256)).unwrap();
        assert_eq!(bytes.len() as u64, media.size);
    }
    let kinds: Vec<(&str, &str)> =
        reading.package.media.iter().map(|m| (m.name.as_str(), m.mime.as_str())).collect();
    assert_eq!(
        kinds,
        [("mask.png", "image/png"), ("pic.png", "image/png"), ("say it.mp3", "audio/mpeg")]
    );
    assert_eq!(std::fs::read_dir(staging.path()).unwrap().count(), 3, "only media are left");
}

#[rstest]
fn decks_have_names_and_notes_their_guids(#[values(0, 1, 2, 3)] which: usize) {
    let reading = reading(ALL[which]);
    let decks: Vec<(&str, &str, usize)> = reading
        .package
        .decks
        .iter()
        .map(|d| (d.id.as_str(), d.title.as_str(), d.notes.len()))
        .collect();
    assert_eq!(
        decks,
        [
            ("anki-exam-peer-support", "Exam::Peer support", 8),
            ("anki-media", "Media", 2),
            ("anki-state", "State", 9),
            ("anki-words", "Words", 2),
        ]
    );
    let (_, first) = note(&reading, "What is");
    assert_eq!(first.identity, Identity::Anki("guid-01".into()));
    assert_eq!(first.id, "g677569642d3031");
    assert_eq!(first.facts.tags, ["a::b", "values"]);
    let kept: serde_json::Value = serde_json::from_str(&first.elsewhere).unwrap();
    assert_eq!(kept["flds"], "What is <b>recovery</b>?\u{1f}A process of change.");
    assert_eq!(kept["guid"], "guid-01");
    let kinds = &reading.package.kinds;
    let kind = kinds.iter().find(|kind| kept["kind"] == kind.key.as_str()).unwrap();
    let kind: serde_json::Value = serde_json::from_str(&kind.json).unwrap();
    assert_eq!((&kind["name"], &kind["flds"][1]["name"]), (&"Basic".into(), &"Back".into()));
}

#[test]
fn media_may_be_left_in_the_package() {
    let options = cairn_formats::anki::Options { keep_media: false, ..options() };
    let (staging, reading) = read_into(&fixture("latest.apkg"), &options);
    assert_eq!(reading.unwrap().package.media, []);
    assert_eq!(std::fs::read_dir(staging.path()).unwrap().count(), 0);
}

#[test]
fn starting_fresh_keeps_text_alone() {
    let options = cairn_formats::anki::Options { schedules: false, ..options() };
    for name in ["latest.apkg", "fresh.apkg"] {
        let reading = read_into(&fixture(name), &options).1.unwrap();
        assert!(reading.package.decks.iter().flat_map(|d| &d.notes).all(|n| n.cards.is_empty()));
        assert_eq!(note(&reading, "flagged").1.facts.tags, ["keep"]);
        assert_eq!(reading.facts.log_rows, 0);
    }
    assert_eq!(options.today, day("2026-11-21"));
}
