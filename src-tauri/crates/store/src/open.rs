//! Opening a collection file, with care.
//!
//! What can't be read is never overwritten; what a newer program wrote is not touched; before a
//! migration the file is copied by `VACUUM INTO`, which reads a consistent state also while another
//! program writes.

use std::path::Path;
use std::sync::LazyLock;
use std::time::Duration;

use cairn_core::day::Moment;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use rusqlite_migration::{M, Migrations};
use uuid::{NoContext, Timestamp, Uuid};

use crate::backup::{self, lock};
use crate::collection::Collection;
use crate::durable;
use crate::error::{Error, Result};

static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![
        M::up(include_str!("../migrations/0001_first.sql")),
        M::up(include_str!("../migrations/0002_key_changes.sql")),
        M::up(include_str!("../migrations/0003_elsewhere.sql")),
        M::up(include_str!("../migrations/0004_kinds_and_log.sql")),
    ])
});
/// Newest format that this program knows: the number of the last migration.
pub(crate) const FORMAT: i64 = 4;
/// "Cair" in ASCII: marks the file as ours.
const APPLICATION_ID: i64 = 0x4361_6972;
/// Checkpoints are made when idle; this is the ceiling, in pages of 4 KiB.
const WAL_CEILING_PAGES: i64 = 8192;
/// A file up to this size is checked whole on opening, in bytes.
const CHECKED_ON_OPENING: u64 = 8 << 20;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

impl Collection {
    /// Opens the collection at `path`, making it and its folder when there is none.
    ///
    /// # Errors
    /// `NewerVersion`, `NotACollection`, `Damaged`, `NotWritable`, `DiskFull`, `Busy`. In each case
    /// the file is as it was.
    pub fn open(path: &Path, now: Moment) -> Result<Self> {
        open(path, now).map_err(|error| match error {
            // A collection whose first page is gone looks like any other file.
            Error::NotACollection if backup::any_for(path) => {
                Error::Damaged("its first page can't be read".into())
            }
            error => error,
        })
    }
}

fn open(path: &Path, now: Moment) -> Result<Collection> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        durable::make_folders(folder).map_err(|error| Error::io(folder, error))?;
    }
    if path.is_dir() {
        return Err(Error::NotWritable("it is a folder, not a file".into()));
    }
    let held = lock::shared(path)?;
    let emptied = path.metadata().is_ok_and(|data| data.len() == 0);
    if emptied && backup::any_for(path) {
        return Err(Error::Damaged("the file is empty, though there are backups of it".into()));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY_TIMEOUT)?;
    let format = recognise(&conn)?;
    if format == Some(FORMAT) {
        check_small_file(&conn, path)?;
    }
    prepare(&conn)?;
    if format != Some(FORMAT) {
        if format.is_some() {
            backup::make_if_changed(path, backup::Reason::BeforeUpdate, now)?;
        }
        MIGRATIONS.to_latest(&mut conn)?;
    }
    let device = identify(&mut conn, now)?;
    Collection::new(path, conn, device, held)
}

/// Opens a collection of this format without looking whether it is sound, to put it right.
pub(crate) fn unchecked(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY_TIMEOUT)?;
    must_be_current(&conn)?;
    prepare(&conn)?;
    Ok(conn)
}

/// Makes an empty collection of this format without a device, to fill it row by row. Nothing is
/// flushed: whoever fills it does that in the end.
pub(crate) fn bare(path: &Path) -> Result<Connection> {
    let mut conn = Connection::open(path)?;
    conn.pragma_update(None, "synchronous", "OFF")?;
    MIGRATIONS.to_latest(&mut conn)?;
    Ok(conn)
}

/// The format of a collection, also of a newer one.
///
/// # Errors
/// `NotACollection`.
pub(crate) fn format(conn: &Connection) -> Result<i64> {
    match recognise(conn) {
        Ok(Some(format)) => Ok(format),
        Ok(None) => Err(Error::NotACollection),
        Err(Error::NewerVersion { found, .. }) => Ok(found),
        Err(error) => Err(error),
    }
}

/// The same, of one that this program knows.
///
/// # Errors
/// `NotACollection`, `NewerVersion`.
pub(crate) fn known_format(conn: &Connection) -> Result<i64> {
    recognise(conn)?.ok_or(Error::NotACollection)
}

/// Refuses a file that can't be read as it is.
pub(crate) fn must_be_current(conn: &Connection) -> Result<()> {
    match recognise(conn)? {
        Some(FORMAT) => Ok(()),
        Some(_) => Err(Error::OlderVersion),
        None => Err(Error::NotACollection),
    }
}

/// The format of the file, or `None` when it is empty. Reads only.
fn recognise(conn: &Connection) -> Result<Option<i64>> {
    let (application, format, things): (i64, i64, i64) = conn.query_row(
        "SELECT (SELECT application_id FROM pragma_application_id),
                (SELECT user_version FROM pragma_user_version),
                (SELECT count(*) FROM sqlite_schema)",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    match application {
        APPLICATION_ID if format > FORMAT => {
            Err(Error::NewerVersion { found: format, known: FORMAT })
        }
        APPLICATION_ID if format > 0 => Ok(Some(format)),
        0 | APPLICATION_ID if format == 0 && things == 0 => Ok(None),
        _ => Err(Error::NotACollection),
    }
}

fn check_small_file(conn: &Connection, path: &Path) -> Result<()> {
    if path.metadata().map_or(0, |data| data.len()) > CHECKED_ON_OPENING {
        return Ok(());
    }
    let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Error::Damaged(verdict.replace('\n', ": "))) }
}

fn prepare(conn: &Connection) -> Result<()> {
    conn.set_prepared_statement_cache_capacity(128);
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "trusted_schema", false)?;
    conn.pragma_update(None, "wal_autocheckpoint", WAL_CEILING_PAGES)?;
    conn.pragma_update(None, "cache_size", -32_768)?;
    Ok(())
}

/// The local id of this device; names the file and the device first when that was never done (or
/// when the program was killed between making the tables and naming them).
pub(crate) fn identify(conn: &mut Connection, now: Moment) -> Result<i64> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let known: Option<i64> = tx
        .query_row(
            "SELECT device.id FROM device JOIN meta ON meta.value = device.uuid
             WHERE meta.key = 'device'",
            [],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(device) = known {
        return Ok(device);
    }
    let (collection, device) = (new_uuid(now), new_uuid(now));
    tx.execute("INSERT INTO device (uuid) VALUES (?)", params![device.as_bytes()])?;
    let id = tx.last_insert_rowid();
    // Where only the device was lost, the collection keeps its name.
    tx.execute("INSERT OR IGNORE INTO meta VALUES ('collection', ?)", [collection.as_bytes()])?;
    tx.execute("INSERT OR REPLACE INTO meta VALUES ('device', ?)", [device.as_bytes()])?;
    tx.commit()?;
    Ok(id)
}

/// A UUID of version 7 for what is made here.
pub(crate) fn new_uuid(now: Moment) -> Uuid {
    let ms = u64::try_from(now.utc_ms).unwrap_or(0);
    let nanos = u32::try_from(ms % 1000).unwrap_or(0) * 1_000_000;
    Uuid::new_v7(Timestamp::from_unix(NoContext, ms / 1000, nanos))
}
