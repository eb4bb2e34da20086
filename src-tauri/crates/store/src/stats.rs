//! Totals over a whole collection.

use cairn_core::day::{Moment, StudyDay};
use serde::Serialize;

use crate::collection::Collection;
use crate::error::Result;
use crate::log::{OWN, STANDS};
use crate::view::Recall;

/// Totals over a whole collection; what was taken back does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Cards in sight.
    pub cards: u32,
    /// Of these, never answered.
    pub new: u32,
    /// Of these, suspended.
    pub suspended: u32,
    /// Answers, drill included.
    pub answers: u32,
    /// Study days with an answer.
    pub days_studied: u32,
    /// Time with cards, in milliseconds.
    pub taken_ms: u64,
    /// Measured recall of the last 30 study days: first answers of the day on cards seen before.
    pub recall_30_days: Option<Recall>,
}

const RECALL_DAYS: i32 = 30;

impl Collection {
    /// Totals as of `now`.
    pub fn stats(&mut self, now: Moment) -> Result<Stats> {
        self.sync()?;
        let (cards, new, suspended) = self.conn.query_row(
            "SELECT count(*), count(*) FILTER (WHERE due IS NULL),
               count(*) FILTER (WHERE suspended = 1) FROM card WHERE gone = 0",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let (answers, days_studied, taken_ms): (u32, u32, i64) = self.conn.query_row(
            &format!(
                "SELECT count(*), count(DISTINCT day), coalesce(sum(taken_ms), 0) FROM review_log
                 WHERE kind IN ('review', 'drill') AND {STANDS}"
            ),
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let recall = self.recall_since(self.study_day(now).plus(1 - RECALL_DAYS))?;
        Ok(Stats {
            cards,
            new,
            suspended,
            answers,
            days_studied,
            taken_ms: u64::try_from(taken_ms).unwrap_or(0),
            recall_30_days: recall,
        })
    }

    fn recall_since(&self, first: StudyDay) -> Result<Option<Recall>> {
        let recall = self.conn.query_row(
            &format!(
                "SELECT count(*) FILTER (WHERE grade >= 3), count(*) FROM review_log
                 WHERE day >= ? AND kind = 'review' AND {OWN} AND before_due IS NOT NULL AND {STANDS}"
            ),
            [first.number()],
            |row| Ok(Recall { right: row.get(0)?, of: row.get(1)? }),
        )?;
        Ok(Some(recall).filter(|recall| recall.of > 0))
    }
}
