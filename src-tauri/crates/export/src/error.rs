//! Why an export failed. Nothing is left behind by it.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use cairn_formats::anki::WriteError;
use cairn_store::{ErrorCode, Failure};
use chrono::NaiveDate;
use zip::result::ZipError;

use crate::view::Format;

/// Why an export failed. Nothing was written, and what was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The person called it off.
    #[error("the export was called off")]
    Cancelled,
    /// The folder for the file is not there.
    #[error("there is no folder {}", .0.display())]
    NoFolder(PathBuf),
    /// A file is wanted and a folder is there.
    #[error("{} is a folder", .0.display())]
    IsFolder(PathBuf),
    /// A folder is wanted and a file is there, or the thing that is there is neither.
    #[error("{} is there already and is no {}", .0.display(), .1)]
    OtherKind(PathBuf, &'static str),
    /// A file of the name is there.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// The place may not be written.
    #[error("{} can't be written: {}", .0.display(), .1)]
    NotWritable(PathBuf, io::Error),
    /// The disk is full.
    #[error("there is no room on the disk for {}", .0.display())]
    DiskFull(PathBuf),
    /// The system said something that has no name here.
    #[error("{} can't be written: {}", .0.display(), .1)]
    Io(PathBuf, io::Error),
    /// The first day comes after the last.
    #[error("the first day, {0}, comes after the last, {1}")]
    Dates(NaiveDate, NaiveDate),
    /// Something was asked for that the format does not have.
    #[error("{what} can't be chosen for {}", .format.words())]
    NoUse {
        /// What was asked for.
        what: &'static str,
        /// The format.
        format: Format,
        /// Which formats have it.
        hint: &'static str,
    },
    /// One file is named for several decks.
    #[error("{} can't hold several decks", .0.display())]
    Several(PathBuf),
    /// There is nothing to write.
    #[error("there is nothing to write: {0}")]
    Nothing(&'static str),
    /// The collection said no.
    #[error(transparent)]
    Store(#[from] cairn_store::Error),
    /// An Anki package could not be made.
    #[error("{0}")]
    Anki(WriteError),
}

impl Error {
    /// The code by which the edges tell failures apart.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::Cancelled => ErrorCode::Cancelled,
            Self::NoFolder(_) | Self::Nothing(_) => ErrorCode::NotFound,
            Self::IsFolder(_) | Self::OtherKind(..) | Self::NotWritable(..) => {
                ErrorCode::NotWritable
            }
            Self::Exists(_) => ErrorCode::Exists,
            Self::DiskFull(_) => ErrorCode::DiskFull,
            Self::Dates(..) | Self::NoUse { .. } | Self::Several(_) => ErrorCode::BadValue,
            Self::Store(error) => error.code(),
            Self::Io(..) | Self::Anki(_) => ErrorCode::Internal,
        }
    }

    /// What a person can do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Cancelled => "Nothing was written.",
            Self::NoFolder(_) => "Make the folder first, or choose another place.",
            Self::IsFolder(_) => "Name a file in it.",
            Self::OtherKind(..) => "Choose another name.",
            Self::Exists(_) => "Choose another name, or write over what is there.",
            Self::NotWritable(..) | Self::Io(..) => {
                "Check that the folder may be written, or choose another place."
            }
            Self::DiskFull(_) => "Free some space, or choose a place on another disk.",
            Self::Dates(..) => "Change the two round, or leave one of them out.",
            Self::NoUse { hint, .. } => hint,
            Self::Several(_) => "Name a folder for them, or choose one deck.",
            Self::Nothing(_) => "Choose another deck, or another format.",
            Self::Store(_) => "",
            Self::Anki(error) => error.hint(),
        }
    }

    /// The failure in words, of an export out of the collection at `collection`.
    pub fn failure(&self, collection: &Path) -> Failure {
        match self {
            Self::Store(error) => error.failure(collection),
            error => Failure {
                code: error.code(),
                message: error.to_string(),
                hint: error.hint().to_owned(),
            },
        }
    }

    /// An error of the system on a place.
    pub(crate) fn io(path: &Path, error: io::Error) -> Self {
        use io::ErrorKind as Kind;
        let path = path.to_owned();
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::DiskFull(path),
            Kind::AlreadyExists => Self::Exists(path),
            Kind::PermissionDenied
            | Kind::ReadOnlyFilesystem
            | Kind::NotADirectory
            | Kind::InvalidFilename => Self::NotWritable(path, error),
            _ => Self::Io(path, error),
        }
    }

    /// What the writer of Anki packages says of a file at `path`; its draft lies in the folder for
    /// temporary files.
    pub(crate) fn anki(path: &Path, error: WriteError) -> Self {
        match error {
            WriteError::Cancelled => Self::Cancelled,
            WriteError::Io { source, .. } | WriteError::Archive(ZipError::Io(source)) => {
                Self::io(path, source)
            }
            WriteError::Database(error) if ran_full(&error) => Self::DiskFull(env::temp_dir()),
            error => Self::Anki(error),
        }
    }
}

/// Whether SQLite could not write any more.
fn ran_full(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode as Sql;
    matches!(error.sqlite_error_code(), Some(Sql::DiskFull | Sql::SystemIoFailure))
}

impl Format {
    /// The format in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Report => "a progress report",
            Self::Csv => "tables",
            Self::Json => "Cairn JSON",
            Self::Apkg => "an Anki package",
            Self::Md => "deck text",
            Self::Ics => "a calendar",
        }
    }
}
