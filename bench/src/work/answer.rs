//! Answering: durable, with the next card and its four outcomes; and the checkpoint afterwards.

use cairn_core::day::Moment;
use cairn_store::view::{Phase, Shown, Step};
use cairn_store::{Answer, Collection};

use super::Pair;
use crate::Fallible;
use crate::floor::{Floor, Trail};
use crate::report::Workload;
use crate::sample::Sample;
use crate::seed::{Draw, NOW};

/// Most that the median may be, as a multiple of the floor's.
pub const TIMES: f64 = 1.6;
/// Most that the p99 may be beyond the floor's, in milliseconds.
pub const MORE_MS: f64 = 3.0;
/// Time that a person takes for a card.
pub const CARD_MS: i64 = 8_000;

/// Gives `answers` answers after `warm_up` that don't count, each on both copies in turn.
pub fn measure(pair: &Pair, warm_up: usize, answers: usize) -> Fallible<Vec<Workload>> {
    let mut collection = Collection::open(&pair.subject, NOW)?;
    let mut raw = Floor::open(&pair.floor)?;
    let trail = Trail::follow(&pair.subject)?;
    let (mut subject, mut floor) = (Sample::default(), Sample::default());
    let mut draw = Draw::new(3);
    let mut now = NOW;
    let mut step = collection.begin(None, None, now)?;
    for number in 0..warm_up + answers {
        if number == warm_up {
            subject.forget();
            floor.forget();
        }
        now.utc_ms += CARD_MS;
        let answer = answer(&step, &mut draw)?;
        step = subject.time(|| collection.answer(&answer, now))?;
        let repeated = trail.answered(step.shown.as_ref().map(|shown| shown.card.as_str()))?;
        floor.time(|| raw.answer(&repeated))?;
    }
    let what = "answer, on the disk, with the next card and its outcomes";
    Ok(vec![
        Workload::new("answer", what, &subject).beside(&floor).close_to_floor(TIMES, MORE_MS),
        checkpoint(&mut collection, &raw, answers)?,
    ])
}

/// The moment after so many answers.
pub fn moment_after(answers: usize) -> Moment {
    let passed = i64::try_from(answers).unwrap_or(0) * CARD_MS;
    Moment { utc_ms: NOW.utc_ms + passed, ..NOW }
}

/// What a person might say to the card that is shown.
pub fn answer(step: &Step, draw: &mut Draw) -> Fallible<Answer> {
    let shown = step.shown.as_ref().ok_or("there are too few cards for so many answers")?;
    let grade = match draw.below(100) {
        _ if shown.phase == Phase::Drill => 4,
        0..10 => 1,
        10..22 => 3,
        22..90 => 4,
        _ => 5,
    };
    let option = chosen(shown, grade >= 3);
    Ok(Answer { token: shown.token.clone(), grade, taken_ms: 8_000, option })
}

fn chosen(shown: &Shown, right: bool) -> Option<String> {
    let option = shown.options.iter().find(|option| option.right == right)?;
    Some(option.id.clone())
}

fn checkpoint(collection: &mut Collection, raw: &Floor, answers: usize) -> Fallible<Workload> {
    let (mut subject, mut floor) = (Sample::default(), Sample::default());
    subject.time(|| collection.checkpoint())?;
    floor.time(|| raw.conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())))?;
    let what = format!("checkpoint after {answers} answers, when idle");
    Ok(Workload::new("checkpoint", what, &subject).beside(&floor))
}
