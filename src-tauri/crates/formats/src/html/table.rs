//! Tables: a simple one stays a table, any other becomes its rows as lines.

use super::tree::{Block, Run, Style, What};

/// A table with more columns is written as lines: rows of different lengths are filled up.
const MAX_COLUMNS: usize = 32;

#[derive(Default)]
pub(super) struct Cell {
    pub(super) blocks: Vec<Block>,
    /// Whether it spans columns or rows.
    pub(super) spans: bool,
}

impl Cell {
    pub(super) fn of(block: Block) -> Self {
        Self { blocks: vec![block], spans: false }
    }

    /// Whether it holds no more than a line of text.
    fn is_line(&self) -> bool {
        matches!(self.blocks.as_slice(), [] | [Block::Paragraph(_)])
    }

    fn line(self) -> Vec<Run> {
        match self.blocks.into_iter().next() {
            Some(Block::Paragraph(runs)) => runs,
            _ => Vec::new(),
        }
    }

    /// Whether the gaps that begin in the cell end there, as far as braces tell.
    fn has_whole_gaps(&self) -> bool {
        let count = |mark| {
            let runs = self.blocks.iter().flat_map(|block| match block {
                Block::Paragraph(runs) => runs.as_slice(),
                _ => &[],
            });
            let texts = runs.map(|run| match &run.what {
                What::Text(text) => text.matches(mark).count(),
                What::Break | What::Media { .. } => 0,
            });
            texts.sum::<usize>()
        };
        count("{{c") == 0 || count("{{c") == count("}}")
    }
}

/// What a table becomes.
pub(super) fn blocks(mut rows: Vec<Vec<Cell>>) -> Vec<Block> {
    rows.retain(|row| row.iter().any(|cell| !cell.blocks.is_empty()));
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = || rows.iter().flatten();
    let simple = rows.len() >= 2
        && (2..=MAX_COLUMNS).contains(&columns)
        && cells().all(|cell| cell.is_line() && !cell.spans && cell.has_whole_gaps());
    if simple {
        let lines = |row: Vec<Cell>| {
            let mut cells: Vec<_> = row.into_iter().map(Cell::line).collect();
            cells.resize_with(columns, Vec::new);
            cells
        };
        return vec![Block::Table(rows.into_iter().map(lines).collect())];
    }
    let mut blocks = Vec::new();
    let mut lines: Vec<Run> = Vec::new();
    for row in rows {
        if row.iter().all(Cell::is_line) {
            if !lines.is_empty() {
                lines.push(Run { what: What::Break, style: Style::default() });
            }
            let cells = row.into_iter().map(Cell::line).filter(|runs| !runs.is_empty());
            for (column, runs) in cells.enumerate() {
                if column > 0 {
                    lines.push(Run::text(" | "));
                }
                lines.extend(runs);
            }
        } else {
            if !lines.is_empty() {
                blocks.push(Block::Paragraph(std::mem::take(&mut lines)));
            }
            blocks.extend(row.into_iter().flat_map(|cell| cell.blocks));
        }
    }
    if !lines.is_empty() {
        blocks.push(Block::Paragraph(lines));
    }
    blocks
}
