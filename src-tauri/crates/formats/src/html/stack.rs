//! What is open while a note is read, and where a finished piece goes.

use super::chars;
use super::sound;
use super::table::{self, Cell};
use super::tree::{Block, Run, Style, What};

/// Lists count twice, quotations once. The tree of a card flattens what is nested deeper than 16,
/// and needs some of it for the text.
const MAX_CONTAINERS: usize = 10;
/// Nothing more is opened beyond this; the text stays.
const MAX_OPEN: usize = 64;

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Em,
    Strong,
    Strike,
    Code,
    /// The address, by its place in the list of addresses.
    Link(usize),
    Raised,
    Lowered,
    /// A reading above the text (`rt`): goes behind it, in brackets.
    Annotation {
        said: bool,
    },
    /// Level 3 to 6.
    Heading(u8),
}

impl Look {
    fn is_like(self, other: Self) -> bool {
        std::mem::discriminant(&self) == std::mem::discriminant(&other)
    }
}

/// What holds blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    Quote,
    List(Option<u64>),
    Item,
    Table,
    Row,
    Cell,
}

enum Open {
    Look(Look),
    Quote(Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
    Item(Vec<Block>),
    Table(Vec<Vec<Cell>>),
    Row(Vec<Cell>),
    Cell(Cell),
}

#[derive(Default)]
pub(super) struct Stack {
    pub(super) root: Vec<Block>,
    open: Vec<Open>,
    runs: Vec<Run>,
    /// White space that counts if text follows.
    space: bool,
    /// Whether the line has text.
    begun: bool,
    /// The block of code at hand.
    code: Option<String>,
    /// Quotations, lists and tables too deep to be opened: their end tags close nothing.
    too_deep: [usize; 3],
    /// Whether a sound from elsewhere was left out.
    pub(super) remote: bool,
}

impl Stack {
    /// Adds running text, collapsing white space.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.extend(text.chars().filter_map(chars::in_code));
            return;
        }
        let mut chunk = String::with_capacity(text.len());
        let mut space = self.space;
        let mut begun = self.begun;
        for c in text.chars() {
            if chars::collapses(c) {
                space = begun;
            } else if !chars::is_dropped(c) {
                if std::mem::take(&mut space) {
                    chunk.push(' ');
                }
                chunk.push(c);
                begun = true;
            }
        }
        if !chunk.is_empty() {
            self.chunk(chunk);
        }
        (self.space, self.begun) = (space, begun);
    }

    fn chunk(&mut self, mut chunk: String) {
        let mut style = Style::default();
        for open in &mut self.open {
            match open {
                Open::Look(Look::Em) => style.em = true,
                Open::Look(Look::Strong) => style.strong = true,
                Open::Look(Look::Strike) => style.strike = true,
                Open::Look(Look::Code) => style.code = true,
                Open::Look(Look::Link(link)) => style.link = Some(*link),
                Open::Look(Look::Raised) => chunk = chars::raised(chunk),
                Open::Look(Look::Lowered) => chunk = chars::lowered(chunk),
                Open::Look(Look::Annotation { said: said @ false }) => {
                    *said = true;
                    chunk = format!("({}", chunk.trim_start());
                }
                _ => {}
            }
        }
        match self.runs.last_mut() {
            Some(Run { what: What::Text(text), style: before }) if *before == style => {
                text.push_str(&chunk);
            }
            _ => self.runs.push(Run { what: What::Text(chunk), style }),
        }
    }

    pub(super) fn media(&mut self, name: String, alt: String) {
        let code = self.code.is_some();
        self.end_code();
        if std::mem::take(&mut self.space) {
            self.runs.push(Run::text(" "));
        }
        self.runs.push(Run { what: What::Media { name, alt }, style: Style::default() });
        self.begun = true;
        if code {
            self.start_code();
        }
    }

    /// `br`: ends the line; on a line without text, the paragraph.
    pub(super) fn line_break(&mut self) {
        match &mut self.code {
            Some(code) => code.push('\n'),
            None if self.begun => self.line(),
            None => self.paragraph(),
        }
    }

    /// Start or end of `div` and its like: what follows is on a line of its own.
    pub(super) fn line(&mut self) {
        if let Some(code) = &mut self.code {
            if !code.is_empty() && !code.ends_with('\n') {
                code.push('\n');
            }
            return;
        }
        if self.begun {
            self.runs.push(Run { what: What::Break, style: Style::default() });
        }
        (self.begun, self.space) = (false, false);
    }

    /// Ends the paragraph.
    pub(super) fn paragraph(&mut self) {
        (self.begun, self.space) = (false, false);
        let mut runs = std::mem::take(&mut self.runs);
        while runs.last().is_some_and(|run| run.what == What::Break) {
            runs.pop();
        }
        if runs.is_empty() {
            return;
        }
        let looks = self.open.iter().rev().map_while(|open| match open {
            Open::Look(look) => Some(look),
            _ => None,
        });
        let heading = looks.into_iter().find_map(|look| match look {
            Look::Heading(level) => Some(*level),
            _ => None,
        });
        let runs = sound::split(runs, &mut self.remote);
        self.block(match heading {
            Some(level) => Block::Heading(level, runs),
            None => Block::Paragraph(runs),
        });
    }

    /// Adds a block to the innermost thing that holds any.
    pub(super) fn block(&mut self, block: Block) {
        let holder = self.open.iter_mut().rev().find(|open| !matches!(open, Open::Look(_)));
        match holder {
            Some(Open::Quote(blocks) | Open::Item(blocks)) => blocks.push(block),
            Some(Open::Cell(cell)) => cell.blocks.push(block),
            Some(Open::List(_, items)) => match items.last_mut() {
                Some(item) => item.push(block),
                None => items.push(vec![block]),
            },
            Some(Open::Row(cells)) => cells.push(Cell::of(block)),
            Some(Open::Table(rows)) => rows.push(vec![Cell::of(block)]),
            Some(Open::Look(_)) | None => self.root.push(block),
        }
    }

    pub(super) fn start_code(&mut self) {
        self.paragraph();
        self.code.get_or_insert_default();
    }

    pub(super) fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        let code = code.strip_prefix('\n').unwrap_or(&code).trim_end();
        if !code.trim().is_empty() {
            self.block(Block::Code(code.to_owned()));
        }
    }

    pub(super) fn in_code(&self) -> bool {
        self.code.is_some()
    }

    pub(super) fn start_look(&mut self, look: Look) {
        if self.open.len() < MAX_OPEN {
            self.open.push(Open::Look(look));
        }
    }

    /// Ends the innermost thing that looks so, whatever is opened inside.
    pub(super) fn end_look(&mut self, look: Look) {
        let found = self
            .open
            .iter()
            .rposition(|open| matches!(open, Open::Look(opened) if opened.is_like(look)));
        if let Some(at) = found
            && let Open::Look(Look::Annotation { said: true }) = self.open.remove(at)
        {
            self.runs.push(Run::text(")"));
        }
    }

    /// Opens what holds blocks, unless it is too deep.
    pub(super) fn start(&mut self, holder: Holder) {
        self.paragraph();
        if self.open.len() >= MAX_OPEN {
            self.count_too_deep(holder);
            return;
        }
        let containers = self
            .open
            .iter()
            .filter(|open| matches!(open, Open::Quote(_) | Open::List(..) | Open::Item(_)));
        let room = MAX_CONTAINERS.saturating_sub(containers.count());
        let opened = match holder {
            Holder::Quote if room >= 1 => Open::Quote(Vec::new()),
            Holder::List(start) if room >= 2 => Open::List(start, Vec::new()),
            Holder::Table if !self.has(Holder::Table) => Open::Table(Vec::new()),
            Holder::Item => Open::Item(Vec::new()),
            Holder::Row => Open::Row(Vec::new()),
            Holder::Cell => Open::Cell(Cell::default()),
            _ => return self.count_too_deep(holder),
        };
        self.open.push(opened);
    }

    fn count_too_deep(&mut self, holder: Holder) {
        if let Some(count) = self.too_deep_of(holder) {
            *count += 1;
        }
    }

    fn too_deep_of(&mut self, holder: Holder) -> Option<&mut usize> {
        match holder {
            Holder::Quote => Some(&mut self.too_deep[0]),
            Holder::List(_) => Some(&mut self.too_deep[1]),
            Holder::Table => Some(&mut self.too_deep[2]),
            Holder::Item | Holder::Row | Holder::Cell => None,
        }
    }

    /// Ends the innermost holder of a kind with all that is open inside.
    pub(super) fn end(&mut self, holder: Holder) {
        self.paragraph();
        if let Some(count) = self.too_deep_of(holder).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        if let Some(at) = self.place(holder) {
            while self.open.len() > at {
                self.pop();
            }
        }
    }

    /// A table that spans cells is not written as one.
    pub(super) fn spanning_cell(&mut self) {
        if let Some(Open::Cell(cell)) = self.open.last_mut() {
            cell.spans = true;
        }
    }

    /// Whether a holder is open that an element of it belongs to: a list is not looked for outside
    /// a cell, nor a cell outside a nested list.
    pub(super) fn has(&self, holder: Holder) -> bool {
        self.place(holder).is_some()
    }

    fn place(&self, holder: Holder) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            let found = matches!(
                (holder, open),
                (Holder::Quote, Open::Quote(_))
                    | (Holder::List(_), Open::List(..))
                    | (Holder::Item, Open::Item(_))
                    | (Holder::Table, Open::Table(_))
                    | (Holder::Row, Open::Row(_))
                    | (Holder::Cell, Open::Cell(_))
            );
            if found {
                return Some(at);
            }
            let outside = match holder {
                Holder::List(_) | Holder::Quote => matches!(open, Open::Cell(_)),
                Holder::Item => matches!(open, Open::List(..) | Open::Cell(_)),
                Holder::Table | Holder::Row | Holder::Cell => false,
            };
            if outside {
                return None;
            }
        }
        None
    }

    fn pop(&mut self) {
        match self.open.pop() {
            Some(Open::Quote(blocks)) if !blocks.is_empty() => self.block(Block::Quote(blocks)),
            Some(Open::Item(blocks)) if !blocks.is_empty() => {
                let list = self.open.iter_mut().rev().find_map(|open| match open {
                    Open::List(_, items) => Some(items),
                    _ => None,
                });
                if let Some(items) = list {
                    items.push(blocks);
                }
            }
            Some(Open::List(start, items)) if !items.is_empty() => {
                self.block(Block::List(start, items));
            }
            Some(Open::Cell(cell)) => {
                let row = self.open.iter_mut().rev().find_map(|open| match open {
                    Open::Row(cells) => Some(cells),
                    _ => None,
                });
                if let Some(cells) = row {
                    cells.push(cell);
                }
            }
            Some(Open::Row(cells)) if !cells.is_empty() => {
                let table = self.open.iter_mut().rev().find_map(|open| match open {
                    Open::Table(rows) => Some(rows),
                    _ => None,
                });
                if let Some(rows) = table {
                    rows.push(cells);
                }
            }
            Some(Open::Table(rows)) => {
                table::blocks(rows).into_iter().for_each(|block| self.block(block));
            }
            _ => {}
        }
    }

    /// Ends all that is open.
    pub(super) fn finish(&mut self) {
        self.end_code();
        self.paragraph();
        while !self.open.is_empty() {
            self.pop();
        }
    }
}
