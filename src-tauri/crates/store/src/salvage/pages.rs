//! The pages of a damaged file, read one by one: those of the file itself, and over them those that
//! were committed to the write-ahead log and are not in the file yet.
//!
//! Nothing is opened by SQLite, so nothing can be written. Formats:
//! <https://www.sqlite.org/fileformat2.html>.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use rustc_hash::FxHashMap;

use super::bytes::{be16, be32};
use crate::error::{Error, Result};

/// Cairn has never made another size. A first page that says another is believed if it is sane.
const PAGE: usize = 4096;
/// Bytes of the head of the file.
const HEAD: usize = 100;
const MAGIC: &[u8] = b"SQLite format 3\0";
const LOG_HEAD: usize = 32;
const FRAME_HEAD: usize = 24;
/// What the head of a write-ahead log starts with; the last bit says the order of its sums.
const LOG_MAGIC: u32 = 0x377f_0682;

/// Where the pages of a file lie.
pub(super) struct Pages {
    file: File,
    log: Option<File>,
    pub(super) size: usize,
    count: u32,
    /// Pages in the log: where their bytes begin.
    newer: FxHashMap<u32, u64>,
    /// Whether the first page is one.
    pub(super) has_head: bool,
}

impl Pages {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let io = |error| Error::io(path, error);
        let mut file = File::open(path).map_err(io)?;
        let length = file.metadata().map_err(io)?.len();
        let mut head = [0; HEAD];
        let has_bytes = file.read_exact(&mut head).is_ok();
        let size = match be16(&head, 16) {
            Some(1) if head.starts_with(MAGIC) => 65_536,
            Some(size) if head.starts_with(MAGIC) && size >= 512 && size.is_power_of_two() => {
                size.into()
            }
            _ => PAGE,
        };
        let whole = length.div_ceil(size as u64);
        let mut pages = Self {
            file,
            log: None,
            size,
            count: u32::try_from(whole).unwrap_or(u32::MAX),
            newer: FxHashMap::default(),
            has_head: has_bytes && head.starts_with(MAGIC),
        };
        let mut name = path.as_os_str().to_owned();
        name.push("-wal");
        if let Ok(log) = File::open(Path::new(&name)) {
            // A log that can't be read has nothing to add.
            let _ = pages.take_in(log);
        }
        pages.has_head |= pages.newer.contains_key(&1);
        Ok(pages)
    }

    /// How many pages there are.
    pub(super) fn count(&self) -> u32 {
        self.count
    }

    /// The bytes of a page, counted from 1. What was cut off is filled with zeros.
    pub(super) fn read(&mut self, number: u32) -> Option<Vec<u8>> {
        if number == 0 || number > self.count {
            return None;
        }
        let mut bytes = Vec::with_capacity(self.size);
        let (file, at) = match (self.newer.get(&number), &mut self.log) {
            (Some(at), Some(log)) => (log, *at),
            _ => (&mut self.file, u64::from(number - 1) * self.size as u64),
        };
        file.seek(SeekFrom::Start(at)).ok()?;
        file.by_ref().take(self.size as u64).read_to_end(&mut bytes).ok()?;
        bytes.resize(self.size, 0);
        Some(bytes)
    }

    /// Finds the pages that were committed to the log: frames in one run from the start whose sums
    /// are right, up to the last that ends a transaction.
    fn take_in(&mut self, mut log: File) -> std::io::Result<()> {
        let mut head = [0; LOG_HEAD];
        log.read_exact(&mut head)?;
        let word = |bytes: &[u8], at| be32(bytes, at).unwrap_or_default();
        let big_endian = match word(&head, 0) {
            LOG_MAGIC => false,
            magic if magic == LOG_MAGIC | 1 => true,
            _ => return Ok(()),
        };
        let mut sum = Sum { big_endian, parts: (0, 0) };
        sum.add(&head[..24]);
        let right = sum.parts == (word(&head, 24), word(&head, 28));
        if !right || word(&head, 8) as usize != self.size {
            return Ok(());
        }
        let mut frame = vec![0; FRAME_HEAD + self.size];
        let (mut at, mut open) = (LOG_HEAD as u64, Vec::new());
        while log.read_exact(&mut frame).is_ok() {
            sum.add(&frame[..8]);
            sum.add(&frame[FRAME_HEAD..]);
            let same_run = frame[8..16] == head[16..24];
            if !same_run || sum.parts != (word(&frame, 16), word(&frame, 20)) {
                break;
            }
            open.push((word(&frame, 0), at + FRAME_HEAD as u64));
            let size_after = word(&frame, 4);
            if size_after > 0 {
                self.newer.extend(open.drain(..));
                self.count = self.count.max(size_after);
            }
            at += frame.len() as u64;
        }
        self.log = Some(log);
        Ok(())
    }
}

/// The running sum of a write-ahead log.
struct Sum {
    big_endian: bool,
    parts: (u32, u32),
}

impl Sum {
    fn add(&mut self, bytes: &[u8]) {
        for pair in bytes.chunks_exact(8) {
            let word = |at: usize| {
                let four = [pair[at], pair[at + 1], pair[at + 2], pair[at + 3]];
                if self.big_endian { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
            };
            let (first, second) = (word(0), word(4));
            let (mut a, mut b) = self.parts;
            a = a.wrapping_add(first).wrapping_add(b);
            b = b.wrapping_add(second).wrapping_add(a);
            self.parts = (a, b);
        }
    }
}
