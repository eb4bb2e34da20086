use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::*;
use crate::json::tests::strategies::package;

/// No file of failed cases is written; a failure prints the smallest deck that shows it.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn read(text: &str) -> Result<PackageDeck, Vec<Problem>> {
    parse(text).map(|mut package| package.decks.remove(0))
}

/// What is read can be printed and read again, and is in normal form.
fn check_stable(text: &str) -> Result<(), TestCaseError> {
    match read(text) {
        Ok(deck) => {
            let printed = print(&deck).text;
            prop_assert_eq!(read(&printed), Ok(deck.clone()), "{}", printed);
            prop_assert_eq!(normalise(&deck), deck);
        }
        Err(problems) => {
            let places: Vec<_> = problems.iter().map(|p| (p.line, p.column)).collect();
            prop_assert!(places.is_sorted() && !places.is_empty(), "{:?}", problems);
            for problem in &problems {
                prop_assert!(!problem.message.ends_with('.'), "{:?}", problem);
                prop_assert!(problem.hint.ends_with('.'), "{:?}", problem);
                prop_assert!(problem.message.len() + problem.hint.len() < 1000, "{:?}", problem);
            }
        }
    }
    Ok(())
}

/// The specification's example with pieces put in or taken out, at character boundaries.
fn mutated(text: &str, changes: &[(Index, usize, String)]) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    for (at, removed, added) in changes {
        let from = at.index(characters.len() + 1);
        let to = (from + removed).min(characters.len());
        characters.splice(from..to, added.chars());
    }
    characters.into_iter().collect()
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn what_is_printed_is_read_again(deck in strategies::deck()) {
        let normal = normalise(&deck);
        let printed = print(&deck).text;
        prop_assert_eq!(read(&printed), Ok(normal.clone()), "{}", printed);
        prop_assert_eq!(&normalise(&normal), &normal, "the normal form has itself as normal form");
        prop_assert_eq!(print(&normal).text, printed);
    }

    #[test]
    fn what_is_not_told_is_not_lost(deck in strategies::deck()) {
        let printed = print(&deck);
        let read = read(&printed.text).unwrap();
        let exact = |note: &PackageNote, deck: &str| {
            (note.uuid(deck), note.content.clone(), note.facts.clone())
        };
        let here: Vec<_> = deck.notes.iter().map(|note| exact(note, &deck.id)).collect();
        let there: Vec<_> = read.notes.iter().map(|note| exact(note, &read.id)).collect();
        if printed.remarks.is_empty() {
            prop_assert_eq!(&here, &there, "{}", printed.text);
        }
        let changed = here.iter().filter(|note| !there.contains(note)).count();
        prop_assert!(changed <= printed.remarks.len(), "{:?}", printed.remarks);
    }

    #[test]
    fn nasty_cards_never_panic(text in vec(strategies::nasty(), 0..6)) {
        check_stable(&format!("{HEADER}## basic: x\n\nq\n---\n{}", text.join("\n")))?;
        check_stable(&format!("{HEADER}## choice: x\n\nq\n- [ ] a: b\n  {}\n- [x] b: c\n  d", text.join("\n  ")))?;
        check_stable(&text.join("\n"))?;
    }

    #[test]
    fn a_changed_example_is_read_or_refused(
        changes in vec((any::<Index>(), 0usize..8, strategies::nasty()), 1..5)
    ) {
        check_stable(&mutated(example::example(), &changes))?;
    }

    #[test]
    fn a_hardly_changed_example_is_read_or_refused(
        changes in vec((any::<Index>(), 0usize..3, "[\n\t >#`~x-]{0,2}"), 1..3)
    ) {
        check_stable(&mutated(example::example(), &changes))?;
    }

    #[test]
    fn no_text_panics(text in any::<String>()) {
        check_stable(&text)?;
    }

    #[test]
    fn no_bytes_panic(bytes in vec(any::<u8>(), 0..200)) {
        let _ = parse_bytes(&bytes);
        let _ = parse_bytes(&[HEADER.as_bytes(), &bytes].concat());
    }
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn any_deck_at_all_is_printed_and_read_again(package in package()) {
        for deck in &package.decks {
            let printed = print(deck).text;
            prop_assert_eq!(read(&printed), Ok(normalise(deck)), "{}", printed);
        }
    }
}

#[test]
fn the_example_prints_as_itself() {
    let deck = read(example::example()).unwrap();
    assert_eq!(read(&print(&deck).text), Ok(deck));
}

#[test]
fn a_deck_prints_as_a_person_would_write_it() {
    let text = "---\nid: a\ntitle: B\nlanguage: en\nversion: 2\nlicence: CC0-1.0\nabout: C.\nsource s: S | | https://e.org\n---\n
## basic: x\narea: AD\ncompetencies: 1, 17\nconcepts: C1\ntags: a, b c, d\\, e\nsource: s | page | 2026-10-04\nsource: s | part | unknown\nsource: s | unknown | unknown | p. 4\nexpires: 2027-01-31\nboth-ways: yes\n
\\---\n\n---\n\n```\n---\n```\n\n> n\n>\n> m\n
## cloze: y\nuuid: 018f3a52-5a1e-7c3e-8a55-0c4149524e01\n\n{{c1::a}}\n
## faces: f\n\n## face: t1\n\nq\n\n---\n\n\\## face: t2\n\n## face: t2\n\n\\\n\n---\n\n\\\\\n\n> n\n
## choice: z\n\nq\n\n- [x] a: A\n  r\n\n      code\n- [ ] b: B\n  s\n\n> n\n";
    assert_eq!(print(&deck(text)).text, text);
}
