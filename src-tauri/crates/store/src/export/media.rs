//! Tables `media` and `note_media`: the files that notes name.

use std::collections::BTreeMap;

use cairn_core::note::Content;
use cairn_core::package::{PackageDeck, PackageMedia};
use cairn_core::text;
use rusqlite::Connection;
use rustc_hash::FxHashMap;

use super::{Only, Place};
use crate::error::Result;

/// The files that each note has, by the names that it had for them when they came in.
type Files = FxHashMap<i64, Vec<PackageMedia>>;

/// The files that the notes name, by name; of one name the one first that a note names first. Notes
/// that mean another one say so.
pub(super) fn fill(
    conn: &Connection,
    only: Only,
    places: &[(i64, Place)],
    decks: &mut [(i64, PackageDeck)],
) -> Result<Vec<PackageMedia>> {
    let files = files(conn, only)?;
    if files.is_empty() {
        return Ok(Vec::new());
    }
    let mut named: Vec<(usize, usize, String, Option<&PackageMedia>)> = Vec::new();
    let mut list: BTreeMap<&str, Vec<&PackageMedia>> = BTreeMap::new();
    for &(id, Place { deck, note }) in places {
        let Some((_, held)) = decks.get(deck) else { continue };
        let Some(content) = held.notes.get(note).map(|note| &note.content) else { continue };
        let has = files.get(&id).map_or(&[][..], Vec::as_slice);
        for name in names(content) {
            let file = has.iter().find(|file| file.name == name);
            if let Some(file) = file {
                let same = list.entry(&file.name).or_default();
                if !same.iter().any(|known| known.sha256 == file.sha256) {
                    same.push(file);
                }
            }
            named.push((deck, note, name, file));
        }
    }
    for (deck, note, name, file) in named {
        let first = list.get(name.as_str()).and_then(|same| same.first());
        let is_other = |first: &&PackageMedia| file.is_none_or(|file| file.sha256 != first.sha256);
        if first.is_some_and(is_other)
            && let Some(note) = decks.get_mut(deck).and_then(|(_, deck)| deck.notes.get_mut(note))
        {
            note.media.insert(name, file.map(|file| file.sha256.clone()).unwrap_or_default());
        }
    }
    Ok(list.into_values().flatten().cloned().collect())
}

fn names(content: &Content) -> Vec<String> {
    content.texts().into_iter().flat_map(text::media_names).collect()
}

fn files(conn: &Connection, only: Only) -> Result<Files> {
    let mut statement = conn.prepare(
        "SELECT note_media.note, name, lower(hex(media.sha256)), size, mime
         FROM note_media JOIN media ON media.sha256 = note_media.sha256
           JOIN note ON note.id = note_media.note
         WHERE note.gone = 0 AND (?1 IS NULL OR note.deck = ?1)",
    )?;
    let mut rows = statement.query([only])?;
    let mut files = Files::default();
    while let Some(row) = rows.next()? {
        let size = u64::try_from(row.get::<_, i64>(3)?).unwrap_or_default();
        let (name, sha256, mime) = (row.get(1)?, row.get(2)?, row.get(4)?);
        files.entry(row.get(0)?).or_default().push(PackageMedia { name, sha256, size, mime });
    }
    Ok(files)
}
