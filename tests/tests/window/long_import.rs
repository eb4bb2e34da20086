//! An import that takes its time: followed, called off, and taken back on its report.

use std::fmt::Write;

use crate::deck::DECK;
use crate::desk::{Desk, TODAY};
use crate::gallery::Gallery;
use crate::window::Window;

/// Enough for several seconds of a debug build.
const ROWS: usize = 60_000;
const PREVIEW: &str = "This is what would happen";
const BUSY: &str = "An import is running. Your cards are back in a moment.";
/// Made by Anki: one note with a picture; see `make.py` beside it.
const PACKAGE: &[u8] = include_bytes!("fixtures/picture.apkg");

fn long_table() -> String {
    let mut table = String::from("question\tanswer\n");
    for n in 0..ROWS {
        let _ = writeln!(table, "What comes after {n}?\tThat is {}.", n + 1);
    }
    table
}

/// Waits for a bar with a count, as a long piece of work has one.
fn until_counted(window: &Window) {
    window.until(
        "a bar with a count",
        "const bar = document.querySelector('main progress');
         return bar?.hasAttribute('value') && / of [\\d,]+/.test(document.querySelector('main').innerText)",
    );
}

#[test]
fn a_long_import_is_followed_and_called_off_and_leaves_nothing() {
    let mut gallery = Gallery::new();
    let desk = Desk::with_deck(DECK, 15, TODAY);
    let file = desk.file("long.tsv", long_table());
    let window = desk.open_today_with(&[file]);
    window.until_heading(PREVIEW);
    window.click("Import 60,000 cards");
    window.until_heading("Importing");
    until_counted(&window);

    // Whoever wants to study meanwhile is told in words, at once.
    window.click("Today");
    window.until_shows(BUSY);
    window.press(&["Space"]);
    window.until_shows(BUSY);
    assert!(!window.has_card(), "no card is open");

    window.click("Import");
    window.until_heading("Importing");
    window.click("Cancel");
    window.until_shows("Stopped. Nothing was changed.");
    window.until_heading(PREVIEW);
    assert_eq!(desk.new_cards(), 8, "nothing of it stays");
    desk.cli.assert_sound(&desk.now);
    gallery.look(&window, "import-stopped");
    window.click("Cancel");
    window.until_heading("Import");

    window.click("Today");
    window.until_shows("8 new cards");
    window.begin();
    gallery.leave();
}

#[test]
fn an_import_is_undone_on_its_report_and_asks_when_answers_go_with_it() {
    let desk = Desk::with_deck(DECK, 15, TODAY);
    let file = desk.file("two.tsv", "question\tanswer\nOne?\tOne.\nTwo?\tTwo.\n");
    let window = desk.open_today_with(&[file]);
    window.until_heading(PREVIEW);
    window.click("Import 2 cards");
    window.until_heading("It is done.");
    assert_eq!(desk.new_cards(), 10);
    window.click("Undo this import");
    window.until_heading("Import");
    window.until_shows("The import of “two.tsv” is taken back.");
    assert_eq!(desk.new_cards(), 8);

    // Another one, and another program answers its cards before it is undone.
    let file = desk.file("more.tsv", "question\tanswer\nThree?\tThree.\nFour?\tFour.\n");
    desk.start_again(&[&file]);
    window.until_heading(PREVIEW);
    window.click("Import 2 cards");
    window.until_heading("It is done.");
    desk.study(&desk.now);
    window.click("Undo this import");
    window.until_heading("Take this import back?");
    window.until_shows("answers to its cards since");
    window.click("Keep it");
    window.until_heading("It is done.");
    assert!(desk.answers() > 0, "the answers stay");
    window.click("Undo this import");
    window.until_heading("Take this import back?");
    window.click("Take it back");
    window.until_heading("Import");
    desk.cli.assert_sound(&desk.now);
}

#[test]
fn a_picture_is_drawn_in_the_preview_of_an_anki_package() {
    let mut gallery = Gallery::new();
    let desk = Desk::with_deck(DECK, 15, TODAY);
    let file = desk.file("picture.apkg", PACKAGE);
    let window = desk.open_today_with(&[file]);
    window.until_heading(PREVIEW);
    window.until("a sample has a picture", "return !!document.querySelector('.samples img')");
    window.until(
        "it is drawn",
        "const picture = document.querySelector('.samples img');
         picture.scrollIntoView({ block: 'center' });
         return picture.complete && picture.naturalWidth",
    );
    gallery.look(&window, "import-preview-picture");
    window.click("Cancel");
    window.until_heading("Import");
    gallery.leave();
}
