//! Decks that nobody would write, all of which a file can say once they are in normal form.

use cairn_core::area::Area;
use cairn_core::note::{ChoiceOption, Face};
use cairn_core::package::{Citation, Facts, Identity, Reading, Source};
use chrono::NaiveDate;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use super::*;

/// What is likely to be taken for something that it is not.
const NASTY: &[&str] = &[
    "---",
    "--- ",
    "----",
    "## ",
    "##",
    "## basic: x",
    "# ",
    "### a",
    "- [ ] ",
    "- [x] b: c",
    "- [X] d",
    "> ",
    ">",
    ">a",
    "```",
    "````",
    "~~~",
    "   ```",
    "```rust",
    "<!--",
    "-->",
    "<!-- a -->",
    "\\",
    "\\\\",
    "\\---",
    "\\> ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "  ",
    "    ",
    "\t",
    "\0",
    "\u{b}",
    "\u{85}",
    "\u{a0}",
    "\u{feff}",
    "\u{2028}",
    "é",
    "🙂",
    "a",
    "id: b",
    "area: BF",
    ":",
    "|",
    ",",
    "{{c1::a}}",
    "{{c",
    "}}",
    "both-ways: yes",
    "## face: t1",
    "\\,",
    "*b*",
    "  * c",
];

pub(super) fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => vec(select(NASTY), 0..12).prop_map(|pieces| pieces.concat()),
        3 => vec(select(NASTY), 0..12).prop_map(|pieces| pieces.join("\n")),
        1 => any::<String>(),
    ]
}

/// Text with something to see in it.
fn filled() -> impl Strategy<Value = String> {
    (nasty(), select(&["x", "x\n", "\nx", "x "][..]), nasty()).prop_map(|(a, x, b)| a + x + &b)
}

fn id() -> impl Strategy<Value = String> {
    "[a-z0-9][a-z0-9-]{0,11}"
}

fn ids(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<String>> {
    proptest::collection::btree_set(id(), count)
        .prop_map(|ids| ids.into_iter().collect())
        .prop_shuffle()
}

fn date() -> impl Strategy<Value = Option<NaiveDate>> {
    proptest::option::of((-9i32..12_000, 1u32..13, 1u32..32))
        .prop_map(|date| date.and_then(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d)))
}

fn option(id: String) -> impl Strategy<Value = ChoiceOption> {
    (filled(), any::<bool>(), nasty()).prop_map(move |(text, right, reason)| ChoiceOption {
        id: id.clone(),
        text,
        right,
        reason,
    })
}

fn content() -> impl Strategy<Value = Content> {
    let basic = (nasty(), nasty(), any::<bool>(), nasty())
        .prop_map(|(front, back, both_ways, note)| Content::Basic { front, back, both_ways, note });
    let cloze = (nasty(), nasty(), nasty()).prop_map(|(before, behind, note)| Content::Cloze {
        text: format!("{before} {{{{c7::gap}}}} {behind}"),
        note,
    });
    let options = ids(2..9).prop_flat_map(|ids| ids.into_iter().map(option).collect::<Vec<_>>());
    let faces = (vec((nasty(), nasty()), 1..4), nasty()).prop_map(|(sides, note)| {
        let face = |(n, (front, back))| Face { key: format!("t{n}"), front, back };
        Content::Faces { faces: (1..).zip(sides).map(face).collect(), note }
    });
    let choice = (nasty(), options, nasty()).prop_map(|(stem, mut options, note)| {
        options[0].right = true;
        options[1].right = false;
        Content::Choice { stem, options, note }
    });
    prop_oneof![basic, cloze, faces, choice]
}

fn facts(keys: Vec<String>) -> impl Strategy<Value = Facts> {
    let how = select(&[Reading::Page, Reading::Part, Reading::Secondary, Reading::Unknown][..]);
    let place = prop_oneof![Just(String::new()), nasty()];
    let citation = (select(keys), how, date(), place)
        .prop_map(|(key, how, read_on, place)| Citation { key, how, read_on, place });
    let area = proptest::option::of(select(&Area::ALL[..]));
    let words = || vec(nasty(), 0..4);
    (area, vec(1u8..=17, 0..5), words(), words(), vec(citation, 0..4), date()).prop_map(
        |(area, competencies, concepts, tags, sources, expires)| Facts {
            area,
            competencies,
            concepts,
            tags,
            sources,
            expires,
        },
    )
}

fn source(key: String) -> impl Strategy<Value = Source> {
    let address =
        prop_oneof![Just(String::new()), nasty().prop_map(|rest| format!("https://{rest}"))];
    (filled(), nasty(), address).prop_map(move |(title, publisher, address)| Source {
        key: key.clone(),
        title,
        publisher,
        address,
    })
}

fn identity() -> impl Strategy<Value = Identity> {
    prop_oneof![
        Just(Identity::InDeck),
        any::<u128>().prop_map(|bits| Identity::Known(Uuid::from_u128(bits))),
        nasty().prop_map(Identity::Anki),
    ]
}

fn notes(keys: Vec<String>) -> impl Strategy<Value = Vec<PackageNote>> {
    ids(0..5).prop_flat_map(move |ids| {
        let note = |id: String| {
            (content(), facts(keys.clone()), identity()).prop_map(
                move |(content, facts, identity)| PackageNote {
                    identity,
                    ..PackageNote::new(id.clone(), content, facts)
                },
            )
        };
        ids.into_iter().map(note).collect::<Vec<_>>()
    })
}

pub(super) fn deck() -> impl Strategy<Value = PackageDeck> {
    let parts = ids(1..4).prop_flat_map(|keys| {
        let sources: Vec<_> = keys.iter().cloned().map(source).collect();
        (sources, notes(keys))
    });
    let language = select(&["", "en", "es-419", "zh-Hant-TW"][..]);
    (id(), filled(), language, nasty(), nasty(), nasty(), parts).prop_map(
        |(id, title, language, version, licence, about, (sources, notes))| PackageDeck {
            id,
            title,
            language: language.into(),
            version,
            licence,
            about,
            sources,
            notes,
        },
    )
}
