//! What is left of today, in memory.
//!
//! # Context
//! An answer must not pay for counting 100,000 cards, and a count must never disagree with the
//! queue behind it.
//!
//! # Design
//! The candidates are read once; each act then moves only the cards that it touched. After every
//! change the pure [`select`] picks what today holds, and counts and cards are both read off that
//! one [`Selection`]. A queue read anew from the file is always equal to the one kept up to date
//! (a property test holds this).

use cairn_core::day::StudyDay;
use cairn_core::drill::{self, DrillRule};
use cairn_core::grade::Grade;
use cairn_core::queue::{Candidate, DoneToday, Limits, Selection, select};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashSet;
use uuid::Uuid;

use crate::card;
use crate::error::Result;
use crate::log::{OWN, STANDS};
use crate::settings::Settings;
use crate::view::Counts;

/// An answer of today that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TodayAct {
    /// Row in the log.
    pub(crate) log: i64,
    pub(crate) operation: i64,
    pub(crate) candidate: Candidate,
    /// Whether it scheduled (else it was drill).
    pub(crate) scheduled: bool,
    pub(crate) grade: Grade,
    pub(crate) at_ms: i64,
    /// Whether the card was new before it.
    pub(crate) was_new: bool,
    /// Whether the card is suspended, buried or gone by now.
    pub(crate) hidden: bool,
}

/// A known card that is due. Fields in the order of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ReadyKey {
    /// Interval while a backlog is being spread, else 0.
    spread: u32,
    due: i32,
    /// Draws the order within a day.
    uuid: Uuid,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Ready {
    key: ReadyKey,
    candidate: Candidate,
    buried_until: i32,
}

/// What comes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Next {
    pub(crate) card: i64,
    /// Whether it comes from the drill.
    pub(crate) drill: bool,
}

#[derive(Debug)]
pub(crate) struct TodayQueue {
    today: StudyDay,
    limits: Limits,
    drill_rule: DrillRule,
    spreading: bool,
    ready: Vec<Ready>,
    new: Vec<(Candidate, i32)>,
    /// Whether `new` holds every new card.
    new_complete: bool,
    acts: Vec<TodayAct>,
    /// What of the limits the acts have used.
    done: DoneToday,
    /// Places in `acts` of the cards of the drill, the one that waits longest first.
    drill: Vec<usize>,
    selection: Selection,
}

/// New cards read beyond the limit at first, in case siblings or buried ones fall out.
const SPARE: usize = 64;

impl TodayQueue {
    /// Reads today's queue from the file.
    pub(crate) fn load(
        conn: &Connection,
        today: StudyDay,
        settings: &Settings,
        catch_up: Option<u32>,
    ) -> Result<Self> {
        let mut queue = Self {
            today,
            limits: Limits {
                new: settings.new_per_day,
                ready: catch_up.unwrap_or(u32::MAX).min(settings.ready_per_day),
                one_sibling_a_day: settings.one_sibling_a_day,
            },
            drill_rule: settings.drill,
            spreading: catch_up.is_some(),
            ready: Vec::new(),
            new: Vec::new(),
            new_complete: false,
            acts: load_acts(conn, today)?,
            done: DoneToday::default(),
            drill: Vec::new(),
            selection: Selection::default(),
        };
        queue.ready = queue.load_ready(conn)?;
        queue.settle(conn)?;
        Ok(queue)
    }

    fn load_ready(&self, conn: &Connection) -> Result<Vec<Ready>> {
        let mut statement = conn.prepare_cached(
            "SELECT id, note, deck, coalesce(plan_due, due), uuid, interval_days, buried_until
             FROM card WHERE due IS NOT NULL AND suspended = 0 AND gone = 0
               AND coalesce(plan_due, due) <= ?
             ORDER BY coalesce(plan_due, due), uuid",
        )?;
        let mut ready = statement
            .query_map([self.today.number()], |row| self.ready_from_row(row))?
            .collect::<rusqlite::Result<Vec<_>>>()?;
        if self.spreading {
            ready.sort_by_key(|ready| ready.key);
        }
        Ok(ready)
    }

    fn ready_from_row(&self, row: &rusqlite::Row<'_>) -> rusqlite::Result<Ready> {
        Ok(Ready {
            candidate: Candidate { card: row.get(0)?, note: row.get(1)?, deck: row.get(2)? },
            key: ReadyKey {
                spread: if self.spreading { row.get(5)? } else { 0 },
                due: row.get(3)?,
                uuid: card::uuid(row, 4)?,
            },
            buried_until: row.get(6)?,
        })
    }

    fn load_new(&mut self, conn: &Connection, count: usize) -> Result<()> {
        let mut statement = conn.prepare_cached(
            "SELECT id, note, deck, buried_until FROM card
             WHERE due IS NULL AND suspended = 0 AND gone = 0
             ORDER BY position, deck LIMIT ?",
        )?;
        self.new = statement
            .query_map([i64::try_from(count).unwrap_or(i64::MAX)], |row| {
                let candidate =
                    Candidate { card: row.get(0)?, note: row.get(1)?, deck: row.get(2)? };
                Ok((candidate, row.get(3)?))
            })?
            .collect::<rusqlite::Result<_>>()?;
        self.new_complete = self.new.len() < count;
        Ok(())
    }

    /// Picks anew what today holds; reads more new cards where those at hand don't suffice.
    fn settle(&mut self, conn: &Connection) -> Result<()> {
        let touched = self.take_stock();
        let wanted = self.limits.new.saturating_sub(self.done.new) as usize;
        loop {
            let today = self.today.number();
            let ready = self.ready.iter().filter(|ready| ready.buried_until <= today);
            let new = self.new.iter().filter(|(_, buried_until)| *buried_until <= today);
            self.selection = select(
                ready.map(|ready| ready.candidate),
                new.map(|(candidate, _)| *candidate),
                &touched,
                self.limits,
                self.done,
            );
            if self.new_complete || self.selection.new.len() >= wanted {
                return Ok(());
            }
            self.load_new(conn, (self.new.len() * 4).max(wanted + SPARE))?;
        }
    }

    pub(crate) fn today(&self) -> StudyDay {
        self.today
    }

    /// What is left of the ready cards, in all decks.
    pub(crate) fn ready(&self) -> &[Candidate] {
        &self.selection.ready
    }

    /// Answers of today, oldest first.
    pub(crate) fn acts(&self) -> &[TodayAct] {
        &self.acts
    }

    /// Reads off the acts what was done and what the drill holds, once a change: every count asks.
    /// Gives the notes that had a scheduling answer.
    fn take_stock(&mut self) -> FxHashSet<i64> {
        let mut cards = FxHashSet::default();
        let mut touched = FxHashSet::default();
        self.done = DoneToday::default();
        for act in self.acts.iter().filter(|act| act.scheduled) {
            touched.insert(act.candidate.note);
            if cards.insert(act.candidate.card) {
                if act.was_new { self.done.new += 1 } else { self.done.ready += 1 }
            }
        }
        cards.clear();
        let last_of_card = self.acts.iter().enumerate().rev();
        self.drill = last_of_card
            .filter(|(_, act)| cards.insert(act.candidate.card))
            .filter(|(_, act)| !act.hidden && self.drill_rule.wants(act.grade))
            .map(|(at, _)| at)
            .collect();
        self.drill.reverse();
        touched
    }

    /// All ready cards that could come today, whatever the limits: of siblings one.
    pub(crate) fn ready_in_all(&self) -> u32 {
        let touched: FxHashSet<i64> =
            self.acts.iter().filter(|act| act.scheduled).map(|act| act.candidate.note).collect();
        let open = self.ready.iter().filter(|ready| ready.buried_until <= self.today.number());
        let unlimited = Limits { new: 0, ready: u32::MAX, ..self.limits };
        let all = open.map(|ready| ready.candidate);
        let selection = select(all, [], &touched, unlimited, DoneToday::default());
        u32::try_from(selection.ready.len()).unwrap_or(u32::MAX)
    }

    /// Cards of the drill of one deck or all, the one that waits longest first, with the answers to
    /// others since.
    fn drill(&self, deck: Option<i64>) -> impl Iterator<Item = (&TodayAct, u32)> {
        let since = |at: usize| u32::try_from(self.acts.len() - at - 1).unwrap_or(u32::MAX);
        self.drill
            .iter()
            .filter_map(move |&at| Some((self.acts.get(at)?, since(at))))
            .filter(move |(act, _)| deck.is_none_or(|deck| act.candidate.deck == deck))
    }

    /// What is left of today, of one deck or all.
    pub(crate) fn counts(&self, deck: Option<i64>) -> Counts {
        let number = |cards: &[Candidate]| {
            let of_deck = cards.iter().filter(|card| deck.is_none_or(|deck| card.deck == deck));
            u32::try_from(of_deck.count()).unwrap_or(u32::MAX)
        };
        Counts {
            new: number(&self.selection.new),
            due: number(&self.selection.ready),
            drill: u32::try_from(self.drill(deck).count()).unwrap_or(u32::MAX),
        }
    }

    /// What comes next at `now_ms`, of one deck or all. A rested card of the drill goes first; an
    /// unrested one comes only when nothing else is left.
    pub(crate) fn next(&self, now_ms: i64, deck: Option<i64>, only_drill: bool) -> Option<Next> {
        let rested = self
            .drill(deck)
            .find(|(act, since)| drill::is_rested(*since, now_ms.saturating_sub(act.at_ms)));
        let drilled = |act: &TodayAct| Next { card: act.candidate.card, drill: true };
        if let Some((act, _)) = rested {
            return Some(drilled(act));
        }
        let selected = if only_drill {
            None
        } else {
            match deck {
                Some(deck) => self.selection.clone().of_deck(deck).next(self.done),
                None => self.selection.next(self.done),
            }
        };
        match selected {
            Some(candidate) => Some(Next { card: candidate.card, drill: false }),
            None => self.drill(deck).next().map(|(act, _)| drilled(act)),
        }
    }

    /// Takes in an answer.
    pub(crate) fn answered(&mut self, conn: &Connection, act: TodayAct) -> Result<()> {
        let card = act.candidate.card;
        if act.scheduled {
            self.ready.retain(|ready| ready.candidate.card != card);
            self.new.retain(|(candidate, _)| candidate.card != card);
        }
        self.acts.push(act);
        self.settle(conn)
    }

    /// Takes in that an operation was voided and that these cards changed.
    pub(crate) fn changed(
        &mut self,
        conn: &Connection,
        voided: Option<i64>,
        cards: &[i64],
    ) -> Result<()> {
        if let Some(voided) = voided {
            self.acts.retain(|act| act.operation != voided);
        }
        let mut any_new = false;
        for &card in cards {
            any_new |= self.reread(conn, card)?;
        }
        if any_new {
            // New cards come back in their place, which only the file knows.
            let at_hand = self.new.len();
            self.load_new(conn, at_hand.max(SPARE))?;
        }
        self.settle(conn)
    }

    /// Takes in how a card stands; gives whether it is new, or was.
    fn reread(&mut self, conn: &Connection, card: i64) -> Result<bool> {
        self.ready.retain(|ready| ready.candidate.card != card);
        let mut statement = conn.prepare_cached(
            "SELECT id, note, deck, coalesce(plan_due, due), uuid, interval_days, buried_until
             FROM card WHERE id = ?1 AND due IS NOT NULL AND suspended = 0 AND gone = 0
               AND coalesce(plan_due, due) <= ?2",
        )?;
        let found = statement
            .query_row(params![card, self.today.number()], |row| self.ready_from_row(row))
            .optional()?;
        if let Some(found) = found {
            let place = self.ready.partition_point(|ready| ready.key < found.key);
            self.ready.insert(place, found);
        }
        let (hidden, is_new): (bool, bool) = conn
            .prepare_cached(
                "SELECT suspended OR gone OR buried_until > ?2, due IS NULL FROM card WHERE id = ?1",
            )?
            .query_row(params![card, self.today.number()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for act in self.acts.iter_mut().filter(|act| act.candidate.card == card) {
            act.hidden = hidden;
        }
        Ok(is_new || self.new.iter().any(|(candidate, _)| candidate.card == card))
    }
}

impl PartialEq for TodayQueue {
    fn eq(&self, other: &Self) -> bool {
        let drilled = |queue: &Self| -> Vec<i64> {
            queue.drill(None).map(|(act, _)| act.candidate.card).collect()
        };
        self.today == other.today
            && self.selection == other.selection
            && self.acts == other.acts
            && drilled(self) == drilled(other)
    }
}

fn load_acts(conn: &Connection, today: StudyDay) -> Result<Vec<TodayAct>> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT review_log.id, operation, card.id, note, deck, kind = 'review', grade, at_ms,
           before_due IS NULL, suspended OR gone OR buried_until > ?1
         FROM review_log JOIN card ON card.id = review_log.card
         WHERE day = ?1 AND kind IN ('review', 'drill') AND {OWN} AND grade IS NOT NULL AND {STANDS}
         ORDER BY clock, (SELECT uuid FROM device WHERE id = device), seq"
    ))?;
    let acts = statement
        .query_map([today.number()], |row| {
            Ok(TodayAct {
                log: row.get(0)?,
                operation: row.get(1)?,
                candidate: Candidate { card: row.get(2)?, note: row.get(3)?, deck: row.get(4)? },
                scheduled: row.get(5)?,
                grade: Grade::try_from(row.get::<_, u8>(6)?).unwrap_or(Grade::AGAIN),
                at_ms: row.get(7)?,
                was_new: row.get(8)?,
                hidden: row.get(9)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(acts)
}
