//! A second folder, best on another disk: copies of the backups, and the offer of one.
//!
//! A disk that breaks takes the collection and the backups beside it. The copies are made after the
//! backup itself is safe; what goes wrong with them is told and breaks nothing.

use std::path::Path;

use cairn_core::day::Moment;
use rusqlite::Connection;

use super::file::{self, Head};
use super::settings::{self, Settings};
use super::{OtherDisk, SecondFolderOffer, media, paths, thin};
use crate::error::{Error, Failure, Result};
use crate::log::OWN;
use crate::place::{self, Disk};
use crate::reader::Reader;

/// Answers after which there is something that one would not like to lose.
const ANSWERS: u32 = 50;
/// Free bytes below which a disk is no place for backups.
const ROOM: u64 = 1 << 30;
/// The folder that is proposed on another disk.
const FOLDER: &str = "Cairn backups";

/// Copies a backup that was just made, with its pictures, and thins the copies.
pub(super) fn copy(
    collection: &Path,
    backup: &Path,
    second: &Path,
    head: &Head,
    settings: &Settings,
    now: Moment,
) -> Vec<Failure> {
    if !second.is_dir() {
        return vec![settings::not_there("second backup folder", second)];
    }
    let copied = || -> Result<()> {
        let named = file::read_media(backup).unwrap_or_default();
        media::keep_named(collection, second, &named)?;
        let name = backup.file_name().ok_or(Error::NotACollection)?;
        paths::copy(backup, &second.join(name))
    };
    match copied() {
        Ok(()) => thin::thin(collection, second, head, settings.budget, now).into_iter().collect(),
        Err(error) => vec![error.failure(second)],
    }
}

/// Makes the folder that was proposed, once a person has agreed to it. Any other must be there.
pub(super) fn make_proposed(folder: &Path) {
    if folder.ends_with(FOLDER) && folder.parent().is_some_and(Path::is_dir) {
        let _ = std::fs::create_dir(folder);
    }
}

/// The offer of a second folder: when there is something to lose, another disk to keep it on, and the
/// person was never asked. Asks the system for its disks, which may take a moment.
///
/// # Errors
/// Those of reading.
pub fn second_folder_offer(reader: &Reader) -> Result<Option<SecondFolderOffer>> {
    if !is_time(&reader.conn, &reader.path)? {
        return Ok(None);
    }
    let collection = reader.path.canonicalize().unwrap_or_else(|_| reader.path.clone());
    Ok(among(&collection, &place::disks(), &settings::is_writable))
}

fn is_time(conn: &Connection, path: &Path) -> Result<bool> {
    let settings = Settings::load(conn, path)?;
    if settings.offer_answered || settings.second.is_some() {
        return Ok(false);
    }
    let sql = format!(
        "SELECT count(*) FROM (SELECT 1 FROM review_log
           WHERE {OWN} AND (kind = 'review' OR kind = 'drill') LIMIT {ANSWERS})"
    );
    Ok(conn.query_row(&sql, [], |row| row.get::<_, u32>(0))? >= ANSWERS)
}

/// The disks of `disks` that could hold a second folder; `None` when there is none.
fn among(
    collection: &Path,
    disks: &[Disk],
    is_writable: &dyn Fn(&Path) -> bool,
) -> Option<SecondFolderOffer> {
    let own = place::disk_of(collection, disks);
    let is_other = |disk: &&Disk| own.is_none_or(|own| !own.is_same_device(disk));
    let is_fit = |disk: &&Disk| {
        disk.is_for_people() && !disk.read_only && disk.free >= ROOM && is_writable(&disk.mount)
    };
    let mut fit: Vec<&Disk> = disks.iter().filter(is_other).filter(is_fit).collect();
    fit.sort_by_key(|disk| std::cmp::Reverse(disk.free));
    let disks: Vec<OtherDisk> = fit
        .into_iter()
        .map(|disk| OtherDisk {
            path: disk.mount.to_string_lossy().into_owned(),
            name: disk.name.clone(),
            removable: disk.removable,
            free: disk.free,
            folder: disk.mount.join(FOLDER).to_string_lossy().into_owned(),
        })
        .collect();
    (!disks.is_empty()).then_some(SecondFolderOffer { disks })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn disk(mount: &str, name: &str, free_gib: u64) -> Disk {
        Disk {
            mount: PathBuf::from(mount),
            name: name.into(),
            file_system: "ext4".into(),
            removable: false,
            read_only: false,
            free: free_gib << 30,
        }
    }

    fn offered(disks: &[Disk]) -> Vec<String> {
        let collection = Path::new("/home/ana/.local/share/Cairn/collection.cairn");
        let is_writable = |path: &Path| path != Path::new("/root-only");
        let offer = among(collection, disks, &is_writable);
        offer.map_or_else(Vec::new, |offer| offer.disks.into_iter().map(|d| d.path).collect())
    }

    #[test]
    fn another_disk_is_offered_the_roomiest_first() {
        let stick = Disk { removable: true, ..disk("/media/ana/stick", "/dev/sdb1", 8) };
        let disks = [disk("/", "/dev/sda1", 90), stick, disk("/mnt/data", "/dev/sdc1", 400)];
        assert_eq!(offered(&disks), ["/mnt/data", "/media/ana/stick"]);
    }

    #[test]
    fn what_is_no_other_disk_is_not_offered() {
        let network = Disk { file_system: "nfs4".into(), ..disk("/mnt/nas", "nas:/x", 900) };
        let read_only = Disk { read_only: true, ..disk("/media/ana/cd", "/dev/sr0", 4) };
        let disks = [
            disk("/", "/dev/sda2", 90),
            disk("/srv", "/dev/sda3", 90),
            disk("/boot/efi", "/dev/sdd1", 5),
            disk("/root-only", "/dev/sde1", 50),
            disk("/media/ana/full", "/dev/sdf1", 0),
            network,
            read_only,
        ];
        assert_eq!(offered(&disks), [""; 0], "the same disk, system, locked, full, far, read-only");
    }
}
