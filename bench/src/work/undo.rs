//! Taking answers back, one after the other.

use cairn_store::Collection;

use super::Pair;
use super::answer::{CARD_MS, MORE_MS, TIMES, moment_after};
use crate::Fallible;
use crate::floor::{Floor, Trail};
use crate::report::Workload;
use crate::sample::Sample;

/// Takes back `answers` answers that both copies have just been given, after `warm_up` more that
/// don't count. The collection is opened anew first, as after a restart.
pub fn measure(pair: &Pair, warm_up: usize, answers: usize) -> Fallible<Workload> {
    let mut now = moment_after(warm_up + answers);
    let mut collection = Collection::open(&pair.subject, now)?;
    let mut raw = Floor::open(&pair.floor)?;
    let trail = Trail::follow(&pair.subject)?;
    let (mut subject, mut floor) = (Sample::default(), Sample::default());
    collection.step(now)?;
    for number in 0..warm_up + answers {
        if number == warm_up {
            subject.forget();
            floor.forget();
        }
        now.utc_ms += CARD_MS;
        let step = subject.time(|| collection.undo(now))?.step;
        let repeated = trail.undone(step.shown.as_ref().map(|shown| shown.card.as_str()))?;
        floor.time(|| raw.undo(&repeated))?;
    }
    let what = "undo an answer, on the disk, with the card shown again";
    Ok(Workload::new("undo", what, &subject).beside(&floor).close_to_floor(TIMES, MORE_MS))
}
