//! Packages that nobody would write, all of which a document can hold.

use std::collections::BTreeMap;

use cairn_core::area::Area;
use cairn_core::day::StudyDay;
use cairn_core::drill::DrillRule;
use cairn_core::fold::LogKind;
use cairn_core::note::{ChoiceOption, Content, Face};
use cairn_core::package::{
    Citation, Facts, Identity, Package, PackageCard, PackageDeck, PackageKind, PackageMedia,
    PackageNote, PackageOutcome, PackageRow, Reading, Source,
};
use cairn_core::policy::Policy;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::Memory;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::Value;
use uuid::Uuid;

/// Texts with all that JSON must escape.
fn text() -> impl Strategy<Value = String> {
    let nasty = ["\"", "\\", "\n", "\r\n", "\0", "\u{2028}", "é", "🙂", "{", "]", ",", ":", "x"];
    prop_oneof![
        vec(select(nasty.to_vec()), 0..8).prop_map(|pieces| pieces.concat()),
        any::<String>()
    ]
}

fn filled() -> impl Strategy<Value = String> {
    text().prop_map(|text| text + "x")
}

fn day() -> impl Strategy<Value = StudyDay> {
    prop_oneof![any::<i32>(), 20_000..21_000].prop_map(StudyDay::new)
}

fn schedule() -> impl Strategy<Value = Schedule> {
    let known = (any::<u32>(), 0..=36_500u32, 130..=u32::MAX, day(), day(), any::<u32>()).prop_map(
        |(repetitions, interval_days, ease_hundredths, due, last, lapses)| {
            let memory = Memory { repetitions, interval_days, ease_hundredths };
            Schedule::Known(Known { memory, due, last, lapses })
        },
    );
    prop_oneof![Just(Schedule::New), known]
}

fn policy() -> impl Strategy<Value = Policy> {
    let drill = select(vec![DrillRule::BelowGood, DrillRule::Failures, DrillRule::Off]);
    (any::<bool>(), any::<bool>(), any::<u32>(), drill).prop_map(
        |(late_credit, fuzz, max_interval_days, drill)| Policy {
            late_credit,
            fuzz,
            max_interval_days,
            drill,
        },
    )
}

fn row() -> impl Strategy<Value = PackageRow> {
    use LogKind::{Cram, Drill, Foreign, Mock, Reset, Review, Set};
    let kind = select(vec![Review, Drill, Cram, Mock, Set, Reset, Foreign]);
    let outcome = (any::<u32>(), any::<u32>(), any::<i32>(), day()).prop_map(
        |(interval_days, late_days, fuzz_days, due)| PackageOutcome {
            interval_days,
            late_days,
            fuzz_days,
            due,
        },
    );
    let answer = (kind, of(0..=5u8), of(text()), of(vec(text(), 0..4)));
    let time = (day(), any::<i64>(), -1440..=1440i32, any::<u32>(), of(day()));
    let rule = (select(vec!["sm2-text-1", "imported", ""]), policy(), of(outcome));
    (answer, time, rule, schedule(), schedule(), text()).prop_map(
        |(answer, time, rule, before, after, elsewhere)| {
            let (kind, grade, response, option_order) = answer;
            let (day, at_ms, offset_minutes, taken_ms, plan_day) = time;
            let (rule, policy, outcome) = rule;
            PackageRow {
                kind,
                grade: if kind == Review { grade.or(Some(3)) } else { grade },
                response,
                option_order,
                day,
                at_ms,
                offset_minutes,
                taken_ms,
                rule: rule.into(),
                policy,
                outcome,
                plan_day,
                before,
                after,
                elsewhere,
            }
        },
    )
}

fn card(key: String) -> impl Strategy<Value = PackageCard> {
    let said = (any::<bool>(), any::<bool>(), of(day()), schedule(), vec(row(), 0..4), text());
    said.prop_map(move |(suspended, flagged, buried_until, schedule, log, elsewhere)| PackageCard {
        key: key.clone(),
        suspended,
        flagged,
        buried_until,
        schedule,
        log,
        elsewhere,
    })
}

fn content() -> impl Strategy<Value = Content> {
    let basic = (text(), text(), any::<bool>(), text())
        .prop_map(|(front, back, both_ways, note)| Content::Basic { front, back, both_ways, note });
    let cloze = (text(), text(), text()).prop_map(|(before, behind, note)| Content::Cloze {
        text: format!("{before} {{{{c1::a}}}} {{{{c7::b}}}} {behind}"),
        note,
    });
    let faces = (vec((text(), text()), 1..4), text()).prop_map(|(faces, note)| {
        let face = |(n, (front, back))| Face { key: format!("t{n}"), front, back };
        Content::Faces { faces: (1..).zip(faces).map(face).collect(), note }
    });
    let option = (text(), any::<bool>(), text());
    let choice = (text(), vec(option, 1..5), text()).prop_map(|(stem, options, note)| {
        let option = |(n, (text, right, reason))| ChoiceOption {
            id: format!("o{n}"),
            text,
            right: right || n == 0,
            reason,
        };
        Content::Choice { stem, options: (0..).zip(options).map(option).collect(), note }
    });
    prop_oneof![basic, cloze, faces, choice]
}

fn facts() -> impl Strategy<Value = Facts> {
    let how = select(vec![Reading::Page, Reading::Part, Reading::Secondary, Reading::Unknown]);
    let date = || of(day().prop_map(StudyDay::date));
    let citation = (text(), how, date(), text()).prop_map(|(key, how, read_on, place)| Citation {
        key,
        how,
        read_on,
        place,
    });
    let area = of(select(Area::ALL.to_vec()));
    let words = || vec(text(), 0..4);
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

fn note(id: String) -> impl Strategy<Value = PackageNote> {
    let name = id.clone();
    let identity = (0..3, any::<u128>()).prop_map(move |(which, bits)| match which {
        0 => Identity::InDeck,
        1 => Identity::Anki(format!("{name}{bits}")),
        _ => Identity::Known(Uuid::from_u128(bits)),
    });
    (content(), identity, facts(), text(), any::<bool>()).prop_flat_map(
        move |(content, identity, facts, elsewhere, is_known)| {
            let keys = if is_known { content.card_keys() } else { Vec::new() };
            let made = PackageNote::new(id.clone(), content, facts);
            let base = elsewhere.starts_with(char::is_alphanumeric).then(|| Content::Cloze {
                text: format!("{{{{c1::{}}}}}", elsewhere.len()),
                note: String::new(),
            });
            let made = PackageNote { identity, elsewhere, base, ..made };
            keys.into_iter()
                .map(card)
                .collect::<Vec<_>>()
                .prop_map(move |cards| PackageNote { cards, ..made.clone() })
        },
    )
}

fn notes() -> impl Strategy<Value = Vec<PackageNote>> {
    btree_set(filled(), 0..4)
        .prop_flat_map(|ids| ids.into_iter().map(note).collect::<Vec<_>>())
        .prop_shuffle()
}

fn source() -> impl Strategy<Value = Source> {
    (text(), text(), text(), text()).prop_map(|(key, title, publisher, address)| Source {
        key,
        title,
        publisher,
        address,
    })
}

fn deck(id: String) -> impl Strategy<Value = PackageDeck> {
    let texts = (filled(), text(), text(), text(), text());
    (texts, vec(source(), 0..3), notes()).prop_map(move |(texts, sources, notes)| {
        let (title, language, version, licence, about) = texts;
        let id = id.clone();
        PackageDeck { id, title, language, version, licence, about, sources, notes }
    })
}

/// Files of which two may have one name.
fn media() -> impl Strategy<Value = Vec<PackageMedia>> {
    let one = ("[0-9a-f]{64}", any::<u64>(), text(), 0..3);
    vec(one, 0..4).prop_map(|files| {
        let file = |(sha256, size, mime, n)| PackageMedia {
            name: format!("a picture {n}.png"),
            sha256,
            size,
            mime,
        };
        files.into_iter().map(file).collect()
    })
}

fn kinds() -> impl Strategy<Value = Vec<PackageKind>> {
    btree_map(text(), text(), 0..3)
        .prop_map(|kinds| kinds.into_iter().map(|(key, json)| PackageKind { key, json }).collect())
}

fn settings() -> impl Strategy<Value = BTreeMap<String, String>> {
    let value = prop_oneof![
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        text().prop_map(Value::from),
        Just(Value::Null),
        (text(), any::<u32>()).prop_map(|(key, value)| serde_json::json!({ key: [value] })),
    ];
    btree_map(text(), value.prop_map(|value| value.to_string()), 0..4)
}

/// Notes say which file they mean, or that they mean none.
fn with_meanings(mut package: Package, picks: &[(Index, Index, bool)]) -> Package {
    let mut notes: Vec<&mut PackageNote> =
        package.decks.iter_mut().flat_map(|deck| &mut deck.notes).collect();
    if notes.is_empty() || package.media.is_empty() {
        return package;
    }
    for (note, file, none) in picks {
        let file = file.get(&package.media);
        let sha256 = if *none { String::new() } else { file.sha256.clone() };
        let at = note.index(notes.len());
        notes[at].media.insert(file.name.clone(), sha256);
    }
    package
}

pub(crate) fn package() -> impl Strategy<Value = Package> {
    let decks = btree_set(filled(), 0..3)
        .prop_flat_map(|ids| ids.into_iter().map(deck).collect::<Vec<_>>());
    let picks = vec(any::<(Index, Index, bool)>(), 0..4);
    (decks, media(), kinds(), settings(), picks).prop_map(
        |(decks, media, kinds, settings, picks)| {
            with_meanings(Package { decks, media, kinds, settings }, &picks)
        },
    )
}
