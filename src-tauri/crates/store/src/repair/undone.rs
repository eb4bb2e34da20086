//! Taking a repair back: texts and cards are put back as they were.

use rusqlite::params;
use serde_json::Value;

use crate::act::Act;
use crate::error::Result;
use crate::{card, note};

/// Puts back a note as it was, readable or not; gives its cards.
pub(crate) fn put_back_note(act: &Act<'_>, id: i64, fields: &Value) -> Result<Vec<i64>> {
    for column in ["content", "facts"] {
        if let Some(text) = fields.get(column).and_then(Value::as_str) {
            act.tx
                .prepare_cached(&format!(
                    "UPDATE note SET {column} = ?, operation = ? WHERE id = ?"
                ))?
                .execute(params![text, act.id, id])?;
        }
    }
    if let Some(base) = fields.get("base").and_then(Value::as_str) {
        act.tx
            .prepare_cached("UPDATE origin SET base = ? WHERE note = ?")?
            .execute(params![base, id])?;
    }
    // The index has the text that the repair gave it.
    note::unindex(&act.tx, id)?;
    if let Ok(note) = note::by_id(&act.tx, id) {
        note::index(&act.tx, id, &note.content, &note.facts)?;
    }
    Ok(card::of_note(&act.tx, id)?.iter().map(|card| card.id).collect())
}

/// Brings a card back into sight, or takes it out, as it was.
pub(crate) fn put_back_card(act: &Act<'_>, id: i64, fields: &Value) -> Result<()> {
    if let Some(gone) = fields.get("gone").and_then(Value::as_i64) {
        act.tx
            .prepare_cached("UPDATE card SET gone = ?, touched = ? WHERE id = ?")?
            .execute([gone, act.id, id])?;
    }
    Ok(())
}
