//! Tables `review_log`, `policy`, `device`, `operation`: the rows of the cards.

use cairn_core::day::StudyDay;
use cairn_core::fold::{LogKind, Order};
use cairn_core::hlc::Hlc;
use cairn_core::package::{PackageCard, PackageOutcome, PackageRow};
use cairn_core::policy::Policy;
use rusqlite::{Connection, Row};
use rustc_hash::{FxHashMap, FxHashSet};
use uuid::Uuid;

use super::{Place, json};
use crate::card;
use crate::error::{Error, Result};

/// A card, and its rows as they are found.
pub(super) struct Found {
    pub(super) place: Place,
    pub(super) card: PackageCard,
    /// The operation that brought what another program keeps of it.
    pub(super) brought: Option<i64>,
    pub(super) rows: Vec<(Order, PackageRow)>,
}

impl Found {
    /// The card with its rows in the order of the fold.
    pub(super) fn finish(mut self) -> PackageCard {
        self.rows.sort_by_key(|(order, _)| *order);
        self.card.log = self.rows.into_iter().map(|(_, row)| row).collect();
        self.card
    }
}

/// Gives every row that stands to its card.
pub(super) fn fill(conn: &Connection, cards: &mut FxHashMap<i64, Found>) -> Result<()> {
    let known = Known::of(conn)?;
    let mut statement = conn.prepare(
        "SELECT card, operation, device, seq, clock, policy, kind, grade, response, option_order, day,
           at_ms, offset_minutes, taken_ms, rule, rule_interval_days, late_days, fuzz_days, due,
           plan_day, elsewhere, before_repetitions, before_interval_days, before_ease_hundredths,
           before_due, before_last_day, before_lapses, after_repetitions, after_interval_days,
           after_ease_hundredths, after_due, after_last_day, after_lapses
         FROM review_log ORDER BY id",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let Some(found) = cards.get_mut(&row.get(0)?) else { continue };
        let operation: i64 = row.get(1)?;
        if known.voided.contains(&operation) {
            continue;
        }
        let (Some(device), Some(policy)) =
            (known.devices.get(&row.get(2)?), known.policies.get(&row.get(5)?))
        else {
            continue;
        };
        let order = Order { clock: Hlc(row.get(4)?), device: *device, seq: row.get(3)? };
        let row = log_row(row, policy)?;
        // Once it was answered here, what the other program kept of the card is out of date.
        if row.kind != LogKind::Foreign && found.brought.is_some_and(|by| by != operation) {
            found.card.elsewhere.clear();
        }
        found.rows.push((order, row));
    }
    Ok(())
}

/// What rows name by local id.
struct Known {
    devices: FxHashMap<i64, Uuid>,
    policies: FxHashMap<i64, Policy>,
    /// Operations that were taken back.
    voided: FxHashSet<i64>,
}

impl Known {
    fn of(conn: &Connection) -> Result<Self> {
        let devices = conn
            .prepare("SELECT id, uuid FROM device")?
            .query_map([], |row| Ok((row.get(0)?, card::uuid(row, 1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let voided = conn
            .prepare("SELECT voids FROM operation WHERE voids IS NOT NULL")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
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
        rule: row.get(14)?,
        policy: policy.clone(),
        outcome,
        plan_day: row.get::<_, Option<i32>>(19)?.map(StudyDay::new),
        before: card::schedule(row, 21)?,
        after: card::schedule(row, 27)?,
        elsewhere: row.get::<_, Option<String>>(20)?.unwrap_or_default(),
    })
}
