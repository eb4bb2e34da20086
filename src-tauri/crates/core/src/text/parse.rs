//! Markdown in, the allow-listed tree out.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag};

use super::{Block, Inline};
use crate::cloze::{self, Piece};

/// Nesting beyond this is flattened: a hostile text must not exhaust a stack, here or in the page.
const MAX_DEPTH: usize = 16;
/// Private-use characters that stand for a gap while Markdown is read; taken out of the text first.
const GAP_OPEN: char = '\u{E000}';
const GAP_CLOSE: char = '\u{E001}';

/// Which gap of a cloze text a card asks for, and whether its answer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gaps {
    /// Number of the card's gaps; the others are plain text.
    pub number: u8,
    /// Whether what is hidden is shown.
    pub shown: bool,
}

/// Reduces Markdown to the tree.
pub fn parse(markdown: &str) -> Vec<Block> {
    Builder::new(&[]).build(&without_placeholders(markdown))
}

/// Reduces one line of Markdown to running text; blocks are joined by breaks.
pub fn parse_inline(markdown: &str) -> Vec<Inline> {
    flatten(parse(markdown))
}

/// Reduces a cloze text to the tree, as the card of one gap number shows it. What a hidden gap
/// holds, other gaps too, is not in the tree; in a shown one, inner gaps are plain text.
pub fn parse_cloze(text: &str, gaps: Gaps) -> Vec<Block> {
    let clean = without_placeholders(text);
    let mut filled = Vec::new();
    let mut markdown = String::with_capacity(clean.len());
    fill(&cloze::pieces(&clean), gaps, &mut markdown, &mut filled);
    Builder::new(&filled).build(&markdown)
}

/// Writes pieces as Markdown with placeholders for the card's gaps; `cloze` caps the depth.
fn fill(pieces: &[Piece<'_>], gaps: Gaps, markdown: &mut String, filled: &mut Vec<Inline>) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => markdown.push_str(text),
            Piece::Gap { number, inner, hint } if *number == gaps.number => {
                markdown.push_str(&format!("{GAP_OPEN}{}{GAP_CLOSE}", filled.len()));
                let mut hidden = String::new();
                if gaps.shown {
                    uncover(inner, &mut hidden);
                }
                filled.push(Inline::Gap {
                    shown: gaps.shown,
                    hint: hint.map(str::to_owned),
                    children: parse_inline(&hidden),
                });
            }
            Piece::Gap { inner, .. } => fill(inner, gaps, markdown, filled),
        }
    }
}

/// Writes pieces as if there were no gaps.
fn uncover(pieces: &[Piece<'_>], markdown: &mut String) {
    for piece in pieces {
        match piece {
            Piece::Text(text) => markdown.push_str(text),
            Piece::Gap { inner, .. } => uncover(inner, markdown),
        }
    }
}

fn without_placeholders(text: &str) -> String {
    text.replace([GAP_OPEN, GAP_CLOSE, '\0'], "")
}

fn flatten(blocks: Vec<Block>) -> Vec<Inline> {
    let mut line = Vec::new();
    for block in blocks {
        let part = match block {
            Block::Paragraph { children } | Block::Heading { children, .. } => children,
            other => vec![Inline::Text { text: super::plain(&[other]) }],
        };
        if !line.is_empty() && !part.is_empty() {
            line.push(Inline::Break);
        }
        line.extend(part);
    }
    line
}

/// What is being built, innermost last.
enum Open {
    Blocks(BlockKind, Vec<Block>),
    Inlines(InlineKind, Vec<Inline>),
    List(Option<u64>, Vec<Vec<Block>>),
    Table(Vec<Vec<Inline>>, Vec<Vec<Vec<Inline>>>),
    Row(Vec<Vec<Inline>>),
    Code(String),
    /// A tag whose content is taken up by its parent.
    Passed,
}

enum BlockKind {
    Root,
    Quote,
    Item,
}

enum InlineKind {
    Paragraph,
    Heading(u8),
    Cell,
    Em,
    Strong,
    Strike,
    Link(String),
    /// A picture by its file name; what it holds are the words for it.
    Media(String),
}

/// Start of the addresses of pictures and sounds that came with a note.
pub(super) const MEDIA: &str = "media:";

struct Builder<'a> {
    open: Vec<Open>,
    gaps: &'a [Inline],
}

impl<'a> Builder<'a> {
    fn new(gaps: &'a [Inline]) -> Self {
        Self { open: vec![Open::Blocks(BlockKind::Root, Vec::new())], gaps }
    }

    fn build(mut self, markdown: &str) -> Vec<Block> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Start(tag) => self.start(tag),
                Event::End(_) => self.close(),
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
                Event::Code(text) => self.inline_code(&text),
                Event::SoftBreak => self.text(" "),
                Event::HardBreak => self.inline(Inline::Break),
                Event::Rule => self.block(Block::Rule),
                _ => {}
            }
        }
        while self.open.len() > 1 {
            self.close();
        }
        match self.open.pop() {
            Some(Open::Blocks(_, blocks)) => blocks,
            _ => Vec::new(),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let inlines = |kind| Open::Inlines(kind, Vec::new());
        let too_deep = self.open.len() >= MAX_DEPTH;
        let opened = match tag {
            Tag::Paragraph | Tag::HtmlBlock => inlines(InlineKind::Paragraph),
            Tag::Heading { level, .. } => inlines(InlineKind::Heading(number(level))),
            Tag::CodeBlock(_) => Open::Code(String::new()),
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::TableCell => inlines(InlineKind::Cell),
            _ if too_deep => Open::Passed,
            Tag::BlockQuote(_) => Open::Blocks(BlockKind::Quote, Vec::new()),
            Tag::List(start) => Open::List(start, Vec::new()),
            Tag::Item => Open::Blocks(BlockKind::Item, Vec::new()),
            Tag::Table(_) => Open::Table(Vec::new(), Vec::new()),
            Tag::Emphasis => inlines(InlineKind::Em),
            Tag::Strong => inlines(InlineKind::Strong),
            Tag::Strikethrough => inlines(InlineKind::Strike),
            Tag::Link { dest_url, .. } if is_https(&dest_url) => {
                inlines(InlineKind::Link(dest_url.into_string()))
            }
            Tag::Image { dest_url, .. } => match dest_url.strip_prefix(MEDIA) {
                Some(name) if is_file_name(name) => inlines(InlineKind::Media(name.to_owned())),
                _ => Open::Passed,
            },
            _ => Open::Passed,
        };
        self.open.push(opened);
    }

    fn text(&mut self, text: &str) {
        if let Some(Open::Code(code)) = self.open.last_mut() {
            code.push_str(&plain_gaps(text, self.gaps));
            return;
        }
        for part in split_gaps(text, self.gaps) {
            self.inline(part);
        }
    }

    fn inline_code(&mut self, text: &str) {
        self.inline(Inline::Code { text: plain_gaps(text, self.gaps) });
    }

    /// Adds running text to the innermost thing that can hold it, opening a paragraph if need be
    /// (a tight list item holds its text without one).
    fn inline(&mut self, inline: Inline) {
        let holder = self.open.iter().rposition(|open| !matches!(open, Open::Passed));
        match holder.and_then(|at| self.open.get_mut(at)) {
            Some(Open::Inlines(_, children)) => push_merging(children, inline),
            Some(Open::Blocks(_, blocks)) => match blocks.last_mut() {
                Some(Block::Paragraph { children }) => push_merging(children, inline),
                _ => blocks.push(Block::Paragraph { children: vec![inline] }),
            },
            _ => {}
        }
    }

    fn block(&mut self, block: Block) {
        let holder = self.open.iter().rposition(|open| matches!(open, Open::Blocks(..)));
        if let Some(Open::Blocks(_, blocks)) = holder.and_then(|at| self.open.get_mut(at)) {
            blocks.push(block);
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Inlines(kind, children)) => self.close_inlines(kind, children),
            Some(Open::Blocks(BlockKind::Quote, children)) => self.block(Block::Quote { children }),
            Some(Open::Blocks(BlockKind::Item, children)) => match self.open.last_mut() {
                Some(Open::List(_, items)) => items.push(children),
                _ => children.into_iter().for_each(|block| self.block(block)),
            },
            Some(Open::Blocks(BlockKind::Root, blocks)) => {
                self.open.push(Open::Blocks(BlockKind::Root, blocks));
            }
            Some(Open::List(start, items)) => self.block(Block::List { start, items }),
            Some(Open::Table(head, rows)) => self.block(Block::Table { head, rows }),
            Some(Open::Row(cells)) => match self.open.last_mut() {
                Some(Open::Table(head, _)) if head.is_empty() => *head = cells,
                Some(Open::Table(_, rows)) => rows.push(cells),
                _ => cells.into_iter().flatten().for_each(|inline| self.inline(inline)),
            },
            Some(Open::Code(text)) => {
                self.block(Block::Code { text: text.trim_end_matches('\n').to_owned() });
            }
            Some(Open::Passed) | None => {}
        }
    }

    fn close_inlines(&mut self, kind: InlineKind, children: Vec<Inline>) {
        match kind {
            InlineKind::Paragraph if children.is_empty() => {}
            InlineKind::Paragraph => self.block(Block::Paragraph { children }),
            InlineKind::Heading(level) => self.block(Block::Heading { level, children }),
            InlineKind::Cell => match self.open.last_mut() {
                Some(Open::Row(cells)) => cells.push(children),
                _ => children.into_iter().for_each(|inline| self.inline(inline)),
            },
            InlineKind::Em => self.inline(Inline::Em { children }),
            InlineKind::Strong => self.inline(Inline::Strong { children }),
            InlineKind::Strike => self.inline(Inline::Strike { children }),
            InlineKind::Link(href) => self.inline(Inline::Link { href, children }),
            InlineKind::Media(name) => {
                let alt = super::plain(&[Block::Paragraph { children }]);
                self.inline(Inline::Media { name, alt });
            }
        }
    }
}

fn push_merging(children: &mut Vec<Inline>, inline: Inline) {
    match (children.last_mut(), inline) {
        (Some(Inline::Text { text: before }), Inline::Text { text }) => before.push_str(&text),
        (_, inline) => children.push(inline),
    }
}

/// Cuts the placeholders of gaps out of a run of text.
fn split_gaps(text: &str, gaps: &[Inline]) -> Vec<Inline> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(GAP_OPEN) {
        let Some((number, after)) = after.split_once(GAP_CLOSE) else { break };
        if !before.is_empty() {
            parts.push(Inline::Text { text: before.to_owned() });
        }
        parts.extend(number.parse::<usize>().ok().and_then(|n| gaps.get(n)).cloned());
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Inline::Text { text: rest.to_owned() });
    }
    parts
}

/// The same where only plain text can stand, as in code.
fn plain_gaps(text: &str, gaps: &[Inline]) -> String {
    super::plain(&[Block::Paragraph { children: split_gaps(text, gaps) }])
}

/// Whether a name is that of a file beside the note, never a path or an address.
fn is_file_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
        && !name.chars().any(|c| matches!(c, '/' | '\\' | ':') || c.is_control())
}

fn is_https(address: &str) -> bool {
    address.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
        && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests;
