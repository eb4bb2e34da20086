//! Cuts of power prove durability: what was acknowledged is on the disk.
//!
//! # Context
//! The real `cairn-cli` works in a folder that is watched; the folder is then rebuilt as a cut of
//! power at any point may leave it, and opened with the real `cairn-cli`. How that is done, and what
//! it can't show, is told in `cairn_tests::disk`.
//!
//! # Design
//! One module an act: `reviews`, `imports`, `exports`, `backups` (and restores), `repairs`
//! (and salvages), `opening` (a collection made, brought up to date, or put in order after a crash).
//! `faults` lets flushes fail, fills the disk and tears writes. `control` leaves flushes out, as
//! SQLite does with `synchronous=OFF`, and must see answers lost: or all the others would prove
//! nothing.
//!
//! Every choice comes from a seed that is named when a test fails. Elsewhere than on Linux
//! this compiles to nothing (see build.rs): the shim needs `LD_PRELOAD`, `/proc` and seccomp.

#![cfg(power_cuts)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod after;
mod backups;
mod control;
mod exports;
mod faults;
mod imports;
mod opening;
mod repairs;
mod reviews;
