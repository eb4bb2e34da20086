//! Compressing a database on several threads.
//!
//! The database is cut into pieces, each a Zstandard frame of its own with its own checksum; one after
//! the other they are what any Zstandard program unpacks. Workers take turns, so the pieces come out in
//! order; a worker that is ahead waits. What was written is flushed by a thread of its own as it goes,
//! in small portions: a person's answer waits for the disk behind it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, ScopedJoinHandle};

use crate::error::{Error, Result};

const LEVEL: i32 = 1;
const PIECE: u64 = 4 << 20;
const WORKERS: u64 = 2;
/// Pieces that a worker may be ahead.
const AHEAD: usize = 16;
/// Bytes between two flushes.
const FLUSH_EVERY: usize = 4 << 20;

type Piece = io::Result<Vec<u8>>;

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
    let mut file = File::create(target).map_err(io)?;
    let out = file.try_clone().map_err(io)?;
    let given = thread::scope(|scope| {
        let workers: Vec<Receiver<Piece>> = (0..WORKERS)
            .map(|worker| {
                let (give, pieces) = sync_channel(AHEAD);
                scope.spawn(move || compress(database, worker, length, &give));
                pieces
            })
            .collect();
        let pieces = length.div_ceil(PIECE);
        let writer = scope.spawn(move || write(out, room, pieces, &workers, end));
        let given = head();
        joined(writer).map_err(io)?;
        given
    });
    let (given, start) = given?;
    if start.len() != room {
        return Err(io(io::Error::other("the head does not fit")));
    }
    file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(&start)).map_err(io)?;
    file.sync_all().map_err(io)?;
    Ok(given)
}

fn write(
    file: File,
    room: usize,
    pieces: u64,
    workers: &[Receiver<Piece>],
    end: &[u8],
) -> io::Result<()> {
    thread::scope(|scope| {
        let (ask, asked) = sync_channel(1);
        let flushed = file.try_clone()?;
        let flusher = scope.spawn(move || asked.iter().try_for_each(|()| flushed.sync_data()));
        let mut out = Flushing { file, since: 0, ask };
        out.put(&vec![0; room])?;
        for number in 0..pieces {
            let worker = usize::try_from(number % WORKERS).unwrap_or(0);
            let piece = workers[worker].recv().map_err(io::Error::other)??;
            out.put(&piece)?;
        }
        out.put(end)?;
        drop(out);
        // A flush that failed is told once, to whoever asked for it.
        joined(flusher)
    })
}

fn joined(flusher: ScopedJoinHandle<'_, io::Result<()>>) -> io::Result<()> {
    flusher.join().unwrap_or_else(|_| Err(io::ErrorKind::Other.into()))
}

/// Compresses every piece whose turn it is, until nobody wants any more.
fn compress(database: &Path, worker: u64, length: u64, give: &SyncSender<Piece>) {
    let mut number = worker;
    let start = || -> io::Result<(File, zstd::bulk::Compressor<'static>)> {
        let mut compressor = zstd::bulk::Compressor::new(LEVEL)?;
        compressor.include_checksum(true)?;
        Ok((File::open(database)?, compressor))
    };
    let (mut file, mut compressor) = match start() {
        Ok(started) => started,
        Err(error) => {
            let _ = give.send(Err(error));
            return;
        }
    };
    let mut bytes = Vec::new();
    while number * PIECE < length {
        bytes.clear();
        let from = file.seek(SeekFrom::Start(number * PIECE));
        let read = from.and_then(|_| (&mut file).take(PIECE).read_to_end(&mut bytes));
        let piece = read.and_then(|_| compressor.compress(&bytes));
        if give.send(piece).is_err() {
            return;
        }
        number += WORKERS;
    }
}

struct Flushing {
    file: File,
    since: usize,
    ask: SyncSender<()>,
}

impl Flushing {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.since += bytes.len();
        if self.since >= FLUSH_EVERY {
            // While it is still at the last portion, this one comes with the next. Where it has ended
            // with a fault, joining it says so.
            let _ = self.ask.try_send(());
            self.since = 0;
        }
        Ok(())
    }
}
