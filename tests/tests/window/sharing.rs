//! Exports from the window: every format to a place, the report in a window of its own, and what is
//! asked, told and called off on the way. The system's dialogs answer what a test says.

use std::fs;

use crate::deck::DECK;
use crate::desk::Desk;
use crate::gallery::Gallery;
use crate::review::YESTERDAY;
use crate::window::Window;

fn studied() -> Desk {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    desk.study(YESTERDAY);
    desk
}

fn open(desk: &Desk) -> Window {
    let window = desk.open_today();
    window.click("Keep and share");
    window.until_heading("Keep and share");
    window
}

fn choose(window: &Window, format: &str) {
    window.ask(&format!("document.querySelector('input[value={format}]').click(); return true;"));
    let chosen = format!("return document.querySelector('input[value={format}]').checked");
    window.until(format, &chosen);
}

/// A file's name, empty for the one that was suggested, and what it begins with.
type Written = (&'static str, &'static str);

/// The name that is suggested, empty for a folder, and the files, format by format.
const FORMATS: [(&str, &str, &[Written]); 6] = [
    ("report", "Cairn progress 2026-11-21.html", &[("", "<!doctype html>")]),
    ("csv", "", &[("cards.csv", ""), ("reviews.csv", "")]),
    ("json", "Cairn 2026-11-21.json", &[("", "{")]),
    ("apkg", "Cairn 2026-11-21.apkg", &[("", "PK")]),
    ("md", "Cairn deck 2026-11-21.md", &[("", "---")]),
    ("ics", "Cairn calendar 2026-11-21.ics", &[("", "BEGIN:VCALENDAR")]),
];

#[test]
fn every_format_is_written_where_the_person_says() {
    let mut gallery = Gallery::new();
    let desk = studied();
    let window = open(&desk);
    gallery.look(&window, "share-report");
    for (format, name, files) in FORMATS {
        let place = desk.path(format);
        fs::create_dir(&place).unwrap();
        desk.answer_dialogs(Some(&place));
        choose(&window, format);
        if format == "apkg" {
            gallery.look(&window, "share-apkg");
        }
        window.click(if name.is_empty() { "Choose a folder…" } else { "Save…" });
        for (file, start) in files {
            let file = place.join(if file.is_empty() { name } else { file });
            // Also before the file is looked at: it says so once it is written.
            window.until_shows(&file.display().to_string());
            let bytes =
                fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            assert!(bytes.len() > 20, "{}: {} bytes", file.display(), bytes.len());
            let begin = String::from_utf8_lossy(&bytes[..start.len()]).to_lowercase();
            assert_eq!(begin, start.to_lowercase(), "{}", file.display());
        }
        let left = fs::read_dir(&place).unwrap().count();
        assert_eq!(left, files.len(), "{format}: nothing half-written is left beside it");
        if format == "report" {
            window.ask("document.querySelector('.notice').scrollIntoView(); return true;");
            gallery.look(&window, "share-done");
        }
    }
    gallery.leave();
}

#[test]
fn what_is_there_is_replaced_only_at_a_word_and_a_closed_dialog_does_nothing() {
    let mut gallery = Gallery::new();
    let desk = studied();
    let place = desk.path("tables");
    fs::create_dir(&place).unwrap();
    fs::write(place.join("cards.csv"), "mine").unwrap();
    let window = open(&desk);
    choose(&window, "csv");
    desk.answer_dialogs(None);
    window.click("Choose a folder…");
    // While the dialog is open, the button does nothing.
    window.until("the end of it", "return !document.querySelector('[aria-disabled=true]')");
    desk.answer_dialogs(Some(&place));
    window.click("Choose a folder…");
    window.until_heading("Replace what is there?");
    gallery.look(&window, "share-replace");
    window.click("Keep it");
    assert_eq!(fs::read_to_string(place.join("cards.csv")).unwrap(), "mine");
    window.click("Choose a folder…");
    window.until_heading("Replace what is there?");
    window.click("Replace it");
    window.until_shows("The tables are saved.");
    assert_ne!(fs::read_to_string(place.join("cards.csv")).unwrap(), "mine");

    desk.answer_dialogs(Some(&desk.path("nowhere/at all/x.json")));
    choose(&window, "json");
    window.click("Save…");
    window.until("it is told in words", "return document.querySelector('[role=alert]')?.innerText");
    gallery.look(&window, "share-failed");
    gallery.leave();
}

#[test]
fn the_report_is_shown_in_a_window_that_may_ask_for_nothing() {
    let desk = studied();
    let window = open(&desk);
    window.fill("Your name", "Ana Ruiz");
    let main = window.handle();
    window.click("Look at it");
    window.until_shows("The report is open in a window of its own.");
    window.turn_to_other();
    window.until("the report", "return document.body?.innerText.includes('Ana Ruiz')");
    window.picture_of_other("report-window");
    let refused = window.ask_later(
        "window.__TAURI_INTERNALS__.invoke('today')
             .then(() => done('allowed'), (why) => done('refused: ' + why))",
    );
    assert_eq!(refused, "refused: this window may ask for nothing");
    let ran = window.ask(
        "const script = document.createElement('script');
         script.textContent = 'window.ran = true';
         document.body.append(script); return window.ran ?? false",
    );
    assert_eq!(ran, false, "no script runs in it");
    window.turn_to(&main);
    window.close();
}
