//! The lines of a deck file, and what each one means at the left margin.
//!
//! # Design
//!
//! Everything that needs to look across lines to tell what a line means happens here: code blocks,
//! comments and the backslash. The readers above see one [`Kind`] a line and never look back.

use crate::problem::{Place, Problems};

use super::fence::{Closings, Fence};

/// What a line means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing but white space.
    Blank,
    /// A heading of level two: a card starts.
    Heading,
    /// A heading of level one: a card ends.
    Chapter,
    /// `---`
    Rule,
    /// `- [ ]` or `- [x]`
    Option,
    /// `> `
    Quote,
    /// Anything else.
    Text,
    /// A code fence, or a line between two of them.
    Code,
}

/// One line of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Counted from 1.
    pub number: u32,
    /// As it stands, without its end.
    pub raw: &'a str,
    /// As Markdown: without the backslash that kept it from being structure.
    pub text: &'a str,
    /// What it means.
    pub kind: Kind,
}

impl<'a> Line<'a> {
    /// The first column.
    pub fn start(&self) -> Place<'a> {
        Place::start(self.number)
    }

    /// Where `part`, a piece of this very line, begins.
    pub fn place_of(&self, part: &str) -> Place<'a> {
        let offset = (part.as_ptr() as usize).saturating_sub(self.raw.as_ptr() as usize);
        Place { line: self.number, before: self.raw.get(..offset).unwrap_or_default() }
    }

    /// Key and value of `key: value`, without the white space around them.
    pub fn entry(&self) -> Option<(&'a str, &'a str)> {
        let (key, value) = self.raw.split_once(':')?;
        Some((key.trim(), value.trim()))
    }
}

/// The lines of a text; LF, CR LF and CR end one.
pub(super) fn raw_lines(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (line, length) = first_line(text)?;
        text = &text[length..];
        Some(line)
    })
}

/// What a line means at the left margin, outside code blocks and comments.
pub(super) fn kind_at_margin(line: &str) -> Kind {
    let followed_by_space = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
    let is = |mark: &str| line.strip_prefix(mark).is_some_and(followed_by_space);
    match line.as_bytes().first() {
        Some(b'#') if is("#") => Kind::Chapter,
        Some(b'#') if is("##") => Kind::Heading,
        Some(b'-') if line.trim_end() == "---" => Kind::Rule,
        Some(b'-') if is("- [ ]") || is("- [x]") => Kind::Option,
        Some(b'>') if line == ">" || line.starts_with("> ") => Kind::Quote,
        _ if line.trim().is_empty() => Kind::Blank,
        _ => Kind::Text,
    }
}

/// Whether a line needs a backslash to be text, or is such a line with backslashes before it.
pub(super) fn needs_backslash(line: &str) -> bool {
    let bare = line.trim_start_matches('\\');
    bare.starts_with(COMMENT) || !matches!(kind_at_margin(bare), Kind::Text | Kind::Blank)
}

/// Characters that no deck holds: they show as nothing and hide what a text says.
pub(super) fn is_refused(character: char) -> bool {
    character.is_control() && character != '\t'
}

const COMMENT: &str = "<!--";
const COMMENT_END: &str = "-->";

/// Reads a file line by line.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Where the next line begins, in bytes.
    at: usize,
    /// Number of the line read last.
    number: u32,
    fence: Option<Fence>,
    closings: Closings,
    comment_end: CommentEnd,
}

/// The end of a comment that was found last; comments that begin before it end there too.
#[derive(Debug, Clone, Copy)]
struct CommentEnd {
    /// In bytes from the start of the file; past its end when there is none any more.
    at: usize,
    /// Whether nothing else stands behind it in its line.
    ends_its_line: bool,
}

impl<'a> Lines<'a> {
    /// Starts at the first line.
    pub fn of(text: &'a str) -> Self {
        let comment_end = CommentEnd { at: 0, ends_its_line: false };
        Self { text, at: 0, number: 0, fence: None, closings: Closings::of(text), comment_end }
    }

    /// The next line as it stands, without reading it.
    pub fn peek(&self) -> Option<&'a str> {
        first_line(&self.text[self.at..]).map(|(line, _)| line)
    }

    /// The next line whatever it means, as text.
    pub fn next_raw(&mut self, problems: &mut Problems) -> Option<Line<'a>> {
        let (raw, length) = first_line(&self.text[self.at..])?;
        self.at += length;
        self.number += 1;
        let line = Line { number: self.number, raw, text: raw, kind: Kind::Text };
        if let Some((at, character)) = raw.char_indices().find(|(_, c)| is_refused(*c)) {
            problems.add(
                line.place_of(&raw[at..]),
                format_args!("the control character U+{:04X} is in the text", u32::from(character)),
                format_args!("Delete it; most editors can show invisible characters."),
            );
        }
        Some(line)
    }

    /// The next line that is not part of a comment.
    pub fn next(&mut self, problems: &mut Problems) -> Option<Line<'a>> {
        loop {
            let begin = self.at;
            let line = self.next_raw(problems)?;
            if let Some(fence) = self.fence {
                if fence.closed_by(line.raw) {
                    self.fence = None;
                }
                return Some(Line { kind: Kind::Code, ..line });
            }
            if line.raw.starts_with(COMMENT) {
                if !self.skip_comment(begin, line, problems) {
                    return Some(line);
                }
                continue;
            }
            if let Some(fence) = Fence::opening(line.raw) {
                return Some(self.open(fence, line, problems));
            }
            if let Some(text) = line.raw.strip_prefix('\\').filter(|rest| needs_backslash(rest)) {
                return Some(Line { text, ..line });
            }
            return Some(Line { kind: kind_at_margin(line.raw), ..line });
        }
    }

    fn open(&mut self, fence: Fence, line: Line<'a>, problems: &mut Problems) -> Line<'a> {
        if self.closings.has(fence, line.number) {
            self.fence = Some(fence);
            return Line { kind: Kind::Code, ..line };
        }
        problems.add(
            line.start(),
            format_args!("the code block that opens here is never closed"),
            format_args!("Close it with a line {}; both stand at the left margin.", fence.close()),
        );
        line
    }

    /// Goes to the line below the comment that begins at byte `begin`, in `line`. Gives false, and
    /// stays, if that is no comment on lines of its own.
    fn skip_comment(&mut self, begin: usize, line: Line<'a>, problems: &mut Problems) -> bool {
        let inside = begin + COMMENT.len();
        if self.comment_end.at < inside {
            self.comment_end = self.find_comment_end(inside);
        }
        let CommentEnd { at: end, ends_its_line } = self.comment_end;
        if end >= self.text.len() {
            problems.add(
                line.start(),
                format_args!("the comment that begins here is never closed"),
                format_args!("Close it with `-->`, or put a backslash before it if it is text."),
            );
            return false;
        }
        while ends_its_line && self.at <= end && self.next_raw(problems).is_some() {}
        ends_its_line
    }

    fn find_comment_end(&self, from: usize) -> CommentEnd {
        match self.text[from..].find(COMMENT_END) {
            Some(found) => {
                let at = from + found;
                let behind = self.text[at + COMMENT_END.len()..].trim_start_matches([' ', '\t']);
                CommentEnd {
                    at,
                    ends_its_line: behind.is_empty() || behind.starts_with(['\n', '\r']),
                }
            }
            None => CommentEnd { at: self.text.len(), ends_its_line: false },
        }
    }
}

/// The first line of a text without its end, and its length in bytes with it.
fn first_line(text: &str) -> Option<(&str, usize)> {
    if text.is_empty() {
        return None;
    }
    let bytes = text.as_bytes();
    Some(match bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        Some(end) if bytes[end..].starts_with(b"\r\n") => (&text[..end], end + 2),
        Some(end) => (&text[..end], end + 1),
        None => (text, text.len()),
    })
}

#[cfg(test)]
#[path = "tests/lines.rs"]
mod tests;
