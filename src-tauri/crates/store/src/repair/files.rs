//! Pictures and sounds whose files are missing or are others.

use std::fs;
use std::path::{Path, PathBuf};

use super::as_count;
use crate::act::Act;
use crate::check::{media_fault, media_rows};
use crate::error::{Error, Result};
use crate::intake::media;

/// Looks for files in folders that hold them by hash, and brings them; gives how many were found.
pub(crate) fn find(act: &Act<'_>, collection: &Path, folders: &[PathBuf]) -> Result<u32> {
    let mut found = 0;
    for (sha256, size, _) in media_rows(&act.tx)? {
        let target = media::file(collection, &sha256);
        if media_fault(&target, &sha256, size, true).is_none() {
            continue;
        }
        let places = folders.iter().flat_map(|folder| {
            [folder.join(&sha256), folder.join(sha256.get(..2).unwrap_or("xx")).join(&sha256)]
        });
        for place in places {
            if media_fault(&place, &sha256, size, true).is_none() {
                bring(&place, &target)?;
                found += 1;
                break;
            }
        }
    }
    Ok(as_count(found))
}

/// Copies a file to its place. What is there and is not what it should be is kept beside it.
fn bring(from: &Path, target: &Path) -> Result<()> {
    if target.exists() {
        let aside = target.with_extension("damaged");
        fs::rename(target, &aside).map_err(|error| Error::io(&aside, error))?;
    }
    media::bring(from, target)
}
