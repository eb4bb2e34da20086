//! Running text in, Markdown out.
//!
//! # Design
//!
//! The runs are cut into atoms, such that white space and the marks of gaps are atoms of their own.
//! White space takes the style that its neighbours share, as a style in Markdown neither begins nor
//! ends with it. Both marks of a gap take the style that all between them share: what is bold from
//! inside a gap to beyond it is then bold twice, and each card's Markdown is whole whether it hides
//! the gap or not. A stack opens and closes the styles; `delimit` chooses how they are written.

use std::ops::Range;

use cairn_core::cloze;

use super::delimit::{self, Piece, Shape};
pub(super) use super::escape::Place;
use super::tree::{Run, Style, What};

/// Writes running text; calls `media` with the file name of each picture and sound.
pub(super) fn write(
    runs: &[Run],
    place: Place,
    links: &[String],
    gaps: bool,
    media: &mut dyn FnMut(&str),
) -> String {
    let mut atoms = atoms(runs, gaps);
    share_styles(&mut atoms);
    for atom in &atoms {
        if let Kind::Media { name, .. } = atom.kind {
            media(name);
        }
    }
    delimit::write(&pieces(&atoms, place), place, links)
}

/// The longest stretch of one character.
pub(super) fn longest_run(text: &str, sought: char) -> usize {
    let (mut longest, mut current) = (0, 0);
    for c in text.chars() {
        current = if c == sought { current + 1 } else { 0 };
        longest = longest.max(current);
    }
    longest
}

struct Atom<'a> {
    kind: Kind<'a>,
    style: Style,
}

enum Kind<'a> {
    Text(&'a str),
    Space(&'a str),
    Break,
    Media {
        name: &'a str,
        alt: &'a str,
    },
    /// The mark of a gap, as it is to be written, and whether it opens one.
    Mark {
        text: String,
        opens: bool,
    },
    /// What looks like such a mark: its gap, if there is one, goes beyond this text.
    Stray {
        text: &'a str,
        opens: bool,
    },
}

fn atoms(runs: &[Run], gaps: bool) -> Vec<Atom<'_>> {
    let mut marks = if gaps { marks(runs) } else { Vec::new() }.into_iter().peekable();
    let mut atoms = Vec::new();
    let mut start = 0;
    for run in runs {
        let text = match &run.what {
            What::Text(text) => text.as_str(),
            What::Break => "\n",
            What::Media { .. } => OBJECT,
        };
        let end = start + text.len();
        let mut at = start;
        while at < end {
            match marks.peek() {
                Some(mark) if mark.span.start <= at => {
                    if mark.span.start >= start {
                        let kind = Kind::Mark { text: mark.text.clone(), opens: mark.opens };
                        atoms.push(Atom { kind, style: run.style });
                    }
                    if mark.span.end > end {
                        break;
                    }
                    at = mark.span.end;
                    marks.next();
                }
                next => {
                    let to = next.map_or(end, |mark| mark.span.start.min(end));
                    match &run.what {
                        What::Text(_) => {
                            push_text(&text[at - start..to - start], run.style, gaps, &mut atoms);
                        }
                        What::Break => atoms.push(Atom { kind: Kind::Break, style: run.style }),
                        What::Media { name, alt } => {
                            atoms.push(Atom { kind: Kind::Media { name, alt }, style: run.style });
                        }
                    }
                    at = to;
                }
            }
        }
        start = end;
    }
    move_breaks(atoms)
}

/// Takes line breaks out of the ends of gaps and of the text: there, Markdown has none.
fn move_breaks(atoms: Vec<Atom<'_>>) -> Vec<Atom<'_>> {
    let mut moved: Vec<Atom<'_>> = Vec::with_capacity(atoms.len());
    for atom in atoms {
        let closes =
            matches!(atom.kind, Kind::Mark { opens: false, .. } | Kind::Stray { opens: false, .. });
        let mut last_break = None;
        while closes && moved.last().is_some_and(Atom::is_break) {
            last_break = moved.pop();
        }
        moved.push(atom);
        moved.extend(last_break);
    }
    while moved.last().is_some_and(Atom::is_break) {
        moved.pop();
    }
    moved
}

/// Stands for a picture while marks are looked for.
const OBJECT: &str = "\u{FFFC}";

struct Mark {
    span: Range<usize>,
    text: String,
    opens: bool,
}

/// The marks of the gaps that begin and end in this text, without those within a run of code.
fn marks(runs: &[Run]) -> Vec<Mark> {
    let mut whole = String::new();
    let mut codes: Vec<Range<usize>> = Vec::new();
    for run in runs {
        let start = whole.len();
        match &run.what {
            What::Text(text) => whole.push_str(text),
            What::Break => whole.push('\n'),
            What::Media { .. } => whole.push_str(OBJECT),
        }
        if run.style.code {
            codes.push(start..whole.len());
        }
    }
    let code = |at: usize| {
        let index = codes.partition_point(|code| code.end <= at);
        codes.get(index).filter(|code| code.start <= at).map(|_| index)
    };
    let mut found: Vec<Option<Mark>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for mark in cloze::marks(&whole) {
        let text = whole[mark.span.clone()].replace('\n', " ").replace(OBJECT, "");
        let opens = mark.opens.is_some();
        if opens {
            open.push(found.len());
        } else if let Some(opening) = open.pop() {
            let start = found[opening].as_ref().and_then(|mark| code(mark.span.start));
            if start.is_some() && start == code(mark.span.end - 1) {
                found[opening] = None;
                continue;
            }
        }
        found.push(Some(Mark { span: mark.span, text, opens }));
    }
    found.into_iter().flatten().collect()
}

/// Cuts text into words, white space and stray marks.
fn push_text<'a>(text: &'a str, style: Style, gaps: bool, atoms: &mut Vec<Atom<'a>>) {
    let mut rest = text;
    // A gap within code stays there whole.
    let whole = style.code && text.matches("{{c").count() == text.matches("}}").count();
    while let Some(mark) = if gaps && !whole { stray(rest) } else { None } {
        push_words(&rest[..mark.start], style, atoms);
        let opens = rest[mark.start..].starts_with('{');
        let kind = Kind::Stray { text: &rest[mark.start..mark.end], opens };
        atoms.push(Atom { kind, style: Style::default() });
        rest = &rest[mark.end..];
    }
    push_words(rest, style, atoms);
}

fn push_words<'a>(text: &'a str, style: Style, atoms: &mut Vec<Atom<'a>>) {
    let body = text.trim_start();
    let words = body.trim_end();
    for (part, is_space) in
        [(&text[..text.len() - body.len()], true), (words, false), (&body[words.len()..], true)]
    {
        let after_space = matches!(atoms.last(), Some(Atom { kind: Kind::Space(_), .. }));
        let counts = !is_space || !after_space;
        if !part.is_empty() && counts {
            let kind = if is_space { Kind::Space(part) } else { Kind::Text(part) };
            atoms.push(Atom { kind, style });
        }
    }
}

/// The first thing that looks like the mark of a gap.
fn stray(text: &str) -> Option<Range<usize>> {
    text.match_indices(['{', '}']).find_map(|(at, _)| {
        let rest = &text[at..];
        if rest.starts_with("}}") {
            return Some(at..at + 2);
        }
        let after = rest.strip_prefix("{{c")?;
        let digits = after.bytes().take_while(u8::is_ascii_digit).count();
        let opens = digits > 0 && after[digits..].starts_with("::");
        opens.then_some(at..at + 3 + digits + 2)
    })
}

/// Gives marks, white space and line breaks their styles, which come from what they stand between.
fn share_styles(atoms: &mut [Atom<'_>]) {
    let mut around: Option<Style> = None;
    let mut befores = Vec::with_capacity(atoms.len());
    for atom in atoms.iter() {
        befores.push(around.unwrap_or_default());
        around = atom.weighs().then_some(atom.style).or(around);
    }
    // Of each gap that is open: its opening, and what all inside it share.
    let mut open: Vec<(usize, Option<Style>)> = Vec::new();
    let mut closed: Vec<(usize, usize, Style)> = Vec::new();
    for (at, atom) in atoms.iter().enumerate() {
        match &atom.kind {
            Kind::Mark { opens: true, .. } => open.push((at, None)),
            Kind::Mark { opens: false, .. } => {
                if let Some((opening, shared)) = open.pop() {
                    closed.push((opening, at, shared.unwrap_or_default()));
                }
            }
            _ if atom.weighs() => {
                for (_, shared) in &mut open {
                    *shared = Some(shared.map_or(atom.style, |shared| shared.and(atom.style)));
                }
            }
            _ => {}
        }
    }
    let mut afters = vec![Style::default(); atoms.len()];
    let mut after = Style::default();
    for (at, atom) in atoms.iter().enumerate().rev() {
        afters[at] = after;
        after = if atom.weighs() { atom.style } else { after };
    }
    for (opening, closing, shared) in closed {
        // A style that ends with the gap on both sides is better written inside.
        let outside = befores[opening].or(afters[closing]);
        let style = Style { code: false, ..shared.and(outside) };
        (atoms[opening].style, atoms[closing].style) = (style, style);
    }
    // White space looks at marks as well: it must not open what they close.
    let mut before = Style::default();
    for atom in atoms.iter_mut() {
        match atom.kind {
            Kind::Space(_) | Kind::Break => atom.style = before,
            _ => before = atom.style,
        }
    }
    let mut after = Style::default();
    for atom in atoms.iter_mut().rev() {
        match atom.kind {
            Kind::Space(_) => atom.style = atom.style.and(after),
            Kind::Break => atom.style = Style { code: false, ..atom.style.and(after) },
            _ => after = atom.style,
        }
    }
    // Two stretches of code with only a mark between would be one where the mark is not there.
    let (mut after_code, mut after_mark) = (false, false);
    for atom in atoms.iter_mut() {
        match atom.kind {
            Kind::Mark { .. } | Kind::Stray { .. } => after_mark = after_code,
            _ if !atom.style.code => (after_code, after_mark) = (false, false),
            _ => {
                after_code = true;
                atom.style.code = !after_mark;
            }
        }
    }
}

impl Atom<'_> {
    /// Whether its style is its own.
    fn weighs(&self) -> bool {
        matches!(self.kind, Kind::Text(_) | Kind::Media { .. } | Kind::Stray { .. })
    }

    fn is_break(&self) -> bool {
        matches!(self.kind, Kind::Break)
    }

    fn has(&self, shape: Shape) -> bool {
        match shape {
            Shape::Em => self.style.em,
            Shape::Strong => self.style.strong,
            Shape::Strike => self.style.strike,
            Shape::Link(link) => self.style.link == Some(link),
        }
    }

    fn shapes(&self) -> impl Iterator<Item = Shape> {
        let style = self.style;
        [
            style.link.map(Shape::Link),
            style.strike.then_some(Shape::Strike),
            style.strong.then_some(Shape::Strong),
            style.em.then_some(Shape::Em),
        ]
        .into_iter()
        .flatten()
    }
}

/// Opens and closes the styles; of those that open together, the one that lasts longest first.
fn pieces<'a>(atoms: &[Atom<'a>], place: Place) -> Vec<Piece<'a>> {
    let ends = ends(atoms);
    let mut pieces = Vec::with_capacity(atoms.len() + 8);
    let mut open: Vec<Shape> = Vec::new();
    for (at, atom) in atoms.iter().enumerate() {
        if let Some(first) = open.iter().position(|shape| !atom.has(*shape)) {
            pieces.extend(open.drain(first..).rev().map(Piece::Close));
        }
        // No style begins with white space.
        let waits = matches!(atom.kind, Kind::Space(_) | Kind::Break);
        let mut opening: Vec<Shape> =
            atom.shapes().filter(|shape| !waits && !open.contains(shape)).collect();
        opening.sort_by_key(|shape| std::cmp::Reverse(ends[at][shape.index()]));
        for shape in opening {
            open.push(shape);
            pieces.push(Piece::Open(shape));
        }
        if let Kind::Text(text) | Kind::Space(text) = atom.kind
            && atom.style.code
            && !(place == Place::Cell && text.contains('|'))
        {
            match pieces.last_mut() {
                Some(Piece::Code(code)) => code.push_str(text),
                _ => pieces.push(Piece::Code(text.to_owned())),
            }
            continue;
        }
        pieces.push(match &atom.kind {
            Kind::Text(text) => Piece::Text(text),
            Kind::Space(text) => Piece::Space(text),
            Kind::Break => Piece::Break,
            Kind::Media { name, alt } => Piece::Media { name, alt },
            Kind::Mark { text, opens } => Piece::Mark { text: text.clone(), opens: *opens },
            Kind::Stray { text, opens } => Piece::Mark { text: (*text).to_owned(), opens: *opens },
        });
    }
    pieces.extend(open.into_iter().rev().map(Piece::Close));
    pieces
}

/// For each atom and each of its styles, the first atom behind it without the style.
fn ends(atoms: &[Atom<'_>]) -> Vec<[usize; 4]> {
    let mut ends = vec![[atoms.len(); 4]; atoms.len()];
    for at in (0..atoms.len().saturating_sub(1)).rev() {
        for shape in atoms[at].shapes() {
            let index = shape.index();
            ends[at][index] = if atoms[at + 1].has(shape) { ends[at + 1][index] } else { at + 1 };
        }
    }
    ends
}
