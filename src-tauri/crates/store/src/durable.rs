//! Names that outlast a cut of power.
//!
//! Flushing a file makes its bytes certain, not its name: that is in the folder, which is flushed by
//! itself. A file whose folder (or the folder above that) was never flushed may be gone after a cut
//! of power, however often the file was.

use std::fs::{self, File};
use std::io;
use std::path::Path;

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

/// Makes the name of a file or folder certain, where the system knows such a thing: Windows keeps
/// names in its own journal, and some network drives can't flush a folder.
pub fn flush_name(path: &Path) {
    if let Some(folder) = path.parent().filter(|_| cfg!(unix))
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
