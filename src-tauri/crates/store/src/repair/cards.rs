//! Cards that are missing, too many, or in the wrong deck.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::note::Content;
use rusqlite::{Connection, params};
use serde_json::json;
use uuid::Uuid;

use super::{CARD, as_count};
use crate::act::Act;
use crate::card;
use crate::error::Result;
use crate::note::Cards;

/// Puts cards into the deck of their note.
pub(crate) fn decks(act: &Act<'_>) -> Result<u32> {
    let changed = act.tx.execute(
        "UPDATE card SET deck = (SELECT deck FROM note WHERE note.id = card.note), touched = ?
         WHERE deck <> (SELECT deck FROM note WHERE note.id = card.note)",
        [act.id],
    )?;
    Ok(as_count(changed))
}

/// A note with the cards that it should have.
struct Wanted {
    note: i64,
    uuid: Uuid,
    deck: i64,
    position: i64,
    content: Option<Content>,
}

/// Every note that can be read: those in sight with their keys, the others with none.
fn notes(conn: &Connection) -> Result<Vec<Wanted>> {
    let mut statement =
        conn.prepare("SELECT id, uuid, deck, position, content, gone FROM note ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut notes = Vec::new();
    while let Some(row) = rows.next()? {
        let json = row.get_ref(4)?.as_str().unwrap_or_default();
        let Ok(content) = serde_json::from_str(json) else { continue };
        let in_sight = row.get::<_, i64>(5)? == 0;
        notes.push(Wanted {
            note: row.get(0)?,
            uuid: card::uuid(row, 1)?,
            deck: row.get(2)?,
            position: row.get(3)?,
            content: in_sight.then_some(content),
        });
    }
    Ok(notes)
}

/// A card in sight.
struct There {
    id: i64,
    uuid: Uuid,
    key: String,
}

/// The cards in sight by note, those with the most answers first.
fn in_sight(conn: &Connection) -> Result<BTreeMap<i64, Vec<There>>> {
    let mut statement = conn.prepare(
        "SELECT note, id, uuid, ordinal FROM card WHERE gone = 0 ORDER BY note,
           (SELECT count(*) FROM review_log WHERE review_log.card = card.id) DESC, id",
    )?;
    let mut rows = statement.query([])?;
    let mut cards: BTreeMap<i64, Vec<There>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let there = There { id: row.get(1)?, uuid: card::uuid(row, 2)?, key: row.get(3)? };
        cards.entry(row.get(0)?).or_default().push(there);
    }
    Ok(cards)
}

/// Takes cards out of sight that their note does not have, or has already.
pub(crate) fn extra(act: &Act<'_>) -> Result<u32> {
    let mut there = in_sight(&act.tx)?;
    let mut taken = 0;
    for wanted in notes(&act.tx)? {
        let keys = wanted.content.as_ref().map(Content::card_keys).unwrap_or_default();
        let mut seen = BTreeSet::new();
        let mut own = there.remove(&wanted.note).unwrap_or_default();
        // Of two the one that bears the name which the note gives it.
        own.sort_by_key(|card| card.uuid != Uuid::new_v5(&wanted.uuid, card.key.as_bytes()));
        for There { id, key, .. } in own {
            if keys.contains(&key) && seen.insert(key) {
                continue;
            }
            act.keep(CARD, id, &json!({ "gone": 0 }))?;
            act.tx
                .prepare_cached("UPDATE card SET gone = 1, touched = ? WHERE id = ?")?
                .execute([act.id, id])?;
            taken += 1;
        }
    }
    Ok(taken)
}

/// Makes the cards that notes should have, or brings them back into sight.
pub(crate) fn missing(act: &Act<'_>) -> Result<u32> {
    let there = in_sight(&act.tx)?;
    let mut made = 0;
    for wanted in notes(&act.tx)? {
        let Some(content) = &wanted.content else { continue };
        let own = there.get(&wanted.note).map(Vec::as_slice).unwrap_or_default();
        for key in content.card_keys() {
            if own.iter().any(|card| card.key == key) {
                continue;
            }
            let id = bring(act, &wanted, &key)?;
            act.keep(CARD, id, &json!({ "gone": 1 }))?;
            made += 1;
        }
    }
    Ok(made)
}

/// The card of a key: the one that was out of sight, or a new one.
fn bring(act: &Act<'_>, wanted: &Wanted, key: &str) -> Result<i64> {
    let Wanted { note, uuid, deck, position, .. } = *wanted;
    let uuid = Uuid::new_v5(&uuid, key.as_bytes());
    let known: Option<i64> = card::find(&act.tx, uuid)?.map(|card| card.id);
    if let Some(id) = known {
        act.tx
            .prepare_cached(
                "UPDATE card SET gone = 0, note = ?, deck = ?, ordinal = ?, touched = ?
             WHERE id = ?",
            )?
            .execute(params![note, deck, key, act.id, id])?;
        return Ok(id);
    }
    Cards { note, note_uuid: wanted.uuid, deck, position }.write_one(act, key)
}
