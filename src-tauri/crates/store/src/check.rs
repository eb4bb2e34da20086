//! Whether a collection is sound, and its schedules rebuilt from the log.

use cairn_core::day::Moment;
use cairn_core::note::Content;
use cairn_core::package::Facts;
use rusqlite::Connection;
use serde::Serialize;

use crate::act::{ActKind, ActName};
use crate::card;
use crate::collection::Collection;
use crate::error::Result;
use crate::log;

/// Something that is wrong with a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at: `file`, `references`, `search`, `notes`, `schedules`.
    pub what: &'static str,
    /// What is wrong, in plain words.
    pub message: String,
}

/// Statements that count things that must not be, with the words for one finding.
const ORPHANS: [(&str, &str, &str); 3] = [
    (
        "references",
        "cards without a note",
        "SELECT count(*) FROM card WHERE note NOT IN (SELECT id FROM note)",
    ),
    (
        "references",
        "notes in sight without a card",
        "SELECT count(*) FROM note WHERE gone = 0
           AND NOT EXISTS (SELECT 1 FROM card WHERE card.note = note.id AND card.gone = 0)",
    ),
    (
        "search",
        "notes that the search does not know",
        "SELECT count(*) FROM note WHERE gone = 0
           AND id NOT IN (SELECT rowid FROM note_search)",
    ),
];

impl Collection {
    /// Looks through the whole file. Empty when everything is sound.
    pub fn check(&mut self) -> Result<Vec<Finding>> {
        self.sync()?;
        let mut findings = Vec::new();
        let verdicts: Vec<String> = self
            .conn
            .prepare("PRAGMA integrity_check(20)")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        findings.extend(
            verdicts
                .into_iter()
                .filter(|verdict| verdict != "ok")
                .map(|message| Finding { what: "file", message }),
        );
        let broken: Vec<String> = self
            .conn
            .prepare("PRAGMA foreign_key_check")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if let Some(table) = broken.first() {
            let message =
                format!("{} rows point to nothing, the first in table {table}", broken.len());
            findings.push(Finding { what: "references", message });
        }
        for (what, words, sql) in ORPHANS {
            let count: i64 = self.conn.query_row(sql, [], |row| row.get(0))?;
            if count > 0 {
                findings.push(Finding { what, message: format!("{count} {words}") });
            }
        }
        let unreadable = unreadable_notes(&self.conn)?;
        if unreadable > 0 {
            let message = format!("{unreadable} notes whose text can't be read");
            findings.push(Finding { what: "notes", message });
        }
        let differing = differing(&self.conn)?.len();
        if differing > 0 {
            let message = format!("{differing} cards whose schedule is not what their log says");
            findings.push(Finding { what: "schedules", message });
        }
        Ok(findings)
    }

    /// Compares every card's schedule with the fold of its log, and (unless `dry_run`) writes the
    /// fold where they differ. Gives how many differ.
    pub fn rebuild(&mut self, dry_run: bool, now: Moment) -> Result<usize> {
        self.sync()?;
        let differing = differing(&self.conn)?;
        if dry_run || differing.is_empty() {
            return Ok(differing.len());
        }
        // A repair of a cache is not an act of a person: undo passes over it.
        let name = ActName { kind: ActKind::Content, subject: "rebuild".into() };
        let act = self.begin_act(now, &name)?;
        for id in &differing {
            let card = card::by_id(&act.tx, *id)?;
            let schedule = log::fold(&act.tx, card.id, card.uuid)?;
            card::write_schedule(&act, card.id, &schedule)?;
        }
        act.commit()?;
        self.reload()?;
        Ok(differing.len())
    }
}

/// How many notes hold something else than this program writes.
fn unreadable_notes(conn: &Connection) -> Result<usize> {
    let mut statement = conn.prepare("SELECT content, facts FROM note")?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let (content, facts): (String, String) = (row.get(0)?, row.get(1)?);
        let readable = serde_json::from_str::<Content>(&content).is_ok()
            && serde_json::from_str::<Facts>(&facts).is_ok();
        count += usize::from(!readable);
    }
    Ok(count)
}

/// Cards whose cached schedule is not the fold of their log.
fn differing(conn: &Connection) -> Result<Vec<i64>> {
    let ids: Vec<i64> = conn
        .prepare("SELECT id FROM card")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut differing = Vec::new();
    for id in ids {
        let card = card::by_id(conn, id)?;
        if card.schedule != log::fold(conn, card.id, card.uuid)? {
            differing.push(id);
        }
    }
    Ok(differing)
}
