//! Packages of ours, as Anki can hold them.

use cairn_core::area::Area;
use cairn_core::day::StudyDay;
use cairn_core::fold::LogKind;
use cairn_core::note::{ChoiceOption, Content, Face};
use cairn_core::package::{
    Citation, Facts, Identity, Package, PackageCard, PackageDeck, PackageNote, PackageRow, Reading,
    Source,
};
use cairn_core::policy::Policy;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::Memory;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use uuid::Uuid;

/// 2026-11-21
const TODAY: i32 = 20_778;
const DAY_MS: i64 = 86_400_000;

/// Blocks of Markdown that Anki's HTML can say.
const BLOCKS: [&str; 17] = [
    "plain words",
    "**bold** and *not* ~~gone~~",
    "a < b & \"c\" > `d <e>`",
    "- one\n- two\n  - three",
    "3. one\n4. two",
    "> said **so**",
    "```\nif a < b { c }\n\n  d\n```",
    "| a | b |\n| --- | --- |\n| 1 | **2** |",
    "### Heading",
    "![the map](media:p.png)",
    "hear ![](media:s.mp3) it",
    "[there](https://example.org/?a=1&b=2)",
    "one line\\\nanother",
    "\\*stars\\* and 1\\. no list",
    "日本語 🙂 “quoted”",
    "100% of {{this}}",
    "say <script>alert(1)</script> twice",
];

fn text() -> impl Strategy<Value = String> {
    vec(select(BLOCKS.to_vec()), 1..4).prop_map(|blocks| blocks.join("\n\n"))
}

fn maybe() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), text()]
}

fn cloze() -> impl Strategy<Value = String> {
    let gaps = [
        "{{c1::gap}}",
        "{{c2::**b**::a hint}}",
        "{{c1::a {{c3::b}} c}}",
        "words",
        "*em*",
        "{{c4::",
        "`code`",
        "a < b",
    ];
    vec(select(gaps.to_vec()), 1..6).prop_map(|parts| format!("{} {{{{c1::x}}}}", parts.join(" ")))
}

fn option(id: &'static str) -> impl Strategy<Value = ChoiceOption> {
    (text(), any::<bool>(), maybe()).prop_map(move |(text, right, reason)| ChoiceOption {
        id: id.into(),
        text,
        right,
        reason,
    })
}

pub fn content() -> impl Strategy<Value = Content> {
    let basic = (text(), text(), any::<bool>(), maybe())
        .prop_map(|(front, back, both_ways, note)| Content::Basic { front, back, both_ways, note });
    let gapped = (cloze(), maybe()).prop_map(|(text, note)| Content::Cloze { text, note });
    let faces = subsequence(vec!["t1", "t2", "t5"], 1..=3)
        .prop_flat_map(|keys| {
            let face = |key: &'static str| {
                (text(), maybe()).prop_map(move |(front, back)| Face {
                    key: key.into(),
                    front,
                    back,
                })
            };
            (keys.into_iter().map(face).collect::<Vec<_>>(), maybe())
        })
        .prop_map(|(faces, note)| Content::Faces { faces, note });
    let choice = (text(), option("a"), option("b"), option("else"), maybe()).prop_map(
        |(stem, one, two, three, note)| Content::Choice {
            stem,
            options: vec![one, two, three],
            note,
        },
    );
    prop_oneof![basic, gapped, faces, choice]
}

fn row() -> impl Strategy<Value = PackageRow> {
    let kind = select(vec![LogKind::Review, LogKind::Review, LogKind::Drill, LogKind::Cram]);
    (kind, 0..=5u8, 1..400i32, 0..100_000u32, 0..1000i64).prop_map(
        |(kind, grade, ago, taken_ms, ms)| PackageRow {
            kind,
            grade: Some(grade),
            response: None,
            option_order: None,
            day: StudyDay::new(TODAY - ago),
            at_ms: i64::from(TODAY - ago) * DAY_MS + DAY_MS / 2 + ms,
            offset_minutes: 0,
            taken_ms,
            rule: "sm2-text-1".into(),
            policy: Policy::default(),
            outcome: None,
            plan_day: None,
            before: Schedule::New,
            after: Schedule::New,
            elsewhere: String::new(),
        },
    )
}

fn card(key: String) -> impl Strategy<Value = PackageCard> {
    let known = (1..=36_500u32, 130..=1000u32, -300..3000i32, 0..9u32).prop_map(
        |(interval_days, ease_hundredths, due, lapses)| {
            let memory = Memory { repetitions: 2, interval_days, ease_hundredths };
            let (due, last) = (StudyDay::new(TODAY + due), StudyDay::new(TODAY - 400));
            Schedule::Known(Known { memory, due, last, lapses })
        },
    );
    let schedule = prop_oneof![Just(Schedule::New), known];
    let state = (any::<bool>(), any::<bool>(), any::<bool>());
    (state, schedule, vec(row(), 0..4)).prop_map(
        move |((suspended, flagged, buried), schedule, mut log)| {
            log.sort_by_key(|row| row.at_ms);
            PackageCard {
                key: key.clone(),
                suspended,
                flagged,
                // What is suspended in Anki is not buried.
                buried_until: (buried && !suspended).then(|| StudyDay::new(TODAY + 1)),
                schedule,
                log,
                elsewhere: String::new(),
            }
        },
    )
}

fn facts() -> impl Strategy<Value = Facts> {
    let tags = subsequence(vec!["a", "two words", "x::y", "日本"], 0..=4);
    (any::<bool>(), tags, any::<bool>()).prop_map(|(area, tags, cited)| Facts {
        area: area.then_some(Area::Rs),
        competencies: if area { vec![3, 7] } else { Vec::new() },
        concepts: Vec::new(),
        tags: tags.into_iter().map(String::from).collect(),
        sources: if cited { vec![citation()] } else { Vec::new() },
        expires: None,
    })
}

fn citation() -> Citation {
    Citation { key: "s".into(), how: Reading::Page, read_on: None, place: "p. <7>".into() }
}

fn note() -> impl Strategy<Value = PackageNote> {
    let made = content().prop_flat_map(|content| {
        let cards: Vec<_> = content.card_keys().into_iter().map(card).collect();
        (Just(content), cards)
    });
    (any::<u128>(), any::<bool>(), made, facts()).prop_map(
        |(bits, named, (content, cards), facts)| {
            let uuid = Uuid::from_u128(bits);
            let id = if named { format!("item-{:x}", bits >> 64) } else { uuid.to_string() };
            let identity = Identity::Known(uuid);
            PackageNote { identity, cards, ..PackageNote::new(id, content, facts) }
        },
    )
}

/// Packages whose decks are in the order of their names.
pub fn package() -> impl Strategy<Value = Package> {
    let deck = |title: &'static str| {
        vec(note(), 1..6).prop_map(move |mut notes| {
            notes.dedup_by_key(|note| note.id.clone());
            PackageDeck {
                id: format!("deck-{}", title.len()),
                title: title.into(),
                language: "en-US".into(),
                version: "3".into(),
                licence: "CC-BY-4.0".into(),
                about: "What <it> is & says.".into(),
                sources: vec![Source {
                    key: "s".into(),
                    title: "A \"book\" --> and more".into(),
                    publisher: "P & Q".into(),
                    address: "https://example.org".into(),
                }],
                notes,
            }
        })
    };
    (deck("Exam"), deck("Exam::Über \"uns\""))
        .prop_map(|(one, two)| Package { decks: vec![one, two], ..Package::default() })
}
