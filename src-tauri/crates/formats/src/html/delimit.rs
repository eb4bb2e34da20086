//! How a style begins and ends in Markdown: which marks, and what stands beside them.
//!
//! # Context
//!
//! CommonMark (§ 6.2) takes `*` for the beginning or the end of a style by the characters on both
//! sides: `a**(b)**c` has none. Where that would go wrong, the letter beside the mark is written as
//! a character reference (`a**(b)**&#99;`), which begins and ends with punctuation. The marks of a
//! gap are not there when Markdown is read: beside them may stand the gap's placeholder, or what is
//! in the gap. A style that cannot be written for each of these is left out.

use std::fmt::Write;

use super::chars;
use super::escape::{Line, Place};
use super::inline::longest_run;

/// A style with a beginning and an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Em,
    Strong,
    Strike,
    /// The address, by its place in the list of addresses.
    Link(usize),
}

impl Shape {
    pub(super) fn index(self) -> usize {
        match self {
            Shape::Em => 0,
            Shape::Strong => 1,
            Shape::Strike => 2,
            Shape::Link(_) => 3,
        }
    }
}

#[derive(Debug)]
pub(super) enum Piece<'a> {
    Open(Shape),
    Close(Shape),
    Text(&'a str),
    Space(&'a str),
    Break,
    Code(String),
    Media {
        name: &'a str,
        alt: &'a str,
    },
    /// The mark of a gap.
    Mark {
        text: String,
        opens: bool,
    },
}

/// Writes pieces, in which whatever opens is closed.
pub(super) fn write(pieces: &[Piece<'_>], place: Place, links: &[String]) -> String {
    let plan = Plan::new(pieces);
    let mut out = String::new();
    let mut line = Line::new(place);
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => {
                plan.text(at, text, &mut line, &mut out);
                continue;
            }
            Piece::Space(space) => {
                if !out.is_empty() && !out.ends_with('\n') {
                    out.push_str(space);
                }
                continue;
            }
            Piece::Break if place == Place::Paragraph => {
                out.push_str("\\\n");
                line.begin();
                continue;
            }
            Piece::Mark { text, opens } => {
                out.push_str(text);
                if *opens {
                    line.begin_gap();
                }
                continue;
            }
            Piece::Open(_) | Piece::Close(_) if plan.left_out[at] => continue,
            Piece::Break => out.push(' '),
            Piece::Open(Shape::Link(_)) => out.push('['),
            Piece::Close(Shape::Link(link)) => {
                let address = links.get(*link).map_or("", String::as_str);
                let _ = write!(out, "]({address})");
            }
            Piece::Open(_) | Piece::Close(_) => out.push_str(plan.marks[at]),
            Piece::Code(code) if plan.joins_code(at) => {
                line.escape(code, &mut out);
            }
            Piece::Code(code) => push_code(code, &mut out),
            Piece::Media { name, alt } => push_media(name, alt, place, &mut out),
        }
        line.go_on();
    }
    out
}

fn push_code(code: &str, out: &mut String) {
    let fence = "`".repeat(longest_run(code, '`') + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    out.extend([&fence, pad, code, pad, &fence]);
}

fn push_media(name: &str, alt: &str, place: Place, out: &mut String) {
    let words: Vec<&str> = alt.split_whitespace().collect();
    let words: String = words.join(" ").chars().filter(|c| !chars::is_dropped(*c)).collect();
    let mut escaped = String::new();
    Line::new(place).escape(&words, &mut escaped);
    // A gap must not be cut by words that look like its marks.
    let words = escaped.replace('{', "&#123;").replace('}', "&#125;");
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@' | ',');
    if name.chars().all(plain) {
        let _ = write!(out, "![{words}](media:{name})");
        return;
    }
    let _ = write!(out, "![{words}](<media:");
    for c in name.chars() {
        if plain(c) || matches!(c, ' ' | '(' | ')' | '\'' | '!') {
            out.push(c);
        } else {
            let _ = write!(out, "&#{};", u32::from(c));
        }
    }
    out.push_str(">)");
}

/// What may stand at one side of a mark; several, if a gap begins or ends there.
#[derive(Debug, Clone, Copy, Default)]
struct Beside {
    space: bool,
    punctuation: bool,
    word: bool,
    /// A character of which this is not known.
    other: bool,
}

impl Beside {
    fn add(&mut self, c: char) {
        match c {
            _ if c.is_whitespace() => self.space = true,
            _ if c.is_ascii_punctuation() => self.punctuation = true,
            _ if c.is_alphanumeric() => self.word = true,
            _ => self.other = true,
        }
    }

    /// Whether a mark is seen with this outside and `inside` within.
    fn shows(self, inside: Beside, mark: &str) -> bool {
        let apart = !self.word && !self.other;
        let inner = !inside.punctuation && !inside.other && !mark.starts_with('_');
        !inside.space && (apart || inner)
    }
}

/// What is decided before writing.
struct Plan<'a> {
    pieces: &'a [Piece<'a>],
    /// For each piece that opens or closes: how it is written.
    marks: Vec<&'static str>,
    /// Whether it is not written at all.
    left_out: Vec<bool>,
    /// For each text: whether its first or last character is written as a reference.
    references: Vec<(bool, bool)>,
}

/// After so many rounds that each left out a style, all are.
const PASSES: usize = 8;
const STARS: [&str; 3] = ["*", "**", "~~"];
const LINES: [&str; 3] = ["_", "__", "~~"];

impl<'a> Plan<'a> {
    fn new(pieces: &'a [Piece<'a>]) -> Self {
        let mut plan = Self {
            pieces,
            marks: vec![""; pieces.len()],
            left_out: vec![false; pieces.len()],
            references: vec![(false, false); pieces.len()],
        };
        let mut open = Vec::new();
        let mut pairs = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Open(_) => open.push(at),
                Piece::Close(shape) => {
                    if let Some(from) = open.pop() {
                        pairs.push((from, at, *shape));
                    }
                }
                _ => {}
            }
        }
        pairs.sort_unstable_by_key(|(from, ..)| *from);
        // A style that is left out changes what stands beside the others.
        for pass in 0..=PASSES {
            let left_out = plan.left_out.clone();
            plan.references.fill((false, false));
            plan.marks.fill("");
            for (from, to, shape) in &pairs {
                if pass == PASSES && !matches!(shape, Shape::Link(_)) {
                    (plan.left_out[*from], plan.left_out[*to]) = (true, true);
                } else if !plan.left_out[*from] {
                    plan.choose(*from, *to, *shape);
                }
            }
            // So does a reference: it begins and ends with punctuation.
            for (from, to, _) in pairs.iter().chain(&pairs).chain(&pairs) {
                plan.fit(*from, *to);
            }
            if plan.left_out == left_out {
                break;
            }
        }
        plan
    }

    /// Chooses marks that do not run into those beside.
    fn choose(&mut self, from: usize, to: usize, shape: Shape) {
        let Some(stars) = STARS.get(shape.index()) else { return };
        let has_stars = |at: Option<usize>| at.is_some_and(|at| self.marks[at].starts_with('*'));
        let near = [self.before(from), self.after(from), self.before(to), self.after(to)];
        let clash = near.into_iter().any(has_stars);
        let mark = if clash { LINES[shape.index()] } else { stars };
        (self.marks[from], self.marks[to]) = (mark, mark);
    }

    /// Whether a style would begin right where one with the same marks ends, which Markdown reads
    /// as one longer mark.
    fn would_join(&self, from: usize) -> bool {
        self.before(from).is_some_and(|at| {
            matches!(self.pieces[at], Piece::Close(_)) && self.marks[at] == self.marks[from]
        })
    }

    /// Makes sure that a pair of marks is seen, or leaves it out.
    fn fit(&mut self, from: usize, to: usize) {
        let mark = self.marks[from];
        if mark.is_empty() {
            return;
        }
        let before = self.left(from).shows(self.right(from), mark);
        let after = self.right(to).shows(self.left(to), mark);
        // A reference helps against letters outside, not against white space within.
        let (starts_apart, ends_apart) = (self.right(from).space, self.left(to).space);
        let text_before = from.checked_sub(1).filter(|at| self.is_text(*at) && !starts_apart);
        let text_after = Some(to + 1).filter(|at| self.is_text(*at) && !ends_apart);
        let fits = !self.would_join(from);
        if fits && (before || text_before.is_some()) && (after || text_after.is_some()) {
            if let Some(at) = text_before.filter(|_| !before) {
                self.references[at] = (self.references[at].0 || self.is_letter(at), true);
            }
            if let Some(at) = text_after.filter(|_| !after) {
                self.references[at] = (true, self.references[at].1 || self.is_letter(at));
            }
        } else {
            (self.marks[from], self.marks[to]) = ("", "");
            (self.left_out[from], self.left_out[to]) = (true, true);
        }
    }

    /// Whether code follows code, which would be one stretch: the second is written as text.
    fn joins_code(&self, at: usize) -> bool {
        self.before(at).is_some_and(|at| matches!(self.pieces[at], Piece::Code(_)))
    }

    /// Whether a text is one character, which is its first and its last.
    fn is_letter(&self, at: usize) -> bool {
        matches!(self.pieces.get(at), Some(Piece::Text(text)) if text.chars().nth(1).is_none())
    }

    fn is_text(&self, at: usize) -> bool {
        matches!(self.pieces.get(at), Some(Piece::Text(_)))
    }

    /// The piece before, where marks of gaps are taken out.
    fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|at| !self.vanishes(*at))
    }

    fn after(&self, at: usize) -> Option<usize> {
        (at + 1..self.pieces.len()).find(|at| !self.vanishes(*at))
    }

    fn vanishes(&self, at: usize) -> bool {
        self.left_out[at] || matches!(self.pieces[at], Piece::Mark { .. })
    }

    /// What may stand to the left of a piece.
    fn left(&self, at: usize) -> Beside {
        let mut beside = Beside::default();
        for at in (0..at).rev() {
            match &self.pieces[at] {
                Piece::Mark { opens: true, .. } => beside.space = true,
                Piece::Mark { .. } => beside.word = true,
                Piece::Open(_) | Piece::Close(_) if self.left_out[at] => {}
                Piece::Text(_) if self.references[at].1 => {
                    beside.add(';');
                    return beside;
                }
                Piece::Text(text) => {
                    text.chars().next_back().into_iter().for_each(|c| beside.add(c));
                    return beside;
                }
                Piece::Code(code) if self.joins_code(at) => {
                    code.chars().next_back().into_iter().for_each(|c| beside.add(c));
                    return beside;
                }
                piece => {
                    beside.add(edge(piece));
                    return beside;
                }
            }
        }
        beside.space = true;
        beside
    }

    fn right(&self, at: usize) -> Beside {
        let mut beside = Beside::default();
        for at in at + 1..self.pieces.len() {
            match &self.pieces[at] {
                Piece::Mark { opens: false, .. } => beside.space = true,
                Piece::Mark { .. } => beside.word = true,
                Piece::Open(_) | Piece::Close(_) if self.left_out[at] => {}
                Piece::Text(_) if self.references[at].0 => {
                    beside.add('&');
                    return beside;
                }
                Piece::Text(text) => {
                    text.chars().next().into_iter().for_each(|c| beside.add(c));
                    return beside;
                }
                Piece::Code(code) if self.joins_code(at) => {
                    code.chars().next().into_iter().for_each(|c| beside.add(c));
                    return beside;
                }
                piece => {
                    beside.add(edge(piece));
                    return beside;
                }
            }
        }
        beside.space = true;
        beside
    }

    fn text(&self, at: usize, text: &str, line: &mut Line, out: &mut String) {
        let (first, last) = self.references[at];
        let mut rest = text;
        let mut chars = text.chars();
        let front = if first { chars.next() } else { None };
        let back = if last { chars.next_back() } else { None };
        if first || last {
            rest = chars.as_str();
        }
        for (c, here) in [(front, true), (None, false), (back, true)] {
            if !here {
                // An exclamation mark before a link would make it a picture.
                let next = self.after(at).and_then(|at| self.pieces.get(at));
                match rest
                    .strip_suffix('!')
                    .filter(|_| back.is_none() && matches!(next, Some(Piece::Open(Shape::Link(_)))))
                {
                    Some(start) => {
                        line.escape(start, out);
                        out.push_str("\\!");
                        line.go_on();
                    }
                    None => line.escape(rest, out),
                }
            } else if let Some(c) = c {
                let _ = write!(out, "&#{};", u32::from(c));
                line.go_on();
            }
        }
    }
}

/// A character of the class that a piece without text begins and ends with.
fn edge(piece: &Piece<'_>) -> char {
    match piece {
        Piece::Space(_) | Piece::Break => ' ',
        _ => '*',
    }
}
