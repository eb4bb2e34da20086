//! What a check tells, in words for people and codes for programs.

use serde::{Deserialize, Serialize};

/// What was looked at. Repairs are chosen by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// Pages of the file that can't be read.
    File,
    /// An index of SQLite that is not what its table says.
    Index,
    /// A row that names another which is not there.
    References,
    /// A card's schedule that is not the fold of its log.
    Schedules,
    /// A row of the log that can't be read.
    Log,
    /// A card that lies in another deck than its note.
    Decks,
    /// A key of a note that has no card.
    MissingCards,
    /// A card whose key its note does not have, or two cards of one key.
    ExtraCards,
    /// A note whose text or facts can't be read.
    Notes,
    /// A note's area that is not what its facts say.
    Areas,
    /// The search index.
    Search,
    /// A picture or sound whose file is gone, or is another.
    Media,
    /// Files that no note names.
    UnusedMedia,
    /// A setting that can't be read.
    Settings,
    /// Acts that were done under a clock in the future.
    Clock,
    /// Acts that take back themselves, or one act taken back twice.
    Operations,
}

impl FindingKind {
    const NAMES: [(Self, &'static str); 16] = [
        (Self::File, "file"),
        (Self::Index, "index"),
        (Self::References, "references"),
        (Self::Schedules, "schedules"),
        (Self::Log, "log"),
        (Self::Decks, "decks"),
        (Self::MissingCards, "missing_cards"),
        (Self::ExtraCards, "extra_cards"),
        (Self::Notes, "notes"),
        (Self::Areas, "areas"),
        (Self::Search, "search"),
        (Self::Media, "media"),
        (Self::UnusedMedia, "unused_media"),
        (Self::Settings, "settings"),
        (Self::Clock, "clock"),
        (Self::Operations, "operations"),
    ];

    /// The code, as JSON has it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Something is wrong.
    Fault,
    /// Good to know; nothing is wrong.
    Info,
}

/// What can be done about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// The repair mends it.
    Repair,
    /// Only salvage, or a backup, helps.
    Salvage,
    /// Nothing here can mend it; the words say what a person can do.
    ByHand,
    /// Nothing needs to be done.
    None,
}

/// Something that a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Finding {
    /// What was looked at.
    pub what: FindingKind,
    /// Whether something is wrong.
    pub weight: Weight,
    /// What was found, in plain words.
    pub message: String,
    /// How many things it is about.
    pub count: u32,
    /// The first few of them by name: the first words of a card, a file.
    pub examples: Vec<String>,
    /// What can be done.
    pub remedy: Remedy,
    /// The same in plain words.
    pub repair: String,
}

/// What a check looked at and found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CheckReport {
    /// Whether nothing is wrong.
    pub ok: bool,
    /// Notes that were looked at, those out of sight among them.
    pub notes: u32,
    /// Cards that were looked at.
    pub cards: u32,
    /// Rows of the log that were looked at.
    pub answers: u32,
    /// Whether the content of every picture and sound was compared too.
    pub thorough: bool,
    /// What was found; faults first.
    pub findings: Vec<Finding>,
}

/// One kind of thing that a repair mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Mended {
    /// What was mended.
    pub what: FindingKind,
    /// What was done, in plain words.
    pub message: String,
    /// How many things.
    pub count: u32,
}

/// What a repair did, and what a check finds afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Repaired {
    /// What was mended.
    pub mended: Vec<Mended>,
    /// What is still there.
    pub after: CheckReport,
}

/// How many things a table of a salvaged file held, and how many could be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Salvaged {
    /// The name of the table.
    pub table: String,
    /// What people call its rows: `notes`, `cards`, `answers` …
    pub things: String,
    /// Rows that were read.
    pub read: u32,
    /// Rows that are known to be lost. There may be more where nothing is left that named them.
    pub lost: u32,
    /// The numbers of the rows that are lost, as ranges such as `101–112`; the first few.
    pub ranges: Vec<String>,
}

/// What could be read of a damaged file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SalvageReport {
    /// The new file.
    pub path: String,
    /// Pages of the old file.
    pub pages: u32,
    /// Pages that could not be made sense of.
    pub unreadable: u32,
    /// What was read, table by table.
    pub tables: Vec<Salvaged>,
    /// What was put right in the new file.
    pub mended: Vec<Mended>,
    /// What was lost, a sentence each; empty where everything was read.
    pub lost: Vec<String>,
    /// What a check of the new file finds.
    pub after: CheckReport,
}
