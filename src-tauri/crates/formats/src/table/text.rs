//! A cell as the Markdown of a card, and as the identity of a note.
//!
//! A cell is what a person typed into a spreadsheet: inline Markdown such as `**bold**` counts, a
//! list of several lines is a list, and everything else that only looks like structure stays text:
//! `- 5`, `> 3 weeks`, `# of sessions`, `=A1+B1`, `____`. A line end in a cell is a line break.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A cell as Markdown.
pub(super) fn markdown(cell: &str, html: bool) -> String {
    if html { from_html(cell) } else { from_plain(cell) }
}

/// A cell as one line of Markdown.
pub(super) fn one_line(cell: &str, html: bool) -> String {
    match html {
        true => collapsed(&from_html(cell)),
        false => from_plain(&collapsed(cell)),
    }
}

/// The first field as the identity of a note: NFC, lower case, single spaces.
pub(super) fn normal(cell: &str) -> String {
    let lower = if is_nfc(cell) {
        cell.to_lowercase()
    } else {
        cell.nfc().collect::<String>().to_lowercase()
    };
    let lower = if is_nfc(&lower) { lower } else { lower.nfc().collect() };
    collapsed(&lower)
}

fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

fn from_html(cell: &str) -> String {
    crate::html::to_markdown(cell).text
}

fn from_plain(cell: &str) -> String {
    let cell = cell.trim();
    if !cell.contains(char::is_control) {
        let escape = if is_text_mark(cell, &Marks::default()) { "\\" } else { "" };
        return [escape, cell].concat();
    }
    let ends = cell.replace("\r\n", "\n").replace('\r', "\n");
    let clean = ends.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\t'), " ");
    let lines: Vec<&str> = clean.split('\n').map(str::trim_end).collect();
    let marks = Marks::of(&lines);
    let mut out = String::with_capacity(clean.len() + 2 * lines.len());
    for (i, line) in lines.iter().enumerate() {
        let text = line.trim_start();
        out.push_str(&line[..line.len() - text.len()]);
        out.push_str(if is_text_mark(text, &marks) { "\\" } else { "" });
        out.push_str(text);
        match lines.get(i + 1) {
            Some(next) if !line.is_empty() && !next.is_empty() => out.push_str("  \n"),
            Some(_) => out.push('\n'),
            None => {}
        }
    }
    out
}

/// Whether a line begins like a block of Markdown and is text nevertheless. A list and a quotation
/// count only in company.
fn is_text_mark(line: &str, marks: &Marks) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    let spaced = chars.next().is_none_or(char::is_whitespace);
    let is_rule = || line.chars().all(|c| c == first || c == ' ');
    match first {
        '-' => is_rule() || (spaced && marks.dashes < 2),
        '+' => spaced && marks.pluses < 2,
        '*' => is_rule() || (spaced && marks.stars < 2),
        '=' | '_' => is_rule(),
        '>' => marks.quotes < 2,
        '#' => line.trim_start_matches('#').starts_with(char::is_whitespace) || is_rule(),
        _ => false,
    }
}

/// How many lines of a cell begin with each mark of a list or a quotation.
#[derive(Debug, Default)]
struct Marks {
    dashes: usize,
    pluses: usize,
    stars: usize,
    quotes: usize,
}

impl Marks {
    fn of(lines: &[&str]) -> Self {
        let count =
            |mark: &str| lines.iter().filter(|line| line.trim_start().starts_with(mark)).count();
        Self { dashes: count("- "), pluses: count("+ "), stars: count("* "), quotes: count(">") }
    }
}
