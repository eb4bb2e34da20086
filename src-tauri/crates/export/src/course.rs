//! How far an export is that first reads and then writes.

use std::cell::Cell;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use cairn_core::package::Package;

use crate::error::Error;
use crate::{Job, Watch};

/// The whole, in the units that are told.
const WHOLE: u64 = 1000;
/// How much of it is reading.
const READING: u64 = 400;
/// Bytes between two questions whether to go on.
const STRIDE: u64 = 1 << 18;

/// Reads the whole decks of a job; the first part of its course.
pub(crate) fn read(job: &Job<'_>, watch: Watch<'_>) -> Result<Package, Error> {
    let read = job.reader.package_watched(job.request.deck.as_deref(), &mut |done, all| {
        watch(part(READING, done, all), WHOLE)
    });
    read.map_err(|error| match error {
        cairn_store::Error::Cancelled => Error::Cancelled,
        error => error.into(),
    })
}

/// Tells of writing what was read: `done` of `all`.
pub(crate) fn written(watch: Watch<'_>, done: u64, all: u64) -> ControlFlow<()> {
    watch(READING + part(WHOLE - READING, done, all), WHOLE)
}

fn part(whole: u64, done: u64, all: u64) -> u64 {
    whole.saturating_mul(done.min(all)) / all.max(1)
}

/// A writer that asks now and then whether to go on, for formats that know nothing of it.
pub(crate) struct Watched<'a, W> {
    out: &'a mut W,
    watch: Watch<'a>,
    /// How much is done, and of how much; the latter is 0 while it is not known.
    course: &'a Cell<(u64, u64)>,
    /// Bytes since the last question.
    since: u64,
    stopped: bool,
}

impl<'a, W: Write> Watched<'a, W> {
    /// What is printed says in `course` how far it is.
    pub(crate) fn new(out: &'a mut W, watch: Watch<'a>, course: &'a Cell<(u64, u64)>) -> Self {
        // The first write asks: what was read before it took its time.
        Self { out, watch, course, since: STRIDE, stopped: false }
    }

    /// What came of a print into this, of a file at `path`.
    pub(crate) fn checked<T>(&self, printed: io::Result<T>, path: &Path) -> Result<T, Error> {
        match printed {
            Ok(printed) => Ok(printed),
            Err(_) if self.stopped => Err(Error::Cancelled),
            Err(error) => Err(Error::io(path, error)),
        }
    }

    fn asked(&mut self) -> ControlFlow<()> {
        match self.course.get() {
            (_, 0) => (self.watch)(0, 0),
            (done, all) => written(self.watch, done, all),
        }
    }
}

impl<W: Write> Write for Watched<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.since >= STRIDE {
            self.since = 0;
            self.stopped |= self.asked().is_break();
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;

    use cairn_core::day::Moment;
    use cairn_store::{Collection, Reader};
    use rstest::rstest;

    use super::*;
    use crate::view::{Format, Request};

    const NOW: Moment = Moment { utc_ms: 1_795_291_200_000, offset_minutes: -480 };

    /// A collection with the decks of the program; a folder for what is written.
    fn home() -> (tempfile::TempDir, Reader, PathBuf) {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a.cairn");
        let mut collection = Collection::open(&path, NOW).unwrap();
        collection.take_in_content("1", cairn_formats::builtin::packages, NOW).unwrap();
        let out = home.path().join("out");
        fs::create_dir(&out).unwrap();
        (home, Reader::open(&path).unwrap(), out)
    }

    fn request(format: Format, folder: &Path) -> Request {
        let is_folder = matches!(format, Format::Csv | Format::Md);
        let out = if is_folder { folder.to_owned() } else { folder.join("file") };
        Request::everything(format, out)
    }

    #[rstest]
    #[case(Format::Csv)]
    #[case(Format::Json)]
    #[case(Format::Apkg)]
    #[case(Format::Md)]
    #[case(Format::Report)]
    fn an_export_says_how_far_it_is_and_can_be_called_off_at_any_point(#[case] format: Format) {
        let (_home, reader, out) = home();
        let run = |folder: &Path, watch: Watch<'_>| {
            crate::run(&reader, &request(format, folder), NOW, watch)
        };
        let mut told = Vec::new();
        let whole = run(&out, &mut |done, all| {
            told.push((done, all));
            ControlFlow::Continue(())
        });
        assert!(!whole.unwrap().files.is_empty());
        let known: Vec<(u64, u64)> = told.iter().copied().filter(|(_, all)| *all > 0).collect();
        assert!(known.is_sorted(), "it never goes back: {known:?}");
        assert!(known.iter().all(|(done, all)| done <= all && *all == known[0].1), "{known:?}");
        assert!(format == Format::Report || known.len() > 3, "{known:?}");

        let called_off = out.join("called off");
        fs::create_dir(&called_off).unwrap();
        for last in 0..told.len() {
            let mut asked = 0;
            let stopped = run(&called_off, &mut |_, _| {
                asked += 1;
                if asked > last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            assert!(matches!(stopped, Err(Error::Cancelled)), "{last} of {}", told.len());
            assert_eq!(asked, last + 1, "once is enough");
            let left: Vec<_> = fs::read_dir(&called_off).unwrap().collect();
            assert!(left.is_empty(), "after {last}: {left:?}");
        }
    }
}
