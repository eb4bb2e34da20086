//! How things stand today.

use std::collections::HashMap;

use cairn_core::backlog;
use cairn_core::day::{Moment, StudyDay};
use rusqlite::{Connection, OptionalExtension, params};

use crate::act;
use crate::collection::Collection;
use crate::error::Result;
use crate::key_change;
use crate::log::{OWN, STANDS};
use crate::pace;
use crate::today_queue::TodayQueue;
use crate::view::{Backlog, DeckCounts, ExamOutlook, MonthDay, NextDue, Today};

impl Collection {
    /// How things stand today.
    pub fn today(&mut self, now: Moment) -> Result<Today> {
        self.queue(now)?;
        let open_sitting = self.open_sitting(now)?;
        let last_act = act::last_undoable(&self.conn, self.device)?.map(|last| last.name);
        let today = self.study_day(now);
        let queue = match self.queue.take() {
            Some(queue) => queue,
            None => TodayQueue::load(&self.conn, today, &self.settings, self.catch_up)?,
        };
        let queue = self.queue.insert(queue);
        let conn = &self.conn;
        let counts = queue.counts(None);
        let (minutes, pace_is_own) = pace::minutes(conn, counts)?;
        let month = month(conn, today)?;
        let days_away = days_away(conn, today)?;
        let ready = queue.ready_in_all();
        let catch_up_per_day = self.catch_up.filter(|per_day| ready > *per_day);
        let offer = backlog::offer(ready, i32::try_from(days_away).unwrap_or(i32::MAX))
            .filter(|_| self.catch_up.is_none());
        Ok(Today {
            day: today.date().to_string(),
            counts,
            decks: decks(conn, queue)?,
            minutes,
            pace_is_own,
            answered_today: u32::try_from(queue.acts().len()).unwrap_or(u32::MAX),
            new_switched_off: self.settings.new_per_day == 0,
            open_sitting,
            next_due: next_due(conn, today)?,
            days_studied: u32::try_from(month.iter().filter(|day| day.answers > 0).count())
                .unwrap_or(0),
            month,
            exam: self
                .settings
                .exam_date
                .map(|date| {
                    let exam = StudyDay::from(date);
                    Ok::<_, crate::Error>(ExamOutlook {
                        date: date.to_string(),
                        days_left: exam.days_since(today),
                        all_met_by: all_met_by(conn, today, counts.new, self.settings.new_per_day)?,
                    })
                })
                .transpose()?,
            days_away,
            backlog: offer.map(|offer| Backlog { ready, per_day: offer.per_day, days: offer.days }),
            catch_up_per_day,
            clock_behind_since: clock_behind_since(conn, today, now)?,
            key_changes: key_change::unread(conn)?,
            last_act,
        })
    }
}

/// Every deck that holds a card, with its part of today.
fn decks(conn: &Connection, queue: &TodayQueue) -> Result<Vec<DeckCounts>> {
    let mut statement = conn.prepare_cached(
        "SELECT id, slug, name FROM deck
         WHERE EXISTS (SELECT 1 FROM note WHERE note.deck = deck.id AND note.gone = 0)
         ORDER BY position, id",
    )?;
    let decks = statement
        .query_map([], |row| {
            let counts = queue.counts(Some(row.get(0)?));
            let (id, name) = (row.get(1)?, row.get(2)?);
            Ok(DeckCounts { id, name, new: counts.new, due: counts.due, drill: counts.drill })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(decks)
}

/// The next day after today that has cards, new ones not counted.
pub(crate) fn next_due(conn: &Connection, today: StudyDay) -> Result<Option<NextDue>> {
    let found = conn
        .prepare_cached(
            "SELECT coalesce(plan_due, due) AS day, count(*) FROM card
             WHERE due IS NOT NULL AND suspended = 0 AND gone = 0 AND coalesce(plan_due, due) > ?
             GROUP BY day ORDER BY day LIMIT 1",
        )?
        .query_row([today.number()], |row| {
            let day = StudyDay::new(row.get(0)?).date().to_string();
            Ok(NextDue { day, cards: row.get(1)? })
        })
        .optional()?;
    Ok(found)
}

fn month(conn: &Connection, today: StudyDay) -> Result<Vec<MonthDay>> {
    let (first, last) = today.month();
    let mut statement = conn.prepare_cached(&format!(
        "SELECT day, count(*) FROM review_log
         WHERE day BETWEEN ? AND ? AND kind IN ('review', 'drill') AND {OWN} AND {STANDS} GROUP BY day"
    ))?;
    let answers: HashMap<i32, u32> = statement
        .query_map([first.number(), last.number()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok((first.number()..=last.number())
        .map(|day| MonthDay {
            day: StudyDay::new(day).date().to_string(),
            answers: answers.get(&day).copied().unwrap_or(0),
        })
        .collect())
}

fn days_away(conn: &Connection, today: StudyDay) -> Result<u32> {
    let last: Option<i32> = conn
        .prepare_cached(&format!(
            "SELECT day FROM review_log
             WHERE day <= ? AND kind IN ('review', 'drill') AND {OWN} AND {STANDS}
             ORDER BY day DESC LIMIT 1"
        ))?
        .query_row([today.number()], |row| row.get(0))
        .optional()?;
    let since = last.map_or(0, |last| today.days_since(StudyDay::new(last)) - 1);
    Ok(u32::try_from(since).unwrap_or(0))
}

/// The day by which every new card has been met, when today's part is still to come.
fn all_met_by(
    conn: &Connection,
    today: StudyDay,
    left_today: u32,
    per_day: u32,
) -> Result<Option<String>> {
    let new: i64 = conn
        .prepare_cached(
            "SELECT count(*) FROM card WHERE due IS NULL AND suspended = 0 AND gone = 0",
        )?
        .query_row([], |row| row.get(0))?;
    let later = u32::try_from(new).unwrap_or(u32::MAX).saturating_sub(left_today);
    if per_day == 0 {
        return Ok(None);
    }
    let days = i32::try_from(later.div_ceil(per_day)).unwrap_or(i32::MAX);
    Ok(Some(today.plus(days).date().to_string()))
}

/// The earliest day after today under which a card was last answered: the clock stood ahead then,
/// or stands behind now. A flight over the date line moves the day and not the clock.
fn clock_behind_since(conn: &Connection, today: StudyDay, now: Moment) -> Result<Option<String>> {
    let day: Option<i32> = conn
        .prepare_cached(&format!(
            "SELECT min(day) FROM review_log JOIN card ON card.id = card
             WHERE day > ?1 AND card.last_day > ?1 AND at_ms > ?2 AND {OWN} AND {STANDS}"
        ))?
        .query_row(params![today.number(), now.utc_ms], |row| row.get(0))?;
    Ok(day.map(|day| StudyDay::new(day).date().to_string()))
}
