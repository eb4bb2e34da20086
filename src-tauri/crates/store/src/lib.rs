//! The collection in SQLite: notes, cards, the append-only log, undo, backups.
//!
//! # Context
//! One file holds everything that a person has learned. It may be opened by the window and by the
//! command line at once, killed at any moment, and carried to another machine; nothing that was
//! acknowledged may be lost, and every act can be taken back.
//!
//! # Design
//! From the bottom up:
//! * `migrations/*.sql`: the tables, with what each column means. Never edited, only added.
//! * [`open`](Collection::open) guards the file: refuses what it does not know, takes a snapshot
//!   before a migration, never overwrites what it can't read.
//! * `act`: the one door. Every mutation is one transaction with one row in `operation`.
//! * one module a concern on top of it: [`Package`](cairn_core::package::Package)s come in through
//!   `intake`, answers through `review`, the rest of a person's acts through `edit` and `undo`.
//! * `today_queue` holds what is left of today in memory; counts and cards come out of the same
//!   selection, so they cannot disagree.
//! * `view` holds what crosses to the window and the command line.
//!
//! This crate knows no file format and reads no clock: every call that needs the time takes a
//! [`Moment`](cairn_core::day::Moment).
//!
//! # How to add a column or table
//! 1. Write `migrations/000N_what.sql`; add it to `MIGRATIONS` in `open`.
//! 2. Put its SQL in the module of its table, and nowhere else.
//! 3. If a person's act writes it, write it through an `Act`, keep what it replaces with
//!    `Act::keep`, and teach `undo` to put it back.

#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod act;
mod ahead;
pub mod backup;
mod card;
mod check;
mod collection;
pub mod durable;
mod edit;
mod error;
mod export;
mod imports;
mod intake;
mod key_change;
mod location;
mod log;
mod merge;
mod note;
mod open;
mod pace;
pub mod place;
mod places;
mod progress;
mod reader;
mod repair;
mod review;
mod rows;
mod salvage;
mod settings;
mod shown;
mod sitting;
mod spans;
mod stats;
mod today;
mod today_queue;
mod undo;
pub mod view;

pub use act::{ActKind, ActName};
pub use ahead::Ahead;
pub use check::Check;
pub use check::view::{
    CheckReport, Finding, FindingKind, Mended, Remedy, Repaired, SalvageReport, Salvaged, Weight,
};
pub use collection::Collection;
pub use error::{Error, ErrorCode, Failure, Result};
pub use intake::media::MediaFile;
pub use intake::{Existing, Intake, IntakeReport, TakeIn, Watch};
pub use location::{Collections, KnownCollection, collection_path, config_folder, default_path};
pub use log::LogEntry;
pub use reader::Reader;
pub use repair::{Repair, backup_before_repair};
pub use review::Answer;
pub use rows::Tables;
pub use salvage::{put_in_place, salvage, salvaged_name};
pub use settings::{Motion, Settings, ShortcutAction, Shortcuts, Theme, check_setting};
pub use stats::Stats;
