//! Tables `note`, `origin` and `note_search`: what a person wrote or was given.

use cairn_core::note::{Content, Face};
use cairn_core::package::{Facts, Source};
use cairn_core::text;
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::act::Act;
use crate::card::uuid;
use crate::error::{Error, Result};

/// A note as stored, with what its deck says of its sources.
pub(crate) struct Note {
    pub(crate) id: i64,
    pub(crate) uuid: Uuid,
    pub(crate) content: Content,
    pub(crate) facts: Facts,
    pub(crate) deck_name: String,
    pub(crate) sources: Vec<Source>,
    /// The text as released, where it is known not to be the note's own text.
    pub(crate) base: Option<Content>,
}

const SELECT: &str = "SELECT note.id, note.uuid, note.content, note.facts, deck.name, deck.sources,
    origin.base
  FROM note JOIN deck ON deck.id = note.deck LEFT JOIN origin ON origin.note = note.id";

type Raw = (i64, Uuid, [String; 4], Option<String>);

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    let texts = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?];
    Ok((row.get(0)?, uuid(row, 1)?, texts, row.get(6)?))
}

fn from_raw((id, uuid, [content, facts, deck_name, sources], base): Raw) -> Result<Note> {
    Ok(Note {
        id,
        uuid,
        content: serde_json::from_str(&content)?,
        facts: serde_json::from_str(&facts)?,
        deck_name,
        sources: serde_json::from_str(&sources)?,
        base: base_of(base.as_deref())?,
    })
}

/// In `origin.base`: the text as released is the note's own.
pub(crate) const AS_WRITTEN: &str = "";

/// The text as released, out of its column: `None` where it is the note's own, which is not written
/// a second time until one of the two changes.
pub(crate) fn base_of(column: Option<&str>) -> Result<Option<Content>> {
    Ok(column.filter(|base| !base.is_empty()).map(serde_json::from_str).transpose()?)
}

pub(crate) fn by_id(conn: &Connection, id: i64) -> Result<Note> {
    from_raw(conn.prepare_cached(&format!("{SELECT} WHERE note.id = ?"))?.query_row([id], raw)?)
}

pub(crate) fn by_uuid(conn: &Connection, uuid: Uuid) -> Result<Note> {
    let found = conn
        .prepare_cached(&format!("{SELECT} WHERE note.uuid = ?"))?
        .query_row([uuid.as_bytes()], raw)
        .optional()?;
    match found {
        Some(raw) => from_raw(raw),
        None => Err(Error::NotFound { what: "note", name: uuid.to_string() }),
    }
}

/// Puts the text of a note into the index, in place of what was there.
pub(crate) fn index(conn: &Connection, id: i64, content: &Content, facts: &Facts) -> Result<()> {
    let [front, back] = searched(content);
    conn.prepare_cached(
        "INSERT OR REPLACE INTO note_search (rowid, front, back, tags) VALUES (?, ?, ?, ?)",
    )?
    .execute(params![id, front, back, facts.tags.join(" ")])?;
    Ok(())
}

/// What the index takes of a new note.
pub(crate) struct Searched {
    id: i64,
    sides: [String; 2],
    tags: String,
}

impl Searched {
    /// The text of a note in search.
    pub(crate) fn of(id: i64, content: &Content, facts: &Facts) -> Self {
        Self { id, sides: searched(content), tags: facts.tags.join(" ") }
    }

    /// Puts it into the index, which has nothing of the note yet.
    pub(crate) fn insert(&self, conn: &Connection) -> Result<()> {
        let [front, back] = &self.sides;
        conn.prepare_cached(
            "INSERT INTO note_search (rowid, front, back, tags) VALUES (?, ?, ?, ?)",
        )?
        .execute(params![self.id, front, back, self.tags])?;
        Ok(())
    }
}

/// Takes the text of a note out of the index.
pub(crate) fn unindex(conn: &Connection, id: i64) -> Result<()> {
    conn.prepare_cached("DELETE FROM note_search WHERE rowid = ?")?.execute([id])?;
    Ok(())
}

/// The front and the back of a note as plain text.
fn searched(content: &Content) -> [String; 2] {
    let plain = |markdown: &str| text::plain(&text::parse(markdown));
    let whole = |text: &str| {
        let gap = text::Gaps { number: 0, shown: true };
        text::plain(&text::parse_cloze(text, gap))
    };
    match content {
        Content::Basic { front, back, note, .. } => {
            [plain(front), format!("{}\n{}", plain(back), plain(note))]
        }
        Content::Cloze { text, note } => [whole(text), plain(note)],
        Content::Faces { faces, note } => {
            let side = |pick: fn(&Face) -> &String| {
                faces.iter().map(|face| plain(pick(face))).collect::<Vec<_>>().join("\n")
            };
            let backs = side(|face| &face.back);
            [side(|face| &face.front), format!("{backs}\n{}", plain(note))]
        }
        Content::Choice { stem, options, note } => {
            let options: Vec<String> = options
                .iter()
                .map(|option| format!("{}\n{}", plain(&option.text), plain(&option.reason)))
                .collect();
            [plain(stem), format!("{}\n{}", options.join("\n"), plain(note))]
        }
    }
}

/// The start of a note's question, to name it by.
pub(crate) fn title(content: &Content) -> String {
    let question = match content {
        Content::Basic { front, .. } => text::parse(front),
        Content::Cloze { text, .. } => {
            text::parse_cloze(text, text::Gaps { number: 0, shown: true })
        }
        Content::Faces { faces, .. } => {
            text::parse(faces.first().map_or("", |face| face.front.as_str()))
        }
        Content::Choice { stem, .. } => text::parse(stem),
    };
    text::plain(&question).lines().next().unwrap_or_default().to_owned()
}

/// `note.gone` of a note that its content no longer holds.
pub(crate) const RETIRED: i64 = 1;
/// `note.gone` of a note that was deleted or taken back.
pub(crate) const DELETED: i64 = 2;

/// What the cards of a note have in common.
pub(crate) struct Cards {
    pub(crate) note: i64,
    pub(crate) note_uuid: Uuid,
    pub(crate) deck: i64,
    pub(crate) position: i64,
}

/// Brings a card back that was out of sight.
const BRING_BACK: &str = "ON CONFLICT (uuid) DO UPDATE SET gone = 0, touched = excluded.touched";

impl Cards {
    /// Inserts a card for each ordinal key of the content; `conflict` says what of those there.
    /// Gives the id of the first row that was inserted, where nothing conflicts.
    pub(crate) fn write(&self, act: &Act<'_>, content: &Content, conflict: &str) -> Result<i64> {
        let mut statement = act.tx.prepare_cached(&format!(
            "INSERT INTO card (uuid, note, deck, ordinal, position, touched)
             VALUES (?, ?, ?, ?, ?, ?) {conflict}"
        ))?;
        let mut first = None;
        for key in content.card_keys() {
            let uuid = Uuid::new_v5(&self.note_uuid, key.as_bytes());
            let Self { note, deck, position, .. } = self;
            statement.execute(params![uuid.as_bytes(), note, deck, key, position, act.id])?;
            first.get_or_insert(act.tx.last_insert_rowid());
        }
        Ok(first.unwrap_or_default())
    }

    /// Inserts the card of one ordinal key, which must not be there; gives its id.
    pub(crate) fn write_one(&self, act: &Act<'_>, key: &str) -> Result<i64> {
        let Self { note, deck, position, .. } = self;
        let uuid = Uuid::new_v5(&self.note_uuid, key.as_bytes());
        act.tx
            .prepare_cached(
                "INSERT INTO card (uuid, note, deck, ordinal, position, touched)
                 VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![uuid.as_bytes(), note, deck, key, position, act.id])?;
        Ok(act.tx.last_insert_rowid())
    }
}

/// Writes a note's text, its index, and its cards: gaps that are gone take their cards out of the
/// queue with their history, new ones make cards.
pub(crate) fn write_content(
    act: &Act<'_>,
    id: i64,
    content: &Content,
    facts: &Facts,
) -> Result<()> {
    // From now on the text as released may be another one.
    act.tx
        .prepare_cached(
            "UPDATE origin SET base = (SELECT content FROM note WHERE id = ?1)
             WHERE note = ?1 AND base = ''",
        )?
        .execute([id])?;
    act.tx
        .prepare_cached(
            "UPDATE note SET content = ?, content_clock = ?, facts = ?, area = ?, operation = ?
             WHERE id = ?",
        )?
        .execute(params![
            serde_json::to_string(content)?,
            act.clock.0,
            serde_json::to_string(facts)?,
            facts.area.map(|area| area.code()),
            act.id,
            id
        ])?;
    let (uuid, deck, position, gone) = act
        .tx
        .prepare_cached("SELECT uuid, deck, position, gone FROM note WHERE id = ?")?
        .query_row([id], |row| {
            Ok((uuid(row, 0)?, row.get(1)?, row.get(2)?, row.get::<_, i64>(3)?))
        })?;
    act.tx
        .prepare_cached("UPDATE card SET gone = 1, touched = ? WHERE note = ?")?
        .execute([act.id, id])?;
    if gone == 0 {
        Cards { note: id, note_uuid: uuid, deck, position }.write(act, content, BRING_BACK)?;
        index(&act.tx, id, content, facts)?;
    }
    Ok(())
}

/// Takes a note out of sight (retired or deleted), or brings it back.
pub(crate) fn write_gone(act: &Act<'_>, id: i64, gone: i64) -> Result<()> {
    act.tx
        .prepare_cached("UPDATE note SET gone = ?, operation = ? WHERE id = ?")?
        .execute([gone, act.id, id])?;
    let note = by_id(&act.tx, id)?;
    if gone == 0 {
        return write_content(act, id, &note.content, &note.facts);
    }
    act.tx
        .prepare_cached("UPDATE card SET gone = 1, touched = ? WHERE note = ?")?
        .execute([act.id, id])?;
    unindex(&act.tx, id)?;
    if gone == DELETED {
        act.tx
            .prepare_cached("INSERT OR REPLACE INTO tombstone VALUES ('note', ?, ?, ?)")?
            .execute(params![note.uuid.as_bytes(), act.clock.0, act.id])?;
    }
    Ok(())
}
