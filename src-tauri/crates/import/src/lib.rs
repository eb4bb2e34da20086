//! From files to a preview to the collection: the one way in for the window and the command line.
//!
//! # Context
//! People bring what they have, and want to see what will happen before it does. `cairn-formats`
//! reads files and knows no collection; `cairn-store` takes in packages and knows no file. This
//! crate holds the two together, and holds what was read while a person looks and corrects.
//!
//! # Design
//! An [`Opening`] is a set of files, read. [`Opening::choose`] reads a table again as corrected;
//! [`Opening::preview`] says what would happen, and [`Opening::run`] does it, through the same
//! [`TakeIn`](cairn_store::TakeIn). Pictures and sounds lie unpacked in a folder that goes with the
//! opening. A file that can't be read at all keeps the whole opening from being run: nothing is
//! brought in by halves.

mod beside;
mod choices;
mod error;
mod files;
mod opening;
mod part;
mod preview;
mod report;
mod unite;
pub mod view;

pub use error::{Error, Result};
pub use files::{Given, Zone};
pub use opening::Opening;
pub use report::report_csv;
