use std::fs;

use rstest::rstest;

use crate::support::*;

#[test]
fn a_new_collection_holds_the_programs_own_decks() {
    let home = Home::bare();
    let made = home.run(NOW, &["create", "--json"]).ok().json();
    assert_eq!(made["collection"], text(&home.collection));
    assert!(made["notes"].as_u64().unwrap() >= 93, "{made}");
    let due = home.run(NOW, &["due", "--json"]).ok().json();
    assert_eq!(due["decks"].as_array().map(Vec::len), Some(10));
    assert_eq!(due["decks"][1]["id"], "lived-experience");
    assert_eq!(due["total"]["new"], 15, "15 new cards a day unless one says otherwise");
    home.is_sound();
}

#[test]
fn an_empty_collection_has_no_cards_and_never_gets_the_programs_own() {
    let home = Home::bare();
    let said = home.run(NOW, &["create", "--empty"]).ok();
    assert!(said.out.ends_with(": 0 notes\n"), "{said:?}");
    assert_eq!(home.counts(NOW), [0, 0, 0]);
    assert_eq!(home.run(NOW, &["stats", "--json"]).ok().json()["cards"], 0);
    home.is_sound();
}

#[rstest]
#[case::none("0", 0)]
#[case::seven("7", 7)]
#[case::more_than_there_are("9999", 20)]
fn the_limit_of_new_cards_holds(#[case] limit: &str, #[case] new: u64) {
    let home = Home::bare();
    home.run(NOW, &["create", "--empty", "--new-limit", limit]).ok();
    home.import(basics(20, "")).ok();
    assert_eq!(home.counts(NOW), [new, 0, 0]);
}

#[rstest]
#[case::a_billion("1000000000", 1, "is not between 0 and 9999")]
#[case::just_over("10000", 1, "is not between 0 and 9999")]
#[case::more_than_a_number_holds("5000000000", 2, "--new-limit")]
#[case::negative("-1", 2, "-1")]
#[case::a_word("many", 2, "--new-limit")]
fn a_limit_out_of_bounds_makes_nothing(#[case] limit: &str, #[case] code: i32, #[case] says: &str) {
    let home = Home::bare();
    home.run(NOW, &["create", "--new-limit", limit]).fails(code, &[says]);
    assert!(home.files().is_empty(), "a refused wish leaves nothing behind");
}

#[rstest]
#[case::a_text(b"Dear diary, nothing happened.".as_slice())]
#[case::nothing_in_it(b"".as_slice())]
fn a_file_that_is_there_is_left_untouched(#[case] bytes: &[u8]) {
    let home = Home::bare();
    fs::write(&home.collection, bytes).unwrap();
    let before = home.files();
    home.run(NOW, &["create"]).fails(
        1,
        &["there is already something at", text(&home.collection), "Choose another path"],
    );
    assert_eq!(home.files(), before);
}

#[test]
fn a_collection_that_is_there_is_left_untouched() {
    let home = Home::with(THREE_KINDS);
    let before = home.files();
    home.run(NOW, &["create"]).fails(1, &["there is already something at"]);
    home.run(NOW, &["create", "--empty", "--new-limit", "3"]).fails(1, &["already"]);
    assert_eq!(home.files(), before);
}

#[test]
fn missing_folders_are_made() {
    let mut home = Home::bare();
    home.collection = home.path("new/deeper/collection.cairn");
    home.run(NOW, &["create", "--empty"]).ok();
    home.is_sound();
}

#[test]
fn a_path_that_cannot_be_written_says_what_to_do() {
    let mut home = Home::bare();
    home.write("a-file", "x");
    home.collection = home.path("a-file/collection.cairn");
    let before = home.files();
    let said = home.run(NOW, &["create"]);
    said.fails(1, &[text(&home.collection), "can't be written", "choose another place"]);
    assert_eq!(home.files(), before);
}

#[test]
fn the_collection_may_be_named_by_the_environment() {
    let home = Home::bare();
    let mut command = binary();
    command.env("CAIRN_COLLECTION", &home.collection).args(["create", "--empty"]);
    Said::of(command.output().unwrap()).ok();
    home.is_sound();
}

/// A test build has the development program's collection, never a person's own.
#[test]
#[cfg(target_os = "linux")]
fn without_a_path_it_is_the_desktop_programs_collection() {
    let home = Home::bare();
    let mut command = binary();
    command.env("XDG_DATA_HOME", home.path("data")).args(["create", "--empty", "--json"]);
    let made = Said::of(command.output().unwrap()).ok().json();
    let folder = if cfg!(debug_assertions) { "Cairn-development" } else { "Cairn" };
    let expected = home.path("data").join(folder).join("collection.cairn");
    assert_eq!(made["collection"], text(&expected));
    assert!(expected.exists());
}
