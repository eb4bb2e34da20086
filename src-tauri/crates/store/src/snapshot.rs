//! Snapshots: whole copies of the collection beside it, made by `VACUUM INTO`.

use std::path::{Path, PathBuf};

use cairn_core::day::Moment;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};

use crate::collection::Collection;
use crate::error::{Error, Result};

/// A whole copy of a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Snapshot {
    /// Where it lies.
    pub path: String,
    /// When it was made, RFC 3339, UTC.
    pub made_at: String,
    /// Cards in it.
    pub cards: u32,
    /// Answers in its log.
    pub answers: u32,
}

/// Why a snapshot is made; part of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    BeforeUpdate,
    Daily,
}

/// Daily snapshots that are kept.
const KEPT: usize = 7;
const DAY_MS: i64 = 86_400_000;
const EXTENSION: &str = "cairn-snapshot";

/// The folder of the snapshots of a collection: `collection.db` has `collection.db.snapshots/`.
fn folder(collection: &Path) -> PathBuf {
    let mut name = collection.as_os_str().to_owned();
    name.push(".snapshots");
    PathBuf::from(name)
}

fn files(collection: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder(collection)) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
        .collect();
    found.sort();
    found
}

pub(crate) fn any_for(collection: &Path) -> bool {
    !files(collection).is_empty()
}

/// Copies the collection as `conn` sees it; gives the file once it is whole.
pub(crate) fn take(
    conn: &Connection,
    collection: &Path,
    reason: Reason,
    now: Moment,
) -> Result<PathBuf> {
    let folder = folder(collection);
    std::fs::create_dir_all(&folder).map_err(|error| Error::io(&folder, error))?;
    let stamp = moment_utc(now.utc_ms).format("%Y%m%dT%H%M%S%3fZ");
    let reason = match reason {
        Reason::BeforeUpdate => "before-update",
        Reason::Daily => "daily",
    };
    let target = folder.join(format!("{stamp}-{reason}.{EXTENSION}"));
    let partial = target.with_extension("partial");
    let _ = std::fs::remove_file(&partial);
    conn.execute("VACUUM INTO ?", [partial.to_string_lossy()])?;
    let file = std::fs::File::open(&partial).map_err(|error| Error::io(&partial, error))?;
    file.sync_all().map_err(|error| Error::io(&partial, error))?;
    std::fs::rename(&partial, &target).map_err(|error| Error::io(&target, error))?;
    Ok(target)
}

/// The snapshots of the collection at `path` that can be read, newest first.
pub fn snapshots(path: &Path) -> Vec<Snapshot> {
    let mut found: Vec<Snapshot> = files(path).iter().filter_map(|file| describe(file)).collect();
    found.reverse();
    found
}

fn describe(file: &Path) -> Option<Snapshot> {
    let conn = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
    let (cards, answers) = conn
        .query_row(
            "SELECT (SELECT count(*) FROM card WHERE gone = 0),
                    (SELECT count(*) FROM review_log WHERE kind IN ('review', 'drill'))",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .ok()?;
    let stamp = file.file_name()?.to_str()?.split('-').next()?;
    let made = chrono::NaiveDateTime::parse_from_str(stamp, "%Y%m%dT%H%M%S%3fZ").ok()?;
    Some(Snapshot {
        path: file.to_string_lossy().into_owned(),
        made_at: made.and_utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        cards,
        answers,
    })
}

fn moment_utc(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

impl Collection {
    /// Makes a daily snapshot when the newest is a day old, on a connection of its own, and thins
    /// out the older daily ones. For a quiet moment; reads while others write.
    pub fn snapshot_daily(path: &Path, now: Moment) -> Result<bool> {
        let newest = snapshots(path).into_iter().next();
        let newest_ms = newest
            .and_then(|snapshot| DateTime::parse_from_rfc3339(&snapshot.made_at).ok())
            .map(|made| made.timestamp_millis());
        if newest_ms.is_some_and(|made| (0..DAY_MS).contains(&(now.utc_ms - made))) {
            return Ok(false);
        }
        let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        take(&conn, path, Reason::Daily, now)?;
        let daily: Vec<PathBuf> = files(path)
            .into_iter()
            .filter(|file| file.to_string_lossy().contains("-daily."))
            .collect();
        for old in daily.iter().take(daily.len().saturating_sub(KEPT)) {
            std::fs::remove_file(old).map_err(|error| Error::io(old, error))?;
        }
        Ok(true)
    }

    /// Puts a snapshot in the place of the collection at `path`. What was there is kept beside it,
    /// under a new name; gives that name.
    pub fn restore(path: &Path, snapshot: &Path, now: Moment) -> Result<PathBuf> {
        if describe(snapshot).is_none() {
            let name = snapshot.display().to_string();
            return Err(Error::NotFound { what: "snapshot", name });
        }
        let stamp = moment_utc(now.utc_ms).format("%Y%m%dT%H%M%S%3fZ").to_string();
        let aside = |suffix: &str| sibling(path, &format!(".before-restore-{stamp}{suffix}"));
        let fresh = sibling(path, ".restoring");
        std::fs::copy(snapshot, &fresh).map_err(|error| Error::io(&fresh, error))?;
        std::fs::File::open(&fresh)
            .and_then(|file| file.sync_all())
            .map_err(|error| Error::io(&fresh, error))?;
        for suffix in ["-wal", "-shm", ""] {
            let from = sibling(path, suffix);
            if from.exists() {
                std::fs::rename(&from, aside(suffix)).map_err(|error| Error::io(&from, error))?;
            }
        }
        std::fs::rename(&fresh, path).map_err(|error| Error::io(path, error))?;
        Ok(aside(""))
    }
}

fn sibling(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
