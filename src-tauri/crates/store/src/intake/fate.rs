//! What becomes of a note of a package, told without writing.

use cairn_core::hash;
use cairn_core::note::Content;
use cairn_core::package::{Facts, Identity, PackageDeck, PackageNote};
use cairn_core::schedule::Schedule;
use rusqlite::Connection;
use uuid::Uuid;

use super::{Existing, Intake, IntakeReport, TakeIn};
use crate::error::Result;
use crate::{card, key_change, log, note};

/// Where in the package a note stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) deck: &'a PackageDeck,
    pub(super) position: i64,
}

/// A note that is there already.
pub(super) struct There {
    pub(super) id: i64,
    pub(super) uuid: Uuid,
    pub(super) content: Content,
    pub(super) facts: Facts,
    position: i64,
    pub(super) gone: i64,
    pub(super) base: Option<Content>,
}

impl There {
    /// The text as it last came in.
    pub(super) fn released(&self) -> &Content {
        self.base.as_ref().unwrap_or(&self.content)
    }

    pub(super) fn is_edited(&self) -> bool {
        self.base.as_ref().is_some_and(|base| *base != self.content)
    }
}

pub(super) enum Fate {
    /// It was never here.
    Add(Uuid),
    /// It was taken out of sight and comes back.
    Revive(There),
    /// It is here, with another text or other facts.
    Update(There),
    /// It is here, with another text, and the person's own words stay.
    KeepEdit(There),
    /// It is here, the same.
    Same(There),
    /// It is here, with another text, and is left as it is.
    Leave,
}

pub(super) fn of(
    conn: &Connection,
    place: Place<'_>,
    note: &PackageNote,
    how: &TakeIn<'_>,
) -> Result<Fate> {
    let uuid = note.uuid(&place.deck.id);
    let Some(there) = find(conn, uuid)? else { return Ok(Fate::Add(uuid)) };
    if there.gone == note::DELETED {
        return Ok(Fate::Revive(there));
    }
    let other_text = *there.released() != note.content && there.content != note.content;
    match how.existing {
        Existing::KeepMine if other_text => Ok(Fate::Leave),
        Existing::KeepBoth if other_text => beside(conn, uuid, note),
        Existing::KeepMine | Existing::KeepBoth => Ok(Fate::Same(there)),
        Existing::Update => Ok(update(there, place.position, note, how.intake)),
    }
}

fn update(there: There, position: i64, note: &PackageNote, intake: Intake) -> Fate {
    // A file with the person's own words, such as an export, is no new release of the note.
    let own_words = intake == Intake::Import && there.content == note.content;
    let new_text = *there.released() != note.content && !own_words;
    // The order of an imported deck is the file's; another deck may hold the note by now.
    let same_place = there.position == position || note.identity != Identity::InDeck;
    if !new_text && there.facts == note.facts && same_place && there.gone == 0 {
        Fate::Same(there)
    } else if there.is_edited() && new_text && there.content != note.content {
        Fate::KeepEdit(there)
    } else {
        Fate::Update(there)
    }
}

/// A note beside the one that is here: its identity hangs on its text, so that the same file twice
/// makes it once.
fn beside(conn: &Connection, uuid: Uuid, note: &PackageNote) -> Result<Fate> {
    let mark = hash::fingerprint(&serde_json::to_string(&note.content)?);
    let uuid = Uuid::new_v5(&uuid, mark.as_bytes());
    Ok(match find(conn, uuid)? {
        None => Fate::Add(uuid),
        Some(there) if there.gone == note::DELETED => Fate::Revive(there),
        Some(there) => Fate::Same(there),
    })
}

fn find(conn: &Connection, uuid: Uuid) -> Result<Option<There>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, content, facts, position, gone, base
         FROM note LEFT JOIN origin ON origin.note = note.id WHERE uuid = ?",
    )?;
    let mut rows = statement.query([uuid.as_bytes()])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let base: Option<String> = row.get(5)?;
    Ok(Some(There {
        id: row.get(0)?,
        uuid,
        content: serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or_default())?,
        facts: serde_json::from_str(row.get_ref(2)?.as_str().unwrap_or_default())?,
        position: row.get(3)?,
        gone: row.get(4)?,
        base: note::base_of(base.as_deref())?,
    }))
}

impl Fate {
    /// Counts it into a report.
    pub(super) fn count(
        &self,
        conn: &Connection,
        note: &PackageNote,
        how: &TakeIn<'_>,
        report: &mut IntakeReport,
    ) -> Result<()> {
        match self {
            Self::Add(_) => {
                report.added += 1;
                report.cards += u32::try_from(note.content.card_keys().len()).unwrap_or(u32::MAX);
            }
            Self::Revive(_) => {
                report.added += 1;
                report.cards += u32::try_from(note.content.card_keys().len()).unwrap_or(u32::MAX);
            }
            Self::Update(there) => {
                report.updated += 1;
                report.keys_changed += u32::from(self.changes_key(conn, there, note)?);
            }
            Self::KeepEdit(there) => {
                report.kept_edits += 1;
                report.keys_changed += u32::from(self.changes_key(conn, there, note)?);
            }
            Self::Same(_) => report.unchanged += 1,
            Self::Leave => report.kept_edits += 1,
        }
        if !how.fresh && !matches!(self, Self::Leave) {
            self.count_schedules(conn, note, report)?;
        }
        Ok(())
    }

    fn changes_key(&self, conn: &Connection, there: &There, note: &PackageNote) -> Result<bool> {
        let changed = key_change::between(there.released(), &note.content).is_some();
        Ok(changed && key_change::was_answered(conn, there.id)?)
    }

    fn count_schedules(
        &self,
        conn: &Connection,
        note: &PackageNote,
        report: &mut IntakeReport,
    ) -> Result<()> {
        for incoming in note.cards.iter().filter(|card| card.schedule != Schedule::New) {
            if self.takes_history(conn, &incoming.key)? {
                report.scheduled += 1;
            } else {
                report.kept_schedules += 1;
            }
        }
        Ok(())
    }

    /// Whether the card of this key takes schedule and history from the package: it has none here.
    fn takes_history(&self, conn: &Connection, key: &str) -> Result<bool> {
        match self {
            Self::Add(_) => Ok(true),
            Self::Leave => Ok(false),
            Self::Revive(there)
            | Self::Update(there)
            | Self::KeepEdit(there)
            | Self::Same(there) => {
                let uuid = Uuid::new_v5(&there.uuid, key.as_bytes());
                match card::find(conn, uuid)? {
                    Some(card) => Ok(!log::has_rows(conn, card.id)?),
                    None => Ok(true),
                }
            }
        }
    }
}
