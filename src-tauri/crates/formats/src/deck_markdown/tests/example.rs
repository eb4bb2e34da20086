use cairn_core::area::Area;
use cairn_core::package::{Citation, Reading};

use super::*;

const FORMAT: &str = include_str!("../../../../../../content/FORMAT.md");

/// The deck in the four-backquote fence of the specification.
pub(super) fn example() -> &'static str {
    let (_, rest) = FORMAT.split_once("````markdown\n").unwrap();
    rest.split_once("````\n").unwrap().0
}

#[test]
fn the_example_of_the_specification_says_what_its_author_means() {
    let deck = deck(example());
    assert_eq!((deck.id.as_str(), deck.language.as_str()), ("my-training", "en"));
    assert_eq!((deck.version.as_str(), deck.licence.as_str()), ("1", "CC-BY-SA-4.0"));
    assert_eq!(deck.title, "Notes from my training");
    assert_eq!(deck.about, "What I wrote down in the 80-hour course.");
    assert_eq!(deck.sources.len(), 2);
    assert_eq!(deck.sources[0].publisher, "Example Training Co.");
    assert_eq!(deck.sources[0].address, "");
    assert_eq!(deck.sources[1].address, "https://example.org/npg");
    assert_eq!(deck.notes.len(), 3);
}

#[test]
fn its_basic_card_has_facts_two_sides_and_a_note() {
    let note = &deck(example()).notes[0];
    assert_eq!(note.id, "mutual");
    assert_eq!(note.facts.area, Some(Area::Bf));
    assert_eq!(note.facts.competencies, [1, 3]);
    assert_eq!(note.facts.concepts, ["C39"]);
    assert_eq!(note.facts.tags, ["mutuality", "values"]);
    let npg =
        Citation { key: "npg".into(), how: Reading::Part, read_on: None, place: "value 8".into() };
    let trainer = Citation {
        key: "trainer".into(),
        how: Reading::Page,
        read_on: "2026-10-04".parse().ok(),
        place: String::new(),
    };
    assert_eq!(note.facts.sources, [npg, trainer]);
    let expected = Content::Basic {
        front: "What does it mean that peer support is *mutual*?".into(),
        back: "Each person **gives and receives**: both learn.".into(),
        both_ways: false,
        note: "Mutual does not mean identical. Peers need not share a diagnosis.".into(),
    };
    assert_eq!(note.content, expected);
}

#[test]
fn its_cloze_card_makes_two_cards() {
    let note = &deck(example()).notes[1];
    assert_eq!(note.id, "straight-line");
    assert_eq!(note.content.card_keys(), ["c1", "c2"]);
}

#[test]
fn its_choice_card_has_three_options_with_reasons() {
    let note = &deck(example()).notes[2];
    assert_eq!(note.id, "missed-appointments");
    let Content::Choice { stem, options, note } = &note.content else { panic!("{note:?}") };
    assert!(stem.ends_with("What does the specialist do first?"));
    let ids: Vec<(&str, bool)> = options.iter().map(|o| (o.id.as_str(), o.right)).collect();
    assert_eq!(ids, [("story", false), ("ask", true), ("refer", false)]);
    assert_eq!(options[1].reason, "Best: choice and voice come first.");
    assert_eq!(note, "");
}
