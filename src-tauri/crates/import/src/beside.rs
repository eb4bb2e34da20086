//! A deck's pictures and sounds, in the folder beside its file.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use cairn_core::package::{Package, PackageMedia, PackageNote};
use cairn_formats::deck_markdown::{self, media_folder, names, places};
use cairn_formats::media;

use crate::error::{Error, Result};
use crate::part::{Part, sentences, whole};

/// A deck, with the files that its notes name brought into `staging`.
///
/// # Errors
/// `Staging`.
pub(crate) fn read_markdown(
    bytes: &[u8],
    name: &str,
    path: Option<&Path>,
    staging: &Path,
) -> Result<Part> {
    let mut part = whole(deck_markdown::parse_bytes(bytes), name);
    if let Some(path) = path {
        let folder = media_folder(path);
        let remarks = bring(&mut part.package, &folder, staging)?;
        part.remarks.extend(sentences(remarks));
    }
    Ok(part)
}

/// Puts the files that notes name into `staging` and the list of the package; gives what is missing.
fn bring(package: &mut Package, folder: &Path, staging: &Path) -> Result<Vec<String>> {
    let mut known: HashMap<PathBuf, Option<PackageMedia>> = HashMap::new();
    let mut remarks = Vec::new();
    let mut first: HashMap<String, String> = HashMap::new();
    let mut list: Vec<PackageMedia> = Vec::new();
    let mut listed = HashSet::new();
    for note in package.decks.iter_mut().flat_map(|deck| &mut deck.notes) {
        for name in names(note) {
            let Some(path) = find(note, &name, folder) else {
                let place = folder.file_name().unwrap_or_default().to_string_lossy();
                remarks.push(format!("The file {name}, which a card shows, is not in {place}."));
                note.media.insert(name, String::new());
                continue;
            };
            if !known.contains_key(&path) {
                let staged = stage(&path, &name, staging)?;
                remarks.extend(staged.as_ref().err().cloned());
                known.insert(path.clone(), staged.ok());
            }
            let Some(Some(file)) = known.get(&path) else {
                note.media.insert(name, String::new());
                continue;
            };
            let sha256 = &file.sha256;
            if first.entry(name.clone()).or_insert_with(|| sha256.clone()) != sha256 {
                note.media.insert(name.clone(), sha256.clone());
            }
            if listed.insert((name.clone(), sha256.clone())) {
                list.push(PackageMedia { name, ..file.clone() });
            }
        }
    }
    // A name that no card has a file for means none anyway.
    for note in package.decks.iter_mut().flat_map(|deck| &mut deck.notes) {
        note.media.retain(|name, _| first.contains_key(name));
    }
    package.media = list;
    Ok(remarks)
}

/// The file that a note means by a name. What is a link leads elsewhere and is passed over.
fn find(note: &PackageNote, name: &str, folder: &Path) -> Option<PathBuf> {
    let is_file = |path: &PathBuf| fs::symlink_metadata(path).is_ok_and(|known| known.is_file());
    places(note, name).into_iter().map(|place| folder.join(place)).find(is_file)
}

/// Stages one file; what is wrong with it is a remark.
fn stage(
    path: &Path,
    name: &str,
    staging: &Path,
) -> Result<std::result::Result<PackageMedia, String>> {
    let told = |why: &dyn std::fmt::Display| {
        format!("The file {name}, which a card shows, is left out: {why}.")
    };
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return Ok(Err(told(&error))),
    };
    Ok(match media::stage(file, None, staging).map_err(Error::Staging)? {
        Ok(media::Staged { sha256, size, mime }) => {
            Ok(PackageMedia { name: name.to_owned(), sha256, size, mime: mime.to_owned() })
        }
        Err(why) => Err(told(&why)),
    })
}
