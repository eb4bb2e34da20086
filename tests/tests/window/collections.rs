//! Several collections on one computer: made, opened, remembered, and missed.

use std::fs;

use crate::desk::Desk;
use crate::gallery::Gallery;
use crate::window::Window;

fn skip_welcome(window: &Window) {
    window.until_heading("Welcome. This is Cairn.");
    window.click("Skip this");
    window.until("Today", "return !!document.querySelector('nav')");
}

fn settings(window: &Window) {
    window.click("Settings");
    window.until_heading("Settings");
    window.until_shows("New collection…");
}

#[test]
fn each_person_has_one_and_the_last_one_opens() {
    let mut gallery = Gallery::new();
    let desk = Desk::untold();
    let (usual, marta) = (desk.collection(), desk.path("Marta.cairn"));
    let window = desk.open();
    skip_welcome(&window);
    settings(&window);
    assert!(window.shows(&usual.display().to_string()), "it says where the cards lie");
    desk.answer_dialogs(Some(&marta));
    window.click("New collection…");
    skip_welcome(&window);
    assert!(marta.exists() && usual.exists());
    settings(&window);
    window.until_shows(&usual.display().to_string());
    window.ask("document.querySelectorAll('section')[6].scrollIntoView(); return true;");
    gallery.look(&window, "settings-collections");
    window.close();

    // The last one opens.
    let window = desk.open();
    window.until("Today at once", "return !!document.querySelector('nav')");
    settings(&window);
    assert!(window.text("main").contains("Marta"), "{}", window.text("main"));

    // Something else is not taken for one, and what is open stays.
    let letter = desk.file("letter.cairn", "Dear Marta, ".repeat(1000));
    desk.answer_dialogs(Some(letter.as_ref()));
    window.click("Open another…");
    window.until("it is told", "return document.querySelector('[role=alert]')?.innerText");
    window.click("Open Cairn-development");
    window.until_shows("The other collection is open.");
    window.close();

    // One that is gone is missed, not made anew.
    let window = desk.open();
    settings(&window);
    desk.answer_dialogs(Some(&marta));
    window.click("Open another…");
    window.until_shows("The other collection is open.");
    window.close();
    fs::rename(&marta, desk.path("moved.cairn")).unwrap();
    let window = desk.open();
    window.until_heading("Your collection is not where it was.");
    assert!(!marta.exists(), "no empty one takes its place");
    gallery.look(&window, "collection-missing");
    window.click("Open the usual one of this computer");
    window.until("Today", "return !!document.querySelector('nav')");
    assert!(!marta.exists());
    gallery.leave();
}
