//! Putting a backup back, and going forward again.
//!
//! # Design
//! In this order, so that every step leaves something whole:
//! 1. nobody else has the collection open, or nothing happens;
//! 2. the backup is unpacked beside the collection and checked page by page;
//! 3. pictures and sounds come back;
//! 4. the present is backed up (or, where it can't be read, will be kept aside as it is);
//! 5. the unpacked file learns what belongs to this machine, and which restore made it;
//! 6. the files are swapped (`swap`).
//!
//! A collection that goes back numbers its next acts as **another device**, unless nothing that this
//! device did is lost: otherwise two different acts would have one number, and a merge with another
//! copy would take them for the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cairn_core::day::Moment;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::file::{self, Head};
use super::settings::{OF_THIS_MACHINE, Settings};
use super::{Made, Reason, Restored, RestoredFrom, list, lock, make, media, paths, swap};
use crate::error::{Error, Result};
use crate::open;

/// What a person said yes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Confirmed {
    /// The backup is of another collection, which will take this one's place.
    pub other_collection: bool,
}

/// Row of `meta`: the restore that made this file.
const RESTORED: &str = "restored";
/// Row of `meta`: the last sequences that devices have ever used, as JSON.
const USED: &str = "devices_used";

#[derive(Serialize, Deserialize)]
struct Note {
    at: Moment,
    made: Moment,
    /// File name of the backup that takes it back.
    undo: Option<String>,
}

/// Puts the backup at `backup` in the place of the collection at `path`, after a backup of what is
/// there.
///
/// # Errors
/// `Busy` while anybody has the collection open; `BadValue` for a file that is no whole backup, or one
/// of another collection without a word on that; `NewerVersion`; `DiskFull`. The collection is as it
/// was.
pub fn restore(path: &Path, backup: &Path, confirmed: Confirmed, now: Moment) -> Result<Restored> {
    if !backup.is_file() {
        return Err(Error::NotFound { what: "backup", name: backup.display().to_string() });
    }
    let _alone = lock::alone(path)?;
    swap::finish(path)?;
    let _backups = lock::backups(path)?;
    let partial = paths::sibling(path, ".restoring-partial");
    remove_database(&partial);
    let done = prepare_and_swap(path, backup, &partial, confirmed, now);
    remove_database(&partial);
    done
}

/// What lies at a collection's path before a restore.
enum Present {
    Nothing,
    Readable(Box<Readable>),
    /// It can't be read, or not copied: it is kept as it is.
    Unreadable,
}

struct Readable {
    collection: Option<Uuid>,
    /// File name of the backup that takes the last restore back.
    undo: Option<String>,
    /// What the restored collection takes over.
    of_this_machine: Vec<(&'static str, Value)>,
    /// The last sequences that devices have ever used.
    used: BTreeMap<Uuid, i64>,
}

impl Present {
    fn look(path: &Path) -> Result<Self> {
        if path.metadata().map_or(true, |data| data.len() == 0) {
            return Ok(Self::Nothing);
        }
        match make::read(path).and_then(|conn| Readable::of(&conn)) {
            Ok(readable) => Ok(Self::Readable(Box::new(readable))),
            Err(error @ (Error::Busy | Error::NewerVersion { .. })) => Err(error),
            Err(_) => Ok(Self::Unreadable),
        }
    }
}

impl Readable {
    fn of(conn: &Connection) -> Result<Self> {
        open::known_format(conn)?;
        let mut used: BTreeMap<Uuid, i64> = match meta::<String>(conn, USED)? {
            Some(json) => serde_json::from_str(&json)?,
            None => BTreeMap::new(),
        };
        for (device, seq) in list::known(conn)? {
            let last = used.entry(device).or_insert(seq);
            *last = seq.max(*last);
        }
        let mut of_this_machine = Vec::new();
        for key in OF_THIS_MACHINE {
            if let Some(value) = meta(conn, key)? {
                of_this_machine.push((key, value));
            }
        }
        let undo = note(conn)?.and_then(|note| note.undo);
        Ok(Self { collection: list::collection_of(conn)?, undo, of_this_machine, used })
    }
}

fn prepare_and_swap(
    path: &Path,
    backup: &Path,
    fresh: &Path,
    confirmed: Confirmed,
    now: Moment,
) -> Result<Restored> {
    file::unpack(backup, fresh)?;
    let from = verify(backup, fresh)?;
    let mut present = Present::look(path)?;
    if let Present::Readable(readable) = &present {
        must_be_wanted(backup, &from, readable, confirmed)?;
    }
    // Before the backup of the present, which may thin out the one that is put back.
    let media_missing = put_media_back(path, backup, fresh)?;
    let mut made = None;
    if let Present::Readable(_) = present {
        match make::make_locked(path, Reason::BeforeRestore, now) {
            Ok(undo) => made = Some(undo),
            Err(Error::Damaged(_) | Error::NotACollection) => present = Present::Unreadable,
            Err(error) => return Err(error),
        }
    }
    let (undo, problems) = match made {
        Some(Made { backup, problems }) => (Some(backup), problems),
        None => (None, Vec::new()),
    };
    let undo_name = undo.as_ref().and_then(|undo| name_of(Path::new(&undo.path)));
    let note = Note { at: now, made: from.made, undo: undo_name };
    teach(fresh, &present, &note, &from)?;
    let aside = match present {
        Present::Readable(_) => {
            close_old(path)?;
            None
        }
        Present::Unreadable => Some(format!(".before-restore-{}", paths::stamp(now))),
        Present::Nothing => None,
    };
    paths::settle(fresh, &swap::waiting(path))?;
    swap::swap(path, aside.clone())?;
    let kept = aside.map(|aside| paths::sibling(path, &aside).to_string_lossy().into_owned());
    Ok(Restored { undo, kept_aside: kept, media_missing, problems })
}

/// Another collection takes this one's place only when a person said so, or when that is what the
/// last restore did and this takes it back.
fn must_be_wanted(
    backup: &Path,
    from: &Head,
    present: &Readable,
    confirmed: Confirmed,
) -> Result<()> {
    let is_undo = present.undo.is_some() && present.undo == name_of(backup);
    let is_ours = present.collection.is_none_or(|ours| list::is_of(from, ours));
    if confirmed.other_collection || is_undo || is_ours {
        return Ok(());
    }
    let why =
        format!("{} is of another collection, which would replace this one", backup.display());
    Err(Error::BadValue { what: "backup", why })
}

fn name_of(file: &Path) -> Option<String> {
    Some(file.file_name()?.to_string_lossy().into_owned())
}

/// Looks through every page of an unpacked backup; says what it holds.
fn verify(backup: &Path, fresh: &Path) -> Result<Head> {
    let spoilt = |why: &str| Error::BadValue {
        what: "backup",
        why: format!("{} can't be put back: {why}", backup.display()),
    };
    let look = || -> Result<(Head, String)> {
        let conn = make::read(fresh)?;
        open::known_format(&conn)?;
        let verdict = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        let head = file::read_head(backup).map_or_else(
            || list::describe_named(fresh, backup).ok_or_else(|| spoilt("it has no date")),
            Ok,
        )?;
        Ok((head, verdict))
    };
    match look() {
        Ok((head, verdict)) if verdict == "ok" => Ok(head),
        Ok((_, verdict)) => Err(spoilt(&verdict.replace('\n', ": "))),
        Err(error @ Error::NewerVersion { .. }) => Err(error),
        Err(error) => Err(spoilt(&error.to_string())),
    }
}

/// Writes into an unpacked backup what belongs to this machine and where it comes from. Leaves one
/// file, without a log beside it.
fn teach(fresh: &Path, present: &Present, restored: &Note, from: &Head) -> Result<()> {
    let mut conn = Connection::open(fresh)?;
    conn.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    let tx = conn.transaction()?;
    let put = |key: &str, value: &dyn rusqlite::ToSql| {
        tx.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", params![key, value])
    };
    put(RESTORED, &serde_json::to_string(restored)?)?;
    let own: Option<Uuid> =
        meta::<Vec<u8>>(&tx, "device")?.and_then(|bytes| Uuid::from_slice(&bytes).ok());
    let last = own.and_then(|own| list::known(&tx).ok()?.get(&own).copied()).unwrap_or(0);
    let mut goes_on = false;
    if let Present::Readable(present) = present {
        // The settings of the machine are those in force, and not those of then.
        for key in OF_THIS_MACHINE {
            tx.execute("DELETE FROM meta WHERE key = ?", [key])?;
        }
        for (key, value) in &present.of_this_machine {
            put(key, value)?;
        }
        put(USED, &serde_json::to_string(&present.used)?)?;
        goes_on = own.is_some_and(|own| present.used.get(&own).is_some_and(|used| *used <= last));
    }
    if own.is_some() && !goes_on {
        let device = open::new_uuid(restored.at);
        tx.execute("INSERT INTO device (uuid) VALUES (?)", [device.as_bytes()])?;
        put("device", &device.as_bytes().as_slice())?;
    }
    tx.commit()?;
    conn.close().map_err(|(_, error)| error)?;
    tracing::info!(backup = %paths::rfc3339(from.made), "a backup is put back");
    Ok(())
}

fn put_media_back(path: &Path, backup: &Path, fresh: &Path) -> Result<u32> {
    let named = media::named(&make::read(fresh)?)?;
    let note = super::settings::read_note(path);
    let settings = make::read(path).and_then(|conn| Settings::load(&conn, path));
    let settings = settings.unwrap_or_else(|_| Settings::of_note(path, note));
    let own = backup.parent().map(Path::to_owned);
    let folders = settings.folders().into_iter().map(|(folder, _)| folder);
    let folders: Vec<PathBuf> = own.into_iter().chain(folders).collect();
    media::put_back(path, &folders, &named)
}

/// Brings the old collection into one file, without a log beside it. SQLite does that only for
/// whoever is alone with the file, so it also finds out programs that know nothing of our locks.
fn close_old(path: &Path) -> Result<()> {
    let conn = Connection::open(path)?;
    conn.busy_timeout(std::time::Duration::from_secs(2))?;
    let mode: String = conn.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    conn.close().map_err(|(_, error)| error)?;
    if mode == "delete" { Ok(()) } else { Err(Error::Busy) }
}

fn remove_database(file: &Path) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let _ = fs::remove_file(paths::sibling(file, suffix));
    }
}

fn meta<T: rusqlite::types::FromSql>(conn: &Connection, key: &str) -> Result<Option<T>> {
    let found = conn
        .query_row("SELECT value FROM meta WHERE key = ?", [key], |row| row.get(0))
        .optional()?;
    Ok(found)
}

fn note(conn: &Connection) -> Result<Option<Note>> {
    let json = meta::<String>(conn, RESTORED)?;
    Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
}

/// The restore that made the collection at `path` what it is; `None` when there was none, or it can't
/// be read.
pub fn restored_from(path: &Path) -> Option<RestoredFrom> {
    let note = note(&make::read(path).ok()?).ok()??;
    let undo = note.undo.as_ref().and_then(|undo| {
        let name = |backup: &super::Backup| name_of(Path::new(&backup.path));
        super::backups(path).into_iter().find(|backup| name(backup).as_ref() == Some(undo))
    });
    Some(RestoredFrom { at: paths::rfc3339(note.at), made_at: paths::rfc3339(note.made), undo })
}
