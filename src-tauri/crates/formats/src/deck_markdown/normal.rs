//! The normal form of a deck: what a file can say. Parsing gives nothing else.
//!
//! * The end of a line is a line feed. Any other control character but a tab becomes a space.
//! * A text neither begins nor ends with an empty line, and an empty line has no white space.
//! * A code block at the left margin of a question, an answer or a text with gaps is closed.
//! * A reason has no indentation that all its lines share.
//! * What stands in one line of a file (title, option, tag …) has no line ends, and no white space
//!   at its ends. A comma in a tag or concept becomes a space, a `|` in the title or publisher of a
//!   source a `/`.
//! * Lists have no empty items and no item twice.
//! * A note with several faces is a basic note for each of them. Cards have no history.
//! * A date outside the years 0 to 9999 is left out; an empty language or version is the default.

use std::collections::HashSet;
use std::hash::Hash;

use cairn_core::note::{ChoiceOption, Content, Face};
use cairn_core::package::{Citation, Facts, PackageDeck, PackageNote, Source};
use chrono::NaiveDate;

use super::fence::Fence;
use super::header::{DEFAULT_LANGUAGE, DEFAULT_VERSION};
use super::lines::{is_refused, raw_lines};

/// The deck as a file can say it; for a deck from a file, the same deck.
///
/// `parse(&print(deck))` gives `normalise(deck)`, as long as the deck has no fault that the format
/// refuses: an id that is none, a question without text, a source that is not declared …
///
/// The form, besides what cannot be written at all: line ends are line feeds, other control
/// characters but tabs are spaces, texts have no empty lines around them and no white space in empty
/// lines, code blocks are closed, reasons are not indented as a whole, and what stands in one line
/// of a file is one line without white space around it. Lists hold nothing twice.
pub fn normalise(deck: &PackageDeck) -> PackageDeck {
    let or = |text: &str, default: &str| {
        let text = one_line(text);
        if text.is_empty() { default.into() } else { text }
    };
    PackageDeck {
        id: one_line(&deck.id),
        title: one_line(&deck.title),
        language: or(&deck.language, DEFAULT_LANGUAGE),
        version: or(&deck.version, DEFAULT_VERSION),
        licence: one_line(&deck.licence),
        about: one_line(&deck.about),
        sources: deck.sources.iter().map(source).collect(),
        notes: deck.notes.iter().flat_map(apart).map(|one| note(&one)).collect(),
    }
}

/// Lines as one text: empty lines are empty, and none stands at either end.
pub(super) fn block(lines: &[&str]) -> String {
    let is_blank = |line: &&str| line.trim().is_empty();
    let Some(first) = lines.iter().position(|line| !is_blank(line)) else { return String::new() };
    let last = lines.iter().rposition(|line| !is_blank(line)).unwrap_or(first);
    let kept: Vec<&str> =
        lines[first..=last].iter().map(|line| if is_blank(line) { "" } else { *line }).collect();
    kept.join("\n")
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

fn source(source: &Source) -> Source {
    Source {
        key: source.key.clone(),
        title: one_line(&source.title.replace('|', "/")),
        publisher: one_line(&source.publisher.replace('|', "/")),
        address: one_line(&source.address),
    }
}

/// A note with faces as one basic note a face, which is what a file can say of it.
fn apart(note: &PackageNote) -> Vec<PackageNote> {
    let Content::Faces { faces, note: corrective } = &note.content else {
        return vec![note.clone()];
    };
    let basic = |face: &Face| {
        let content = Content::Basic {
            front: face.front.clone(),
            back: face.back.clone(),
            both_ways: false,
            note: corrective.clone(),
        };
        PackageNote::new(format!("{}-{}", note.id, face.key), content, note.facts.clone())
    };
    faces.iter().map(basic).collect()
}

fn note(note: &PackageNote) -> PackageNote {
    PackageNote::new(one_line(&note.id), content(&note.content), facts(&note.facts))
}

fn content(content: &Content) -> Content {
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
        Content::Faces { .. } => content.clone(),
        Content::Choice { stem, options, note } => Content::Choice {
            stem: closed(&text(stem)),
            options: options.iter().map(option).collect(),
            note: text(note),
        },
    }
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

fn facts(facts: &Facts) -> Facts {
    let words = |words: &[String]| {
        let words = words.iter().map(|word| one_line(&word.replace(',', " ")));
        once(words.filter(|word| !word.is_empty()))
    };
    Facts {
        area: facts.area,
        competencies: once(facts.competencies.iter().copied()),
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

fn one_line(text: &str) -> String {
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
