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
//! days (`calendar`). Notes are made ready on several threads (`ready`), ids given and rows written on one.
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
mod ready;
mod refill;
mod types;

use std::io::{Seek, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use cairn_core::day::Moment;
use cairn_core::package::{Package, PackageDeck, PackageMedia, PackageNote};
use cairn_core::turns;

use calendar::Calendar;
use collection::{Draft, Rows};
use decks::Decks;
use ids::Ids;
use log::LogRow;
use names::Names;
use progress::{NOTES, Progress};
use ready::{Maker, Ready, ReadyCard};
use types::{Types, Used};

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
    let types = Types::new(&package.kinds);
    let maker =
        Maker { progress: options.progress, types: &types, names: &names, calendar: &calendar };
    let mut filled = Filling::new(package, options, &calendar);
    filled.fill(&maker, &draft, &mut progress)?;
    let Filling { used, decks, mut log, mut written, next_position, .. } = filled;
    draft.last_answers(&log::in_order(&mut log, options.now.utc_ms))?;
    draft.log(&log, &mut progress)?;
    written.log_rows = log.len();
    drop(log);
    written.decks = package.decks.iter().filter(|deck| !deck.notes.is_empty()).count();
    let decks = decks.json(calendar.now_seconds());
    let (_kept, mut file) =
        draft.finish(&calendar, &used.models(types), &decks, next_position, &mut progress)?;
    let remarks = &mut written.remarks;
    written.media =
        archive::write(out, &mut file, (package, &names), media, remarks, &mut progress)?;
    Ok(written)
}

/// Notes that are made ready in one go.
const NOTES_AT_ONCE: usize = 256;

/// A collection while notes are put into it.
struct Filling<'p> {
    package: &'p Package,
    calendar: &'p Calendar,
    used: Used,
    decks: Decks,
    note_ids: Ids,
    card_ids: Ids,
    /// The place of the next note among the new ones.
    next_position: i64,
    log: Vec<LogRow>,
    written: Written,
}

/// Notes of one deck.
struct Stretch<'p> {
    deck: &'p PackageDeck,
    /// Its id in Anki.
    deck_id: i64,
    notes: &'p [PackageNote],
    /// The place of the first among the new ones.
    position: i64,
}

impl<'p> Filling<'p> {
    fn new(package: &'p Package, options: &WriteOptions, calendar: &'p Calendar) -> Self {
        let notes = || package.decks.iter().flat_map(|deck| &deck.notes);
        let cards = notes().map(ready::most_cards).sum();
        let rows = notes().flat_map(|note| &note.cards).map(|card| card.log.len()).sum();
        let now_ms = options.now.utc_ms;
        Self {
            package,
            calendar,
            used: Used::default(),
            decks: Decks::default(),
            note_ids: Ids::new(notes().count(), now_ms),
            card_ids: Ids::new(cards, now_ms),
            next_position: 1,
            log: Vec::with_capacity(if options.progress { rows } else { 0 }),
            written: Written::default(),
        }
    }

    fn fill(
        &mut self,
        maker: &Maker<'_>,
        draft: &Draft,
        progress: &mut Progress<'_>,
    ) -> Result<(), WriteError> {
        let stretches = self.stretches();
        let total = stretches.iter().map(|stretch| stretch.notes.len()).sum::<usize>() as u64;
        let mut rows = draft.rows()?;
        let make = |(): &mut (), part: usize| {
            let Some(stretch) = stretches.get(part) else { return Ok((0, Vec::new())) };
            let notes = (stretch.position..).zip(stretch.notes);
            let ready = notes.map(|(position, note)| maker.ready(stretch.deck, note, position));
            Ok((stretch.deck_id, ready.collect()))
        };
        let workers = vec![(); turns::workers()];
        turns::in_turns(
            workers,
            stretches.len(),
            make,
            |(deck_id, notes): (i64, Vec<Ready<'_>>)| {
                progress.at(NOTES, self.written.notes as u64, total)?;
                notes
                    .into_iter()
                    .try_for_each(|note| self.put(deck_id, note, maker.types, &mut rows))
            },
        )
    }

    fn stretches(&mut self) -> Vec<Stretch<'p>> {
        let mut stretches = Vec::new();
        for deck in self.package.decks.iter().filter(|deck| !deck.notes.is_empty()) {
            let deck_id = self.decks.id(deck);
            for notes in deck.notes.chunks(NOTES_AT_ONCE) {
                stretches.push(Stretch { deck, deck_id, notes, position: self.next_position });
                self.next_position += i64::try_from(notes.len()).unwrap_or_default();
            }
        }
        stretches
    }

    fn put(
        &mut self,
        deck_id: i64,
        ready: Ready<'_>,
        types: &Types,
        rows: &mut Rows<'_>,
    ) -> Result<(), WriteError> {
        let Ready { note, tags, cards } = ready;
        let id = match note.id {
            Some(id) => self.note_ids.keep(id),
            None => self.note_ids.fresh(),
        };
        let now = self.calendar.now_seconds();
        let note_type = self.used.id(note.note_type, types);
        rows.note((id, note_type), &note, note.modified.unwrap_or(now), &tags)?;
        for ReadyCard { ord, state, log } in cards {
            let card = match state.id {
                Some(id) => self.card_ids.keep(id),
                None => self.card_ids.fresh(),
            };
            rows.card((card, id, deck_id, ord), &state, now)?;
            let first = self.log.len();
            self.log.extend(log);
            self.log.iter_mut().skip(first).for_each(|row| row.card = card);
            self.written.cards += 1;
        }
        self.written.remarks.extend(note.remark);
        self.written.notes += 1;
        Ok(())
    }
}
