//! Undo: an operation that voids the last one. Nothing is deleted.

use cairn_core::day::Moment;
use cairn_core::note::Content;
use rusqlite::params;
use serde_json::Value;

use crate::act::{self, Act, ActKind, ActName};
use crate::card;
use crate::collection::Collection;
use crate::edit::clock_of;
use crate::error::{Error, Result};
use crate::view::Undone;
use crate::{log, note, repair};

impl Collection {
    /// Takes back the last act that still stands, whatever it was, and names it.
    ///
    /// # Errors
    /// `NothingToUndo`.
    pub fn undo(&mut self, now: Moment) -> Result<Undone> {
        self.queue(now)?;
        let last = act::last_undoable(&self.conn, self.device)?.ok_or(Error::NothingToUndo)?;
        let name = ActName { kind: ActKind::Undo, subject: last.name.subject.clone() };
        let act = Act::begin(&mut self.conn, self.device, now, &name, Some(last.id))?;
        // An answer writes its log row and its card, and nothing that would have to be put back.
        let cards = match last.name.kind {
            ActKind::Answer => fold_anew(&act, last.id)?,
            _ => take_back(&act, last.id)?,
        };
        act.commit()?;
        match last.name.kind {
            ActKind::Setting | ActKind::CatchUp | ActKind::Import | ActKind::Repair => {
                self.reload()?
            }
            _ => {
                if let Some(queue) = self.queue.as_mut() {
                    queue.changed(&self.conn, Some(last.id), &cards)?;
                }
            }
        }
        Ok(Undone { act: last.name, step: self.step(now)? })
    }
}

/// Takes back all that an operation did; gives the cards that changed.
pub(crate) fn take_back(act: &Act<'_>, operation: i64) -> Result<Vec<i64>> {
    let mut cards = fold_anew(act, operation)?;
    cards.extend(put_back_images(act, operation)?);
    take_back_inserted(act, operation)?;
    Ok(cards)
}

/// Puts back rows as they were before an operation; gives the cards that changed.
fn put_back_images(act: &Act<'_>, operation: i64) -> Result<Vec<i64>> {
    let images: Vec<(String, rusqlite::types::Value, String)> = act
        .tx
        .prepare_cached("SELECT entity, row, fields FROM before_image WHERE operation = ?")?
        .query_map([operation], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut cards = Vec::new();
    for (entity, row, fields) in images {
        let fields: Value = serde_json::from_str(&fields)?;
        match (entity.as_str(), row) {
            ("card", rusqlite::types::Value::Integer(id)) => {
                put_back_card(act, id, &fields)?;
                cards.push(id);
            }
            ("note", rusqlite::types::Value::Integer(id)) => {
                put_back_note(act, id, &fields)?;
                cards.extend(card::of_note(&act.tx, id)?.iter().map(|card| card.id));
            }
            ("setting", rusqlite::types::Value::Text(key)) => {
                put_back_setting(act, &key, &fields)?;
            }
            (repair::NOTE, rusqlite::types::Value::Integer(id)) => {
                cards.extend(repair::put_back_note(act, id, &fields)?);
            }
            (repair::CARD, rusqlite::types::Value::Integer(id)) => {
                repair::put_back_card(act, id, &fields)?;
                cards.push(id);
            }
            _ => {}
        }
    }
    Ok(cards)
}

fn put_back_card(act: &Act<'_>, id: i64, fields: &Value) -> Result<()> {
    for column in ["suspended", "buried_until", "flagged"] {
        if let Some(value) = fields.get(column).and_then(Value::as_i64) {
            let clock = clock_of(column);
            act.tx
                .prepare_cached(&format!(
                    "UPDATE card SET {column} = ?, {clock} = ?, touched = ? WHERE id = ?"
                ))?
                .execute(params![value, act.clock.0, act.id, id])?;
        }
    }
    Ok(())
}

fn put_back_note(act: &Act<'_>, id: i64, fields: &Value) -> Result<()> {
    let facts = match fields.get("facts") {
        Some(facts) => serde_json::from_value(facts.clone())?,
        None => note::by_id(&act.tx, id)?.facts,
    };
    if let Some(content) = fields.get("content") {
        let content: Content = serde_json::from_value(content.clone())?;
        note::write_content(act, id, &content, &facts)?;
    }
    if let Some(gone) = fields.get("gone").and_then(Value::as_i64) {
        note::write_gone(act, id, gone)?;
    }
    if let Some(base) = fields.get("base") {
        act.tx
            .prepare_cached("UPDATE origin SET base = ? WHERE note = ?")?
            .execute(params![if base.is_null() { String::new() } else { base.to_string() }, id])?;
    }
    Ok(())
}

fn put_back_setting(act: &Act<'_>, key: &str, value: &Value) -> Result<()> {
    if value.is_null() {
        act.tx.prepare_cached("DELETE FROM setting WHERE key = ?")?.execute([key])?;
        return Ok(());
    }
    act.tx
        .prepare_cached("UPDATE setting SET value = ?, clock = ?, operation = ? WHERE key = ?")?
        .execute(params![value.to_string(), act.clock.0, act.id, key])?;
    Ok(())
}

/// Notes that an operation inserted are taken out of sight; they and their history stay.
fn take_back_inserted(act: &Act<'_>, operation: i64) -> Result<()> {
    // In a file that was salvaged, some of a range may be lost.
    let notes: Vec<i64> = act
        .tx
        .prepare_cached(
            "SELECT note.id FROM inserted_range AS r JOIN note ON note.id BETWEEN r.first AND r.last
             WHERE r.operation = ? AND r.entity = 'note' ORDER BY note.id",
        )?
        .query_map([operation], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in notes {
        note::write_gone(act, id, note::DELETED)?;
    }
    Ok(())
}

/// Works out anew the schedules of the cards that an operation answered or set.
fn fold_anew(act: &Act<'_>, operation: i64) -> Result<Vec<i64>> {
    let cards = log::cards_of(&act.tx, operation)?;
    for id in &cards {
        let card = card::by_id(&act.tx, *id)?;
        let schedule = log::fold(&act.tx, card.id, card.uuid)?;
        card::write_schedule(act, card.id, &schedule)?;
    }
    Ok(cards)
}
