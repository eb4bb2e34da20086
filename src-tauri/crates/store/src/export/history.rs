//! Tables `review_log`, `policy`, `device`, `operation`: the rows of the cards.

use cairn_core::day::StudyDay;
use cairn_core::fold::{LogKind, Order};
use cairn_core::hlc::Hlc;
use cairn_core::package::{PackageCard, PackageDeck, PackageOutcome, PackageRow, rule_name};
use cairn_core::policy::Policy;
use cairn_core::turns;
use rusqlite::{Connection, Row};
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use super::{Course, Place, json};
use crate::error::{Error, Result};
use crate::places::Places;
use crate::reader::Reader;
use crate::spans::Span;
use crate::{card, log};

/// A card, and the places of its rows in the order of the fold.
pub(super) struct Found {
    pub(super) place: Place,
    pub(super) card: PackageCard,
    /// The operation that brought what another program keeps of it.
    pub(super) brought: Option<i64>,
    pub(super) orders: Vec<Order>,
}

impl Found {
    /// Puts the rows in the order of the fold. They mostly are: they were written down as they came.
    fn put_in_order(&mut self) {
        if self.orders.is_sorted() {
            return;
        }
        let log = std::mem::take(&mut self.card.log);
        let mut rows: Vec<(Order, PackageRow)> = self.orders.iter().copied().zip(log).collect();
        rows.sort_by_key(|(order, _)| *order);
        self.card.log = rows.into_iter().map(|(_, row)| row).collect();
    }
}

/// The cards, with their places by local id.
#[derive(Default)]
pub(super) struct Cards {
    at: Places,
    found: Vec<Found>,
}

impl Cards {
    pub(super) fn add(&mut self, id: i64, card: Found) {
        self.at.insert(id, self.found.len());
        self.found.push(card);
    }

    /// Gives each card to its note, in the order of the cards' local ids.
    pub(super) fn give_to(mut self, decks: &mut [(i64, PackageDeck)]) {
        turns::each(&mut self.found, Found::put_in_order);
        for Found { place, card, .. } in self.found {
            let deck = decks.get_mut(place.deck).map(|(_, deck)| deck);
            if let Some(note) = deck.and_then(|deck| deck.notes.get_mut(place.note)) {
                note.cards.push(card);
            }
        }
    }
}

/// A row of a card, which is named by its place.
struct Given {
    card: usize,
    operation: i64,
    order: Order,
    row: PackageRow,
}

/// Gives every row that stands to its card.
pub(super) fn fill(
    readers: &mut [Reader],
    spans: &[Span],
    known: &Known,
    cards: &mut Cards,
    course: &mut Course<'_>,
) -> Result<()> {
    let Cards { at, found } = cards;
    let make = |reader: &mut &mut Reader, part: usize| match spans.get(part) {
        Some(span) => rows(&reader.conn, span, known, at),
        None => Ok(Vec::new()),
    };
    turns::in_turns(readers.iter_mut().collect(), spans.len(), make, |rows| {
        for Given { card, operation, order, row } in rows {
            let Some(found) = found.get_mut(card) else { continue };
            // Once it was answered here, what the other program kept of the card is out of date.
            if row.kind != LogKind::Foreign && found.brought.is_some_and(|by| by != operation) {
                found.card.elsewhere.clear();
            }
            found.orders.push(order);
            found.card.log.push(row);
        }
        course.on()
    })
}

fn rows(conn: &Connection, span: &Span, known: &Known, at: &Places) -> Result<Vec<Given>> {
    let mut statement = conn.prepare_cached(
        "SELECT card, operation, device, seq, clock, policy, kind, grade, response, option_order, day,
           at_ms, offset_minutes, taken_ms, rule, rule_interval_days, late_days, fuzz_days, due,
           plan_day, elsewhere, before_repetitions, before_interval_days, before_ease_hundredths,
           before_due, before_last_day, before_lapses, after_repetitions, after_interval_days,
           after_ease_hundredths, after_due, after_last_day, after_lapses
         FROM review_log WHERE id BETWEEN ? AND ? ORDER BY id",
    )?;
    let mut rows = statement.query([span.start(), span.end()])?;
    let mut given = Vec::new();
    while let Some(row) = rows.next()? {
        let Some(card) = at.get(row.get(0)?) else { continue };
        let operation: i64 = row.get(1)?;
        if !known.voided.is_empty() && known.voided.contains(&operation) {
            continue;
        }
        let (Some(device), Some(policy)) =
            (known.devices.get(&row.get(2)?), known.policies.get(&row.get(5)?))
        else {
            continue;
        };
        let order = Order { clock: Hlc(row.get(4)?), device: *device, seq: row.get(3)? };
        given.push(Given { card, operation, order, row: log_row(row, policy)? });
    }
    Ok(given)
}

/// What rows name by local id.
pub(super) struct Known {
    devices: FxHashMap<i64, Uuid>,
    policies: FxHashMap<i64, Policy>,
    /// Operations that were taken back.
    voided: FxHashSet<i64>,
}

impl Known {
    pub(super) fn of(conn: &Connection) -> Result<Self> {
        let devices = conn
            .prepare("SELECT id, uuid FROM device")?
            .query_map([], |row| Ok((row.get(0)?, card::uuid(row, 1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let voided = log::voided(conn)?;
        let mut statement = conn.prepare("SELECT id, json FROM policy")?;
        let mut rows = statement.query([])?;
        let mut policies = FxHashMap::default();
        while let Some(row) = rows.next()? {
            policies.insert(row.get(0)?, json(row, 1)?);
        }
        Ok(Self { devices, policies, voided })
    }
}

fn log_row(row: &Row<'_>, policy: &Policy) -> Result<PackageRow> {
    let kind = row.get_ref(6)?.as_str().unwrap_or_default();
    let kind = LogKind::from_name(kind)
        .ok_or_else(|| Error::Damaged(format!("the log holds a row of the kind “{kind}”")))?;
    let order = row.get_ref(9)?.as_str_or_null().unwrap_or_default();
    let outcome = match row.get(15)? {
        None => None,
        Some(interval_days) => Some(PackageOutcome {
            interval_days,
            late_days: row.get::<_, Option<u32>>(16)?.unwrap_or_default(),
            fuzz_days: row.get::<_, Option<i32>>(17)?.unwrap_or_default(),
            due: StudyDay::new(row.get::<_, Option<i32>>(18)?.unwrap_or_default()),
        }),
    };
    Ok(PackageRow {
        kind,
        grade: row.get(7)?,
        response: row.get(8)?,
        option_order: order.map(serde_json::from_str).transpose()?,
        day: StudyDay::new(row.get(10)?),
        at_ms: row.get(11)?,
        offset_minutes: row.get(12)?,
        taken_ms: row.get(13)?,
        rule: rule_name(row.get_ref(14)?.as_str().unwrap_or_default()),
        policy: policy.clone(),
        outcome,
        plan_day: row.get::<_, Option<i32>>(19)?.map(StudyDay::new),
        before: card::schedule(row, 21)?,
        after: card::schedule(row, 27)?,
        elsewhere: row.get::<_, Option<String>>(20)?.unwrap_or_default(),
    })
}
