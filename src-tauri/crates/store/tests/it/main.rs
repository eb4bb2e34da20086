//! A collection, from outside: what a person does, and what must be there afterwards.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod ahead;
mod backup;
mod check;
mod clock;
mod export;
mod files;
mod histories;
mod intake;
mod key_change;
mod merge;
mod progress;
mod queue;
mod restore;
mod review;
mod rows;
mod salvage;
mod salvage_alike;
mod settings;
mod support;
mod undo;
