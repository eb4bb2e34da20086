//! The tree in, Markdown out: blocks, their markers and indentation.

use std::collections::HashSet;

use super::inline::{self, Place};
use super::tree::{Block, Run};

pub(super) struct Writer<'a> {
    pub(super) text: String,
    /// File names as they were referred to, once each.
    pub(super) media: Vec<String>,
    known: HashSet<String>,
    links: &'a [String],
    /// Whether marks of gaps mean anything.
    gaps: bool,
    /// What every line begins with.
    prefix: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(links: &'a [String], gaps: bool) -> Self {
        Self {
            text: String::new(),
            media: Vec::new(),
            known: HashSet::new(),
            links,
            gaps,
            prefix: String::new(),
        }
    }

    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        let mut before: Option<(&Block, bool)> = None;
        for block in blocks {
            let mut other = false;
            if let Some((before, before_other)) = before {
                // Two lists in a row would be one if their marks were the same.
                other = !before_other && are_alike(before, block);
                if !(is_paragraph(before) && interrupts(block)) {
                    self.empty_line();
                }
                self.new_line();
            }
            self.block(block, other);
            before = Some((block, other));
        }
    }

    fn block(&mut self, block: &Block, other_mark: bool) {
        match block {
            Block::Paragraph(runs) => {
                let text = self.inline(runs, Place::Paragraph);
                self.lines(&text);
            }
            Block::Heading(level, runs) => {
                self.text.extend(std::iter::repeat_n('#', usize::from(*level)));
                self.text.push(' ');
                let text = self.inline(runs, Place::Heading);
                self.text.push_str(&text);
            }
            Block::Rule => self.text.push_str("***"),
            Block::Code(code) => {
                let fence = "`".repeat(inline::longest_run(code, '`').max(2) + 1);
                self.lines(&format!("{fence}\n{code}\n{fence}"));
            }
            Block::Quote(blocks) => self.inside("> ", "> ", blocks),
            Block::List(start, items) => self.list(*start, items, other_mark),
            Block::Table(rows) => self.table(rows),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>], other_mark: bool) {
        let tight = items.iter().all(|item| match item.as_slice() {
            [_] => true,
            [first, second] => is_paragraph(first) && interrupts(second),
            _ => false,
        });
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                if !tight {
                    self.empty_line();
                }
                self.new_line();
            }
            let mark = match (start, other_mark) {
                (Some(start), false) => format!("{}. ", start + index as u64),
                (Some(start), true) => format!("{}) ", start + index as u64),
                (None, false) => "- ".to_owned(),
                (None, true) => "+ ".to_owned(),
            };
            self.inside(&mark, &" ".repeat(mark.len()), item);
        }
    }

    fn table(&mut self, rows: &[Vec<Vec<Run>>]) {
        for (index, row) in rows.iter().enumerate() {
            if index > 0 {
                self.new_line();
            }
            for cell in row {
                let text = self.inline(cell, Place::Cell);
                self.text.push_str("| ");
                self.text.push_str(&text);
                self.text.push(' ');
            }
            self.text.push('|');
            if index == 0 {
                self.new_line();
                self.text.extend(std::iter::repeat_n("| --- ", row.len()));
                self.text.push('|');
            }
        }
    }

    fn inside(&mut self, first: &str, prefix: &str, blocks: &[Block]) {
        self.text.push_str(first);
        let length = self.prefix.len();
        self.prefix.push_str(prefix);
        self.blocks(blocks);
        self.prefix.truncate(length);
    }

    fn inline(&mut self, runs: &[Run], place: Place) -> String {
        let (media, known) = (&mut self.media, &mut self.known);
        inline::write(runs, place, self.links, self.gaps, &mut |name| {
            if known.insert(name.to_owned()) {
                media.push(name.to_owned());
            }
        })
    }

    fn lines(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            match (index, line) {
                (0, _) => {}
                (_, "") => self.empty_line(),
                _ => self.new_line(),
            }
            self.text.push_str(line);
        }
    }

    fn new_line(&mut self) {
        self.text.push('\n');
        self.text.push_str(&self.prefix);
    }

    fn empty_line(&mut self) {
        self.text.push('\n');
        self.text.push_str(self.prefix.trim_end());
    }
}

fn is_paragraph(block: &Block) -> bool {
    matches!(block, Block::Paragraph(_))
}

/// Whether a block may follow a paragraph without an empty line.
fn interrupts(block: &Block) -> bool {
    matches!(block, Block::List(None | Some(1), _))
}

fn are_alike(one: &Block, other: &Block) -> bool {
    matches!(
        (one, other),
        (Block::List(Some(_), _), Block::List(Some(_), _))
            | (Block::List(None, _), Block::List(None, _))
    )
}
