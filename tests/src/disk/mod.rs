//! A disk as a cut of power may leave it.
//!
//! # Context
//! After SIGKILL, the system's page cache still writes what a program wrote; after a cut of power it
//! does not. So the real `cairn-cli` runs with a shim (`shim/shim.c`, preloaded) that writes down,
//! in order, what the program does to the files of one folder and what it says on stdout. From that
//! trace the folder is rebuilt as it may be after a cut at any point.
//!
//! # Design
//! * [`Recording`] is a folder that is watched; [`Trace`] what was done to it.
//! * `model` goes through a trace: what was flushed is certain, the rest is pending.
//! * `fate` decides what becomes of what is pending, by seed: there or not, in part, in any order,
//!   torn within a page or a sector; what a file had grown by may be zeros or rubbish.
//!
//! The rules are those of POSIX and no more:
//! * a flush of a file makes certain what was written to *that file* before, and not its name;
//! * a flush of a folder makes certain its names, and nothing in the files;
//! * a rename is one step: both names change, or neither;
//! * after a failed flush, what it should have flushed may be lost for good, whatever is flushed
//!   later (Linux marks such pages as written).
//!
//! Most file systems promise more (ext4 flushes the name of a new file along with the file). SQLite
//! asks for no more either: with the first flush of a journal or write-ahead log that it made,
//! `unixSync` flushes the folder too (`UNIXFILE_DIRSYNC`), which also makes the name of a new
//! database certain; it does not flush the folder after it removes a write-ahead log on closing,
//! since playing that log again changes nothing. It ignores a folder that can't be flushed, so the
//! shim lets only flushes of files fail.
//!
//! # What this can't show
//! There is no real disk, no real file system and no real kernel in it: no drive that says "flushed"
//! and lies, no journal that is replayed, no fault of a controller, no memory-mapped writing (the
//! index of the write-ahead log, `-shm`, is filled with rubbish instead; SQLite makes it anew). It
//! sees what goes through the C library; [`Recording::finish`] compares the whole trace with the
//! real folder, so that nothing went past it unseen. And it knows Linux alone: that SQLite flushes
//! on Windows and macOS too (`F_FULLFSYNC` is not asked for on macOS) is not shown here.

mod fate;
mod model;
mod recording;
mod trace;

pub use recording::Recording;
pub use trace::{Cut, Trace};
