//! Every command of `cairn-cli` through the real binary, each test with a collection of its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod backup;
mod bad_input;
mod calendar;
mod check;
mod course;
mod create;
mod export;
mod export_failures;
mod export_formats;
mod import;
#[cfg(unix)]
mod interrupt;
mod log;
mod memory;
mod pipes;
mod protocol;
mod review_choice;
mod review_people;
mod review_program;
mod salvage;
mod schedule;
mod support;
mod two_at_once;
