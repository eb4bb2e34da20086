//! What is left of a note's HTML: the tree between reading and writing.

/// A block of text.
#[derive(Debug)]
pub(super) enum Block {
    Paragraph(Vec<Run>),
    /// Level 3 to 6.
    Heading(u8, Vec<Run>),
    Rule,
    /// A block of code.
    Code(String),
    /// First number of a numbered list; none for bullets.
    List(Option<u64>, Vec<Vec<Block>>),
    Quote(Vec<Block>),
    /// Cells by row; the first row is the head.
    Table(Vec<Vec<Vec<Run>>>),
}

/// A stretch of running text in one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) what: What,
    pub(super) style: Style,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// White space is collapsed already.
    Text(String),
    /// A line break.
    Break,
    /// A picture or a sound.
    Media { name: String, alt: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    pub(super) em: bool,
    pub(super) strong: bool,
    pub(super) strike: bool,
    pub(super) code: bool,
    /// The address, by its place in the list of addresses.
    pub(super) link: Option<usize>,
}

impl Style {
    /// What both have.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            em: self.em && other.em,
            strong: self.strong && other.strong,
            strike: self.strike && other.strike,
            code: self.code && other.code,
            link: self.link.filter(|link| other.link == Some(*link)),
        }
    }

    /// What either has.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            em: self.em || other.em,
            strong: self.strong || other.strong,
            strike: self.strike || other.strike,
            code: self.code || other.code,
            link: self.link.or(other.link),
        }
    }
}

impl Run {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { what: What::Text(text.into()), style: Style::default() }
    }
}
