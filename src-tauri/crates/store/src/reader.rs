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
/// How often several looks are begun anew because somebody wrote meanwhile.
const TRIES: usize = 100;

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

    /// Several looks at the same file, each for a thread of its own, which all see the collection at
    /// one moment for as long as they are kept.
    ///
    /// # Errors
    /// Those of [`Reader::open`]; `Busy` when somebody writes without a pause.
    pub(crate) fn at_one_moment(&self, count: usize) -> Result<Vec<Self>> {
        let readers: Vec<Self> = (0..count.max(1)).map(|_| self.again()).collect::<Result<_>>()?;
        for _ in 0..TRIES {
            let before = last_commit(&readers)?;
            for reader in &readers {
                reader.conn.execute_batch("BEGIN")?;
                // The transaction sees what is there when it first reads.
                reader.conn.query_row("SELECT count(*) FROM meta", [], |_| Ok(()))?;
            }
            if last_commit(&readers)? == before {
                return Ok(readers);
            }
            readers.iter().try_for_each(|reader| reader.conn.execute_batch("ROLLBACK"))?;
        }
        Err(Error::Busy)
    }

    /// Where the collection lies.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Changes whenever somebody else wrote, as the last of the readers sees it: where it is the same
/// before any of them began and after all did, nothing was written in between.
fn last_commit(readers: &[Reader]) -> Result<i64> {
    let last = readers.last().ok_or(Error::Busy)?;
    Ok(last.conn.query_row("PRAGMA data_version", [], |row| row.get(0))?)
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::thread;

    use cairn_core::day::Moment;

    use super::*;

    const SCRATCH: &str = "SELECT n FROM scratch";

    fn seen(reader: &Reader) -> i64 {
        reader.conn.query_row(SCRATCH, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn each_connection_has_a_page_cache_of_its_own() {
        let conn = Connection::open_in_memory().unwrap();
        let mut options = conn.prepare("PRAGMA compile_options").unwrap();
        let options: Vec<String> =
            options.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let shared = options.iter().any(|option| option == "ENABLE_MEMORY_MANAGEMENT");
        assert!(!shared, "cargo reads .cargo/config.toml only when it runs in this repository");
    }

    #[test]
    fn several_readers_see_one_moment_while_somebody_writes() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.cairn");
        let now = Moment { utc_ms: 1_795_291_200_000, offset_minutes: 0 };
        Collection::open(&path, now).unwrap();
        let writer = Connection::open(&path).unwrap();
        writer
            .execute_batch("CREATE TABLE scratch (n INTEGER); INSERT INTO scratch VALUES (0)")
            .unwrap();
        let reader = Reader::open(&path).unwrap();
        let ended = &AtomicBool::new(false);
        thread::scope(|scope| {
            scope.spawn(move || {
                while !ended.load(Ordering::Relaxed) {
                    writer.execute_batch("UPDATE scratch SET n = n + 1").unwrap();
                    // A pause in which several can begin; how many do is another matter.
                    thread::sleep(Duration::from_micros(500));
                }
            });
            let mut last = 0;
            while last < 100 {
                let readers = reader.at_one_moment(3).unwrap();
                let first: Vec<i64> = readers.iter().map(seen).collect();
                assert!(first.iter().all(|n| *n == first[0]), "{first:?}");
                let again: Vec<i64> = readers.iter().map(seen).collect();
                assert_eq!(first, again, "and go on seeing it");
                last = first[0];
            }
            ended.store(true, Ordering::Relaxed);
        });
    }
}
