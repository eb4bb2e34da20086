//! Cards and the review log, read whole and sorted, so that notes find theirs without a query each.

use super::Error;
use super::database::{Database, int, text};
use super::progress::{Progress, ROWS};

/// A card as Anki keeps it.
#[derive(Debug, Clone, Default)]
pub(super) struct CardRow {
    pub id: i64,
    pub note: i64,
    pub deck: i64,
    pub ord: i64,
    /// 0 new, 1 learning, 2 review, 3 relearning.
    pub kind: i64,
    /// 0 new, 1 and 3 learning, 2 review, 4 preview, -1 suspended, -2 and -3 buried.
    pub queue: i64,
    pub due: i64,
    /// Days.
    pub interval: i64,
    /// Ease in thousandths.
    pub factor: i64,
    pub reps: i64,
    pub lapses: i64,
    pub left: i64,
    /// `due` before it went into a filtered deck.
    pub home_due: i64,
    /// The deck that a filtered deck borrowed it from; 0 for none.
    pub home_deck: i64,
    pub flags: i64,
    /// JSON.
    pub data: Box<str>,
}

impl CardRow {
    /// The deck it belongs to.
    pub fn own_deck(&self) -> i64 {
        if self.home_deck != 0 { self.home_deck } else { self.deck }
    }

    /// Due as it was before it went into a filtered deck.
    pub fn own_due(&self) -> i64 {
        if self.home_deck != 0 && self.home_due != 0 { self.home_due } else { self.due }
    }
}

/// A row of the review log as Anki keeps it.
#[derive(Debug, Clone, Copy)]
pub(super) struct LogRow {
    pub card: i64,
    /// When, in milliseconds since 1970.
    pub at_ms: i64,
    /// 1 again to 4 easy; 0 set by hand.
    pub ease: i64,
    /// Days; seconds where negative.
    pub interval: i64,
    pub last_interval: i64,
    pub factor: i64,
    pub taken_ms: i64,
    /// 0 learn, 1 review, 2 relearn, 3 filtered, 4 by hand, 5 rescheduled.
    pub kind: i64,
}

/// Rows between two looks at the watcher.
const LOOK: u64 = 4096;

/// All cards, by note, number and id.
pub(super) fn cards(
    database: &Database,
    progress: &mut Progress<'_>,
) -> Result<Vec<CardRow>, Error> {
    let sql = || Error::sql("the cards");
    let count = database.count("cards")?;
    let mut cards = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
    let mut statement = database
        .conn
        .prepare(
            "SELECT id, nid, did, ord, type, queue, due, ivl, factor, reps, lapses, \"left\", odue,
             odid, flags, data FROM cards",
        )
        .map_err(sql())?;
    let mut rows = statement.query([]).map_err(sql())?;
    while let Some(row) = rows.next().map_err(sql())? {
        if (cards.len() as u64).is_multiple_of(LOOK) {
            progress.at(ROWS, cards.len() as u64, count * 3)?;
        }
        let int = |column| int(row, column).map_err(sql());
        cards.push(CardRow {
            id: int(0)?,
            note: int(1)?,
            deck: int(2)?,
            ord: int(3)?,
            kind: int(4)?,
            queue: int(5)?,
            due: int(6)?,
            interval: int(7)?,
            factor: int(8)?,
            reps: int(9)?,
            lapses: int(10)?,
            left: int(11)?,
            home_due: int(12)?,
            home_deck: int(13)?,
            flags: int(14)?,
            data: text(row, 15).map_err(sql())?.into(),
        });
    }
    cards.sort_unstable_by_key(|card| (card.note, card.ord, card.id));
    cards.dedup_by_key(|card| (card.note, card.ord));
    Ok(cards)
}

/// The whole log, by card and time.
pub(super) fn log(database: &Database, progress: &mut Progress<'_>) -> Result<Vec<LogRow>, Error> {
    let sql = || Error::sql("the review log");
    let count = database.count("revlog")?;
    let mut log = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
    let mut statement = database
        .conn
        .prepare("SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM revlog")
        .map_err(sql())?;
    let mut rows = statement.query([]).map_err(sql())?;
    while let Some(row) = rows.next().map_err(sql())? {
        if (log.len() as u64).is_multiple_of(LOOK) {
            progress.at(ROWS, count + log.len() as u64 * 2, count * 3)?;
        }
        let int = |column| int(row, column).map_err(sql());
        log.push(LogRow {
            at_ms: int(0)?,
            card: int(1)?,
            ease: int(2)?,
            interval: int(3)?,
            last_interval: int(4)?,
            factor: int(5)?,
            taken_ms: int(6)?,
            kind: int(7)?,
        });
    }
    log.sort_unstable_by_key(|row| (row.card, row.at_ms));
    Ok(log)
}

/// The rows of one card, oldest first.
pub(super) fn of_card(log: &[LogRow], card: i64) -> &[LogRow] {
    let start = log.partition_point(|row| row.card < card);
    let length = log[start..].partition_point(|row| row.card == card);
    &log[start..start + length]
}
