//! Who has a collection open.
//!
//! # Context
//! Putting a backup back swaps the file. A program that still had the old one open would go on
//! writing answers into a file that nobody finds again.
//!
//! # Design
//! Everyone who opens a collection holds a shared lock on `<collection>.lock` while it is open;
//! whoever swaps the file holds it alone. The system lets go of a lock when its program dies. The
//! lock is not on the collection itself, where SQLite keeps its own. Where there can be no lock (a
//! network drive that knows none, a folder that may only be read) nobody is kept out: there, SQLite
//! itself says whether others are at the file.
//!
//! The file is made beside a collection only, never beside another program's file.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::{paths, settings, swap};
use crate::error::{Error, Result};

/// How long to wait for another program, in looks.
const LOOKS: u32 = 100;
const LOOK_AGAIN: Duration = Duration::from_millis(50);
const APPLICATION_ID_AT: usize = 68;
const APPLICATION_ID: &[u8] = b"Cair";

/// Holds a lock until dropped.
#[derive(Debug)]
pub(crate) struct Held(#[allow(dead_code, reason = "held, never read")] Option<File>);

/// For whoever opens the collection, to read or to write. A restore that was cut off is finished
/// first.
///
/// # Errors
/// `Busy` while a backup is being put back.
pub(crate) fn shared(path: &Path) -> Result<Held> {
    loop {
        let held = take(path, File::try_lock_shared)?;
        if !swap::is_open(path) {
            return Ok(held);
        }
        drop(held);
        let alone = alone(path)?;
        swap::finish(path)?;
        drop(alone);
    }
}

/// For whoever swaps the file.
///
/// # Errors
/// `Busy` while anybody has it open.
pub(crate) fn alone(path: &Path) -> Result<Held> {
    take(path, File::try_lock)
}

/// For whoever adds to or takes from the backups of a collection; waits for the one before.
pub(crate) fn backups(path: &Path) -> Result<Held> {
    let file = open(&paths::sibling(path, ".backup-lock"));
    if let Some(file) = &file {
        // Where there are no locks, names that never meet keep two apart.
        let _ = file.lock();
    }
    settings::tidy(path);
    Ok(Held(file))
}

fn take(path: &Path, lock: fn(&File) -> Result<(), TryLockError>) -> Result<Held> {
    if !may_have_lock(path) {
        return Ok(Held(None));
    }
    let Some(file) = open(&paths::sibling(path, ".lock")) else { return Ok(Held(None)) };
    for _ in 0..LOOKS {
        match lock(&file) {
            Ok(()) => return Ok(Held(Some(file))),
            Err(TryLockError::WouldBlock) => thread::sleep(LOOK_AGAIN),
            Err(TryLockError::Error(_)) => return Ok(Held(None)),
        }
    }
    Err(Error::Busy)
}

fn open(path: &Path) -> Option<File> {
    let made = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    // On a shared computer it may be another person's, who lets this one read it.
    made.or_else(|_| File::open(path)).ok()
}

/// Whether there is a collection at `path`, or one may be made there.
fn may_have_lock(path: &Path) -> bool {
    let start = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(72).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    match start() {
        Ok(bytes) => {
            bytes.is_empty()
                || bytes.get(APPLICATION_ID_AT..) == Some(APPLICATION_ID)
                || paths::sibling(path, ".lock").exists()
        }
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}
