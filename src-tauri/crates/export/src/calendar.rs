//! The exam and the days to come as a calendar.

use cairn_core::rows::DayLoad;
use cairn_formats::ics;

use crate::error::Error;
use crate::view::Exported;
use crate::{Job, place};

/// Days that are looked ahead, today being the first: eight weeks.
const DAYS: u32 = 56;

/// Writes the calendar.
pub(crate) fn write(job: &Job<'_>) -> Result<Exported, Error> {
    let place::Place { mut draft, name } = place::file(job.request)?;
    let ahead = job.reader.ahead(job.request.deck.as_deref(), DAYS, job.now)?;
    let ready = ahead.days.iter().map(|day: &DayLoad| day.ready).fold(0, u32::saturating_add);
    if ready == 0 && ahead.exam.is_none() {
        return Err(Error::Nothing("no exam date is set, and no card is ready in eight weeks"));
    }
    let plan = ics::Plan {
        seed: ahead.seed,
        exam: ahead.exam,
        days: ahead.days,
        deck: ahead.deck,
        now: job.now,
    };
    let out = &job.request.out;
    draft.write(&name, |file| ics::print(&plan, file).map_err(|error| Error::io(out, error)))?;
    Ok(Exported { cards: ready, files: draft.put()?, ..job.told() })
}
