//! Table `key_change`: an update gave a choice note another best answer, and whoever learned the
//! old one has to be told.
//!
//! A change is news until the note is answered again; taking that answer back makes it news once
//! more, and taking back the import that brought it ends it. Nothing is rescheduled: an update keeps
//! every card's day.

use cairn_core::note::{ChoiceOption, Content};
use cairn_core::text;
use rusqlite::{Connection, OptionalExtension, params};

use crate::act::Act;
use crate::collection::Collection;
use crate::error::Result;
use crate::log::STANDS;
use crate::note;
use crate::view::KeyChange;

/// The most that are listed at once.
const LISTED: usize = 50;

/// The changes that are still news: the update stands, and no answer that stands came after it.
const NEWS: &str = "SELECT key_change.note, key_change.operation, was, now FROM key_change
  WHERE (?1 IS NULL OR key_change.note = ?1)
    AND NOT EXISTS (SELECT 1 FROM operation AS v WHERE v.voids = key_change.operation)
    AND NOT EXISTS (
      SELECT 1 FROM card JOIN review_log ON review_log.card = card.id
      WHERE card.note = key_change.note AND review_log.operation > key_change.operation
        AND kind IN ('review', 'drill') AND {STANDS})
  ORDER BY key_change.note, key_change.operation";

/// What became of one note's best answer since it was last answered.
struct News {
    note: i64,
    operation: i64,
    was: String,
    now: String,
}

/// The news of one note or of all. Several updates in a row are one change, from what was answered
/// to what holds now; one that came back to where it was is none.
fn news(conn: &Connection, note: Option<i64>) -> Result<Vec<News>> {
    let mut statement = conn.prepare_cached(&NEWS.replace("{STANDS}", STANDS))?;
    let mut rows = statement.query([note])?;
    let mut found: Vec<News> = Vec::new();
    while let Some(row) = rows.next()? {
        let (note, operation, was, now) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        match found.last_mut().filter(|last| last.note == note) {
            Some(last) => (last.operation, last.now) = (operation, now),
            None => found.push(News { note, operation, was, now }),
        }
    }
    found.retain(|news| news.was != news.now);
    Ok(found)
}

/// Old and new best answer as plain text, where the one differs from the other. An option that was
/// reworded under its id, or that has a new id and the old words, is the same answer.
pub(crate) fn between(old: &Content, new: &Content) -> Option<[String; 2]> {
    let (was, is) = (key(old)?, key(new)?);
    let [was_text, is_text] = [was, is].map(|option| text::plain(&text::parse(&option.text)));
    (was.id != is.id && was_text != is_text).then_some([was_text, is_text])
}

fn key(content: &Content) -> Option<&ChoiceOption> {
    match content {
        Content::Choice { options, .. } => options.iter().find(|option| option.right),
        _ => None,
    }
}

/// Whether a card of the note was ever answered.
pub(crate) fn was_answered(conn: &Connection, note: i64) -> Result<bool> {
    let sql = format!(
        "SELECT EXISTS (SELECT 1 FROM card JOIN review_log ON review_log.card = card.id
           WHERE card.note = ? AND kind IN ('review', 'drill') AND {STANDS})"
    );
    Ok(conn.prepare_cached(&sql)?.query_row([note], |row| row.get(0))?)
}

/// Writes a change down, when a card of the note was ever answered.
pub(crate) fn write(act: &Act<'_>, note: i64, [was, now]: &[String; 2]) -> Result<()> {
    if was_answered(&act.tx, note)? {
        act.tx
            .prepare_cached("INSERT INTO key_change VALUES (?, ?, ?, ?)")?
            .execute(params![note, act.id, was, now])?;
    }
    Ok(())
}

/// What was best in a note before it changed, while that is news.
pub(crate) fn of_note(conn: &Connection, note: i64) -> Result<Option<String>> {
    Ok(news(conn, Some(note))?.pop().map(|news| news.was))
}

/// The changes that are news and were not marked as read, newest first.
pub(crate) fn unread(conn: &Connection) -> Result<Vec<KeyChange>> {
    let read: Option<i64> = conn
        .prepare_cached("SELECT value FROM meta WHERE key = 'key_changes_read'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    let mut unread = news(conn, None)?;
    unread.retain(|news| news.operation > read.unwrap_or(0));
    unread.sort_by_key(|news| std::cmp::Reverse(news.operation));
    unread
        .into_iter()
        .take(LISTED)
        .map(|News { note, was, now, .. }| {
            let question = note::title(&note::by_id(conn, note)?.content);
            Ok(KeyChange { question, was, now })
        })
        .collect()
}

impl Collection {
    /// Marks every change of a best answer as read. Each still shows on its card until that is
    /// answered.
    pub fn mark_key_changes_read(&mut self) -> Result<()> {
        self.conn.execute(
            "INSERT OR REPLACE INTO meta (key, value)
             SELECT 'key_changes_read', coalesce(max(operation), 0) FROM key_change",
            [],
        )?;
        Ok(())
    }
}
