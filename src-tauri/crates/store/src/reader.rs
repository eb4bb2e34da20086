//! A second, read-only look at a collection, for exports, checks and backups.
//!
//! # Design
//! A connection of its own: SQLite's write-ahead log lets it read while answers are written, so
//! nothing that only reads ever makes a person wait. What it reads within one transaction is the
//! collection at one moment.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::backup::lock::{self, Held};
use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::open;

const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// A collection open for reading. It may be sent to another thread.
pub struct Reader {
    pub(crate) path: PathBuf,
    pub(crate) conn: Connection,
    /// Keeps others from swapping the file.
    _held: Held,
}

impl Reader {
    /// Opens the collection at `path` for reading alone.
    ///
    /// # Errors
    /// Those of [`Collection::open`], and `OlderVersion` where it was never opened by this version.
    pub fn open(path: &Path) -> Result<Self> {
        if path.is_dir() {
            return Err(Error::NotWritable("it is a folder, not a file".into()));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        match Self::at(path, path, flags) {
            // In a folder that may not be written SQLite can't make the files that it shares with
            // other programs. Where nothing waits to be taken in, it can do without.
            Err(Error::NotWritable(_)) if path.is_file() && nothing_waits(path) => {
                Self::at(path, &immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)
            }
            opened => opened,
        }
    }

    fn at(path: &Path, place: &Path, flags: OpenFlags) -> Result<Self> {
        let held = lock::shared(path)?;
        let conn = Connection::open_with_flags(place, flags)?;
        conn.busy_timeout(BUSY_TIMEOUT)?;
        open::must_be_current(&conn)?;
        Ok(Self { path: path.to_owned(), conn, _held: held })
    }

    /// Another look at the same file.
    pub(crate) fn again(&self) -> Result<Self> {
        Self::open(&self.path)
    }

    /// Where the collection lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Whether everything that was written lies in the main file.
fn nothing_waits(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    Path::new(&log).metadata().map_or(0, |data| data.len()) == 0
}

/// The address by which SQLite takes a file as one that nobody changes.
fn immutable(path: &Path) -> PathBuf {
    let mut address = String::from("file:");
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    // A drive letter comes after a slash.
    if cfg!(windows) && !path.starts_with('/') {
        address.push('/');
    }
    for character in path.chars() {
        match character {
            '%' => address.push_str("%25"),
            '?' => address.push_str("%3f"),
            '#' => address.push_str("%23"),
            character => address.push(character),
        }
    }
    address.push_str("?immutable=1");
    PathBuf::from(address)
}

impl Collection {
    /// A second look at the same file, for reading alone, which nothing here waits for.
    pub fn reader(&self) -> Result<Reader> {
        Reader::open(&self.path)
    }
}
