//! Writing that can be called off, for formats that know nothing of it.

use std::io::{self, Write};
use std::path::Path;

use crate::Watch;
use crate::error::Error;

/// Bytes between two questions whether to go on.
const STRIDE: u64 = 1 << 18;

/// A writer that asks now and then whether to go on.
pub(crate) struct Watched<'a, W> {
    out: &'a mut W,
    watch: Watch<'a>,
    /// Bytes since the last question.
    since: u64,
    stopped: bool,
}

impl<'a, W: Write> Watched<'a, W> {
    pub(crate) fn new(out: &'a mut W, watch: Watch<'a>) -> Self {
        // The first write asks: what was read before it took its time.
        Self { out, watch, since: STRIDE, stopped: false }
    }

    /// What came of a print into this, of a file at `path`.
    pub(crate) fn checked<T>(&self, printed: io::Result<T>, path: &Path) -> Result<T, Error> {
        match printed {
            Ok(printed) => Ok(printed),
            Err(_) if self.stopped => Err(Error::Cancelled),
            Err(error) => Err(Error::io(path, error)),
        }
    }
}

impl<W: Write> Write for Watched<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.since >= STRIDE {
            self.since = 0;
            // How much there will be is not known: a bar without an end.
            self.stopped |= (self.watch)(0, 0).is_break();
        }
        if self.stopped {
            return Err(io::Error::other("called off"));
        }
        let written = self.out.write(bytes)?;
        self.since += u64::try_from(written).unwrap_or_default();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
