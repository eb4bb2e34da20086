//! A second, read-only look at a collection, for exports, checks and backups.
//!
//! # Design
//! A connection of its own: SQLite's write-ahead log lets it read while answers are written, so
//! nothing that only reads ever makes a person wait. What it reads within one transaction is the
//! collection at one moment.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::collection::Collection;
use crate::error::Result;
use crate::open;

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A collection open for reading. It may be sent to another thread.
pub struct Reader {
    pub(crate) path: PathBuf,
    pub(crate) conn: Connection,
}

impl Reader {
    /// Opens the collection at `path` for reading alone.
    ///
    /// # Errors
    /// Those of [`Collection::open`], and `OlderVersion` where it was never opened by this version.
    pub fn open(path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(BUSY_TIMEOUT)?;
        open::must_be_current(&conn)?;
        Ok(Self { path: path.to_owned(), conn })
    }

    /// Where the collection lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Collection {
    /// A second look at the same file, for reading alone, which nothing here waits for.
    pub fn reader(&self) -> Result<Reader> {
        Reader::open(&self.path)
    }
}
