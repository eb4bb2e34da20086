//! The layout that a sheet most likely has.

use std::borrow::Cow;

use super::measure::Shape;
use super::{Column, Delimiter, Layout, MAX_COLUMNS, Sheet, columns, header};

/// Rows looked at to tell what the columns are for.
const SAMPLE_ROWS: usize = 500;
/// One row of so many with HTML makes a file of HTML.
const ROWS_A_TAG: usize = 20;
/// Pieces of HTML that programs write and people do not.
const TAGS: [&str; 7] = ["<br", "</div>", "&nbsp;", "<img src=", "</b>", "</span>", "</p>"];

/// Cells of the first rows.
pub(super) type Cells<'a> = [Vec<Cow<'a, str>>];

impl Sheet {
    /// The layout of the sheet: what the file says of itself, and the best guess at the rest.
    pub fn guess(&self) -> Layout {
        self.guess_with(self.delimiter)
    }

    /// The same with a delimiter that a person chose.
    pub fn guess_with(&self, delimiter: Delimiter) -> Layout {
        let directives = &self.directives;
        let shape = self.shape(delimiter);
        let rows = self.first_rows(delimiter, &shape);
        let given = self.names(delimiter);
        let header = given.is_none() && !directives.anki && header::is_one(&rows);
        let (names, body) = match (&given, rows.split_first()) {
            (Some(names), _) => (Some(names.iter().map(String::as_str).collect()), &rows[..]),
            (None, Some((first, rest))) if header => {
                (Some(first.iter().map(Cow::as_ref).collect::<Vec<_>>()), rest)
            }
            _ => (None, &rows[..]),
        };
        let fixed = &directives.columns;
        let widest = fixed.iter().map(|(_, index)| index + 1).max().unwrap_or(0);
        let width = names.as_ref().map_or(0, Vec::len).max(shape.width).max(widest);
        let mut made = match names {
            Some(names) => columns::by_names(&names, body, width, fixed),
            None => columns::by_content(body, width, fixed),
        };
        made.truncate(MAX_COLUMNS);
        Layout {
            encoding: self.encoding.clone(),
            delimiter,
            header,
            columns: made,
            html: directives.html.unwrap_or_else(|| is_html(&rows)),
            deck: directives.deck.clone(),
            kind: directives.kind,
            tags: directives.tags.clone(),
        }
    }

    fn first_rows(&self, delimiter: Delimiter, shape: &Shape) -> Vec<Vec<Cow<'_, str>>> {
        let mut rows = self.rows(delimiter, shape);
        let mut first = Vec::new();
        while first.len() < SAMPLE_ROWS && rows.next_row().is_some() {
            first.push(rows.cells.iter().map(|cell| trimmed(cell.text(&self.text))).collect());
        }
        first
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

fn is_html(rows: &Cells<'_>) -> bool {
    let has_tag = |cell: &Cow<'_, str>| {
        cell.contains(['<', '&']) && TAGS.iter().any(|tag| cell.contains(tag))
    };
    let with_tag = rows.iter().filter(|row| row.iter().any(has_tag)).count();
    with_tag > 0 && with_tag * ROWS_A_TAG >= rows.len()
}

/// The cells of one column that are not empty.
pub(super) fn filled<'a>(rows: &'a Cells<'a>, index: usize) -> impl Iterator<Item = &'a str> {
    rows.iter()
        .filter_map(move |row| row.get(index))
        .map(Cow::as_ref)
        .filter(|cell| !cell.is_empty())
}

/// Puts the columns that the file names into their places.
pub(super) fn fix(columns: &mut [Column], fixed: &[(Column, usize)]) {
    for (column, index) in fixed {
        if let Some(place) = columns.get_mut(*index) {
            *place = *column;
        }
    }
}
