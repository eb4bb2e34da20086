//! Where backups go: rows of table `meta`, which are of this machine, never merged, never exported.
//!
//! A folder that a person chose must be found also when the collection can no longer be read: a note
//! of it lies in the folder beside the collection, `about.json`, with the collection's UUID.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::file::Head;
use super::{BackupSettings, paths};
use crate::collection::Collection;
use crate::error::{Error, ErrorCode, Failure, Result};

/// Bytes for the backups of a folder, unless a person says otherwise.
const BUDGET: u64 = 2 << 30;
const LEAST_BUDGET: u64 = 16 << 20;
const FOLDER: &str = "backup_folder";
const SECOND: &str = "backup_second_folder";
const BUDGET_KEY: &str = "backup_budget";
const OFFER: &str = "backup_offer_answered";
/// What a restore carries over from the collection that was there.
pub(super) const OF_THIS_MACHINE: [&str; 4] = [FOLDER, SECOND, BUDGET_KEY, OFFER];

/// As they lie in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settings {
    default: PathBuf,
    pub(super) folder: Option<PathBuf>,
    pub(super) second: Option<PathBuf>,
    pub(super) budget: u64,
    pub(super) offer_answered: bool,
}

impl Settings {
    pub(super) fn load(conn: &Connection, collection: &Path) -> Result<Self> {
        let text = |key| -> Result<Option<String>> { read(conn, key) };
        let budget: Option<i64> = read(conn, BUDGET_KEY)?;
        let answered: Option<i64> = read(conn, OFFER)?;
        Ok(Self {
            default: paths::default_folder(collection),
            folder: text(FOLDER)?.map(PathBuf::from),
            second: text(SECOND)?.map(PathBuf::from),
            budget: budget.and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or(BUDGET),
            offer_answered: answered.is_some_and(|answered| answered != 0),
        })
    }

    /// As far as they are known without the collection.
    pub(super) fn of_note(collection: &Path, note: Option<Note>) -> Self {
        let (folder, second) = note.map_or((None, None), |note| (note.folder, note.second_folder));
        Self {
            default: paths::default_folder(collection),
            folder: folder.map(PathBuf::from),
            second: second.map(PathBuf::from),
            budget: BUDGET,
            offer_answered: true,
        }
    }

    /// The folder in force: the chosen one, or the one beside the collection where that is not there
    /// (a disk that is unplugged), with a word on it.
    pub(super) fn usable_folder(&self) -> (PathBuf, Option<Failure>) {
        match &self.folder {
            Some(folder) if folder.is_dir() => (folder.clone(), None),
            Some(folder) => (self.default.clone(), Some(not_there("backup folder", folder))),
            None => (self.default.clone(), None),
        }
    }

    /// Every folder in which backups may lie, each once, and whether it is the second.
    pub(super) fn folders(&self) -> Vec<(PathBuf, bool)> {
        let first = self.folder.iter().chain([&self.default]).map(|folder| (folder.clone(), false));
        let second = self.second.iter().map(|folder| (folder.clone(), true));
        let mut folders: Vec<(PathBuf, bool)> = Vec::new();
        for (folder, is_second) in first.chain(second) {
            if !folders.iter().any(|(known, _)| is_same(known, &folder)) {
                folders.push((folder, is_second));
            }
        }
        folders
    }

    fn view(&self) -> BackupSettings {
        let text = |path: &PathBuf| path.to_string_lossy().into_owned();
        BackupSettings {
            folder: self.folder.as_ref().map(text),
            folder_in_force: text(&self.usable_folder().0),
            budget_bytes: self.budget,
            second_folder: self.second.as_ref().map(text),
            offer_answered: self.offer_answered,
        }
    }
}

/// A backup folder that is not there, in words.
pub(super) fn not_there(what: &str, folder: &Path) -> Failure {
    Failure {
        code: ErrorCode::NotFound,
        message: format!("the {what} {} is not there", folder.display()),
        hint: "Plug its disk in, or choose another folder in Settings.".into(),
    }
}

fn read<T: rusqlite::types::FromSql>(conn: &Connection, key: &str) -> Result<Option<T>> {
    let found = conn
        .query_row("SELECT value FROM meta WHERE key = ?", [key], |row| row.get(0))
        .optional()?;
    Ok(found)
}

fn is_same(one: &Path, other: &Path) -> bool {
    one == other || matches!((one.canonicalize(), other.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

impl Collection {
    /// Where backups go.
    pub fn backup_settings(&self) -> Result<BackupSettings> {
        Ok(Settings::load(&self.conn, &self.path)?.view())
    }

    /// Saves where backups go. Naming a second folder answers the offer of one.
    ///
    /// # Errors
    /// `BadValue` for a folder that is not there, can't be written, lies where it must not, or a
    /// budget that is too small; the old settings stay.
    pub fn save_backup_settings(&mut self, wanted: &BackupSettings) -> Result<BackupSettings> {
        let folder = wanted.folder.as_deref().map(Path::new);
        let second = wanted.second_folder.as_deref().map(Path::new);
        let present = Settings::load(&self.conn, &self.path)?;
        // A disk that is unplugged today must not keep the rest from being saved.
        if let Some(folder) = folder.filter(|folder| present.folder.as_deref() != Some(*folder)) {
            check_folder("folder", folder, &self.path)?;
        }
        if let Some(second) = second.filter(|second| present.second.as_deref() != Some(*second)) {
            super::second::make_proposed(second);
            check_folder("second_folder", second, &self.path)?;
        }
        let first = folder.map_or_else(|| paths::default_folder(&self.path), Path::to_owned);
        if second.is_some_and(|second| is_same(second, &first)) {
            return Err(bad("second_folder", "it is the folder of the backups itself".into()));
        }
        let budget = i64::try_from(wanted.budget_bytes).ok();
        let budget = budget.filter(|_| wanted.budget_bytes >= LEAST_BUDGET).ok_or_else(|| {
            bad("budget_bytes", format!("less than {} MiB is too small", LEAST_BUDGET >> 20))
        })?;
        let tx = self.conn.transaction()?;
        for (key, value) in [(FOLDER, &wanted.folder), (SECOND, &wanted.second_folder)] {
            match value {
                Some(value) => write(&tx, key, value)?,
                None => write(&tx, key, rusqlite::types::Null)?,
            }
        }
        write(&tx, BUDGET_KEY, budget)?;
        write(&tx, OFFER, wanted.offer_answered || second.is_some())?;
        tx.commit()?;
        let saved = Settings::load(&self.conn, &self.path)?;
        if let Some(collection) = super::list::collection_of(&self.conn)? {
            leave_note_of(&self.path, collection, &saved);
        }
        Ok(saved.view())
    }

    /// Remembers that a person was asked for a second folder: the offer is made once.
    pub fn answer_second_folder_offer(&mut self) -> Result<()> {
        write(&self.conn, OFFER, true)
    }
}

/// Writes a row of `meta`; nothing removes it.
pub(super) fn write(conn: &Connection, key: &str, value: impl rusqlite::ToSql) -> Result<()> {
    let is_null = matches!(
        value.to_sql()?,
        rusqlite::types::ToSqlOutput::Owned(rusqlite::types::Value::Null)
            | rusqlite::types::ToSqlOutput::Borrowed(rusqlite::types::ValueRef::Null)
    );
    if is_null {
        conn.execute("DELETE FROM meta WHERE key = ?", [key])?;
    } else {
        conn.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
            params![key, value],
        )?;
    }
    Ok(())
}

fn bad(what: &'static str, why: String) -> Error {
    Error::BadValue { what, why }
}

fn check_folder(what: &'static str, folder: &Path, collection: &Path) -> Result<()> {
    let name = folder.display();
    if !folder.is_absolute() {
        return Err(bad(what, format!("{name} is not a whole path")));
    }
    if !folder.is_dir() {
        return Err(bad(what, format!("there is no folder {name}")));
    }
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let media = real(&paths::sibling(collection, ".media"));
    if real(folder).starts_with(media) {
        return Err(bad(what, format!("{name} is where the collection keeps its pictures")));
    }
    if !is_writable(folder) {
        return Err(bad(what, format!("{name} can't be written")));
    }
    Ok(())
}

/// Whether a file can be made in a folder: tried, since rights alone do not tell.
pub(super) fn is_writable(folder: &Path) -> bool {
    let file = folder.join(format!(".cairn-{}", std::process::id()));
    let made = File::create(&file).and_then(|mut file| file.write_all(b"Cairn")).is_ok();
    let _ = fs::remove_file(&file);
    made
}

/// What is left beside a collection for the day on which it can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Note {
    pub(super) collection: Uuid,
    folder: Option<String>,
    second_folder: Option<String>,
}

fn note_file(collection: &Path) -> PathBuf {
    paths::default_folder(collection).join("about.json")
}

fn partial_note(collection: &Path) -> PathBuf {
    paths::sibling(&note_file(collection), ".part")
}

/// Removes what a killed program left of a note. For whoever holds the lock of the backups.
pub(super) fn tidy(collection: &Path) {
    let partial = partial_note(collection);
    if partial.exists() {
        let _ = fs::remove_file(partial);
    }
}

pub(super) fn read_note(collection: &Path) -> Option<Note> {
    serde_json::from_slice(&fs::read(note_file(collection)).ok()?).ok()
}

pub(super) fn leave_note(path: &Path, head: &Head, settings: &Settings) {
    leave_note_of(path, head.collection, settings);
}

/// Best effort: without the note, backups are still found in the folder beside the collection.
fn leave_note_of(path: &Path, collection: Uuid, settings: &Settings) {
    let text = |folder: &Option<PathBuf>| folder.as_ref().map(|f| f.to_string_lossy().into_owned());
    let (folder, second_folder) = (text(&settings.folder), text(&settings.second));
    let note = Note { collection, folder, second_folder };
    if read_note(path).as_ref() == Some(&note) {
        return;
    }
    let write = || -> Result<()> {
        let file = note_file(path);
        paths::make_folder(&paths::default_folder(path))?;
        let partial = partial_note(path);
        fs::write(&partial, serde_json::to_vec(&note)?)
            .map_err(|error| Error::io(&partial, error))?;
        paths::settle(&partial, &file)
    };
    if let Err(error) = write() {
        tracing::warn!(%error, "note of the backup folder");
    }
}
