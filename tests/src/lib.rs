//! Support for tests that cross crates: where the binaries are, a client of the line protocol of
//! `cairn-cli review --json` that can kill the program, kills of other commands, and chances that are
//! the same on every run; a disk after a cut of power.
//!
//! Everything here panics with a sentence when something is not as it must be: it is only ever
//! called by tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod binaries;
mod book;
mod chance;
mod cli;
#[cfg(power_cuts)]
pub mod disk;
mod home;
mod killed;
mod old;
mod review;
mod spoil;
mod tree;

pub use binaries::binary;
pub use book::{Act, Book, Row, next_act, study};
pub use chance::Chance;
pub use cli::{Cli, noon, went_well};
pub use home::Home;
pub use killed::{Course, KillWhen, Killed};
pub use old::{format_of, make_format_3};
pub use review::Review;
pub use spoil::{spoil_first_page, spoil_schedules};
pub use tree::Tree;
