//! Faults put into a collection.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use rusqlite::Connection;

/// Gives two cards dates that their answers do not say.
///
/// # Panics
/// When two cards have no answers.
pub fn spoil_schedules(collection: &Path) {
    let file = Connection::open(collection).expect("a collection");
    let spoiled = file.execute(
        "UPDATE card SET due = due + 100 WHERE id IN
           (SELECT id FROM card WHERE due IS NOT NULL ORDER BY id LIMIT 2)",
        [],
    );
    assert_eq!(spoiled.expect("cards can be spoiled"), 2);
}

/// Writes over the first page of 4 KiB, without which SQLite opens nothing.
///
/// # Panics
/// When the file can't be written.
pub fn spoil_first_page(collection: &Path) {
    let file = OpenOptions::new().write(true).open(collection);
    file.and_then(|mut file| file.write_all(&[0xA5; 4096])).expect("a file can be written");
}
