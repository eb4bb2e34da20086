//! Gaps in a text: `{{c1::hidden}}` and `{{c1::hidden::hint}}`.
//!
//! Source of the notation: Anki's manual, "Cloze deletion". A gap may hold others, up to
//! [`MAX_NESTING`] levels: of `{{c1::a {{c2::b::hint}} c}}`, card 1 hides "a b c" and card 2 shows
//! "a \[hint\] c". The hint is what follows the first `::` behind the last inner gap.

use std::ops::Range;

/// Gaps inside gaps inside gaps; what is deeper stays plain text.
pub const MAX_NESTING: usize = 10;

/// A piece of a cloze text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Plain text.
    Text(&'a str),
    /// A gap.
    Gap {
        /// Number of the card that asks for it, 1 to 99.
        number: u8,
        /// What is hidden; never empty.
        inner: Vec<Piece<'a>>,
        /// What is shown in its place, if anything.
        hint: Option<&'a str>,
    },
}

/// One end of a well-formed gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands in the text, in bytes: `{{c1::`, or `}}` with the hint before it.
    pub span: Range<usize>,
    /// Number of the gap if the mark opens it; `None` if it closes one.
    pub opens: Option<u8>,
}

/// Cuts a text into plain pieces and gaps, in time linear in its length. Whatever is not a
/// well-formed gap stays plain text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut open: Vec<(u8, Vec<Piece<'_>>)> = Vec::new();
    let mut found = Vec::new();
    let mut at = 0;
    for Mark { span, opens } in marks(text) {
        if at < span.start {
            found.push(Piece::Text(&text[at..span.start]));
        }
        at = span.end;
        match opens {
            Some(number) => open.push((number, std::mem::take(&mut found))),
            None => {
                let Some((number, before)) = open.pop() else { continue };
                let hint = text[span].strip_prefix(HINT).and_then(|hint| hint.strip_suffix(CLOSE));
                let inner = std::mem::replace(&mut found, before);
                found.push(Piece::Gap { number, inner, hint });
            }
        }
    }
    if at < text.len() {
        found.push(Piece::Text(&text[at..]));
    }
    found
}

/// The distinct gap numbers of a text, ascending.
pub fn numbers(text: &str) -> Vec<u8> {
    let mut found: Vec<u8> = marks(text).into_iter().filter_map(|mark| mark.opens).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The marks of the well-formed gaps of a text, in order and properly nested. Time and memory are
/// linear in its length.
pub fn marks(text: &str) -> Vec<Mark> {
    let mut pairs = pairs(text);
    pairs.sort_unstable_by_key(|pair| pair.open.start);
    let mut found: Vec<Mark> = Vec::with_capacity(pairs.len() * 2);
    let mut closing: Vec<Mark> = Vec::new();
    for pair in pairs {
        while closing.last().is_some_and(|mark| mark.span.start < pair.open.start) {
            found.extend(closing.pop());
        }
        if closing.len() < MAX_NESTING {
            found.push(Mark { span: pair.open, opens: Some(pair.number) });
            closing.push(Mark { span: pair.close, opens: None });
        }
    }
    found.extend(closing.into_iter().rev());
    found
}

const OPEN: &str = "{{c";
const CLOSE: &str = "}}";
const HINT: &str = "::";

/// An opening with its closing; the hint belongs to the latter.
struct Pair {
    number: u8,
    open: Range<usize>,
    close: Range<usize>,
}

/// An opening that waits for its closing.
struct Waiting {
    /// `None` if it is out of range: its closing is its own, but it makes no gap.
    number: Option<u8>,
    span: Range<usize>,
    /// End of the last gap inside, or of the opening itself: a hint can only follow.
    hint_from: usize,
}

/// Pairs every closing with the nearest opening that has none yet; what hides nothing is no gap.
fn pairs(text: &str) -> Vec<Pair> {
    let mut found = Vec::new();
    let mut waiting: Vec<Waiting> = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find([BRACE_OPEN, BRACE_CLOSE]).map(|i| at + i) {
        at = next + 1;
        if text[next..].starts_with(CLOSE) {
            at = next + CLOSE.len();
            let Some(Waiting { number, span, hint_from }) = waiting.pop() else { continue };
            let close = text[hint_from..next].find(HINT).map_or(next, |hint| hint_from + hint)..at;
            if let Some(number) = number.filter(|_| close.start > span.end) {
                found.push(Pair { number, open: span, close });
            }
            if let Some(around) = waiting.last_mut() {
                around.hint_from = at;
            }
        } else if let Some((number, length)) = opening(&text[next..]) {
            at = next + length;
            waiting.push(Waiting { number, span: next..at, hint_from: at });
        }
    }
    found
}

const BRACE_OPEN: char = '{';
const BRACE_CLOSE: char = '}';

/// The number (if it is in range) and the length of the opening that a text starts with.
fn opening(text: &str) -> Option<(Option<u8>, usize)> {
    let inner = text.strip_prefix(OPEN)?;
    let digits = inner.find(|c: char| !c.is_ascii_digit())?;
    let number = inner[..digits].parse().ok().filter(|number| (1..=99).contains(number));
    let whole = digits > 0 && inner[digits..].starts_with(HINT);
    whole.then_some((number, OPEN.len() + digits + HINT.len()))
}

#[cfg(test)]
mod tests;
