//! Tables `note`, `origin`, `card`: a note comes in or is brought up to date.

use cairn_core::package::{PackageDeck, PackageNote};
use rusqlite::params;
use serde_json::json;
use uuid::Uuid;

use super::Work;
use super::fate::There;
use crate::error::Result;
use crate::{key_change, note};

/// New notes that are indexed together.
const INDEX_AT_ONCE: usize = 4096;

impl Work<'_> {
    pub(super) fn insert(
        &mut self,
        deck: &PackageDeck,
        deck_id: i64,
        note: &PackageNote,
        uuid: Uuid,
        position: i64,
    ) -> Result<i64> {
        let act = self.act;
        let content = serde_json::to_string(&note.content)?;
        act.tx
            .prepare_cached(
                "INSERT INTO note (uuid, deck, deck_clock, content, content_clock, facts, tags_clock,
                   area, position, operation) VALUES (?1, ?2, ?3, ?4, ?3, ?5, ?3, ?6, ?7, ?8)",
            )?
            .execute(params![
                uuid.as_bytes(),
                deck_id,
                act.clock.0,
                content,
                serde_json::to_string(&note.facts)?,
                note.facts.area.map(|area| area.code()),
                position,
                act.id,
            ])?;
        let id = act.tx.last_insert_rowid();
        let base = match &note.base {
            Some(base) => serde_json::to_string(base)?,
            None => note::AS_WRITTEN.to_owned(),
        };
        act.tx.prepare_cached("INSERT INTO origin VALUES (?, ?, ?, ?, ?)")?.execute(params![
            id,
            deck.id,
            note.id,
            deck.version,
            base
        ])?;
        let first = self.insert_cards((id, uuid, deck_id, position), note)?;
        if !note.cards.is_empty() {
            self.give_histories(first, uuid, note)?;
        }
        self.unindexed.push(note::Searched::of(id, &note.content, &note.facts));
        if self.unindexed.len() >= INDEX_AT_ONCE {
            self.index()?;
        }
        if !note.elsewhere.is_empty() {
            act.tx
                .prepare_cached("INSERT INTO elsewhere_note VALUES (?, ?, ?)")?
                .execute(params![id, note.elsewhere, act.id])?;
        }
        self.inserted = Some((self.inserted.map_or(id, |(first, _)| first), id));
        Ok(id)
    }

    /// Indexes the notes that wait for it, in one go: a statement of another table in between, when
    /// it opens a savepoint, makes the index write what it holds.
    pub(super) fn index(&mut self) -> Result<()> {
        self.unindexed.drain(..).try_for_each(|searched| searched.insert(&self.act.tx))
    }

    pub(super) fn update(
        &mut self,
        deck: &PackageDeck,
        note: &PackageNote,
        there: &There,
        position: i64,
    ) -> Result<i64> {
        // The note may be one that came in with this act and waits for the index.
        self.index()?;
        let act = self.act;
        act.keep(
            "note",
            there.id,
            &json!({ "content": there.content, "facts": there.facts, "gone": there.gone,
                     "base": there.base }),
        )?;
        act.tx
            .prepare_cached(
                "UPDATE note SET facts = ?, tags_clock = ?, area = ?, position = ?, operation = ?
                 WHERE id = ?",
            )?
            .execute(params![
                serde_json::to_string(&note.facts)?,
                act.clock.0,
                note.facts.area.map(|area| area.code()),
                position,
                act.id,
                there.id,
            ])?;
        act.tx
            .prepare_cached("UPDATE card SET position = ? WHERE note = ?")?
            .execute([position, there.id])?;
        act.tx.prepare_cached("INSERT OR REPLACE INTO origin VALUES (?, ?, ?, ?, ?)")?.execute(
            params![
                there.id,
                deck.id,
                note.id,
                deck.version,
                serde_json::to_string(note.released())?
            ],
        )?;
        if there.gone != 0 {
            note::write_gone(act, there.id, 0)?;
        }
        if let Some(change) = key_change::between(there.released(), note.released()) {
            key_change::write(act, there.id, &change)?;
        }
        let text = if there.is_edited() { &there.content } else { &note.content };
        note::write_content(act, there.id, text, &note.facts)?;
        self.keep_elsewhere(there.id, note)?;
        self.take_histories(there.id, note)?;
        Ok(there.id)
    }

    fn keep_elsewhere(&self, id: i64, note: &PackageNote) -> Result<()> {
        if !note.elsewhere.is_empty() {
            self.act
                .tx
                .prepare_cached("INSERT OR REPLACE INTO elsewhere_note VALUES (?, ?, ?)")?
                .execute(params![id, note.elsewhere, self.act.id])?;
        }
        Ok(())
    }
}
