//! Snapshots of versions before this one: plain databases in `<collection>.snapshots/`. Nothing makes
//! or removes them any more; they are listed and put back like any backup.

use std::path::{Path, PathBuf};

use super::file::Head;
use super::{list, paths};

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
