//! A progress report.

use std::cell::Cell;

use cairn_core::day::StudyDay;
use cairn_core::progress::Range;
use cairn_formats::report;

use crate::course::Watched;
use crate::error::Error;
use crate::view::Exported;
use crate::{Job, Watch, place};

/// Writes the report.
pub(crate) fn write(job: &Job<'_>, watch: Watch<'_>) -> Result<Exported, Error> {
    let request = job.request;
    let place::Place { mut draft, name } = place::file(request)?;
    let range = Range {
        from: request.from.map(StudyDay::from),
        to: request.to.map(StudyDay::from),
        deck: request.deck.clone(),
        card_text: request.card_text,
    };
    let progress = job.reader.progress(&range, job.now)?;
    let options = report::Options { name: request.name.trim().to_owned() };
    let course = Cell::default();
    draft.write(&name, |file| {
        let mut out = Watched::new(file, watch, &course);
        let printed = report::print(&progress, &options, &mut out);
        out.checked(printed, &request.out)
    })?;
    let answers = progress.days.iter().map(|day| day.answers).fold(0, u32::saturating_add);
    Ok(Exported {
        decks: crate::count(progress.decks.len()),
        cards: progress.cards.total(),
        answers,
        files: draft.put()?,
        ..job.told()
    })
}
