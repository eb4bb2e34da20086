//! From the collection to files: the one way out, for the window and the command line alike.
//!
//! # Design
//! A [`Request`](view::Request) says what a person wants; [`run`] reads through a
//! [`Reader`](cairn_store::Reader), so that answers never wait, writes beside the place and puts the
//! file there when it is whole and on the disk. What fails or is called off leaves nothing.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod error;
pub mod view;

use std::ops::ControlFlow;

use cairn_core::day::Moment;
use cairn_store::Reader;

pub use error::Error;
use view::{Exported, Request};

/// Told how far an export has come (things done, things in all); `Break` ends it with nothing left.
pub type Watch<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// Writes what a request asks for.
///
/// # Errors
/// Those of [`Error`]; nothing is left behind by any of them.
pub fn run(
    _reader: &Reader,
    request: &Request,
    _now: Moment,
    _watch: Watch<'_>,
) -> Result<Exported, Error> {
    Err(Error::NotYet(request.format))
}
