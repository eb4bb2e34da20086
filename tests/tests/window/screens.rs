//! A walk through every screen and dialog; see [`Gallery`] for what is looked at.

use crate::absence::back_after_absence;
use crate::desk::Desk;
use crate::gallery::Gallery;
use crate::review::YESTERDAY;
use crate::trouble::{damage, with_snapshot};
use crate::window::Window;

const NAV: &str = "return !!document.querySelector('nav')";

#[test]
fn the_welcome_today_settings_and_help_are_accessible() {
    let mut gallery = Gallery::new();
    let desk = Desk::new();
    let window = desk.open();
    window.until_heading("Welcome. This is Cairn.");
    gallery.look(&window, "welcome-1");
    window.click("Next");
    window.until_heading("Do you know your exam date?");
    gallery.look(&window, "welcome-2");
    window.choose("Month", "1");
    window.fill("Day", "21");
    window.fill("Year", "2027");
    window.click("Next");
    window.until_heading("How many new cards a day?");
    gallery.look(&window, "welcome-3");
    window.click("Go to Today");
    window.until("Today", NAV);
    window.until_shows("15 new cards");
    gallery.look(&window, "today");
    window.click("Help");
    window.until_heading("Help");
    gallery.look(&window, "help");
    window.click("Settings");
    window.until_heading("Settings");
    gallery.look(&window, "settings");
    for (part, section) in ["settings-cards", "settings-look", "settings-keys"].iter().zip(2..) {
        window.ask(&format!(
            "document.querySelectorAll('section')[{section}].scrollIntoView(); return true;"
        ));
        gallery.look(&window, part);
    }
    window.click("Today");
    window.until_shows("15 new cards");
    gallery.leave();
}

#[test]
fn the_other_faces_of_today_and_trouble_are_accessible() {
    let mut gallery = Gallery::new();
    let desk = Desk::with_built_in_decks(15, YESTERDAY);
    desk.study("2026-11-21T07:00:00-08:00");
    let window = desk.open_today();
    window.until_shows("Nothing more is ready today.");
    gallery.look(&window, "today-empty");
    window.close();

    let desk = back_after_absence();
    let window = desk.open_today();
    window.until_shows("Spread them out");
    gallery.look(&window, "today-back-after-absence");
    window.click("Spread them out");
    window.until_shows("Catching up");
    gallery.look(&window, "today-catching-up");
    window.close();

    with_snapshot(&desk);
    damage(&desk);
    let window = desk.open();
    window.until_heading("Your cards could not be opened.");
    gallery.look(&window, "trouble");
    gallery.leave();
}

#[test]
fn review_its_dialogs_and_done_are_accessible() {
    let mut gallery = Gallery::new();
    let desk = Desk::with_built_in_decks(15, YESTERDAY);
    desk.study(YESTERDAY);
    let window = desk.open_today();
    window.begin();
    let mut todo = vec!["review-new", "review-back", "choice-right", "drill"];
    while !todo.is_empty() {
        let seen = show(&mut gallery, &window, &todo);
        todo.retain(|scene| Some(*scene) != seen);
    }
    window.press(&["Escape"]);
    window.until("Today", NAV);
    window.click("a short sitting of 10");
    window.until("a card is there", "return !!document.querySelector('article')");
    while window.has_card() {
        // Which option is best is not for this test to know.
        if window.is_choosing() {
            window.not_today();
        } else {
            window.answer_well();
        }
    }
    gallery.look(&window, "done");
    gallery.leave();
}

/// Looks at the open card if that is still to do, answers it, and says what was seen.
fn show(gallery: &mut Gallery, window: &Window, todo: &[&str]) -> Option<&'static str> {
    let kind = if window.is("See again") {
        "drill"
    } else if window.is_choosing() {
        "choice-right"
    } else if window.is("New to you") {
        "review-new"
    } else {
        "review-back"
    };
    let wanted = todo.contains(&kind);
    match kind {
        "choice-right" if wanted => show_choice(gallery, window),
        "choice-right" => window.not_today(),
        "review-new" => {
            if wanted {
                gallery.look(window, kind);
            }
            window.grade("3");
        }
        "review-back" => {
            if wanted {
                show_card(gallery, window);
            } else {
                window.act(&["Space"]);
            }
            // Again, so that the drill has something to show.
            window.grade("1");
        }
        _ => {
            if window.is_choosing() {
                window.act(&["a"]);
                window.act(&["Enter"]);
            } else {
                window.act(&["Space"]);
            }
            if wanted {
                gallery.look(window, kind);
            }
            window.grade("Space");
        }
    }
    wanted.then_some(kind)
}

fn show_card(gallery: &mut Gallery, window: &Window) {
    gallery.look(window, "review-front");
    window.act(&["Space"]);
    gallery.look(window, "review-back");
    window.press(&["."]);
    window.until_focus("Edit");
    gallery.look(window, "more-menu");
    window.press(&["Escape"]);
    for (key, title, scene) in [
        ("e", "Edit this card", "edit"),
        ("o", "Where this comes from", "origin"),
        ("?", "Keys and help", "help-dialog"),
        ("9", "In a hard moment", "crisis"),
    ] {
        window.press(&[key]);
        window.until_heading(title);
        window.until(
            "its content",
            "return !document.querySelector('dialog').innerText.includes('Getting the text')",
        );
        gallery.look(window, scene);
        window.press(&["Escape"]);
        window.until("the dialog is gone", "return !document.querySelector('dialog')");
    }
}

/// Shows a choice open, then wrong, then right; leaving in between forgets the pick.
fn show_choice(gallery: &mut Gallery, window: &Window) {
    gallery.look(window, "choice-open");
    window.act(&["a"]);
    window.act(&["Enter"]);
    let right = window.text("li.option.right .letter").to_lowercase();
    let wrong = if right == "a" { "b" } else { "a" };
    for (letter, scene) in [(wrong, "choice-wrong"), (right.as_str(), "choice-right")] {
        window.press(&["Escape"]);
        window.until("Today", NAV);
        window.begin();
        window.act(&[letter]);
        window.act(&["Enter"]);
        gallery.look(window, scene);
    }
    window.grade("3");
}
