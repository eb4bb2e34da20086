//! Snapshots of versions before this one: plain databases in `<collection>.snapshots/`. Nothing makes
//! or removes them any more; they are listed and put back like any backup.

use std::path::{Path, PathBuf};

use cairn_core::day::Moment;
use serde::{Deserialize, Serialize};

use super::file::Head;
use super::{Confirmed, list, paths};
use crate::collection::Collection;
use crate::error::Result;

const EXTENSION: &str = "cairn-snapshot";

fn files(collection: &Path) -> impl Iterator<Item = PathBuf> {
    let entries = std::fs::read_dir(paths::sibling(collection, ".snapshots")).into_iter().flatten();
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
}

pub(super) fn any_for(collection: &Path) -> bool {
    files(collection).next().is_some()
}

/// Those that can be read.
pub(super) fn found(collection: &Path) -> impl Iterator<Item = (PathBuf, Head)> {
    files(collection).filter_map(|file| list::head_of(&file).map(|head| (file, head)))
}

/// A whole copy of a collection, as the shell asked for it before there were [`super::Backup`]s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Snapshot {
    /// Where it lies.
    pub path: String,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// Cards in it.
    pub cards: u32,
    /// Answers in its log.
    pub answers: u32,
}

/// As [`super::backups`], in the old shape.
pub fn snapshots(path: &Path) -> Vec<Snapshot> {
    let of = |backup: super::Backup| Snapshot {
        path: backup.path,
        made_at: backup.made_at,
        cards: backup.cards,
        answers: backup.answers,
    };
    super::backups(path).into_iter().map(of).collect()
}

impl Collection {
    /// As [`super::regular`], in the old shape.
    pub fn snapshot_daily(path: &Path, now: Moment) -> Result<bool> {
        super::regular(path, now).map(|made| made.is_some())
    }

    /// As [`super::restore`], in the old shape.
    pub fn restore(path: &Path, snapshot: &Path, now: Moment) -> Result<()> {
        super::restore(path, snapshot, Confirmed::default(), now).map(|_| ())
    }
}
