//! What was read of one file, by the readers of `cairn-formats`.

use std::fs;
use std::path::Path;

use cairn_core::package::{Package, Problem};
use cairn_formats::{anki, json};
use cairn_store::check_setting;

use crate::error::{Error, Result};
use crate::files::Zone;
use crate::opening::Watch;
use crate::view::{FileProblem, Phase};

/// Losses of a package that are told one by one.
const SHOWN_REMARKS: usize = 10;

/// What was read of one file.
#[derive(Default)]
pub(crate) struct Part {
    pub(crate) package: Package,
    pub(crate) problems: Vec<FileProblem>,
    /// Whether a fault keeps the whole file out.
    pub(crate) refused: bool,
    pub(crate) remarks: Vec<String>,
}

/// An Anki package, its media unpacked into `staging`. What keeps it out is part of what was read.
///
/// # Errors
/// `Unreadable` and `Cancelled`.
pub(crate) fn read_anki(
    path: &Path,
    name: &str,
    zone: Zone,
    staging: &Path,
    watch: Watch<'_>,
) -> Result<Part> {
    let file = fs::File::open(path).map_err(|error| Error::Unreadable(path.to_owned(), error))?;
    let options = anki::Options {
        schedules: true,
        today: zone.today(),
        offset_minutes: zone.now.offset_minutes,
        start_hour: zone.start_hour,
        keep_media: true,
    };
    let mut on = |done, all| watch(Phase::Reading, done, all);
    match anki::read(file, &options, staging, &mut on) {
        Ok(reading) => Ok(Part {
            remarks: remarks(&reading),
            problems: unnumbered(named(reading.skipped, name)),
            package: reading.package,
            refused: false,
        }),
        Err(anki::Error::Cancelled) => Err(Error::Cancelled),
        Err(error) => Ok(Part {
            problems: vec![FileProblem {
                file: name.to_owned(),
                line: 0,
                column: 0,
                message: error.to_string(),
                hint: error.hint().to_owned(),
            }],
            refused: true,
            ..Part::default()
        }),
    }
}

/// Cairn JSON, the pictures and sounds in it unpacked into `staging`. Settings that can't be so are
/// problems, and are left out.
///
/// # Errors
/// `Staging`.
pub(crate) fn read_json(bytes: &[u8], name: &str, staging: &Path) -> Result<Part> {
    let mut reading = match json::read(bytes, staging) {
        Ok(reading) => reading,
        Err(json::ReadError::Faults(problems)) => return Ok(whole(Err(problems), name)),
        Err(json::ReadError::Staging(error)) => return Err(Error::Staging(error)),
    };
    let mut problems = Vec::new();
    reading.package.settings.retain(|key, value| match check_setting(key, value) {
        Ok(()) => true,
        Err(error) => {
            problems.push(FileProblem {
                file: name.to_owned(),
                line: 0,
                column: 0,
                message: error.to_string(),
                hint: "The setting is left out; everything else comes in.".to_owned(),
            });
            false
        }
    });
    let lost = reading.remarks.iter().map(|remark| format!("{}. {}", remark.message, remark.hint));
    let mut remarks = sentences(lost.collect());
    match reading.named_only {
        0 => {}
        1 => remarks.push("One picture or sound is named in the file but not in it.".to_owned()),
        many => remarks.push(format!("{many} pictures and sounds are named but not in the file.")),
    }
    Ok(Part { package: reading.package, problems, remarks, refused: false })
}

/// What is worth knowing of a package, in sentences.
fn remarks(reading: &anki::Reading) -> Vec<String> {
    let facts = &reading.facts;
    let mut remarks = Vec::new();
    if facts.fsrs {
        remarks.push(
            "FSRS was on in Anki. Cairn does not know its difficulty: cards keep their dates and \
             intervals, and start from an ease of 2.50."
                .to_owned(),
        );
    }
    if facts.filtered_decks > 0 {
        remarks.push("Cards of filtered decks go back to their own decks.".to_owned());
    }
    let lost = reading.remarks.iter().map(|remark| format!("{}. {}", remark.message, remark.hint));
    remarks.extend(sentences(lost.collect()));
    remarks
}

/// Losses, of very many the first.
pub(crate) fn sentences(lost: Vec<String>) -> Vec<String> {
    let more = lost.len().saturating_sub(SHOWN_REMARKS);
    let mut told: Vec<String> =
        lost.iter().take(SHOWN_REMARKS).map(|text| sentence(text)).collect();
    if more > 0 {
        told.push(format!("The same kind of thing holds for {more} more notes."));
    }
    told
}

/// With a capital at its start.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A package has no lines: each message names its note.
fn unnumbered(mut problems: Vec<FileProblem>) -> Vec<FileProblem> {
    for problem in &mut problems {
        (problem.line, problem.column) = (0, 0);
    }
    problems
}

/// A format that gives all or nothing.
pub(crate) fn whole(read: Result<Package, Vec<Problem>>, file: &str) -> Part {
    match read {
        Ok(package) => Part { package, ..Part::default() },
        Err(problems) => Part { problems: named(problems, file), refused: true, ..Part::default() },
    }
}

/// Problems with the name of their file.
pub(crate) fn named(problems: Vec<Problem>, file: &str) -> Vec<FileProblem> {
    let name = |problem: Problem| FileProblem {
        file: file.to_owned(),
        line: problem.line,
        column: problem.column,
        message: problem.message,
        hint: problem.hint,
    };
    problems.into_iter().map(name).collect()
}
