//! Which backups there are, and what is in them.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use cairn_core::day::Moment;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::file::{self, EXTENSION, Head, Kind};
use super::settings::Settings;
use super::{Backup, Reason, earlier, lost, make, paths, settings};
use crate::card;
use crate::error::{Error, Result};
use crate::log::{OWN, STANDS};
use crate::open;

/// The names of reasons in the names of files.
const WORDS: [(Reason, &str); 6] = [
    (Reason::BeforeUpdate, "before-update"),
    (Reason::BeforeImport, "before-import"),
    (Reason::BeforeRestore, "before-restore"),
    (Reason::BeforeRepair, "before-repair"),
    (Reason::Regular, "regular"),
    (Reason::ByHand, "by-hand"),
];

pub(super) fn word(reason: Reason) -> &'static str {
    WORDS.iter().find(|(known, _)| *known == reason).map_or("", |(_, word)| word)
}

/// A file and its head.
pub(super) type Found = (PathBuf, Head);

/// The backups of the collection at `path`, newest first: those in its folders, the copies in the
/// second folder whose first is gone, and the daily snapshots of earlier versions. Also when the
/// collection itself can't be read.
pub fn backups(path: &Path) -> Vec<Backup> {
    let present = Present::look(path);
    let mut seen = HashSet::new();
    let mut found: Vec<(Backup, Head)> = Vec::new();
    for (folder, is_second) in present.settings.folders() {
        for (file, head) in all_heads(&folder) {
            if file.file_name().is_some_and(|name| seen.insert(name.to_owned())) {
                found.push((backup(&file, &head, is_second), head));
            }
        }
    }
    found.extend(earlier::found(path).map(|(file, head)| (backup(&file, &head, false), head)));
    found.sort_by_key(|(_, head)| std::cmp::Reverse((head.made.utc_ms, head.clock)));
    present.compare(found)
}

/// What a file holds, and what putting it in the place of the collection at `path` would lose.
///
/// # Errors
/// `NotFound`, and `BadValue` for a file that is no whole backup.
pub fn look_at(path: &Path, file: &Path) -> Result<Backup> {
    let name = file.display().to_string();
    if !file.is_file() {
        return Err(Error::NotFound { what: "backup", name });
    }
    let head = head_of(file);
    let head =
        head.ok_or(Error::BadValue { what: "backup", why: format!("{name} is no whole backup") })?;
    let found = vec![(backup(file, &head, false), head)];
    Present::look(path).compare(found).pop().ok_or(Error::NotFound { what: "backup", name })
}

/// What is known of the collection as it is now.
struct Present {
    conn: Option<Connection>,
    collection: Option<Uuid>,
    settings: Settings,
}

impl Present {
    fn look(path: &Path) -> Self {
        let conn = path.exists().then(|| make::read(path).ok()).flatten();
        let collection = conn.as_ref().and_then(|conn| collection_of(conn).ok().flatten());
        let conn = conn.filter(|_| collection.is_some());
        let note = settings::read_note(path);
        let settings = conn.as_ref().and_then(|conn| Settings::load(conn, path).ok());
        Self {
            conn,
            collection: collection.or(note.as_ref().map(|note| note.collection)),
            settings: settings.unwrap_or_else(|| Settings::of_note(path, note)),
        }
    }

    fn compare(&self, mut found: Vec<(Backup, Head)>) -> Vec<Backup> {
        for (backup, head) in &mut found {
            backup.other_collection = self.collection.is_some_and(|ours| !is_of(head, ours));
        }
        let ours = || found.iter().filter(|(backup, _)| !backup.other_collection);
        let known: Vec<&BTreeMap<Uuid, i64>> = ours().map(|(_, head)| &head.known).collect();
        let lost = self.conn.as_ref().and_then(|conn| lost::since(conn, &known).ok());
        let mut lost = lost.into_iter().flatten();
        for (backup, _) in found.iter_mut().filter(|(backup, _)| !backup.other_collection) {
            backup.lost_if_restored = lost.next();
        }
        found.into_iter().map(|(backup, _)| backup).collect()
    }
}

/// Whether a backup is of a collection. One that was never opened has no name yet.
pub(super) fn is_of(head: &Head, collection: Uuid) -> bool {
    head.collection == collection || head.collection.is_nil()
}

/// One backup as people see it. What depends on the present is added later.
pub(super) fn backup(file: &Path, head: &Head, second_folder: bool) -> Backup {
    Backup {
        path: file.to_string_lossy().into_owned(),
        made_at: paths::rfc3339(head.made),
        reason: head.reason,
        size: file.metadata().map_or(0, |data| data.len()),
        notes: head.notes,
        cards: head.cards,
        answers: head.answers,
        second_folder,
        newer: head.format > open::FORMAT,
        other_collection: false,
        lost_if_restored: None,
    }
}

/// Where the pictures and sounds of backups lie, by hash, in folders of two digits.
pub fn media_folders(path: &Path) -> Vec<PathBuf> {
    let folders = Present::look(path).settings.folders().into_iter();
    folders.map(|(folder, _)| folder.join("media")).filter(|folder| folder.is_dir()).collect()
}

/// Whether there is any copy of the collection at `path`.
pub fn any_for(path: &Path) -> bool {
    let settings = Settings::of_note(path, settings::read_note(path));
    settings.folders().iter().any(|(folder, _)| !files(folder).is_empty()) || earlier::any_for(path)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION))
        .collect()
}

/// The whole backups in a folder, by their heads alone.
pub(super) fn heads(folder: &Path) -> Vec<Found> {
    let files = files(folder).into_iter();
    files.filter_map(|file| file::read_head(&file).map(|head| (file, head))).collect()
}

/// The same with files that have no head, which are unpacked to be described.
fn all_heads(folder: &Path) -> Vec<Found> {
    let files = files(folder).into_iter();
    files.filter_map(|file| head_of(&file).map(|head| (file, head))).collect()
}

/// What a file holds, whatever kind of copy it is; `None` when it can't be read or was cut short.
pub(super) fn head_of(file: &Path) -> Option<Head> {
    match file::kind(file).ok()?? {
        Kind::Backup => file::read_head(file),
        Kind::Plain => describe_named(file, file),
        Kind::Compressed => {
            let name = format!("cairn-{}-{}", std::process::id(), file.file_name()?.display());
            let unpacked = std::env::temp_dir().join(name);
            let head =
                file::unpack(file, &unpacked).ok().and_then(|()| describe_named(&unpacked, file));
            for suffix in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(paths::sibling(&unpacked, suffix));
            }
            head
        }
    }
}

/// Describes a database whose date and reason only the name of `file` tells.
pub(super) fn describe_named(database: &Path, file: &Path) -> Option<Head> {
    let name = file.file_name()?.to_string_lossy().into_owned();
    let made = paths::of_stamp(name.split(['-', '.']).next()?).or_else(|| changed(file))?;
    let reason = WORDS.iter().find(|(_, word)| name.contains(word));
    let reason = reason.map_or(Reason::Regular, |(reason, _)| *reason);
    describe(&make::read(database).ok()?, database, reason, made).ok()
}

/// When a file was last written.
fn changed(file: &Path) -> Option<Moment> {
    let time = file.metadata().ok()?.modified().ok()?;
    let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(Moment { utc_ms: i64::try_from(since.as_millis()).ok()?, offset_minutes: 0 })
}

/// What a database holds.
pub(super) fn describe(
    conn: &Connection,
    database: &Path,
    reason: Reason,
    made: Moment,
) -> Result<Head> {
    let format = open::format(conn)?;
    let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, u32>(0));
    Ok(Head {
        head: 1,
        made,
        reason,
        format,
        collection: collection_of(conn)?.unwrap_or_default(),
        notes: count("SELECT count(*) FROM note WHERE gone = 0")?,
        cards: count("SELECT count(*) FROM card WHERE gone = 0")?,
        answers: count(&format!(
            "SELECT count(*) FROM review_log
             WHERE {OWN} AND (kind = 'review' OR kind = 'drill') AND {STANDS}"
        ))?,
        clock: conn.query_row(
            "SELECT coalesce((SELECT clock FROM operation ORDER BY id DESC LIMIT 1), 0)",
            [],
            |row| row.get(0),
        )?,
        known: known(conn)?,
        size: super::file::size(database)?,
    })
}

/// Cards and answers of the collection at `path`, of whatever format; `None` when it can't be read.
pub(crate) fn counts(path: &Path) -> Option<(u32, u32)> {
    let conn = path.exists().then(|| make::read(path).ok()).flatten()?;
    let none = Moment { utc_ms: 0, offset_minutes: 0 };
    let head = describe(&conn, path, Reason::Regular, none).ok()?;
    Some((head.cards, head.answers))
}

/// The UUID of a collection; `None` before it was first opened.
pub(super) fn collection_of(conn: &Connection) -> Result<Option<Uuid>> {
    let found: Option<Vec<u8>> = conn
        .query_row("SELECT value FROM meta WHERE key = 'collection'", [], |row| row.get(0))
        .optional()?;
    Ok(found.and_then(|bytes| Uuid::from_slice(&bytes).ok()))
}

/// The last sequence of each device's acts: all that the collection knows.
pub(super) fn known(conn: &Connection) -> Result<BTreeMap<Uuid, i64>> {
    let mut statement = conn.prepare(
        "SELECT uuid, (SELECT max(seq) FROM operation WHERE device = device.id) AS last
         FROM device WHERE last IS NOT NULL",
    )?;
    let known = statement
        .query_map([], |row| Ok((card::uuid(row, 0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(known)
}
