//! Files and names that outlast a cut of power.
//!
//! Flushing a file makes its bytes certain, not its name: that is in the folder, which is flushed by
//! itself. A file whose folder (or the folder above that) was never flushed may be gone after a cut
//! of power, however often the file was.
//!
//! A large file that is flushed in one go keeps the disk busy, and an answer that a person gives
//! meanwhile waits behind it. [`Flushing`] flushes in small portions as the file grows.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

/// Bytes between two flushes.
const PORTION: usize = 4 << 20;

/// A file that a thread of its own flushes as it grows.
pub struct Flushing {
    file: File,
    /// Bytes since the last portion.
    since: usize,
    // Both are there until the end.
    ask: Option<SyncSender<()>>,
    flusher: Option<JoinHandle<io::Result<()>>>,
}

impl Flushing {
    /// Takes over a file that is open for writing.
    ///
    /// # Errors
    /// Those of the system.
    pub fn new(file: File) -> io::Result<Self> {
        let (ask, asked) = sync_channel(1);
        let flushed = file.try_clone()?;
        let flusher = thread::Builder::new()
            .name("flush".into())
            .spawn(move || asked.iter().try_for_each(|()| flushed.sync_data()))?;
        Ok(Self { file, since: 0, ask: Some(ask), flusher: Some(flusher) })
    }

    /// Makes sure that all of it is on the disk.
    ///
    /// # Errors
    /// Those of the system, also of a flush on the way: a flush that failed is told once, to whoever
    /// asked for it.
    pub fn finish(mut self) -> io::Result<()> {
        self.end()?;
        self.file.sync_all()
    }

    fn end(&mut self) -> io::Result<()> {
        self.ask = None;
        let flusher = self.flusher.take();
        flusher.map_or(Ok(()), |one| one.join().unwrap_or(Err(io::ErrorKind::Other.into())))
    }
}

impl Write for Flushing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.since += written;
        if self.since >= PORTION {
            self.since = 0;
            // While it is still at the last portion, this one comes with the next. Where it has ended
            // with a fault, the end says so.
            let _ = self.ask.as_ref().map(|ask| ask.try_send(()));
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Flushing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Drop for Flushing {
    /// What was not finished need not be on the disk, but nobody flushes it any more.
    fn drop(&mut self) {
        let _ = self.end();
    }
}

/// Makes a folder with all that are missing above it, and their names certain.
///
/// # Errors
/// Those of the system.
pub fn make_folders(folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|above| !named(above).exists());
    let missing: Vec<&Path> = missing.collect();
    fs::create_dir_all(folder)?;
    for made in missing {
        flush_name(made);
    }
    Ok(())
}

/// Gives a file, which is whole and flushed, another name in the same folder, and makes it certain.
///
/// # Errors
/// Those of the system.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    flush_name(to);
    Ok(())
}

/// Makes the name of a file or folder certain, as [`flush_folder`] does.
pub fn flush_name(path: &Path) {
    path.parent().into_iter().for_each(flush_folder);
}

/// Makes the names in a folder certain, where the system knows such a thing: Windows keeps names in
/// its own journal, and some network drives can't flush a folder.
pub fn flush_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(named(folder))
    {
        let _ = folder.sync_all();
    }
}

/// A folder by a name that the system takes.
fn named(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_flushed_on_the_way_is_what_was_written() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("file");
        let mut file = Flushing::new(File::create(&path).unwrap()).unwrap();
        let portion: Vec<u8> = (0..PORTION).map(|at| u8::try_from(at % 251).unwrap()).collect();
        for _ in 0..3 {
            file.write_all(&portion).unwrap();
        }
        file.seek(SeekFrom::Start(1)).unwrap();
        file.write_all(b"x").unwrap();
        file.finish().unwrap();
        let read = fs::read(&path).unwrap();
        assert_eq!((read.len(), read[0], read[1]), (3 * PORTION, 0, b'x'));
        assert_eq!(read[PORTION..2 * PORTION], portion);
    }

    #[test]
    fn folders_are_made_with_all_above_them() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("a/b/c");
        make_folders(&deep).unwrap();
        make_folders(&deep).unwrap();
        assert!(deep.is_dir());
        fs::write(deep.join("file"), "").unwrap();
        assert!(make_folders(&deep.join("file/in-a-file")).is_err(), "a file is no folder");
        rename(&deep.join("file"), &deep.join("other")).unwrap();
        assert!(deep.join("other").exists() && !deep.join("file").exists());
    }
}
