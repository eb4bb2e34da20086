//! Why an export failed. Nothing is left behind by it.

use crate::view::Format;

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// While the crate is being built.
    #[error("{0:?} can't be written yet")]
    NotYet(Format),
}
