//! Exports: where they go, what came of the last one, and the report in a window of its own.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cairn_export::view::{Exported, Format, Request};
use cairn_formats::scratch;
use cairn_store::{ErrorCode, Failure};
use tauri::{AppHandle, Manager};

use crate::clock::now;
use crate::shell::{Shell, failure};
use crate::work::{Phase, Work};

/// Shared by the commands of an export.
#[derive(Clone, Default)]
pub struct Exporting {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    /// What was asked for last, for the word to write over what is there.
    asked: Mutex<Option<Request>>,
    /// What was written last, for the ways to it.
    written: Mutex<Option<Exported>>,
    /// The report that is shown, as HTML.
    report: Mutex<Option<Arc<Vec<u8>>>>,
    /// Whether the dialog for printing opens with the report.
    print: AtomicBool,
}

impl Exporting {
    /// Writes a file.
    pub fn save(&self, shell: &Shell, work: &Work, request: Request) -> Result<Exported, Failure> {
        *held(&self.inner.asked) = Some(request.clone());
        let written = run(shell, work, &request)?;
        *held(&self.inner.written) = Some(written.clone());
        Ok(written)
    }

    /// Writes what was asked for last over what is there.
    pub fn replace(&self, shell: &Shell, work: &Work) -> Result<Exported, Failure> {
        let asked = held(&self.inner.asked).clone().ok_or_else(nothing)?;
        self.save(shell, work, Request { overwrite: true, ..asked })
    }

    /// Makes a report to be looked at, which lies in no file once this is done.
    pub fn show(
        &self,
        shell: &Shell,
        work: &Work,
        request: Request,
        print: bool,
    ) -> Result<(), Failure> {
        let folder = scratch::folder().map_err(|error| no_room(&error))?;
        let out = folder.path().join("report.html");
        let request = Request { format: Format::Report, out, overwrite: true, ..request };
        run(shell, work, &request)?;
        let html = std::fs::read(&request.out).map_err(|error| no_room(&error))?;
        *held(&self.inner.report) = Some(Arc::new(html));
        self.inner.print.store(print, Ordering::Relaxed);
        Ok(())
    }

    /// The report that is shown.
    pub fn report(&self) -> Option<Arc<Vec<u8>>> {
        held(&self.inner.report).clone()
    }

    /// Whether to open the dialog for printing; once.
    pub fn print_wanted(&self) -> bool {
        self.inner.print.swap(false, Ordering::Relaxed)
    }

    /// The first file of those written last.
    pub fn written(&self) -> Result<PathBuf, Failure> {
        let written = held(&self.inner.written);
        let first = written.as_ref().and_then(|written| written.files.first());
        first.map(|file| PathBuf::from(&file.path)).ok_or_else(nothing)
    }
}

/// The exporting of an app.
pub fn of(app: &AppHandle) -> Exporting {
    app.state::<Exporting>().inner().clone()
}

fn run(shell: &Shell, work: &Work, request: &Request) -> Result<Exported, Failure> {
    let working = work.begin(Phase::Exporting)?;
    // Held for the moment it takes to open a second connection; answers go on during the rest.
    let reader = shell.with(|open| open.reader())?;
    cairn_export::run(&reader, request, now(), &mut working.watch())
        .map_err(|error| error.failure(&shell.path()))
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn nothing() -> Failure {
    failure(ErrorCode::NotFound, "nothing was saved yet".to_owned(), "Save it again.")
}

fn no_room(error: &std::io::Error) -> Failure {
    let message = format!("the report could not be kept while it is shown: {error}");
    failure(ErrorCode::NotWritable, message, "Free some space on the disk and try again.")
}
