//! The workloads on the collection itself.

pub mod answer;
pub mod files;
pub mod import;
pub mod keep;
pub mod open;
pub mod rebuild;
pub mod undo;

use std::path::PathBuf;

/// Two copies of one collection, on one file system.
#[derive(Debug, Clone)]
pub struct Pair {
    /// Cairn's.
    pub subject: PathBuf,
    /// The floor's.
    pub floor: PathBuf,
}
