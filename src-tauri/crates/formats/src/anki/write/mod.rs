//! Anki packages, written.
//!
//! In: a [`Package`]. Out: an archive that every Anki from 2.1 on opens (docs/decisions/0014): a
//! collection of schema 11 beside the media.
//!
//! # Design
//! What came from Anki and was not changed here goes out as it came: note types, fields, guid, ids,
//! where cards stand, the log. The package keeps it (`elsewhere` and `kinds`); `types`, `note`,
//! `refill`, `card` and `log` choose between that and ours. What is ours goes under note types of
//! ours (`own_types`), as HTML that says what the Markdown says (`html`), with due days as numbers of
//! days (`calendar`).
//!
//! What Anki has no place for: how often in a row a card was remembered, apart from its interval;
//! rules and settings of single answers; which option was chosen; a second card of the same deck name
//! in other capitals.

mod archive;
mod calendar;
mod card;
mod collection;
mod decks;
mod error;
mod html;
mod ids;
mod log;
mod names;
mod note;
mod own_types;
mod progress;
mod refill;
mod types;

use std::io::{Seek, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use cairn_core::day::Moment;
use cairn_core::package::{Package, PackageDeck, PackageMedia, PackageNote};

use super::own;
use calendar::Calendar;
use card::State;
use collection::{Draft, Rows};
use decks::Decks;
use ids::Ids;
use log::LogRow;
use names::Names;
use progress::{NOTES, Progress};
use types::Types;

pub use error::WriteError;

/// How to write a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WriteOptions {
    /// Schedules, history, flags and what is set aside go along; otherwise every card is new.
    pub progress: bool,
    /// Now.
    pub now: Moment,
    /// Hour of local time at which study days start, 0 to 23.
    pub start_hour: u8,
}

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Decks with a note.
    pub decks: usize,
    /// Notes.
    pub notes: usize,
    /// Cards.
    pub cards: usize,
    /// Rows of the review log.
    pub log_rows: usize,
    /// Pictures and sounds.
    pub media: usize,
    /// What could not go along, in words, each with what to do.
    pub remarks: Vec<String>,
}

/// Writes a package that every Anki from 2.1 on opens. `media` finds the file of a picture or sound;
/// where it gives none, the package goes without. `watch` is told how far it is, in parts of a
/// total, and may cancel.
///
/// # Errors
/// Those of [`WriteError`]; what `out` holds then is no package.
pub fn write(
    package: &Package,
    media: &dyn Fn(&PackageMedia) -> Option<PathBuf>,
    options: &WriteOptions,
    out: impl Write + Seek,
    watch: &mut dyn FnMut(u64, u64) -> ControlFlow<()>,
) -> Result<Written, WriteError> {
    let mut progress = Progress::new(watch);
    let names = Names::new(&package.media);
    let calendar = Calendar::new(package, options);
    let draft = Draft::new()?;
    let mut filled = Filling::new(package, options, &names, &calendar);
    filled.fill(&draft, &mut progress)?;
    let Filling { types, decks, mut log, mut written, position, .. } = filled;
    draft.last_answers(&log::in_order(&mut log, options.now.utc_ms))?;
    draft.log(&log, &mut progress)?;
    written.log_rows = log.len();
    drop(log);
    written.decks = package.decks.iter().filter(|deck| !deck.notes.is_empty()).count();
    let decks = decks.json(calendar.now_seconds());
    let (_kept, mut file) =
        draft.finish(&calendar, &types.models(), &decks, position, &mut progress)?;
    let remarks = &mut written.remarks;
    written.media =
        archive::write(out, &mut file, (package, &names), media, remarks, &mut progress)?;
    Ok(written)
}

/// Notes between two looks at the watcher.
const LOOK: usize = 1024;

/// A collection while notes are put into it.
struct Filling<'p> {
    package: &'p Package,
    progress: bool,
    names: &'p Names,
    calendar: &'p Calendar,
    types: Types,
    decks: Decks,
    note_ids: Ids,
    card_ids: Ids,
    /// The place of the next card among the new ones.
    position: i64,
    log: Vec<LogRow>,
    written: Written,
}

impl<'p> Filling<'p> {
    fn new(
        package: &'p Package,
        options: &WriteOptions,
        names: &'p Names,
        calendar: &'p Calendar,
    ) -> Self {
        let notes = || package.decks.iter().flat_map(|deck| &deck.notes);
        let cards = notes().map(|note| note.content.card_keys().len()).sum();
        let rows = notes().flat_map(|note| &note.cards).map(|card| card.log.len()).sum();
        let now_ms = options.now.utc_ms;
        Self {
            package,
            progress: options.progress,
            names,
            calendar,
            types: Types::new(&package.kinds),
            decks: Decks::default(),
            note_ids: Ids::new(notes().count(), now_ms),
            card_ids: Ids::new(cards, now_ms),
            position: 1,
            log: Vec::with_capacity(if options.progress { rows } else { 0 }),
            written: Written::default(),
        }
    }

    fn fill(&mut self, draft: &Draft, progress: &mut Progress<'_>) -> Result<(), WriteError> {
        let package = self.package;
        let total = package.decks.iter().map(|deck| deck.notes.len()).sum::<usize>() as u64;
        let mut rows = draft.rows()?;
        for deck in package.decks.iter().filter(|deck| !deck.notes.is_empty()) {
            let deck_id = self.decks.id(deck);
            for note in &deck.notes {
                if self.written.notes.is_multiple_of(LOOK) {
                    progress.at(NOTES, self.written.notes as u64, total)?;
                }
                self.note(deck, deck_id, note, &mut rows)?;
                self.written.notes += 1;
            }
        }
        Ok(())
    }

    fn note(
        &mut self,
        deck: &PackageDeck,
        deck_id: i64,
        note: &'p PackageNote,
        rows: &mut Rows<'_>,
    ) -> Result<(), WriteError> {
        let made = note::make(deck, note, &mut self.types, self.names, &mut self.written.remarks);
        let id = match made.id {
            Some(id) => self.note_ids.keep(id),
            None => self.note_ids.fresh(),
        };
        let now = self.calendar.now_seconds();
        rows.note(id, &made, made.modified.unwrap_or(now), &self.tags(note))?;
        for (key, ord) in &made.ords {
            let known = note.cards.iter().find(|card| self.progress && card.key == *key);
            let mut state = match known {
                Some(card) => card::state(card, self.position, self.calendar),
                None => State::new(self.position),
            };
            let card_id = match state.id {
                Some(id) => self.card_ids.keep(id),
                None => self.card_ids.fresh(),
            };
            let first = self.log.len();
            self.log.extend(log::rows(known.map_or(&[], |card| &card.log), card_id));
            state.tell_last_answer(&mut self.log[first..]);
            rows.card((card_id, id, deck_id, *ord), &state, now)?;
            self.written.cards += 1;
        }
        self.position += 1;
        Ok(())
    }

    /// The tags as Anki keeps them; what a person marked while learning stays here, unless their
    /// progress goes along.
    fn tags(&self, note: &PackageNote) -> String {
        let mut names = own::tag_names(&note.facts.tags).unwrap_or_default();
        if !self.progress {
            let local = ["marked", "leech"];
            names.retain(|name| !local.iter().any(|tag| name.eq_ignore_ascii_case(tag)));
        }
        if names.is_empty() { String::new() } else { format!(" {} ", names.join(" ")) }
    }
}
