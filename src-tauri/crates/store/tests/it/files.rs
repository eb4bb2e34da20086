use std::fs;
use std::path::Path;

use cairn_store::backup::{self, Confirmed, Reason};
use cairn_store::{Collection, Error, ErrorCode, Intake};
use rusqlite::Connection;

use crate::support::*;

fn open(path: &Path) -> Error {
    match Collection::open(path, noon(0)) {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(error) => error,
    }
}

#[test]
fn a_collection_is_made_with_its_folder() {
    let home = Home::new();
    let path = home.folder.path().join("new/deeper/collection.cairn");
    assert_eq!(Collection::open(&path, noon(0)).unwrap().check().unwrap(), []);
    assert!(path.exists());
}

#[test]
fn another_kind_of_file_is_refused_and_left_alone() {
    let home = Home::new();
    let text = "Dear diary, ".repeat(100);
    fs::write(&home.path, &text).unwrap();
    assert_eq!(open(&home.path).code(), ErrorCode::NotACollection);
    assert_eq!(fs::read_to_string(&home.path).unwrap(), text);
}

#[test]
fn another_programs_database_is_refused_and_left_alone() {
    let home = Home::new();
    Connection::open(&home.path).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    let before = fs::read(&home.path).unwrap();
    assert_eq!(open(&home.path).code(), ErrorCode::NotACollection);
    assert_eq!(fs::read(&home.path).unwrap(), before);
}

#[test]
fn a_file_of_a_newer_version_is_refused_with_a_sentence() {
    let (home, collection) = Home::with(&deck("d", basics(1)));
    drop(collection);
    Connection::open(&home.path).unwrap().pragma_update(None, "user_version", 7).unwrap();
    let before = fs::read(&home.path).unwrap();
    let failure = open(&home.path).failure(&home.path);
    assert_eq!(failure.code, ErrorCode::NewerVersion);
    assert!(failure.message.contains("made by a newer Cairn"), "{}", failure.message);
    assert!(failure.hint.contains("Update Cairn"), "{}", failure.hint);
    assert_eq!(fs::read(&home.path).unwrap(), before);
}

#[test]
fn a_collection_of_an_older_version_is_copied_and_then_brought_up_to_date() {
    let home = Home::new();
    let old = Connection::open(&home.path).unwrap();
    old.execute_batch(include_str!("../../migrations/0001_first.sql")).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    drop(old);
    let mut collection = home.open();
    collection.take_in(&deck("d", basics(2)), Intake::BuiltIn, "Cairn", noon(0)).unwrap();
    assert_eq!(collection.today(noon(0)).unwrap().counts.new, 2);
    assert_eq!(collection.check().unwrap(), []);
    let copies = backup::backups(&home.path);
    assert_eq!((copies.len(), copies[0].cards), (1, 0), "one copy, from before");
    assert_eq!(copies[0].reason, Reason::BeforeUpdate);
    assert_eq!(unpacked(&home, &copies[0].path), 1, "in the old format");
    drop(collection);
    assert_eq!(home.open().today(noon(0)).unwrap().counts.new, 2);
    assert_eq!(backup::backups(&home.path).len(), 1, "opened again, it is not copied again");
}

/// The format of the database in a backup, unpacked by nothing but Zstandard.
fn unpacked(home: &Home, backup: &str) -> i64 {
    let database = home.folder.path().join("unpacked");
    let packed = fs::File::open(backup).unwrap();
    zstd::stream::copy_decode(packed, fs::File::create(&database).unwrap()).unwrap();
    let conn = Connection::open(&database).unwrap();
    conn.query_row("SELECT user_version FROM pragma_user_version", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_path_that_cannot_be_written_is_named() {
    let home = Home::new();
    let folder = home.folder.path().join("a-folder");
    fs::create_dir(&folder).unwrap();
    assert_eq!(open(&folder).code(), ErrorCode::NotWritable);
    let file = home.folder.path().join("a-file");
    fs::write(&file, "x").unwrap();
    let below = file.join("collection.cairn");
    let failure = open(&below).failure(&below);
    assert!(failure.message.contains("a-file"), "{}", failure.message);
}

fn damage(path: &Path, from: usize, length: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[from..from + length].fill(0xA5);
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_file_is_told_never_overwritten_and_a_backup_is_offered() {
    let (home, mut collection) = Home::with(&deck("d", basics(50)));
    finish_day(&mut collection, 4, 0);
    backup::make(&home.path, Reason::Regular, noon(0)).unwrap();
    drop(collection);
    let length = usize::try_from(fs::metadata(&home.path).unwrap().len()).unwrap();
    damage(&home.path, 8192, length - 8192 - 4096);
    let damaged = fs::read(&home.path).unwrap();
    assert_eq!(open(&home.path).code(), ErrorCode::Damaged);
    assert_eq!(fs::read(&home.path).unwrap(), damaged);

    let offered = backup::backups(&home.path);
    assert_eq!((offered.len(), offered[0].cards, offered[0].answers), (1, 50, 15));
    let chosen = Path::new(&offered[0].path);
    let done = backup::restore(&home.path, chosen, Confirmed::default(), noon(0)).unwrap();
    assert!(done.undo.is_none(), "what can't be read can't be backed up");
    assert_eq!(fs::read(done.kept_aside.unwrap()).unwrap(), damaged, "the damaged file is kept");
    let mut collection = home.open();
    assert_eq!(entries(&collection).len(), 15);
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn a_lost_first_page_is_damage_when_there_are_backups() {
    let (home, collection) = Home::with(&deck("d", basics(5)));
    backup::make(&home.path, Reason::Regular, noon(0)).unwrap();
    drop(collection);
    damage(&home.path, 0, 4096);
    assert_eq!(open(&home.path).code(), ErrorCode::Damaged);
}

#[test]
fn a_busy_collection_says_so() {
    let (home, mut collection) = Home::with(&deck("d", basics(2)));
    let other = Connection::open(&home.path).unwrap();
    let step = collection.begin(None, None, noon(0)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    collection.set_busy_timeout(std::time::Duration::ZERO).unwrap();
    let answer = cairn_store::Answer {
        token: shown(&step).token.clone(),
        grade: 4,
        taken_ms: 0,
        option: None,
    };
    let failure = collection.answer(&answer, noon(0)).unwrap_err().failure(&home.path);
    assert_eq!(failure.code, ErrorCode::Busy);
    other.execute_batch("ROLLBACK").unwrap();
    collection.answer(&answer, noon(0)).unwrap();
}

#[test]
fn a_full_disk_says_so_and_keeps_what_was_saved() {
    let (home, mut collection) = Home::with(&deck("d", basics(200)));
    let mut step = collection.begin(None, None, noon(0)).unwrap();
    collection.set_max_pages(1).unwrap();
    let mut saved = 0;
    let error = loop {
        let answer = cairn_store::Answer {
            token: shown(&step).token.clone(),
            grade: 4,
            taken_ms: 0,
            option: None,
        };
        match collection.answer(&answer, noon(0)) {
            Ok(next) if next.shown.is_some() => {
                saved += 1;
                step = next;
            }
            Ok(_) => {
                // The day is over before the file was full: fill it with the next one.
                let error = (1..200).find_map(|day| {
                    let mut step = collection.begin(None, None, noon(day)).ok()?;
                    while let Some(card) = step.shown.clone() {
                        let answer = cairn_store::Answer {
                            token: card.token,
                            grade: 4,
                            taken_ms: 0,
                            option: None,
                        };
                        match collection.answer(&answer, noon(day)) {
                            Ok(next) => step = next,
                            Err(error) => return Some(error),
                        }
                    }
                    None
                });
                break error.expect("the file fills up");
            }
            Err(error) => break error,
        }
    };
    assert_eq!(error.code(), ErrorCode::DiskFull);
    drop(collection);
    let mut collection = home.open();
    assert!(entries(&collection).len() >= saved);
    assert_eq!(collection.check().unwrap(), []);
}

#[test]
fn an_emptied_collection_is_damage_when_there_are_backups() {
    let (home, collection) = Home::with(&deck("d", basics(5)));
    backup::make(&home.path, Reason::Regular, noon(0)).unwrap();
    drop(collection);
    fs::write(&home.path, "").unwrap();
    assert_eq!(open(&home.path).code(), ErrorCode::Damaged);
    assert_eq!(fs::metadata(&home.path).unwrap().len(), 0);
}

#[test]
fn a_note_that_holds_nonsense_is_found() {
    let (home, mut collection) = Home::with(&deck("d", basics(5)));
    let other = Connection::open(&home.path).unwrap();
    other.execute("UPDATE note SET content = 'nonsense' WHERE id = 2", []).unwrap();
    let findings = collection.check().unwrap();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].message, "1 note whose text can't be read");
}
