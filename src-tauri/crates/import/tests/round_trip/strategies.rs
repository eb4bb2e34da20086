//! Packages as other programs and people make them, and what a person does with them.

use std::collections::BTreeMap;

use cairn_core::area::Area;
use cairn_core::day::StudyDay;
use cairn_core::drill::DrillRule;
use cairn_core::fold::LogKind;
use cairn_core::note::{ChoiceOption, Content, Face};
use cairn_core::package::{
    Citation, Facts, Identity, Package, PackageCard, PackageDeck, PackageKind, PackageMedia,
    PackageNote, PackageRow, Reading, Source,
};
use cairn_core::policy::Policy;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::Memory;
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use uuid::Uuid;

use super::life::Deed;

/// Two pictures, by the hash of their bytes.
pub const FILES: [(&str, &[u8]); 2] = [
    (
        "e786c362a10c11c022de30d8a780ad7233356e08f6e6e9899ee8f105b1200867",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR one",
    ),
    ("2a553fcce01f9094493ffd8881b0a6e11b1c2735ba967ee47027293b027b785e", b"GIF89a another one"),
];

/// Words, some with a picture, some with what a format must escape.
pub fn words() -> impl Strategy<Value = String> {
    let nasty =
        ["## x", "- [ ] y", "> z", "---", "\\", "a, b", "\"", "é🙂", "`c`", "*d*", "{{", "<e>"];
    let picture =
        select(vec!["![p](media:a.png)", "![p](media:b%20c.png)", "![p](media:none.png)"]);
    prop_oneof![
        4 => "[a-zA-Z][a-zA-Z ]{0,12}[a-z]",
        2 => vec(select(nasty.to_vec()), 1..4).prop_map(|lines| lines.join("\n")),
        1 => picture.prop_map(|text| format!("Look: {text}")),
    ]
}

fn content() -> impl Strategy<Value = Content> {
    let may = || prop_oneof![2 => Just(String::new()), 1 => words()];
    let basic = (words(), may(), any::<bool>(), may())
        .prop_map(|(front, back, both_ways, note)| Content::Basic { front, back, both_ways, note });
    let cloze = (words(), may()).prop_map(|(text, note)| Content::Cloze {
        text: format!("{text}\n\nA {{{{c1::one}}}} and {{{{c2::two::hint}}}}"),
        note,
    });
    let faces = (vec((words(), may()), 1..4), may()).prop_map(|(faces, note)| {
        let face = |(n, (front, back))| Face { key: format!("t{n}"), front, back };
        Content::Faces { faces: (1..).zip(faces).map(face).collect(), note }
    });
    let choice = (words(), vec(("[a-z ]{0,9}[a-z]", may()), 2..5), may()).prop_map(
        |(stem, options, note)| {
            let option = |(n, (text, reason)): (usize, (String, String))| ChoiceOption {
                id: format!("o{n}"),
                text: text.trim().to_owned(),
                right: n == 1,
                reason,
            };
            Content::Choice { stem, options: (0..).zip(options).map(option).collect(), note }
        },
    );
    prop_oneof![basic, cloze, faces, choice]
}

fn facts() -> impl Strategy<Value = Facts> {
    let tag = prop_oneof!["[a-z]{1,5}", Just("a, b".to_owned()), Just("back\\slash".to_owned())];
    let citation = (any::<bool>(), of("[a-z ]{0,5}[a-z]")).prop_map(|(read, place)| Citation {
        key: "npg".into(),
        how: if read { Reading::Page } else { Reading::Unknown },
        read_on: read.then(|| StudyDay::new(20_500).date()),
        place: place.map(|place| place.trim().to_owned()).unwrap_or_default(),
    });
    let tags = proptest::collection::btree_set(tag, 0..3);
    (of(select(Area::ALL.to_vec())), tags, vec(citation, 0..2)).prop_map(|(area, tags, sources)| {
        Facts { area, tags: tags.into_iter().collect(), sources, ..Facts::default() }
    })
}

fn known() -> impl Strategy<Value = Schedule> {
    (0u32..9, 0u32..400, 130u32..300, 0u32..4).prop_map(|(repetitions, days, ease, lapses)| {
        let last = StudyDay::new(20_700);
        Schedule::Known(Known {
            memory: Memory { repetitions, interval_days: days, ease_hundredths: ease },
            due: last.plus(i32::try_from(days).unwrap()),
            last,
            lapses,
        })
    })
}

fn row() -> impl Strategy<Value = PackageRow> {
    let kind = select(vec![LogKind::Foreign, LogKind::Review, LogKind::Drill, LogKind::Set]);
    (kind, 0..=5u8, 0..200i32, any::<bool>(), known()).prop_map(
        |(kind, grade, day, fuzz, after)| PackageRow {
            kind,
            grade: (kind != LogKind::Set).then_some(grade),
            response: fuzz.then(|| "o1".to_owned()),
            option_order: fuzz.then(|| vec!["o1".to_owned(), "o0".to_owned()]),
            day: StudyDay::new(20_400 + day),
            at_ms: (20_400 + i64::from(day)) * 86_400_000,
            offset_minutes: -480,
            taken_ms: 4000,
            rule: if kind == LogKind::Foreign { "anki".into() } else { "sm2-text-1".into() },
            policy: Policy { fuzz, drill: DrillRule::Failures, ..Policy::default() },
            outcome: None,
            plan_day: None,
            before: Schedule::New,
            after,
            elsewhere: if kind == LogKind::Foreign { "{\"id\":7}".into() } else { String::new() },
        },
    )
}

fn card(key: String) -> impl Strategy<Value = PackageCard> {
    let flags = (any::<bool>(), any::<bool>(), of(20_700..20_900i32));
    (flags, prop_oneof![Just(Schedule::New), known()], vec(row(), 0..4), any::<bool>()).prop_map(
        move |((suspended, flagged, buried), schedule, log, is_foreign)| PackageCard {
            key: key.clone(),
            suspended,
            flagged,
            buried_until: buried.map(StudyDay::new),
            schedule,
            log,
            elsewhere: if is_foreign { "{\"ivl\":3}".into() } else { String::new() },
        },
    )
}

fn note(id: usize) -> impl Strategy<Value = PackageNote> {
    let identity = prop_oneof![
        Just(Identity::InDeck),
        any::<u32>().prop_map(move |n| Identity::Anki(format!("{id}&{n}"))),
        any::<u128>().prop_map(|bits| Identity::Known(Uuid::from_u128(bits))),
    ];
    let elsewhere = prop_oneof![Just(""), Just("{\"kind\":\"k1\"}"), Just("{\"kind\":\"gone\"}")];
    let known = (any::<bool>(), of(0..2usize), identity, elsewhere);
    (content(), facts(), known).prop_flat_map(move |(content, facts, known)| {
        let (has_cards, second, identity, elsewhere) = known;
        let keys = if has_cards { content.card_keys() } else { Vec::new() };
        let mut media = BTreeMap::new();
        if let Some(which) = second {
            media.insert("a.png".to_owned(), FILES[which].0.to_owned());
        }
        let id = if id.is_multiple_of(3) { format!("Card {id}!") } else { format!("card-{id}") };
        let made = PackageNote::new(id, content, facts);
        let made = PackageNote { identity, media, elsewhere: elsewhere.into(), ..made };
        keys.into_iter()
            .map(card)
            .collect::<Vec<_>>()
            .prop_map(move |cards| PackageNote { cards, ..made.clone() })
    })
}

fn deck(id: &'static str) -> impl Strategy<Value = PackageDeck> {
    let notes = (0..5usize).prop_flat_map(|count| (0..count).map(note).collect::<Vec<_>>());
    (notes, "[a-z ]{0,8}[a-z]").prop_map(move |(notes, about)| PackageDeck {
        id: id.into(),
        title: format!("Deck {id}"),
        language: "en".into(),
        version: "1".into(),
        licence: "CC0-1.0".into(),
        about: about.trim().to_owned(),
        sources: vec![Source {
            key: "npg".into(),
            title: "Guidelines".into(),
            publisher: String::new(),
            address: String::new(),
        }],
        notes,
    })
}

/// Two decks with their files and kinds; `a.png` is two files.
pub fn package() -> impl Strategy<Value = Package> {
    let file = |name: &str, which: usize, mime: &str| PackageMedia {
        name: name.into(),
        sha256: FILES[which].0.into(),
        size: FILES[which].1.len() as u64,
        mime: mime.into(),
    };
    let media = vec![
        file("a.png", 0, "image/png"),
        file("a.png", 1, "image/gif"),
        file("b c.png", 1, "image/gif"),
    ];
    let kinds = vec![PackageKind { key: "k1".into(), json: "{\"css\":\"x\"}".into() }];
    (deck("one"), deck("018f3a52-5a1e-7c3e-8a55-0c4149524e01")).prop_map(move |(one, two)| {
        Package {
            decks: vec![one, two],
            media: media.clone(),
            kinds: kinds.clone(),
            settings: BTreeMap::new(),
        }
    })
}

/// The program's own content.
pub fn content_deck() -> impl Strategy<Value = PackageDeck> {
    deck("built-in").prop_map(|mut deck| {
        for note in &mut deck.notes {
            let text = std::mem::take(&mut note.facts);
            *note = PackageNote::new(note.id.clone(), note.content.clone(), text);
        }
        deck
    })
}

pub fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        8 => (0..=5u8).prop_map(Deed::Answer),
        1 => Just(Deed::Suspend),
        1 => Just(Deed::Bury),
        1 => Just(Deed::Flag),
        2 => words().prop_map(Deed::Edit),
        2 => Just(Deed::Undo),
        1 => (0..40u32).prop_map(Deed::Setting),
        1 => of(1..50u32).prop_map(Deed::CatchUp),
        2 => (1..9i64).prop_map(Deed::Sleep),
    ];
    vec(deed, 0..25)
}
