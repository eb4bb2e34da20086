//! Anki packages: `.apkg` and `.colpkg`, all three generations.
//!
//! In: a zip archive with an SQLite database, a list of media and the media. Out: a
//! [`Package`] with text as Markdown, cards with their schedules and the whole review log, and the
//! files that notes show, unpacked into a staging folder under their SHA-256.
//!
//! # Design
//! `container` opens the archive under the [`caps`]; `database` opens the collection as a stranger's
//! file; `notetypes` and `decks` read what differs between the two schemas; `rows` reads cards and
//! log whole and sorted, so that no note asks the database again; `plan` works out once for a note
//! type what becomes of its notes, with `template` and `cloze` as the languages it is written in;
//! `content` does it for one note; `schedule` and `days` turn Anki's numbers into ours; `assemble`
//! and `gather` put it together; `media` unpacks the files that were named.
//!
//! A note that can't be put is left out and told of; a package that can't be trusted is refused.

mod answer;
mod assemble;
pub mod caps;
mod cloze;
mod container;
mod content;
mod database;
mod days;
mod decks;
mod error;
mod gather;
mod kept;
mod kinds;
mod media;
mod notetypes;
mod own;
mod plan;
mod progress;
mod proto;
mod rows;
mod schedule;
mod template;
mod text;
mod write;

use std::collections::HashMap;
use std::io::{Read, Seek};
use std::path::Path;

use cairn_core::day::StudyDay;
use cairn_core::package::{Package, Problem};
use serde_json::Value;

use crate::html::Dropped;

pub use container::Generation;
pub use error::Error;
pub use progress::Watch;
pub use schedule::RULE;
pub use write::{WriteError, WriteOptions, Written, write};

/// How to read a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Keep schedules, log, flags and what is set aside; otherwise every card starts fresh.
    pub schedules: bool,
    /// The study day now.
    pub today: StudyDay,
    /// Local time of the reader minus UTC, in minutes.
    pub offset_minutes: i32,
    /// Hour of local time at which the reader's study days start, 0 to 23.
    pub start_hour: u8,
    /// Unpack the pictures and sounds that notes show.
    pub keep_media: bool,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Decks, notes, cards and media.
    pub package: Package,
    /// Notes that were left out; `line` is the running number of the note in the package.
    pub skipped: Vec<Problem>,
    /// What was read with a loss: a picture without its covers, a file that is missing.
    pub remarks: Vec<Problem>,
    /// Facts worth telling.
    pub facts: Facts,
}

/// What a package holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Its generation.
    pub generation: Generation,
    /// Notes in the package, with those left out.
    pub notes: usize,
    /// Cards that were read.
    pub cards: usize,
    /// Cards left out: their question is empty, or their note was left out.
    pub cards_left_out: usize,
    /// Rows of the review log that were read.
    pub log_rows: usize,
    /// Files that were unpacked.
    pub media: usize,
    /// Whether FSRS was in use; its cards start from an ease of 2.50 with their interval kept.
    pub fsrs: bool,
    /// Filtered decks, whose cards went back to their own.
    pub filtered_decks: usize,
    /// What was left out of the HTML of notes and templates.
    pub dropped: Dropped,
}

/// Reads a package. `staging` is a folder of the caller's own for the files that it unpacks; after
/// an error nothing new is left in it. `watch` is told how far it is, in parts of a total, and may
/// cancel.
pub fn read(
    file: impl Read + Seek,
    options: &Options,
    staging: &Path,
    watch: Watch<'_>,
) -> Result<Reading, Error> {
    let mut progress = progress::Progress::new(watch);
    let mut container = container::Container::open(file)?;
    let database = database::Database::open(&mut container, staging, &mut progress)?;
    let mut assembled = assemble::assemble(&database, options, &mut progress)?;
    progress.at(progress::GATHER, 1, 1)?;
    drop(database);
    progress.at(progress::GATHER, 1, 1)?;
    let mut media = Vec::new();
    if options.keep_media {
        let wanted = &assembled.wanted;
        let unpacked = media::unpack(&mut container, wanted, staging, &mut progress)?;
        media = unpacked.media;
        assembled.remarks.extend(unpacked.problems);
        assembled.remarks.sort_by_key(|problem| problem.line);
    }
    progress.at(progress::MEDIA, 1, 1)?;
    let facts = Facts {
        generation: container.generation,
        notes: assembled.notes,
        cards: assembled.cards,
        cards_left_out: assembled.cards_left_out,
        log_rows: assembled.log_rows,
        media: media.len(),
        fsrs: assembled.fsrs,
        filtered_decks: assembled.filtered_decks,
        dropped: assembled.dropped,
    };
    let package =
        Package { decks: assembled.decks, kinds: assembled.kinds, media, ..Package::default() };
    Ok(Reading { package, skipped: assembled.skipped, remarks: assembled.remarks, facts })
}

/// A JSON column of the collection's one row.
fn database_json(
    database: &database::Database,
    column: &str,
) -> Result<HashMap<String, Value>, Error> {
    database
        .conn
        .query_row(&format!("SELECT {column} FROM col"), [], |row| {
            Ok(serde_json::from_slice(database::bytes(row, 0)?))
        })
        .map_err(Error::sql("the collection"))?
        .map_err(|e| Error::damaged(&format!("the column `{column}` of the collection"), e))
}
