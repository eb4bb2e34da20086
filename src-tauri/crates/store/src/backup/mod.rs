//! Backups: whole copies of a collection, made by themselves, thinned, and put back.
//!
//! # Context
//! What people fear most is loss: a file that a disk, a sync tool or a slip of the hand has spoiled.
//! A backup must be made while answers are given, be known to be good, cost little, and be found
//! also when the collection itself can no longer be read.
//!
//! # Design
//! * `make`: `VACUUM INTO` on a connection of its own, the copy opened and checked, compressed,
//!   flushed, renamed. A person who answers never waits for it.
//! * `file`: the format. One file is all there is: a head (date, reason, counts, what was done up to
//!   it), the hashes of the pictures and sounds, the database. `zstd -d` unpacks it without Cairn.
//! * `pack`: compressing on several threads.
//! * `media`: pictures and sounds lie once, by hash, in `media/` of the backup folder.
//! * `thin`: what is no longer needed goes, by the rules of `cairn_core::retention`.
//! * `list` and `lost`: what there is, and what going back to it would lose. Both count by device and
//!   sequence, never by time, so a clock that was set back changes nothing.
//! * `restore` and `swap`: going back, in a way that a crash at any point leaves the old collection
//!   or the new one; and going forward again.
//! * `lock`: who has the collection open, so that nothing is swapped under anybody's hands.
//! * `settings`: the folder, the budget, a second folder. Facts of this machine, in table `meta`.
//! * `earlier`: the daily snapshots of versions before this one, which can still be put back.

mod earlier;
mod file;
mod list;
pub(crate) mod lock;
mod lost;
mod make;
mod media;
mod pack;
pub(crate) mod paths;
mod restore;
mod second;
mod settings;
pub(crate) mod swap;
mod thin;

use serde::{Deserialize, Serialize};

use crate::error::Failure;

pub(crate) use list::counts;
pub use list::{any_for, backups, look_at, media_folders};
pub use make::{make, make_if_changed, regular};
pub use restore::{Confirmed, restore, restored_from};
pub use second::second_folder_offer;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "BackupReason"))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A newer version was about to change the format.
    BeforeUpdate,
    /// A person's import was about to begin.
    BeforeImport,
    /// A backup was about to be put back.
    BeforeRestore,
    /// A repair was about to begin.
    BeforeRepair,
    /// Every half hour of use.
    Regular,
    /// A person asked for it.
    ByHand,
}

/// A whole copy of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Backup {
    /// Where it lies; what [`restore`] takes.
    pub path: String,
    /// When it was made, RFC 3339, in the local time of then.
    pub made_at: String,
    /// Why.
    pub reason: Reason,
    /// Bytes on the disk.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub size: u64,
    /// Notes in it.
    pub notes: u32,
    /// Cards in it.
    pub cards: u32,
    /// Answers in it.
    pub answers: u32,
    /// Whether it lies in the second folder.
    pub second_folder: bool,
    /// Whether a newer version wrote it, which this one can't put back.
    pub newer: bool,
    /// Whether it is of another collection: putting it back needs a word more.
    pub other_collection: bool,
    /// What the present has and this one has not; `None` when the present can't be read, or is of
    /// another collection.
    pub lost_if_restored: Option<Lost>,
}

/// What the present has and a backup has not. Acts that were taken back do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Lost {
    /// Answers.
    pub answers: u32,
    /// Imports.
    pub imports: u32,
    /// Notes that these brought.
    pub notes: u32,
    /// Every other act: edits, flags, suspensions, settings, and what was undone.
    pub edits: u32,
}

/// A backup that was just made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Made {
    /// The backup.
    pub backup: Backup,
    /// What went wrong beside it and broke nothing: a second folder that is not there, pictures that
    /// are missing, old backups that could not be removed.
    pub problems: Vec<Failure>,
}

/// Where backups go. Of this machine: never merged, never exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct BackupSettings {
    /// The folder, when a person chose one; else the one beside the collection.
    pub folder: Option<String>,
    /// The folder in force.
    pub folder_in_force: String,
    /// Bytes that the backups of a folder may take, pictures and sounds not counted.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub budget_bytes: u64,
    /// A second folder, for copies on another disk.
    pub second_folder: Option<String>,
    /// Whether a person has answered the offer of a second folder.
    pub offer_answered: bool,
}

/// An offer of a second folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SecondFolderOffer {
    /// Disks on which it could be, the roomiest first.
    pub disks: Vec<OtherDisk>,
}

/// Another disk of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OtherDisk {
    /// Where it is mounted.
    pub path: String,
    /// Its name, as the system gives it; may be empty.
    pub name: String,
    /// Whether it can be unplugged.
    pub removable: bool,
    /// Free bytes.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub free: u64,
    /// The folder that is proposed there.
    pub folder: String,
}

/// A backup was put back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Restored {
    /// The backup of what was there before, for going forward again; `None` when it could not be
    /// read.
    pub undo: Option<Backup>,
    /// Where the former file was kept aside, when it could not be read.
    pub kept_aside: Option<String>,
    /// Pictures and sounds that the backup names and that are nowhere to be found.
    pub media_missing: u32,
    /// What went wrong beside it and broke nothing.
    pub problems: Vec<Failure>,
}

/// The last restore of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RestoredFrom {
    /// When, RFC 3339, in the local time of then.
    pub at: String,
    /// When the backup that was put back had been made, RFC 3339.
    pub made_at: String,
    /// The backup that takes the restore back, when it is still there.
    pub undo: Option<Backup>,
}
