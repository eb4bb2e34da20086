//! Cards without a note, answers without a card, and rows that belong to nothing.

use std::collections::BTreeSet;

use cairn_core::note::Content;
use cairn_core::package::{Facts, Identity};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;
use uuid::Uuid;

use super::{as_count, lost_text, parents};
use crate::act::Act;
use crate::error::Result;
use crate::note::DELETED;
use crate::{card, note};

/// What the indexes of a damaged file still say of rows that are lost.
#[derive(Default)]
pub(crate) struct Hints {
    /// UUIDs of notes by id.
    pub(crate) notes: FxHashMap<i64, Uuid>,
    /// Ids of cards by UUID.
    pub(crate) cards: FxHashMap<Uuid, i64>,
}

/// Gives cards their note and answers their card. Gives how many of each were put in.
pub(crate) fn adopt(act: &Act<'_>, hints: &Hints) -> Result<(u32, u32)> {
    let mut cards = 0;
    for note in lost(&act.tx, "card", "note", "note")? {
        cards += lost_note(act, note, hints)?;
    }
    let mut rows = 0;
    let lost_cards = lost(&act.tx, "review_log", "card", "card")?;
    if !lost_cards.is_empty() {
        bring_known(act, &lost_cards, hints)?;
        let left = lost(&act.tx, "review_log", "card", "card")?;
        rows = lost_cards.len() - left.len() + stand_ins(act, &left)?;
    }
    Ok((as_count(cards), as_count(rows)))
}

fn lost(conn: &Connection, child: &str, column: &str, parent: &str) -> Result<BTreeSet<i64>> {
    let sql = format!(
        "SELECT DISTINCT {column} FROM {child} AS c
         WHERE NOT EXISTS (SELECT 1 FROM {parent} AS p WHERE p.id = c.{column})"
    );
    let ids =
        conn.prepare(&sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

/// Puts in a note for its cards; gives how many these are.
///
/// Where the text as released is still there, the note is itself again. Otherwise it is out of sight;
/// under its own UUID, where that is known, so that the deck brings it back when it comes in again.
fn lost_note(act: &Act<'_>, id: i64, hints: &Hints) -> Result<usize> {
    let cards: Vec<(i64, Uuid, String)> = act
        .tx
        .prepare("SELECT id, uuid, ordinal FROM card WHERE note = ?")?
        .query_map([id], |row| Ok((row.get(0)?, card::uuid(row, 1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let released = released(&act.tx, id)?;
    let is_theirs = |uuid: &Uuid| cards.iter().any(|(_, card, key)| *card == of_key(uuid, key));
    let uuid = hints
        .notes
        .get(&id)
        .copied()
        .or(released.as_ref().map(|(uuid, _)| *uuid))
        .filter(is_theirs);
    // Another note may have come by it.
    let mut of_another = act.tx.prepare_cached("SELECT 1 FROM note WHERE uuid = ?")?;
    let uuid = match uuid {
        Some(uuid) if of_another.exists([uuid.as_bytes()])? => None,
        uuid => uuid,
    };
    let content = released.and_then(|(_, content)| content).filter(|_| uuid.is_some());
    let in_sight = content.is_some();
    let text = content.unwrap_or_else(|| {
        lost_text("The text of this card was lost.", "Import its deck again to bring it back.")
    });
    let own = uuid.unwrap_or_else(|| parents::fresh(&act.tx, &format!("note {id}"), act.now));
    act.tx.execute(
        "INSERT INTO note (id, uuid, deck, deck_clock, content, content_clock, facts, tags_clock,
           position, gone, operation)
         SELECT ?1, ?2, min(deck), ?3, ?4, ?3, ?5, ?3, min(position), ?6, ?7 FROM card WHERE note = ?1",
        params![
            id,
            own.as_bytes(),
            act.clock.0,
            serde_json::to_string(&text)?,
            serde_json::to_string(&Facts::default())?,
            if in_sight { 0 } else { DELETED },
            act.id
        ],
    )?;
    if in_sight {
        note::index(&act.tx, id, &text, &Facts::default())?;
    }
    for (card, uuid_of_card, key) in &cards {
        if !in_sight {
            act.tx
                .execute("UPDATE card SET gone = 1, touched = ? WHERE id = ?", [act.id, *card])?;
        }
        if uuid.is_none() {
            // Its own name must stay free for the card that the deck brings.
            let name = Uuid::new_v5(uuid_of_card, format!("{key} without a note").as_bytes());
            act.tx
                .execute("UPDATE card SET uuid = ? WHERE id = ?", params![name.as_bytes(), card])?;
        }
    }
    Ok(cards.len())
}

/// The identity of a note, and its text as it was released where that is written apart.
fn released(conn: &Connection, note: i64) -> Result<Option<(Uuid, Option<Content>)>> {
    let row: Option<(String, String, String)> = conn
        .prepare_cached("SELECT deck, item, base FROM origin WHERE note = ?")?
        .query_row([note], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    Ok(row.map(|(deck, item, base)| {
        (Identity::InDeck.uuid(&deck, &item), serde_json::from_str(&base).ok())
    }))
}

fn of_key(note: &Uuid, key: &str) -> Uuid {
    Uuid::new_v5(note, key.as_bytes())
}

/// Makes cards anew under their own ids, where the note is there and an index still has the id.
fn bring_known(act: &Act<'_>, lost: &BTreeSet<i64>, hints: &Hints) -> Result<()> {
    if hints.cards.is_empty() {
        return Ok(());
    }
    let mut statement =
        act.tx.prepare("SELECT id, uuid, deck, position, content, gone FROM note")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let uuid = card::uuid(row, 1)?;
        let json = row.get_ref(4)?.as_str().unwrap_or_default();
        let Ok(content) = serde_json::from_str::<Content>(json) else { continue };
        for key in content.card_keys() {
            let own = of_key(&uuid, &key);
            let Some(id) = hints.cards.get(&own).filter(|id| lost.contains(id)) else { continue };
            let gone = row.get::<_, i64>(5)? != 0;
            act.tx
                .prepare_cached(
                    "INSERT OR IGNORE INTO card (id, uuid, note, deck, ordinal, position, gone, touched)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    id,
                    own.as_bytes(),
                    row.get::<_, i64>(0)?,
                    row.get::<_, i64>(2)?,
                    key,
                    row.get::<_, i64>(3)?,
                    gone,
                    act.id
                ])?;
        }
    }
    Ok(())
}

/// Cards out of sight for answers whose card is gone, all of one note; gives how many.
fn stand_ins(act: &Act<'_>, lost: &BTreeSet<i64>) -> Result<usize> {
    let Some(first) = lost.first() else { return Ok(0) };
    let uuid = parents::fresh(&act.tx, &format!("answers of card {first}"), act.now);
    let deck: Option<i64> = act.tx.query_row("SELECT min(id) FROM deck", [], |row| row.get(0))?;
    let deck = match deck {
        Some(deck) => deck,
        None => {
            parents::lost_deck(&act.tx, 1, act.now)?;
            1
        }
    };
    act.tx.execute(
        "INSERT INTO note (uuid, deck, deck_clock, content, content_clock, facts, tags_clock,
           position, gone, operation) VALUES (?1, ?2, ?3, ?4, ?3, ?5, ?3, 0, ?6, ?7)",
        params![
            uuid.as_bytes(),
            deck,
            act.clock.0,
            serde_json::to_string(&lost_text("Answers whose cards were lost.", "-"))?,
            serde_json::to_string(&Facts::default())?,
            DELETED,
            act.id
        ],
    )?;
    let note = act.tx.last_insert_rowid();
    let mut insert = act.tx.prepare(
        "INSERT INTO card (id, uuid, note, deck, ordinal, position, gone, touched)
         VALUES (?, ?, ?, ?, ?, 0, 1, ?)",
    )?;
    for id in lost {
        let key = format!("lost-{id}");
        insert.execute(params![id, of_key(&uuid, &key).as_bytes(), note, deck, key, act.id])?;
    }
    Ok(lost.len())
}

/// Rows that nothing can use any more: what they belong to is gone.
const NOTHINGS: [&str; 9] = [
    "DELETE FROM origin WHERE note NOT IN (SELECT id FROM note)",
    "DELETE FROM elsewhere_note WHERE note NOT IN (SELECT id FROM note)",
    "DELETE FROM elsewhere_card WHERE card NOT IN (SELECT id FROM card)",
    "DELETE FROM key_change WHERE note NOT IN (SELECT id FROM note)",
    "DELETE FROM note_media WHERE note NOT IN (SELECT id FROM note)
       OR sha256 NOT IN (SELECT sha256 FROM media)",
    "DELETE FROM before_image WHERE operation NOT IN (SELECT id FROM operation)",
    "DELETE FROM before_image WHERE entity IN ('note', 'repaired_note')
       AND row NOT IN (SELECT id FROM note)",
    "DELETE FROM before_image WHERE entity IN ('card', 'repaired_card')
       AND row NOT IN (SELECT id FROM card)",
    "DELETE FROM inserted_range WHERE operation NOT IN (SELECT id FROM operation)",
];

/// Clears them away; gives how many.
pub(crate) fn clear(act: &Act<'_>) -> Result<u32> {
    let mut cleared = 0;
    for sql in NOTHINGS {
        cleared += act.tx.execute(sql, [])?;
    }
    Ok(as_count(cleared))
}
