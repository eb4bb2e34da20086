//! Files that can't be opened: told in words, never overwritten, and a way back where there is one.

use std::fs;
use std::path::PathBuf;

use crate::deck::DECK;
use crate::desk::Desk;
use crate::review::YESTERDAY;

const TITLE: &str = "Your cards could not be opened.";

/// A whole copy beside the collection, as the program makes one a day.
pub fn with_snapshot(desk: &Desk) {
    let folder = PathBuf::from(format!("{}.snapshots", desk.collection().display()));
    fs::create_dir_all(&folder).expect("the folder");
    let copy = folder.join("20261120T170000000Z-daily.cairn-snapshot");
    fs::copy(desk.collection(), copy).expect("the copy");
}

/// Writes over the middle of the file.
pub fn damage(desk: &Desk) {
    let mut bytes = fs::read(desk.collection()).expect("the collection");
    let (start, end) = (4096, bytes.len() - 4096);
    bytes[start..end].fill(0x5a);
    fs::write(desk.collection(), bytes).expect("the damage");
}

#[test]
fn a_damaged_collection_is_kept_and_a_snapshot_brings_the_cards_back() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    desk.study(YESTERDAY);
    with_snapshot(&desk);
    damage(&desk);
    let damaged = fs::read(desk.collection()).unwrap();

    let window = desk.open();
    window.until_heading(TITLE);
    window.until_focus(TITLE);
    let page = window.text("main");
    assert!(page.contains("damaged") && page.contains("Nothing has been deleted."), "{page}");
    assert!(page.contains(&desk.collection().display().to_string()), "it names the file: {page}");
    assert!(page.contains("8 cards, 4 answers"), "the copy says what it holds: {page}");
    assert_eq!(fs::read(desk.collection()).unwrap(), damaged, "the file is as it was");

    let button = "return [...document.querySelectorAll('li button')]
        .map((one) => one.getAttribute('aria-label'))
        .find((name) => name.endsWith('8 cards and 4 answers'))";
    let name = window.ask(button).as_str().unwrap().to_owned();
    assert!(name.starts_with("Use this backup, made November 20, 2026"), "{name}");
    window.click(&name);
    window.until_heading("Welcome. This is Cairn.");
    window.click("Skip this");
    window.until_shows("4 cards");
    let kept = fs::read_dir(desk.collection().parent().unwrap()).unwrap().flatten();
    let kept = kept.filter(|entry| fs::read(entry.path()).is_ok_and(|bytes| bytes == damaged));
    assert_eq!(kept.count(), 1, "the damaged file is kept beside it");
    assert_eq!(desk.answers(), 4);
}

#[test]
fn a_file_of_a_newer_version_is_refused_and_left_alone() {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    let mut bytes = fs::read(desk.collection()).unwrap();
    // `user_version` of SQLite's header, big-endian.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(desk.collection(), &bytes).unwrap();
    let window = desk.open();
    window.until_heading(TITLE);
    let page = window.text("main");
    assert!(page.contains("newer Cairn") && page.contains("Update Cairn"), "{page}");
    assert!(!page.contains("Use this backup"), "there is nothing to restore: {page}");
    window.click("Try to open it again");
    window.until_heading(TITLE);
    assert_eq!(fs::read(desk.collection()).unwrap(), bytes, "the file is as it was");
}

#[test]
fn a_file_that_is_no_collection_is_refused_and_left_alone() {
    let desk = Desk::new();
    fs::write(desk.collection(), "Shopping list: rice, beans, tea. ".repeat(200)).unwrap();
    let before = fs::read(desk.collection()).unwrap();
    let window = desk.open();
    window.until_heading(TITLE);
    let page = window.text("main");
    assert!(page.contains("not a Cairn collection"), "{page}");
    assert!(page.contains("There is no backup to go back to."), "{page}");
    assert_eq!(fs::read(desk.collection()).unwrap(), before, "the file is as it was");

    // Once it is out of the way, the same window goes on.
    fs::remove_file(desk.collection()).unwrap();
    window.click("Try to open it again");
    window.until_heading("Welcome. This is Cairn.");
}
