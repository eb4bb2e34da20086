//! What can still be read of a damaged file, as a new collection.
//!
//! # Context
//! A disk, a sync tool or a power cut has spoiled pages of the file, and there is no backup or it is
//! old. Every row on a page that is whole must be brought over, also when what led to the page is
//! gone. The damaged file is never written: it may be all that a person has.
//!
//! # Design
//! SQLite gives up on a table at the first page that it can't read, so the pages are read here, by
//! the format of the file (`pages`, `tree`, `bytes`); nothing is opened by SQLite but the new file.
//! * From the root of each table down, every row goes into the new file (`walk`).
//! * Tables of which a part could not be reached also get the rows of pages that no root leads to: a
//!   row tells by its number of columns and their types what table it is of (`tables`). So a lost
//!   first page loses nothing but itself.
//! * Rows that changed bytes have made alike are told apart again (`clash`).
//! * Indexes still name rows that are lost: that says how many there were, and gives cards and notes
//!   back their own identity (`lost`).
//! * What lost its parent is adopted as a repair does it; schedules come from the log. Where rows of
//!   the log are lost, a card that knows more than what is left of its log keeps what it knows, by a
//!   row of the kind `set` (`anew`).

mod anew;
mod bytes;
mod clash;
mod lost;
mod named;
mod pages;
mod rows;
mod tables;
mod tree;
mod walk;

use std::fs;
use std::path::{Path, PathBuf};

use cairn_core::day::Moment;

use crate::backup::{lock, paths, swap};
use crate::check::Check;
use crate::check::view::{FindingKind, Mended, SalvageReport};
use crate::check::words::many;
use crate::error::{Error, Result};
use crate::intake::Watch;
use crate::open;
use crate::reader::Reader;

/// Reads what can be read of the file at `path` into a new file, and says what was lost. `watch` is
/// told how many pages are done, and of how many; `Break` ends it with nothing left behind.
///
/// # Errors
/// `NotACollection` where nothing of a collection is in the file; `BadValue` where there is something
/// at `into`; `Cancelled`.
pub fn salvage(path: &Path, into: &Path, now: Moment, watch: Watch<'_>) -> Result<SalvageReport> {
    if into.exists() {
        let why = format!("there is already something at {}", into.display());
        return Err(Error::BadValue { what: "into", why });
    }
    let partial = paths::sibling(into, ".partial");
    clear(&partial);
    let made = make(path, &partial, now, watch);
    if made.is_err() {
        clear(&partial);
    }
    let mut report = made?;
    paths::settle(&partial, into)?;
    // A connection that only reads leaves files behind.
    clear(&partial);
    report.path = into.to_string_lossy().into_owned();
    Ok(report)
}

/// Removes an unfinished file and all that lies beside it.
fn clear(partial: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal", ".lock"] {
        let _ = fs::remove_file(paths::sibling(partial, suffix));
    }
}

fn make(path: &Path, partial: &Path, now: Moment, watch: Watch<'_>) -> Result<SalvageReport> {
    let mut pages = pages::Pages::open(path)?;
    let (count, mut walk) = (pages.count(), walk::Walk::new(&mut pages));
    let conn = open::bare(partial)?;
    conn.execute_batch("PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE")?;
    let tables = tables::all(&conn)?;
    let mut told = |done, all| match watch(done, all).is_break() {
        true => Err(Error::Cancelled),
        false => Ok(()),
    };
    let refused = walk.reached(&conn, &tables, &mut told)?;
    let settled = clash::settle(&mut walk, &conn, &tables, refused, now)?;
    walk.strays(&conn, &tables, &mut told)?;
    clash::send_home(&mut walk, &conn, &tables)?;
    let rows: i64 = conn.query_row(
        "SELECT (SELECT count(*) FROM note) + (SELECT count(*) FROM card) +
           (SELECT count(*) FROM review_log) + (SELECT count(*) FROM device)",
        [],
        |row| row.get(0),
    )?;
    if rows == 0 {
        return Err(Error::NotACollection);
    }
    let lost = lost::Lost::of(&mut walk, &conn, &settled)?;
    conn.execute_batch("COMMIT")?;
    drop(conn);
    let mut mended = anew::finish(partial, path, &lost, now)?;
    if settled.taken > 0 {
        let count = settled.taken;
        let message = many(
            count,
            "row that was like another got a number or a name of its own",
            "rows that were like others got numbers or names of their own",
        );
        mended.insert(0, Mended { what: FindingKind::References, message, count });
    }
    let mut reader = Reader::open(partial)?;
    let beside = Reader::open(partial)?;
    // Pictures and sounds lie beside the old file, in whose place the new one is meant to be put.
    path.clone_into(&mut reader.path);
    let after = reader.check_beside(beside, Check { thorough: false, now }, watch)?;
    Ok(SalvageReport {
        path: String::new(),
        pages: count,
        unreadable: walk.unreadable(),
        lost: lost.sentences(&mended),
        tables: lost.tables,
        mended,
        after,
    })
}

/// The name of the file into which a collection is salvaged, beside it.
pub fn salvaged_name(path: &Path, now: Moment) -> PathBuf {
    paths::sibling(path, &format!(".salvaged-{}", paths::stamp(now)))
}

/// Puts a salvaged file in the place of the damaged one, which is kept beside it under a new name;
/// gives that name.
///
/// # Errors
/// `Busy` where anything has the collection open; `NotFound` where the salvaged file can't be read.
/// Nothing was changed then.
pub fn put_in_place(path: &Path, salvaged: &Path, now: Moment) -> Result<PathBuf> {
    if Reader::open(salvaged).is_err() {
        let name = salvaged.display().to_string();
        return Err(Error::NotFound { what: "salvaged file", name });
    }
    let _alone = lock::alone(path)?;
    swap::finish(path)?;
    paths::copy(salvaged, &swap::waiting(path))?;
    let aside = format!(".damaged-{}", paths::stamp(now));
    swap::swap(path, Some(aside.clone()))?;
    clear(salvaged);
    Ok(paths::sibling(path, &aside))
}
