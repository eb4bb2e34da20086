//! Removing backups that are no longer needed, by the rules of [`cairn_core::retention`].

use std::fs;
use std::path::Path;

use cairn_core::day::Moment;
use cairn_core::retention::{self, Class, Kept};

use super::file::Head;
use super::{Reason, list, media};
use crate::error::{Error, Failure, Result};

/// Thins the backups of one collection in a folder. Those of others, and files whose head can't be
/// read, are left alone. Gives what went wrong: a backup that was made is not lost by it.
pub(super) fn thin(
    collection: &Path,
    folder: &Path,
    just_made: &Head,
    budget: u64,
    now: Moment,
) -> Option<Failure> {
    try_thin(collection, folder, just_made, budget, now).err().map(|error| error.failure(folder))
}

fn try_thin(
    collection: &Path,
    folder: &Path,
    just_made: &Head,
    budget: u64,
    now: Moment,
) -> Result<()> {
    let mut ours = list::heads(folder);
    ours.retain(|(_, head)| head.collection == just_made.collection);
    let kept: Vec<Kept> = ours
        .iter()
        .map(|(file, head)| Kept {
            made: head.made,
            clock: head.clock,
            class: class(head.reason),
            size: file.metadata().map_or(0, |data| data.len()),
        })
        .collect();
    let mut removed = false;
    for at in retention::superfluous(&kept, now, budget) {
        let (file, head) = &ours[at];
        if head == just_made {
            continue;
        }
        match fs::remove_file(file) {
            Ok(()) => removed = true,
            // Another program was faster.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Error::io(file, error)),
        }
    }
    if removed { media::remove_unnamed(collection, folder) } else { Ok(()) }
}

fn class(reason: Reason) -> Class {
    match reason {
        Reason::BeforeUpdate | Reason::BeforeRestore | Reason::BeforeRepair => Class::Risky,
        Reason::BeforeImport | Reason::Regular => Class::Regular,
        Reason::ByHand => Class::ByHand,
    }
}
