//! The neutral form in which decks travel between files and the collection: `formats` makes and
//! prints it, `store` takes and gives it, and neither knows the other.

use serde::{Deserialize, Serialize};

use crate::area::Area;
use crate::note::Content;

/// Whole decks with their notes, as one file or one export holds them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Package {
    /// The decks, in the order of the file.
    pub decks: Vec<PackageDeck>,
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
    /// What is asked and answered.
    pub content: Content,
    /// What is known about it.
    pub facts: Facts,
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
