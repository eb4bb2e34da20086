//! Table `card`, and the fold of each card's log as its rows are read.

use cairn_core::fold::{self, Order, Row as FoldRow};
use cairn_core::schedule::Schedule;
use rusqlite::Connection;
use uuid::Uuid;

use super::Told;
use super::ids::place;
use crate::card;
use crate::error::Result;

/// A card with what its log says so far.
pub(crate) struct Held {
    pub(crate) id: i64,
    pub(crate) uuid: Uuid,
    pub(crate) note: i64,
    pub(crate) deck: i64,
    pub(crate) touched: i64,
    pub(crate) ordinal: Box<str>,
    pub(crate) gone: bool,
    /// `None` where the columns hold what no schedule can be.
    cached: Option<Schedule>,
    folded: Schedule,
    last: Option<Order>,
    /// Its rows do not lie in the order of the fold: they are folded by themselves in the end.
    unordered: bool,
}

/// All cards by id, and by note.
pub(crate) struct Cards {
    cards: Vec<Held>,
    /// Note, and place among the cards; in this order.
    by_note: Vec<(i64, u32)>,
}

impl Cards {
    pub(crate) fn read(conn: &Connection, told: &mut Told<'_>) -> Result<Self> {
        let mut statement = conn.prepare(
            "SELECT id, uuid, note, deck, ordinal, gone, touched, repetitions, interval_days,
               ease_hundredths, due, last_day, lapses FROM card ORDER BY id",
        )?;
        let mut rows = statement.query([])?;
        let (mut cards, mut by_note) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            told.one()?;
            let note = row.get(2)?;
            by_note.push((note, u32::try_from(cards.len()).unwrap_or(u32::MAX)));
            cards.push(Held {
                id: row.get(0)?,
                uuid: card::uuid(row, 1)?,
                note,
                deck: row.get(3)?,
                ordinal: row.get_ref(4)?.as_str().unwrap_or_default().into(),
                gone: row.get(5)?,
                touched: row.get(6)?,
                cached: card::schedule(row, 7).ok(),
                folded: Schedule::New,
                last: None,
                unordered: false,
            });
        }
        by_note.sort_unstable();
        Ok(Self { cards, by_note })
    }

    pub(crate) fn len(&self) -> usize {
        self.cards.len()
    }

    pub(crate) fn get(&self, id: i64) -> Option<&Held> {
        self.cards.get(place(&self.cards, id, |held| held.id)?)
    }

    /// All cards, note by note.
    pub(crate) fn by_note(&self) -> impl Iterator<Item = &Held> {
        self.by_note.iter().filter_map(|(_, at)| self.cards.get(*at as usize))
    }

    /// Takes in a row that counts for the schedule of its card.
    pub(crate) fn take(&mut self, id: i64, row: &FoldRow) {
        let at = place(&self.cards, id, |held| held.id);
        let Some(held) = at.and_then(|at| self.cards.get_mut(at)) else { return };
        held.unordered |= held.last.is_some_and(|last| last >= row.order);
        held.last = Some(row.order);
        if !held.unordered {
            held.folded = fold::step(held.uuid, held.folded, row);
        }
    }

    /// Whether there is such a card.
    pub(crate) fn contains(&self, id: i64) -> bool {
        place(&self.cards, id, |held| held.id).is_some()
    }

    /// The cards whose schedule is not the fold of their log.
    pub(crate) fn differing(&self, conn: &Connection) -> Result<Vec<i64>> {
        let mut differing = Vec::new();
        for held in &self.cards {
            let folded = match held.unordered {
                true => crate::log::fold(conn, held.id, held.uuid)?,
                false => held.folded,
            };
            if held.cached != Some(folded) {
                differing.push(held.id);
            }
        }
        Ok(differing)
    }
}
