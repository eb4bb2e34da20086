//! Decks by name, with those above them.

use std::collections::{BTreeMap, HashSet};

use cairn_core::package::{PackageDeck, PackageNote};
use serde_json::{Map, Value, json};

use super::html::escape;
use crate::anki::own;

/// The deck that every collection of Anki has.
const DEFAULT: i64 = 1;
/// Ids of all others, in milliseconds since 1970.
const FIRST_ID: i64 = 1_500_000_000_000;

/// The decks of a package. Names that differ in capitals alone are one in Anki.
#[derive(Debug, Default)]
pub(super) struct Decks {
    by_name: BTreeMap<String, i64>,
    ids: HashSet<i64>,
    rows: Vec<(i64, String, String)>,
}

impl Decks {
    /// The id of a deck of ours; those above it are made too.
    pub fn id(&mut self, deck: &PackageDeck) -> i64 {
        let name = own::deck_name(&deck.title);
        for (at, _) in name.match_indices("::") {
            self.named(&name[..at], String::new);
        }
        self.named(&name, || about(deck))
    }

    fn named(&mut self, name: &str, about: impl FnOnce() -> String) -> i64 {
        let key = name.to_lowercase();
        if let Some(id) = self.by_name.get(&key) {
            return *id;
        }
        let mut id = if key == "default" { DEFAULT } else { id_of(&key) };
        while !self.ids.insert(id) {
            id += 1;
        }
        self.by_name.insert(key, id);
        self.rows.push((id, name.to_owned(), about()));
        id
    }

    /// All of them, as the column `decks` holds them.
    pub fn json(self, now_seconds: i64) -> Value {
        let deck = |id: i64, name: &str, about: &str| {
            json!({
                "id": id, "name": name, "desc": about, "mod": now_seconds, "usn": -1, "dyn": 0,
                "conf": 1, "collapsed": false, "browserCollapsed": false, "extendNew": 0,
                "extendRev": 0, "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0],
                "timeToday": [0, 0],
            })
        };
        let mut decks: Map<String, Value> = self
            .rows
            .iter()
            .map(|(id, name, about)| (id.to_string(), deck(*id, name, about)))
            .collect();
        decks.entry(DEFAULT.to_string()).or_insert_with(|| deck(DEFAULT, "Default", ""));
        Value::Object(decks)
    }
}

/// An id that is the same whenever a deck of the name is written.
fn id_of(name: &str) -> i64 {
    let hash = cairn_core::hash::fingerprint(name);
    let number = hash.get(..9).and_then(|digits| i64::from_str_radix(digits, 16).ok());
    FIRST_ID + number.unwrap_or(0)
}

/// What the deck says of itself, and behind that what Anki has no place for.
fn about(deck: &PackageDeck) -> String {
    let bare = PackageDeck {
        id: deck.id.clone(),
        title: deck.title.clone(),
        language: deck.language.clone(),
        version: deck.version.clone(),
        licence: deck.licence.clone(),
        about: deck.about.clone(),
        sources: deck.sources.clone(),
        notes: Vec::<PackageNote>::new(),
    };
    let mut html = String::new();
    escape(&deck.about, &mut html);
    html + &own::comment(&bare)
}
