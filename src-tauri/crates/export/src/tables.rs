//! `cards.csv` and `reviews.csv`.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;

use cairn_core::day::StudyDay;
use cairn_formats::csv_tables;
use cairn_store::Tables;
use uuid::Uuid;

use crate::draft::{Draft, Out};
use crate::error::Error;
use crate::view::Exported;
use crate::{Job, Watch, place};

const CARDS: &str = "cards.csv";
const REVIEWS: &str = "reviews.csv";

/// Writes both tables.
pub(crate) fn write(job: &Job<'_>, watch: Watch<'_>) -> Result<Exported, Error> {
    let place::Place { mut draft, name } = place::folder(job.request)?;
    let mut tables = job.reader.tables(job.request.deck.as_deref(), job.now)?;
    let total = count_of(tables.len()) + tables.log_len();
    let mut course = Course { watch, done: 0, total };
    course.on(0)?;
    // The log first: reading it counts the answers of each card.
    let (cards_name, reviews_name) = (name.join(CARDS), name.join(REVIEWS));
    refuse_what_is_there(&draft, job.request.overwrite, [&cards_name, &reviews_name])?;
    let mut told = job.told();
    told.decks = crate::count(tables.decks());
    told.answers = draft.write(&reviews_name, |out| reviews(job, &mut tables, out, &mut course))?;
    (told.notes, told.cards) =
        draft.write(&cards_name, |out| cards(&mut tables, out, &mut course))?;
    course.on(0)?;
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
    tables: &mut Tables,
    out: &mut Out,
    course: &mut Course<'_>,
) -> Result<u32, Error> {
    let refused = |error| Error::io(Path::new(REVIEWS), error);
    out.write_all(&csv_tables::Reviews::head()).map_err(refused)?;
    let days = [job.request.from, job.request.to].map(|day| day.map(StudyDay::from));
    let mut count = 0u32;
    tables.answers(
        days,
        <(csv_tables::Reviews, u32)>::default,
        |(rows, count), row| {
            rows.add(row);
            *count += 1;
        },
        |(rows, added), read| {
            course.on(read)?;
            count = count.saturating_add(added);
            out.write_all(&rows.into_bytes()).map_err(refused)
        },
    )?;
    Ok(count)
}

/// Cards with the note of the last one, and how many notes there are.
#[derive(Default)]
struct Counted {
    rows: csv_tables::Cards,
    last: Option<Uuid>,
    notes: u32,
}

/// Gives how many notes and cards there are.
fn cards(tables: &mut Tables, out: &mut Out, course: &mut Course<'_>) -> Result<(u32, u32), Error> {
    let refused = |error| Error::io(Path::new(CARDS), error);
    out.write_all(&csv_tables::Cards::head()).map_err(refused)?;
    let (mut notes, mut cards) = (0u32, 0u64);
    tables.cards(
        Counted::default,
        |counted, row| {
            counted.rows.add(row);
            if counted.last.replace(row.note) != Some(row.note) {
                counted.notes += 1;
            }
        },
        |counted, added| {
            course.on(added)?;
            notes = notes.saturating_add(counted.notes);
            cards += added;
            out.write_all(&counted.rows.into_bytes()).map_err(refused)
        },
    )?;
    Ok((notes, u32::try_from(cards).unwrap_or(u32::MAX)))
}

fn count_of(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// How far it has come.
struct Course<'w> {
    watch: Watch<'w>,
    done: u64,
    total: u64,
}

impl Course<'_> {
    /// So many rows more.
    fn on(&mut self, rows: u64) -> Result<(), Error> {
        self.done += rows;
        match (self.watch)(self.done.min(self.total), self.total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        }
    }
}
