//! A table's layout as people choose it, and back.

use cairn_formats::table;

use crate::error::{Error, Result};
use crate::view::{Column, TableChoices};

/// Delimiters by name.
const DELIMITERS: [(&str, table::Delimiter); 7] = [
    ("comma", table::Delimiter::Comma),
    ("semicolon", table::Delimiter::Semicolon),
    ("tab", table::Delimiter::Tab),
    ("pipe", table::Delimiter::Pipe),
    ("colon", table::Delimiter::Colon),
    ("dash", table::Delimiter::Dash),
    ("none", table::Delimiter::None),
];

/// Encodings to choose from, by label.
const ENCODINGS: [&str; 5] = ["utf-8", "windows-1252", "utf-16le", "utf-16be", "macintosh"];

/// Columns by use.
const COLUMNS: [(Column, table::Column); 15] = [
    (Column::Ignore, table::Column::Ignore),
    (Column::Question, table::Column::Question),
    (Column::Answer, table::Column::Answer),
    (Column::Note, table::Column::Note),
    (Column::Option, table::Column::Option),
    (Column::Correct, table::Column::Correct),
    (Column::Right, table::Column::Right),
    (Column::Wrong, table::Column::Wrong),
    (Column::Reason, table::Column::Reason),
    (Column::Tags, table::Column::Tags),
    (Column::Area, table::Column::Area),
    (Column::Source, table::Column::Source),
    (Column::Deck, table::Column::Deck),
    (Column::Guid, table::Column::Guid),
    (Column::Kind, table::Column::Kind),
];

/// Delimiters to choose from, and the present one.
pub(crate) fn delimiters(layout: &table::Layout) -> Vec<String> {
    let mut names: Vec<String> = DELIMITERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    with(&mut names, delimiter(layout.delimiter));
    names
}

/// Encodings to choose from, and the present one.
pub(crate) fn encodings(layout: &table::Layout) -> Vec<String> {
    let mut names: Vec<String> = ENCODINGS.iter().map(|&label| label.to_owned()).collect();
    with(&mut names, encoding(&layout.encoding));
    names
}

fn with(names: &mut Vec<String>, present: String) {
    if !names.contains(&present) {
        names.push(present);
    }
}

pub(crate) fn of_layout(layout: &table::Layout) -> TableChoices {
    let column = |used: &table::Column| {
        COLUMNS
            .iter()
            .find(|(_, known)| known == used)
            .map_or(Column::Ignore, |(column, _)| *column)
    };
    TableChoices {
        encoding: encoding(&layout.encoding),
        delimiter: delimiter(layout.delimiter),
        header: layout.header,
        columns: layout.columns.iter().map(column).collect(),
        html: layout.html,
    }
}

fn delimiter(delimiter: table::Delimiter) -> String {
    match DELIMITERS.iter().find(|(_, known)| *known == delimiter) {
        Some((name, _)) => (*name).to_owned(),
        None => delimiter.char().unwrap_or(',').to_string(),
    }
}

fn encoding(encoding: &table::Encoding) -> String {
    match encoding {
        table::Encoding::Utf8 => "utf-8".to_owned(),
        table::Encoding::Utf16Le => "utf-16le".to_owned(),
        table::Encoding::Utf16Be => "utf-16be".to_owned(),
        table::Encoding::Windows1252 => "windows-1252".to_owned(),
        table::Encoding::Other(label) => label.to_lowercase(),
    }
}

/// The encoding of a label.
pub(crate) fn encoding_of(choices: &TableChoices) -> Result<table::Encoding> {
    table::Encoding::from_label(&choices.encoding).ok_or_else(|| {
        Error::BadChoice(format!("“{}” is no encoding that is known", choices.encoding))
    })
}

/// The delimiter of a name or a character.
pub(crate) fn delimiter_of(choices: &TableChoices) -> Result<table::Delimiter> {
    if let Some((_, known)) = DELIMITERS.iter().find(|(name, _)| *name == choices.delimiter) {
        return Ok(*known);
    }
    let mut characters = choices.delimiter.chars();
    match (characters.next(), characters.next()) {
        (Some(c), None) if !c.is_alphanumeric() && c != '"' && c != '\n' => {
            Ok(table::Delimiter::from_char(c))
        }
        _ => Err(Error::BadChoice(format!(
            "“{}” can't stand between two columns; give one character",
            choices.delimiter
        ))),
    }
}

/// What the columns are for.
pub(crate) fn columns_of(choices: &TableChoices) -> Vec<table::Column> {
    let used = |column: &Column| {
        let found = COLUMNS.iter().find(|(known, _)| known == column);
        found.map_or(table::Column::Ignore, |(_, used)| *used)
    };
    choices.columns.iter().map(used).collect()
}
