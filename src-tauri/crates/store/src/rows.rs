//! Cards and answers row by row, for tables.
//!
//! # Design
//! [`Tables`] sees the collection at one moment, through one connection a thread. A table is read in
//! spans, on all threads, each with an accumulator of the caller's to which its rows are added; what
//! comes of the spans is handed over in order. Rows are lent, not given: their text lies in buffers
//! that the next row takes over. The cards without their text are held in memory; then the log is
//! read, and counts each card's answers on the way; then the notes, each once for all its cards.

mod cards;
mod text;

use cairn_core::day::{Moment, StudyDay};
use cairn_core::rows::{AnswerRow, CardRow};
use cairn_core::turns;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use rustc_hash::FxHashSet;
use uuid::Uuid;

use crate::error::{Error, Result};
use crate::reader::Reader;
use crate::spans::{self, NoteSpan, Span};
use crate::{card, log, settings};
use cards::Cards;
use text::{Facts, Kept, Sides, Texts};

/// Cards and answers of a collection, or of one deck, at one moment.
pub struct Tables {
    readers: Vec<Reader>,
    held: Held,
    /// What the log tells of each card, by its place; once it was read.
    told: Option<Vec<Told>>,
    log: Vec<Span>,
    log_rows: u64,
}

/// What rows name by local id.
struct Held {
    today: StudyDay,
    /// The decks in their order: local ids and names.
    decks: (Vec<i64>, Vec<String>),
    cards: Cards,
    /// Operations that were taken back.
    voided: FxHashSet<i64>,
}

/// What answers tell of a card.
#[derive(Clone, Copy, Default)]
struct Told {
    answers: u32,
    last: Option<StudyDay>,
}

impl Reader {
    /// Cards and answers as of `now`, of all decks or of one, by its id or its name.
    ///
    /// # Errors
    /// `NotFound` where there is no such deck; `BadValue` where several have the name.
    pub fn tables(&self, deck: Option<&str>, now: Moment) -> Result<Tables> {
        let mut readers = self.at_one_moment(turns::workers())?;
        let conn = &readers.first().ok_or(Error::Busy)?.conn;
        let only = deck.map(|name| crate::export::deck_id(conn, name)).transpose()?;
        let today = StudyDay::of(now, settings::load(conn)?.day_starts_at_hour);
        let log = spans::of_table(conn, "review_log")?;
        let log_rows = spans::count(conn, "review_log")?;
        let decks: (Vec<i64>, Vec<String>) = conn
            .prepare("SELECT id, name FROM deck WHERE ?1 IS NULL OR id = ?1 ORDER BY position, id")?
            .query_map([only], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let voided = log::voided(conn)?;
        let cards = Cards::read(&mut readers, only, &decks.0)?;
        let held = Held { today, decks, cards, voided };
        Ok(Tables { readers, held, told: None, log, log_rows })
    }
}

impl Held {
    fn deck(&self, place: usize) -> &str {
        self.decks.1.get(place).map_or("", String::as_str)
    }
}

impl Tables {
    /// How many cards there are.
    pub fn len(&self) -> usize {
        self.held.cards.names.len()
    }

    /// Whether there is no card.
    pub fn is_empty(&self) -> bool {
        self.held.cards.names.is_empty()
    }

    /// How many decks hold one of the cards.
    pub fn decks(&self) -> usize {
        self.held.cards.names.iter().map(|card| card.deck).collect::<FxHashSet<_>>().len()
    }

    /// How many rows the log has, of all decks, whether they stand or not: for a bar of progress.
    pub fn log_len(&self) -> u64 {
        self.log_rows
    }

    /// Gives every answer that stands of the study days `from` to `to`, in the order in which they
    /// were written down. Rows that set or reset a schedule are no answers.
    ///
    /// Each span of the log begins with a `begin`, to which its answers are added on some thread;
    /// `take` gets what came of it, in order, with how many rows of the log were read for it.
    ///
    /// # Errors
    /// Those of the collection, and of `take`, whose first ends it.
    pub fn answers<S: Send, E: From<Error> + Send>(
        &mut self,
        [from, to]: [Option<StudyDay>; 2],
        begin: impl Fn() -> S + Sync,
        add: impl Fn(&mut S, &AnswerRow<'_>) + Sync,
        mut take: impl FnMut(S, u64) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let Self { readers, held, log, .. } = self;
        let mut all = vec![Told::default(); held.cards.names.len()];
        let days = from.map_or(i32::MIN, StudyDay::number)..=to.map_or(i32::MAX, StudyDay::number);
        let make = |reader: &mut &mut Reader, part: usize| {
            let mut made = (begin(), Vec::new(), 0);
            let Some(span) = log.get(part) else { return Ok(made) };
            made.2 = answers(&reader.conn, held, span, &mut |place, row| {
                made.1.push((place, row.day));
                if days.contains(&row.day.number()) {
                    add(&mut made.0, row);
                }
            })?;
            Ok(made)
        };
        turns::in_turns(readers.iter_mut().collect(), log.len(), make, |(made, told, rows)| {
            for (place, day) in told {
                if let Some(card) = all.get_mut(place) {
                    card.answers = card.answers.saturating_add(1);
                    card.last = card.last.max(Some(day));
                }
            }
            take(made, rows)
        })?;
        self.told = Some(all);
        Ok(())
    }

    /// Gives every card, in the order of decks, notes and cards; `begin`, `add` and `take` are those
    /// of [`Tables::answers`], with how many cards were added. The cards of a note come together.
    ///
    /// # Errors
    /// Those of the collection, and of `take`, whose first ends it.
    pub fn cards<S: Send, E: From<Error> + Send>(
        &mut self,
        begin: impl Fn() -> S + Sync,
        add: impl Fn(&mut S, &CardRow<'_>) + Sync,
        mut take: impl FnMut(S, u64) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        if self.told.is_none() {
            self.answers([None, None], || (), |(), _| (), |(), _| Ok::<_, Error>(()))?;
        }
        let Self { readers, held, told, .. } = self;
        let told = told.as_deref().unwrap_or_default();
        let first = readers.first().ok_or(Error::Busy)?;
        let spans = spans::of_notes(&first.conn, held.decks.0.iter().copied())?;
        let make = |reader: &mut &mut Reader, part: usize| {
            let (mut made, mut count) = (begin(), 0);
            if let Some((deck, span)) = spans.get(part) {
                cards(&reader.conn, (held, told), (*deck, span), &mut |row| {
                    count += 1;
                    add(&mut made, row);
                })?;
            }
            Ok((made, count))
        };
        turns::in_turns(readers.iter_mut().collect(), spans.len(), make, |(made, count)| {
            take(made, count)
        })
    }
}

/// Gives the answers of a span that stand, with the places of their cards; and how many rows were
/// read.
fn answers(
    conn: &Connection,
    held: &Held,
    span: &Span,
    each: &mut dyn FnMut(usize, &AnswerRow<'_>),
) -> Result<u64> {
    let mut statement = conn.prepare_cached(
        "SELECT card, operation, kind, day, grade, response, at_ms, offset_minutes, taken_ms,
           rule, late_days, before_interval_days, after_interval_days, after_ease_hundredths,
           after_due
         FROM review_log WHERE id BETWEEN ? AND ? ORDER BY id",
    )?;
    let mut rows = statement.query([span.start(), span.end()])?;
    let mut read = 0;
    while let Some(row) = rows.next()? {
        read += 1;
        let Some((place, card)) = held.cards.get(row.get(0)?) else { continue };
        let kind = text(row, 2)?;
        let is_voided = || Ok::<_, Error>(held.voided.contains(&row.get(1)?));
        if matches!(kind, "set" | "reset") || (!held.voided.is_empty() && is_voided()?) {
            continue;
        }
        each(place, &answer(row, card.uuid, held.deck(card.deck), kind)?);
    }
    Ok(read)
}

fn answer<'a>(row: &'a Row<'_>, card: Uuid, deck: &'a str, kind: &'a str) -> Result<AnswerRow<'a>> {
    Ok(AnswerRow {
        card,
        deck,
        day: StudyDay::new(row.get(3)?),
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

/// Gives the cards of a span of the notes of a deck.
fn cards(
    conn: &Connection,
    (held, told): (&Held, &[Told]),
    (deck, span): (usize, &NoteSpan),
    each: &mut dyn FnMut(&CardRow<'_>),
) -> Result<()> {
    // The index gives the notes in their order; their cards are at hand.
    let mut statement = conn.prepare_cached(&format!(
        "SELECT id, uuid, content, facts FROM note WHERE {} AND gone = 0 ORDER BY position, id",
        NoteSpan::SQL
    ))?;
    let mut texts = Texts::default();
    let mut rows = statement.query(span.values())?;
    while let Some(row) = rows.next()? {
        let kept: Kept<'_> = serde_json::from_str(text(row, 2)?)?;
        let facts: Facts<'_> = serde_json::from_str(text(row, 3)?)?;
        let (note, sides) = (card::uuid(row, 1)?, Sides::of(&kept));
        for (place, name, card) in held.cards.of_note(row.get(0)?) {
            let key = held.cards.key(card);
            texts.read(&sides, key);
            let Told { answers, last } = told.get(place).copied().unwrap_or_default();
            let buried = card.buried_until;
            each(&CardRow {
                card: name.uuid,
                note,
                deck: held.deck(deck),
                kind: sides.kind,
                key,
                question: &texts.question,
                answer: &texts.answer,
                tags: &facts.tags,
                area: facts.area.as_deref().unwrap_or_default(),
                competencies: &facts.competencies,
                concepts: &facts.concepts,
                sources: &facts.sources,
                state: card.state(held.today),
                schedule: card.schedule,
                due: card.due,
                buried_until: (buried != card::NEVER_BURIED).then(|| StudyDay::new(buried)),
                flagged: card.flagged,
                last_answered: last,
                answers,
            });
        }
    }
    Ok(())
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
