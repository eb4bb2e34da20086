//! `cards.csv` and `reviews.csv`.

use std::ops::ControlFlow;

use cairn_core::day::StudyDay;
use cairn_formats::csv_tables;
use cairn_store::Tables;

use crate::draft::{Draft, Out};
use crate::error::Error;
use crate::view::Exported;
use crate::{Job, Watch, place};

const CARDS: &str = "cards.csv";
const REVIEWS: &str = "reviews.csv";
/// Rows between two questions whether to go on.
const STRIDE: u64 = 4096;

/// Writes both tables.
pub(crate) fn write(job: &Job<'_>, watch: Watch<'_>) -> Result<Exported, Error> {
    let place::Place { mut draft, name } = place::folder(job.request)?;
    let mut tables = job.reader.tables(job.request.deck.as_deref(), job.now)?;
    let cards = u64::try_from(tables.len()).unwrap_or_default();
    let mut course = Course { watch, done: 0, total: cards + tables.log_len()? };
    course.at(0)?;
    // The log first: reading it counts the answers of each card.
    let (cards_name, reviews_name) = (name.join(CARDS), name.join(REVIEWS));
    refuse_what_is_there(&draft, job.request.overwrite, [&cards_name, &reviews_name])?;
    let mut told = job.told();
    told.decks = crate::count(tables.decks());
    told.answers = draft.write(&reviews_name, |out| reviews(job, &mut tables, out, &mut course))?;
    course.at(course.total - cards)?;
    (told.notes, told.cards) =
        draft.write(&cards_name, |out| write_cards(&mut tables, out, &mut course))?;
    course.at(course.total)?;
    told.files = draft.put()?;
    told.files.reverse();
    Ok(told)
}

/// Before an hour is spent on them.
fn refuse_what_is_there<const N: usize>(
    draft: &Draft,
    overwrite: bool,
    names: [&std::path::PathBuf; N],
) -> Result<(), Error> {
    let there = names.map(|name| draft.place(name)).into_iter().find(|place| place.exists());
    match there {
        Some(place) if !overwrite => Err(Error::Exists(place)),
        _ => Ok(()),
    }
}

fn reviews(
    job: &Job<'_>,
    tables: &mut Tables<'_>,
    out: &mut Out,
    course: &mut Course<'_>,
) -> Result<u32, Error> {
    let refused = |error| Error::io(&job.request.out, error);
    let mut table = csv_tables::Reviews::begin(out).map_err(refused)?;
    let (mut count, mut failed) = (0u32, None);
    let (from, to) = (job.request.from.map(StudyDay::from), job.request.to.map(StudyDay::from));
    let _ = tables.answers(from, to, &mut |row| {
        count = count.saturating_add(1);
        going(course.step().and_then(|()| table.add(row).map_err(refused)), &mut failed)
    })?;
    failed.map_or(Ok(()), Err)?;
    table.finish().map_err(refused)?;
    Ok(count)
}

/// Gives how many notes and cards there are.
fn write_cards(
    tables: &mut Tables<'_>,
    out: &mut Out,
    course: &mut Course<'_>,
) -> Result<(u32, u32), Error> {
    let refused = |error| Error::io(std::path::Path::new(CARDS), error);
    let mut table = csv_tables::Cards::begin(out).map_err(refused)?;
    let (mut notes, mut cards, mut last, mut failed) = (0u32, 0u32, None, None);
    let _ = tables.cards(&mut |row| {
        cards = cards.saturating_add(1);
        if last.replace(row.note) != Some(row.note) {
            notes = notes.saturating_add(1);
        }
        going(course.step().and_then(|()| table.add(row).map_err(refused)), &mut failed)
    })?;
    failed.map_or(Ok(()), Err)?;
    table.finish().map_err(refused)?;
    Ok((notes, cards))
}

/// Goes on, or keeps why not.
fn going(done: Result<(), Error>, failed: &mut Option<Error>) -> ControlFlow<()> {
    match done {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            *failed = Some(error);
            ControlFlow::Break(())
        }
    }
}

/// How far it has come.
struct Course<'w> {
    watch: Watch<'w>,
    done: u64,
    total: u64,
}

impl Course<'_> {
    /// One row more.
    fn step(&mut self) -> Result<(), Error> {
        self.done += 1;
        if self.done.is_multiple_of(STRIDE) { self.at(self.done) } else { Ok(()) }
    }

    fn at(&mut self, done: u64) -> Result<(), Error> {
        self.done = done;
        match (self.watch)(done.min(self.total), self.total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        }
    }
}
