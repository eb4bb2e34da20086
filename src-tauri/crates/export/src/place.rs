//! Where the files of a request will lie.

use std::path::{Path, PathBuf};

use crate::draft::Draft;
use crate::error::Error;
use crate::view::Request;

/// A draft, and the name of its file or folder in it.
pub(crate) struct Place {
    pub(crate) draft: Draft,
    /// The file; of a folder the way into it, which may be empty.
    pub(crate) name: PathBuf,
}

/// The place of one file.
pub(crate) fn file(request: &Request) -> Result<Place, Error> {
    let out = request.out.as_path();
    let (Some(name), false) = (out.file_name(), out.is_dir()) else {
        return Err(Error::IsFolder(out.to_owned()));
    };
    if out.exists() && !out.is_file() {
        return Err(Error::OtherKind(out.to_owned(), "file"));
    }
    if !request.overwrite && out.symlink_metadata().is_ok() {
        return Err(Error::Exists(out.to_owned()));
    }
    begin(out.parent(), name.into(), request)
}

/// The place of several files: into a folder that is there, or a new one.
pub(crate) fn folder(request: &Request) -> Result<Place, Error> {
    let out = request.out.as_path();
    if out.is_dir() {
        return begin(Some(out), PathBuf::new(), request);
    }
    if out.symlink_metadata().is_ok() {
        return Err(Error::OtherKind(out.to_owned(), "folder"));
    }
    match out.file_name() {
        Some(name) => begin(out.parent(), name.into(), request),
        None => Err(Error::NoFolder(out.to_owned())),
    }
}

fn begin(base: Option<&Path>, name: PathBuf, request: &Request) -> Result<Place, Error> {
    let draft = Draft::begin(base.unwrap_or(Path::new("")), request.overwrite)?;
    Ok(Place { draft, name })
}
