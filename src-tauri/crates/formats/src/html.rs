//! HTML from other programs, reduced to the Markdown that cards are made of.
//!
//! # Design
//!
//! Nothing of the HTML is handed on. Tags that are named in `read` become a small tree (`tree`) of
//! paragraphs, lists, tables, emphasis, links by `https:` and files that came with the note; of all
//! other elements the text is left, or nothing where it is none (a script, a style, a form's
//! controls). The tree is written as Markdown in which all text is escaped (`escape`), so that
//! [`cairn_core::text::parse`] gives the tree back. Marks of gaps (`{{c1::…::hint}}`) need no
//! escape and come through as they are; styles are cut at their ends (`inline`).
//!
//! The way: `token` (tags and text) → `read` and `stack` (the tree, with `names`, `table`,
//! `sound`, `address`, `entity`, `chars`) → `write` (blocks) → `inline` and `delimit` (running text).
//!
//! Time and memory are linear in the input. The caps: 64 open elements, 64 attributes a tag, five
//! lists or ten quotations in each other, 32 columns a table, 2,048 bytes a link, 255 bytes a file
//! name; what goes beyond stays as text.

mod address;
mod chars;
mod delimit;
mod entity;
mod escape;
mod inline;
mod names;
mod read;
mod sound;
mod stack;
mod table;
mod token;
mod tree;
mod write;

/// A text as Markdown, and what it refers to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Markdown {
    /// The text.
    pub text: String,
    /// Names of the files that it refers to, in order, once each.
    pub media: Vec<String>,
    /// What was left out.
    pub dropped: Dropped,
}

/// What kinds of things were left out of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dropped {
    /// Scripts and event handlers.
    pub scripts: bool,
    /// Style sheets; not the style of single elements, which is never kept.
    pub styles: bool,
    /// Pictures and sounds that are not files of the note.
    pub remote: bool,
    /// Frames and embedded documents.
    pub frames: bool,
    /// Forms and their controls.
    pub forms: bool,
    /// Drawings and formulas made of markup (SVG, MathML, canvas).
    pub drawings: bool,
    /// Links that are not `https:`; their text stays.
    pub links: bool,
    /// Anything else that is no text.
    pub other: bool,
}

impl Dropped {
    /// Whether anything was left out.
    pub fn any(self) -> bool {
        self != Self::default()
    }

    /// What was left out of either of two texts.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            scripts: self.scripts || other.scripts,
            styles: self.styles || other.styles,
            remote: self.remote || other.remote,
            frames: self.frames || other.frames,
            forms: self.forms || other.forms,
            drawings: self.drawings || other.drawings,
            links: self.links || other.links,
            other: self.other || other.other,
        }
    }

    /// The kinds in words for a person, in a fixed order.
    pub fn kinds(self) -> impl Iterator<Item = &'static str> {
        [
            (self.scripts, "scripts"),
            (self.styles, "style sheets"),
            (self.remote, "pictures or sounds from elsewhere"),
            (self.frames, "frames"),
            (self.forms, "forms"),
            (self.drawings, "drawings or formulas"),
            (self.links, "links that are not https"),
            (self.other, "other elements"),
        ]
        .into_iter()
        .filter_map(|(left_out, kind)| left_out.then_some(kind))
    }
}

/// Reduces a note's HTML to Markdown. Plain text is HTML too, as long as `<` and `&` are escaped.
pub fn to_markdown(html: &str) -> Markdown {
    let mut dropped = Dropped::default();
    let (blocks, links) = if html.contains(['<', '&']) {
        read::read(html, &mut dropped)
    } else {
        let mut stack = stack::Stack::default();
        stack.text(html);
        stack.finish();
        dropped.remote = stack.remote;
        (stack.root, Vec::new())
    };
    let mut writer = write::Writer::new(&links, html.contains("{{c"));
    writer.blocks(&blocks);
    Markdown { text: writer.text, media: writer.media, dropped }
}

#[cfg(test)]
mod tests;
