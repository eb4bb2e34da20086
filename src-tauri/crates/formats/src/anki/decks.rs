//! Decks, of either schema, and the settings that a reader needs.

use std::collections::{HashMap, HashSet};

use prost::Message;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::database::{Database, bytes, int, text};
use super::notetypes::whole;
use super::{Error, proto};

/// A deck as a package keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Deck {
    /// Full name, `::` between its levels.
    pub name: String,
    /// HTML.
    pub about: String,
    /// Borrows its cards from other decks.
    pub filtered: bool,
}

/// All decks by id.
pub(super) fn read(database: &Database) -> Result<HashMap<i64, Deck>, Error> {
    if database.schema == 11 { from_json(database) } else { from_table(database) }
}

fn from_json(database: &Database) -> Result<HashMap<i64, Deck>, Error> {
    let decks: HashMap<String, Value> = super::database_json(database, "decks")?;
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Ok(decks
        .into_iter()
        .filter_map(|(key, deck)| {
            let id = key.trim().parse().ok().or_else(|| whole(&deck["id"]))?;
            let filtered = whole(&deck["dyn"]).unwrap_or(0) != 0;
            let (name, about) = (words(&deck["name"]), words(&deck["desc"]));
            Some((id, Deck { name, about, filtered }))
        })
        .collect())
}

fn from_table(database: &Database) -> Result<HashMap<i64, Deck>, Error> {
    let sql = || Error::sql("the decks");
    let mut decks = HashMap::new();
    let mut statement = database.conn.prepare("SELECT id, name, kind FROM decks").map_err(sql())?;
    let mut rows = statement.query([]).map_err(sql())?;
    while let Some(row) = rows.next().map_err(sql())? {
        let name = text(row, 1).map_err(sql())?.replace('\u{1f}', "::");
        let kind = proto::DeckKind::decode(bytes(row, 2).map_err(sql())?)
            .map_err(|e| Error::damaged(&format!("the deck {name}"), e))?;
        let about = kind.normal.map(|normal| normal.description).unwrap_or_default();
        let filtered = kind.filtered.is_some();
        decks.insert(int(row, 0).map_err(sql())?, Deck { name, about, filtered });
    }
    Ok(decks)
}

/// The settings by key, of either schema.
pub(super) fn settings(database: &Database) -> Result<HashMap<String, Value>, Error> {
    if database.schema == 11 {
        return Ok(super::database_json(database, "conf").unwrap_or_default());
    }
    let sql = || Error::sql("the settings");
    let mut settings = HashMap::new();
    let mut statement = database
        .conn
        .prepare("SELECT KEY, val FROM config WHERE KEY IN ('creationOffset', 'rollover', 'fsrs')")
        .map_err(sql())?;
    let mut rows = statement.query([]).map_err(sql())?;
    while let Some(row) = rows.next().map_err(sql())? {
        if let Ok(value) = serde_json::from_slice(bytes(row, 1).map_err(sql())?) {
            settings.insert(text(row, 0).map_err(sql())?.into_owned(), value);
        }
    }
    Ok(settings)
}

/// Longest id of a deck, as the deck text format has it.
const ID_CHARACTERS: usize = 64;

/// The id of a deck: its name in small letters, digits and hyphens behind `anki-`, so that it is
/// never one of the program's own. A name that gives one in `taken`, or none, has its hash instead.
pub(super) fn id(name: &str, taken: &mut HashSet<String>) -> String {
    let mut slug = String::from("anki");
    let mut gap = true;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            if gap {
                slug.push('-');
            }
            slug.push(c.to_ascii_lowercase());
        }
        gap = !c.is_ascii_alphanumeric();
    }
    let lossy = name.chars().any(|c| c.is_alphanumeric() && !c.is_ascii());
    if lossy || slug.len() > ID_CHARACTERS || slug == "anki" || taken.contains(&slug) {
        let hash = Sha256::digest(name.as_bytes());
        let hash: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        slug.truncate(ID_CHARACTERS - hash.len() - 1);
        slug = format!("{}-{hash}", slug.trim_end_matches('-'));
    }
    taken.insert(slug.clone());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_short_slug_of_its_own() {
        let mut taken = HashSet::new();
        assert_eq!(id("Exam::Peer support", &mut taken), "anki-exam-peer-support");
        let others = ["Exam-Peer-Support", "日本語", "Über uns", "::", "", &"long ".repeat(40)];
        for name in others {
            let id = id(name, &mut taken);
            let plain =
                id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            assert!(plain && id.len() <= ID_CHARACTERS && id.starts_with("anki-"), "{id}");
        }
        assert_eq!(taken.len(), 1 + others.len(), "{taken:?}");
    }
}
