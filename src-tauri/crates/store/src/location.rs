//! Which collections this computer knows, and which was open last.
//!
//! # Context
//! People share computers, and each has a collection of her own. The program opens the one that was
//! open last. If that one is not there (its disk is unplugged, its folder renamed), a new and empty
//! one in its place would look like a loss: it is an error with words instead.
//!
//! # Design
//! A small JSON file in the folder of a person's settings, `collections.json`, written as a whole and
//! renamed. It holds paths, names and dates only: losing it loses nothing but the list. One that can't
//! be read is kept aside and counts as empty.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cairn_core::day::Moment;
use serde::{Deserialize, Serialize};

use crate::backup::{self, paths};
use crate::error::{Error, Result};

const FILE: &str = "collections.json";

fn folder_name(development: bool) -> &'static str {
    // A development build has places of its own, so that trying something out never touches a
    // person's progress.
    if development { "Cairn-development" } else { "Cairn" }
}

/// The collection of the installed program, or of a development build. `None` where the system names
/// no folder for a person's data.
pub fn default_path(development: bool) -> Option<PathBuf> {
    Some(dirs::data_dir()?.join(folder_name(development)).join("collection.cairn"))
}

/// The folder of `collections.json`. `None` where the system names none.
pub fn config_folder(development: bool) -> Option<PathBuf> {
    Some(dirs::config_dir()?.join(folder_name(development)))
}

/// Where the program's collection lies: what `CAIRN_COLLECTION` says (given as `chosen`), or the one
/// that was open last, or the place of a first one.
///
/// # Errors
/// `Missing` when the last one is not there; `NotFound` where the system names no folder.
pub fn collection_path(chosen: Option<PathBuf>, development: bool) -> Result<PathBuf> {
    if let Some(chosen) = chosen {
        return Ok(chosen);
    }
    let last = config_folder(development).map(|folder| Collections::load(&folder).last());
    if let Some(last) = last.transpose()?.flatten() {
        return Ok(last);
    }
    default_path(development)
        .ok_or_else(|| Error::NotFound { what: "folder", name: "for a person's data".into() })
}

/// A collection that this computer knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct KnownCollection {
    /// Where it lies.
    pub path: String,
    /// What people see: a name that a person gave, or that of the file or its folder.
    pub name: String,
    /// When it was last opened, RFC 3339.
    pub last_opened: String,
    /// Whether it was open last.
    pub last: bool,
    /// Whether it is there.
    pub exists: bool,
    /// Cards in it, when it can be read.
    pub cards: Option<u32>,
    /// Answers in it, when it can be read.
    pub answers: Option<u32>,
}

/// The collections that this computer knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collections {
    folder: PathBuf,
    known: Known,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Known {
    last: Option<String>,
    #[serde(default)]
    collections: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    name: Option<String>,
    opened: Moment,
}

impl Collections {
    /// Reads the list in `folder`. One that can't be read is kept aside and counts as empty.
    pub fn load(folder: &Path) -> Self {
        let file = folder.join(FILE);
        let known = match std::fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_else(|error| {
                tracing::warn!(%error, file = %file.display(), "the list of collections");
                let _ = std::fs::rename(&file, paths::sibling(&file, ".unreadable"));
                Known::default()
            }),
            Err(_) => Known::default(),
        };
        Self { folder: folder.to_owned(), known }
    }

    /// The collection that was open last; `None` when there never was one.
    ///
    /// # Errors
    /// `Missing` when it is not there any more: nobody wants an empty one in its place.
    pub fn last(&self) -> Result<Option<PathBuf>> {
        let Some(last) = self.known.last.as_ref().map(PathBuf::from) else { return Ok(None) };
        if last.exists() { Ok(Some(last)) } else { Err(Error::Missing(last)) }
    }

    /// Remembers that the collection at `path` was opened.
    ///
    /// # Errors
    /// `NotWritable`, `DiskFull`, and `BadValue` for a path that is no text.
    pub fn remember(&mut self, path: &Path, now: Moment) -> Result<()> {
        self.change(|known| {
            let path = text(path)?;
            let entry = known.collections.entry(path.clone());
            entry.or_insert(Entry { name: None, opened: now }).opened = now;
            known.last = Some(path);
            Ok(())
        })
    }

    /// Gives a collection a name of a person's choosing.
    ///
    /// # Errors
    /// `NotFound`, and those of [`remember`](Self::remember).
    pub fn rename(&mut self, path: &Path, name: &str) -> Result<()> {
        self.change(|known| {
            let path = text(path)?;
            let entry = known.collections.get_mut(&path);
            let entry = entry.ok_or(Error::NotFound { what: "collection", name: path.clone() })?;
            entry.name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
            Ok(())
        })
    }

    /// Takes a collection off the list. Its file stays where it is.
    ///
    /// # Errors
    /// Those of [`remember`](Self::remember).
    pub fn forget(&mut self, path: &Path) -> Result<()> {
        self.change(|known| {
            let path = text(path)?;
            known.collections.remove(&path);
            known.last = known.last.take().filter(|last| *last != path);
            Ok(())
        })
    }

    /// The collections, the one opened last first.
    pub fn list(&self) -> Vec<KnownCollection> {
        let mut entries: Vec<(&String, &Entry)> = self.known.collections.iter().collect();
        let is_last = |path: &String| self.known.last.as_ref() == Some(path);
        entries.sort_by_key(|(path, entry)| (!is_last(path), -entry.opened.utc_ms));
        entries.into_iter().map(|(path, entry)| known(path, entry, is_last(path))).collect()
    }

    /// Reads the list again, so that what another program wrote meanwhile stays, changes it and
    /// writes it.
    fn change(&mut self, change: impl FnOnce(&mut Known) -> Result<()>) -> Result<()> {
        let mut known = Self::load(&self.folder).known;
        change(&mut known)?;
        let file = self.folder.join(FILE);
        paths::make_folder(&self.folder)?;
        let partial = paths::sibling(&file, &format!(".partial-{}", std::process::id()));
        std::fs::write(&partial, serde_json::to_vec_pretty(&known)?)
            .map_err(|error| Error::io(&partial, error))?;
        paths::settle(&partial, &file)?;
        self.known = known;
        Ok(())
    }
}

/// A path as the list holds it: whole, so that it means the same from every folder.
fn text(path: &Path) -> Result<String> {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let bad = || Error::BadValue { what: "path", why: format!("{} is no text", path.display()) };
    whole.to_str().map(str::to_owned).ok_or_else(bad)
}

fn known(path: &str, entry: &Entry, last: bool) -> KnownCollection {
    let file = Path::new(path);
    let counts = backup::counts(file);
    KnownCollection {
        path: path.to_owned(),
        name: entry.name.clone().unwrap_or_else(|| name_of(file)),
        last_opened: paths::rfc3339(entry.opened),
        last,
        exists: file.exists(),
        cards: counts.map(|(cards, _)| cards),
        answers: counts.map(|(_, answers)| answers),
    }
}

/// The name of the file; of its folder when the file has the name that all have.
fn name_of(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let folder = file.parent().and_then(Path::file_name);
    match folder.filter(|_| stem == "collection") {
        Some(folder) => folder.to_string_lossy().into_owned(),
        None => stem.into_owned(),
    }
}

#[cfg(test)]
mod tests;
