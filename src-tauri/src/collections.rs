//! Which collection is open, and turning to another one.

use std::path::{Path, PathBuf};

use cairn_store::{
    Collection, Collections, Error, ErrorCode, Failure, KnownCollection, collection_path,
    config_folder, default_path,
};
use tauri::AppHandle;

use crate::clock::now;
use crate::shell::{Shell, failure};
use crate::start::{self, Start};
use crate::work::{self, Phase};
use crate::{DEVELOPMENT, importing};

/// How a file of a collection ends.
const ENDING: &str = "cairn";
/// The file that is opened in place of the one that is remembered.
const VARIABLE: &str = "CAIRN_COLLECTION";

/// What the program begins with: the path, and whether something must be there already.
pub fn first() -> Result<(PathBuf, bool), Error> {
    let chosen = chosen();
    let known = chosen.is_none() && list().iter().any(|one| one.last);
    match collection_path(chosen, DEVELOPMENT) {
        Ok(path) => Ok((path, known)),
        // It is told when the page asks, and opened should it come back.
        Err(Error::Missing(path)) => Ok((path, true)),
        Err(error) => Err(error),
    }
}

fn chosen() -> Option<PathBuf> {
    std::env::var_os(VARIABLE).map(PathBuf::from)
}

/// The collections that this computer knows, the one opened last first.
pub fn list() -> Vec<KnownCollection> {
    load().map(|known| known.list()).unwrap_or_default()
}

fn load() -> Option<Collections> {
    Some(Collections::load(&config_folder(DEVELOPMENT)?))
}

/// Remembers that a collection is open, unless it was named from outside for this once. Whoever
/// can't write the list still studies.
pub fn remember(path: &Path) {
    if chosen().is_some_and(|chosen| chosen == path) {
        return;
    }
    let Some(mut known) = load() else { return };
    if let Err(error) = known.remember(path, now()) {
        tracing::warn!(%error, "remember the collection");
    }
}

/// Takes a collection off the list; its file stays.
pub fn forget(path: &Path) -> Result<Vec<KnownCollection>, Failure> {
    let Some(mut known) = load() else { return Ok(Vec::new()) };
    known.forget(path).map_err(|error| error.failure(path))?;
    Ok(known.list())
}

/// Opens one that the list names.
pub fn open_known(app: &AppHandle, shell: &Shell, path: &str) -> Result<Start, Failure> {
    if list().iter().any(|one| one.path == path) {
        return open(app, shell, Path::new(path));
    }
    let name = path.to_owned();
    Err(Error::NotFound { what: "collection", name }.failure(Path::new(path)))
}

/// Turns to a collection that is there. The one that is open stays so where that fails.
pub fn open(app: &AppHandle, shell: &Shell, path: &Path) -> Result<Start, Failure> {
    if !path.exists() {
        return Err(Error::Missing(path.to_owned()).failure(path));
    }
    turn(app, shell, path)
}

/// Makes a new one and turns to it.
pub fn create(app: &AppHandle, shell: &Shell, mut path: PathBuf) -> Result<Start, Failure> {
    if path.extension().is_none() {
        path.set_extension(ENDING);
    }
    if path.exists() {
        let message = format!("{} is there already", path.display());
        let hint = "Choose another name, or open it instead.";
        return Err(failure(ErrorCode::Exists, message, hint));
    }
    turn(app, shell, &path)
}

/// Turns to the first one of this computer, which is made where it is not there.
pub fn open_usual(app: &AppHandle, shell: &Shell) -> Result<Start, Failure> {
    let usual = default_path(DEVELOPMENT).ok_or_else(|| {
        let message = "this system names no folder for your data".to_owned();
        failure(ErrorCode::NotFound, message, "Find a collection, or make a new one.")
    })?;
    turn(app, shell, &usual)
}

fn turn(app: &AppHandle, shell: &Shell, path: &Path) -> Result<Start, Failure> {
    let work = work::of(app);
    let _working = work.begin(Phase::Restoring)?;
    if path != shell.path() {
        // Looked at first: a file that can't be opened must not close the one that is open.
        Collection::open(path, now()).map_err(|error| error.failure(path))?;
        importing::of(app).cancel();
    }
    shell.turn_to(path.to_owned())?;
    Ok(start::start(shell))
}
