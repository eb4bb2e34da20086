//! Making a backup.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use cairn_core::day::Moment;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::file::{self, EXTENSION, Head};
use super::list::{self, describe};
use super::settings::{self, Settings};
use super::{Made, Reason, lock, media, paths, thin};
use crate::error::{Error, Failure, Result};
use crate::open;

/// How often a backup is made by itself, in milliseconds of use.
const REGULAR_MS: i64 = 30 * 60 * 1000;
/// A copy up to this size, in bytes, is checked row by row when it is made.
const CHECKED_WHOLE: u64 = 64 << 20;
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// Tells the uncompressed copies of two threads apart.
static COPIES: AtomicU64 = AtomicU64::new(0);

/// Makes a backup of the collection at `path`, on connections of its own: nobody who answers waits.
/// Then removes backups that are no longer needed.
///
/// # Errors
/// Those of opening a collection; `Damaged` when what can be read of it is not sound. Nothing is left
/// half-written. What goes wrong with a second folder, or with old backups, is told in
/// [`Made::problems`].
pub fn make(path: &Path, reason: Reason, now: Moment) -> Result<Made> {
    let _held = lock::shared(path)?;
    let _alone = lock::backups(path)?;
    make_locked(path, reason, now)
}

/// Makes a backup unless one of just this state is there already.
///
/// # Errors
/// Those of [`make`].
pub fn make_if_changed(path: &Path, reason: Reason, now: Moment) -> Result<Option<Made>> {
    let _held = lock::shared(path)?;
    let _alone = lock::backups(path)?;
    if is_backed_up(path)? {
        return Ok(None);
    }
    make_locked(path, reason, now).map(Some)
}

/// Makes the regular backup when something changed and the last one was half an hour ago. Cheap when
/// there is nothing to do: for calling every minute.
///
/// # Errors
/// Those of [`make`].
pub fn regular(path: &Path, now: Moment) -> Result<Option<Made>> {
    let _held = lock::shared(path)?;
    let _alone = lock::backups(path)?;
    // What was made after now was made before the clock was set back: it says nothing of when.
    let is_fresh = |made: i64| made <= now.utc_ms && now.utc_ms - made < REGULAR_MS;
    let conn = read(path)?;
    let collection = list::collection_of(&conn)?;
    let folder = Settings::load(&conn, path)?.usable_folder().0;
    let is_soon = list::heads(&folder)
        .into_iter()
        .any(|(_, head)| Some(head.collection) == collection && is_fresh(head.made.utc_ms));
    drop(conn);
    if is_soon || is_backed_up(path)? {
        return Ok(None);
    }
    make_locked(path, Reason::Regular, now).map(Some)
}

/// Whether the folder in force has a backup of just this state: the same acts, the same format.
fn is_backed_up(path: &Path) -> Result<bool> {
    let conn = read(path)?;
    let (collection, known) = (list::collection_of(&conn)?, list::known(&conn)?);
    let format = open::format(&conn)?;
    let folder = Settings::load(&conn, path)?.usable_folder().0;
    Ok(list::heads(&folder).into_iter().any(|(_, head)| {
        Some(head.collection) == collection && head.known == known && head.format == format
    }))
}

/// Opens a collection of any format for reading, and waits for nobody.
pub(super) fn read(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY_TIMEOUT)?;
    Ok(conn)
}

/// Copies the database at `from` with what its log holds.
pub(super) fn vacuum_into(from: &Path, to: &Path) -> Result<()> {
    vacuum(&read(from)?, to)
}

fn vacuum(conn: &Connection, to: &Path) -> Result<()> {
    let name = to.as_os_str().as_encoded_bytes();
    conn.execute("VACUUM INTO ?", [ToSqlOutput::Borrowed(ValueRef::Text(name))])?;
    Ok(())
}

/// As [`make`], for whoever holds the locks.
pub(super) fn make_locked(path: &Path, reason: Reason, now: Moment) -> Result<Made> {
    let conn = read(path)?;
    let before = list::known(&conn)?;
    let settings = Settings::load(&conn, path)?;
    let (folder, problem) = settings.usable_folder();
    paths::make_folder(&folder)?;
    // Counting takes as long as a third of the copying, so it goes on beside it.
    let (copy, counted) = thread::scope(|scope| {
        let counted = scope.spawn(|| {
            let conn = read(path)?;
            describe(&*conn.unchecked_transaction()?, path, reason, now)
        });
        (Copy::of(&conn, path), counted.join().ok().and_then(Result::ok))
    });
    let copy = copy?;
    let checked = read(&copy.0)?;
    let named = media::named(&checked)?;
    let mut problems: Vec<Failure> = problem.into_iter().collect();
    let missing = media::keep(path, &folder, &named)?;
    problems.extend(media::told(missing, path));

    let collection = list::collection_of(&checked)?.unwrap_or_default();
    let target = free_name(&folder, now, reason, collection);
    let partial = paths::sibling(&target, ".partial");
    let devices = list::known(&checked)?.len();
    remove_leftovers(&folder, collection);
    let written = file::write(&partial, &named.concat(), devices, &copy.0, || {
        let head = match counted {
            // Of the same acts, so of the same counts.
            Some(head) if head.known == list::known(&checked)? => {
                Head { size: file::size(&copy.0)?, ..head }
            }
            _ => describe(&checked, &copy.0, reason, now)?,
        };
        let is_behind = |(device, seq)| head.known.get(device).is_none_or(|there| there < seq);
        if before.iter().any(is_behind) {
            return Err(Error::Damaged("a copy of it lacks what was written last".into()));
        }
        check(&checked, head.size)?;
        Ok(head)
    });
    drop((checked, copy));
    let head = written.and_then(|head| paths::settle(&partial, &target).map(|()| head));
    let head = head.inspect_err(|_| drop(fs::remove_file(&partial)))?;
    settings::leave_note(path, &head, &settings);
    problems.extend(thin::thin(path, &folder, &head, settings.budget, now));
    if let Some(second) = &settings.second {
        problems.extend(super::second::copy(path, &target, second, &head, &settings, now));
    }
    let backup = list::backup(&target, &head, false);
    Ok(Made { backup, problems })
}

/// An uncompressed copy beside the collection, gone when dropped. It is only passed through: it need
/// not survive a power cut, and is not flushed.
struct Copy(PathBuf);

impl Copy {
    fn of(conn: &Connection, path: &Path) -> Result<Self> {
        Self::remove_leftovers(path);
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        let copy = Self(paths::sibling(path, &format!(".copy-{}-{number}", std::process::id())));
        copy.remove();
        conn.pragma_update(None, "synchronous", "OFF")?;
        vacuum(conn, &copy.0)?;
        Ok(copy)
    }

    fn remove(&self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(paths::sibling(&self.0, suffix));
        }
    }

    /// Copies of programs that were killed. Whoever calls this holds the lock of the backups.
    fn remove_leftovers(path: &Path) {
        let prefix = paths::sibling(path, ".copy-");
        let (Some(folder), Some(prefix)) = (path.parent(), prefix.file_name()) else { return };
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes()) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        let held = File::open(&self.0);
        self.remove();
        // A large file gives its room back when nobody has it open any more, which takes a while.
        drop(thread::Builder::new().name("room".into()).spawn(move || drop(held)));
    }
}

/// Whether a copy is sound: each page and each row of one that is not large; of a large one, that
/// every table can be walked from end to end. (Each row is looked at before one is put back.)
fn check(copy: &Connection, size: u64) -> Result<()> {
    if size <= CHECKED_WHOLE {
        let verdict: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        return match verdict.as_str() {
            "ok" => Ok(()),
            fault => Err(Error::Damaged(fault.replace('\n', ": "))),
        };
    }
    let tables: Vec<String> = copy
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables {
        let name = table.replace('"', "\"\"");
        let sql = format!("SELECT count(*) FROM \"{name}\" NOT INDEXED");
        copy.query_row(&sql, [], |row| row.get::<_, i64>(0))?;
    }
    Ok(())
}

/// A name that no file in the folder has: when, why, and of which collection, so that several may
/// share a folder.
fn free_name(folder: &Path, now: Moment, reason: Reason, collection: Uuid) -> PathBuf {
    let start = format!("{}-{}-{}", paths::stamp(now), list::word(reason), short(collection));
    let first = folder.join(format!("{start}.{EXTENSION}"));
    let others = (2..).map(|n: u32| folder.join(format!("{start}-{n}.{EXTENSION}")));
    std::iter::once(first.clone()).chain(others).find(|name| !name.exists()).unwrap_or(first)
}

/// The end of a collection's UUID: its beginning is the time at which it was made.
fn short(collection: Uuid) -> String {
    let text = collection.simple().to_string();
    text[text.len() - 8..].to_owned()
}

/// Half-written backups of this collection, of programs that were killed.
fn remove_leftovers(folder: &Path, collection: Uuid) {
    let mark = format!("-{}", short(collection));
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".partial") && name.contains(&mark) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
