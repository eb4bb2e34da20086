//! Cairn JSON: whole decks with their schedules and history, described in `docs/formats.md` and, for
//! programs, in `docs/cairn.schema.json`.
//!
//! # Design
//!
//! `wire` holds the shape of the document in types of its own, so that the format stays when the
//! core's types move; `to_wire` and `from_wire` go between the two. A document is read in one go: what
//! serde finds (no JSON, an unknown field, a text where a number belongs) ends the reading with one
//! fault; what the values say (no date, no such kind) is gathered, all of it, by the way to the value,
//! and `locate` finds line and column only when there is a fault to tell.

mod day;
mod faults;
mod few;
mod from_wire;
mod locate;
mod media;
mod print;
mod to_wire;
mod wire;

use std::io;
use std::path::Path;

use cairn_core::package::{Package, Problem};

use crate::problem::{Place, Problems, Quoted};
use faults::Faults;

pub use print::{Find, Printed, print, print_told};

/// Largest file, in bytes; pictures and sounds take four thirds of their size.
pub const MAX_FILE_BYTES: usize = 1024 * 1024 * 1024;
/// Most notes in a file.
pub const MAX_NOTES: usize = 500_000;
/// Most rows of history in a file.
pub const MAX_ROWS: usize = 5_000_000;
/// Most things in a list of a note: tags, options, cards …
pub const MAX_LIST: usize = 1_000;

/// Most pictures and sounds in a file.
pub const MAX_MEDIA: usize = 200_000;

/// What the field `format` says.
pub const FORMAT: &str = "cairn";
/// The version that this program writes; it reads this one and all before it. Version 2 added
/// `settings`, `kinds`, the `data` of media, and the `media` of a note.
pub const VERSION: u64 = 2;

/// A document that was read with its pictures and sounds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Everything that it holds.
    pub package: Package,
    /// Pictures and sounds that were not kept, each with its place.
    pub remarks: Vec<Problem>,
    /// Pictures and sounds that are named without their bytes.
    pub named_only: u32,
}

/// Why a document was not read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It has faults.
    #[error("the document has {} faults", .0.len())]
    Faults(Vec<Problem>),
    /// The staging folder can't be written.
    #[error("a picture or sound can't be unpacked: {0}")]
    Staging(#[from] io::Error),
}

/// Reads a document: a package, or the faults of the file. A byte order mark is accepted. The bytes of
/// pictures and sounds are passed over.
pub fn parse(bytes: &[u8]) -> Result<Package, Vec<Problem>> {
    let (_, read) = document(bytes)?;
    Ok(read.package)
}

/// Reads a document and puts the pictures and sounds in it into `staging`, a folder of the caller's
/// own, each under its SHA-256. Those whose bytes are not what they should be are told and left out.
///
/// # Errors
/// Every fault of the document; what the staging folder refuses.
pub fn read(bytes: &[u8], staging: &Path) -> Result<Reading, ReadError> {
    let (text, read) = document(bytes).map_err(ReadError::Faults)?;
    Ok(media::unpack(text, read, staging)?)
}

/// The text, and what it says.
fn document(bytes: &[u8]) -> Result<(&str, from_wire::Read<'_>), Vec<Problem>> {
    if bytes.len() > MAX_FILE_BYTES {
        let message = format_args!(
            "the file has {} bytes, and a Cairn JSON file may have {MAX_FILE_BYTES}",
            bytes.len()
        );
        return one(Place::start(1), message, "Export the decks one by one.");
    }
    let text = text(bytes)?;
    match serde_json::from_str::<wire::Document<'_>>(text) {
        Ok(document) if document.format == FORMAT && is_known(document.version) => {
            let mut faults = Faults::default();
            let read = from_wire::package(document, &mut faults);
            faults.or(text, (text, read))
        }
        Ok(document) => other(text, Some(&document.format), Some(document.version)),
        Err(error) => unreadable(text, &error),
    }
}

fn is_known(version: u64) -> bool {
    (1..=VERSION).contains(&version)
}

fn text(bytes: &[u8]) -> Result<&str, Vec<Problem>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let Err(error) = str::from_utf8(bytes) else { return Ok(str::from_utf8(bytes).unwrap_or("")) };
    let good = str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
    let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
    one(
        faults::place(good, good.len()),
        format_args!("the file is not UTF-8 text: byte 0x{byte:02X} cannot stand here"),
        "Save the file as UTF-8 in your editor and read it again.",
    )
}

/// A document that serde does not take: another program's, a newer version's, or a faulty one.
fn unreadable<T>(text: &str, error: &serde_json::Error) -> Result<T, Vec<Problem>> {
    if error.is_data() {
        let head: wire::Head = serde_json::from_str(text).unwrap_or_default();
        if head.format.as_deref() != Some(FORMAT) || !head.version.is_some_and(is_known) {
            return other(text, head.format.as_deref(), head.version);
        }
    }
    let told = error.to_string();
    let told = told.rsplit_once(" at line ").map_or(told.as_str(), |(told, _)| told);
    let (message, hint) = match error.classify() {
        serde_json::error::Category::Data => {
            (told.to_owned(), "Write it as docs/formats.md says, or export the deck again.")
        }
        serde_json::error::Category::Eof => (
            "the file ends in the middle of the document".to_owned(),
            "The file was cut off: copy or export it again.",
        ),
        _ => {
            (format!("this is not JSON: {told}"), "Mend it in an editor, or export the deck again.")
        }
    };
    one(place(text, error), format_args!("{message}"), hint)
}

/// A document of another program or of a newer Cairn.
fn other<T>(text: &str, format: Option<&str>, version: Option<u64>) -> Result<T, Vec<Problem>> {
    let field = |name| {
        let path = [locate::Step::Field(name)].to_vec();
        let offset = locate::offsets(text, &[path]).first().copied().unwrap_or_default();
        faults::place(text, offset)
    };
    match (format, version) {
        (Some(FORMAT), Some(newer)) if newer > VERSION => one(
            field("version"),
            format_args!(
                "the file was made by a newer Cairn (its format has version {newer}, this program reads {VERSION})"
            ),
            "Update Cairn on this computer, then read the file again.",
        ),
        (Some(FORMAT), Some(version)) => one(
            field("version"),
            format_args!("there is no version {version} of the format"),
            "Write `\"version\": 2`.",
        ),
        (Some(FORMAT), None) => one(
            field("version"),
            format_args!("the file does not say which version of the format it has"),
            "Write `\"version\": 2` behind the format.",
        ),
        (Some(format), _) => one(
            field("format"),
            format_args!("the format {} is not `{FORMAT}`", Quoted(format)),
            "Choose a file that Cairn exported.",
        ),
        (None, _) => one(
            field("format"),
            format_args!(
                "this is JSON, but no decks of Cairn: there is no `\"format\": \"{FORMAT}\"`"
            ),
            "Choose a file that Cairn exported, or write one as docs/formats.md says.",
        ),
    }
}

/// Where serde stopped; it counts columns in bytes.
fn place<'a>(text: &'a str, error: &serde_json::Error) -> Place<'a> {
    let above = error.line().saturating_sub(1);
    let line = text.split('\n').nth(above).unwrap_or_default();
    let before = (0..error.column().min(line.len() + 1)).rev().find_map(|end| line.get(..end));
    Place {
        line: u32::try_from(error.line().max(1)).unwrap_or(u32::MAX),
        before: before.unwrap_or_default(),
    }
}

fn one<T>(
    place: Place<'_>,
    message: std::fmt::Arguments<'_>,
    hint: &str,
) -> Result<T, Vec<Problem>> {
    let mut problems = Problems::default();
    problems.add(place, message, format_args!("{hint}"));
    match problems.or(()) {
        Ok(()) => Err(Vec::new()),
        Err(problems) => Err(problems),
    }
}

#[cfg(test)]
pub(crate) mod tests;
