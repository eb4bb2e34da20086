//! Why a package could not be read at all.

use std::io;

/// Why a package could not be read at all. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It was cancelled.
    #[error("reading the package was cancelled")]
    Cancelled,
    /// It is no zip archive, or a broken one.
    #[error("the file is not an Anki package: {0}")]
    NotAPackage(String),
    /// It holds no collection.
    #[error("the package holds no collection (a member such as collection.anki21)")]
    NoCollection,
    /// It was written by an Anki that writes packages of a kind unknown here.
    #[error("the package has version {0}, which this version of Cairn can't read")]
    TooNew(i64),
    /// One of the caps.
    #[error("{what} is beyond what a package may hold: {limit}")]
    TooMuch {
        /// What there is too much of.
        what: String,
        /// The cap, in words.
        limit: String,
    },
    /// A name that would lead out of a folder.
    #[error("the package names a file outside its own folder: {0}")]
    UnsafeName(String),
    /// Part of it can't be understood.
    #[error("{what} of the package is damaged: {why}")]
    Damaged {
        /// Which part.
        what: String,
        /// How it shows.
        why: String,
    },
    /// The database is not a collection.
    #[error("the package's database is not a collection of Anki: {0}")]
    NotACollection(String),
    /// The package itself could not be read, or the staging folder not be written.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// The cause.
        source: io::Error,
    },
}

impl Error {
    /// What a person can do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Cancelled => "Nothing was changed. Import it again when you like.",
            Self::NotAPackage(_) => {
                "Choose a file that Anki exported, ending in .apkg or .colpkg. A download that broke off must be fetched again."
            }
            Self::NoCollection | Self::Damaged { .. } => {
                "Export the deck from Anki again; in Anki, Tools > Check Database mends a damaged collection."
            }
            Self::TooNew(_) => {
                "Export it from Anki again with \"Support older Anki versions\" ticked."
            }
            Self::TooMuch { .. } => "Export fewer decks at a time.",
            Self::UnsafeName(_) | Self::NotACollection(_) => {
                "Do not trust this file unless you know where it comes from; ask its author for a fresh export."
            }
            Self::Io { .. } => "Check that the file can be read and that the disk has room.",
        }
    }

    pub(super) fn damaged(what: &str, why: impl ToString) -> Self {
        Self::Damaged { what: what.to_owned(), why: why.to_string() }
    }

    pub(super) fn too_much(what: impl Into<String>, limit: impl ToString) -> Self {
        Self::TooMuch { what: what.into(), limit: limit.to_string() }
    }

    pub(super) fn io(what: &str) -> impl FnOnce(io::Error) -> Self {
        let what = what.to_owned();
        move |source| Self::Io { what, source }
    }

    pub(super) fn sql(what: &str) -> impl FnOnce(rusqlite::Error) -> Self {
        let what = what.to_owned();
        move |error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => Self::Cancelled,
            _ => Self::Damaged { what, why: error.to_string() },
        }
    }
}
