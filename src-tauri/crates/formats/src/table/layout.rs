//! What a table is taken for: the part of the reading that a person may correct.

use serde::{Deserialize, Serialize};

use super::Encoding;

/// How a table is read. A guess makes one; a person may change any part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Layout {
    /// Encoding of the file. For information: the sheet is decoded already; another one needs
    /// [`Sheet::with_encoding`](super::Sheet::with_encoding).
    pub encoding: Encoding,
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// Whether the first row names the columns.
    pub header: bool,
    /// What each column is for. Columns beyond the last one here must be empty.
    pub columns: Vec<Column>,
    /// Whether cells hold HTML rather than text.
    pub html: bool,
    /// Title of the deck that the file names for all its notes.
    pub deck: Option<String>,
    /// Kind of all notes whose row does not name one.
    pub kind: Kind,
    /// Tags that every note gets.
    pub tags: Vec<String>,
}

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
    /// `:`, once a line: the rest of the line is the second cell. Cells are not quoted.
    Colon,
    /// ` - ` (or an en or em dash), once a line, as Quizlet can write it. Cells are not quoted.
    Dash,
    /// Nothing: the table has one column.
    #[default]
    None,
    /// Another character.
    Custom(char),
}

impl Delimiter {
    /// The delimiter that a character is.
    pub fn from_char(c: char) -> Self {
        match c {
            ',' => Self::Comma,
            ';' => Self::Semicolon,
            '\t' => Self::Tab,
            '|' => Self::Pipe,
            other => Self::Custom(other),
        }
    }

    /// The character between two cells, for delimiters that are one.
    pub fn char(self) -> Option<char> {
        match self {
            Self::Comma => Some(','),
            Self::Semicolon => Some(';'),
            Self::Tab => Some('\t'),
            Self::Pipe => Some('|'),
            Self::Custom(c) => Some(c),
            Self::Colon | Self::Dash | Self::None => None,
        }
    }
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Column {
    /// Nothing.
    #[default]
    Ignore,
    /// The question, the stem, or the text with gaps. The identity of the note hangs on it.
    Question,
    /// The answer; below a text with gaps, a part of the corrective note.
    Answer,
    /// The corrective note.
    Note,
    /// One option of a choice, or all of them separated by `|` or line ends.
    Option,
    /// Which options are right: letters, numbers or their text.
    Correct,
    /// An option that is right.
    Right,
    /// An option that is wrong.
    Wrong,
    /// Why an option is or is not best: one column for all, or one for each option column.
    Reason,
    /// Free words.
    Tags,
    /// The exam area.
    Area,
    /// Where it was read.
    Source,
    /// Title of the deck.
    Deck,
    /// Identity of the note in Anki.
    Guid,
    /// Kind of the note.
    Kind,
}

impl Column {
    /// Whether a table can have only one such column.
    pub fn is_single(self) -> bool {
        use Column::{Answer, Area, Correct, Deck, Guid, Kind, Question};
        matches!(self, Question | Answer | Correct | Area | Deck | Guid | Kind)
    }
}

/// Kind of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// By what the row holds.
    #[default]
    Auto,
    /// A question and its answer.
    Basic,
    /// A question and its answer, asked both ways.
    BothWays,
    /// A text with gaps.
    Cloze,
    /// A question with options.
    Choice,
}

impl Kind {
    /// The kind of a name, as a person or Anki writes it; `Auto` for a name that tells nothing.
    pub fn from_name(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if has(&["cloze", "gap", "huecos", "lücke"]) {
            Self::Cloze
        } else if has(&["choice", "mcq", "opción múltiple", "opcion multiple"]) {
            Self::Choice
        } else if has(&["reverse", "both", "invertid", "inversa"]) && !has(&["optional"]) {
            Self::BothWays
        } else if has(&["basic", "básic", "flashcard"]) {
            Self::Basic
        } else {
            Self::Auto
        }
    }
}
