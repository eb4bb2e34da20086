//! Where a card stands, in Anki's numbers: as Anki had it, until it was answered here.

use std::borrow::Cow;

use cairn_core::day::StudyDay;
use cairn_core::fold::LogKind;
use cairn_core::grade::Grade;
use cairn_core::package::{PackageCard, PackageRow};
use cairn_core::schedule::Schedule;
use serde::Deserialize;

use super::calendar::Calendar;
use super::log::{self, LogRow};

/// The columns that tell where a card stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State<'a> {
    /// The id that Anki gave it.
    pub id: Option<i64>,
    pub kind: i64,
    pub queue: i64,
    pub due: i64,
    pub interval: i64,
    pub factor: i64,
    pub reps: i64,
    pub lapses: i64,
    pub left: i64,
    pub flags: i64,
    pub data: Cow<'a, str>,
    /// Its place among the new ones, where `data` is ours.
    position: Option<i64>,
}

impl State<'_> {
    /// A new card at a place among the new ones.
    pub fn new(position: i64) -> Self {
        Self {
            id: None,
            kind: 0,
            queue: 0,
            due: position,
            interval: 0,
            factor: 0,
            reps: 0,
            lapses: 0,
            left: 0,
            flags: 0,
            data: "{}".into(),
            position: None,
        }
    }

    /// Makes a card that stands where it stands by answers given here tell when it was last answered,
    /// by its rows in Anki's log.
    pub fn tell_last_answer(&mut self, rows: &mut [LogRow]) {
        let Some(position) = self.position else { return };
        let Some(row) = log::last_answer(rows) else { return };
        row.told = true;
        self.data = format!("{{\"pos\":{position},\"lrt\":{}}}", row.second()).into();
    }
}

/// A card under Anki's own names, as the reader keeps it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct KeptCard<'a> {
    id: i64,
    #[serde(rename = "type")]
    kind: Option<i64>,
    queue: i64,
    due: i64,
    #[serde(borrow)]
    due_day: Option<Cow<'a, str>>,
    ivl: i64,
    factor: i64,
    reps: i64,
    lapses: i64,
    left: i64,
    odue: i64,
    odid: i64,
    flags: i64,
    #[serde(borrow)]
    data: Cow<'a, str>,
}

/// Times above this are seconds since 1970, not day numbers.
const SECONDS_FROM: i64 = 1_000_000_000;
/// Set aside by hand.
const SUSPENDED: i64 = -1;
const BURIED: i64 = -3;
const RED: i64 = 1;

/// Where a card stands; `position` is its place among the new ones.
pub(super) fn state<'a>(card: &'a PackageCard, position: i64, calendar: &Calendar) -> State<'a> {
    let kept =
        if card.elsewhere.is_empty() { None } else { serde_json::from_str(&card.elsewhere).ok() };
    let mut state = match kept.filter(|kept: &KeptCard<'a>| matches!(kept.kind, Some(0..=3))) {
        Some(kept) => as_kept(kept, card, calendar),
        None => ours(card, position, calendar),
    };
    if card.flagged != (state.flags & 7 != 0) {
        state.flags = if card.flagged { RED } else { 0 };
    }
    let buried = card.buried_until.is_some_and(|until| until > calendar.today);
    state.queue = match state.queue {
        _ if card.suspended => SUSPENDED,
        queue @ (-2 | -3) if buried => queue,
        _ if buried => BURIED,
        queue if queue < 0 => queue_of(state.kind, state.due),
        queue => queue,
    };
    state
}

fn as_kept<'a>(kept: KeptCard<'a>, card: &PackageCard, calendar: &Calendar) -> State<'a> {
    let borrowed = kept.odid != 0;
    // Version 1 of Anki's scheduler kept relearning cards as review cards in a learning queue.
    let kind = match kept.kind.unwrap_or(0) {
        2 if matches!(kept.queue, 1 | 3) => 3,
        kind => kind,
    };
    let own_due = if borrowed && kept.odue != 0 { kept.odue } else { kept.due };
    let day =
        kept.due_day.and_then(|day| day.parse::<chrono::NaiveDate>().ok()).map(StudyDay::from);
    let by_day = kind == 2 || (kind != 0 && own_due < SECONDS_FROM);
    let due = match (day, card.schedule) {
        (Some(day), _) if by_day => calendar.number(day),
        (None, Schedule::Known(known)) if by_day => calendar.number(known.due),
        _ => own_due,
    };
    // A card that was lent to a filtered deck goes home.
    let queue = if borrowed && kept.queue >= 0 { queue_of(kind, due) } else { kept.queue };
    State {
        id: Some(kept.id),
        kind,
        queue: queue.clamp(-3, 4),
        due: due.clamp(i64::from(i32::MIN), i64::from(i32::MAX)),
        interval: kept.ivl.clamp(0, i64::from(i32::MAX)),
        factor: kept.factor.clamp(0, i64::from(u16::MAX)),
        reps: kept.reps.clamp(0, i64::from(i32::MAX)),
        lapses: kept.lapses.clamp(0, i64::from(i32::MAX)),
        left: kept.left.clamp(0, i64::from(i32::MAX)),
        flags: kept.flags.clamp(0, 255),
        data: kept.data,
        position: None,
    }
}

/// The queue in which a card of a type waits.
fn queue_of(kind: i64, due: i64) -> i64 {
    match kind {
        0 => 0,
        2 => 2,
        _ if due >= SECONDS_FROM => 1,
        _ => 3,
    }
}

fn ours(card: &PackageCard, position: i64, calendar: &Calendar) -> State<'static> {
    let reps = card.log.iter().filter(|row| is_answer(row)).count();
    let reps = i64::try_from(reps).unwrap_or(i64::MAX);
    let Schedule::Known(known) = card.schedule else {
        return State { reps, ..State::new(position) };
    };
    // What is drilled today is due today.
    let due = if in_drill(&card.log, calendar.today) { calendar.today } else { known.due };
    State {
        kind: 2,
        queue: 2,
        due: calendar.number(due),
        interval: i64::from(known.memory.interval_days.max(1)),
        factor: i64::from(known.memory.ease_hundredths) * 10,
        reps,
        lapses: i64::from(known.lapses),
        data: format!("{{\"pos\":{position}}}").into(),
        position: Some(position),
        ..State::new(position)
    }
}

fn is_answer(row: &PackageRow) -> bool {
    row.grade.is_some() && matches!(row.kind, LogKind::Review | LogKind::Drill | LogKind::Foreign)
}

/// Whether the last answer of today sends the card into the drill.
fn in_drill(log: &[PackageRow], today: StudyDay) -> bool {
    let last = log.iter().rev().find(|row| matches!(row.kind, LogKind::Review | LogKind::Drill));
    last.filter(|row| row.day == today).is_some_and(|row| {
        let grade = row.grade.and_then(|grade| Grade::try_from(grade).ok());
        grade.is_some_and(|grade| row.policy.drill.wants(grade))
    })
}
