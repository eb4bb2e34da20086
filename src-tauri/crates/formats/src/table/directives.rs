//! What a file says of itself above its rows: Anki's `#key:value` lines and Excel's `sep=;`.
//!
//! Source of the keys: Anki's manual, "Importing from text files", "File headers".

use super::{Delimiter, Kind};

/// What the lines above the rows say.
#[derive(Debug, Clone, Default)]
pub(super) struct Directives {
    /// Whether there are lines of Anki.
    pub anki: bool,
    /// What stands between two cells.
    pub delimiter: Option<Delimiter>,
    /// Whether cells hold HTML.
    pub html: Option<bool>,
    /// Names of the columns, still joined by the delimiter.
    pub names: Option<String>,
    /// Deck of all notes.
    pub deck: Option<String>,
    /// Kind of all notes.
    pub kind: Kind,
    /// Tags of all notes.
    pub tags: Vec<String>,
    /// Index of the column of each purpose that the file names.
    pub columns: Vec<(super::Column, usize)>,
    /// Where the rows begin.
    pub rows_at: usize,
    /// Line on which the rows begin, counted from 1.
    pub rows_line: u32,
}

/// Reads the lines above the rows; `#` lines count only if one of them is a line of Anki's.
pub(super) fn read(text: &str) -> Directives {
    let mut found = Directives { rows_line: 1, ..Directives::default() };
    let (mut at, mut line) = (0, 1);
    while let Some((words, next)) = line_at(text, at) {
        if line == 1 && found.excel(words) {
            (found.rows_at, found.rows_line) = (next, 2);
            return found;
        }
        let Some(words) = words.strip_prefix('#') else { break };
        let (key, value) = words.split_once(':').unwrap_or((words, ""));
        found.anki |= found.set(key.trim(), value);
        (at, line) = (next, line + 1);
    }
    if found.anki {
        (found.rows_at, found.rows_line) = (at, line);
    }
    found
}

/// The line that begins at a byte, and where the next one begins.
fn line_at(text: &str, at: usize) -> Option<(&str, usize)> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
    let long = if rest[end..].starts_with("\r\n") { 2 } else { usize::from(end < rest.len()) };
    Some((&rest[..end], at + end + long))
}

impl Directives {
    fn excel(&mut self, line: &str) -> bool {
        let mut mark = line.trim_matches('"').strip_prefix("sep=").unwrap_or_default().chars();
        let (Some(c), None) = (mark.next(), mark.next()) else { return false };
        self.delimiter = Some(Delimiter::from_char(c));
        true
    }

    /// Takes one line up; says whether Anki knows its key.
    fn set(&mut self, key: &str, value: &str) -> bool {
        let words = value.trim();
        match key.to_lowercase().as_str() {
            "separator" => self.delimiter = separator(value).or(self.delimiter),
            "html" => self.html = Some(words.eq_ignore_ascii_case("true")),
            "columns" => self.names = Some(value.to_owned()),
            "deck" => self.deck = Some(words.to_owned()).filter(|deck| !deck.is_empty()),
            "notetype" => self.kind = Kind::from_name(words),
            "tags" => self.tags = words.split_whitespace().map(str::to_owned).collect(),
            "tags column" => self.column(super::Column::Tags, words),
            "deck column" => self.column(super::Column::Deck, words),
            "guid column" => self.column(super::Column::Guid, words),
            "notetype column" => self.column(super::Column::Kind, words),
            "if matches" | "match scope" => {}
            _ => return false,
        }
        true
    }

    fn column(&mut self, column: super::Column, number: &str) {
        let index = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(index) = index.filter(|index| *index < super::MAX_COLUMNS) {
            self.columns.push((column, index));
        }
    }
}

/// The delimiter that Anki names by a word or writes as it is.
fn separator(value: &str) -> Option<Delimiter> {
    Some(match value.trim().to_lowercase().as_str() {
        "comma" => Delimiter::Comma,
        "semicolon" => Delimiter::Semicolon,
        "tab" | "\\t" => Delimiter::Tab,
        "pipe" => Delimiter::Pipe,
        "space" => Delimiter::Custom(' '),
        "colon" => Delimiter::Custom(':'),
        _ => return value.chars().next().map(Delimiter::from_char),
    })
}
