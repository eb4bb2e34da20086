//! The course of one card: what was answered when, and what the rule made of it.

use cairn_core::day::StudyDay;
use cairn_core::fold::LogKind;
use cairn_core::grade::Grade;
use cairn_core::outcome::{Outcome, outcome};
use cairn_core::policy::Policy;
use cairn_core::schedule::{Known, Schedule};
use uuid::Uuid;

use super::draw::Draw;

/// One answer.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Study day.
    pub day: StudyDay,
    /// Review or drill.
    pub kind: LogKind,
    /// The grade.
    pub grade: Grade,
    /// The schedule that it found.
    pub before: Schedule,
    /// The schedule that it left.
    pub after: Schedule,
    /// What the rule said; none in the drill.
    pub outcome: Option<Outcome>,
    /// Whether it was taken back at once.
    pub voided: bool,
}

/// Fewest rows of a card that is not due: two passes make an interval of six days.
pub const FEWEST: usize = 2;
/// Most rows of one turn: an answer that is taken back, the answer, its drill.
const TURN: usize = 3;

/// Where the course of a card is to end.
#[derive(Debug, Clone, Copy)]
pub enum Ending {
    /// Due so many days ago (0: today).
    Due(usize),
    /// Due later; answered yesterday at the latest.
    Later,
}

/// A course of exactly `rows` rows (at least [`FEWEST`]) that ends as it should.
pub fn course(
    card: Uuid,
    rows: usize,
    ending: Ending,
    today: StudyDay,
    policy: &Policy,
    draw: &mut Draw,
) -> Vec<Entry> {
    let mut entries = Vec::with_capacity(rows);
    let mut schedule = Schedule::New;
    let mut day = StudyDay::new(0);
    while entries.len() < rows {
        // The last answers are passes, so that the interval is long enough to end as asked.
        let free = rows - entries.len() >= TURN + FEWEST;
        if free && draw.percent(1) {
            entries.push(answer(card, &schedule, day, Grade::EASY, policy, true));
        }
        let grade = if free { grade(draw) } else { Grade::GOOD };
        let entry = answer(card, &schedule, day, grade, policy, false);
        schedule = entry.after;
        entries.push(entry);
        if policy.drill.wants(grade) {
            entries.push(drill(schedule, day));
        }
        if let Schedule::Known(Known { due, .. }) = schedule {
            let late = if draw.percent(20) { 1 + draw.below(4) } else { 0 };
            day = due.plus(i32::try_from(late).unwrap_or(0));
        }
    }
    let shift = shift(&schedule, ending, today, draw);
    entries.iter_mut().for_each(|entry| entry.move_by(shift));
    entries
}

fn grade(draw: &mut Draw) -> Grade {
    match draw.below(100) {
        0..10 => Grade::AGAIN,
        10..22 => Grade::HARD,
        22..90 => Grade::GOOD,
        _ => Grade::EASY,
    }
}

fn answer(
    card: Uuid,
    schedule: &Schedule,
    day: StudyDay,
    grade: Grade,
    policy: &Policy,
    voided: bool,
) -> Entry {
    let outcome = outcome(schedule, card, day, policy, grade);
    Entry {
        day,
        kind: LogKind::Review,
        grade,
        before: *schedule,
        after: Schedule::Known(outcome.after),
        outcome: Some(outcome),
        voided,
    }
}

fn drill(schedule: Schedule, day: StudyDay) -> Entry {
    Entry {
        day,
        kind: LogKind::Drill,
        grade: Grade::GOOD,
        before: schedule,
        after: schedule,
        outcome: None,
        voided: false,
    }
}

/// Days by which the course moves so that it ends as it should. The rule counts days from one
/// another only, so a course that is moved as a whole is still what the rule says.
fn shift(schedule: &Schedule, ending: Ending, today: StudyDay, draw: &mut Draw) -> i32 {
    let Schedule::Known(Known { due, last, .. }) = *schedule else { return 0 };
    let days = due.days_since(last);
    let due_in = match ending {
        Ending::Due(ago) => -i32::try_from(ago).unwrap_or(0),
        Ending::Later => {
            let room = usize::try_from(days - 1).unwrap_or(1);
            1 + i32::try_from(draw.below(room)).unwrap_or(0)
        }
    };
    today.plus(due_in).days_since(due)
}

impl Entry {
    fn move_by(&mut self, days: i32) {
        let moved = |known: Known| Known {
            due: known.due.plus(days),
            last: known.last.plus(days),
            ..known
        };
        self.day = self.day.plus(days);
        for schedule in [&mut self.before, &mut self.after] {
            if let Schedule::Known(known) = schedule {
                *known = moved(*known);
            }
        }
        if let Some(outcome) = &mut self.outcome {
            outcome.after = moved(outcome.after);
        }
    }
}
