//! The days to come: how many cards are ready on each.
//!
//! # Design
//! The days are gone through one by one with the rule of the queue ([`select`]): what is due and
//! what waited, siblings a day apart, never more than the limits allow, as if every day were studied
//! to its end. What a day does not take waits for the next. When a card comes back after its answer is
//! not known, so answers to come bring nothing back; new cards are not counted.

use cairn_core::day::{Moment, StudyDay};
use cairn_core::queue::{Candidate, DoneToday, Limits, select};
use cairn_core::rows::DayLoad;
use rusqlite::Connection;
use rustc_hash::FxHashSet;
use uuid::Uuid;

use crate::card;
use crate::collection::CATCH_UP;
use crate::error::Result;
use crate::export::deck_id;
use crate::intake::media;
use crate::reader::Reader;
use crate::settings::{self, Settings};
use crate::today_queue::TodayQueue;

/// The days to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// The same in every copy of the collection: for names that must not change.
    pub seed: Uuid,
    /// Name of the deck, where it is one alone.
    pub deck: Option<String>,
    /// The day of the exam, unless it has passed or is not set.
    pub exam: Option<StudyDay>,
    /// The days, today first, the exam's not among them.
    pub days: Vec<DayLoad>,
}

/// A known card that comes back.
struct Coming {
    candidate: Candidate,
    /// The day on which it is due, or shows again after it was hidden.
    day: i32,
}

impl Reader {
    /// How many cards are ready on each of the days to come, of all decks or of one, by its id or its
    /// name: `count` days from today on, or those before the exam if that is sooner.
    ///
    /// # Errors
    /// `NotFound` where there is no such deck; `BadValue` where several have the name.
    pub fn ahead(&self, deck: Option<&str>, count: u32, now: Moment) -> Result<Ahead> {
        let tx = self.conn.unchecked_transaction()?;
        let only = deck.map(|name| deck_id(&tx, name)).transpose()?;
        let settings = settings::load(&tx)?;
        let catch_up: Option<u32> = settings::load_one(&tx, CATCH_UP)?.flatten();
        let today = StudyDay::of(now, settings.day_starts_at_hour);
        let exam = settings.exam_date.map(StudyDay::from).filter(|exam| *exam >= today);
        let last = today.plus(i32::try_from(count).unwrap_or(i32::MAX).saturating_sub(1));
        let last = exam.map_or(last, |exam| last.min(exam.plus(-1)));
        let queue = TodayQueue::load(&tx, today, &settings, catch_up)?;
        let limits = Limits {
            new: 0,
            ready: catch_up.unwrap_or(u32::MAX).min(settings.ready_per_day),
            one_sibling_a_day: settings.one_sibling_a_day,
        };
        let coming = coming(&tx, last, catch_up.is_some())?;
        let days = days(today, last, only, &queue, coming, limits);
        let (seed, deck) = named(&tx, only)?;
        Ok(Ahead { seed, deck, exam, days })
    }

    /// The settings in force.
    pub fn settings(&self) -> Result<Settings> {
        settings::load(&self.conn)
    }

    /// Where the file of a picture or sound lies, by its SHA-256 in hexadecimal digits.
    pub fn media_file(&self, sha256: &str) -> std::path::PathBuf {
        media::file(&self.path, sha256)
    }
}

fn days(
    today: StudyDay,
    last: StudyDay,
    only: Option<i64>,
    queue: &TodayQueue,
    mut coming: Vec<Coming>,
    limits: Limits,
) -> Vec<DayLoad> {
    let number = |cards: &[Candidate]| {
        let of_deck = cards.iter().filter(|card| only.is_none_or(|deck| card.deck == deck));
        u32::try_from(of_deck.count()).unwrap_or(u32::MAX)
    };
    let mut loads = Vec::new();
    let mut day = today;
    while day <= last {
        let taken = if day == today {
            queue.ready().to_vec()
        } else {
            let due = coming.iter().filter(|coming| coming.day <= day.number());
            let due = due.map(|coming| coming.candidate);
            select(due, [], &FxHashSet::default(), limits, DoneToday::default()).ready
        };
        loads.push(DayLoad { day, ready: number(&taken) });
        let taken: FxHashSet<i64> = taken.iter().map(|candidate| candidate.card).collect();
        coming.retain(|coming| !taken.contains(&coming.candidate.card));
        day = day.plus(1);
    }
    loads
}

/// The known cards that come back up to a day, in the order of the queue.
fn coming(conn: &Connection, last: StudyDay, spreading: bool) -> Result<Vec<Coming>> {
    let order = if spreading { "interval_days," } else { "" };
    let mut statement = conn.prepare(&format!(
        "SELECT id, note, deck, max(coalesce(plan_due, due), buried_until) FROM card
         WHERE due IS NOT NULL AND suspended = 0 AND gone = 0 AND coalesce(plan_due, due) <= ?
         ORDER BY {order} coalesce(plan_due, due), uuid"
    ))?;
    let coming = statement
        .query_map([last.number()], |row| {
            let candidate = Candidate { card: row.get(0)?, note: row.get(1)?, deck: row.get(2)? };
            Ok(Coming { candidate, day: row.get(3)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(coming)
}

/// The UUID of the collection, or of one of its decks with its name.
fn named(conn: &Connection, only: Option<i64>) -> Result<(Uuid, Option<String>)> {
    let collection =
        conn.query_row("SELECT value FROM meta WHERE key = 'collection'", [], |row| {
            card::uuid(row, 0)
        })?;
    let Some(deck) = only else { return Ok((collection, None)) };
    let (uuid, name) =
        conn.query_row("SELECT uuid, name FROM deck WHERE id = ?", [deck], |row| {
            Ok((card::uuid(row, 0)?, row.get(1)?))
        })?;
    Ok((Uuid::new_v5(&collection, uuid.as_bytes()), Some(name)))
}
