//! Places that are no good for a collection: folders that a sync program manages, and network drives.
//!
//! # Context
//! A database is more than one file, and is written in the middle. A sync program copies what it sees
//! when it sees it, one file after the other, and makes two files out of two changes; a network drive
//! promises locks that it does not keep. Both have cost people months of answers. A **backup** is
//! written once and never changed: such a folder is a good place for those.
//!
//! # Design
//! [`judge`] is pure: it looks at a path and at [`Surroundings`], which tests make up. [`warning`] asks
//! the system. A cloud is known by the names of its folders, or by the files that it leaves in its
//! root; a network drive by its file system.

mod cloud;
mod disk;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use disk::{Disk, disk_of, disks};

/// What manages a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// A program that keeps the folder the same on several computers.
    Cloud,
    /// A drive of another computer.
    Network,
}

/// A place that is no good for a collection, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PlaceWarning {
    /// What manages it.
    pub kind: PlaceKind,
    /// Its name: `Dropbox`, `a network drive (nfs)`.
    pub name: String,
    /// What may happen there.
    pub reason: String,
    /// What to do instead.
    pub better: String,
}

/// What there is to know about a computer, as far as places go.
pub struct Surroundings<'a> {
    /// Its disks.
    pub disks: &'a [Disk],
    /// The person's folder.
    pub home: Option<&'a Path>,
    /// Whether it is a Mac, where iCloud may manage Desktop and Documents.
    pub is_mac: bool,
    /// The names in a folder; empty when there is none.
    pub names: &'a dyn Fn(&Path) -> Vec<String>,
}

/// What manages the place of a file or folder, by kind and name; `None` for an ordinary one.
pub fn judge(path: &Path, around: &Surroundings<'_>) -> Option<(PlaceKind, String)> {
    if let Some(name) = cloud::by_name(path).or_else(|| cloud::by_traces(path, around)) {
        return Some((PlaceKind::Cloud, name));
    }
    let network = |what: &str| (PlaceKind::Network, format!("a network drive ({what})"));
    if disk::is_unc(path) {
        return Some(network("a path of another computer"));
    }
    let disk = disk_of(path, around.disks)?;
    disk.is_network().then(|| network(&disk.file_system))
}

/// What speaks against keeping a collection at `path`; `None` when nothing does. Asks the system.
pub fn warning(path: &Path) -> Option<PlaceWarning> {
    look(path).map(|(kind, name)| in_words(kind, name))
}

/// A word on a backup folder that a cloud or a network drive holds: such a place is a good one.
pub fn backup_folder_note(folder: &Path) -> Option<String> {
    look(folder).map(|(kind, name)| match kind {
        PlaceKind::Cloud => format!(
            "This folder is managed by {name}. For backups that is fine: each is written once and never changed, and so you have them on another computer too."
        ),
        PlaceKind::Network => format!(
            "This folder is on {name}. For backups that is fine, as long as the drive is there: each is written once and never changed."
        ),
    })
}

fn look(path: &Path) -> Option<(PlaceKind, String)> {
    let real = resolve(path);
    let home = dirs::home_dir();
    let names = |folder: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    let around = Surroundings {
        disks: &disks(),
        home: home.as_deref(),
        is_mac: cfg!(target_os = "macos"),
        names: &names,
    };
    // As it is written, and where a link leads: a link into a cloud is in the cloud.
    judge(path, &around).or_else(|| judge(&real, &around))
}

/// Where a path really leads, also when its last parts do not exist yet.
fn resolve(path: &Path) -> PathBuf {
    let mut rest = Vec::new();
    for above in path.ancestors() {
        if let Ok(mut real) = above.canonicalize() {
            real.extend(rest.iter().rev());
            return real;
        }
        rest.extend(above.file_name());
    }
    path.to_owned()
}

fn in_words(kind: PlaceKind, name: String) -> PlaceWarning {
    let (reason, better) = match kind {
        PlaceKind::Cloud => (
            format!(
                "This collection lies in a folder that {name} keeps the same on several computers. It copies files while Cairn writes them, one by one, and makes two files when two computers have changed them: answers can get lost, and a half-copied file can't be opened."
            ),
            format!(
                "Keep the collection in a folder of this computer alone, and choose a folder in {name} for the backups: then it carries whole copies, which is what it does well."
            ),
        ),
        PlaceKind::Network => (
            format!(
                "This collection lies on {name}. Such drives don't reliably keep two programs apart, and lose what was just written when the connection breaks: the file can be damaged."
            ),
            "Keep the collection on a disk of this computer, and choose a folder on the drive for the backups.".to_owned(),
        ),
    };
    PlaceWarning { kind, name, reason, better }
}

#[cfg(test)]
mod tests;
