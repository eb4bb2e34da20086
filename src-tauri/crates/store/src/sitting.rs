//! A sitting: what was begun, how far it has come, what it came to.
//!
//! Only its beginning is stored; everything else is read off the log, so a sitting goes on where it
//! was after a crash, an undo or a second window.

use cairn_core::day::Moment;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::act;
use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::log::STANDS;
use crate::shown;
use crate::today;
use crate::today_queue::TodayQueue;
use crate::view::{Counts, Done, Progress, Recall, Step};

/// The beginning of a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sitting {
    /// Local id of the deck, when only one is studied.
    deck: Option<i64>,
    /// Cards of a short sitting.
    limit: Option<u32>,
    /// Study day on which it was begun.
    day: i32,
    /// Newest row of the log at the beginning.
    after_log: i64,
}

const KEY: &str = "sitting";

fn load(conn: &Connection) -> Result<Option<Sitting>> {
    let stored: Option<String> = conn
        .prepare_cached("SELECT value FROM meta WHERE key = ?")?
        .query_row([KEY], |row| row.get(0))
        .optional()?;
    Ok(stored.map(|json| serde_json::from_str(&json)).transpose()?)
}

impl Sitting {
    /// Cards answered in it, each once.
    fn done(&self, queue: &TodayQueue) -> u32 {
        let done = queue
            .acts()
            .iter()
            .filter(|act| act.scheduled && act.log > self.after_log)
            .filter(|act| self.deck.is_none_or(|deck| act.candidate.deck == deck));
        u32::try_from(done.count()).unwrap_or(u32::MAX)
    }

    fn progress(&self, queue: &TodayQueue) -> Progress {
        let done = self.done(queue);
        let left = queue.counts(self.deck);
        let all = done.saturating_add(left.new).saturating_add(left.due);
        let total = all.min(self.limit.map_or(u32::MAX, |limit| limit.max(done)));
        Progress { done, total, drill: left.drill, limit: self.limit }
    }
}

impl Collection {
    /// Begins a sitting of one deck (by the author's id) or all, of `limit` cards or the whole day.
    /// An open sitting of today with the same bounds goes on instead.
    pub fn begin(&mut self, deck: Option<&str>, limit: Option<u32>, now: Moment) -> Result<Step> {
        let deck = deck.map(|slug| self.deck_by_slug(slug)).transpose()?;
        let day = self.queue(now)?.today().number();
        let open = load(&self.conn)?;
        let goes_on = open
            .is_some_and(|open| open.day == day && open.deck == deck && open.limit == limit)
            && self.open_sitting(now)?.is_some();
        if !goes_on {
            let after_log =
                self.conn.query_row("SELECT coalesce(max(id), 0) FROM review_log", [], |row| {
                    row.get(0)
                })?;
            self.store_sitting(Sitting { deck, limit, day, after_log })?;
        }
        self.step(now)
    }

    fn deck_by_slug(&self, slug: &str) -> Result<i64> {
        self.conn
            .prepare_cached(
                "SELECT id FROM deck WHERE slug = ?1 OR name = ?1 ORDER BY slug = ?1 DESC",
            )?
            .query_row([slug], |row| row.get(0))
            .optional()?
            .ok_or_else(|| Error::NotFound { what: "deck", name: slug.to_owned() })
    }

    fn store_sitting(&self, sitting: Sitting) -> Result<()> {
        self.conn
            .prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)")?
            .execute(params![KEY, serde_json::to_string(&sitting)?])?;
        Ok(())
    }

    /// The sitting that was left in the middle today, if any.
    pub(crate) fn open_sitting(&mut self, now: Moment) -> Result<Option<Progress>> {
        let queue = self.queue(now)?;
        let today = queue.today().number();
        let Some(sitting) = load(&self.conn)?.filter(|sitting| sitting.day == today) else {
            return Ok(None);
        };
        let Some(queue) = self.queue.as_ref() else { return Ok(None) };
        let progress = sitting.progress(queue);
        let left = progress.done < progress.total || progress.drill > 0;
        Ok(Some(progress).filter(|progress| progress.done > 0 && left))
    }

    /// Where the sitting stands: the next card, or what it came to.
    pub fn step(&mut self, now: Moment) -> Result<Step> {
        self.queue(now)?;
        let sitting = match load(&self.conn)? {
            Some(sitting) => sitting,
            None => return self.begin(None, None, now),
        };
        let Some(queue) = self.queue.as_ref() else { return Err(Error::CardChanged) };
        let progress = sitting.progress(queue);
        let complete = sitting.limit.is_some_and(|limit| progress.done >= limit);
        let next = queue.next(now.utc_ms, sitting.deck, complete);
        let policy = self.settings.policy();
        let shown =
            next.map(|next| shown::show(&self.conn, next, queue.today(), &policy)).transpose()?;
        let done = match &shown {
            Some(_) => None,
            None => Some(self.done(&sitting, queue)?),
        };
        let last_act = act::last_undoable(&self.conn, self.device)?.map(|last| last.name);
        Ok(Step { shown, progress, last_act, done })
    }

    fn done(&self, sitting: &Sitting, queue: &TodayQueue) -> Result<Done> {
        let (studied, new_cards, drilled, taken_ms, asked, right) = self.conn.query_row(
            &format!(
                "SELECT count(*) FILTER (WHERE kind = 'review'),
                   count(*) FILTER (WHERE kind = 'review' AND before_due IS NULL),
                   count(*) FILTER (WHERE kind = 'drill'),
                   coalesce(sum(taken_ms), 0),
                   count(*) FILTER (WHERE kind = 'review' AND before_due IS NOT NULL),
                   count(*) FILTER (WHERE kind = 'review' AND before_due IS NOT NULL AND grade >= 3)
                 FROM review_log JOIN card ON card.id = card
                 WHERE review_log.id > ?1 AND kind IN ('review', 'drill')
                   AND (?2 IS NULL OR card.deck = ?2) AND {STANDS}"
            ),
            params![sitting.after_log, sitting.deck],
            |row| {
                Ok((
                    row.get::<_, u32>(0)?,
                    row.get::<_, u32>(1)?,
                    row.get(2)?,
                    row.get::<_, i64>(3)?,
                    row.get(4)?,
                    row.get(5)?,
                ))
            },
        )?;
        let left: Counts = queue.counts(None);
        Ok(Done {
            studied,
            new_cards,
            reviews: studied - new_cards,
            drilled,
            taken_ms: u64::try_from(taken_ms).unwrap_or(0),
            recall: Some(Recall { right, of: asked }).filter(|recall| recall.of > 0),
            next_due: today::next_due(&self.conn, queue.today())?,
            left_today: left,
        })
    }
}
