//! The backup before a repair.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use cairn_core::day::Moment;
use chrono::DateTime;

use crate::backup::{self, Reason};
use crate::error::{Error, Result};
use crate::reader::Reader;

/// Makes a backup as ever. One that is not sound is refused there; then a plain copy is put beside
/// the collection, `<name>.before-repair-<time>`.
///
/// # Errors
/// Those of the backup that are no damage, and those of copying.
pub fn backup_before_repair(path: &Path, now: Moment) -> Result<()> {
    match backup::make(path, Reason::BeforeRepair, now) {
        Ok(_) => Ok(()),
        Err(Error::Damaged(_) | Error::Json(_) | Error::Sqlite(_)) => copy(path, now),
        Err(error) => Err(error),
    }
}

fn copy(path: &Path, now: Moment) -> Result<()> {
    let time = DateTime::from_timestamp_millis(now.utc_ms).unwrap_or_default();
    let mut name = path.as_os_str().to_owned();
    name.push(time.format(".before-repair-%Y%m%dT%H%M%S%3fZ").to_string());
    let target = PathBuf::from(&name);
    name.push(".partial");
    let partial = PathBuf::from(name);
    let _ = fs::remove_file(&partial);
    Reader::open(path)?.conn.execute("VACUUM INTO ?", [partial.to_string_lossy()])?;
    File::open(&partial)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(&partial, &target))
        .map_err(|error| Error::io(&target, error))
}
