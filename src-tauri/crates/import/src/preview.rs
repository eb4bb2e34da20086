//! What an import would do.

use std::ops::ControlFlow;

use cairn_core::face::faces;
use cairn_core::note::Content;
use cairn_core::package::{PackageDeck, PackageNote};
use cairn_core::schedule::Schedule;
use cairn_core::text;
use cairn_store::Collection;
use cairn_store::view::{ShownMedia, ShownOption};

use crate::choices;
use crate::error::Result;
use crate::opening::{Opening, Watch, cancelled};
use crate::view::{DeckSize, Phase, Preview, SampleCard, TableView};

/// Problems that are shown.
const SHOWN_PROBLEMS: usize = 100;
/// Cards that are shown.
const SHOWN_CARDS: usize = 5;
/// Rows of a table that are shown.
const SHOWN_ROWS: usize = 8;

impl Opening {
    /// What would happen with the present choices. Reads only.
    ///
    /// # Errors
    /// `Cancelled`, and those of the collection.
    pub fn preview(&self, collection: &Collection, watch: Watch<'_>) -> Result<Preview> {
        let mut on = |done, all| -> ControlFlow<()> { watch(Phase::Checking, done, all) };
        let name = self.name();
        let counts =
            collection.compare(&self.package, &self.how(&name), &mut on).map_err(cancelled)?;
        let cards = || self.package.decks.iter().flat_map(|d| &d.notes).flat_map(|n| &n.cards);
        Ok(Preview {
            files: self.files(),
            format: self.format,
            choices: self.choices.clone(),
            decks: self.package.decks.iter().map(size).collect(),
            counts: counts.into(),
            unreadable: self.unreadable(),
            problems: self.problems().take(SHOWN_PROBLEMS).cloned().collect(),
            samples: self.samples(),
            table: self.table(),
            log_rows: count(cards().map(|card| card.log.len())),
            media: count([self.package.media.len()]),
            has_schedules: cards().any(|card| card.schedule != Schedule::New),
            remarks: self.remarks(),
        })
    }

    fn samples(&self) -> Vec<SampleCard> {
        let notes =
            self.package.decks.iter().flat_map(|deck| deck.notes.iter().map(move |n| (deck, n)));
        notes.take(SHOWN_CARDS).map(|(deck, note)| self.sample(deck, note)).collect()
    }

    fn table(&self) -> Option<TableView> {
        let table = self.tables.first()?;
        let sample = table.sheet.sample(&table.layout, SHOWN_ROWS);
        Some(TableView {
            choices: choices::of_layout(&table.layout),
            encodings: choices::encodings(&table.layout),
            delimiters: choices::delimiters(&table.layout),
            head: sample.names,
            rows: sample.rows,
            lines: count([sample.count]),
        })
    }
}

fn count(counts: impl IntoIterator<Item = usize>) -> u32 {
    u32::try_from(counts.into_iter().sum::<usize>()).unwrap_or(u32::MAX)
}

fn size(deck: &PackageDeck) -> DeckSize {
    DeckSize {
        name: deck.title.clone(),
        notes: count([deck.notes.len()]),
        cards: count(deck.notes.iter().map(|note| note.content.card_keys().len())),
    }
}

impl Opening {
    fn sample(&self, deck: &PackageDeck, note: &PackageNote) -> SampleCard {
        let key = note.content.card_keys().into_iter().next().unwrap_or_default();
        let (front, back) = faces(&note.content, &key);
        let options = match &note.content {
            Content::Choice { options, .. } => options
                .iter()
                .map(|option| ShownOption {
                    id: option.id.clone(),
                    text: text::parse_inline(&option.text),
                    right: option.right,
                    reason: text::parse(&option.reason),
                })
                .collect(),
            _ => Vec::new(),
        };
        SampleCard {
            kind: note.content.kind().to_owned(),
            deck: deck.title.clone(),
            front,
            back,
            options,
            media: self.media_of(note),
        }
    }

    /// The pictures and sounds that a note names, as they lie waiting.
    fn media_of(&self, note: &PackageNote) -> Vec<ShownMedia> {
        let names = note.content.texts().into_iter().flat_map(text::media_names);
        names
            .filter_map(|name| self.package.file_of(note, &name))
            .map(|media| ShownMedia {
                name: media.name.clone(),
                sha256: media.sha256.clone(),
                mime: media.mime.clone(),
            })
            .collect()
    }
}
