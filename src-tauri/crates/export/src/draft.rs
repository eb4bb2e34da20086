//! Files that are not there before they are whole.
//!
//! # Context
//! A disk may be full, a stick may be pulled out, a program may be killed. A file that was asked for
//! is either there, whole and on the disk, or it is as before.
//!
//! # Design
//! All is written into a hidden folder beside the place, on the same disk, and flushed; then each
//! thing is moved to its place in one step, which never writes over a file unless asked to. If a move
//! fails, those before it are taken back. The hidden folder goes with the draft, whatever happens; one
//! whose program was killed is found by the next export there: its lock is free.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use cairn_store::durable::{self, Flushing};
use tempfile::{Builder, TempDir, TempPath};

use crate::error::Error;
use crate::view::ExportedFile;

const PREFIX: &str = ".cairn-export-";
const SUFFIX: &str = ".part";
/// Held as long as the draft is.
const LOCK: &str = "lock";
/// What is to be put in place.
const NEW: &str = "new";
/// What was in place before.
const OLD: &str = "old";
/// Another run may take a folder without a lock for a leftover; more than once is another trouble.
const TRIES: usize = 3;

/// Files being written, not yet in place.
pub(crate) struct Draft {
    // Open files go first: they can keep their folder from being removed.
    /// The file written last, which is still being flushed while the next is written.
    last: Option<(PathBuf, Flushing)>,
    _lock: File,
    folder: TempDir,
    /// Where the files will lie.
    base: PathBuf,
    overwrite: bool,
    files: Vec<PathBuf>,
}

/// A file of a draft.
pub(crate) type Out = BufWriter<Flushing>;

impl Draft {
    /// Begins files that will lie in the folder `base` (of no name: the one we are in), after what
    /// killed runs left there was removed.
    pub(crate) fn begin(base: &Path, overwrite: bool) -> Result<Self, Error> {
        let here = real(base);
        if !here.is_dir() {
            return Err(Error::NoFolder(base.to_owned()));
        }
        remove_leftovers(here);
        let refused = |error| Error::io(here, error);
        for _ in 0..TRIES {
            let folder = Builder::new().prefix(PREFIX).suffix(SUFFIX).tempdir_in(here);
            // Its name says nothing to anybody.
            let folder = folder.map_err(|error| refused(error.kind().into()))?;
            let place = folder.path().join(LOCK);
            let Ok(lock) = File::create(&place) else { continue };
            // Where the system has no locks, nothing is ever taken for a leftover.
            if matches!(lock.try_lock(), Err(TryLockError::WouldBlock)) || !place.exists() {
                continue;
            }
            for name in [NEW, OLD] {
                fs::create_dir(folder.path().join(name)).map_err(refused)?;
            }
            // After a cut of power, what lies in the draft is known by its lock.
            durable::flush_folder(folder.path());
            let (base, files) = (base.to_owned(), Vec::new());
            return Ok(Self { _lock: lock, folder, base, overwrite, files, last: None });
        }
        Err(Error::io(here, io::ErrorKind::PermissionDenied.into()))
    }

    /// Where a file will lie.
    pub(crate) fn place(&self, name: &Path) -> PathBuf {
        self.base.join(name)
    }

    /// Writes a file that will lie at `name`, a path below the base.
    pub(crate) fn write<T>(
        &mut self,
        name: &Path,
        print: impl FnOnce(&mut Out) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let place = self.place(name);
        let refused = |error| Error::io(&place, error);
        if !self.overwrite && place.symlink_metadata().is_ok() {
            return Err(Error::Exists(place));
        }
        let path = self.folder.path().join(NEW).join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(refused)?;
        }
        let file = File::create_new(&path).and_then(Flushing::new).map_err(refused)?;
        let mut out = BufWriter::with_capacity(1 << 18, file);
        let printed = print(&mut out)?;
        let file = out.into_inner().map_err(|error| refused(error.into_error()))?;
        self.finish_last()?;
        self.last = Some((place, file));
        self.files.push(name.to_owned());
        Ok(printed)
    }

    /// Makes sure that the file written last is on the disk.
    fn finish_last(&mut self) -> Result<(), Error> {
        let Some((place, file)) = self.last.take() else { return Ok(()) };
        file.finish().map_err(|error| Error::io(&place, error))
    }

    /// Makes sure that every file is on the disk and puts it in its place; gives them in the order in
    /// which they were written.
    pub(crate) fn put(mut self) -> Result<Vec<ExportedFile>, Error> {
        self.finish_last()?;
        let (new, old) = (self.folder.path().join(NEW), self.folder.path().join(OLD));
        let mut moves = Moves { overwrite: self.overwrite, old, done: Vec::new() };
        let moved = moves.inside(&new, real(&self.base));
        let listed = moved.and_then(|()| self.files.iter().map(|name| self.listed(name)).collect());
        match &listed {
            Ok(_) => durable::flush_folder(real(&self.base)),
            Err(_) => moves.take_back(),
        }
        listed
    }

    fn listed(&self, name: &Path) -> Result<ExportedFile, Error> {
        let place = self.place(name);
        let data = place.metadata().map_err(|error| Error::io(&place, error))?;
        Ok(ExportedFile { path: place.display().to_string(), bytes: data.len() })
    }
}

/// What was moved so far.
struct Moves {
    overwrite: bool,
    /// The folder for what was in place before.
    old: PathBuf,
    done: Vec<Move>,
}

struct Move {
    place: PathBuf,
    /// Where that lies which was there before, if it could be kept.
    before: Before,
}

enum Before {
    Nothing,
    Kept(PathBuf),
    Gone,
}

impl Moves {
    /// Moves all that is in one folder into another.
    fn inside(&mut self, from: &Path, to: &Path) -> Result<(), Error> {
        let refused = |error| Error::io(to, error);
        let mut names: Vec<OsString> = fs::read_dir(from)
            .and_then(|entries| entries.map(|entry| Ok(entry?.file_name())).collect())
            .map_err(refused)?;
        names.sort();
        names.iter().try_for_each(|name| self.one(&from.join(name), &to.join(name)))?;
        durable::flush_folder(to);
        Ok(())
    }

    fn one(&mut self, from: &Path, to: &Path) -> Result<(), Error> {
        let refused = |error| Error::io(to, error);
        if !from.is_dir() {
            return self.file(from, to);
        }
        if to.is_dir() {
            return self.inside(from, to);
        }
        if to.symlink_metadata().is_ok() {
            return Err(Error::OtherKind(to.to_owned(), "folder"));
        }
        flush_folders(from);
        fs::rename(from, to).map_err(refused)?;
        self.done.push(Move { place: to.to_owned(), before: Before::Nothing });
        Ok(())
    }

    fn file(&mut self, from: &Path, to: &Path) -> Result<(), Error> {
        let refused = |error| Error::io(to, error);
        let before = match to.symlink_metadata() {
            Err(_) => Before::Nothing,
            Ok(_) if !self.overwrite => return Err(Error::Exists(to.to_owned())),
            Ok(data) if data.is_dir() => return Err(Error::IsFolder(to.to_owned())),
            Ok(_) => {
                let kept = self.old.join(self.done.len().to_string());
                // A second name for what is there; not every disk has that.
                fs::hard_link(to, &kept).map_or(Before::Gone, |()| Before::Kept(kept))
            }
        };
        if self.overwrite {
            fs::rename(from, to).map_err(refused)?;
        } else {
            move_to_nothing(from, to).map_err(refused)?;
        }
        self.done.push(Move { place: to.to_owned(), before });
        Ok(())
    }

    fn take_back(&mut self) {
        for Move { place, before } in self.done.drain(..).rev() {
            // What can't be taken back any more is whole at least.
            let _ = match before {
                Before::Nothing if place.is_dir() => fs::remove_dir_all(&place),
                Before::Nothing => fs::remove_file(&place),
                Before::Kept(kept) => fs::rename(kept, &place),
                Before::Gone => Ok(()),
            };
        }
    }
}

/// Moves a file to a name that nothing has, in one step where the disk can.
fn move_to_nothing(from: &Path, to: &Path) -> io::Result<()> {
    match TempPath::try_from_path(from)?.persist_noclobber(to) {
        Ok(()) => Ok(()),
        Err(refused) if refused.error.kind() == io::ErrorKind::AlreadyExists => Err(refused.error),
        // A disk without that step, such as a stick for a camera: looked at first, then moved.
        Err(refused) => {
            let from = refused.path.keep().map_err(|kept| kept.error)?;
            if to.symlink_metadata().is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(from, to)
        }
    }
}

/// The folder of a path, which may be of no name.
fn real(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// Makes the names in a folder and below it certain.
fn flush_folders(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            flush_folders(&entry.path());
        }
    }
    durable::flush_folder(folder);
}

/// Removes what killed runs left in a folder: hidden folders of ours whose lock nobody holds.
fn remove_leftovers(base: &Path) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            remove_leftover(&entry.path());
        }
    }
}

fn remove_leftover(folder: &Path) {
    match File::options().write(true).open(folder.join(LOCK)) {
        Ok(lock) if lock.try_lock().is_ok() => drop(fs::remove_dir_all(folder)),
        // In use.
        Ok(_) => {}
        // Killed before it had a lock, or cut off by the power before the lock was on the disk; if it
        // is just being begun, it is not empty soon enough, or its program begins another.
        Err(_) => {
            for name in [NEW, OLD] {
                let _ = fs::remove_dir(folder.join(name));
            }
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests;
