//! Compressing a database on several threads.
//!
//! The database is cut into pieces, each a Zstandard frame of its own with its own checksum; one after
//! the other they are what any Zstandard program unpacks. What was written is flushed as it goes.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::thread::{self, ScopedJoinHandle};

use cairn_core::turns;

use crate::durable::Flushing;
use crate::error::{Error, Result};

const LEVEL: i32 = 1;
/// A fifth quicker than level 1, and a fifth larger.
const QUICK: i32 = -1;
/// From this size on, in bytes, a person would notice the wait.
const LARGE: u64 = 64 << 20;
const PIECE: u64 = 4 << 20;

/// Compresses `database` into the file at `target`, and meanwhile lets `head` work out what comes
/// before it, which is `room` bytes; `end` comes after it. All of it is flushed.
pub(super) fn pack<T>(
    database: &Path,
    target: &Path,
    room: usize,
    head: impl FnOnce() -> Result<(T, Vec<u8>)>,
    end: &[u8],
) -> Result<T> {
    let io = |error| Error::io(target, error);
    let length = database.metadata().map_err(|error| Error::io(database, error))?.len();
    let mut out = File::create(target).and_then(Flushing::new).map_err(io)?;
    let ((given, start), mut out) = thread::scope(|scope| {
        let writer = scope.spawn(move || {
            out.write_all(&vec![0; room])?;
            write(database, length, &mut out)?;
            out.write_all(end)?;
            Ok(out)
        });
        let given = head();
        let out = joined(writer).map_err(io)?;
        Ok::<_, Error>((given?, out))
    })?;
    if start.len() != room {
        return Err(io(io::Error::other("the head does not fit")));
    }
    out.seek(SeekFrom::Start(0)).and_then(|_| out.write_all(&start)).map_err(io)?;
    out.finish().map_err(io)?;
    Ok(given)
}

fn joined<T>(thread: ScopedJoinHandle<'_, io::Result<T>>) -> io::Result<T> {
    thread.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))
}

/// Writes the pieces of a database of so many bytes.
fn write(database: &Path, length: u64, out: &mut impl Write) -> io::Result<()> {
    let level = if length < LARGE { LEVEL } else { QUICK };
    let workers = (0..turns::workers()).map(|_| Worker::new(database, level));
    let workers = workers.collect::<io::Result<_>>()?;
    let pieces = usize::try_from(length.div_ceil(PIECE)).map_err(io::Error::other)?;
    turns::in_turns(workers, pieces, Worker::compress, |piece| out.write_all(&piece))
}

struct Worker {
    database: File,
    bytes: Vec<u8>,
    compressor: zstd::bulk::Compressor<'static>,
}

impl Worker {
    fn new(database: &Path, level: i32) -> io::Result<Self> {
        let mut compressor = zstd::bulk::Compressor::new(level)?;
        compressor.include_checksum(true)?;
        Ok(Self { database: File::open(database)?, bytes: Vec::new(), compressor })
    }

    fn compress(&mut self, number: usize) -> io::Result<Vec<u8>> {
        self.bytes.clear();
        self.database.seek(SeekFrom::Start(number as u64 * PIECE))?;
        (&mut self.database).take(PIECE).read_to_end(&mut self.bytes)?;
        self.compressor.compress(&self.bytes)
    }
}
