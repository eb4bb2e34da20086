//! Files as a person gives them, and what each of them is.

use std::fs;
use std::path::{Path, PathBuf};

use cairn_core::day::{Moment, StudyDay};
use cairn_formats::json;

use crate::error::{Error, Result};
use crate::view::Format;

/// The most files that one import takes.
const MAX_FILES: usize = 200;
/// The largest file that is read into memory, in bytes; the formats have caps of their own.
const MAX_FILE_BYTES: u64 = json::MAX_FILE_BYTES as u64;
/// How a zip archive begins, and so an Anki package.
const ZIP: &[u8] = b"PK";

/// What a person gives.
#[derive(Debug, Clone)]
pub enum Given {
    /// A file, or a folder with decks.
    Path(PathBuf),
    /// Text from the clipboard.
    Text(String),
}

/// The person's own time, for schedules of other programs.
#[derive(Debug, Clone, Copy)]
pub struct Zone {
    /// Now.
    pub now: Moment,
    /// Hour at which a study day starts.
    pub start_hour: u8,
}

impl Zone {
    pub(crate) fn today(self) -> StudyDay {
        StudyDay::of(self.now, self.start_hour)
    }
}

/// One file to read.
pub(crate) struct File {
    /// Its name, for people; empty for what was pasted.
    pub(crate) name: String,
    pub(crate) format: Format,
    pub(crate) body: Body,
    /// Where it lies, if it is a file.
    pub(crate) path: Option<PathBuf>,
}

pub(crate) enum Body {
    Bytes(Vec<u8>),
    /// Read piece by piece.
    Path(PathBuf),
}

/// The files of what was given, folders opened.
pub(crate) fn gather(given: &[Given]) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for one in given {
        match one {
            Given::Text(text) => files.push(pasted(text)),
            Given::Path(path) if path.is_dir() => files.extend(folder(path)?),
            Given::Path(path) => files.push(open(path)?),
        }
        if files.len() > MAX_FILES {
            return Err(Error::TooMany(files.len(), MAX_FILES));
        }
    }
    Ok(files)
}

fn pasted(text: &str) -> File {
    let format = of_text(text.as_bytes());
    File { name: String::new(), format, body: Body::Bytes(text.as_bytes().to_vec()), path: None }
}

/// The decks of a folder, by name. Other files in it are left alone.
fn folder(path: &Path) -> Result<Vec<File>> {
    let unreadable = |error| Error::Unreadable(path.to_owned(), error);
    let mut paths: Vec<PathBuf> = fs::read_dir(path)
        .map_err(unreadable)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md")))
        .collect();
    paths.sort();
    let files: Vec<File> = paths.iter().map(|path| open(path)).collect::<Result<_>>()?;
    if files.is_empty() { Err(Error::Nothing(path.display().to_string())) } else { Ok(files) }
}

fn open(path: &Path) -> Result<File> {
    let unreadable = |error| Error::Unreadable(path.to_owned(), error);
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if ["apkg", "colpkg"].contains(&ending.as_str()) {
        fs::metadata(path).map_err(unreadable)?;
        let (format, path) = (Format::Anki, path.to_owned());
        return Ok(File { name, format, body: Body::Path(path.clone()), path: Some(path) });
    }
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > MAX_FILE_BYTES {
        return Err(Error::TooLarge(name, size, MAX_FILE_BYTES));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let format = match ending.as_str() {
        "md" | "markdown" => Format::Markdown,
        "json" => Format::Json,
        "csv" | "tsv" | "tab" => Format::Table,
        // Spreadsheets and other programs' files are zips too; only Anki's are read.
        _ if bytes.starts_with(ZIP) => return Err(Error::UnknownKind(name)),
        _ => of_text(&bytes),
    };
    Ok(File { name, format, body: Body::Bytes(bytes), path: Some(path.to_owned()) })
}

/// What a text is, by how it begins.
fn of_text(bytes: &[u8]) -> Format {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if text.starts_with(b"---\n") || text.starts_with(b"---\r\n") {
        Format::Markdown
    } else if text.starts_with(b"{") && text.windows(8).take(400).any(|part| part == b"\"format\"")
    {
        Format::Json
    } else {
        Format::Table
    }
}
