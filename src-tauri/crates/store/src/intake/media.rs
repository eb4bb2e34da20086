//! Tables `media` and `note_media`, and the files beside the collection.
//!
//! A file is named by its SHA-256 and lies in `<collection>.media/`, in a folder named by the first
//! two digits. It is on the disk before the row that names it is committed; a file whose row never
//! came is of no harm.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use cairn_core::package::{Package, PackageMedia, PackageNote};
use cairn_core::text;
use rusqlite::{Connection, params};

use crate::act::Act;
use crate::backup::paths;
use crate::collection::Collection;
use crate::durable;
use crate::error::{Error, Result};
use crate::view::ShownMedia;

/// The file of a hash of a collection.
pub(crate) fn file(collection: &Path, sha256: &str) -> PathBuf {
    let mut folder = collection.as_os_str().to_owned();
    folder.push(".media");
    PathBuf::from(folder).join(sha256.get(..2).unwrap_or("xx")).join(sha256)
}

/// Brings the files of a package beside the collection and names them in table `media`. A file that
/// is only named is kept as a name: the file may come later, and then its bytes say what it is.
pub(super) fn keep(
    act: &Act<'_>,
    collection: &Path,
    package: &Package,
    staging: Option<&Path>,
) -> Result<()> {
    let mut changed = BTreeSet::new();
    for media in &package.media {
        let (hash, size) = (bytes(media)?, i64::try_from(media.size).unwrap_or(i64::MAX));
        let target = file(collection, &media.sha256);
        let staged = staging.map(|staging| staging.join(&media.sha256));
        let mut insert = "INSERT OR IGNORE INTO media VALUES (?, ?, ?, ?)";
        if let Some(staged) = staged.filter(|staged| !target.exists() && staged.exists()) {
            place(&staged, &target)?;
            changed.extend(target.parent().map(Path::to_owned));
            insert = "INSERT INTO media VALUES (?, ?, ?, ?)
              ON CONFLICT (sha256) DO UPDATE SET size = excluded.size, mime = excluded.mime";
        }
        act.tx.prepare_cached(insert)?.execute(params![hash, size, media.mime, act.id])?;
    }
    // Their names too, once a folder, before the rows are committed.
    changed.iter().for_each(|folder| durable::flush_folder(folder));
    Ok(())
}

/// The 32 bytes of a hash.
fn bytes(media: &PackageMedia) -> Result<Vec<u8>> {
    let bad = || Error::BadValue {
        what: "media",
        why: format!("“{}” has no SHA-256 of 64 hexadecimal digits", media.name),
    };
    let digits: Vec<u8> = media
        .sha256
        .bytes()
        .map(|digit| match digit {
            b'0'..=b'9' => Ok(digit - b'0'),
            b'a'..=b'f' => Ok(digit - b'a' + 10),
            _ => Err(bad()),
        })
        .collect::<Result<_>>()?;
    if digits.len() != 64 {
        return Err(bad());
    }
    Ok(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// Copies a file to its place, which it takes once it is whole and on the disk, and flushes its name.
pub(crate) fn bring(from: &Path, target: &Path) -> Result<()> {
    place(from, target)?;
    durable::flush_name(target);
    Ok(())
}

/// The same without flushing its name.
fn place(from: &Path, target: &Path) -> Result<()> {
    let Some(folder) = target.parent() else { return Ok(()) };
    paths::make_folder(folder)?;
    let partial = target.with_extension("partial");
    let io = |error| Error::io(target, error);
    let placed = fs::copy(from, &partial)
        .map_err(|error| Error::io(from, error))
        // Windows flushes only what is open for writing.
        .and_then(|_| File::options().write(true).open(&partial).map_err(io))
        .and_then(|file| file.sync_all().map_err(io))
        .and_then(|()| fs::rename(&partial, target).map_err(io));
    if placed.is_err() {
        let _ = fs::remove_file(&partial);
    }
    placed
}

/// The files of a package by the names that its notes use.
pub(super) struct Files<'a> {
    /// The first of each name.
    first: HashMap<&'a str, &'a PackageMedia>,
    by_hash: HashMap<(&'a str, &'a str), &'a PackageMedia>,
}

impl<'a> Files<'a> {
    pub(super) fn of(package: &'a Package) -> Self {
        let mut first = HashMap::new();
        for media in &package.media {
            first.entry(media.name.as_str()).or_insert(media);
        }
        let by_hash = |media: &'a PackageMedia| ((&*media.name, &*media.sha256), media);
        Self { first, by_hash: package.media.iter().map(by_hash).collect() }
    }

    /// The file that a note means by a name.
    fn meant(&self, note: &PackageNote, name: &str) -> Option<&'a PackageMedia> {
        match note.media.get(name) {
            Some(sha256) => self.by_hash.get(&(name, sha256.as_str())).copied(),
            None => self.first.get(name).copied(),
        }
    }
}

/// Says which files a note names.
pub(super) fn link(act: &Act<'_>, files: &Files<'_>, note: i64, from: &PackageNote) -> Result<()> {
    if files.first.is_empty() {
        return Ok(());
    }
    for name in from.content.texts().into_iter().flat_map(text::media_names) {
        let Some(media) = files.meant(from, &name) else { continue };
        act.tx
            .prepare_cached("INSERT OR REPLACE INTO note_media VALUES (?, ?, ?)")?
            .execute(params![note, name, bytes(media)?])?;
    }
    Ok(())
}

/// A picture or a sound as it lies beside the collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is: `image/png`, `audio/mpeg` …
    pub mime: String,
}

impl Collection {
    /// The file of a hash that a note of this collection names; `None` for any other text.
    pub fn media_file(&self, sha256: &str) -> Option<MediaFile> {
        let mime = self
            .conn
            .prepare_cached("SELECT mime FROM media WHERE lower(hex(sha256)) = ?")
            .ok()?
            .query_row([sha256], |row| row.get(0))
            .ok()?;
        Some(MediaFile { path: file(&self.path, sha256), mime })
    }
}

/// The pictures and sounds of a note, by name.
pub(crate) fn of_note(conn: &Connection, note: i64) -> Result<Vec<ShownMedia>> {
    let mut statement = conn.prepare_cached(
        "SELECT name, lower(hex(note_media.sha256)), mime
         FROM note_media JOIN media ON media.sha256 = note_media.sha256 WHERE note = ?",
    )?;
    let media = statement
        .query_map([note], |row| {
            Ok(ShownMedia { name: row.get(0)?, sha256: row.get(1)?, mime: row.get(2)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(media)
}
