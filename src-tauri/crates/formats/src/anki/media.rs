//! Pictures and sounds: the list of a package, and the files that its notes name.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use cairn_core::package::{PackageMedia, Problem};
use prost::Message;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use unicode_normalization::UnicodeNormalization;

use super::container::{Container, Generation};
use super::progress::{MEDIA, Progress};
use super::{Error, caps, proto};

/// Bytes of a file from which its kind is told.
const HEAD: usize = 8192;

/// The member of the archive that holds each file, by the file's name in NFC.
pub(super) type List = HashMap<String, String>;

/// Reads and checks the list of media.
pub(super) fn list<R: Read + Seek>(container: &mut Container<R>) -> Result<List, Error> {
    const WHAT: &str = "the list of media";
    let Some(bytes) = container.media_list()? else { return Ok(List::new()) };
    let named: Vec<(String, String)> = if container.generation == Generation::Latest {
        let list =
            proto::MediaEntries::decode(bytes.as_slice()).map_err(|e| Error::damaged(WHAT, e))?;
        list.entries.into_iter().enumerate().map(|(at, e)| (e.name, at.to_string())).collect()
    } else if bytes.iter().all(u8::is_ascii_whitespace) {
        Vec::new()
    } else {
        let list: HashMap<String, String> =
            serde_json::from_slice(&bytes).map_err(|e| Error::damaged(WHAT, e))?;
        list.into_iter().map(|(member, name)| (name, member)).collect()
    };
    if named.len() > caps::ENTRIES {
        return Err(Error::too_much("the number of media", caps::ENTRIES));
    }
    let mut list = List::with_capacity(named.len());
    for (name, member) in named {
        if !is_file_name(&name) {
            return Err(Error::UnsafeName(name));
        }
        if member.bytes().all(|b| b.is_ascii_digit()) {
            list.insert(name.nfc().collect(), member);
        }
    }
    Ok(list)
}

/// Whether it names a file in a folder, and never the folder's neighbours.
fn is_file_name(name: &str) -> bool {
    let drive = matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    !matches!(name, "" | "." | "..") && !drive && !name.contains(['/', '\\', '\0'])
}

/// What became of the media.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    pub media: Vec<PackageMedia>,
    pub problems: Vec<Problem>,
}

/// Unpacks the files that notes name into `staging`, each under its SHA-256. `wanted` gives the
/// running number of the first note that names a file.
pub(super) fn unpack<R: Read + Seek>(
    container: &mut Container<R>,
    wanted: &BTreeMap<String, u32>,
    staging: &Path,
    progress: &mut Progress<'_>,
) -> Result<Unpacked, Error> {
    let list = list(container)?;
    let mut written = Written { staging, files: HashSet::new(), done: false };
    let mut made = Unpacked::default();
    for (at, (name, line)) in wanted.iter().enumerate() {
        let place = (MEDIA, at as u64, wanted.len() as u64);
        progress.at(place.0, place.1, place.2)?;
        let known: String = name.nfc().collect();
        let Some(member) = list.get(&known).filter(|member| container.has(member)) else {
            made.problems.push(problem(
                *line,
                format!("the package lacks the file {name}, which a note shows"),
                "The note is read without it; put the file into Anki's media folder and export again.",
            ));
            continue;
        };
        let mut file = Hashed::new(staging)?;
        container.media(member, &mut file, place, progress)?;
        let Some(mime) = infer::get(&file.head).map(|kind| kind.mime_type()).filter(|m| shows(m))
        else {
            made.problems.push(problem(
                *line,
                format!("the file {name} is no picture, sound or film that can be shown"),
                "The note is read without it; use PNG, JPEG, GIF, WebP, MP3, OGG, M4A or MP4.",
            ));
            continue;
        };
        let size = file.size;
        let sha256 = written.keep(file)?;
        made.media.push(PackageMedia { name: name.clone(), sha256, size, mime: mime.to_owned() });
    }
    written.done = true;
    Ok(made)
}

fn shows(mime: &str) -> bool {
    let family = mime.split('/').next().unwrap_or("");
    matches!(family, "image" | "audio" | "video") && !mime.contains("svg")
}

fn problem(line: u32, message: String, hint: &str) -> Problem {
    Problem { line, column: 1, message, hint: hint.to_owned() }
}

/// The files put into the staging folder; taken away again unless all went well.
struct Written<'a> {
    staging: &'a Path,
    files: HashSet<String>,
    done: bool,
}

impl Written<'_> {
    fn keep(&mut self, file: Hashed) -> Result<String, Error> {
        let sha256: String = file.hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        let path = self.staging.join(&sha256);
        if !path.exists() {
            self.files.insert(sha256.clone());
            file.file.persist(&path).map_err(|e| Error::io("unpack a media file")(e.error))?;
        }
        Ok(sha256)
    }
}

impl Drop for Written<'_> {
    fn drop(&mut self) {
        if !self.done {
            for name in &self.files {
                let _ = std::fs::remove_file(self.staging.join(name));
            }
        }
    }
}

/// A file that is hashed while it is written.
struct Hashed {
    file: NamedTempFile,
    hash: Sha256,
    head: Vec<u8>,
    size: u64,
}

impl Hashed {
    fn new(staging: &Path) -> Result<Self, Error> {
        let file = NamedTempFile::new_in(staging).map_err(Error::io("unpack a media file"))?;
        Ok(Self { file, hash: Sha256::new(), head: Vec::new(), size: 0 })
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write_all(bytes)?;
        self.hash.update(bytes);
        let missing = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..missing]);
        self.size += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
