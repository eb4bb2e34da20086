//! A decoded file with what was found in it.

use cairn_core::package::Problem;

use super::directives::{self, Directives};
use super::measure::{self, Shape};
use super::split::{Cell, Row, Rule, Splitter};
use super::{Delimiter, Encoding, Layout, MAX_ROWS, encoding};

/// The text of a file, its encoding, and what the file says of itself.
#[derive(Debug, Clone)]
pub struct Sheet {
    pub(super) text: String,
    pub(super) encoding: Encoding,
    pub(super) directives: Directives,
    pub(super) delimiter: Delimiter,
    pub(super) shape: Shape,
}

/// The first rows of a sheet, as a layout cuts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Names of the columns; empty when the file gives none.
    pub names: Vec<String>,
    /// Cells of the first rows, as they stand in the file.
    pub rows: Vec<Vec<String>>,
    /// Rows of the whole file, without the header.
    pub count: usize,
}

/// Finds out how a file is written. Errors: it is too large, empty, not text, or has too many rows.
pub fn sniff(bytes: &[u8]) -> Result<Sheet, Vec<Problem>> {
    let (encoding, text) = encoding::detect(bytes)?;
    Sheet::of(text, encoding)
}

impl Sheet {
    /// The same for a file whose encoding a person chose. Bytes that are no character in it become
    /// U+FFFD.
    pub fn with_encoding(bytes: &[u8], encoding: Encoding) -> Result<Self, Vec<Problem>> {
        let text = encoding::decode(bytes, &encoding)?;
        Self::of(text, encoding)
    }

    fn of(text: String, encoding: Encoding) -> Result<Self, Vec<Problem>> {
        let directives = directives::read(&text);
        let (at, comments) = (directives.rows_at, directives.anki);
        let (delimiter, shape) = match directives.delimiter {
            Some(delimiter) => {
                let rule = Rule { delimiter, quotes: true, comments };
                (delimiter, Shape::of(&text, at, rule))
            }
            None => measure::delimiter(&text, at, comments),
        };
        if shape.rows > MAX_ROWS {
            return Err(vec![too_many_rows(shape.rows)]);
        }
        Ok(Self { text, encoding, directives, delimiter, shape })
    }

    /// The encoding that was found or chosen.
    pub fn encoding(&self) -> &Encoding {
        &self.encoding
    }

    /// What the sheet looks like, cut by a delimiter.
    pub(super) fn shape(&self, delimiter: Delimiter) -> Shape {
        if delimiter == self.delimiter {
            return self.shape.clone();
        }
        let rule = Rule { delimiter, quotes: true, comments: self.directives.anki };
        Shape::of(&self.text, self.directives.rows_at, rule)
    }

    /// The rows below the lines that the file says of itself.
    pub(super) fn rows(&self, delimiter: Delimiter, shape: &Shape) -> Rows<'_> {
        let Directives { rows_at, rows_line, anki, .. } = self.directives;
        let quotes = !shape.marks_are_text(delimiter);
        let rule = Rule { delimiter, quotes, comments: anki };
        let splitter = Splitter::new(&self.text, rows_at, rows_line, rule);
        Rows { text: &self.text, splitter, cells: Vec::new() }
    }

    /// The first rows, at most `most`, cut by the delimiter of a layout.
    pub fn sample(&self, layout: &Layout, most: usize) -> Sample {
        let shape = self.shape(layout.delimiter);
        let mut rows = self.rows(layout.delimiter, &shape);
        let names = if layout.header { rows.next_texts() } else { self.names(layout.delimiter) };
        let first = std::iter::from_fn(|| rows.next_texts()).take(most).collect();
        let count = shape.rows.saturating_sub(usize::from(layout.header));
        Sample { names: names.unwrap_or_default(), rows: first, count }
    }

    /// The names of columns that the file gives above its rows.
    pub(super) fn names(&self, delimiter: Delimiter) -> Option<Vec<String>> {
        let names = self.directives.names.as_deref()?;
        let rule = Rule { delimiter, quotes: true, comments: false };
        let splitter = Splitter::new(names, 0, 1, rule);
        Rows { text: names, splitter, cells: Vec::new() }.next_texts()
    }
}

/// Rows of a sheet, one after the other, in one piece of memory.
pub(super) struct Rows<'a> {
    pub text: &'a str,
    splitter: Splitter<'a>,
    /// The cells of the row that was given last.
    pub cells: Vec<Cell>,
}

impl Rows<'_> {
    /// The next row; its cells are in `cells`.
    pub fn next_row(&mut self) -> Option<Row> {
        self.splitter.next_row(&mut self.cells)
    }

    /// The next row as texts.
    pub fn next_texts(&mut self) -> Option<Vec<String>> {
        self.next_row()?;
        Some(self.cells.iter().map(|cell| cell.text(self.text).trim().to_owned()).collect())
    }
}

/// What is said of a file with more rows than are taken in at once.
pub(super) fn too_many_rows(rows: usize) -> Problem {
    Problem {
        line: 1,
        column: 1,
        message: format!("the table has {rows} rows, more than {MAX_ROWS}"),
        hint: "Split the file into parts.".into(),
    }
}
