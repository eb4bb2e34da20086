//! One file a command. Each takes the context and gives an exit code: 0 when all is well, 1 when
//! something is wrong with what was looked at.

pub mod check;
pub mod create;
pub mod due;
pub mod export;
pub mod import;
pub mod log;
pub mod reading;
pub mod rebuild;
pub mod review;
pub mod schedule;
pub mod stats;
pub mod undo;

use std::path::PathBuf;

use cairn_store::{Collection, default_path};

use crate::Context;
use crate::failure::Failure;

impl Context {
    /// Where the collection lies.
    pub fn path(&self) -> Result<PathBuf, Failure> {
        let development = cfg!(debug_assertions);
        self.collection.clone().or_else(|| default_path(development)).ok_or_else(|| {
            Failure::usage(
                "this system names no folder for your data".into(),
                "Say where the collection lies with --collection PATH.",
            )
        })
    }

    /// Opens the collection, which must be there.
    fn open(&self) -> Result<Collection, Failure> {
        let path = self.path()?;
        if !path.exists() {
            return Err(Failure::usage(
                format!("there is no collection at {}", path.display()),
                "Make one with `cairn-cli create`, or start the desktop program once.",
            ));
        }
        Collection::open(&path, self.clock.now()).map_err(Failure::of(&path))
    }
}
