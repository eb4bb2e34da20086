//! The neutral form in which decks travel between files and the collection: `formats` makes and
//! prints it, `store` takes and gives it, and neither knows the other.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::area::Area;
use crate::day::StudyDay;
use crate::fold::LogKind;
use crate::note::Content;
use crate::policy::Policy;
use crate::schedule::Schedule;
use crate::sm2::RULE_ID;

/// Whole decks with their notes, as one file or one export holds them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Package {
    /// The decks, in the order of the file.
    pub decks: Vec<PackageDeck>,
    /// The pictures and sounds that its notes name. A name means the first file of that name, unless
    /// the note says otherwise.
    pub media: Vec<PackageMedia>,
    /// Kinds of notes as another program keeps them, so that its notes can go out again unchanged;
    /// what a note keeps `elsewhere` names them.
    #[serde(default)]
    pub kinds: Vec<PackageKind>,
    /// Settings of a whole collection: JSON values by key. Taken where the collection has none.
    #[serde(default)]
    pub settings: BTreeMap<String, String>,
}

/// A kind of note (Anki: a note type) as another program keeps it. Kinds never change: another text
/// is another kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageKind {
    /// What notes call it; made from its text.
    pub key: String,
    /// The kind, JSON.
    pub json: String,
}

/// A picture or sound of a package. Its bytes lie beside the package, in a file named by the hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageMedia {
    /// The name by which notes of the package call it.
    pub name: String,
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// What it is, told from its bytes: `image/png`, `audio/mpeg` …
    pub mime: String,
}

/// One deck and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageDeck {
    /// Stable id chosen by the author, such as `lived-experience`; the seed of every identity in the deck.
    pub id: String,
    /// What people see.
    pub title: String,
    /// BCP 47 language tag.
    pub language: String,
    /// Free text; names the release that a note came from.
    pub version: String,
    /// Licence of the text, best an SPDX name; empty when not said.
    pub licence: String,
    /// A sentence or two; empty when not said.
    pub about: String,
    /// The sources that notes name by key, in the order declared.
    pub sources: Vec<Source>,
    /// The notes, in the order of the file, which is the order in which they are introduced.
    pub notes: Vec<PackageNote>,
}

/// Where something was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Key by which notes name it, unique in the deck.
    pub key: String,
    /// Title of the work.
    pub title: String,
    /// Who published it; empty when not said.
    pub publisher: String,
    /// Its address (https); empty when not said.
    pub address: String,
}

/// One note: what a person wrote, from which one or several cards are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageNote {
    /// Stable id within the deck.
    pub id: String,
    /// What makes it the same note everywhere.
    #[serde(default)]
    pub identity: Identity,
    /// What is asked and answered.
    pub content: Content,
    /// The text as released, where a person has changed it since.
    #[serde(default)]
    pub base: Option<Content>,
    /// What is known about it.
    pub facts: Facts,
    /// What is known of its cards besides their text; a card that is not named is new.
    #[serde(default)]
    pub cards: Vec<PackageCard>,
    /// The note as another program keeps it, JSON, to go out again unchanged; empty for none.
    #[serde(default)]
    pub elsewhere: String,
    /// Which file a name means here, by SHA-256, where it is not the first of that name in the
    /// package; empty where the note has none of that name.
    #[serde(default)]
    pub media: BTreeMap<String, String>,
}

impl Package {
    /// The file that a note means by a name; of a name that means none, none.
    pub fn file_of(&self, note: &PackageNote, name: &str) -> Option<&PackageMedia> {
        let meant = note.media.get(name);
        let fits = |media: &&PackageMedia| {
            media.name == name && meant.is_none_or(|sha256| *sha256 == media.sha256)
        };
        self.media.iter().find(fits)
    }
}

impl PackageNote {
    /// A note of text and facts, without any history.
    pub fn new(id: impl Into<String>, content: Content, facts: Facts) -> Self {
        let (id, identity) = (id.into(), Identity::InDeck);
        let (cards, elsewhere, media) = (Vec::new(), String::new(), BTreeMap::new());
        Self { id, identity, content, base: None, facts, cards, elsewhere, media }
    }

    /// The text as released.
    pub fn released(&self) -> &Content {
        self.base.as_ref().unwrap_or(&self.content)
    }

    /// Its UUID in every collection, when it lies in the deck of this id.
    pub fn uuid(&self, deck: &str) -> Uuid {
        self.identity.uuid(deck, &self.id)
    }
}

/// What makes a note the same note in every collection.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Identity {
    /// The deck's id and its own.
    #[default]
    InDeck,
    /// The guid that Anki gave it, whatever deck it lies in.
    Anki(String),
    /// Its UUID here.
    Known(Uuid),
}

/// Namespace of every identity that Cairn derives.
pub const NAMESPACE: Uuid = Uuid::from_u128(0x6f1c_1b0e_52a4_4d6c_9a57_0c41_4952_4e01);

impl Identity {
    /// The UUID in every collection of the note `id` of a deck.
    pub fn uuid(&self, deck: &str, id: &str) -> Uuid {
        let name = match self {
            Self::Known(uuid) => return *uuid,
            Self::InDeck => format!("{deck}\n{id}"),
            Self::Anki(guid) => format!("anki\n{guid}"),
        };
        Uuid::new_v5(&NAMESPACE, name.as_bytes())
    }
}

/// What is known of one card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageCard {
    /// Its ordinal key: `front`, `back`, `c1`, `t1` …
    pub key: String,
    /// Whether it is set aside.
    pub suspended: bool,
    /// Whether it is flagged.
    pub flagged: bool,
    /// Hidden on study days before this one.
    pub buried_until: Option<StudyDay>,
    /// Where it stands after its rows.
    pub schedule: Schedule,
    /// Its history, oldest first. Where the fold of it is not `schedule`, one row that sets it is
    /// added when it is taken in.
    pub log: Vec<PackageRow>,
    /// The card as another program keeps it, JSON, to go out again unchanged until it is answered
    /// here; empty for none.
    pub elsewhere: String,
}

/// One row of a card's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageRow {
    /// What it records; `Foreign` for what another program wrote.
    pub kind: LogKind,
    /// The grade, 0 to 5.
    pub grade: Option<u8>,
    /// Id of the chosen option, or the text typed.
    pub response: Option<String>,
    /// Ids of the options as shown.
    pub option_order: Option<Vec<String>>,
    /// Study day.
    pub day: StudyDay,
    /// When, in milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// Local time minus UTC, in minutes.
    pub offset_minutes: i32,
    /// Time taken, in milliseconds.
    pub taken_ms: u32,
    /// Rule by which it was worked out: see [`rule_name`].
    pub rule: Cow<'static, str>,
    /// Settings under which it was worked out.
    pub policy: Policy,
    /// What the rule found; `None` where it did not ask.
    pub outcome: Option<PackageOutcome>,
    /// The plan's day for the card, where there was one.
    pub plan_day: Option<StudyDay>,
    /// The state that it found.
    pub before: Schedule,
    /// The state that it left.
    pub after: Schedule,
    /// The row as another program wrote it, JSON; empty for none.
    pub elsewhere: String,
}

/// The name of a rule as a row holds it: those that nearly all rows have are not copied.
pub fn rule_name(name: &str) -> Cow<'static, str> {
    const KNOWN: [&str; 3] = [RULE_ID, "anki", "imported"];
    match KNOWN.into_iter().find(|known| *known == name) {
        Some(known) => known.into(),
        None => name.to_owned().into(),
    }
}

impl PackageRow {
    /// Whether it holds nothing of what an answer here holds: no response, no outcome, no state.
    pub fn moves_nothing(&self) -> bool {
        self.response.is_none()
            && self.option_order.is_none()
            && self.outcome.is_none()
            && self.plan_day.is_none()
            && self.before == Schedule::New
            && self.after == Schedule::New
    }
}

/// What the rule found for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageOutcome {
    /// Interval of the rule in days, before fuzz.
    pub interval_days: u32,
    /// Days late.
    pub late_days: u32,
    /// Days by which the due day was moved.
    pub fuzz_days: i32,
    /// The due day.
    pub due: StudyDay,
}

/// What is known about a note besides its text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// The exam area it belongs to.
    pub area: Option<Area>,
    /// Core competencies, 1 to 17, in the order written.
    pub competencies: Vec<u8>,
    /// Ids of the concepts that it teaches, such as `C39`.
    pub concepts: Vec<String>,
    /// Free words.
    pub tags: Vec<String>,
    /// Where it comes from.
    pub sources: Vec<Citation>,
    /// ISO date after which the fact should be checked again.
    pub expires: Option<chrono::NaiveDate>,
}

/// A note's reference to a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Key of the source in its deck.
    pub key: String,
    /// How it was read.
    pub how: Reading,
    /// When it was read; `None` when nobody can vouch for a date.
    pub read_on: Option<chrono::NaiveDate>,
    /// Where in the source; empty when not said.
    pub place: String,
}

/// How a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Reading {
    /// On the page itself.
    Page,
    /// In part only.
    Part,
    /// About it, elsewhere.
    Secondary,
    /// Not said.
    #[default]
    Unknown,
}

/// One fault in a file, in words that a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
    /// What is wrong, on which thing.
    pub message: String,
    /// What to do.
    pub hint: String,
}
