//! One row as a note.

use std::borrow::Cow;

use cairn_core::cloze;
use cairn_core::hash::fingerprint;
use cairn_core::note::Content;
use cairn_core::package::{Citation, Facts, Identity, PackageNote, Reading, Source};

use crate::problem::Quoted;

use super::split::Cell;
use super::{Column, Kind, Layout, choice, named, text};

/// Why a row gives no note.
#[derive(Debug)]
pub(super) struct Fault {
    /// The column at fault, counted from 0.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: &'static str,
}

impl Fault {
    /// A fault in a column.
    pub fn at(column: usize, message: String, hint: &'static str) -> Self {
        Self { column, message, hint }
    }
}

/// A row as texts by column.
pub(super) struct RowText<'a> {
    /// The text of the file.
    pub text: &'a str,
    /// The cells of the row.
    pub cells: &'a [Cell],
    /// What the columns are for.
    pub layout: &'a Layout,
    /// Whether tags are separated by spaces.
    pub spaced_tags: bool,
}

impl<'a> RowText<'a> {
    fn cell(&self, index: usize) -> Cow<'a, str> {
        let Some(cell) = self.cells.get(index) else { return Cow::Borrowed("") };
        match cell.text(self.text) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        }
    }

    /// Index and text of the cells in the columns of a purpose, whether or not they are empty.
    fn of(&self, column: Column) -> impl Iterator<Item = (usize, Cow<'a, str>)> {
        let columns = self.layout.columns.iter().enumerate();
        columns.filter(move |(_, c)| **c == column).map(|(i, _)| (i, self.cell(i)))
    }

    fn one(&self, column: Column) -> Option<(usize, Cow<'a, str>)> {
        self.of(column).find(|(_, cell)| !cell.is_empty())
    }

    fn markdown(&self, cell: &str) -> String {
        text::markdown(cell, self.layout.html)
    }

    /// Title of the deck that the row names.
    pub fn deck(&self) -> Option<Cow<'a, str>> {
        self.one(Column::Deck).map(|(_, cell)| cell)
    }

    /// The note of the row in the deck of that id, and the sources that it names.
    pub fn note(&self, deck_id: &str) -> Result<(PackageNote, Vec<Source>), Fault> {
        let (at, question) = self.of(Column::Question).next().unwrap_or_default();
        let front = self.markdown(&question);
        if front.trim().is_empty() {
            return Err(Fault::at(
                at,
                "the question is empty".into(),
                "Fill it in, or empty the whole row.",
            ));
        }
        let content = self.content(at, front)?;
        let sources = self.sources();
        let facts = self.facts(&sources)?;
        let guid = self.one(Column::Guid).map(|(_, guid)| guid);
        let (id, identity) = match guid {
            Some(guid) => (fingerprint(&format!("guid\n{guid}")), Identity::Anki(guid.into())),
            None => {
                let normal = text::normal(&question);
                (fingerprint(&format!("{deck_id}\n{normal}")), Identity::InDeck)
            }
        };
        Ok((PackageNote { identity, ..PackageNote::new(id, content, facts) }, sources))
    }

    fn content(&self, at: usize, front: String) -> Result<Content, Fault> {
        let kind = match self.one(Column::Kind).map(|(_, name)| Kind::from_name(&name)) {
            Some(Kind::Auto) | None => self.layout.kind,
            Some(kind) => kind,
        };
        let has_gaps = || !cloze::numbers(&front).is_empty();
        match kind {
            Kind::Choice => self.choice(front),
            Kind::Auto if self.has_options() => self.choice(front),
            Kind::Cloze if !has_gaps() => Err(Fault::at(
                at,
                "the text has no gap".into(),
                "Mark what is to be hidden as {{c1::words}}.",
            )),
            Kind::Cloze => Ok(self.cloze(front)),
            Kind::Auto if has_gaps() => Ok(self.cloze(front)),
            Kind::Auto | Kind::Basic | Kind::BothWays => self.basic(front, kind == Kind::BothWays),
        }
    }

    fn basic(&self, front: String, both_ways: bool) -> Result<Content, Fault> {
        let (column, answer) = self.of(Column::Answer).next().unwrap_or_default();
        let back = self.markdown(&answer);
        if back.trim().is_empty() {
            return Err(Fault::at(
                column,
                "the row has no answer".into(),
                "Add one, check the delimiter, or put text with line ends into quotation marks.",
            ));
        }
        let note = self.corrective(&[Column::Note, Column::Reason]);
        Ok(Content::Basic { front, back, both_ways, note })
    }

    fn cloze(&self, text: String) -> Content {
        let note = self.corrective(&[Column::Answer, Column::Note, Column::Reason]);
        Content::Cloze { text, note }
    }

    fn has_options(&self) -> bool {
        [Column::Option, Column::Right, Column::Wrong].iter().any(|c| self.one(*c).is_some())
    }

    fn choice(&self, stem: String) -> Result<Content, Fault> {
        let columns = self.layout.columns.iter().enumerate();
        let options = columns.filter_map(|(i, column)| {
            let right = match column {
                Column::Option => None,
                Column::Right => Some(true),
                Column::Wrong => Some(false),
                _ => return None,
            };
            Some((i, self.cell(i), right))
        });
        let cells = choice::Cells {
            options: options.collect(),
            correct: self.of(Column::Correct).next(),
            reasons: self.of(Column::Reason).map(|(_, cell)| cell).collect(),
            html: self.layout.html,
        };
        let note = self.corrective(&[Column::Answer, Column::Note]);
        Ok(Content::Choice { stem, options: choice::read(&cells)?, note })
    }

    fn corrective(&self, columns: &[Column]) -> String {
        let cells = columns.iter().flat_map(|column| self.of(*column));
        let texts =
            cells.filter(|(_, cell)| !cell.is_empty()).map(|(_, cell)| self.markdown(&cell));
        texts.collect::<Vec<_>>().join("\n\n")
    }

    fn facts(&self, sources: &[Source]) -> Result<Facts, Fault> {
        let area = match self.one(Column::Area) {
            None => None,
            Some((column, cell)) => Some(named::area(&cell).ok_or_else(|| {
                Fault::at(
                    column,
                    format!("{} is no area of the exam", Quoted(&cell)),
                    "Use AR, BF, IS, RS, AD, CI, RL or CM, or take the column for tags.",
                )
            })?),
        };
        let cited = |source: &Source| Citation {
            key: source.key.clone(),
            how: Reading::Unknown,
            read_on: None,
            place: String::new(),
        };
        let sources = sources.iter().map(cited).collect();
        Ok(Facts { area, tags: self.tags(), sources, ..Facts::default() })
    }

    fn tags(&self) -> Vec<String> {
        let mut tags = self.layout.tags.clone();
        for (_, cell) in self.of(Column::Tags) {
            let separated = cell.contains([',', ';', '\n', '|']);
            let by_space = self.spaced_tags && !separated;
            let pieces = cell.split(|c| match by_space {
                true => c == ' ' || c == '\u{3000}',
                false => matches!(c, ',' | ';' | '\n' | '\r' | '|'),
            });
            tags.extend(pieces.map(|tag| text::one_line(tag, false)).filter(|tag| !tag.is_empty()));
        }
        let mut seen = std::collections::HashSet::new();
        tags.retain(|tag| seen.insert(tag.clone()));
        tags
    }

    /// The sources that the row names, one a line or separated by `|`.
    fn sources(&self) -> Vec<Source> {
        let mut found: Vec<Source> = Vec::new();
        for (_, cell) in self.of(Column::Source) {
            for title in cell.split(['|', '\n', '\r']).map(str::trim) {
                let is_address = title.starts_with("https://") && !title.contains(' ');
                let name = fingerprint(&text::normal(title));
                let source = Source {
                    key: format!("s-{}", &name[..8]),
                    title: title.to_owned(),
                    publisher: String::new(),
                    address: if is_address { title.to_owned() } else { String::new() },
                };
                if !title.is_empty() && found.len() < MAX_SOURCES {
                    found.push(source);
                }
            }
        }
        found.sort_by(|a, b| a.key.cmp(&b.key));
        found.dedup_by(|a, b| a.key == b.key);
        found
    }
}

/// Most sources of a note.
const MAX_SOURCES: usize = 16;
