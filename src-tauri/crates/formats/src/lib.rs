//! Files in, a neutral [`Package`](cairn_core::package::Package) out, and the way back.
//!
//! # What this crate is
//!
//! People keep cards in files: written by hand, exported by other programs, handed round. Each kind
//! of file is one module here, and every module has the same shape: a `parse` that takes text or
//! bytes and gives a whole package or *all* the faults in the file, and, where the format can be
//! written, a `print` that gives the text back. Both are pure functions but for Anki's, whose
//! databases need files (`scratch`). Nothing here reads a clock or knows that a collection exists;
//! what a package does to a person's cards is decided in `cairn-store`.
//!
//! Three rules hold for every format:
//!
//! * Input is hostile until proven otherwise: no input panics, time and memory grow in line with the
//!   size of the input, and every format states its caps.
//! * A file with a fault gives no package at all. The faults name line, column and what to do, so
//!   that a person can mend all of them in one go.
//! * `parse(print(package))` is the package again, up to the normal form that the format documents.
//!
//! # How to add a format
//!
//! 1. Describe the format for the people who will write or export it, as `content/FORMAT.md` does.
//! 2. Add a module `src/<format>/` with `parse` (and `print`); give faults to
//!    [`problem`]'s collector, in the voice of the ones that are there.
//! 3. Put the tests beside the code: one `check(input, expected)` with many small cases, a round
//!    trip over generated packages, and "no text panics" over arbitrary ones.
//! 4. Name the module below, and its file ending where the shell and the CLI choose a format.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod anki;
pub mod builtin;
pub mod content;
pub mod csv_tables;
pub mod deck_markdown;
pub mod html;
pub mod ics;
pub mod json;
pub mod media;
pub mod problem;
pub mod report;
pub mod scratch;
pub mod table;
