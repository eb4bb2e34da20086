//! Importing: pasted text, files on the command line, a second start, and what was dropped.
//!
//! A drop from the file manager can't be driven by WebDriver; its handler offers the paths to the
//! page exactly as a second start does, which is driven here.

use crate::desk::Desk;
use crate::gallery::Gallery;
use crate::window::Window;

const LINES: &str =
    "question\tanswer\nWhat is a cairn?\tA pile of stones.\nWho walks it?\tYou do.\n";
const SEMICOLONS: &str = "Frage;Antwort\nWas, bitte?;Das: hier.\nUnd nun?;Weiter, immer weiter.\n";
const PREVIEW: &str = "This is what would happen";

fn type_text(window: &Window, text: &str) {
    window.ask_with(
        "const field = document.querySelector('textarea');
         field.value = arguments[0];
         field.dispatchEvent(new Event('input', { bubbles: true })); return true;",
        &serde_json::json!([text]),
    );
}

#[test]
fn pasted_text_is_previewed_imported_and_taken_back() {
    let mut gallery = Gallery::new();
    let desk = Desk::with_deck(crate::deck::DECK, 15, crate::desk::TODAY);
    let window = desk.open_today();
    window.click("Import");
    window.until_heading("Import");
    gallery.look(&window, "import");
    window.click("Paste text…");
    type_text(&window, LINES);
    window.click("Continue");
    window.until_heading(PREVIEW);
    window.until_shows("2 new cards");
    window.until_shows("A pile of stones.");
    gallery.look(&window, "import-preview");
    window.click("Import 2 cards");
    window.until_heading("It is done.");
    gallery.look(&window, "import-report");
    assert_eq!(desk.new_cards(), 10);
    window.close();

    // Also after a restart, and saying how many answers go with it.
    let window = desk.open_today();
    window.click("Import");
    window.until_shows("Pasted text");
    gallery.look(&window, "import-past");
    let take_back = window.until(
        "the import is listed",
        "return [...document.querySelectorAll('button')].map((one) => one.getAttribute('aria-label') ?? '')
            .find((name) => name.startsWith('Take back'))",
    );
    window.click(take_back.as_str().unwrap());
    window.until_heading("Take this import back?");
    gallery.look(&window, "import-take-back");
    window.click("Take it back");
    window.until_shows("The import of pasted text is taken back.");
    window.until(
        "it is listed no more",
        "return !document.querySelector('main').innerText.includes('Pasted text')",
    );
    assert_eq!(desk.new_cards(), 8);
    gallery.leave();
}

#[test]
fn a_file_opened_with_cairn_is_previewed_and_a_wrong_guess_is_corrected() {
    let desk = Desk::with_deck(crate::deck::DECK, 15, crate::desk::TODAY);
    let file = desk.file("Meine Karten.csv", SEMICOLONS);
    let window = desk.open_today_with(&[file]);
    window.until_heading(PREVIEW);
    // A header in a language that Cairn does not know is taken for a card.
    window.until_shows("3 new cards");
    window.until_shows("Das: hier.");
    window.pick("Names of the columns");
    window.until_shows("2 new cards");
    window.choose("Between the columns", "tab");
    let changed = "return !document.body.textContent.includes('2 new cards')";
    window.until("the preview follows", changed);
    window.choose("Between the columns", "semicolon");
    window.until_shows("3 new cards");
    window.pick("Names of the columns");
    window.until_shows("2 new cards");
    window.click("Import 2 cards");
    window.until_heading("It is done.");
    window.click("Study now");
    window.until_shows("10 new cards");
}

#[test]
fn a_second_start_hands_its_files_to_the_first() {
    let desk = Desk::with_deck(crate::deck::DECK, 15, crate::desk::TODAY);
    let window = desk.open_today();
    let file = desk.file("words.tsv", LINES);
    desk.start_again(&[&file]);
    window.until_heading(PREVIEW);
    window.until_shows("words.tsv");
    window.click("Cancel");
    window.until_heading("Import");
    assert_eq!(desk.new_cards(), 8);
}

#[test]
fn a_deck_with_faults_says_where_and_imports_nothing() {
    let mut gallery = Gallery::new();
    let desk = Desk::with_deck(crate::deck::DECK, 15, crate::desk::TODAY);
    let file = desk.file("faulty.md", "---\nid: x\ntitle: X\n---\n\n## film: one\n\nWhat?\n");
    let window = desk.open_today_with(&[file]);
    window.until_heading(PREVIEW);
    window.until_shows("line 6");
    window.until_shows("Nothing is imported until they are mended.");
    gallery.look(&window, "import-faulty");
    let disabled = "return document.querySelector('main button[aria-disabled=true], main button:disabled') !== null";
    window.until("nothing can be imported", disabled);
    gallery.leave();
}
