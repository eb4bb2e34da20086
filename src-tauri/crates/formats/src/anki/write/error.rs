//! Why a package could not be written.

use std::io;

/// Why a package could not be written. What was written so far is no package.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// It was cancelled.
    #[error("writing the package was cancelled")]
    Cancelled,
    /// The file, or the draft of its collection in the folder for temporary files.
    #[error("{what}: {source}")]
    Io {
        /// What was tried.
        what: String,
        /// The cause.
        source: io::Error,
    },
    /// The draft of its collection.
    #[error("write the collection of the package: {0}")]
    Database(#[from] rusqlite::Error),
    /// The archive around it.
    #[error("write the package: {0}")]
    Archive(#[from] zip::result::ZipError),
}

impl WriteError {
    /// What a person can do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Cancelled => "Nothing was kept of it. Export it again when you like.",
            Self::Io { .. } | Self::Database(_) | Self::Archive(_) => {
                "Check that both the folder and the one for temporary files can be written and have room, and export again."
            }
        }
    }

    pub(super) fn io(what: impl Into<String>) -> impl FnOnce(io::Error) -> Self {
        let what = what.into();
        move |source| Self::Io { what, source }
    }
}
