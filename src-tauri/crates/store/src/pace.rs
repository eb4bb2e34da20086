//! How long a card takes this person.

use rusqlite::Connection;

use crate::error::Result;
use crate::log::STANDS;
use crate::view::Counts;

/// Before there is a pace of one's own, in milliseconds a card.
const USUAL_MS: u64 = 18_000;
/// Answers that make a pace of one's own.
const ENOUGH: u64 = 20;
/// Answers looked at, the newest.
const WINDOW: u32 = 200;

/// Minutes for what is left of today, rounded up, and whether the pace is the person's own.
pub(crate) fn minutes(conn: &Connection, left: Counts) -> Result<(u32, bool)> {
    let (answers, taken_ms): (i64, i64) = conn
        .prepare_cached(&format!(
            "SELECT count(*), coalesce(sum(taken_ms), 0) FROM
               (SELECT taken_ms FROM review_log
                WHERE kind IN ('review', 'drill') AND {STANDS} ORDER BY id DESC LIMIT ?)"
        ))?
        .query_row([WINDOW], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (answers, taken_ms) =
        (u64::try_from(answers).unwrap_or(0), u64::try_from(taken_ms).unwrap_or(0));
    let own = answers >= ENOUGH && taken_ms > 0;
    let a_card = if own { taken_ms.div_ceil(answers) } else { USUAL_MS };
    let cards = u64::from(left.new) + u64::from(left.due) + u64::from(left.drill);
    let minutes = (cards * a_card).div_ceil(60_000);
    Ok((u32::try_from(minutes).unwrap_or(u32::MAX), own))
}
