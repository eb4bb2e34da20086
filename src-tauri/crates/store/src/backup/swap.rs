//! Putting another file in the place of a collection.
//!
//! # Context
//! A collection is up to four files: the database, `-wal`, `-shm`, and `-journal` in a few moments of
//! its life. What SQLite finds in a `-wal` it plays into whatever database lies beside it: an old log
//! beside a new database would spoil it. Files can only be renamed one by one, and the power may fail
//! between any two.
//!
//! # Design
//! 1. The new database is whole and flushed, as `<collection>.restoring`.
//! 2. A note of what is intended, `<collection>.swap`, is flushed. From here on the swap *will*
//!    happen: by us, or by whoever opens the collection next.
//! 3. `-wal`, `-journal`, `-shm` are moved aside (they are gone already where the old collection could
//!    be read: it was closed properly). The old database is linked or copied aside, where that was
//!    asked for.
//! 4. The new database is renamed over the old one: one step of the system.
//! 5. The note is removed.
//!
//! [`finish`] does 3 to 5 and may be called any number of times. Killed before 2, the old collection
//! is as it was; after 2, [`finish`] makes it the new one before anything else may open it.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::paths::{self, sibling};
use crate::durable;
use crate::error::{Error, Result};

/// What SQLite keeps beside a database. All of it belongs to the old one.
const COMPANIONS: [&str; 3] = ["-wal", "-journal", "-shm"];

#[derive(Serialize, Deserialize)]
struct Note {
    /// Suffix under which the old files are kept; `None` when a backup holds all of them.
    aside: Option<String>,
}

fn note(path: &Path) -> PathBuf {
    sibling(path, ".swap")
}

/// Where the new database waits.
pub(crate) fn waiting(path: &Path) -> PathBuf {
    sibling(path, ".restoring")
}

/// Whether a swap was begun and not finished.
pub(super) fn is_open(path: &Path) -> bool {
    note(path).exists()
}

/// Puts [`waiting`], which is whole and flushed, in the place of the collection. The caller holds the
/// lock alone. The old files are kept under their names with `aside` added.
pub(crate) fn swap(path: &Path, aside: Option<String>) -> Result<()> {
    let partial = sibling(path, ".swap-partial");
    let text = serde_json::to_vec(&Note { aside })?;
    let begun = File::create(&partial)
        .and_then(|mut file| file.write_all(&text))
        .map_err(|error| Error::io(&partial, error))
        .and_then(|()| paths::settle(&partial, &note(path)));
    if let Err(error) = begun {
        let _ = fs::remove_file(&partial);
        let _ = fs::remove_file(waiting(path));
        return Err(error);
    }
    finish(path)
}

/// Finishes a swap that was begun. The caller holds the lock alone.
pub(crate) fn finish(path: &Path) -> Result<()> {
    let text = match fs::read(note(path)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io(&note(path), error)),
    };
    let fresh = waiting(path);
    // Without the new database, the swap has happened: what lies beside is the new one's own.
    if fresh.exists() {
        let note: Note = serde_json::from_slice(&text)?;
        set_aside(path, note.aside.as_deref())?;
        durable::rename(&fresh, path).map_err(|error| Error::io(path, error))?;
    }
    fs::remove_file(note(path)).map_err(|error| Error::io(&note(path), error))?;
    durable::flush_name(path);
    Ok(())
}

fn set_aside(path: &Path, aside: Option<&str>) -> Result<()> {
    for companion in COMPANIONS {
        let from = sibling(path, companion);
        let moved = match aside {
            Some(aside) => fs::rename(&from, sibling(path, &format!("{aside}{companion}"))),
            None => fs::remove_file(&from),
        };
        match moved {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::io(&from, error));
            }
            _ => {}
        }
    }
    let kept = aside.map(|aside| sibling(path, aside));
    if let Some(kept) = kept.filter(|kept| !kept.exists() && path.exists())
        && fs::hard_link(path, &kept).is_err()
    {
        paths::copy(path, &kept)?;
    }
    durable::flush_name(path);
    Ok(())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use rusqlite::Connection;

    use super::*;
    use crate::backup::lock;

    const ASIDE: &str = ".aside";

    fn database(path: &Path, content: &str) {
        let conn = Connection::open(path).unwrap();
        conn.execute_batch("PRAGMA application_id = 1130457458; CREATE TABLE t (x)").unwrap();
        conn.execute("INSERT INTO t VALUES (?)", [content]).unwrap();
    }

    fn content(path: &Path) -> String {
        let conn = Connection::open(path).unwrap();
        let verdict: String =
            conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(verdict, "ok");
        conn.query_row("SELECT x FROM t", [], |row| row.get(0)).unwrap()
    }

    /// An old collection with a log of its own beside it, and a new one that waits.
    fn prepared(folder: &Path) -> PathBuf {
        let path = folder.join("c.cairn");
        database(&path, "old");
        let conn = Connection::open(&path).unwrap();
        conn.pragma_update(None, "journal_mode", "WAL").unwrap();
        conn.execute("UPDATE t SET x = 'old, and more'", []).unwrap();
        // As a kill leaves it: the log was not taken into the database.
        let log = std::fs::read(sibling(&path, "-wal")).unwrap();
        drop(conn);
        std::fs::write(sibling(&path, "-wal"), log).unwrap();
        database(&waiting(&path), "new");
        path
    }

    fn intend(path: &Path, aside: Option<&str>) {
        let note_text = serde_json::to_vec(&Note { aside: aside.map(str::to_owned) }).unwrap();
        fs::write(note(path), note_text).unwrap();
    }

    #[test]
    fn killed_before_the_note_the_old_one_is_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = prepared(folder.path());
        drop(lock::shared(&path).unwrap());
        assert_eq!(content(&path), "old, and more");
    }

    #[rstest]
    #[case::at_once(0)]
    #[case::after_the_log_was_moved(1)]
    #[case::after_the_old_one_was_linked(2)]
    #[case::after_the_rename(3)]
    fn killed_after_the_note_the_next_to_open_finds_the_new_one(
        #[case] done: usize,
        #[values(None, Some(ASIDE))] aside: Option<&str>,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = prepared(folder.path());
        intend(&path, aside);
        let steps: [&dyn Fn(); 3] = [
            &|| match aside {
                Some(aside) => {
                    let kept = sibling(&path, &format!("{aside}-wal"));
                    fs::rename(sibling(&path, "-wal"), kept).unwrap();
                }
                None => fs::remove_file(sibling(&path, "-wal")).unwrap(),
            },
            &|| {
                if let Some(aside) = aside {
                    fs::hard_link(&path, sibling(&path, aside)).unwrap();
                }
            },
            &|| fs::rename(waiting(&path), &path).unwrap(),
        ];
        steps.iter().take(done).for_each(|step| step());
        drop(lock::shared(&path).unwrap());
        assert!(!is_open(&path) && !waiting(&path).exists());
        assert_eq!(content(&path), "new");
        if let Some(aside) = aside {
            assert_eq!(content(&sibling(&path, aside)), "old, and more", "all of it was kept");
        }
        drop(lock::shared(&path).unwrap());
        assert_eq!(content(&path), "new", "and opened again, it stays");
    }

    #[test]
    fn a_log_of_the_new_one_is_not_taken_for_one_of_the_old() {
        let folder = tempfile::tempdir().unwrap();
        let path = prepared(folder.path());
        swap(&path, None).unwrap();
        assert_eq!(content(&path), "new");
        // Killed between the rename and the removal of the note, then opened by a program that
        // knows nothing of the note, and killed again.
        let conn = Connection::open(&path).unwrap();
        conn.pragma_update(None, "journal_mode", "WAL").unwrap();
        conn.execute("UPDATE t SET x = 'newer'", []).unwrap();
        intend(&path, None);
        finish(&path).unwrap();
        assert_eq!(content(&path), "newer");
    }

    #[test]
    fn whoever_opens_waits_for_whoever_swaps() {
        let folder = tempfile::tempdir().unwrap();
        let path = prepared(folder.path());
        let alone = lock::alone(&path).unwrap();
        let opener = path.clone();
        let opening = std::thread::spawn(move || {
            drop(lock::shared(&opener).unwrap());
            content(&opener)
        });
        swap(&path, None).unwrap();
        drop(alone);
        assert_eq!(opening.join().unwrap(), "new");
    }
}
