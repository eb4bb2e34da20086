//! Support for tests that cross crates: where the binaries are, a client of the line protocol of
//! `cairn-cli review --json` that can kill the program, kills of other commands, and chances that are
//! the same on every run.
//!
//! Everything here panics with a sentence when something is not as it must be: it is only ever
//! called by tests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod binaries;
mod chance;
mod cli;
mod killed;
mod review;

pub use binaries::binary;
pub use chance::Chance;
pub use cli::{Cli, noon};
pub use killed::{Course, KillWhen, Killed};
pub use review::Review;
