//! Notes whose text can't be read, areas, and the search index.

use cairn_core::note::Content;
use cairn_core::package::{Facts, Source};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::{NOTE, as_count, lost_text};
use crate::act::Act;
use crate::error::Result;
use crate::note;

/// A note of which something can't be read.
struct Broken {
    id: i64,
    content: String,
    facts: String,
    base: Option<String>,
    gone: bool,
}

fn broken(conn: &Connection) -> Result<Vec<Broken>> {
    let mut statement = conn.prepare(
        "SELECT note.id, content, facts, base, gone FROM note LEFT JOIN origin ON origin.note = note.id
         ORDER BY note.id",
    )?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        // Bytes that are no text are kept as far as they can be.
        let text = |column| -> rusqlite::Result<Option<String>> {
            let bytes = row.get_ref(column)?.as_bytes_or_null().unwrap_or_default();
            Ok(bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()))
        };
        let broken = Broken {
            id: row.get(0)?,
            content: text(1)?.unwrap_or_default(),
            facts: text(2)?.unwrap_or_default(),
            base: text(3)?,
            gone: row.get::<_, i64>(4)? != 0,
        };
        let readable = read::<Content>(&broken.content).is_some()
            && read::<Facts>(&broken.facts).is_some()
            && note::base_of(broken.base.as_deref()).is_ok();
        if !readable {
            found.push(broken);
        }
    }
    Ok(found)
}

fn read<T: serde::de::DeserializeOwned>(json: &str) -> Option<T> {
    serde_json::from_str(json).ok()
}

/// Gives every note that can't be read a text that can: the one before it, the one that was
/// released, or what is left of it in a plain card. Gives how many.
pub(crate) fn unreadable(act: &Act<'_>) -> Result<u32> {
    let broken = broken(&act.tx)?;
    for note in &broken {
        let Broken { id, content, facts, base, gone } = note;
        act.keep(NOTE, id, &json!({ "content": content, "facts": facts, "base": base }))?;
        let earlier = earlier(act, *id)?;
        let released = note::base_of(base.as_deref()).ok().flatten();
        let text = read(content)
            .or_else(|| earlier.0.clone())
            .or_else(|| released.clone())
            .unwrap_or_else(|| what_is_left(content));
        let known = read(facts).or(earlier.1).unwrap_or_default();
        let row_of = act.tx.prepare_cached("SELECT id, gone FROM card WHERE note = ?");
        let before: Vec<(i64, i64)> = row_of?
            .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        note::write_content(act, *id, &text, &known)?;
        if *gone {
            note::unindex(&act.tx, *id)?;
        }
        for (card, gone) in before {
            act.keep(super::CARD, card, &json!({ "gone": gone }))?;
        }
        // Writing the text has made a released one of what can't be read.
        if released.is_none() {
            act.tx
                .prepare_cached("UPDATE origin SET base = ? WHERE note = ?")?
                .execute(params![note::AS_WRITTEN, id])?;
        }
    }
    Ok(as_count(broken.len() + sources(act)?))
}

/// Sources of decks that can't be read are none.
fn sources(act: &Act<'_>) -> Result<usize> {
    let decks: Vec<(i64, String)> = act
        .tx
        .prepare("SELECT id, CAST(sources AS TEXT) FROM deck")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let broken: Vec<i64> = decks
        .iter()
        .filter(|(_, sources)| read::<Vec<Source>>(sources).is_none())
        .map(|(id, _)| *id)
        .collect();
    for id in &broken {
        act.tx
            .execute("UPDATE deck SET sources = '[]', operation = ? WHERE id = ?", [act.id, *id])?;
    }
    Ok(broken.len())
}

/// The newest text and facts that undo keeps of a note.
fn earlier(act: &Act<'_>, id: i64) -> Result<(Option<Content>, Option<Facts>)> {
    let mut statement = act.tx.prepare_cached(
        "SELECT fields FROM before_image WHERE entity = 'note' AND row = ? ORDER BY operation DESC",
    )?;
    let mut rows = statement.query([id])?;
    let (mut content, mut facts) = (None, None);
    while let Some(row) = rows.next()? {
        let Some(fields) = row.get_ref(0)?.as_str().ok().and_then(read::<Value>) else { continue };
        let part = |name: &str| fields.get(name).cloned();
        content = content.or_else(|| serde_json::from_value(part("content")?).ok());
        facts = facts.or_else(|| serde_json::from_value(part("facts")?).ok());
    }
    Ok((content, facts))
}

/// A plain card that holds what is left of a text.
fn what_is_left(raw: &str) -> Content {
    let left: String = raw.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    lost_text("The text of this card was damaged. Please edit it or delete it.", &left)
}

/// Writes the areas that are not what the facts say; gives how many.
pub(crate) fn areas(act: &Act<'_>) -> Result<u32> {
    let notes: Vec<(i64, String, Option<String>)> = act
        .tx
        .prepare("SELECT id, facts, area FROM note")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut written = 0;
    for (id, facts, area) in notes {
        let Some(facts) = read::<Facts>(&facts) else { continue };
        let code = facts.area.map(|area| area.code());
        if code != area.as_deref() {
            act.tx
                .prepare_cached("UPDATE note SET area = ?, operation = ? WHERE id = ?")?
                .execute(params![code, act.id, id])?;
            written += 1;
        }
    }
    Ok(written)
}

/// Makes the search index anew.
pub(crate) fn search(act: &Act<'_>) -> Result<()> {
    act.tx.execute_batch(
        "DROP TABLE note_search;
         CREATE VIRTUAL TABLE note_search USING fts5 (
           front, back, tags, content = '', contentless_delete = 1
         );",
    )?;
    let mut statement = act.tx.prepare("SELECT id, content, facts FROM note WHERE gone = 0")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let text = |column| row.get_ref(column).ok().and_then(|value| value.as_str().ok());
        let (content, facts) = (text(1).and_then(read::<Content>), text(2).and_then(read::<Facts>));
        if let (Some(content), Some(facts)) = (content, facts) {
            note::Searched::of(row.get(0)?, &content, &facts).insert(&act.tx)?;
        }
    }
    Ok(())
}
