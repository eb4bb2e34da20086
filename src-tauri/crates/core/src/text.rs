//! Text of a card, reduced from Markdown to a small allow-listed tree.
//!
//! Whatever a deck says becomes one of the nodes below or plain text: there is no node for HTML, a
//! script, a style or a remote picture, so none can reach the page.

mod parse;
mod plain;
mod quick;

use serde::{Deserialize, Serialize};

pub use parse::{Gaps, parse, parse_cloze, parse_inline};
pub use plain::{media_names, plain};
pub use quick::{PlainCloze, write_plain};

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "t", rename_all = "lowercase")]
pub enum Inline {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// Emphasis.
    Em {
        /// What is emphasised.
        children: Vec<Inline>,
    },
    /// Strong emphasis.
    Strong {
        /// What is set strong.
        children: Vec<Inline>,
    },
    /// Struck out.
    Strike {
        /// What is struck out.
        children: Vec<Inline>,
    },
    /// Code.
    Code {
        /// The code.
        text: String,
    },
    /// A link to an `https:` address.
    Link {
        /// The address.
        href: String,
        /// What is shown.
        children: Vec<Inline>,
    },
    /// A picture or a sound that came with the note. `media:` addresses alone make one.
    Media {
        /// Its file name in the note.
        name: String,
        /// What it shows or says, in words; may be empty.
        alt: String,
    },
    /// A line break.
    Break,
    /// The gap of a cloze card.
    Gap {
        /// Whether what is hidden is shown.
        shown: bool,
        /// What stands in the gap while it is hidden.
        hint: Option<String>,
        /// What is hidden; empty while it is.
        children: Vec<Inline>,
    },
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "t", rename_all = "lowercase")]
pub enum Block {
    /// A paragraph.
    Paragraph {
        /// Its text.
        children: Vec<Inline>,
    },
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its text.
        children: Vec<Inline>,
    },
    /// A list.
    List {
        /// First number of a numbered list; `None` for bullets.
        #[cfg_attr(feature = "ts", ts(type = "number | null"))]
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// What is quoted.
        children: Vec<Block>,
    },
    /// A block of code.
    Code {
        /// The code.
        text: String,
    },
    /// A table.
    Table {
        /// Cells of the head.
        head: Vec<Vec<Inline>>,
        /// Cells by row.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A thematic break.
    Rule,
}
