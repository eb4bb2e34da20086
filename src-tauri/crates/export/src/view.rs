//! What crosses to the window and the command line.

use std::path::PathBuf;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", ts(rename = "ExportFormat"))]
pub enum Format {
    /// A progress report: one HTML file, to be read, printed or handed on.
    Report,
    /// Two tables in a folder: `cards.csv` and `reviews.csv`.
    Csv,
    /// Everything, as Cairn JSON.
    Json,
    /// An Anki package.
    Apkg,
    /// Deck text in Markdown, without progress.
    Md,
    /// A calendar: the exam and the days to come.
    Ics,
}

/// What a person wants written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "ts", ts(rename = "ExportRequest"))]
pub struct Request {
    /// The format.
    pub format: Format,
    /// The file to write; a folder for `csv`, and for `md` of several decks.
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub out: PathBuf,
    /// Only this deck, by its id or its name.
    pub deck: Option<String>,
    /// First study day of the history that is given (`report`, `csv`).
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub from: Option<NaiveDate>,
    /// Last study day of it.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub to: Option<NaiveDate>,
    /// The person's name, for the report; empty for none.
    pub name: String,
    /// Whether the report quotes cards.
    pub card_text: bool,
    /// Whether schedules and history go along (`apkg`).
    pub progress: bool,
    /// Whether pictures and sounds go along (`apkg`, `json`, `md`).
    pub media: bool,
    /// Whether a file that is there is written over.
    pub overwrite: bool,
}

impl Request {
    /// Everything in one format, with nothing quoted and nothing written over.
    pub fn everything(format: Format, out: PathBuf) -> Self {
        let (deck, from, to, name) = (None, None, None, String::new());
        let (card_text, overwrite) = (false, false);
        Self {
            format,
            out,
            deck,
            from,
            to,
            name,
            card_text,
            progress: true,
            media: true,
            overwrite,
        }
    }
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ExportedFile {
    /// Where it lies.
    pub path: String,
    /// Its size in bytes.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub bytes: u64,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Exported {
    /// The format.
    pub format: Format,
    /// The files, all of them whole and on the disk.
    pub files: Vec<ExportedFile>,
    /// Decks in them.
    pub decks: u32,
    /// Notes in them.
    pub notes: u32,
    /// Cards in them.
    pub cards: u32,
    /// Answers (rows of history) in them.
    pub answers: u32,
    /// Pictures and sounds in them.
    pub media: u32,
    /// What could not go along, in words, each with what to do.
    pub remarks: Vec<String>,
}
