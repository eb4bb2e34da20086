//! What the program holds: the open collection, or why it is not open.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::{Duration, Instant};

use cairn_formats::builtin;
use cairn_store::{Collection, Error, ErrorCode, Failure};

use crate::clock;

/// How soon a call that waits for another looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(1);

/// Shared by all commands.
#[derive(Clone)]
pub struct Shell {
    inner: Arc<Inner>,
}

struct Inner {
    place: Mutex<Place>,
    state: Mutex<State>,
    /// Whether an import holds the collection.
    importing: AtomicBool,
}

/// Where the collection lies; another one may be opened.
struct Place {
    path: PathBuf,
    /// Whether a new one in its place would be a loss rather than a beginning.
    known: bool,
}

struct State {
    collection: Option<Collection>,
    /// When the collection was last changed, until that is checkpointed.
    changed: Option<Instant>,
}

impl Shell {
    /// Around the collection at `path`, which is made where it is not `known`.
    pub fn new(path: PathBuf, known: bool) -> Self {
        let state = State { collection: None, changed: None };
        Self {
            inner: Arc::new(Inner {
                place: Mutex::new(Place { path, known }),
                state: Mutex::new(state),
                importing: AtomicBool::new(false),
            }),
        }
    }

    /// Where the collection lies.
    pub fn path(&self) -> PathBuf {
        self.place().path.clone()
    }

    fn place(&self) -> MutexGuard<'_, Place> {
        self.inner.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens the collection while the window is still being made. A failure is told when the page
    /// asks.
    pub fn open_in_background(&self) {
        let shell = self.clone();
        std::thread::spawn(move || {
            let mut state = shell.lock();
            let _ = shell.opened(&mut state).and_then(|open| open.today(clock::now()));
        });
    }

    /// Calls the collection for an import. Whoever calls it meanwhile is told so at once, in words,
    /// rather than left waiting.
    pub fn with_for_import<T>(
        &self,
        call: impl FnOnce(&mut Collection) -> T,
    ) -> Result<T, Failure> {
        // First, so that whoever waits for the collection from here on is told.
        self.inner.importing.store(true, Ordering::Release);
        let mut state = self.lock();
        let given = self.opened(&mut state).map(call);
        self.inner.importing.store(false, Ordering::Release);
        state.changed = Some(Instant::now());
        given.map_err(|error| error.failure(&self.path()))
    }

    /// Calls the collection, opening it first if need be.
    ///
    /// # Errors
    /// Those of the call, and `Importing` at once while an import holds the collection.
    pub fn with<T>(
        &self,
        call: impl FnOnce(&mut Collection) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let mut state = self.lock_unless_importing().ok_or_else(importing)?;
        let given = self.opened(&mut state).and_then(call);
        state.changed = Some(Instant::now());
        given.map_err(|error| error.failure(&self.path()))
    }

    fn opened<'a>(&self, state: &'a mut State) -> Result<&'a mut Collection, Error> {
        let collection = match state.collection.take() {
            Some(collection) => collection,
            None => {
                let now = clock::now();
                let (path, known) = (self.path(), self.place().known);
                if known && !path.exists() {
                    return Err(Error::Missing(path));
                }
                let mut collection = Collection::open(&path, now)?;
                collection.take_in_content(&builtin::fingerprint(), builtin::packages, now)?;
                collection
            }
        };
        Ok(state.collection.insert(collection))
    }

    /// Whether an import holds the collection.
    pub fn is_importing(&self) -> bool {
        self.inner.importing.load(Ordering::Acquire)
    }

    /// Writes what was changed into the main file if nothing happened for `quiet` seconds.
    pub fn checkpoint_when_quiet(&self, quiet: u64) {
        if self.is_importing() {
            return;
        }
        let mut state = self.lock();
        let is_quiet = state.changed.is_some_and(|changed| changed.elapsed().as_secs() >= quiet);
        if !is_quiet {
            return;
        }
        state.changed = None;
        if let Some(Err(error)) = state.collection.as_mut().map(Collection::checkpoint) {
            tracing::warn!(%error, "checkpoint");
        }
    }

    /// Calls with the path while the collection is closed, so that the file itself may be
    /// changed for another. It is opened again by the next call.
    ///
    /// # Errors
    /// Those of the call, and `Importing` while an import holds the collection.
    pub fn with_closed<T>(
        &self,
        call: impl FnOnce(&Path) -> Result<T, Error>,
    ) -> Result<T, Failure> {
        let mut state = self.lock_unless_importing().ok_or_else(importing)?;
        state.collection = None;
        state.changed = None;
        let path = self.path();
        call(&path).map_err(|error| error.failure(&path))
    }

    /// Closes the collection that is open; the next call opens the one at `path`.
    ///
    /// # Errors
    /// `Importing` while an import holds the collection.
    pub fn turn_to(&self, path: PathBuf) -> Result<(), Failure> {
        let mut state = self.lock_unless_importing().ok_or_else(importing)?;
        state.collection = None;
        state.changed = None;
        *self.place() = Place { path, known: true };
        Ok(())
    }

    /// Closes the collection, which writes everything into the main file.
    pub fn close(&self) {
        self.lock().collection = None;
    }

    /// The state, unless an import holds it or comes to hold it while this waits.
    fn lock_unless_importing(&self) -> Option<MutexGuard<'_, State>> {
        loop {
            if self.inner.importing.load(Ordering::Acquire) {
                return None;
            }
            match self.inner.state.try_lock() {
                Ok(state) => return Some(state),
                Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) => std::thread::sleep(LOOK_AGAIN),
            }
        }
    }

    /// A command that panicked left the collection as it was at its last commit: go on with it.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.inner.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn importing() -> Failure {
    failure(
        ErrorCode::Importing,
        "an import is running and holds your cards".to_owned(),
        "Wait until it is done, or cancel it.",
    )
}

/// A failure that has nothing to do with the collection.
pub fn failure(code: ErrorCode, message: String, hint: &str) -> Failure {
    Failure { code, message, hint: hint.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn a_call_during_an_import_is_told_so_at_once_also_when_it_waited_already() {
        let folder = tempfile::tempdir().unwrap();
        let shell = Shell::new(folder.path().join("collection.cairn"), false);
        shell.with(|open| open.counts(clock::now())).unwrap();
        let (holds, held) = channel();
        let (release, released) = channel::<()>();
        let importing = shell.clone();
        let import = std::thread::spawn(move || {
            importing.with_for_import(|_| {
                holds.send(()).unwrap();
                released.recv().unwrap();
            })
        });
        held.recv().unwrap();
        let told = shell.with(|open| open.counts(clock::now())).unwrap_err();
        assert_eq!(told.code, ErrorCode::Importing);
        release.send(()).unwrap();
        import.join().unwrap().unwrap();
        shell.with(|open| open.counts(clock::now())).unwrap();
    }
}
