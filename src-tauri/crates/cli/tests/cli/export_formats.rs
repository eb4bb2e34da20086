//! Every format, written by the real binary and read back.

use std::fs;

use cairn_formats::{deck_markdown, json};
use serde_json::json;

use crate::protocol::finish;
use crate::support::*;

/// A course of two days: three cards answered on the first, again on the second.
fn studied() -> Home {
    let home = Home::with(THREE_KINDS);
    finish(&home, NOW, "good");
    finish(&home, &noon(1), "good");
    home
}

fn export(home: &Home, format: &str, out: &str, more: &[&str]) -> Said {
    let out = home.path(out);
    let command = ["export", "--format", format, "--out", text(&out)];
    home.run(&noon(1), &[&command[..], more].concat())
}

/// The rows of a table by the names of its columns, as a strict reader takes them.
fn table(home: &Home, name: &str) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let bytes = fs::read(home.path(name)).unwrap();
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark");
    let text = std::str::from_utf8(text).unwrap();
    let mut lines = text.split_terminator("\r\n").map(|line| line.split(',').collect::<Vec<_>>());
    let names = lines.next().unwrap();
    lines
        .map(|cells| {
            assert_eq!(cells.len(), names.len(), "no cell of this deck needs quotes: {cells:?}");
            names.iter().zip(cells).map(|(name, cell)| ((*name).into(), cell.into())).collect()
        })
        .collect()
}

#[test]
fn tables_hold_every_card_and_every_answer() {
    let home = studied();
    let said = export(&home, "csv", "tables", &["--json"]).ok().json();
    assert_eq!((&said["cards"], &said["notes"], &said["decks"]), (&json!(3), &json!(3), &json!(1)));
    assert_eq!((&said["answers"], &said["files"].as_array().unwrap().len()), (&json!(6), &2));
    let (cards, reviews) = (table(&home, "tables/cards.csv"), table(&home, "tables/reviews.csv"));
    assert_eq!((cards.len(), reviews.len()), (3, 6));
    let mutual = &cards[0];
    assert_eq!(mutual["question"], "What does mutual mean?");
    assert_eq!(mutual["answer"], "Each person gives and receives.");
    assert_eq!((&mutual["state"], &mutual["answers"]), (&json!("review"), &json!("2")));
    assert_eq!((&mutual["due"], &mutual["last_answered"]), (&json!(day(7)), &json!(day(1))));
    assert_eq!((&mutual["interval_days"], &mutual["ease"]), (&json!("6"), &json!("2.50")));
    let of_card =
        reviews.iter().filter(|row| row["card_id"] == mutual["card_id"]).collect::<Vec<_>>();
    assert_eq!((&of_card[0]["day"], &of_card[0]["new_card"]), (&json!(day(0)), &json!("yes")));
    assert_eq!(
        (&of_card[1]["grade_word"], &of_card[1]["remembered"]),
        (&json!("Good"), &json!("yes"))
    );
    let at = of_card[1]["answered_at"].as_str().unwrap();
    assert!(at.starts_with(&format!("{}T12:", day(1))) && at.ends_with("-08:00"), "{at}");
    home.is_sound();
}

#[test]
fn days_limit_the_table_of_answers() {
    let home = studied();
    let more = ["--from", &day(1), "--to", &day(1)];
    let said = export(&home, "csv", "tables", &more).ok();
    assert!(said.out.contains("3 cards, 3 rows of history\n"), "{said:?}");
    assert!(said.out.contains("cards.csv\n") && said.out.contains("reviews.csv\n"), "{said:?}");
    assert!(table(&home, "tables/reviews.csv").iter().all(|row| row["day"] == day(1)));
    let cards = table(&home, "tables/cards.csv");
    assert!(cards.iter().all(|card| card["answers"] == "2"), "cards count all of theirs");
}

#[test]
fn a_calendar_holds_the_days_to_come_and_no_card_text() {
    let home = studied();
    export(&home, "ics", "days.ics", &[]).ok();
    let calendar = fs::read_to_string(home.path("days.ics")).unwrap();
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n") && calendar.ends_with("END:VCALENDAR\r\n"));
    assert!(calendar.contains("SUMMARY:3 cards ready\r\n"), "{calendar}");
    assert!(calendar.contains("DTSTART;VALUE=DATE:20261128\r\n"), "six days on: {calendar}");
    assert!(calendar.contains("DTSTAMP:20261122T20"), "{calendar}");
    assert!(!calendar.to_lowercase().contains("mutual"));
    let again = home.path("again.ics");
    let command = ["export", "--format", "ics", "--out", text(&again)];
    home.run(&noon(2), &command).ok();
    let uids = |calendar: &str| -> Vec<String> {
        calendar.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    assert_eq!(uids(&fs::read_to_string(again).unwrap()), uids(&calendar), "the same events");
}

#[test]
fn a_calendar_of_nothing_is_not_written() {
    let home = Home::with(THREE_KINDS);
    let before = home.files();
    export(&home, "ics", "days.ics", &[]).fails(1, &["nothing to write", "no exam date"]);
    assert_eq!(home.files(), before);
}

#[test]
fn a_report_is_one_page_with_a_name_and_without_card_text() {
    let home = studied();
    let more = ["--name", "Ana <Ruiz>", "--from", &day(0), "--to", &day(1), "--json"];
    let said = export(&home, "report", "report.html", &more).ok().json();
    assert_eq!((&said["answers"], &said["cards"]), (&json!(6), &json!(3)));
    let page = fs::read_to_string(home.path("report.html")).unwrap();
    assert!(page.contains("Ana &lt;Ruiz&gt;"), "the name, escaped");
    assert!(!page.contains("mutual"), "no card text unless asked for");
}

#[test]
fn a_report_quotes_cards_only_when_asked() {
    let home = Home::with(THREE_KINDS);
    for (day, grade) in [(0, "good"), (1, "again"), (2, "again")] {
        finish(&home, &noon(day), grade);
    }
    for (name, more, quotes) in
        [("plain.html", &[][..], false), ("quoted.html", &["--card-text"], true)]
    {
        let out = home.path(name);
        let command = ["export", "--format", "report", "--out", text(&out)];
        home.run(&noon(2), &[&command[..], more].concat()).ok();
        let page = fs::read_to_string(out).unwrap();
        assert_eq!(page.contains("mutual"), quotes, "a card that was missed twice: {name}");
    }
}

#[test]
fn json_holds_everything_and_comes_out_the_same() {
    let home = studied();
    export(&home, "json", "all.json", &[]).ok();
    let bytes = fs::read(home.path("all.json")).unwrap();
    assert_eq!(json::parse(&bytes).unwrap().decks[0].notes.len(), 3);
    export(&home, "json", "again.json", &["--without-media"]).ok();
    assert_eq!(
        fs::read(home.path("again.json")).unwrap(),
        bytes,
        "there are no media to leave out"
    );
}

#[test]
fn an_anki_package_comes_back_with_its_cards() {
    let home = studied();
    let said = export(&home, "apkg", "all.apkg", &["--json"]).ok().json();
    assert_eq!((&said["format"], &said["cards"]), (&json!("apkg"), &json!(3)));
    assert_ne!(said["answers"], 0);
    let other = Home::empty();
    let report =
        other.run(&noon(1), &["import", text(&home.path("all.apkg")), "--json"]).ok().json();
    assert_eq!(report["added"], 3, "{report}");
    assert_eq!(report["scheduled"], 3, "{report}");
    let plain = export(&home, "apkg", "plain.apkg", &["--without-progress", "--json"]).ok().json();
    assert_eq!((&plain["cards"], &plain["answers"]), (&json!(3), &json!(0)));
}

#[test]
fn one_deck_is_a_text_and_several_are_a_folder_of_them() {
    let home = studied();
    export(&home, "md", "small.md", &["--deck", "Small deck"]).ok();
    let deck = deck_markdown::parse(&fs::read_to_string(home.path("small.md")).unwrap()).unwrap();
    assert_eq!((deck.decks[0].id.as_str(), deck.decks[0].notes.len()), ("small", 3));
    home.import(basics(5, "")).ok();
    let said = export(&home, "md", "texts", &["--json"]).ok().json();
    assert_eq!(
        (&said["decks"], &said["notes"], &said["answers"]),
        (&json!(2), &json!(8), &json!(0))
    );
    let mut names: Vec<String> = fs::read_dir(home.path("texts"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["plain-deck.md", "small-deck.md"]);
    let other = Home::empty();
    let report = other.run(NOW, &["import", text(&home.path("texts")), "--json"]).ok().json();
    assert_eq!(report["added"], 8, "{report}");
}
