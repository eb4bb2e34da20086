//! Where the pictures and sounds of a deck lie: in a folder beside its file.
//!
//! `ethics.md` has them in `ethics.media`, each under the name that the texts say. Where two cards
//! mean two files by one name, the second lies in `by-card/ID`; where one of them has none, all do.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use cairn_core::package::{Package, PackageDeck, PackageMedia, PackageNote};
use cairn_core::text;

use super::fit::placed;
use super::words::{MAX_ID, is_id};
use crate::media::is_file_name;

/// The folder in the folder of media for files of single cards.
const BY_CARD: &str = "by-card";

/// A file of a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckFile {
    /// Where it lies in the folder of media.
    pub path: PathBuf,
    /// What it is.
    pub media: PackageMedia,
}

/// The folder of media of a deck's file.
pub fn media_folder(file: &Path) -> PathBuf {
    file.with_extension("media")
}

/// The files that the notes of a deck name, and where each lies in the folder of media. One file may
/// lie in several places; names are told apart as Windows does, without regard to case.
pub fn files(package: &Package, deck: &PackageDeck) -> Vec<DeckFile> {
    if package.media.is_empty() {
        return Vec::new();
    }
    let mut found: BTreeMap<PathBuf, PackageMedia> = BTreeMap::new();
    let mut shared: HashMap<String, (String, String)> = HashMap::new();
    shared.insert(BY_CARD.to_owned(), Default::default());
    // Where a card's file is missing, it would find that of another under the name.
    let missing = deck.notes.iter().flat_map(|note| {
        names(note).into_iter().filter(|name| package.file_of(note, name).is_none())
    });
    shared.extend(missing.map(|name| (name.to_lowercase(), Default::default())));
    for (at, fitted) in placed(deck) {
        let Some(note) = deck.notes.get(at) else { continue };
        for name in names(note) {
            let Some(media) = package.file_of(note, &name) else { continue };
            let mine = (media.name.clone(), media.sha256.clone());
            let first = shared.entry(name.to_lowercase()).or_insert_with(|| mine.clone());
            let path = match *first == mine {
                true => PathBuf::from(&name),
                false => [BY_CARD, &fitted.id, &name].iter().collect(),
            };
            found.insert(path, media.clone());
        }
    }
    found.into_iter().map(|(path, media)| DeckFile { path, media }).collect()
}

/// The places in the folder of media at which a file that a note names may lie, best first; none
/// where the name would lead out of the folder.
pub fn places(note: &PackageNote, name: &str) -> Vec<PathBuf> {
    if !is_file_name(name) {
        return Vec::new();
    }
    let own = is_id(&note.id, MAX_ID).then(|| [BY_CARD, &note.id, name].iter().collect());
    own.into_iter().chain([PathBuf::from(name)]).collect()
}

/// The names of files that a note's texts say, each once.
pub fn names(note: &PackageNote) -> Vec<String> {
    let mut seen = HashSet::new();
    let names = note.content.texts().into_iter().flat_map(text::media_names);
    names.filter(|name| is_file_name(name) && seen.insert(name.clone())).collect()
}
