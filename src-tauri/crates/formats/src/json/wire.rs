//! The shape of the document, apart from the core's types, so that the format stays when they move.
//!
//! The same types are written and read. Absent means empty, `false`, none or new; an unknown field
//! is refused, so that a slip of the pen is not passed over in silence.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::day::Day;
use super::few::{few, maybe_few};

type Text<'a> = Cow<'a, str>;

/// What the document says of itself; whatever else it holds is passed over.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    pub format: Option<String>,
    pub version: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document<'a> {
    #[serde(borrow)]
    pub format: Text<'a>,
    pub version: u64,
    #[serde(default, rename = "remark")]
    pub _remark: Option<Ignored>,
    #[serde(default)]
    pub policies: Vec<Policy<'a>>,
    #[serde(default)]
    pub settings: BTreeMap<String, Value>,
    #[serde(default)]
    pub kinds: Vec<Kind<'a>>,
    #[serde(default)]
    pub media: Vec<Media<'a>>,
    pub decks: Vec<Deck<'a>>,
}

/// A text that is for people only.
pub(super) struct Ignored;

impl<'de> Deserialize<'de> for Ignored {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Text::deserialize(from).map(|_| Self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy<'a> {
    #[serde(borrow)]
    pub rule: Text<'a>,
    pub late_credit: bool,
    pub fuzz: bool,
    pub max_interval_days: u32,
    #[serde(borrow)]
    pub drill: Text<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Media<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(borrow)]
    pub sha256: Text<'a>,
    pub size: u64,
    #[serde(borrow)]
    pub mime: Text<'a>,
    /// Written piece by piece, past this type.
    #[serde(default, borrow, skip_serializing)]
    pub data: Option<Text<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kind<'a> {
    #[serde(borrow)]
    pub key: Text<'a>,
    #[serde(borrow)]
    pub json: Text<'a>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Deck<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(borrow)]
    pub language: Text<'a>,
    #[serde(borrow)]
    pub version: Text<'a>,
    #[serde(default, borrow)]
    pub licence: Text<'a>,
    #[serde(default, borrow)]
    pub about: Text<'a>,
    #[serde(default)]
    pub sources: Vec<Source<'a>>,
    pub notes: Vec<Note<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Source<'a> {
    #[serde(borrow)]
    pub key: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
    #[serde(default, borrow, skip_serializing_if = "is_empty")]
    pub publisher: Text<'a>,
    #[serde(default, borrow, skip_serializing_if = "is_empty")]
    pub address: Text<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub uuid: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub anki_guid: Option<Text<'a>>,
    pub content: Content<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Content<'a>>,
    #[serde(default, skip_serializing_if = "Facts::is_empty")]
    pub facts: Facts<'a>,
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    pub cards: Vec<Card<'a>>,
    #[serde(default, borrow, skip_serializing_if = "is_empty")]
    pub elsewhere: Text<'a>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub media: BTreeMap<Text<'a>, Text<'a>>,
}

/// The fields of every kind of note; which of them belong to a kind is for the reader to say.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content<'a> {
    #[serde(borrow)]
    pub kind: Text<'a>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub front: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub back: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub both_ways: Option<bool>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub text: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "maybe_few")]
    pub faces: Option<Vec<Face<'a>>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub stem: Option<Text<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "maybe_few")]
    pub options: Option<Vec<ChoiceOption<'a>>>,
    #[serde(default, borrow, skip_serializing_if = "is_empty")]
    pub note: Text<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Face<'a> {
    #[serde(borrow)]
    pub key: Text<'a>,
    #[serde(borrow)]
    pub front: Text<'a>,
    #[serde(borrow)]
    pub back: Text<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChoiceOption<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub text: Text<'a>,
    pub right: bool,
    #[serde(default, borrow, skip_serializing_if = "is_empty")]
    pub reason: Text<'a>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Facts<'a> {
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub area: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    pub competencies: Vec<u32>,
    #[serde(borrow, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    pub concepts: Vec<Text<'a>>,
    #[serde(borrow, skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    pub tags: Vec<Text<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty", deserialize_with = "few")]
    pub sources: Vec<Citation<'a>>,
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Text<'a>>,
}

impl Facts<'_> {
    fn is_empty(&self) -> bool {
        let lists = self.competencies.is_empty() && self.concepts.is_empty();
        let words = self.tags.is_empty() && self.sources.is_empty();
        lists && words && self.area.is_none() && self.expires.is_none()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Citation<'a> {
    #[serde(borrow)]
    pub key: Text<'a>,
    #[serde(borrow)]
    pub how: Text<'a>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub read_on: Option<Text<'a>>,
    #[serde(default, borrow, skip_serializing_if = "is_empty")]
    pub place: Text<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Card<'a> {
    #[serde(borrow)]
    pub key: Text<'a>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub suspended: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    pub flagged: bool,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub buried_until: Option<Day<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<Row<'a>>,
    #[serde(default, borrow, skip_serializing_if = "is_empty")]
    pub elsewhere: Text<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Schedule<'a> {
    pub repetitions: u32,
    pub interval_days: u32,
    pub ease_hundredths: u32,
    #[serde(borrow)]
    pub due: Day<'a>,
    #[serde(borrow)]
    pub last: Day<'a>,
    pub lapses: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row<'a> {
    #[serde(borrow)]
    pub kind: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<u32>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub response: Option<Text<'a>>,
    #[serde(
        default,
        borrow,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "maybe_few"
    )]
    pub option_order: Option<Vec<Text<'a>>>,
    #[serde(borrow)]
    pub day: Day<'a>,
    pub at_ms: i64,
    pub offset_minutes: i32,
    pub taken_ms: u32,
    pub policy: u32,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub plan_day: Option<Day<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub before: Option<Schedule<'a>>,
    #[serde(default, borrow, skip_serializing_if = "Option::is_none")]
    pub after: Option<Schedule<'a>>,
    #[serde(default, borrow, skip_serializing_if = "is_empty")]
    pub elsewhere: Text<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outcome<'a> {
    pub interval_days: u32,
    pub late_days: u32,
    pub fuzz_days: i32,
    #[serde(borrow)]
    pub due: Day<'a>,
}

fn is_empty(text: &str) -> bool {
    text.is_empty()
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde asks for it
fn is_false(value: &bool) -> bool {
    !value
}
