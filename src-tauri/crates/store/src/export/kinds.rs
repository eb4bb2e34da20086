//! Table `elsewhere_kind`: the kinds that notes name.

use std::borrow::Cow;
use std::collections::BTreeSet;

use cairn_core::package::{PackageDeck, PackageKind};
use rusqlite::Connection;
use serde::Deserialize;

use crate::error::Result;

#[derive(Deserialize)]
struct Named<'a> {
    #[serde(borrow)]
    kind: Option<Cow<'a, str>>,
}

/// The kinds that notes of the decks name, by key.
pub(super) fn of<'a>(
    conn: &Connection,
    decks: impl Iterator<Item = &'a PackageDeck>,
) -> Result<Vec<PackageKind>> {
    let mut named = BTreeSet::new();
    for note in decks.flat_map(|deck| &deck.notes).filter(|note| !note.elsewhere.is_empty()) {
        // What is kept there is another program's: without a name it names none.
        let kind = serde_json::from_str::<Named<'_>>(&note.elsewhere).ok().and_then(|is| is.kind);
        named.extend(kind.filter(|kind| !named.contains(kind.as_ref())).map(Cow::into_owned));
    }
    let mut statement = conn.prepare("SELECT json FROM elsewhere_kind WHERE key = ?")?;
    let mut kinds = Vec::new();
    for key in named {
        let mut rows = statement.query([&key])?;
        if let Some(row) = rows.next()? {
            let json = row.get(0)?;
            kinds.push(PackageKind { key, json });
        }
    }
    Ok(kinds)
}
