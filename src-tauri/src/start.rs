//! What the page is told when it starts.

use cairn_store::backup::{self, Backup};
use cairn_store::view::Today;
use cairn_store::{ErrorCode, Failure, Settings};
use serde::Serialize;

use crate::shell::Shell;
use crate::{DEVELOPMENT, clock, collections};

/// How the program starts.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "lowercase")]
pub enum Start {
    /// The collection is open.
    Ready {
        /// The settings in force.
        settings: Box<Settings>,
        /// How things stand today.
        today: Box<Today>,
        /// About this program.
        about: About,
    },
    /// It can't be opened.
    Trouble {
        /// Why.
        failure: Failure,
        /// Where it lies.
        collection: String,
        /// Whether there is nothing at its place.
        missing: bool,
        /// Its backups, newest first.
        backups: Vec<Backup>,
    },
}

/// About this program.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct About {
    /// Its version.
    pub version: String,
    /// Where the collection lies.
    pub collection: String,
    /// Whether it is a development build, with a collection of its own.
    pub development: bool,
}

/// Opens the collection and says how things stand.
pub fn start(shell: &Shell) -> Start {
    let collection = shell.path().display().to_string();
    let opened = shell.with(|open| {
        let today = open.today(clock::now())?;
        Ok((open.settings().clone(), today))
    });
    match opened {
        Ok((settings, today)) => {
            collections::remember(&shell.path());
            Start::Ready {
                settings: Box::new(settings),
                today: Box::new(today),
                about: About {
                    version: env!("CARGO_PKG_VERSION").to_owned(),
                    collection,
                    development: DEVELOPMENT,
                },
            }
        }
        Err(failure) => {
            let damaged = matches!(failure.code, ErrorCode::Damaged | ErrorCode::NotACollection);
            let path = shell.path();
            let backups = if damaged { backup::backups(&path) } else { Vec::new() };
            Start::Trouble { failure, collection, missing: !path.exists(), backups }
        }
    }
}
