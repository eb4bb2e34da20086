//! Which backups are kept: all of two days, then a few a day, a week, a month.
//!
//! # Context
//! A backup is made every half hour of use. Whoever finds that something is wrong finds it minutes
//! later, or months later: so the recent ones are dense and the old ones sparse. People stop for
//! weeks, fly over the date line, and have computers whose clock is wrong.
//!
//! # Design
//! Buckets count days, weeks and months **that have a backup**, from the newest backwards, and not
//! distances from now: a gap costs nothing, and a clock that is years ahead for an hour does not make
//! everything else "too old". Only "two days" is measured from now, and what lies after now is within
//! them: a clock that was set back deletes nothing newer.
//!
//! 1. Pinned: the newest three, by the order of acts and by the wall clock. Never deleted.
//! 2. By hand: the newest twenty, whatever their age. Older ones go the way of all others.
//! 3. Before an update, a restore or a repair: thirty days.
//! 4. Everything made within two days (the newest [`RECENT`] of it: a ceiling that only a clock which
//!    is set back again and again can reach).
//! 5. Of what is older: the newest of each of the last fourteen days; of what is older than these, of
//!    the last ten weeks (and of each month in them); then of the last twelve months.
//!
//! Then the budget: while all that is kept takes more, the oldest of 5 goes, then of 4, 3 and 2.

use chrono::Datelike;

use crate::day::{Moment, StudyDay};

/// Newest backups that are never deleted.
pub const PINNED: usize = 3;
/// Backups made by hand that are kept whatever their age.
pub const BY_HAND: usize = 20;
/// Days for which backups made before something risky are kept.
pub const RISKY_DAYS: i64 = 30;
/// Ceiling of backups within two days.
pub const RECENT: usize = 200;
/// Days, weeks and months of which the newest backup is kept.
pub const DAILY: usize = 14;
/// See [`DAILY`].
pub const WEEKLY: usize = 10;
/// See [`DAILY`].
pub const MONTHLY: usize = 12;

const DAY_MS: i64 = 86_400_000;
const TWO_DAYS_MS: i64 = 2 * DAY_MS;

/// Why a backup was made, as far as keeping goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// By itself, or before an import.
    Regular,
    /// Before an update, a restore or a repair.
    Risky,
    /// By a person.
    ByHand,
}

/// A backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// When it was made, by the wall clock and the zone of then.
    pub made: Moment,
    /// The clock of its last act: a later one knows more.
    pub clock: i64,
    /// Why.
    pub class: Class,
    /// Bytes.
    pub size: u64,
}

impl Kept {
    fn order(&self) -> (i64, i64) {
        (self.clock, self.made.utc_ms)
    }

    fn day(&self) -> StudyDay {
        StudyDay::of(self.made, 0)
    }
}

/// Why a backup is kept; what comes first is given up first when there is too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Because {
    OfItsBucket,
    Recent,
    Risky,
    ByHand,
    Pinned,
}

/// The places in `backups` of those that may be deleted, when all of them may take `budget` bytes.
pub fn superfluous(backups: &[Kept], now: Moment, budget: u64) -> Vec<usize> {
    let mut because: Vec<Option<Because>> = vec![None; backups.len()];
    let mut keep = |at: usize, why: Because| {
        because[at] = because[at].max(Some(why));
    };
    let newest_first = newest_first(backups);
    let mut by_wall = newest_first.clone();
    by_wall.sort_by_key(|at| std::cmp::Reverse(backups[*at].made.utc_ms));
    for at in newest_first.iter().take(PINNED).chain(by_wall.iter().take(PINNED)) {
        keep(*at, Because::Pinned);
    }
    let by_hand = newest_first.iter().filter(|at| backups[**at].class == Class::ByHand);
    for at in by_hand.take(BY_HAND) {
        keep(*at, Because::ByHand);
    }
    let since = |days_ms: i64| now.utc_ms.saturating_sub(days_ms);
    for (at, backup) in backups.iter().enumerate() {
        if backup.class == Class::Risky && backup.made.utc_ms > since(RISKY_DAYS * DAY_MS) {
            keep(at, Because::Risky);
        }
    }
    let (recent, older): (Vec<usize>, Vec<usize>) =
        by_wall.iter().partition(|at| backups[**at].made.utc_ms > since(TWO_DAYS_MS));
    for at in recent.iter().take(RECENT) {
        keep(*at, Because::Recent);
    }
    for at in of_buckets(backups, older) {
        keep(at, Because::OfItsBucket);
    }
    over_budget(backups, &mut because, budget);
    (0..backups.len()).filter(|at| because[*at].is_none()).collect()
}

fn newest_first(backups: &[Kept]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..backups.len()).collect();
    places.sort_by_key(|at| std::cmp::Reverse(backups[*at].order()));
    places
}

/// The newest of each of the last days, weeks and months of `older`.
fn of_buckets(backups: &[Kept], mut older: Vec<usize>) -> Vec<usize> {
    older.sort_by_key(|at| std::cmp::Reverse((backups[*at].day(), backups[*at].order())));
    let day = |at: usize| i64::from(backups[at].day().number());
    // 1970-01-01 was a Thursday; weeks begin on Monday.
    let week = |at: usize| (day(at) + 3).div_euclid(7);
    let month = |at: usize| {
        let date = backups[at].day().date();
        i64::from(date.year()) * 12 + i64::from(date.month0())
    };
    let mut kept = Vec::new();
    let mut rest = take_buckets(&older, DAILY, day, day, &mut kept);
    // A week that reaches into the next month keeps the end of both, or the month would lose its own.
    rest = take_buckets(&rest, WEEKLY, week, month, &mut kept);
    take_buckets(&rest, MONTHLY, month, month, &mut kept);
    kept
}

/// Keeps the first of each part of each of `count` buckets; gives what lies beyond the last of these.
fn take_buckets(
    newest_first: &[usize],
    count: usize,
    bucket: impl Fn(usize) -> i64,
    part: impl Fn(usize) -> i64,
    kept: &mut Vec<usize>,
) -> Vec<usize> {
    let (mut last, mut taken) = (None, 0);
    for (place, at) in newest_first.iter().enumerate() {
        let here = (bucket(*at), part(*at));
        if last == Some(here) {
            continue;
        }
        if last.is_none_or(|(bucket, _)| bucket != here.0) {
            if taken == count {
                return newest_first[place..].to_vec();
            }
            taken += 1;
        }
        last = Some(here);
        kept.push(*at);
    }
    Vec::new()
}

/// Gives up what matters least, the oldest first, until the rest fits.
fn over_budget(backups: &[Kept], because: &mut [Option<Because>], budget: u64) {
    let kept = |because: &[Option<Because>], at: usize| because[at].is_some();
    let mut total: u64 = (0..backups.len())
        .filter(|at| kept(because, *at))
        .fold(0, |sum, at| sum.saturating_add(backups[at].size));
    let mut candidates: Vec<usize> = (0..backups.len())
        .filter(|at| because[*at].is_some_and(|why| why < Because::Pinned))
        .collect();
    candidates.sort_by_key(|at| (because[*at], backups[*at].day(), backups[*at].order()));
    for at in candidates {
        if total <= budget {
            return;
        }
        total = total.saturating_sub(backups[at].size);
        because[at] = None;
    }
}

#[cfg(test)]
mod tests;
