//! Why files could not be opened.

use std::io;
use std::path::PathBuf;

/// Why files could not be opened or brought in. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The person called it off.
    #[error("the import was called off")]
    Cancelled,
    /// A file that can't be read from the disk.
    #[error("{0} can't be read: {1}")]
    Unreadable(PathBuf, io::Error),
    /// Nothing to read.
    #[error("there is no deck in {0}")]
    Nothing(String),
    /// More than one run reads.
    #[error("{0} files are more than one import takes ({1})")]
    TooMany(usize, usize),
    /// A file that no format takes.
    #[error("{0} has {1} bytes, and no file may have more than {2}")]
    TooLarge(String, u64, u64),
    /// A file of a kind that is not read here.
    #[error("{0} is of a kind that Cairn does not read")]
    UnknownKind(String),
    /// A fault in a file keeps everything out.
    #[error("{0}")]
    Faulty(String),
    /// A choice that does not fit the table.
    #[error("{0}")]
    BadChoice(String),
    /// The folder for what is unpacked.
    #[error("there is no room to unpack: {0}")]
    Staging(io::Error),
    /// The collection said no.
    #[error(transparent)]
    Store(#[from] cairn_store::Error),
}

/// Shorthand for what this crate gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// What a person can do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Cancelled => "Nothing was changed.",
            Self::Unreadable(..) => "Check that the file is there and that you may read it.",
            Self::Nothing(_) => "Choose a file or a folder with decks in it.",
            Self::TooMany(..) => "Import them in several goes.",
            Self::TooLarge(..) => "Export the decks one by one, or split the file.",
            Self::UnknownKind(_) => {
                "Cairn reads decks (.md), tables (.csv, .tsv, .txt), Cairn JSON (.json) and Anki packages (.apkg, .colpkg)."
            }
            Self::Faulty(_) => "Mend the file and choose it again; nothing was changed.",
            Self::BadChoice(_) => "Choose again; nothing was changed.",
            Self::Staging(_) => "Free some space on the disk and try again.",
            Self::Store(_) => "",
        }
    }
}
