//! What can go wrong with a collection, and how a person is told.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Why a call on the collection failed. Nothing was changed by it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The answer named a state that is no longer the card's.
    #[error("this card has changed since it was shown")]
    CardChanged,
    /// There is no act left to take back.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// The person called it off.
    #[error("this was called off")]
    Cancelled,
    /// A value that the collection does not take.
    #[error("{what}: {why}")]
    BadValue {
        /// The field or argument.
        what: &'static str,
        /// What is wrong with it, and what would be right.
        why: String,
    },
    /// A card, note or deck that is not there.
    #[error("there is no {what} “{name}”")]
    NotFound {
        /// `card`, `note`, `deck`, `backup`.
        what: &'static str,
        /// What was asked for.
        name: String,
    },
    /// The collection that was open last is not where it was.
    #[error("the collection {} is not there", .0.display())]
    Missing(PathBuf),
    /// Another program holds the collection.
    #[error("another program is using the collection")]
    Busy,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The file or its folder can't be written.
    #[error("the collection can't be written: {0}")]
    NotWritable(String),
    /// The file is a collection, but parts of it can't be read.
    #[error("the collection is damaged: {0}")]
    Damaged(String),
    /// The file was written by a newer Cairn.
    #[error(
        "the collection was made by a newer Cairn (its format is {found}, this one knows {known})"
    )]
    NewerVersion {
        /// Format of the file.
        found: i64,
        /// Newest format that this program knows.
        known: i64,
    },
    /// The file was written by an older Cairn and not brought up to date, which reading alone can't do.
    #[error("the collection was made by an older Cairn and is not up to date")]
    OlderVersion,
    /// The file is something else.
    #[error("this file is not a Cairn collection")]
    NotACollection,
    /// SQLite said something that has no name here.
    #[error("the collection answered: {0}")]
    Sqlite(rusqlite::Error),
    /// The system said something that has no name here.
    #[error("{0}: {1}")]
    Io(PathBuf, std::io::Error),
    /// Text in the collection is not what this program wrote.
    #[error("the collection holds text that can't be read: {0}")]
    Json(#[from] serde_json::Error),
    /// Migrations failed.
    #[error("the collection could not be brought up to date: {0}")]
    Migration(#[from] rusqlite_migration::Error),
}

/// Shorthand for what calls on the collection give.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The closed set of codes by which the edges tell failures apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The card is not as it was shown.
    CardChanged,
    /// Nothing to undo.
    NothingToUndo,
    /// Called off by the person.
    Cancelled,
    /// An import is running and holds the collection.
    Importing,
    /// A file that can't be brought in.
    Unreadable,
    /// A value out of bounds.
    BadValue,
    /// A thing that is not there.
    NotFound,
    /// Another program holds the collection.
    Busy,
    /// No room on the disk.
    DiskFull,
    /// File or folder can't be written.
    NotWritable,
    /// A file of that name is there, and may not be written over without a word.
    Exists,
    /// Damaged file.
    Damaged,
    /// Written by a newer Cairn.
    NewerVersion,
    /// Written by an older Cairn, and only to be read.
    OlderVersion,
    /// Another kind of file.
    NotACollection,
    /// A fault in built-in content.
    Content,
    /// Anything else: a bug, or a system in trouble.
    Internal,
}

/// A failure in words that a person can act on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Failure {
    /// For programs.
    pub code: ErrorCode,
    /// What failed, on which thing.
    pub message: String,
    /// What to do.
    pub hint: String,
}

impl Error {
    /// The code of this failure.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::CardChanged => ErrorCode::CardChanged,
            Self::NothingToUndo => ErrorCode::NothingToUndo,
            Self::Cancelled => ErrorCode::Cancelled,
            Self::BadValue { .. } => ErrorCode::BadValue,
            Self::NotFound { .. } | Self::Missing(_) => ErrorCode::NotFound,
            Self::Busy => ErrorCode::Busy,
            Self::DiskFull => ErrorCode::DiskFull,
            Self::NotWritable(_) => ErrorCode::NotWritable,
            Self::Damaged(_) | Self::Json(_) => ErrorCode::Damaged,
            Self::NewerVersion { .. } => ErrorCode::NewerVersion,
            Self::OlderVersion => ErrorCode::OlderVersion,
            Self::NotACollection => ErrorCode::NotACollection,
            Self::Sqlite(_) | Self::Io(..) | Self::Migration(_) => ErrorCode::Internal,
        }
    }

    /// The failure of a call on the collection at `path`.
    pub fn failure(&self, path: &Path) -> Failure {
        let place = match self.code() {
            ErrorCode::CardChanged
            | ErrorCode::NothingToUndo
            | ErrorCode::Cancelled
            | ErrorCode::BadValue
            | ErrorCode::NotFound => String::new(),
            _ => format!(" ({})", path.display()),
        };
        Failure {
            code: self.code(),
            message: format!("{self}{place}"),
            hint: self.hint().to_owned(),
        }
    }

    fn hint(&self) -> &'static str {
        if matches!(self, Self::Missing(_)) {
            return "Plug its disk in or put it back, then try again; or choose another collection, or make a new one.";
        }
        match self.code() {
            ErrorCode::CardChanged => "Look at it again and answer anew; nothing was lost.",
            ErrorCode::NothingToUndo => "Everything stands as it was at the start.",
            ErrorCode::Cancelled => "Nothing was changed.",
            ErrorCode::Importing => "Wait until it is done, or cancel it.",
            ErrorCode::Unreadable => "Mend the file and choose it again; nothing was changed.",
            ErrorCode::BadValue => "Choose another value; the old one was kept.",
            ErrorCode::NotFound => "It may have been removed meanwhile; go back and look again.",
            ErrorCode::Busy => "Close the other program, or wait a moment and try again.",
            ErrorCode::DiskFull => {
                "Free some space on the disk and try again; everything up to here is saved."
            }
            ErrorCode::NotWritable => {
                "Check that the folder exists and may be written, or choose another place."
            }
            ErrorCode::Exists => "Choose another name, or replace what is there.",
            ErrorCode::Damaged => {
                "The file was left as it is. Go back to a backup, or copy the file and ask for help."
            }
            ErrorCode::NewerVersion => {
                "Update Cairn on this computer, then open the collection again. It was not changed."
            }
            ErrorCode::OlderVersion => "Open it with Cairn once, which brings it up to date.",
            ErrorCode::NotACollection => "Choose a collection file; this one was not changed.",
            ErrorCode::Content => "Reinstall Cairn; your own data is not affected.",
            ErrorCode::Internal => "Try again; if it stays, please report it with this message.",
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Sql;
        let Some(code) = error.sqlite_error_code() else { return Self::Sqlite(error) };
        match code {
            Sql::DatabaseBusy | Sql::DatabaseLocked => Self::Busy,
            Sql::DiskFull => Self::DiskFull,
            Sql::ReadOnly | Sql::CannotOpen | Sql::PermissionDenied | Sql::SystemIoFailure => {
                Self::NotWritable(error.to_string())
            }
            Sql::DatabaseCorrupt => Self::Damaged(error.to_string()),
            Sql::NotADatabase => Self::NotACollection,
            _ => Self::Sqlite(error),
        }
    }
}

impl Error {
    /// An error of the system on a path.
    pub(crate) fn io(path: &Path, error: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded => Self::DiskFull,
            // A file where a folder should be is told as `AlreadyExists` by `create_dir_all`.
            Kind::PermissionDenied
            | Kind::ReadOnlyFilesystem
            | Kind::NotADirectory
            | Kind::AlreadyExists => Self::NotWritable(error.to_string()),
            _ => Self::Io(path.to_owned(), error),
        }
    }
}
