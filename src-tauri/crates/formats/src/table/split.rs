//! A text cut into rows and cells, without copying any.
//!
//! A cell may stand in quotation marks if they are closed right before a delimiter or a line end;
//! inside, two marks are one. Any other mark is text. Lines end with LF, CR LF or CR.

use std::borrow::Cow;

use super::{Delimiter, MAX_COLUMNS};

/// How a text is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    /// What stands between two cells.
    pub delimiter: Delimiter,
    /// Whether a cell may stand in quotation marks.
    pub quotes: bool,
    /// Whether a line that begins with `#` is a comment.
    pub comments: bool,
}

/// A cell, as bytes of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// Where it begins, without its quotation mark.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
    /// Whether two marks in it mean one.
    doubled: bool,
}

impl Cell {
    /// What the cell holds.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let inner = &text[self.start..self.end];
        if self.doubled { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) }
    }
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Row {
    /// Its first line, counted from 1.
    pub line: u32,
    /// Where it begins in the text.
    pub start: usize,
    /// How many cells it has; the first [`MAX_COLUMNS`] are kept.
    pub count: usize,
    /// Where a quotation mark opens that is not closed on its line.
    pub unclosed: Option<usize>,
}

impl Row {
    /// Line and column (in characters), counted from 1, of a place in the row.
    pub fn place(&self, text: &str, at: usize) -> (u32, u32) {
        let before = &text[self.start..at];
        let line_start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
        let column = before[line_start..].chars().count();
        (self.line + line_ends(before), u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1))
    }
}

/// Number of line ends in a text; CR LF is one.
fn line_ends(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let ends = |i: &usize| match bytes[*i] {
        b'\n' => true,
        b'\r' => bytes.get(i + 1) != Some(&b'\n'),
        _ => false,
    };
    u32::try_from((0..bytes.len()).filter(ends).count()).unwrap_or(u32::MAX)
}

/// Cuts row after row.
pub(super) struct Splitter<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    rule: Rule,
    mark: [u8; 4],
    mark_len: usize,
}

impl<'a> Splitter<'a> {
    /// Begins at a byte of the text that begins a line.
    pub fn new(text: &'a str, at: usize, line: u32, rule: Rule) -> Self {
        let mut mark = [0; 4];
        let mark_len = rule.delimiter.char().map_or(0, |c| c.encode_utf8(&mut mark).len());
        Self { text, at, line, rule, mark, mark_len }
    }

    /// Cuts the next row that is not an empty line; puts its cells in place of those in `cells`.
    pub fn next_row(&mut self, cells: &mut Vec<Cell>) -> Option<Row> {
        cells.clear();
        while self.skip_line_end() || self.skip_comment() {}
        if self.at == self.text.len() {
            return None;
        }
        let mut row = Row { line: self.line, start: self.at, count: 0, unclosed: None };
        if self.mark_len == 0 {
            self.cut_once(&mut row, cells);
            return Some(row);
        }
        let mut any_quoted = false;
        loop {
            let cell = self.cell(&mut row);
            any_quoted |= cell.quoted;
            push(&mut row, cells, cell);
            if !self.at_mark(self.at) {
                break;
            }
            self.at += self.mark_len;
        }
        if any_quoted {
            self.line += line_ends(&self.text[row.start..self.at]);
        }
        Some(row)
    }

    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    fn at_mark(&self, at: usize) -> bool {
        self.bytes()[at..].starts_with(&self.mark[..self.mark_len])
    }

    fn ends_cell(&self, at: usize) -> bool {
        matches!(self.bytes().get(at), None | Some(b'\n' | b'\r')) || self.at_mark(at)
    }

    fn skip_line_end(&mut self) -> bool {
        let length = match &self.bytes()[self.at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return false,
        };
        self.at += length;
        self.line = self.line.saturating_add(1);
        true
    }

    fn skip_comment(&mut self) -> bool {
        let found = self.rule.comments && self.bytes().get(self.at) == Some(&b'#');
        if found {
            self.at = self.line_end(self.at);
        }
        found
    }

    fn line_end(&self, from: usize) -> usize {
        let rest = &self.bytes()[from..];
        from + rest.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(rest.len())
    }

    /// Reads the cell that begins here and stops at the delimiter or line end behind it.
    fn cell(&mut self, row: &mut Row) -> Cell {
        let start = self.at;
        if self.rule.quotes {
            let spaces = self.spaces(start);
            if self.bytes().get(start + spaces) == Some(&b'"') {
                let open = start + spaces;
                match self.quoted(open) {
                    Ok((cell, behind)) => {
                        self.at = behind;
                        return cell;
                    }
                    Err(stopped) if line_ends(&self.text[open..stopped]) > 0 => {
                        row.unclosed = row.unclosed.or(Some(open));
                    }
                    Err(_) => {}
                }
            }
        }
        let first = self.mark[0];
        let rest = &self.bytes()[start..];
        let is_end = |(i, byte): (usize, &u8)| match *byte {
            b'\n' | b'\r' => true,
            byte => byte == first && self.at_mark(start + i),
        };
        let end = start + rest.iter().enumerate().position(is_end).unwrap_or(rest.len());
        self.at = end;
        Cell { start, end, quoted: false, doubled: false }
    }

    /// Number of spaces at a place, unless a space is the delimiter.
    fn spaces(&self, at: usize) -> usize {
        if self.mark[0] == b' ' {
            return 0;
        }
        self.bytes()[at..].iter().take_while(|byte| **byte == b' ').count()
    }

    /// A cell in quotation marks, and where what is behind it begins; or where the search for the
    /// closing mark stopped. No mark is passed by two searches that fail, so they are linear.
    fn quoted(&self, open: usize) -> Result<(Cell, usize), usize> {
        let bytes = self.bytes();
        let mut doubled = false;
        let mut from = open + 1;
        loop {
            let Some(found) = bytes[from..].iter().position(|byte| *byte == b'"') else {
                return Err(bytes.len());
            };
            let at = from + found;
            if bytes.get(at + 1) == Some(&b'"') {
                doubled = true;
                from = at + 2;
                continue;
            }
            let behind = at + 1 + self.spaces(at + 1);
            if !self.ends_cell(behind) {
                return Err(at);
            }
            return Ok((Cell { start: open + 1, end: at, quoted: true, doubled }, behind));
        }
    }

    /// Cuts a line in two at most, at the first delimiter of more than one character.
    fn cut_once(&mut self, row: &mut Row, cells: &mut Vec<Cell>) {
        let end = self.line_end(self.at);
        let plain = |start, end| Cell { start, end, quoted: false, doubled: false };
        match first_cut(&self.text[self.at..end], self.rule.delimiter) {
            Some((before, behind)) => {
                push(row, cells, plain(self.at, self.at + before));
                push(row, cells, plain(self.at + behind, end));
            }
            None => push(row, cells, plain(self.at, end)),
        }
        self.at = end;
    }
}

fn push(row: &mut Row, cells: &mut Vec<Cell>, cell: Cell) {
    row.count += 1;
    if cells.len() < MAX_COLUMNS {
        cells.push(cell);
    }
}

/// Where the first delimiter of a line begins and where it ends.
fn first_cut(line: &str, delimiter: Delimiter) -> Option<(usize, usize)> {
    match delimiter {
        Delimiter::Colon => line.find(':').map(|at| (at, at + 1)),
        Delimiter::Dash => [" - ", " – ", " — "]
            .into_iter()
            .filter_map(|dash| line.find(dash).map(|at| (at, at + dash.len())))
            .min(),
        _ => None,
    }
}
