//! How well a delimiter fits a text: every candidate cuts the whole text, and the most consistent
//! one wins.

use super::split::{Cell, Row, Rule, Splitter};
use super::words;
use super::{Delimiter, MAX_COLUMNS};

/// Delimiters that are tried, the rarest in running text first; what each is worth between equals,
/// by itself and for every column.
const CANDIDATES: [(Delimiter, f64, f64); 4] = [
    (Delimiter::Tab, 0.4, 0.05),
    (Delimiter::Pipe, 0.1, 0.0),
    (Delimiter::Semicolon, 0.04, 0.05),
    (Delimiter::Comma, 0.0, 0.05),
];
/// Columns beyond these make a delimiter no likelier.
const TELLING_COLUMNS: usize = 6;
/// Longest name of a character in HTML, as in `&nbsp;`, in bytes.
const MAX_ENTITY: usize = 8;

/// Share of rows that must have cells as the delimiter says.
const LEAST_CONSISTENT: f64 = 0.6;
/// Share of rows from which a dash or a colon is taken for a delimiter.
const LEAST_CUT: f64 = 0.9;

/// What a text looks like, cut by one rule.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    /// Rows that are not empty lines.
    pub rows: usize,
    /// Cells of most rows; the larger number when two are as frequent.
    pub width: usize,
    /// Cells of the longest row, at most [`MAX_COLUMNS`].
    pub widest: usize,
    /// Cells in quotation marks.
    pub quoted: usize,
    /// Rows with a quotation mark that is never closed.
    pub unclosed: usize,
    with_width: usize,
    with_two: usize,
    delimiters: usize,
    in_text: usize,
    known_words: usize,
}

impl Shape {
    /// Cuts a text from a byte that begins a line.
    pub fn of(text: &str, at: usize, rule: Rule) -> Self {
        let mut shape = Self::default();
        let mut widths = [0_usize; MAX_COLUMNS + 1];
        let mut splitter = Splitter::new(text, at, 1, rule);
        let mut cells = Vec::new();
        while let Some(row) = splitter.next_row(&mut cells) {
            shape.add(text, row, &cells);
            widths[row.count.min(MAX_COLUMNS)] += 1;
        }
        for (width, rows) in widths.into_iter().enumerate().filter(|(_, rows)| *rows > 0) {
            shape.widest = width;
            if rows >= shape.with_width {
                (shape.width, shape.with_width) = (width, rows);
            }
        }
        shape
    }

    fn add(&mut self, text: &str, row: Row, cells: &[Cell]) {
        if self.rows == 0 {
            let known = |cell: &&Cell| words::column(&cell.text(text)).is_some();
            self.known_words = cells.iter().filter(known).count();
        }
        self.rows += 1;
        self.with_two += usize::from(row.count > 1);
        self.unclosed += usize::from(row.unclosed.is_some());
        self.delimiters += cells.len() - 1;
        for (i, cell) in cells.iter().enumerate() {
            self.quoted += usize::from(cell.quoted);
            self.in_text += usize::from(i > 0 && !cell.quoted && looks_like_text(text, cell.start));
        }
    }

    fn share(&self, rows: usize) -> f64 {
        rows as f64 / self.rows.max(1) as f64
    }

    /// How well the rule fits: 0 for not at all, about 1 for a table without a doubt.
    fn score(&self) -> f64 {
        let consistent = 0.7 * self.share(self.with_width) + 0.3 * self.share(self.with_two);
        if self.width < 2 || consistent < LEAST_CONSISTENT {
            return 0.0;
        }
        let spaced = self.in_text as f64 / self.delimiters.max(1) as f64;
        let sure = self.rows > 2 && self.share(self.with_width) > 0.9;
        if spaced > 0.5 && !sure {
            return 0.0;
        }
        let header = if self.known_words > 1 { 0.4 } else { 0.0 };
        let quotes = if self.quoted > 0 { 0.15 } else { 0.0 };
        consistent * consistent * (1.0 - 0.3 * spaced) + header + quotes
    }

    /// Whether quotation marks are just text here: none is used as they are in a table.
    pub fn marks_are_text(&self, delimiter: Delimiter) -> bool {
        let quoting = matches!(delimiter, Delimiter::Comma | Delimiter::Semicolon);
        self.quoted == 0 && !quoting
    }
}

/// Whether the delimiter before a cell stands as it would in running text: before a space, in a
/// number (`1,5`), or at the end of a character of HTML (`&amp;`).
fn looks_like_text(text: &str, start: usize) -> bool {
    let bytes = text.as_bytes();
    let at = start - 1;
    let before = &bytes[..at];
    match (bytes[at], bytes.get(start)) {
        (_, Some(b' ')) => true,
        (b',', Some(b'0'..=b'9')) => before.last().is_some_and(u8::is_ascii_digit),
        (b';', _) => {
            let word = before.iter().rev().take(MAX_ENTITY);
            word.copied().find(|byte| !byte.is_ascii_alphanumeric() && *byte != b'#') == Some(b'&')
        }
        _ => false,
    }
}

/// Finds the delimiter of a text and what the text looks like by it.
pub(super) fn delimiter(text: &str, at: usize, comments: bool) -> (Delimiter, Shape) {
    let shape = |delimiter| Shape::of(text, at, Rule { delimiter, quotes: true, comments });
    let mut best: Option<(f64, Delimiter, Shape)> = None;
    for (candidate, itself, column) in CANDIDATES {
        let found = shape(candidate);
        let bonus = itself + column * found.width.min(TELLING_COLUMNS) as f64;
        let score = found.score();
        let better = best.as_ref().is_none_or(|best| score + bonus > best.0);
        if score > 0.0 && better {
            best = Some((score + bonus, candidate, found));
        }
    }
    if let Some((_, delimiter, shape)) = best {
        return (delimiter, shape);
    }
    for candidate in [Delimiter::Dash, Delimiter::Colon] {
        let found = shape(candidate);
        if found.rows > 1 && found.share(found.with_two) >= LEAST_CUT {
            return (candidate, found);
        }
    }
    (Delimiter::None, shape(Delimiter::None))
}
