//! `salvage`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::json;

use crate::protocol::finish;
use crate::support::*;

fn spoil(home: &Home, pages: std::ops::Range<usize>) {
    let mut bytes = fs::read(&home.collection).unwrap();
    bytes[pages.start * 4096..pages.end * 4096].fill(0xA5);
    fs::write(&home.collection, bytes).unwrap();
}

#[test]
fn a_file_without_its_first_page_gives_everything_else_and_stays_as_it_is() {
    let home = Home::with(&basics(40, ""));
    finish(&home, NOW, "good");
    let answers = home.log().len();
    spoil(&home, 0..1);
    let damaged = fs::read(&home.collection).unwrap();
    let new = home.path("rescued.cairn");
    let said = home.run(NOW, &["salvage", "--out", text(&new), "--json"]);
    assert_eq!(fs::read(&home.collection).unwrap(), damaged, "the damaged file stays as it is");
    let report = said.json();
    let read = |table: &str| {
        let tables = report["tables"].as_array().unwrap();
        tables.iter().find(|found| found["table"] == table).unwrap()["read"].as_u64().unwrap()
    };
    assert_eq!((read("note"), read("card"), read("review_log")), (40, 40, answers as u64));
    assert_eq!(report["after"]["ok"], true, "{report}");

    let mut rescued = home;
    rescued.collection = new;
    rescued.is_sound();
    assert_eq!(rescued.log().len(), answers);
}

#[test]
fn what_was_lost_is_told_in_plain_words() {
    let home = Home::with(&basics(300, "with quite a few words of its own to fill its page"));
    finish(&home, NOW, "good");
    let length = fs::metadata(&home.collection).unwrap().len() / 4096;
    let middle = usize::try_from(length).unwrap() / 2;
    spoil(&home, 12..middle);
    let said = home.run(NOW, &["salvage"]).fails(1, &[]).out;
    for words in ["were read and", "could not be (numbers ", "The damaged file was left as it is"] {
        assert!(said.contains(words), "{words:?} in {said}");
    }
    let folder = fs::read_dir(home.collection.parent().unwrap()).unwrap();
    let made: Vec<String> = folder
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with("collection.cairn.salvaged-"))
        .collect();
    assert_eq!(made.len(), 1, "one new file beside the old one: {made:?}");
}

#[test]
fn a_sound_collection_is_salvaged_whole() {
    let home = Home::with(THREE_KINDS);
    finish(&home, NOW, "good");
    let said = home.run(NOW, &["salvage"]).ok().out;
    assert!(said.contains("nothing is known to be lost"), "{said}");
}

#[test]
fn a_file_that_is_something_else_is_told() {
    let home = Home::bare();
    fs::write(&home.collection, "Dear diary").unwrap();
    let said = home.run(NOW, &["salvage", "--json"]).fails(1, &["not a Cairn collection"]).json();
    assert_eq!(said["code"], json!("not_a_collection"));
}

#[test]
fn the_new_file_takes_the_place_of_the_damaged_one() {
    let home = Home::with(&basics(40, ""));
    finish(&home, NOW, "good");
    let answers = home.log().len();
    spoil(&home, 0..1);
    let damaged = fs::read(&home.collection).unwrap();
    let report = home.run(NOW, &["salvage", "--replace", "--json"]).fails(1, &[]).json();
    assert_eq!((&report["replaced"], &report["path"]), (&json!(true), &json!(home.collection)));
    assert_eq!(fs::read(report["damaged"].as_str().unwrap()).unwrap(), damaged);
    home.is_sound();
    assert_eq!(home.log().len(), answers);

    let said = home.run(NOW, &["salvage", "--replace"]).ok().out;
    assert!(said.contains("The damaged file was kept as "), "{said}");
    let out = home.path("other.cairn");
    home.run(NOW, &["salvage", "--replace", "--out", text(&out)]).fails(2, &[]);
}

#[test]
fn nothing_is_replaced_while_somebody_studies_and_the_new_file_is_named() {
    let home = Home::with(THREE_KINDS);
    let mut command = home.command(NOW, &["review", "--json"]);
    let mut review = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(review.stdout.take().unwrap()).read_line(&mut first).unwrap();

    let new = format!("; what could be read is in {}.salvaged-", home.collection.display());
    home.run(NOW, &["salvage", "--replace"])
        .fails(1, &["another program is using the collection", &new]);
    review.kill().unwrap();
    review.wait().unwrap();
    home.is_sound();
}
