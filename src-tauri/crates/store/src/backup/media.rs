//! Pictures and sounds of backups: once, by hash, in `media/` of the backup folder.
//!
//! A file of a hash never changes, so one that is there is not copied again, and on the same disk it
//! is linked rather than copied. It is removed last, and only when every backup in the folder could
//! be asked and none names it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{file, paths};
use crate::durable;
use crate::error::{Error, ErrorCode, Failure, Result};
use crate::intake::media as beside;

/// The hashes that a collection names, 32 bytes each.
pub(super) fn named(conn: &Connection) -> Result<Vec<[u8; 32]>> {
    let mut statement = conn.prepare("SELECT sha256 FROM media ORDER BY sha256")?;
    let named = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(named)
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The file of a hash in a backup folder.
pub(super) fn in_folder(folder: &Path, sha256: &str) -> PathBuf {
    folder.join("media").join(sha256.get(..2).unwrap_or("xx")).join(sha256)
}

/// Brings what is named into a backup folder; gives how many of them are missing beside the
/// collection too.
pub(super) fn keep(collection: &Path, folder: &Path, named: &[[u8; 32]]) -> Result<u32> {
    let named: Vec<String> = named.iter().map(hex).collect();
    keep_named(collection, folder, &named)
}

/// The same for hashes in hexadecimal.
pub(super) fn keep_named(collection: &Path, folder: &Path, named: &[String]) -> Result<u32> {
    let from = |hash: &str| Some(beside::file(collection, hash));
    bring(named, from, |hash| in_folder(folder, hash))
}

/// Puts back beside a collection what a backup names, from the first of `folders` that has it; gives
/// how many are nowhere.
pub(super) fn put_back(collection: &Path, folders: &[PathBuf], named: &[[u8; 32]]) -> Result<u32> {
    let from = |hash: &str| {
        folders.iter().map(|folder| in_folder(folder, hash)).find(|file| file.exists())
    };
    let named: Vec<String> = named.iter().map(hex).collect();
    bring(&named, from, |hash| beside::file(collection, hash))
}

fn bring(
    named: &[String],
    from: impl Fn(&str) -> Option<PathBuf>,
    to: impl Fn(&str) -> PathBuf,
) -> Result<u32> {
    let (mut missing, mut changed) = (0, HashSet::new());
    for hash in named {
        let target = to(hash);
        if target.exists() {
            continue;
        }
        let Some(source) = from(hash).filter(|source| source.exists()) else {
            missing += 1;
            continue;
        };
        let Some(folder) = target.parent() else { continue };
        if !changed.contains(folder) {
            paths::make_folder(folder)?;
            changed.insert(folder.to_owned());
        }
        if fs::hard_link(&source, &target).is_err() {
            paths::copy(&source, &target)?;
        }
    }
    for folder in &changed {
        durable::flush_folder(folder);
        folder.parent().map(durable::flush_folder);
    }
    Ok(missing)
}

/// Missing pictures and sounds, in words.
pub(super) fn told(missing: u32, collection: &Path) -> Option<Failure> {
    (missing > 0).then(|| Failure {
        code: ErrorCode::NotFound,
        message: format!(
            "{missing} pictures or sounds of {} are missing and are not in the backup",
            collection.display()
        ),
        hint: "Import the decks again that brought them, or go back to an older backup.".into(),
    })
}

/// Removes from a backup folder what neither a backup in it nor the collection names.
pub(super) fn remove_unnamed(collection: &Path, folder: &Path) -> Result<()> {
    let io = |error| Error::io(folder, error);
    let mut named = HashSet::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let extension = path.extension().and_then(|extension| extension.to_str());
        match extension {
            Some(file::EXTENSION) => match file::read_media(&path) {
                Some(of_backup) => named.extend(of_backup),
                // One that can't be asked may name anything.
                None => return Ok(()),
            },
            // Another program is just making one.
            Some("partial") => return Ok(()),
            _ => {}
        }
    }
    let conn = super::make::read(collection)?;
    named.extend(self::named(&conn)?.iter().map(hex));
    for group in fs::read_dir(folder.join("media")).into_iter().flatten().flatten() {
        for entry in fs::read_dir(group.path()).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_hash = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
            if is_hash && !named.contains(&name) {
                fs::remove_file(entry.path()).map_err(io)?;
            }
        }
    }
    Ok(())
}
