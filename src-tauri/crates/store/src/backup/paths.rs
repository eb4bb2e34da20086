//! Names of files beside a collection and in a backup folder, and getting names onto the disk.

use std::fs;
use std::path::{Path, PathBuf};

use cairn_core::day::Moment;
use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};

use crate::durable;
use crate::error::{Error, Result};

/// `collection.cairn` has `collection.cairn<suffix>` beside it.
pub(crate) fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The backup folder of a collection, unless a person chose another.
pub(crate) fn default_folder(collection: &Path) -> PathBuf {
    sibling(collection, ".backups")
}

/// A moment as it stands in a file's name: sorts, and means the same everywhere.
pub(crate) fn stamp(now: Moment) -> String {
    utc(now.utc_ms).format("%Y%m%dT%H%M%S%3fZ").to_string()
}

/// The moment of a stamp, in UTC.
pub(crate) fn of_stamp(stamp: &str) -> Option<Moment> {
    let time = chrono::NaiveDateTime::parse_from_str(stamp, "%Y%m%dT%H%M%S%3fZ").ok()?;
    Some(Moment { utc_ms: time.and_utc().timestamp_millis(), offset_minutes: 0 })
}

fn utc(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

/// RFC 3339, in the local time of the moment.
pub(crate) fn rfc3339(moment: Moment) -> String {
    let zone = FixedOffset::east_opt(moment.offset_minutes.saturating_mul(60));
    match zone {
        Some(zone) => {
            utc(moment.utc_ms).with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, true)
        }
        None => utc(moment.utc_ms).to_rfc3339_opts(SecondsFormat::Secs, true),
    }
}

/// Flushes a file, gives it its name, and flushes the name.
pub(crate) fn settle(partial: &Path, target: &Path) -> Result<()> {
    let io = |error| Error::io(target, error);
    // Windows flushes only what is open for writing.
    fs::OpenOptions::new()
        .write(true)
        .open(partial)
        .and_then(|file| file.sync_all())
        .map_err(io)?;
    durable::rename(partial, target).map_err(io)
}

/// Makes a folder with all that lie above it, and flushes their names.
pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    durable::make_folders(folder).map_err(|error| Error::io(folder, error))
}

/// A file's bytes copied, flushed and named.
pub(crate) fn copy(from: &Path, target: &Path) -> Result<()> {
    let partial = sibling(target, ".partial");
    let copied = fs::copy(from, &partial).map_err(|error| Error::io(target, error));
    let done = copied.and_then(|_| settle(&partial, target));
    if done.is_err() {
        let _ = fs::remove_file(&partial);
    }
    done
}
