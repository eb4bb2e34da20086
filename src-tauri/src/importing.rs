//! Imports: files that wait, what was read of them, and how far it is.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cairn_import::view::{Choices, Phase, Preview, Report, Status};
use cairn_import::{Error, Given, Opening, Zone, report_csv};
use cairn_store::{Collection, ErrorCode, Failure};
use tauri::{AppHandle, Emitter, Manager};

use crate::clock::now;
use crate::shell::{Shell, failure};

/// Told to the page when files were dropped on the window or opened with Cairn.
const WAITING: &str = "import-waiting";

/// Shared by the commands of an import.
#[derive(Clone, Default)]
pub struct Importing {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    /// Files that were dropped or opened and that the page has not asked for.
    waiting: Mutex<Vec<PathBuf>>,
    /// What was read and waits for a person's word.
    opening: Mutex<Option<Opening>>,
    /// What was done last, for the report.
    report: Mutex<Option<Report>>,
    progress: Progress,
}

#[derive(Default)]
struct Progress {
    phase: Mutex<Phase>,
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

impl Progress {
    fn watch(&self) -> impl FnMut(Phase, u64, u64) -> ControlFlow<()> + '_ {
        |phase, done, total| {
            *held(&self.phase) = phase;
            self.done.store(done, Ordering::Relaxed);
            self.total.store(total, Ordering::Relaxed);
            if self.cancelled.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }

    fn begin(&self, phase: Phase) -> Working<'_> {
        *held(&self.phase) = phase;
        self.done.store(0, Ordering::Relaxed);
        self.total.store(0, Ordering::Relaxed);
        self.cancelled.store(false, Ordering::Relaxed);
        Working(self)
    }
}

/// While it lives, something is being done.
struct Working<'a>(&'a Progress);

impl Drop for Working<'_> {
    fn drop(&mut self) {
        *held(&self.0.phase) = Phase::Idle;
    }
}

impl Importing {
    /// Keeps files until the page asks for them, and tells it.
    pub fn offer(&self, app: &AppHandle, paths: impl IntoIterator<Item = PathBuf>) {
        let mut waiting = held(&self.inner.waiting);
        waiting.extend(paths);
        if waiting.is_empty() {
            return;
        }
        drop(waiting);
        if let Err(error) = app.emit(WAITING, ()) {
            tracing::warn!(%error, "tell the page of waiting files");
        }
    }

    /// The files that wait; afterwards none does.
    pub fn waiting(&self) -> Vec<Given> {
        std::mem::take(&mut *held(&self.inner.waiting)).into_iter().map(Given::Path).collect()
    }

    /// Reads files and says what would happen.
    pub fn open(&self, shell: &Shell, given: &[Given]) -> Result<Preview, Failure> {
        let start_hour = shell.with(|open| Ok(open.settings().day_starts_at_hour))?;
        let working = self.inner.progress.begin(Phase::Reading);
        let zone = Zone { now: now(), start_hour };
        let opened = Opening::open(given, zone, &mut self.inner.progress.watch());
        let opening = opened.map_err(|error| told(error, shell))?;
        let preview = self.preview(shell, &opening);
        drop(working);
        let preview = preview?;
        *held(&self.inner.opening) = Some(opening);
        Ok(preview)
    }

    fn preview(&self, shell: &Shell, opening: &Opening) -> Result<Preview, Failure> {
        let look = |open: &mut Collection| opening.preview(open, &mut self.inner.progress.watch());
        shell.with_for_import(look)?.map_err(|error| told(error, shell))
    }

    /// Takes other choices, and says what would happen with them.
    pub fn again(&self, shell: &Shell, choices: Choices) -> Result<Preview, Failure> {
        let mut held = held(&self.inner.opening);
        let opening = held.as_mut().ok_or_else(none)?;
        let _working = self.inner.progress.begin(Phase::Checking);
        opening.choose(choices).map_err(|error| told(error, shell))?;
        self.preview(shell, opening)
    }

    /// Brings it all in.
    pub fn run(&self, shell: &Shell) -> Result<Report, Failure> {
        let mut opening = held(&self.inner.opening);
        let ready = opening.as_ref().ok_or_else(none)?;
        let _working = self.inner.progress.begin(Phase::Writing);
        let done = shell
            .with_for_import(|open| ready.run(open, now(), &mut self.inner.progress.watch()))?;
        let report = done.map_err(|error| told(error, shell))?;
        *opening = None;
        *held(&self.inner.report) = Some(report.clone());
        Ok(report)
    }

    /// How far it is.
    pub fn status(&self) -> Status {
        let progress = &self.inner.progress;
        Status {
            phase: *held(&progress.phase),
            done: progress.done.load(Ordering::Relaxed),
            total: progress.total.load(Ordering::Relaxed),
        }
    }

    /// Calls off what is being done, or lets go of what was read.
    pub fn cancel(&self) {
        self.inner.progress.cancelled.store(true, Ordering::Relaxed);
        // What is at work holds this lock, and lets go by itself.
        if let Ok(mut opening) = self.inner.opening.try_lock() {
            *opening = None;
        }
    }

    /// Lets go of what was read, when the program ends. What is at work is called off first.
    pub fn let_go(&self) {
        self.inner.progress.cancelled.store(true, Ordering::Relaxed);
        *held(&self.inner.opening) = None;
    }

    /// A picture or sound of what waits, with its type; `None` also while that is being worked on.
    pub fn media_file(&self, sha256: &str) -> Option<(PathBuf, String)> {
        self.inner.opening.try_lock().ok()?.as_ref()?.media_file(sha256)
    }

    /// Writes the last report as a table.
    pub fn save_report(&self, path: &Path) -> Result<(), Failure> {
        let report = held(&self.inner.report).clone().ok_or_else(none)?;
        std::fs::write(path, report_csv(&report)).map_err(|error| {
            failure(
                ErrorCode::NotWritable,
                format!("{} could not be written: {error}", path.display()),
                "Choose another place.",
            )
        })
    }
}

/// The importing of an app.
pub fn of(app: &AppHandle) -> Importing {
    app.state::<Importing>().inner().clone()
}

/// The files among the words of a command line, seen from a folder.
pub fn files_of(words: &[String], folder: &Path) -> Vec<PathBuf> {
    let words = words.iter().skip(1).filter(|word| !word.starts_with('-'));
    words.map(|word| folder.join(word)).filter(|path| path.exists()).collect()
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn none() -> Failure {
    failure(
        ErrorCode::NotFound,
        "there is no import to go on with".to_owned(),
        "Choose the file again.",
    )
}

/// A failure of an import in words.
fn told(error: Error, shell: &Shell) -> Failure {
    let code = match &error {
        Error::Store(error) => return error.failure(&shell.path()),
        Error::Cancelled => ErrorCode::Cancelled,
        Error::Unreadable(..) | Error::Nothing(_) => ErrorCode::NotFound,
        Error::BadChoice(_) | Error::TooMany(..) => ErrorCode::BadValue,
        Error::UnknownKind(_) | Error::TooLarge(..) | Error::Faulty(_) => ErrorCode::Unreadable,
        Error::Staging(_) => ErrorCode::DiskFull,
    };
    failure(code, error.to_string(), error.hint())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_on_the_command_line_are_found_from_where_it_was_typed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("mine.csv"), "a,b").unwrap();
        let words = ["cairn", "--flag", "mine.csv", "missing.csv"].map(String::from);
        assert_eq!(files_of(&words, folder.path()), [folder.path().join("mine.csv")]);
    }
}
