//! Going back to a backup, and forward again.

use std::fs;
use std::path::Path;

use cairn_store::backup::{self, Backup, Confirmed, Reason, Restored};
use cairn_store::{Collection, Error, ErrorCode};
use rusqlite::Connection;

use crate::support::*;

fn restore(home: &Home, backup: &Backup) -> Restored {
    backup::restore(&home.path, Path::new(&backup.path), Confirmed::default(), noon(9)).unwrap()
}

fn refused(home: &Home, backup: &Path) -> Error {
    backup::restore(&home.path, backup, Confirmed::default(), noon(9)).unwrap_err()
}

fn make(home: &Home, day: i64) -> Backup {
    backup::make(&home.path, Reason::ByHand, noon(day)).unwrap().backup
}

fn answers(home: &Home) -> usize {
    entries(&home.open()).len()
}

/// Names beside the collection, but for folders.
fn beside(home: &Home) -> Vec<String> {
    let files = fs::read_dir(home.folder.path()).unwrap().flatten();
    let files = files.filter(|entry| entry.path().is_file());
    let mut names: Vec<String> =
        files.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_restore_brings_back_what_was_and_can_itself_be_undone() {
    let (home, mut collection) = Home::with(&deck("d", basics(50)));
    finish_day(&mut collection, 4, 0);
    let then = make(&home, 0);
    finish_day(&mut collection, 4, 1);
    let now = entries(&collection);
    drop(collection);

    let done = restore(&home, &then);
    assert_eq!((done.problems.len(), done.kept_aside), (0, None));
    let undo = done.undo.unwrap();
    assert_eq!((undo.reason, undo.answers), (Reason::BeforeRestore, now.len() as u32));
    assert_eq!(answers(&home), 15);
    assert_eq!(home.open().check().unwrap(), []);
    let from = backup::restored_from(&home.path).unwrap();
    assert_eq!(from.made_at, then.made_at);
    assert_eq!(from.undo.as_ref().map(|undo| &undo.path), Some(&undo.path));

    restore(&home, &from.undo.unwrap());
    assert_eq!(entries(&home.open()), now, "every answer is there again");
    assert_eq!(
        beside(&home),
        ["collection.cairn", "collection.cairn.backup-lock", "collection.cairn.lock"],
        "nothing is left lying about"
    );
}

#[test]
fn a_collection_that_went_back_numbers_its_acts_as_another_device() {
    let (home, mut collection) = Home::with(&deck("d", basics(50)));
    let then = make(&home, 0);
    finish_day(&mut collection, 4, 0);
    drop(collection);
    let after = make(&home, 1);
    restore(&home, &then);
    let mut back = home.open();
    finish_day(&mut back, 4, 0);
    let lost = backup::backups(&home.path);
    let of = |backup: &Backup| {
        lost.iter().find(|known| known.path == backup.path).unwrap().lost_if_restored.unwrap()
    };
    assert_eq!(of(&after).answers, 15, "the answers of the other course are not these");
    drop(back);
    let other = Home::new();
    fs::copy(&home.path, &other.path).unwrap();
    restore(&home, &after);
    // Both courses have fifteen answers of the same cards: as a set, thirty.
    let (mut one, two) = (home.open(), other.open());
    assert_eq!(one.merge_log(&two).unwrap(), 15);
    assert_eq!(entries(&one).len(), 30);
}

#[test]
fn undo_goes_on_where_nothing_was_lost() {
    let (home, mut collection) = Home::with(&deck("d", basics(50)));
    finish_day(&mut collection, 4, 0);
    drop(collection);
    let same = make(&home, 0);
    restore(&home, &same);
    let mut collection = home.open();
    collection.undo(noon(0)).unwrap();
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn an_open_collection_is_not_swapped_under_anybodys_hands() {
    let (home, collection) = Home::with(&deck("d", basics(5)));
    let then = make(&home, 0);
    assert_eq!(refused(&home, Path::new(&then.path)).code(), ErrorCode::Busy);
    drop(collection);
    // A program that knows nothing of our locks.
    let stranger = Connection::open(&home.path).unwrap();
    stranger.execute_batch("BEGIN; SELECT count(*) FROM card").unwrap();
    assert_eq!(refused(&home, Path::new(&then.path)).code(), ErrorCode::Busy);
    drop(stranger);
    assert_eq!(home.open().check().unwrap(), []);
    restore(&home, &then);
}

#[test]
fn what_is_no_whole_backup_is_refused_and_nothing_changes() {
    let (home, collection) = Home::with(&deck("d", basics(50)));
    drop(collection);
    let good = fs::read(make(&home, 0).path).unwrap();
    let before = fs::read(&home.path).unwrap();
    let file = home.folder.path().join("given.cairn-backup");
    let mut changed = good.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 0xFF;
    let mut other_database = home.folder.path().join("other");
    Connection::open(&other_database).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    for bytes in [b"nonsense".to_vec(), Vec::new(), good[..middle].to_vec(), changed] {
        fs::write(&file, bytes).unwrap();
        assert_eq!(refused(&home, &file).code(), ErrorCode::BadValue);
    }
    assert_eq!(refused(&home, &other_database).code(), ErrorCode::BadValue);
    other_database.set_extension("nowhere");
    assert_eq!(refused(&home, &other_database).code(), ErrorCode::NotFound);
    assert_eq!(fs::read(&home.path).unwrap(), before);
    assert_eq!(home.open().check().unwrap(), []);
}

#[test]
fn a_backup_of_another_collection_needs_a_word_more() {
    let (home, collection) = Home::with(&deck("d", basics(5)));
    let (other_home, other) = Home::with(&deck("e", basics(8)));
    drop((collection, other));
    let theirs = make(&other_home, 0);
    let given = Path::new(&theirs.path);
    assert_eq!(refused(&home, given).code(), ErrorCode::BadValue);
    let confirmed = Confirmed { other_collection: true };
    backup::restore(&home.path, given, confirmed, noon(1)).unwrap();
    assert_eq!(home.open().counts(noon(1)).unwrap().new, 8);
    let undo = backup::restored_from(&home.path).unwrap().undo.unwrap();
    restore(&home, &undo);
    assert_eq!(home.open().counts(noon(1)).unwrap().new, 5, "taking it back needs no word");
}

#[test]
fn a_backup_of_a_newer_version_is_refused() {
    let (home, collection) = Home::with(&deck("d", basics(5)));
    drop(collection);
    let newer = home.folder.path().join("newer");
    fs::copy(&home.path, &newer).unwrap();
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    assert_eq!(refused(&home, &newer).code(), ErrorCode::NewerVersion);
    assert_eq!(home.open().check().unwrap(), []);
}

#[test]
fn a_backup_of_an_older_version_is_brought_up_to_date_on_opening() {
    let (home, collection) = Home::with(&deck("d", basics(5)));
    drop(collection);
    let old = home.folder.path().join("20250101T000000000Z-daily.cairn-snapshot");
    let conn = Connection::open(&old).unwrap();
    conn.execute_batch(include_str!("../../migrations/0001_first.sql")).unwrap();
    conn.pragma_update(None, "user_version", 1).unwrap();
    drop(conn);
    backup::restore(&home.path, &old, Confirmed::default(), noon(1)).unwrap();
    let mut collection = home.open();
    assert_eq!(collection.check().unwrap(), []);
    assert_eq!(collection.counts(noon(1)).unwrap().new, 0);
}

#[test]
fn where_there_is_no_collection_a_backup_makes_one() {
    let (home, collection) = Home::with(&deck("d", basics(5)));
    drop(collection);
    let then = make(&home, 0);
    fs::remove_file(&home.path).unwrap();
    assert_eq!(backup::backups(&home.path).len(), 1);
    let done = restore(&home, &then);
    assert!(done.undo.is_none() && done.kept_aside.is_none());
    assert_eq!(home.open().counts(noon(0)).unwrap().new, 5);
}

#[test]
fn settings_of_the_machine_are_those_of_now() {
    let (home, mut collection) = Home::with(&deck("d", basics(5)));
    let then = make(&home, 0);
    let mut wanted = collection.backup_settings().unwrap();
    wanted.budget_bytes = 1 << 30;
    wanted.offer_answered = true;
    let wanted = collection.save_backup_settings(&wanted).unwrap();
    drop(collection);
    restore(&home, &then);
    assert_eq!(home.open().backup_settings().unwrap(), wanted);
}

#[test]
fn pictures_come_back_from_the_backup_folder() {
    let (home, collection) = Home::with(&deck("d", basics(5)));
    drop(collection);
    let hash = [0xAB; 32];
    let conn = Connection::open(&home.path).unwrap();
    conn.execute("INSERT INTO media VALUES (?, 3, 'image/png', 1)", [hash]).unwrap();
    conn.execute("INSERT INTO media VALUES (?, 3, 'image/png', 1)", [[0xCD; 32]]).unwrap();
    drop(conn);
    let name = "ab".repeat(32);
    let picture = home.folder.path().join("collection.cairn.media/ab").join(&name);
    fs::create_dir_all(picture.parent().unwrap()).unwrap();
    fs::write(&picture, "png").unwrap();
    let made = backup::make(&home.path, Reason::ByHand, noon(0)).unwrap();
    assert_eq!(made.problems.len(), 1, "one picture is missing: {:?}", made.problems);
    fs::remove_dir_all(home.folder.path().join("collection.cairn.media")).unwrap();
    let done = restore(&home, &made.backup);
    assert_eq!(fs::read(&picture).unwrap(), b"png");
    assert_eq!(done.media_missing, 1);
}

#[test]
fn a_damaged_collection_is_kept_aside_with_its_log() {
    let (home, mut collection) = Home::with(&deck("d", basics(50)));
    let then = make(&home, 0);
    collection.checkpoint().unwrap();
    drop(collection);
    fs::write(&home.path, vec![0xA5; 9000]).unwrap();
    let log = home.folder.path().join("collection.cairn-wal");
    fs::write(&log, "what was being written").unwrap();
    let done = restore(&home, &then);
    let kept = done.kept_aside.unwrap();
    assert_eq!(fs::read(&kept).unwrap(), vec![0xA5; 9000]);
    assert_eq!(fs::read_to_string(format!("{kept}-wal")).unwrap(), "what was being written");
    let mut collection = home.open();
    assert_eq!(collection.check().unwrap(), []);
    assert_eq!(Collection::counts(&mut collection, noon(0)).unwrap().new, 15);
}

#[test]
fn a_plain_copy_with_its_log_is_put_back_with_what_the_log_holds() {
    let (home, mut collection) = Home::with(&deck("d", basics(50)));
    finish_day(&mut collection, 4, 0);
    let copied = home.folder.path().join("copied");
    for suffix in ["", "-wal"] {
        let from = format!("{}{suffix}", home.path.display());
        fs::copy(from, format!("{}{suffix}", copied.display())).unwrap();
    }
    finish_day(&mut collection, 4, 1);
    drop(collection);
    backup::restore(&home.path, &copied, Confirmed::default(), noon(2)).unwrap();
    assert_eq!(answers(&home), 15);
}

#[test]
fn the_proposed_second_folder_is_made() {
    let (home, mut collection) = Home::with(&deck("d", basics(2)));
    let mut wanted = collection.backup_settings().unwrap();
    let folder = home.folder.path().join("Cairn backups");
    wanted.second_folder = Some(folder.display().to_string());
    collection.save_backup_settings(&wanted).unwrap();
    assert!(folder.is_dir());
}
