//! What a person does to a card besides answering it.

use cairn_core::day::Moment;
use cairn_core::fold::LogKind;
use cairn_core::note::Content;
use cairn_core::schedule::{Known, Schedule};
use rusqlite::params;
use serde_json::json;
use uuid::Uuid;

use crate::act::{ActKind, ActName};
use crate::card::{self, Card};
use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::log::{self, NewRow};
use crate::note;
use crate::shown;
use crate::view::{NoteText, Step};

/// A change of one column of a card, with its clock.
struct Change {
    kind: ActKind,
    column: &'static str,
    value: i64,
}

impl Collection {
    /// No longer schedules a card, or (with `on = false`) schedules it again.
    pub fn suspend(&mut self, card: Uuid, on: bool, now: Moment) -> Result<Step> {
        let kind = if on { ActKind::Suspend } else { ActKind::Resume };
        self.change(card, &Change { kind, column: "suspended", value: on.into() }, now)
    }

    /// Not today: hides a card until tomorrow.
    pub fn bury(&mut self, card: Uuid, now: Moment) -> Result<Step> {
        let tomorrow = self.study_day(now).plus(1).number();
        let change = Change { kind: ActKind::Bury, column: "buried_until", value: tomorrow.into() };
        self.change(card, &change, now)
    }

    /// Sets or takes away a card's flag.
    pub fn flag(&mut self, card: Uuid, on: bool, now: Moment) -> Result<Step> {
        let kind = if on { ActKind::Flag } else { ActKind::Unflag };
        self.change(card, &Change { kind, column: "flagged", value: on.into() }, now)
    }

    fn change(&mut self, card: Uuid, change: &Change, now: Moment) -> Result<Step> {
        self.queue(now)?;
        let Change { kind, column, value } = *change;
        let card = card::by_uuid(&self.conn, card)?;
        let subject = note::title(&note::by_id(&self.conn, card.note)?.content);
        let act = self.begin_act(now, &ActName { kind, subject })?;
        let before: i64 = act
            .tx
            .prepare_cached(&format!("SELECT {column} FROM card WHERE id = ?"))?
            .query_row([card.id], |row| row.get(0))?;
        act.keep("card", card.id, &json!({ column: before }))?;
        act.tx
            .prepare_cached(&format!(
                "UPDATE card SET {column} = ?, {column_clock} = ?, touched = ? WHERE id = ?",
                column_clock = clock_of(column),
            ))?
            .execute(params![value, act.clock.0, act.id, card.id])?;
        act.commit()?;
        self.cards_changed(&[card.id])?;
        self.step(now)
    }

    pub(crate) fn cards_changed(&mut self, cards: &[i64]) -> Result<()> {
        match self.queue.as_mut() {
            Some(queue) => queue.changed(&self.conn, None, cards),
            None => Ok(()),
        }
    }

    /// The text of a note, for editing.
    pub fn note_text(&mut self, note: Uuid) -> Result<NoteText> {
        self.sync()?;
        let note = note::by_uuid(&self.conn, note)?;
        let edited = shown::is_edited(&note);
        Ok(NoteText {
            note: note.uuid.to_string(),
            base: note.base.filter(|_| edited),
            content: note.content,
            deck: note.deck_name,
        })
    }

    /// Saves the text of a note. Its cards keep their schedules; a cloze gap that is gone takes its
    /// card out of the queue, with its history, and a new gap makes a new card.
    ///
    /// # Errors
    /// `BadValue` where the text would make no card.
    pub fn edit(&mut self, note: Uuid, content: &Content, now: Moment) -> Result<Step> {
        self.queue(now)?;
        let before = note::by_uuid(&self.conn, note)?;
        check_content(content, &before.content)?;
        if *content != before.content {
            let name = ActName { kind: ActKind::Edit, subject: note::title(content) };
            let act = self.begin_act(now, &name)?;
            act.keep("note", before.id, &json!({ "content": before.content }))?;
            note::write_content(&act, before.id, content, &before.facts)?;
            act.commit()?;
            let cards = card::of_note(&self.conn, before.id)?;
            self.cards_changed(&cards.iter().map(|card| card.id).collect::<Vec<_>>())?;
        }
        self.step(now)
    }

    /// Brings cards that were answered under a clock in the future back: they come again after
    /// their interval, counted from today. Gives how many.
    pub fn mend_clock(&mut self, now: Moment) -> Result<u32> {
        self.queue(now)?;
        let today = self.study_day(now);
        let ahead: Vec<i64> = self
            .conn
            .prepare_cached("SELECT id FROM card WHERE last_day > ? AND gone = 0")?
            .query_map([today.number()], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        if ahead.is_empty() {
            return Ok(0);
        }
        let policy = self.settings.policy();
        let name = ActName { kind: ActKind::MendClock, subject: ahead.len().to_string() };
        let act = self.begin_act(now, &name)?;
        for id in &ahead {
            let card = card::by_id(&act.tx, *id)?;
            let Schedule::Known(known) = card.schedule else { continue };
            let interval = i32::try_from(known.memory.interval_days).unwrap_or(i32::MAX);
            let mended = Schedule::Known(Known { due: today.plus(interval), last: today, ..known });
            log::append(&act, &set_row(&card, mended, today, &policy))?;
            card::write_schedule(&act, card.id, &mended)?;
        }
        act.commit()?;
        self.cards_changed(&ahead)?;
        Ok(u32::try_from(ahead.len()).unwrap_or(u32::MAX))
    }
}

/// A row that gives a card a state outright.
pub(crate) fn set_row<'a>(
    card: &'a Card,
    after: Schedule,
    day: cairn_core::day::StudyDay,
    policy: &'a cairn_core::policy::Policy,
) -> NewRow<'a> {
    NewRow {
        card,
        kind: LogKind::Set,
        grade: None,
        response: None,
        option_order: None,
        day,
        taken_ms: 0,
        policy,
        outcome: None,
        after,
    }
}

/// The clock of a group of fields.
pub(crate) fn clock_of(column: &str) -> &'static str {
    match column {
        "suspended" => "suspended_clock",
        "buried_until" => "buried_clock",
        _ => "flagged_clock",
    }
}

/// Refuses a text that could not be asked or answered.
fn check_content(content: &Content, before: &Content) -> Result<()> {
    let bad = |what, why: &str| Err(Error::BadValue { what, why: why.into() });
    if content.kind() != before.kind() {
        return bad("content", "a card keeps its kind; make a new card instead");
    }
    match content {
        Content::Basic { front, .. } if front.trim().is_empty() => {
            bad("front", "the question is empty")
        }
        Content::Basic { back, .. } if back.trim().is_empty() => bad("back", "the answer is empty"),
        Content::Cloze { text, .. } if cairn_core::cloze::numbers(text).is_empty() => {
            bad("text", "there is no gap; write {{c1::what is hidden}}")
        }
        Content::Faces { faces, .. } if faces.is_empty() => bad("faces", "there is no card"),
        Content::Faces { faces, .. } if faces.iter().any(|face| face.front.trim().is_empty()) => {
            bad("front", "the question is empty")
        }
        Content::Choice { stem, .. } if stem.trim().is_empty() => {
            bad("stem", "the question is empty")
        }
        Content::Choice { options, .. } => {
            let right = options.iter().filter(|option| option.right).count();
            if options.iter().any(|option| option.text.trim().is_empty()) {
                bad("options", "an option is empty")
            } else if right == 0 || right == options.len() {
                bad("options", "at least one option is right and at least one is wrong")
            } else {
                Ok(())
            }
        }
        _ => Ok(()),
    }
}
