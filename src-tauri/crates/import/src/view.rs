//! What crosses to the window and the command line: what an import would do, and what it did.

use cairn_core::text::Block;
use cairn_store::view::{ShownMedia, ShownOption};
use cairn_store::{Existing, IntakeReport};
use serde::{Deserialize, Serialize};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// A deck in Cairn's own Markdown.
    Markdown,
    /// A table: CSV, TSV and their kin.
    Table,
    /// Cairn JSON.
    Json,
    /// An Anki package.
    Anki,
}

/// How a table is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TableChoices {
    /// Label of the encoding, such as `utf-8` or `windows-1252`.
    pub encoding: String,
    /// Name of the delimiter (`comma`, `semicolon`, `tab`, `pipe`, `colon`, `dash`, `none`), or the
    /// one character that it is.
    pub delimiter: String,
    /// Whether the first row names the columns.
    pub header: bool,
    /// What each column is for.
    pub columns: Vec<Column>,
    /// Whether cells hold HTML.
    pub html: bool,
}

/// What a column of a table is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ColumnUse"))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Column {
    Ignore,
    Question,
    Answer,
    Note,
    Option,
    Correct,
    Right,
    Wrong,
    Reason,
    Tags,
    Area,
    Source,
    Deck,
    Guid,
    Kind,
}

/// Everything about an import that a person can correct.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ImportChoices"))]
pub struct Choices {
    /// Name of the deck; `None` where the files name their decks.
    pub deck: Option<String>,
    /// What becomes of notes that are there already.
    pub existing: Existing,
    /// Whether schedules and histories stay out.
    pub fresh: bool,
    /// How a table is read; `None` where there is none.
    pub table: Option<TableChoices>,
}

/// A line that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ImportProblem"))]
pub struct FileProblem {
    /// Name of the file.
    pub file: String,
    /// Line, counted from 1; 0 where there are no lines.
    pub line: u32,
    /// Column in characters, counted from 1; 0 where there are no lines.
    pub column: u32,
    /// What is wrong, on which thing.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// What an import does or did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ImportCounts"))]
pub struct Counts {
    /// Notes that were not there.
    pub added: u32,
    /// Notes whose text or facts changed.
    pub updated: u32,
    /// Notes that were the same.
    pub unchanged: u32,
    /// Notes with new text, where the one here was kept.
    pub kept_edits: u32,
    /// Notes that were answered and whose best answer changed.
    pub keys_changed: u32,
    /// Cards of the notes added.
    pub cards: u32,
    /// Cards that took a schedule from the file.
    pub scheduled: u32,
    /// Cards with a schedule in the file that keep the one they have here.
    pub kept_schedules: u32,
    /// Settings that come along: those that were never set here.
    pub settings: u32,
}

impl From<IntakeReport> for Counts {
    fn from(report: IntakeReport) -> Self {
        let IntakeReport {
            added,
            updated,
            unchanged,
            kept_edits,
            keys_changed,
            cards,
            scheduled,
            kept_schedules,
            settings,
            ..
        } = report;
        Self {
            added,
            updated,
            unchanged,
            kept_edits,
            keys_changed,
            cards,
            scheduled,
            kept_schedules,
            settings,
        }
    }
}

/// A deck of the files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ImportDeck"))]
pub struct DeckSize {
    /// Its name.
    pub name: String,
    /// Notes that could be read.
    pub notes: u32,
    /// Their cards.
    pub cards: u32,
}

/// A card as it will look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SampleCard {
    /// Kind of its note.
    #[cfg_attr(feature = "ts", ts(type = "\"basic\" | \"cloze\" | \"faces\" | \"choice\""))]
    pub kind: String,
    /// Name of its deck.
    pub deck: String,
    /// The question.
    pub front: Vec<Block>,
    /// The answer; empty for a choice.
    pub back: Vec<Block>,
    /// The options as written.
    pub options: Vec<ShownOption>,
    /// Pictures and sounds; they are served once they are in the collection.
    pub media: Vec<ShownMedia>,
}

/// A table as it is read now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct TableView {
    /// How it is read.
    pub choices: TableChoices,
    /// Encodings to choose from.
    pub encodings: Vec<String>,
    /// Delimiters to choose from.
    pub delimiters: Vec<String>,
    /// Names of the columns: the header's, or empty.
    pub head: Vec<String>,
    /// The first rows, raw.
    pub rows: Vec<Vec<String>>,
    /// Rows in all.
    pub lines: u32,
}

/// What would happen. Nothing has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ImportPreview"))]
pub struct Preview {
    /// Names of the files.
    pub files: Vec<String>,
    /// What they are (the first of them, when they differ).
    pub format: Format,
    /// What was chosen, or guessed.
    pub choices: Choices,
    /// Their decks.
    pub decks: Vec<DeckSize>,
    /// What would become of their notes.
    pub counts: Counts,
    /// Lines that could not be read.
    pub unreadable: u32,
    /// The first of them.
    pub problems: Vec<FileProblem>,
    /// The first cards.
    pub samples: Vec<SampleCard>,
    /// The table, where there is one.
    pub table: Option<TableView>,
    /// Answers in their histories.
    pub log_rows: u32,
    /// Pictures and sounds.
    pub media: u32,
    /// Whether they bring schedules.
    pub has_schedules: bool,
    /// What else is worth knowing, in sentences.
    pub remarks: Vec<String>,
}

/// What has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ImportReport"))]
pub struct Report {
    /// Names of the files.
    pub files: Vec<String>,
    /// What became of their notes.
    pub counts: Counts,
    /// Lines that could not be read.
    pub unreadable: u32,
    /// The first of them.
    pub problems: Vec<FileProblem>,
    /// The operation, by which it can be taken back; 0 when nothing changed.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub operation: i64,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ImportStatus"))]
pub struct Status {
    /// What is being done.
    pub phase: Phase,
    /// Steps done.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub done: u64,
    /// Steps in all.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub total: u64,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "ImportPhase"))]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Nothing.
    #[default]
    Idle,
    /// Files are being read.
    Reading,
    /// They are being compared with the collection.
    Checking,
    /// They are being taken in.
    Writing,
}
