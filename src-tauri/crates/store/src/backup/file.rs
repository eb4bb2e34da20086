//! The file of a backup, `.cairn-backup`.
//!
//! # Design
//! A Zstandard file:
//! 1. skippable, `0x184D2A50`: the head, JSON;
//! 2. skippable, `0x184D2A51`: the hashes of the pictures and sounds, 32 bytes each;
//! 3. the database, in frames of 4 MiB (`pack`), each with a checksum;
//! 4. skippable, `0x184D2A52`: the end, 8 bytes, so that a file cut short is known without reading it.
//!
//! Every Zstandard program skips 1, 2 and 4: `zstd -d FILE.cairn-backup` gives a plain SQLite
//! database. The list of backups reads the head and the end alone. A plain database, or one that was
//! compressed by hand, can be put back as well: it only has to be unpacked to be described.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use cairn_core::day::Moment;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Reason;
use crate::error::{Error, Result};

/// What a backup's name ends with.
pub(super) const EXTENSION: &str = "cairn-backup";
const HEAD: u32 = 0x184D_2A50;
const MEDIA: u32 = 0x184D_2A51;
const END: u32 = 0x184D_2A52;
const END_MARK: &[u8; 8] = b"CairnEnd";
const END_BYTES: u64 = 16;
const ZSTD: u32 = 0xFD2F_B528;
const SQLITE: &[u8; 16] = b"SQLite format 3\0";
/// A head larger than this is not ours.
const HEAD_BYTES: u32 = 1 << 20;
/// Bytes for a head without devices, and for each device: a UUID and a number.
const HEAD_ROOM: usize = 1024;
const DEVICE_ROOM: usize = 64;

/// What a backup holds, and how it stands to others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Version of this head.
    pub(crate) head: u32,
    /// When, by the wall clock.
    pub(crate) made: Moment,
    pub(crate) reason: Reason,
    /// Format of the database.
    pub(crate) format: i64,
    pub(crate) collection: Uuid,
    pub(crate) notes: u32,
    pub(crate) cards: u32,
    pub(crate) answers: u32,
    /// Clock of the last act.
    pub(crate) clock: i64,
    /// Last sequence of each device's acts: what is in it, and what is not.
    pub(crate) known: BTreeMap<Uuid, i64>,
    /// Bytes of the database.
    pub(crate) size: u64,
}

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Ours, with a head.
    Backup,
    /// Compressed, without one.
    Compressed,
    /// A database as it is.
    Plain,
}

/// Bytes of a file.
pub(super) fn size(path: &Path) -> Result<u64> {
    Ok(path.metadata().map_err(|error| Error::io(path, error))?.len())
}

/// What the file is, by its first bytes; `None` when it is no copy of a collection at all.
pub(crate) fn kind(path: &Path) -> io::Result<Option<Kind>> {
    let mut first = [0; 16];
    let read = File::open(path)?.take(16).read_up_to(&mut first)?;
    let magic = u32::from_le_bytes([first[0], first[1], first[2], first[3]]);
    Ok(match magic {
        HEAD if read >= 8 => Some(Kind::Backup),
        ZSTD => Some(Kind::Compressed),
        _ if &first == SQLITE => Some(Kind::Plain),
        _ => None,
    })
}

trait ReadUpTo: Read {
    fn read_up_to(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while filled < into.len() {
            match self.read(&mut into[filled..])? {
                0 => break,
                more => filled += more,
            }
        }
        Ok(filled)
    }
}
impl<R: Read> ReadUpTo for R {}

/// The head of a backup; `None` when the file has none, or was cut short.
pub(crate) fn read_head(path: &Path) -> Option<Head> {
    let mut file = File::open(path).ok()?;
    let head = serde_json::from_slice(&frame(&mut file, HEAD, HEAD_BYTES)?).ok()?;
    let whole = file.seek(SeekFrom::End(0)).ok()?;
    file.seek(SeekFrom::Start(whole.checked_sub(END_BYTES)?)).ok()?;
    (frame(&mut file, END, 8)? == END_MARK).then_some(head)
}

/// The hashes of the pictures and sounds that a backup names, in lower-case hexadecimal.
pub(crate) fn read_media(path: &Path) -> Option<Vec<String>> {
    let mut file = BufReader::new(File::open(path).ok()?);
    frame(&mut file, HEAD, HEAD_BYTES)?;
    let hashes = frame(&mut file, MEDIA, u32::MAX)?;
    Some(hashes.chunks_exact(32).map(hex).collect())
}

fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The content of a skippable frame with this number. What it says of its own length is not
/// believed: no more is taken into memory than is there.
fn frame(file: &mut impl Read, magic: u32, at_most: u32) -> Option<Vec<u8>> {
    let mut start = [0; 8];
    file.read_exact(&mut start).ok()?;
    let [m0, m1, m2, m3, l0, l1, l2, l3] = start;
    let length = u32::from_le_bytes([l0, l1, l2, l3]);
    if u32::from_le_bytes([m0, m1, m2, m3]) != magic || length > at_most {
        return None;
    }
    let mut content = Vec::new();
    file.take(u64::from(length)).read_to_end(&mut content).ok()?;
    (content.len() as u64 == u64::from(length)).then_some(content)
}

fn write_frame(out: &mut impl Write, magic: u32, content: &[u8]) -> io::Result<()> {
    let length = u32::try_from(content.len())
        .map_err(|_| io::Error::new(io::ErrorKind::FileTooLarge, "too many pictures and sounds"))?;
    out.write_all(&magic.to_le_bytes())?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(content)
}

/// Writes the backup of `database` to `target`, flushed; the name is still the caller's to give. It is
/// compressed while `look` works out what it holds, and whether it is sound. The head is padded with
/// blanks to the room that was left for it, which depends on how many `devices` there are.
pub(super) fn write(
    target: &Path,
    media: &[u8],
    devices: usize,
    database: &Path,
    look: impl FnOnce() -> Result<Head>,
) -> Result<Head> {
    let io = |error| Error::io(target, error);
    let mut end = Vec::new();
    write_frame(&mut end, END, END_MARK).map_err(io)?;
    let room = HEAD_ROOM + DEVICE_ROOM * devices;
    let start = || {
        let head = look()?;
        let mut json = serde_json::to_vec(&head)?;
        json.resize(room.max(json.len()), b' ');
        let mut start = Vec::new();
        write_frame(&mut start, HEAD, &json).map_err(io)?;
        write_frame(&mut start, MEDIA, media).map_err(io)?;
        Ok((head, start))
    };
    super::pack::pack(database, target, 16 + room + media.len(), start, &end)
}

/// Unpacks the database of a backup, or copies a plain one, to `target`; flushed.
///
/// # Errors
/// `BadValue` when it is no backup, or was cut short or changed.
pub(super) fn unpack(backup: &Path, target: &Path) -> Result<()> {
    let spoilt = |why: String| Error::BadValue { what: "backup", why };
    let kind = kind(backup).map_err(|error| Error::io(backup, error))?;
    let log = super::paths::sibling(backup, "-wal");
    if kind == Some(Kind::Plain) && log.metadata().is_ok_and(|data| data.len() > 0) {
        // A collection that somebody copied with its log: what it says counts.
        return super::make::vacuum_into(backup, target).map_err(|error| spoilt(error.to_string()));
    }
    let from = File::open(backup).map_err(|error| Error::io(backup, error))?;
    let out = File::create(target).map_err(|error| Error::io(target, error))?;
    let done = match kind {
        Some(Kind::Plain) => copy(from, &out),
        Some(Kind::Backup | Kind::Compressed) => {
            zstd::stream::Decoder::new(from).map_err(Fault::Read).and_then(|from| copy(from, &out))
        }
        None => return Err(spoilt(format!("{} is no backup", backup.display()))),
    };
    match done {
        Ok(()) => out.sync_all().map_err(|error| Error::io(target, error)),
        Err(Fault::Read(error)) => {
            Err(spoilt(format!("{} can't be read whole: {error}", backup.display())))
        }
        Err(Fault::Write(error)) => Err(Error::io(target, error)),
    }
}

enum Fault {
    Read(io::Error),
    Write(io::Error),
}

/// Copies, and tells a fault of what is read from one of what is written.
fn copy(mut from: impl Read, mut out: &File) -> Result<(), Fault> {
    let mut piece = vec![0; 1 << 20];
    loop {
        let read = from.read(&mut piece).map_err(Fault::Read)?;
        if read == 0 {
            return Ok(());
        }
        out.write_all(&piece[..read]).map_err(Fault::Write)?;
    }
}
