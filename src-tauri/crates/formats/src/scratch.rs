//! Files for the time of a job, in the system's folder for temporary files.
//!
//! # Design
//! They go with their value. What a process that was ended leaves behind is removed by a later one,
//! once it is a week old: no import waits that long for a person's word. The age is measured by the
//! files themselves, so that no clock is read.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::Once;
use std::time::{Duration, SystemTime};

use tempfile::{Builder, NamedTempFile, TempDir};

const PREFIX: &str = "cairn-scratch-";
const LEFT_BEHIND: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// An empty folder.
///
/// # Errors
/// Those of the file system.
pub fn folder() -> io::Result<TempDir> {
    let folder = Builder::new().prefix(PREFIX).tempdir()?;
    sweep_once(folder.path());
    Ok(folder)
}

/// An empty file.
///
/// # Errors
/// Those of the file system.
pub fn file() -> io::Result<NamedTempFile> {
    let file = Builder::new().prefix(PREFIX).tempfile()?;
    sweep_once(file.path());
    Ok(file)
}

/// Once a process is enough.
fn sweep_once(new: &Path) {
    static SWEPT: Once = Once::new();
    SWEPT.call_once(|| {
        if let (Some(folder), Ok(now)) = (new.parent(), modified(new)) {
            sweep(folder, now);
        }
    });
}

/// Removes what was left behind. What can't be removed is somebody else's, and no loss.
fn sweep(folder: &Path, now: SystemTime) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        let age = || now.duration_since(modified(&path).ok()?).ok();
        if is_ours && age().is_some_and(|age| age > LEFT_BEHIND) {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let _ = if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        }
    }
}

/// Of the entry itself, also where it is a link.
fn modified(path: &Path) -> io::Result<SystemTime> {
    fs::symlink_metadata(path)?.modified()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_ours_and_old_is_removed() {
        let home = tempfile::tempdir().unwrap();
        let place = |name: &str| home.path().join(name);
        fs::create_dir(place("cairn-scratch-folder")).unwrap();
        fs::write(place("cairn-scratch-folder/picture.png"), "").unwrap();
        fs::write(place("cairn-scratch-file"), "").unwrap();
        fs::write(place("mine.txt"), "").unwrap();
        let made = modified(&place("mine.txt")).unwrap();

        sweep(home.path(), made + LEFT_BEHIND / 2);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 3);

        sweep(home.path(), made + LEFT_BEHIND * 2);
        let left: Vec<_> =
            fs::read_dir(home.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["mine.txt"]);
    }

    #[test]
    fn it_goes_with_its_value() {
        let (folder, file) = (folder().unwrap(), file().unwrap());
        let paths = [folder.path().to_owned(), file.path().to_owned()];
        assert!(paths.iter().all(|path| path.exists()));
        drop((folder, file));
        assert!(paths.iter().all(|path| !path.exists()));
    }
}
