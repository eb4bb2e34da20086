//! The small tables, the settings, and the files of pictures and sounds.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use cairn_core::package::Source;
use rusqlite::Connection;
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

use super::tables::{Fault, Found, Ids, Told};
use super::view::{Finding, FindingKind};
use super::words::many;
use super::{Check, Named, fault};
use crate::error::{Error, Result};
use crate::intake::media;
use crate::reader::Reader;
use crate::settings;

/// A clock that is ahead by more than this was wrong, in ms.
const AHEAD_MS: i64 = 86_400_000;
/// Tables that name others and are not compared row by row elsewhere.
const SMALL: [&str; 13] = [
    "operation",
    "deck",
    "origin",
    "setting",
    "before_image",
    "inserted_range",
    "tombstone",
    "media",
    "note_media",
    "key_change",
    "elsewhere_note",
    "elsewhere_card",
    "elsewhere_kind",
];

/// What undo keeps of notes and cards that are not there.
const OF_NOTHING: &str = "SELECT count(*) FROM before_image WHERE
  (entity IN ('note', 'repaired_note') AND row NOT IN (SELECT id FROM note))
  OR (entity IN ('card', 'repaired_card') AND row NOT IN (SELECT id FROM card))";

/// The operations, and those among them that were taken back.
pub(super) fn operations(
    conn: &Connection,
    how: Check,
    found: &mut Found,
) -> Result<(Ids, FxHashSet<i64>)> {
    let latest = how.now.utc_ms.saturating_add(AHEAD_MS);
    let (mut ids, mut voided) = (Ids::default(), FxHashSet::default());
    let mut statement =
        conn.prepare("SELECT id, voids, clock, words FROM operation ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, voids): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
        ids.push(id);
        let name = || row.get::<_, String>(3).unwrap_or_default();
        if let Some(voids) = voids {
            if voids == id {
                found.add(Fault::ActSelf, name);
            }
            if !voided.insert(voids) {
                found.add(Fault::ActTwice, name);
            }
        }
        if row.get::<_, i64>(2)? >> 16 > latest {
            found.add(Fault::ActAhead, name);
        }
    }
    Ok((ids, voided))
}

/// The decks.
pub(super) fn decks(conn: &Connection, found: &mut Found) -> Result<Ids> {
    let mut ids = Ids::default();
    let mut statement = conn.prepare("SELECT id, sources, name FROM deck ORDER BY id")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        ids.push(row.get(0)?);
        let json = row.get_ref(1)?.as_str().unwrap_or_default();
        if serde_json::from_str::<Vec<Source>>(json).is_err() {
            found.add(Fault::DeckSources, || row.get(2).unwrap_or_default());
        }
    }
    Ok(ids)
}

/// Looks at everything that is not read row by row.
pub(super) fn look(
    reader: &Reader,
    conn: &Connection,
    how: Check,
    told: &mut Told<'_>,
) -> Result<Vec<Finding>> {
    told.now()?;
    let mut findings = Vec::new();
    findings.extend(references(conn)?);
    findings.extend(unreadable_settings(conn)?);
    findings.extend(files(reader.path(), conn, how, told)?);
    Ok(findings)
}

fn references(conn: &Connection) -> Result<Option<Finding>> {
    let mut tables = Named::default();
    let mut rows = 0;
    for table in SMALL {
        let broken = broken_rows(conn, table)?;
        if broken > 0 {
            tables.add(|| table.to_owned());
            rows += broken;
        }
    }
    let lost: u32 = conn.query_row(OF_NOTHING, [], |row| row.get(0))?;
    if lost > 0 {
        tables.add(|| "before_image".to_owned());
        rows += lost;
    }
    let message = many(rows, "row that belongs to nothing", "rows that belong to nothing");
    let named = Named { count: rows, ..tables };
    Ok((rows > 0).then(|| fault(FindingKind::References, message, named)))
}

/// How many rows of a table name one that is not there.
pub(crate) fn broken_rows(conn: &Connection, table: &str) -> Result<u32> {
    let sql = format!("SELECT count(*) FROM pragma_foreign_key_check('{table}')");
    Ok(conn.query_row(&sql, [], |row| row.get(0))?)
}

fn unreadable_settings(conn: &Connection) -> Result<Option<Finding>> {
    let mut named = Named::default();
    for key in settings::unreadable(conn)? {
        named.add(|| key);
    }
    let message = many(named.count, "setting can't be read", "settings can't be read");
    Ok((named.count > 0).then(|| fault(FindingKind::Settings, message, named)))
}

/// What may be wrong with a file of a picture or sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MediaFault {
    Gone,
    OtherSize,
    OtherContent,
}

/// Whether the file of a row is there and is what the row says.
pub(crate) fn media_fault(
    file: &Path,
    sha256: &str,
    size: u64,
    thorough: bool,
) -> Option<MediaFault> {
    let Ok(data) = file.metadata() else { return Some(MediaFault::Gone) };
    if !data.is_file() {
        return Some(MediaFault::Gone);
    }
    if data.len() != size {
        return Some(MediaFault::OtherSize);
    }
    let same = !thorough || hash_of(file).is_some_and(|found| found == sha256);
    (!same).then_some(MediaFault::OtherContent)
}

fn hash_of(file: &Path) -> Option<String> {
    let mut file = File::open(file).ok()?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut buffer).ok()? {
            0 => break,
            read => hash.update(buffer.get(..read)?),
        }
    }
    Some(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A row of table `media` with the first name that a note has for it: hash, size, name.
pub(crate) fn media_rows(conn: &Connection) -> Result<Vec<(String, u64, String)>> {
    let mut statement = conn.prepare(
        "SELECT lower(hex(media.sha256)), size, coalesce(min(name), '') FROM media
           LEFT JOIN note_media ON note_media.sha256 = media.sha256
         GROUP BY media.sha256 ORDER BY media.sha256",
    )?;
    let rows = statement
        .query_map([], |row| {
            let size = u64::try_from(row.get::<_, i64>(1)?).unwrap_or_default();
            Ok((row.get(0)?, size, row.get(2)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(rows)
}

fn files(
    collection: &Path,
    conn: &Connection,
    how: Check,
    told: &mut Told<'_>,
) -> Result<Vec<Finding>> {
    let (mut gone, mut other) = (Named::default(), Named::default());
    let mut named = BTreeSet::new();
    for (sha256, size, name) in media_rows(conn)? {
        told.now()?;
        let file = media::file(collection, &sha256);
        match media_fault(&file, &sha256, size, how.thorough) {
            None => {}
            Some(MediaFault::Gone) => gone.add(|| name),
            Some(MediaFault::OtherSize | MediaFault::OtherContent) => other.add(|| name),
        }
        named.insert(file);
    }
    let mut findings = Vec::new();
    if gone.count > 0 {
        let message = many(
            gone.count,
            "picture or sound whose file is missing",
            "pictures and sounds whose files are missing",
        );
        findings.push(fault(FindingKind::Media, message, gone));
    }
    if other.count > 0 {
        let message = many(
            other.count,
            "picture or sound whose file is not what it was",
            "pictures and sounds whose files are not what they were",
        );
        findings.push(fault(FindingKind::Media, message, other));
    }
    findings.extend(unused(collection, &named)?);
    Ok(findings)
}

/// Files beside the collection that no row names.
fn unused(collection: &Path, named: &BTreeSet<PathBuf>) -> Result<Option<Finding>> {
    let Some(root) = media::file(collection, "").parent().map(Path::to_owned) else {
        return Ok(None);
    };
    let (mut found, mut bytes) = (Named::default(), 0);
    for folder in entries(&root)?.iter().filter(|path| path.is_dir()) {
        for file in entries(folder)?.into_iter().filter(|file| !named.contains(file)) {
            bytes += file.metadata().map_or(0, |data| data.len());
            found.add(|| file.file_name().unwrap_or_default().to_string_lossy().into_owned());
        }
    }
    let message = format!(
        "{} that no card uses, {} KB in all",
        many(found.count, "file", "files"),
        bytes.div_ceil(1000)
    );
    Ok((found.count > 0).then(|| fault(FindingKind::UnusedMedia, message, found)))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => {
            let mut paths: Vec<PathBuf> =
                entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            paths.sort();
            Ok(paths)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Error::io(folder, error)),
    }
}
