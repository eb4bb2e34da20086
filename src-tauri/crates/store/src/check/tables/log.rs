//! Table `review_log`: every row is read once, and given to its card.

use cairn_core::day::StudyDay;
use cairn_core::fold::{LogKind, Order, Row as FoldRow};
use cairn_core::grade::Grade;
use cairn_core::hlc::Hlc;
use cairn_core::policy::Policy;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::{Cards, Fault, Found, Known, Told};
use crate::card;
use crate::error::Result;

/// Looks at every row; gives how many there are.
pub(super) fn look(
    conn: &Connection,
    known: &Known,
    cards: &mut Cards,
    found: &mut Found,
    told: &mut Told<'_>,
) -> Result<usize> {
    let mut statement = conn.prepare(
        "SELECT id, card, operation, device, policy, kind, clock, seq, grade, day,
           before_repetitions, before_interval_days, before_ease_hundredths, before_due,
           before_last_day, before_lapses, after_repetitions, after_interval_days,
           after_ease_hundredths, after_due, after_last_day, after_lapses
         FROM review_log ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        told.one()?;
        count += 1;
        let (card, operation): (i64, i64) = (row.get(1)?, row.get(2)?);
        let mut fault = |what| found.add(what, || format!("answer {}", row.get(0).unwrap_or(0i64)));
        if !cards.contains(card) {
            fault(Fault::RowCard);
        }
        if !known.operations.contains(operation) {
            fault(Fault::RowOperation);
        }
        let device = known.devices.get(&row.get(3)?);
        if device.is_none() {
            fault(Fault::RowDevice);
        }
        let policy = known.policies.get(&row.get(4)?);
        if policy.is_none() {
            fault(Fault::RowPolicy);
        }
        let kind = LogKind::from_name(row.get_ref(5)?.as_str().unwrap_or_default());
        let counts = matches!(kind, Some(LogKind::Review | LogKind::Set | LogKind::Reset) | None);
        let (true, Some(device), Some(policy)) = (counts, device, policy) else { continue };
        if known.voided.contains(&operation) {
            continue;
        }
        match (kind, policy) {
            (Some(kind), Some(policy)) => match fold_row(row, kind, *device, policy) {
                Ok(row) => cards.take(card, &row),
                Err(_) => fault(Fault::RowUnreadable),
            },
            _ => fault(Fault::RowUnreadable),
        }
    }
    Ok(count)
}

fn fold_row(
    row: &Row<'_>,
    kind: LogKind,
    device: Uuid,
    policy: &Policy,
) -> rusqlite::Result<FoldRow> {
    Ok(FoldRow {
        order: Order { clock: Hlc(row.get(6)?), device, seq: row.get(7)? },
        kind,
        grade: row.get::<_, Option<u8>>(8)?.and_then(|grade| Grade::try_from(grade).ok()),
        day: StudyDay::new(row.get(9)?),
        policy: policy.clone(),
        before: card::schedule(row, 10)?,
        after: card::schedule(row, 16)?,
    })
}
