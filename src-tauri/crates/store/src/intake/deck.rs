//! Table `deck`, and the notes that the program's own content no longer holds.

use std::collections::HashSet;

use cairn_core::package::{NAMESPACE, PackageDeck};
use rusqlite::params;
use serde_json::json;
use uuid::Uuid;

use super::{Intake, Work};
use crate::error::Result;
use crate::note;

impl Work<'_> {
    pub(super) fn write_deck(&self, deck: &PackageDeck) -> Result<i64> {
        let uuid = Uuid::new_v5(&NAMESPACE, deck.id.as_bytes());
        let id = self
            .act
            .tx
            .prepare_cached(
                "INSERT INTO deck (uuid, slug, name, language, version, licence, about, sources,
                   position, built_in, clock, operation)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,
                   (SELECT coalesce(max(position), 0) + 1 FROM deck), ?9, ?10, ?11)
                 ON CONFLICT (uuid) DO UPDATE SET name = ?3, language = ?4, version = ?5,
                   licence = ?6, about = ?7, sources = ?8, clock = ?10, operation = ?11
                 RETURNING id",
            )?
            .query_row(
                params![
                    uuid.as_bytes(),
                    deck.id,
                    deck.title,
                    deck.language,
                    deck.version,
                    deck.licence,
                    deck.about,
                    serde_json::to_string(&deck.sources)?,
                    self.how.intake == Intake::BuiltIn,
                    self.act.clock.0,
                    self.act.id,
                ],
                |row| row.get(0),
            )?;
        Ok(id)
    }

    /// Notes of the deck that the content no longer holds stay with their history, unscheduled.
    pub(super) fn retire(&mut self, deck: &PackageDeck, deck_id: i64) -> Result<()> {
        let act = self.act;
        let held: HashSet<&str> = deck.notes.iter().map(|note| note.id.as_str()).collect();
        let there: Vec<(i64, String)> = act
            .tx
            .prepare_cached(
                "SELECT note.id, origin.item FROM note JOIN origin ON origin.note = note.id
                 WHERE note.deck = ? AND note.gone = 0",
            )?
            .query_map([deck_id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (id, _) in there.iter().filter(|(_, item)| !held.contains(item.as_str())) {
            act.keep("note", id, &json!({ "gone": 0 }))?;
            note::write_gone(act, *id, note::RETIRED)?;
            self.report.retired += 1;
        }
        Ok(())
    }
}
