//! What was answered, in one pass over the log.

use std::collections::BTreeMap;

use cairn_core::area::Area;
use cairn_core::day::StudyDay;
use cairn_core::fold::LogKind;
use cairn_core::progress::{DayStudied, INTERVAL_BANDS, KNOWN_FROM_DAYS, MockDay, interval_band};
use cairn_core::recall::Recall;
use rusqlite::{Connection, Row, params};
use rustc_hash::{FxHashMap, FxHashSet};

use super::ground::{Card, Ground};
use crate::error::Result;
use crate::log;

/// A grade from here on is remembered.
const REMEMBERED: u8 = 3;

/// The answers of a period, counted.
#[derive(Default)]
pub(super) struct Answers {
    pub(super) days: Vec<DayStudied>,
    pub(super) mocks: Vec<MockDay>,
    pub(super) elsewhere: u32,
    pub(super) recall: Recall,
    pub(super) by_interval: [Recall; INTERVAL_BANDS.len()],
    pub(super) by_area: FxHashMap<Option<Area>, Recall>,
    pub(super) by_competency: FxHashMap<u8, Recall>,
    /// By place of the deck in the ground.
    pub(super) by_deck: Vec<Recall>,
    pub(super) by_card: FxHashMap<i64, Recall>,
    pub(super) started: FxHashSet<i64>,
    pub(super) learned: FxHashSet<i64>,
}

/// A row that measures something or counts at all.
struct Found {
    id: i64,
    kind: LogKind,
    right: bool,
    day: StudyDay,
    taken_ms: u64,
    /// Interval that the card had; `None` for one not seen before.
    interval_before: Option<u32>,
    interval_after: Option<u32>,
}

impl Answers {
    /// Counts what stands of the days from `first` (or the first of all) to `last`.
    ///
    /// Which operations were taken back is read first: SQLite would look it up row by row.
    pub(super) fn read(
        conn: &Connection,
        ground: &Ground,
        first: Option<StudyDay>,
        last: StudyDay,
    ) -> Result<Self> {
        let mut answers =
            Self { by_deck: vec![Recall::default(); ground.decks.len()], ..Self::default() };
        let (mut days, mut mocks) = (BTreeMap::new(), BTreeMap::new());
        let voided = log::voided(conn)?;
        // The plus keeps SQLite from the index by day: nearly all rows are wanted, in any order.
        let mut statement = conn.prepare(
            "SELECT card, kind, grade, day, taken_ms, before_interval_days, after_interval_days,
               operation
             FROM review_log WHERE +day BETWEEN ? AND ?",
        )?;
        let from = first.map_or(i32::MIN, StudyDay::number);
        let mut rows = statement.query(params![from, last.number()])?;
        while let Some(row) = rows.next()? {
            if voided.contains(&row.get(7)?) {
                continue;
            }
            let (Some(found), Some(&card)) = (found(row)?, ground.of.get(&row.get(0)?)) else {
                continue;
            };
            match found.kind {
                LogKind::Foreign => answers.elsewhere += 1,
                LogKind::Review => answers.review(&found, card, ground),
                LogKind::Mock => mock(&mut mocks, &found),
                LogKind::Drill | LogKind::Cram | LogKind::Set | LogKind::Reset => {}
            }
            if found.kind != LogKind::Foreign {
                studied(&mut days, &found);
            }
        }
        answers.days = days.into_values().collect();
        answers.mocks = mocks.into_values().collect();
        Ok(answers)
    }

    fn review(&mut self, found: &Found, card: Card, ground: &Ground) {
        let known = |interval: Option<u32>| interval.is_some_and(|days| days >= KNOWN_FROM_DAYS);
        if !known(found.interval_before) && known(found.interval_after) {
            self.learned.insert(found.id);
        }
        let Some(interval) = found.interval_before else {
            self.started.insert(found.id);
            return;
        };
        self.recall.count(found.right);
        self.by_area.entry(card.area).or_default().count(found.right);
        self.by_card.entry(found.id).or_default().count(found.right);
        for number in ground.competencies(card) {
            self.by_competency.entry(*number).or_default().count(found.right);
        }
        let (band, deck) = (interval_band(interval), card.deck);
        for recall in [self.by_interval.get_mut(band), self.by_deck.get_mut(deck)] {
            recall.into_iter().for_each(|recall| recall.count(found.right));
        }
    }
}

/// A row that is an answer; `None` for one that sets or resets.
fn found(row: &Row<'_>) -> rusqlite::Result<Option<Found>> {
    let kind = match LogKind::from_name(row.get_ref(1)?.as_str().unwrap_or_default()) {
        None | Some(LogKind::Set | LogKind::Reset) => return Ok(None),
        Some(kind) => kind,
    };
    Ok(Some(Found {
        id: row.get(0)?,
        kind,
        right: row.get::<_, Option<u8>>(2)?.is_some_and(|grade| grade >= REMEMBERED),
        day: StudyDay::new(row.get(3)?),
        taken_ms: u64::try_from(row.get::<_, i64>(4)?).unwrap_or_default(),
        interval_before: row.get(5)?,
        interval_after: row.get(6)?,
    }))
}

fn studied(days: &mut BTreeMap<StudyDay, DayStudied>, found: &Found) {
    let new = DayStudied { day: found.day, answers: 0, taken_ms: 0 };
    let day = days.entry(found.day).or_insert(new);
    day.answers = day.answers.saturating_add(1);
    day.taken_ms = day.taken_ms.saturating_add(found.taken_ms);
}

fn mock(mocks: &mut BTreeMap<StudyDay, MockDay>, found: &Found) {
    let new = MockDay { day: found.day, items: Recall::default(), taken_ms: 0 };
    let mock = mocks.entry(found.day).or_insert(new);
    mock.items.count(found.right);
    mock.taken_ms = mock.taken_ms.saturating_add(found.taken_ms);
}
