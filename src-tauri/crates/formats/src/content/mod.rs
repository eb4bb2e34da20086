//! The lint of whole content folders: what the parser can't see because it needs several cards, or
//! taste. `cairn-cli check content/` runs it, and a test holds the built-in decks to it.
//!
//! # Design
//! A folder is read into a [`Library`]: its decks with their lines, `sources.toml`, `exam.toml`.
//! Each rule is one function from a deck (or the library) to findings; a finding names file, line,
//! what is wrong and what to do.

pub mod blind;
pub mod blueprint;
mod coverage;
mod giveaway;
mod guesser;
mod language;
mod library;
mod reading_grade;
mod rules;
mod twins;

use cairn_core::note::{ChoiceOption, Content};
use cairn_core::package::{PackageDeck, PackageNote};

pub use library::{Library, Source};
pub use reading_grade::flesch_kincaid;

/// One thing that is wrong with the content.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, as it was named to [`Library::read`].
    pub file: String,
    /// Line, counted from 1; 1 for what concerns the whole file.
    pub line: u32,
    /// What is wrong, on which thing.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// A deck with its file, and the line on which each card starts.
#[derive(Debug, Clone)]
pub struct DeckFile {
    /// The file's name.
    pub file: String,
    /// What it holds.
    pub deck: PackageDeck,
    /// First lines of the cards, in their order.
    lines: Vec<u32>,
}

impl DeckFile {
    /// The cards with their lines.
    fn cards(&self) -> impl Iterator<Item = (u32, &PackageNote)> {
        self.lines.iter().copied().zip(&self.deck.notes)
    }

    /// The choice cards.
    fn choices(&self) -> impl Iterator<Item = Choice<'_>> {
        self.cards().filter_map(|(line, note)| match &note.content {
            Content::Choice { stem, options, .. } => Some(Choice { line, note, stem, options }),
            _ => None,
        })
    }

    fn finding(&self, line: u32, message: String, hint: &str) -> Finding {
        Finding { file: self.file.clone(), line, message, hint: hint.to_owned() }
    }
}

/// A choice card.
#[derive(Clone, Copy)]
struct Choice<'a> {
    line: u32,
    note: &'a PackageNote,
    stem: &'a str,
    options: &'a [ChoiceOption],
}

impl<'a> Choice<'a> {
    /// The best option, where there is one.
    fn key(&self) -> Option<&'a ChoiceOption> {
        self.options.iter().find(|option| option.right)
    }

    fn wrong(&self) -> impl Iterator<Item = &'a ChoiceOption> {
        self.options.iter().filter(|option| !option.right)
    }
}

/// Everything that is wrong with the content, by file and line.
pub fn lint(library: &Library) -> Vec<Finding> {
    let mut findings = library.faults.clone();
    for deck in &library.decks {
        rules::deck(deck, library, &mut findings);
        giveaway::deck(deck, &mut findings);
        language::deck(deck, &mut findings);
    }
    rules::library(library, &mut findings);
    coverage::library(library, &mut findings);
    guesser::library(library, &mut findings);
    twins::library(library, &mut findings);
    findings.sort();
    findings
}

/// The words of a text, in lower case, without marks.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .map(|word| word.trim_matches(['\'', '’']).to_lowercase())
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests;
