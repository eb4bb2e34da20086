//! Backups and going back to them, the check and its repair, places that are no good, and what a
//! closed window leaves behind.

use std::fs;

use cairn_tests::spoil_schedules;

use crate::deck::DECK;
use crate::desk::Desk;
use crate::gallery::Gallery;
use crate::review::YESTERDAY;
use crate::trouble::damage;
use crate::window::Window;

fn part(desk: &Desk, name: &str) -> Window {
    let window = desk.open_today();
    window.click("Keep and share");
    window.until_heading("Keep and share");
    window.click(name);
    window
}

fn studied() -> Desk {
    let desk = Desk::with_deck(DECK, 4, YESTERDAY);
    desk.study(YESTERDAY);
    desk
}

/// Until Today is there: before, the keys belong to the screen that is left.
fn to_today(window: &Window) {
    window.click("Today");
    let there = "return document.querySelector('[aria-current=page]')?.innerText.trim() === 'Today'
        && document.activeElement.tagName === 'H1'";
    window.until("Today", there);
}

/// The name of the first button that begins so.
fn named(window: &Window, start: &str) -> String {
    let find = format!(
        "return [...document.querySelectorAll('button')].map((one) => one.getAttribute('aria-label') ?? '')
             .find((name) => name.startsWith('{start}'))"
    );
    window.until(start, &find).as_str().unwrap().to_owned()
}

#[test]
fn going_back_keeps_the_present_and_is_taken_back() {
    let mut gallery = Gallery::new();
    let desk = studied();
    let window = part(&desk, "Backups");
    window.click("Back up now");
    window.until_shows("A backup is made.");
    window.until_shows("Going back to it loses nothing.");
    let before = desk.answers();

    to_today(&window);
    window.begin();
    for _ in 0..3 {
        window.answer_well();
    }
    window.press(&["Escape"]);
    window.until("Today", "return !!document.querySelector('nav')");
    let after = desk.answers();
    assert_eq!(after, before + 3);

    window.click("Keep and share");
    window.click("Backups");
    window.until_shows("Since then: 3 answers");
    gallery.look(&window, "backups");
    window.click(&named(&window, "Go back to the backup"));
    window.until_heading("Go back to this backup?");
    window.until_shows("What came later is then gone: 3 answers");
    gallery.look(&window, "restore");
    window.click("Go back");
    window.until_shows("You went back to the backup");
    window.until_focus("Backups");
    gallery.look(&window, "restored");
    assert_eq!(desk.answers(), before, "the answers are as they were");

    window.click("Take it back");
    window.until_shows("Taken back. Everything is as it was before.");
    assert_eq!(desk.answers(), after, "and now they are all there again");
    desk.cli.assert_sound(&desk.now);
    to_today(&window);
    window.begin();
    gallery.leave();
}

#[test]
fn a_wrong_schedule_is_found_repaired_and_the_repair_taken_back() {
    let mut gallery = Gallery::new();
    let desk = studied();
    let window = part(&desk, "Check");
    gallery.look(&window, "check");
    window.click("Check now");
    window.until_shows("Everything is fine.");
    window.until_focus("Everything is fine.");
    gallery.look(&window, "check-fine");
    window.close();

    spoil_schedules(&desk.collection());
    let window = part(&desk, "Check");
    window.click("Check now");
    window.until_shows("One thing needs a look.");
    window.until_shows("Cairn can mend this.");
    gallery.look(&window, "check-found");
    window.click("Repair…");
    window.until_heading("Repair what was found?");
    gallery.look(&window, "check-repair");
    window.click("Repair");
    window.until_shows("The repair is done.");
    gallery.look(&window, "check-repaired");
    desk.cli.assert_sound(&desk.now);
    window.click("Undo the repair");
    window.until_shows("The repair is taken back.");
    window.click("Backups");
    window.until_shows("before a repair");
}

#[test]
fn a_cloud_folder_is_told_until_it_is_left_so() {
    let mut gallery = Gallery::new();
    let desk = Desk::at("Dropbox/collection.cairn");
    let window = desk.open_today();
    window.until_shows("Your cards lie in a folder of Dropbox");
    gallery.look(&window, "today-cloud");
    window.click("I know, leave it here");
    let gone = "return !document.querySelector('main').innerText.includes('a folder of Dropbox')";
    window.until("it is told no more", gone);
    window.click("Settings");
    window.until_shows("This folder belongs to Dropbox.");
    window.ask("document.querySelectorAll('section')[5].scrollIntoView(); return true;");
    window.until_shows("Room for backups, in MB");
    gallery.look(&window, "settings-backups");
    window.close();
    let window = desk.open_today();
    window.until_shows("15 new cards");
    assert_eq!(window.ask(gone), true, "also after a restart");
    gallery.leave();
}

#[test]
fn folder_and_room_of_backups_are_set_and_kept() {
    let desk = studied();
    let place = desk.path("my backups");
    fs::create_dir(&place).unwrap();
    desk.answer_dialogs(Some(&place));
    let window = desk.open_today();
    window.click("Settings");
    window.click("Choose another folder…");
    window.until_shows(&place.display().to_string());
    window.fill("Room for backups, in MB", "1");
    window.until("a word on it", "return document.querySelector('[role=alert]')?.innerText");
    window.click("Keep and share");
    window.click("Backups");
    window.click("Back up now");
    window.until_shows("A backup is made.");
    let backup =
        |entry: &fs::DirEntry| entry.path().extension().is_some_and(|one| one == "cairn-backup");
    assert_eq!(fs::read_dir(&place).unwrap().flatten().filter(backup).count(), 1);
}

#[test]
fn what_can_be_read_of_a_damaged_file_is_read_out() {
    let mut gallery = Gallery::new();
    let desk = Desk::with_built_in_decks(15, YESTERDAY);
    desk.study(YESTERDAY);
    let mut bytes = fs::read(desk.collection()).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 3 * 4096].fill(0x5a);
    fs::write(desk.collection(), &bytes).unwrap();
    let window = desk.open();
    window.until_heading("Your cards could not be opened.");
    window.click("Read out what can be read");
    window.until_shows("could be read.");
    window.until_focus("This could be read");
    gallery.look(&window, "trouble-salvaged");
    window.click("Go on with these cards");
    window.until("it is open", "return !document.body.innerText.includes('could not be opened')");
    let kept = fs::read_dir(desk.collection().parent().unwrap()).unwrap().flatten();
    let kept = kept.filter(|entry| fs::read(entry.path()).is_ok_and(|other| other == bytes));
    assert_eq!(kept.count(), 1, "the damaged file is kept beside it");
    desk.cli.assert_sound(&desk.now);
    gallery.leave();
}

#[test]
fn a_file_without_anything_to_read_says_so_and_is_left_alone() {
    let desk = studied();
    damage(&desk);
    let before = fs::read(desk.collection()).unwrap();
    let window = desk.open();
    window.until_heading("Your cards could not be opened.");
    window.click("Read out what can be read");
    window.until(
        "an answer",
        "return !!document.querySelector('[role=alert]') || !!document.querySelector('table')",
    );
    assert_eq!(fs::read(desk.collection()).unwrap(), before, "the file is as it was");
}

#[test]
fn a_window_closed_during_a_preview_leaves_no_staged_files() {
    const PACKAGE: &[u8] = include_bytes!("fixtures/picture.apkg");
    let desk = studied();
    let file = desk.file("picture.apkg", PACKAGE);
    let staged = || {
        let entries = fs::read_dir(desk.path("temporary")).unwrap().flatten();
        entries
            .filter(|one| one.file_name().to_string_lossy().starts_with("cairn-scratch-"))
            .count()
    };
    let window = desk.open_today_with(&[file]);
    window.until_heading("This is what would happen");
    assert_eq!(staged(), 1, "its pictures wait beside the preview");
    window.close();
    assert_eq!(staged(), 0, "nothing of it is left");
}
