//! Taking in a [`Package`]: decks and notes from a file or from the program itself.
//!
//! A note that is already there keeps its cards and their schedules. Text that a person changed
//! here is kept, and the new text becomes its base; text that nobody touched is updated.

use cairn_core::day::Moment;
use cairn_core::note::Content;
use cairn_core::package::{Facts, Package, PackageDeck, PackageNote};
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde_json::json;
use uuid::Uuid;

use crate::act::{Act, ActKind, ActName};
use crate::collection::Collection;
use crate::error::Result;
use crate::{key_change, note};

/// Namespace of every identity that Cairn derives.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f1c_1b0e_52a4_4d6c_9a57_0c41_4952_4e01);

/// Where a package comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// The program's own content: notes that it no longer holds are retired.
    BuiltIn,
    /// A file that a person brought.
    Import,
}

/// What an intake did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct IntakeReport {
    /// Notes that were not there.
    pub added: u32,
    /// Notes whose text or facts changed.
    pub updated: u32,
    /// Notes that were the same.
    pub unchanged: u32,
    /// Notes with new text, where the person's own edit was kept.
    pub kept_edits: u32,
    /// Notes that the content no longer holds.
    pub retired: u32,
    /// Of the notes with new text, those whose best answer changed after they had been answered.
    pub keys_changed: u32,
}

/// Stands for a fingerprint in a collection that takes no content.
const NO_CONTENT: &str = "none";

impl Collection {
    /// Takes in a package in one transaction. `name` is shown to people (a file name).
    pub fn take_in(
        &mut self,
        package: &Package,
        intake: Intake,
        name: &str,
        now: Moment,
    ) -> Result<IntakeReport> {
        self.sync()?;
        let kind = match intake {
            Intake::BuiltIn => ActKind::Content,
            Intake::Import => ActKind::Import,
        };
        let act = self.begin_act(now, &ActName { kind, subject: name.to_owned() })?;
        let mut work = Work { act: &act, report: IntakeReport::default(), inserted: None };
        for deck in &package.decks {
            work.deck(deck, intake)?;
        }
        if let Some((first, last)) = work.inserted {
            act.tx.execute(
                "INSERT INTO inserted_range VALUES (?, 'note', ?, ?)",
                params![act.id, first, last],
            )?;
        }
        let report = work.report;
        if report != (IntakeReport { unchanged: report.unchanged, ..IntakeReport::default() }) {
            act.commit()?;
            self.reload()?;
        }
        Ok(report)
    }

    /// Makes this a collection without the program's own content, for good.
    pub fn refuse_content(&mut self) -> Result<()> {
        self.conn.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('content', ?)",
            [NO_CONTENT],
        )?;
        Ok(())
    }

    /// Takes in the program's own content when it differs from what was taken in last.
    /// `fingerprint` names the release of the content.
    pub fn take_in_content(
        &mut self,
        fingerprint: &str,
        packages: impl FnOnce() -> Vec<Package>,
        now: Moment,
    ) -> Result<Option<IntakeReport>> {
        self.sync()?;
        let known: Option<String> = self
            .conn
            .query_row("SELECT value FROM meta WHERE key = 'content'", [], |row| row.get(0))
            .optional()?;
        if known.as_deref() == Some(fingerprint) || known.as_deref() == Some(NO_CONTENT) {
            return Ok(None);
        }
        let decks = packages().into_iter().flat_map(|package| package.decks).collect();
        let report = self.take_in(&Package { decks }, Intake::BuiltIn, "Cairn", now)?;
        self.conn.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('content', ?)",
            [fingerprint],
        )?;
        Ok(Some(report))
    }
}

struct Work<'a> {
    act: &'a Act<'a>,
    report: IntakeReport,
    /// First and last note inserted; ids run on while only this act inserts.
    inserted: Option<(i64, i64)>,
}

/// A note that is there already.
struct There {
    id: i64,
    content: Content,
    facts: Facts,
    position: i64,
    gone: i64,
    base: Option<Content>,
}

impl Work<'_> {
    fn deck(&mut self, deck: &PackageDeck, intake: Intake) -> Result<()> {
        let deck_id = self.write_deck(deck, intake)?;
        for (position, note) in (0i64..).zip(&deck.notes) {
            self.note(deck, deck_id, note, position)?;
        }
        if intake == Intake::BuiltIn {
            self.retire(deck, deck_id)?;
        }
        Ok(())
    }

    fn write_deck(&self, deck: &PackageDeck, intake: Intake) -> Result<i64> {
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
                    intake == Intake::BuiltIn,
                    self.act.clock.0,
                    self.act.id,
                ],
                |row| row.get(0),
            )?;
        Ok(id)
    }

    fn note(
        &mut self,
        deck: &PackageDeck,
        deck_id: i64,
        note: &PackageNote,
        position: i64,
    ) -> Result<()> {
        let uuid = note_uuid(&deck.id, &note.id);
        match self.there(uuid)? {
            None => self.insert(deck, deck_id, note, uuid, position),
            Some(there) => self.update(deck, note, &there, position),
        }
    }

    fn there(&self, uuid: Uuid) -> Result<Option<There>> {
        let mut statement = self.act.tx.prepare_cached(
            "SELECT id, content, facts, position, gone, base
             FROM note LEFT JOIN origin ON origin.note = note.id WHERE uuid = ?",
        )?;
        let mut rows = statement.query([uuid.as_bytes()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let base: Option<String> = row.get(5)?;
        Ok(Some(There {
            id: row.get(0)?,
            content: serde_json::from_str(&row.get::<_, String>(1)?)?,
            facts: serde_json::from_str(&row.get::<_, String>(2)?)?,
            position: row.get(3)?,
            gone: row.get(4)?,
            base: base.map(|base| serde_json::from_str(&base)).transpose()?,
        }))
    }

    fn insert(
        &mut self,
        deck: &PackageDeck,
        deck_id: i64,
        note: &PackageNote,
        uuid: Uuid,
        position: i64,
    ) -> Result<()> {
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
        act.tx.prepare_cached("INSERT INTO origin VALUES (?, ?, ?, ?, ?)")?.execute(params![
            id,
            deck.id,
            note.id,
            deck.version,
            content
        ])?;
        // Plain inserts: an upsert would open a savepoint each, and with it flush the text index.
        let cards = note::Cards { note: id, note_uuid: uuid, deck: deck_id, position };
        cards.write(act, &note.content, "")?;
        note::index(&act.tx, id, &note.content, &note.facts)?;
        self.report.added += 1;
        self.inserted = Some((self.inserted.map_or(id, |(first, _)| first), id));
        Ok(())
    }

    fn update(
        &mut self,
        deck: &PackageDeck,
        note: &PackageNote,
        there: &There,
        position: i64,
    ) -> Result<()> {
        let act = self.act;
        let base = there.base.as_ref();
        let edited_here = base.is_some_and(|base| *base != there.content);
        let new_text = base.unwrap_or(&there.content) != &note.content;
        let same =
            !new_text && there.facts == note.facts && there.position == position && there.gone == 0;
        if same {
            self.report.unchanged += 1;
            return Ok(());
        }
        let keeps_edit = edited_here && new_text && there.content != note.content;
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
                serde_json::to_string(&note.content)?
            ],
        )?;
        if there.gone != 0 {
            note::write_gone(act, there.id, 0)?;
        }
        if let Some(change) = key_change::between(base.unwrap_or(&there.content), &note.content)
            && key_change::write(act, there.id, &change)?
        {
            self.report.keys_changed += 1;
        }
        let text = if edited_here { &there.content } else { &note.content };
        note::write_content(act, there.id, text, &note.facts)?;
        if there.gone == note::DELETED {
            self.report.added += 1;
        } else if keeps_edit {
            self.report.kept_edits += 1;
        } else {
            self.report.updated += 1;
        }
        Ok(())
    }

    /// Notes of the deck that the content no longer holds stay with their history, unscheduled.
    fn retire(&mut self, deck: &PackageDeck, deck_id: i64) -> Result<()> {
        let act = self.act;
        let held: std::collections::HashSet<&str> =
            deck.notes.iter().map(|note| note.id.as_str()).collect();
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

fn note_uuid(deck: &str, note: &str) -> Uuid {
    Uuid::new_v5(&NAMESPACE, format!("{deck}\n{note}").as_bytes())
}
