//! One file a command. Each takes the context and gives an exit code: 0 when all is well, 1 when
//! something is wrong with what was looked at.

pub mod backup;
pub mod check;
pub mod collections;
pub mod create;
pub mod due;
pub mod export;
pub mod import;
pub mod log;
pub mod reading;
pub mod rebuild;
pub mod restore;
pub mod review;
pub mod salvage;
pub mod schedule;
pub mod stats;
pub mod undo;

use std::path::{Path, PathBuf};

use cairn_store::{Collection, Reader, collection_path};

use crate::Context;
use crate::failure::Failure;

/// A collection that is read.
struct OpenToRead {
    reader: Reader,
    /// A connection that only reads would leave its files beside the collection.
    _closed_last: Option<Collection>,
}

impl Context {
    /// Where the collection lies.
    pub fn path(&self) -> Result<PathBuf, Failure> {
        let development = cfg!(debug_assertions);
        collection_path(self.collection.clone(), development).map_err(|error| {
            let failure = error.failure(Path::new(""));
            Failure::usage(failure.message, &failure.hint)
        })
    }

    /// Where the collection lies, which must be there.
    fn existing(&self) -> Result<PathBuf, Failure> {
        let path = self.path()?;
        if !path.exists() {
            return Err(Failure::usage(
                format!("there is no collection at {}", path.display()),
                "Make one with `cairn-cli create`, or start the desktop program once.",
            ));
        }
        Ok(path)
    }

    /// Opens the collection for reading alone; one of an older version is brought up to date first.
    fn reader(&self, path: &Path) -> Result<Reader, Failure> {
        match Reader::open(path) {
            Err(cairn_store::Error::OlderVersion) => {
                drop(self.open()?);
                Reader::open(path)
            }
            opened => opened,
        }
        .map_err(Failure::of(path))
    }

    /// Opens the collection to read it while others answer; also where nothing may be written.
    fn open_to_read(&self) -> Result<OpenToRead, Failure> {
        let path = self.existing()?;
        let (reader, collection) = match Collection::open(&path, self.clock.now()) {
            Ok(collection) => (collection.reader(), Some(collection)),
            Err(cairn_store::Error::NotWritable(_)) => (Reader::open(&path), None),
            Err(error) => (Err(error), None),
        };
        let reader = reader.map_err(Failure::of(&path))?;
        Ok(OpenToRead { reader, _closed_last: collection })
    }

    /// Opens the collection, which must be there.
    fn open(&self) -> Result<Collection, Failure> {
        let path = self.existing()?;
        Collection::open(&path, self.clock.now()).map_err(Failure::of(&path))
    }
}
