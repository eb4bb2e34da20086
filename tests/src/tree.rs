//! A folder with all that is in it, in memory.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Files (with their bytes) and folders (`None`) by their path within the folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree(pub BTreeMap<PathBuf, Option<Vec<u8>>>);

impl Tree {
    /// Reads a folder.
    ///
    /// # Panics
    /// When it can't be read.
    pub fn read(folder: &Path) -> Self {
        let mut tree = Self::default();
        tree.read_at(folder, Path::new(""));
        tree
    }

    fn read_at(&mut self, root: &Path, within: &Path) {
        for entry in fs::read_dir(root.join(within)).expect("a folder can be read") {
            let entry = entry.expect("a folder can be read");
            let path = within.join(entry.file_name());
            if entry.path().is_dir() {
                self.0.insert(path.clone(), None);
                self.read_at(root, &path);
            } else {
                let bytes = fs::read(entry.path()).expect("a file can be read");
                self.0.insert(path, Some(bytes));
            }
        }
    }

    /// Writes it into a folder that is there.
    ///
    /// # Panics
    /// When it can't be written.
    pub fn write(&self, folder: &Path) {
        for (path, bytes) in &self.0 {
            let path = folder.join(path);
            match bytes {
                Some(bytes) => fs::write(path, bytes).expect("a file can be written"),
                None => fs::create_dir(path).expect("a folder can be made"),
            }
        }
    }

    /// The bytes of a file.
    pub fn file(&self, path: impl AsRef<Path>) -> Option<&[u8]> {
        self.0.get(path.as_ref())?.as_deref()
    }

    /// The paths of all files.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().filter(|(_, bytes)| bytes.is_some()).map(|(path, _)| path.as_path())
    }
}

/// Whether a file is the index of a write-ahead log, which lives in memory.
#[cfg(power_cuts)]
pub(crate) fn is_index(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(b"-shm")
}
