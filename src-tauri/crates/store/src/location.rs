//! Where the desktop program keeps its collection.

use std::path::PathBuf;

/// The collection of the installed program, or of a development build, which has one of its own so
/// that trying something out never touches a person's progress. `None` where the system names no
/// folder for a person's data.
pub fn default_path(development: bool) -> Option<PathBuf> {
    let folder = if development { "Cairn-development" } else { "Cairn" };
    Some(dirs::data_dir()?.join(folder).join("collection.cairn"))
}
