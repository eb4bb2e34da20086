//! Tables: a caption, heads, rows that are named by their first cell, a total.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::Page;
use super::html::{Text, Wrapped};

/// Tables of at most so many rows are never split between two sheets of paper.
const SHORT: usize = 12;

/// A head of a column.
pub(super) struct Head {
    html: String,
    class: &'static str,
}

/// A cell; its text is escaped when it is made.
pub(super) struct Cell {
    html: String,
    class: &'static str,
}

/// What a table holds.
pub(super) struct Table<'a> {
    pub(super) caption: &'a str,
    pub(super) heads: Vec<Head>,
    /// Each row begins with the cell that names it.
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) total: Option<Vec<Cell>>,
}

impl Head {
    pub(super) fn words(text: &str) -> Self {
        Self { html: Text(text).to_string(), class: "" }
    }

    pub(super) fn number(text: &str) -> Self {
        Self { html: Text(text).to_string(), class: "n" }
    }

    /// The head of a column of numbers with the colour that stands for it in a drawing.
    pub(super) fn keyed(text: &str, swatch: &str) -> Self {
        let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
        let (first, rest) = (Text(first), Text(rest));
        Self { html: format!("<span class=\"key\">{swatch}{first}</span> {rest}"), class: "n" }
    }

    /// The head of a column of drawings.
    pub(super) fn drawing(text: &str) -> Self {
        Self { html: Text(text).to_string(), class: "d" }
    }
}

impl Cell {
    pub(super) fn words(text: &str) -> Self {
        Self { html: Text(text).to_string(), class: "" }
    }

    /// Words of a person's own.
    pub(super) fn own(text: &str) -> Self {
        Self { html: Wrapped(text).to_string(), class: "" }
    }

    pub(super) fn number(text: &str) -> Self {
        Self { html: Text(text).to_string(), class: "n" }
    }

    /// A count; nothing of something steps back.
    pub(super) fn count(text: &str, count: u32) -> Self {
        if count == 0 { Self::soft(text) } else { Self::number(text) }
    }

    /// Words where a number would stand.
    pub(super) fn soft(text: &str) -> Self {
        Self { html: Text(text).to_string(), class: "n s" }
    }

    /// A drawing of what the other cells say; `svg` is ours.
    pub(super) fn drawing(svg: String) -> Self {
        Self { html: svg, class: "d" }
    }
}

impl<W: Write> Page<'_, W> {
    pub(super) fn table(&mut self, table: &Table<'_>) -> io::Result<()> {
        let class = if table.rows.len() <= SHORT { " class=\"short\"" } else { "" };
        writeln!(self.out, "<table{class}>\n<caption>{}</caption>", Text(table.caption))?;
        let mut heads = String::new();
        for Head { html, class } in &table.heads {
            let _ = write!(heads, "<th scope=\"col\"{}>{html}</th>", named(class));
        }
        writeln!(self.out, "<thead><tr>{heads}</tr></thead>\n<tbody>")?;
        for row in &table.rows {
            writeln!(self.out, "{}", html(row))?;
        }
        writeln!(self.out, "</tbody>")?;
        if let Some(total) = &table.total {
            writeln!(self.out, "<tfoot>{}</tfoot>", html(total))?;
        }
        writeln!(self.out, "</table>")
    }
}

fn html(row: &[Cell]) -> String {
    let mut out = String::from("<tr>");
    for (at, Cell { html, class }) in row.iter().enumerate() {
        let class = named(class);
        let _ = match at {
            0 => write!(out, "<th scope=\"row\"{class}>{html}</th>"),
            _ => write!(out, "<td{class}>{html}</td>"),
        };
    }
    out.push_str("</tr>");
    out
}

fn named(class: &str) -> String {
    if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") }
}
