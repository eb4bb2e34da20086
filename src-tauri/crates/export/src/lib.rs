//! From the collection to files: the one way out, for the window and the command line alike.
//!
//! # Design
//! A [`Request`](view::Request) says what a person wants; [`run`] reads through a
//! [`Reader`](cairn_store::Reader), so that answers never wait, writes into a `draft` beside the place
//! and puts the files there when they are whole and on the disk. What fails or is called off leaves
//! nothing; what a killed program leaves, the next export there removes.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod calendar;
mod course;
mod draft;
mod error;
mod markdown;
mod package;
mod place;
mod report;
mod request;
mod tables;
pub mod view;

use std::ops::ControlFlow;

use cairn_core::day::Moment;
use cairn_store::Reader;

pub use error::Error;
use view::{Exported, Format, Request};

/// Told how far an export has come (things done, things in all; both 0 while that is not known);
/// `Break` ends it with nothing left.
pub type Watch<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// Writes what a request asks for.
///
/// # Errors
/// Those of [`Error`]; nothing is left behind by any of them.
pub fn run(
    reader: &Reader,
    request: &Request,
    now: Moment,
    watch: Watch<'_>,
) -> Result<Exported, Error> {
    request::check(request)?;
    if watch(0, 0).is_break() {
        return Err(Error::Cancelled);
    }
    let job = Job { reader, request, now };
    match request.format {
        Format::Report => report::write(&job, watch),
        Format::Csv => tables::write(&job, watch),
        Format::Json => package::write_json(&job, watch),
        Format::Apkg => package::write_apkg(&job, watch),
        Format::Md => markdown::write(&job, watch),
        Format::Ics => calendar::write(&job),
    }
}

/// What is to be done, and what with.
struct Job<'a> {
    reader: &'a Reader,
    request: &'a Request,
    now: Moment,
}

impl Job<'_> {
    /// What is told of the export before anything is counted.
    fn told(&self) -> Exported {
        Exported {
            format: self.request.format,
            files: Vec::new(),
            decks: 0,
            notes: 0,
            cards: 0,
            answers: 0,
            media: 0,
            remarks: Vec::new(),
        }
    }
}

/// A count as it crosses to the edges.
fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
