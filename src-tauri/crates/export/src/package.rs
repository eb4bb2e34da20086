//! Formats made of whole decks: Cairn JSON, Anki packages, deck text.

use std::cell::Cell;
use std::path::PathBuf;

use cairn_core::package::{Package, PackageMedia};
use cairn_formats::{anki, json};

use crate::course::Watched;
use crate::error::Error;
use crate::view::Exported;
use crate::{Job, Watch, count, course, place};

/// Writes Cairn JSON.
pub(crate) fn write_json(job: &Job<'_>, watch: Watch<'_>) -> Result<Exported, Error> {
    let place::Place { mut draft, name } = place::file(job.request)?;
    let package = course::read(job, watch)?;
    let find = job.find_media();
    let media: Option<json::Find<'_>> = if job.request.media { Some(&find) } else { None };
    let printed = draft.write(&name, |file| {
        let course = Cell::default();
        let mut out = Watched::new(file, watch, &course);
        let printed =
            json::print_told(&package, media, &mut out, &mut |done, all| course.set((done, all)));
        out.checked(printed, &job.request.out)
    })?;
    let mut told = counted(job.told(), &package);
    told.media = printed.media;
    told.remarks = printed.missing.iter().map(|name| missing(name)).collect();
    if !job.request.media && !package.media.is_empty() {
        told.remarks
            .push("Pictures and sounds are named only. Export with them to keep them.".into());
    }
    told.files = draft.put()?;
    if told.files.iter().any(|file| file.bytes > json::MAX_FILE_BYTES as u64) {
        told.remarks.push(
            "The file is larger than Cairn reads back (1 GiB). Export the decks one by one.".into(),
        );
    }
    Ok(told)
}

/// Writes an Anki package.
pub(crate) fn write_apkg(job: &Job<'_>, watch: Watch<'_>) -> Result<Exported, Error> {
    let place::Place { mut draft, name } = place::file(job.request)?;
    let package = course::read(job, watch)?;
    let (find, none) = (job.find_media(), |_: &PackageMedia| None);
    let media: json::Find<'_> = if job.request.media { &find } else { &none };
    let options = anki::WriteOptions {
        progress: job.request.progress,
        now: job.now,
        start_hour: job.reader.settings()?.day_starts_at_hour,
    };
    let written = draft.write(&name, |file| {
        anki::write(&package, media, &options, file, &mut |done, all| {
            course::written(watch, done, all)
        })
        .map_err(|error| Error::anki(&job.request.out, error))
    })?;
    Ok(Exported {
        decks: count(written.decks),
        notes: count(written.notes),
        cards: count(written.cards),
        answers: count(written.log_rows),
        media: count(written.media),
        remarks: written.remarks,
        files: draft.put()?,
        ..job.told()
    })
}

impl Job<'_> {
    /// Where the file of a picture or sound lies, if it is there.
    pub(crate) fn find_media(&self) -> impl Fn(&PackageMedia) -> Option<PathBuf> {
        |media| Some(self.reader.media_file(&media.sha256)).filter(|file| file.is_file())
    }
}

/// Counts what a package holds.
pub(crate) fn counted(told: Exported, package: &Package) -> Exported {
    let notes = || package.decks.iter().flat_map(|deck| &deck.notes);
    let cards = || notes().flat_map(|note| &note.cards);
    Exported {
        decks: count(package.decks.len()),
        notes: count(notes().count()),
        cards: count(cards().count()),
        answers: count(cards().map(|card| card.log.len()).sum()),
        ..told
    }
}

/// What is said of a picture or sound whose file is gone.
pub(crate) fn missing(name: &str) -> String {
    format!(
        "The file of “{name}” is missing or damaged, so its notes go without it. Check the collection."
    )
}
