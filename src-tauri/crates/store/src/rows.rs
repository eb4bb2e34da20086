//! Cards and answers row by row, for tables.
//!
//! # Design
//! [`Tables`] reads within one transaction, so both tables show the collection at one moment. The
//! cards are named once by their local ids; the log is then read from end to end, and counts each
//! card's answers on the way. Rows are lent, not given: their text lies in buffers that the next row
//! takes over.

mod text;

use std::ops::ControlFlow;

use cairn_core::day::{Moment, StudyDay};
use cairn_core::package::Facts;
use cairn_core::rows::{AnswerRow, CardRow, CardState};
use cairn_core::schedule::Schedule;
use rusqlite::types::ValueRef;
use rusqlite::{Row, Transaction};
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use crate::card;
use crate::error::Result;
use crate::reader::Reader;
use crate::settings;
use text::Texts;

/// A card that was never buried has this in `buried_until`.
const NEVER_BURIED: i32 = i32::MIN;

/// Cards and answers of a collection, or of one deck, at one moment.
pub struct Tables<'r> {
    tx: Transaction<'r>,
    today: StudyDay,
    /// The decks in their order: local id and name.
    decks: Vec<(i64, String)>,
    cards: Cards,
    counted: bool,
}

/// The cards by local id.
type Cards = FxHashMap<i64, Named>;

/// What answers need of a card, and what they tell of it.
struct Named {
    uuid: Uuid,
    /// Place in the decks.
    deck: usize,
    answers: u32,
    last_answered: Option<StudyDay>,
}

impl Reader {
    /// Cards and answers as of `now`, of all decks or of one, by its id or its name.
    ///
    /// # Errors
    /// `NotFound` where there is no such deck; `BadValue` where several have the name.
    pub fn tables(&self, deck: Option<&str>, now: Moment) -> Result<Tables<'_>> {
        let tx = self.conn.unchecked_transaction()?;
        let only = deck.map(|name| crate::export::deck_id(&tx, name)).transpose()?;
        let today = StudyDay::of(now, settings::load(&tx)?.day_starts_at_hour);
        let decks = tx
            .prepare("SELECT id, name FROM deck WHERE ?1 IS NULL OR id = ?1 ORDER BY position, id")?
            .query_map([only], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        let cards = name_cards(&tx, only, &decks)?;
        Ok(Tables { tx, today, decks, cards, counted: false })
    }
}

fn name_cards(
    tx: &Transaction<'_>,
    only: Option<i64>,
    decks: &[(i64, String)],
) -> Result<FxHashMap<i64, Named>> {
    let at: FxHashMap<i64, usize> =
        decks.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
    let mut statement =
        tx.prepare("SELECT id, uuid, deck FROM card WHERE gone = 0 AND (?1 IS NULL OR deck = ?1)")?;
    let mut rows = statement.query([only])?;
    let mut cards = Cards::default();
    while let Some(row) = rows.next()? {
        let Some(&deck) = at.get(&row.get(2)?) else { continue };
        let uuid = card::uuid(row, 1)?;
        cards.insert(row.get(0)?, Named { uuid, deck, answers: 0, last_answered: None });
    }
    Ok(cards)
}

impl Tables<'_> {
    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.cards.len()
    }

    /// Whether there is no card.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty()
    }

    /// How many decks hold one of the cards.
    pub fn decks(&self) -> usize {
        self.cards.values().map(|card| card.deck).collect::<FxHashSet<_>>().len()
    }

    /// How many rows the log has, of all decks, whether they stand or not: for a bar of progress.
    pub fn log_len(&self) -> Result<u64> {
        let rows: i64 =
            self.tx
                .query_row("SELECT coalesce(max(id), 0) FROM review_log", [], |row| row.get(0))?;
        Ok(u64::try_from(rows).unwrap_or_default())
    }

    /// Gives every answer that stands of the study days `from` to `to`, in the order in which they
    /// were written down. Rows that set or reset a schedule are no answers.
    pub fn answers(
        &mut self,
        from: Option<StudyDay>,
        to: Option<StudyDay>,
        each: &mut dyn FnMut(&AnswerRow<'_>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>> {
        let Self { tx, decks, cards, .. } = self;
        let voided = voided(tx)?;
        let (from, to) =
            (from.map_or(i32::MIN, StudyDay::number), to.map_or(i32::MAX, StudyDay::number));
        for card in cards.values_mut() {
            (card.answers, card.last_answered) = (0, None);
        }
        let mut statement = tx.prepare(
            "SELECT card, operation, kind, day, grade, response, at_ms, offset_minutes, taken_ms,
               rule, late_days, before_interval_days, after_interval_days, after_ease_hundredths,
               after_due
             FROM review_log ORDER BY id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Some(card) = cards.get_mut(&row.get(0)?) else { continue };
            let kind = text(row, 2)?;
            if matches!(kind, "set" | "reset")
                || (!voided.is_empty() && voided.contains(&row.get(1)?))
            {
                continue;
            }
            let number: i32 = row.get(3)?;
            let day = StudyDay::new(number);
            card.answers = card.answers.saturating_add(1);
            card.last_answered = card.last_answered.max(Some(day));
            if !(from..=to).contains(&number) {
                continue;
            }
            let deck = decks.get(card.deck).map_or("", |(_, name)| name);
            if each(&answer(row, card.uuid, deck, kind, day)?).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        self.counted = true;
        Ok(ControlFlow::Continue(()))
    }

    /// Gives every card, in the order of decks, notes and cards.
    pub fn cards(
        &mut self,
        each: &mut dyn FnMut(&CardRow<'_>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>> {
        if !self.counted {
            // A range without a day: all are counted, none is given.
            let _ = self.answers(
                Some(StudyDay::new(i32::MAX)),
                Some(StudyDay::new(i32::MIN)),
                &mut |_| ControlFlow::Continue(()),
            )?;
        }
        // The index gives notes in their order; the one of the cards gives each note's.
        let mut statement = self.tx.prepare(
            "SELECT card.id, card.ordinal, note.id, note.uuid, note.content, note.facts, suspended,
               buried_until, flagged, coalesce(plan_due, due), repetitions, interval_days,
               ease_hundredths, due, last_day, lapses
             FROM note CROSS JOIN card ON card.note = note.id
             WHERE note.deck = ? AND note.gone = 0 AND card.gone = 0
             ORDER BY note.position, note.id, card.id",
        )?;
        let (mut texts, mut held) = (Texts::default(), None);
        let mut facts = Facts::default();
        for (deck, name) in &self.decks {
            let mut rows = statement.query([deck])?;
            while let Some(row) = rows.next()? {
                let Some(card) = self.cards.get(&row.get(0)?) else { continue };
                let note: i64 = row.get(2)?;
                if held != Some(note) {
                    facts = serde_json::from_str(text(row, 5)?)?;
                    held = Some(note);
                }
                let kind = texts.read(text(row, 4)?, text(row, 1)?)?;
                let told = self.card(row, card, name, kind, &texts, &facts)?;
                if each(&told).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn card<'a>(
        &self,
        row: &'a Row<'_>,
        card: &Named,
        deck: &'a str,
        kind: &'static str,
        texts: &'a Texts,
        facts: &'a Facts,
    ) -> Result<CardRow<'a>> {
        let buried: i32 = row.get(7)?;
        let schedule = card::schedule(row, 10)?;
        let state = match (row.get(6)?, schedule) {
            (true, _) => CardState::Suspended,
            (false, _) if buried > self.today.number() => CardState::Buried,
            (false, Schedule::New) => CardState::New,
            (false, Schedule::Known(_)) => CardState::Review,
        };
        Ok(CardRow {
            card: card.uuid,
            note: card::uuid(row, 3)?,
            deck,
            kind,
            key: text(row, 1)?,
            question: &texts.question,
            answer: &texts.answer,
            facts,
            state,
            schedule,
            due: day(row, 9)?,
            buried_until: (buried != NEVER_BURIED).then(|| StudyDay::new(buried)),
            flagged: row.get(8)?,
            last_answered: card.last_answered,
            answers: card.answers,
        })
    }
}

fn answer<'a>(
    row: &'a Row<'_>,
    card: Uuid,
    deck: &'a str,
    kind: &'a str,
    on: StudyDay,
) -> Result<AnswerRow<'a>> {
    Ok(AnswerRow {
        card,
        deck,
        day: on,
        at_ms: row.get(6)?,
        offset_minutes: row.get(7)?,
        kind,
        grade: row.get(4)?,
        response: text(row, 5)?,
        taken_ms: row.get(8)?,
        before_interval_days: row.get(11)?,
        after_interval_days: row.get(12)?,
        after_ease_hundredths: row.get(13)?,
        after_due: day(row, 14)?,
        late_days: row.get(10)?,
        rule: text(row, 9)?,
    })
}

/// Operations that were taken back.
fn voided(tx: &Transaction<'_>) -> Result<FxHashSet<i64>> {
    let mut statement = tx.prepare("SELECT voids FROM operation WHERE voids IS NOT NULL")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Text lent by a row; empty for none.
fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a str> {
    match row.get_ref(column)? {
        ValueRef::Null => Ok(""),
        value => Ok(value.as_str()?),
    }
}

fn day(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<StudyDay>> {
    Ok(row.get::<_, Option<i32>>(column)?.map(StudyDay::new))
}
