//! Reading a folder of content. The caller opens the files.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::deck_markdown;

use super::blueprint::Blueprint;
use super::{DeckFile, Finding};

/// A folder of content.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The decks that could be read.
    pub decks: Vec<DeckFile>,
    /// `sources.toml`, by key.
    pub sources: BTreeMap<String, Source>,
    /// `exam.toml` with its file's name, where there is one.
    pub blueprint: Option<(String, Blueprint)>,
    /// What could not be read.
    pub faults: Vec<Finding>,
}

/// A source as `sources.toml` describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Title of the work.
    pub title: String,
    /// Who published it.
    #[serde(default)]
    pub publisher: String,
    /// Its `https:` address, where one is known.
    #[serde(default)]
    pub address: String,
    /// ISO date of reading, or `unknown`.
    pub read_on: String,
    /// `page`, `part`, `secondary` or `unknown`.
    pub how: String,
    /// How far it can be trusted, as the facts file says.
    pub confidence: String,
    /// Whether its facts age (law, fees, rules of an agency): cards that cite it need an expiry.
    #[serde(default)]
    pub ages: bool,
}

impl Library {
    /// Reads files by name and text: decks (`*.md`), `sources.toml`, `exam.toml`.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut library = Self::default();
        for (file, text) in files {
            if file.ends_with(".md") {
                library.deck(file, text);
            } else if file.ends_with("sources.toml") {
                library.sources(file, text);
            } else if file.ends_with("exam.toml") {
                library.exam(file, text);
            }
        }
        library
    }

    fn deck(&mut self, file: &str, text: &str) {
        match deck_markdown::parse(text) {
            Ok(package) => self.decks.extend(package.decks.into_iter().map(|deck| DeckFile {
                file: file.to_owned(),
                lines: heading_lines(text, deck.notes.iter().map(|note| note.id.as_str())),
                deck,
            })),
            Err(problems) => self.faults.extend(problems.into_iter().map(|problem| Finding {
                file: file.to_owned(),
                line: problem.line,
                message: problem.message,
                hint: problem.hint,
            })),
        }
    }

    fn exam(&mut self, file: &str, text: &str) {
        match Blueprint::read(text) {
            Ok(blueprint) => self.blueprint = Some((file.to_owned(), blueprint)),
            Err((line, message)) => self.faults.push(Finding {
                file: file.to_owned(),
                line,
                message,
                hint: "Mend the blueprint; its comments say what each line means.".to_owned(),
            }),
        }
    }

    fn sources(&mut self, file: &str, text: &str) {
        match toml::from_str(text) {
            Ok(sources) => self.sources = sources,
            Err(error) => {
                let start = error.span().map_or(0, |span| span.start);
                let before = text.get(..start).unwrap_or_default();
                let line = u32::try_from(before.matches('\n').count()).unwrap_or(0) + 1;
                self.faults.push(Finding {
                    file: file.to_owned(),
                    line,
                    message: error.message().to_owned(),
                    hint: "Give each source title, read_on, how and confidence.".to_owned(),
                });
            }
        }
    }
}

/// The line of each card's heading, in order.
fn heading_lines<'a>(text: &str, ids: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut headings =
        (1u32..).zip(text.lines()).filter(|(_, line)| line.starts_with("## ")).peekable();
    ids.map(|id| {
        headings
            .by_ref()
            .find(|(_, line)| line.trim_end().ends_with(&format!(": {id}")))
            .map_or(1, |(line, _)| line)
    })
    .collect()
}
