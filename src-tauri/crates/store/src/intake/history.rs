//! Tables `card`, `review_log`, `elsewhere_card`: schedules and histories that a package brings.
//!
//! A card takes them only when it has no history here. Rows get this device's numbers and the act's
//! clock, in the order of the package; where their fold is not the schedule that the package gives
//! (another program's rows fold to nothing), one `set` row says the schedule outright.

use cairn_core::fold::{self, LogKind, Order, Row};
use cairn_core::grade::Grade;
use cairn_core::package::{PackageCard, PackageNote, PackageRow};
use cairn_core::policy::Policy;
use cairn_core::schedule::Schedule;
use rusqlite::params;
use serde_json::json;
use uuid::Uuid;

use super::Work;
use crate::card::{self, Card};
use crate::error::Result;
use crate::log::{self, Given};

/// Rule of a row that sets a schedule from a file.
const IMPORTED: &str = "imported";

impl Work<'_> {
    /// For a note that was just inserted, with the id of its first card.
    pub(super) fn give_histories(
        &mut self,
        first_card: i64,
        note_uuid: Uuid,
        note: &PackageNote,
    ) -> Result<()> {
        if self.how.fresh {
            return Ok(());
        }
        for (id, key) in (first_card..).zip(note.content.card_keys()) {
            if let Some(incoming) = note.cards.iter().find(|card| card.key == key) {
                self.give(id, Uuid::new_v5(&note_uuid, key.as_bytes()), incoming, true)?;
            }
        }
        Ok(())
    }

    /// For a note that was there: its cards without a history.
    pub(super) fn take_histories(&mut self, note_id: i64, note: &PackageNote) -> Result<()> {
        if self.how.fresh || note.cards.is_empty() {
            return Ok(());
        }
        for card in card::of_note(&self.act.tx, note_id)? {
            let Some(incoming) = note.cards.iter().find(|known| known.key == card.ordinal) else {
                continue;
            };
            if says_nothing(incoming) || log::has_rows(&self.act.tx, card.id)? {
                continue;
            }
            self.keep_state(&card)?;
            self.give(card.id, card.uuid, incoming, false)?;
        }
        Ok(())
    }

    fn keep_state(&self, card: &Card) -> Result<()> {
        let buried: i32 = self
            .act
            .tx
            .prepare_cached("SELECT buried_until FROM card WHERE id = ?")?
            .query_row([card.id], |row| row.get(0))?;
        let state = json!({ "suspended": i64::from(card.suspended),
                            "flagged": i64::from(card.flagged), "buried_until": buried });
        self.act.keep("card", card.id, &state)
    }

    fn give(&mut self, id: i64, uuid: Uuid, incoming: &PackageCard, is_new: bool) -> Result<()> {
        let folded = folded(uuid, &incoming.log);
        for row in &incoming.log {
            self.append(id, row)?;
        }
        if folded != incoming.schedule {
            self.append(id, &self.setting(folded, incoming.schedule))?;
        }
        if !is_new {
            self.write_state(id, incoming)?;
        }
        if !incoming.elsewhere.is_empty() {
            self.act
                .tx
                .prepare_cached(if is_new {
                    "INSERT INTO elsewhere_card VALUES (?, ?, ?)"
                } else {
                    "INSERT OR REPLACE INTO elsewhere_card VALUES (?, ?, ?)"
                })?
                .execute(params![id, incoming.elsewhere, self.act.id])?;
        }
        Ok(())
    }

    fn append(&mut self, card: i64, row: &PackageRow) -> Result<()> {
        self.seq += 1;
        let policy = match &self.policy {
            Some((policy, id)) if *policy == row.policy => *id,
            _ => {
                let id = log::intern(&self.act.tx, &row.policy)?;
                self.policy = Some((row.policy.clone(), id));
                id
            }
        };
        log::append_given(self.act, &Given { card, seq: self.seq, policy, row })
    }

    /// The row that says outright where a card stands.
    fn setting(&self, before: Schedule, after: Schedule) -> PackageRow {
        PackageRow {
            kind: if after == Schedule::New { LogKind::Reset } else { LogKind::Set },
            grade: None,
            response: None,
            option_order: None,
            day: self.today,
            at_ms: self.act.now.utc_ms,
            offset_minutes: self.act.now.offset_minutes,
            taken_ms: 0,
            rule: IMPORTED.into(),
            policy: Policy::default(),
            outcome: None,
            plan_day: None,
            before,
            after,
            elsewhere: String::new(),
        }
    }

    /// Inserts the cards of a new note where they stand: a row written twice would cost as much
    /// again. Gives the id of the first.
    pub(super) fn insert_cards(
        &self,
        (id, uuid, deck, position): (i64, Uuid, i64, i64),
        note: &PackageNote,
    ) -> Result<i64> {
        let act = self.act;
        let clock = |is_set: bool| if is_set { act.clock.0 } else { 0 };
        let mut statement = act.tx.prepare_cached(
            "INSERT INTO card (uuid, note, deck, ordinal, position, touched, repetitions,
               interval_days, ease_hundredths, due, last_day, lapses, suspended, suspended_clock,
               flagged, flagged_clock, buried_until, buried_clock)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut first = None;
        for key in note.content.card_keys() {
            let known = note.cards.iter().find(|card| card.key == key && !self.how.fresh);
            let schedule = known.map_or(Schedule::New, |card| card.schedule);
            let [repetitions, interval_days, ease, due, last_day, lapses] =
                card::schedule_columns(&schedule);
            let suspended = known.is_some_and(|card| card.suspended);
            let flagged = known.is_some_and(|card| card.flagged);
            let buried = known.and_then(|card| card.buried_until);
            statement.execute(params![
                Uuid::new_v5(&uuid, key.as_bytes()).as_bytes(),
                id,
                deck,
                key,
                position,
                act.id,
                repetitions,
                interval_days,
                ease,
                due,
                last_day,
                lapses,
                suspended,
                clock(suspended),
                flagged,
                clock(flagged),
                buried.map_or(card::NEVER_BURIED, |day| day.number()),
                clock(buried.is_some()),
            ])?;
            first.get_or_insert(act.tx.last_insert_rowid());
        }
        Ok(first.unwrap_or_default())
    }

    fn write_state(&self, id: i64, incoming: &PackageCard) -> Result<()> {
        let [repetitions, interval_days, ease, due, last_day, lapses] =
            card::schedule_columns(&incoming.schedule);
        let clock = |is_set: bool| if is_set { self.act.clock.0 } else { 0 };
        self.act
            .tx
            .prepare_cached(
                "UPDATE card SET repetitions = ?, interval_days = ?, ease_hundredths = ?, due = ?,
                   last_day = ?, lapses = ?, touched = ?, suspended = ?, suspended_clock = ?,
                   flagged = ?, flagged_clock = ?, buried_until = coalesce(?, buried_until),
                   buried_clock = ?
                 WHERE id = ?",
            )?
            .execute(params![
                repetitions,
                interval_days,
                ease,
                due,
                last_day,
                lapses,
                self.act.id,
                incoming.suspended,
                clock(incoming.suspended),
                incoming.flagged,
                clock(incoming.flagged),
                incoming.buried_until.map(|day| day.number()),
                clock(incoming.buried_until.is_some()),
                id,
            ])?;
        Ok(())
    }
}

fn says_nothing(card: &PackageCard) -> bool {
    card.log.is_empty()
        && card.schedule == Schedule::New
        && !card.suspended
        && !card.flagged
        && card.buried_until.is_none()
        && card.elsewhere.is_empty()
}

/// The schedule that the rows of a package leave.
fn folded(card: Uuid, rows: &[PackageRow]) -> Schedule {
    if rows.iter().all(|row| row.kind == LogKind::Foreign) {
        return Schedule::New;
    }
    let rows: Vec<Row> = rows
        .iter()
        .zip(0i64..)
        .map(|(row, seq)| Row {
            order: Order { clock: Default::default(), device: Uuid::nil(), seq },
            kind: row.kind,
            grade: row.grade.and_then(|grade| Grade::try_from(grade).ok()),
            day: row.day,
            policy: row.policy.clone(),
            before: row.before,
            after: row.after,
        })
        .collect();
    fold::fold(card, &rows)
}
