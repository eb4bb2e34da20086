use proptest::prelude::*;

use super::strategies::package;
use super::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_by_printing_and_reading(package in package()) {
        let json = printed(&package);
        let read = parse(json.as_bytes());
        prop_assert_eq!(read.as_ref(), Ok(&package), "{}", json);
        prop_assert_eq!(printed(&read.unwrap()), json, "the same package, the same bytes");
    }

    #[test]
    fn every_note_has_a_line_of_its_own(package in package()) {
        let json = printed(&package);
        for note in package.decks.iter().flat_map(|deck| &deck.notes) {
            let start = format!("{{\"id\":{},", serde_json::to_string(&note.id).unwrap());
            prop_assert!(json.lines().any(|line| line.starts_with(&start)), "{}", json);
        }
    }
}

#[test]
fn what_a_person_wrote_is_read() {
    let package = parse(SMALL.as_bytes()).unwrap();
    let notes = &package.decks[0].notes;
    let kinds: Vec<&str> = notes.iter().map(|note| note.content.kind()).collect();
    assert_eq!(kinds, ["basic", "cloze", "faces", "choice"]);
    assert_eq!(notes[0].cards[0].log[0].rule, "sm2-text-1");
    assert_eq!(parse(printed(&package).as_bytes()), Ok(package));
}

#[test]
fn a_byte_order_mark_and_another_order_of_fields_change_nothing() {
    let package = parse(SMALL.as_bytes());
    assert_eq!(parse(format!("\u{feff}{SMALL}").as_bytes()), package);
    let sorted: serde_json::Value = serde_json::from_str(SMALL).unwrap();
    assert_eq!(parse(serde_json::to_string_pretty(&sorted).unwrap().as_bytes()), package);
}

#[test]
fn a_policy_is_written_once() {
    let mut package = parse(SMALL.as_bytes()).unwrap();
    let log = &mut package.decks[0].notes[0].cards[0].log;
    let other = cairn_core::package::PackageRow { rule: "imported".into(), ..log[0].clone() };
    log.extend([log[0].clone(), other.clone(), other]);
    let json = printed(&package);
    assert_eq!(json.matches("\"late_credit\"").count(), 2, "{json}");
    assert_eq!(parse(json.as_bytes()), Ok(package));
}
