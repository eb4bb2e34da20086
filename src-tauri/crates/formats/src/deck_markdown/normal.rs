//! The normal form of texts and facts: what a file can say. Parsing gives nothing else.
//!
//! * The end of a line is a line feed. Any other control character but a tab becomes a space.
//! * A text neither begins nor ends with an empty line, and an empty line has no white space.
//! * A code block at the left margin of a question, an answer or a text with gaps is closed.
//! * A reason has no indentation that all its lines share.
//! * What stands in one line of a file (title, option, tag …) has no line ends, and no white space
//!   at its ends. A `|` in the title or publisher of a source becomes a `/`.
//! * Lists have no empty items and no item twice.
//! * Cards have no history. A date outside the years 0 to 9999 is left out.

use std::collections::HashSet;
use std::hash::Hash;

use cairn_core::note::{ChoiceOption, Content, Face};
use cairn_core::package::{Citation, Facts};
use chrono::NaiveDate;

use super::fence::Fence;
use super::lines::{is_refused, raw_lines};

/// Lines as one text: empty lines are empty, and none stands at either end.
pub(super) fn block(lines: &[&str]) -> String {
    let is_blank = |line: &&str| line.trim().is_empty();
    let Some(first) = lines.iter().position(|line| !is_blank(line)) else { return String::new() };
    let last = lines.iter().rposition(|line| !is_blank(line)).unwrap_or(first);
    let kept: Vec<&str> =
        lines[first..=last].iter().map(|line| if is_blank(line) { "" } else { *line }).collect();
    kept.join("\n")
}

/// Lines of a file as one text; none where there is no line. A text of nothing but backslashes has
/// one more in a file, so that an empty one can be said.
pub(super) fn said(lines: &[&str]) -> Option<String> {
    without_one(block(lines))
}

/// The same of a reason.
pub(super) fn said_reason(lines: &[&str]) -> Option<String> {
    without_one(reason(lines))
}

fn without_one(text: String) -> Option<String> {
    match text.strip_prefix('\\') {
        Some(rest) if is_backslashes(rest) => Some(rest.to_owned()),
        _ => Some(text).filter(|text| !text.is_empty()),
    }
}

/// Whether a text is empty or nothing but backslashes.
pub(super) fn is_backslashes(text: &str) -> bool {
    text.bytes().all(|byte| byte == b'\\')
}

/// The lines of a reason as one text, without the indentation that all of them share.
pub(super) fn reason(lines: &[&str]) -> String {
    let shared = lines
        .iter()
        .filter(|line| !line.trim().is_empty())
        .map(|line| &line[..line.len() - line.trim_start_matches([' ', '\t']).len()])
        .reduce(shared_start)
        .unwrap_or_default();
    let lines: Vec<&str> =
        lines.iter().map(|line| line.strip_prefix(shared).unwrap_or_default()).collect();
    block(&lines)
}

fn shared_start<'a>(one: &'a str, other: &str) -> &'a str {
    let length = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    &one[..length]
}

pub(super) fn content(content: &Content) -> Content {
    match content {
        Content::Basic { front, back, both_ways, note } => Content::Basic {
            front: closed(&text(front)),
            back: closed(&text(back)),
            both_ways: *both_ways,
            note: text(note),
        },
        Content::Cloze { text: gaps, note } => {
            Content::Cloze { text: closed(&text(gaps)), note: text(note) }
        }
        Content::Faces { faces, note } => {
            Content::Faces { faces: faces.iter().map(face).collect(), note: text(note) }
        }
        Content::Choice { stem, options, note } => Content::Choice {
            stem: closed(&text(stem)),
            options: options.iter().map(option).collect(),
            note: text(note),
        },
    }
}

fn face(face: &Face) -> Face {
    let [front, back] = [&face.front, &face.back].map(|side| closed(&text(side)));
    Face { key: face.key.clone(), front, back }
}

fn option(option: &ChoiceOption) -> ChoiceOption {
    let lines = spaced(&option.reason);
    ChoiceOption {
        id: one_line(&option.id),
        text: one_line(&option.text),
        right: option.right,
        reason: reason(&raw_lines(&lines).collect::<Vec<_>>()),
    }
}

pub(super) fn facts(facts: &Facts) -> Facts {
    let words = |words: &[String]| {
        let words = words.iter().map(|word| one_line(word));
        once(words.filter(|word| !word.is_empty()))
    };
    Facts {
        area: facts.area,
        competencies: once(
            facts.competencies.iter().copied().filter(|number| (1..=17).contains(number)),
        ),
        concepts: words(&facts.concepts),
        tags: words(&facts.tags),
        sources: facts.sources.iter().map(citation).collect(),
        expires: facts.expires.filter(can_be_written),
    }
}

fn citation(citation: &Citation) -> Citation {
    Citation {
        key: citation.key.clone(),
        how: citation.how,
        read_on: citation.read_on.filter(can_be_written),
        place: one_line(&citation.place),
    }
}

fn can_be_written(date: &NaiveDate) -> bool {
    date.to_string().len() == "2026-10-04".len()
}

fn once<T: Clone + Eq + Hash>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = HashSet::new();
    items.filter(|item| seen.insert(item.clone())).collect()
}

pub(super) fn one_line(text: &str) -> String {
    let pieces: Vec<&str> =
        text.split(is_refused).map(str::trim).filter(|piece| !piece.is_empty()).collect();
    pieces.join(" ")
}

fn text(text: &str) -> String {
    block(&raw_lines(&spaced(text)).collect::<Vec<_>>())
}

/// The text with a space for every control character that is no line end and no tab.
fn spaced(text: &str) -> String {
    let space = |c: char| if is_refused(c) && !matches!(c, '\n' | '\r') { ' ' } else { c };
    text.chars().map(space).collect()
}

/// The text with its last code block closed.
fn closed(text: &str) -> String {
    let mut open: Option<Fence> = None;
    for line in raw_lines(text) {
        open = match open {
            Some(fence) if fence.closed_by(line) => None,
            Some(fence) => Some(fence),
            None => Fence::opening(line),
        };
    }
    open.map_or_else(|| text.to_owned(), |fence| format!("{text}\n{}", fence.close()))
}

#[cfg(test)]
#[path = "tests/normal.rs"]
mod tests;
