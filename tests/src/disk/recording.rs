//! A folder that is watched.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::model::Start;
use super::trace::{Trace, parse};
use crate::cli::Cli;
use crate::tree::{Tree, is_index};

/// Watches what programs do to a folder, from its present state on.
#[derive(Debug)]
pub struct Recording {
    folder: PathBuf,
    start: Start,
    place: TempDir,
}

impl Recording {
    /// Begins with a folder.
    ///
    /// # Panics
    /// When it can't be read.
    pub fn of(folder: &Path) -> Self {
        let folder = folder.canonicalize().expect("the folder is there");
        let place = tempfile::tempdir().expect("a folder can be made");
        Self { start: Start::read(&folder), folder, place }
    }

    /// The command line, watched, with the collection of this name in the folder.
    pub fn cli(&self, collection: &str) -> Cli {
        Cli::new(self.folder.join(collection))
            .with("LD_PRELOAD", env!("CAIRN_SHIM"))
            .with("CAIRN_SHIM_ROOT", &self.folder)
            .with("CAIRN_SHIM_TRACE", self.trace())
    }

    /// Everything that was done, once all programs have ended.
    ///
    /// # Panics
    /// When the folder is not what the whole trace makes of it: something went past the shim.
    pub fn finish(self) -> Trace {
        let bytes = fs::read(self.trace()).unwrap_or_default();
        let trace = Trace { start: self.start, events: parse(&bytes, &self.folder) };
        let (mut traced, mut real) = (trace.whole(), Tree::read(&self.folder));
        for tree in [&mut traced, &mut real] {
            tree.0.retain(|path, _| !is_index(path));
        }
        let differing = |path: &&PathBuf| traced.0.get(*path) != real.0.get(*path);
        let differing: Vec<_> = traced.0.keys().chain(real.0.keys()).filter(differing).collect();
        assert!(differing.is_empty(), "something went past the shim: {differing:?} differ");
        trace
    }

    fn trace(&self) -> PathBuf {
        self.place.path().join("trace")
    }
}
