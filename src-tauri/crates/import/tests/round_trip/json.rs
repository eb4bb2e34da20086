use std::fs;
use std::path::Path;

use cairn_core::package::Package;
use cairn_export::view::Format;
use cairn_store::{Collection, Intake, Settings};
use proptest::prelude::*;
use tempfile::TempDir;

use super::life::{Deed, live, staging, take_in};
use super::strategies::{self, FILES};
use super::{empty, export, import, noon};

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn json_of(collection: &Collection, folder: &Path, name: &str) -> String {
    let out = folder.join(name);
    export(collection, Format::Json, &out, None);
    fs::read_to_string(out).unwrap()
}

/// A collection with the program's own deck and a package, lived in.
fn lived(content: &Package, package: &Package, deeds: &[Deed]) -> (TempDir, Collection) {
    let (folder, mut collection) = empty();
    let staging = staging(&FILES);
    take_in(&mut collection, content, Intake::BuiltIn, &staging);
    take_in(&mut collection, package, Intake::Import, &staging);
    live(&mut collection, deeds);
    (folder, collection)
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn out_in_and_out_again_gives_the_same_bytes(
        content in strategies::content_deck(),
        package in strategies::package(),
        deeds in strategies::deeds(),
    ) {
        let content = Package { decks: vec![content], ..Package::default() };
        let (folder, collection) = lived(&content, &package, &deeds);
        let first = json_of(&collection, folder.path(), "first.json");
        let (_folder, mut other) = empty();
        let done = import(&mut other, folder.path().join("first.json"));
        prop_assert_eq!(&done.problems, &vec![], "{}", first);
        let second = json_of(&other, folder.path(), "second.json");
        prop_assert_eq!(first, second);
        prop_assert_eq!(other.settings(), collection.settings());
        let again = import(&mut other, folder.path().join("second.json"));
        prop_assert_eq!(again.operation, 0, "the same file a second time changes nothing");
    }
}

#[test]
fn settings_are_taken_where_none_was_chosen_and_undo_gives_them_back() {
    let (folder, mut from) = empty();
    let wanted = Settings {
        new_per_day: 7,
        text_size_percent: 150,
        exam_date: "2026-11-30".parse().ok(),
        ..Settings::default()
    };
    from.save_settings(&wanted, noon(0)).unwrap();
    from.set_catch_up(Some(30), noon(0)).unwrap();
    let json = json_of(&from, folder.path(), "a.json");
    let faulty =
        json.replace("\"text_size_percent\": 150", "\"text_size_percent\": 5000,\n\"colour\": 1");
    fs::write(folder.path().join("b.json"), faulty).unwrap();
    let (_folder, mut to) = empty();
    let mine = Settings { new_per_day: 3, ..Settings::default() };
    to.save_settings(&mine, noon(0)).unwrap();
    let done = import(&mut to, folder.path().join("b.json"));
    assert_eq!(done.counts.settings, 2, "the exam's day, long past by then, and the catch-up");
    assert_eq!(*to.settings(), Settings { exam_date: wanted.exam_date, ..mine.clone() });
    let told: Vec<&str> = done.problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(done.unreadable, 2);
    assert!(told[0].contains("“colour” is not known here"), "{told:?}");
    assert!(told[1].contains("5000 is not between 80 and 200"), "{told:?}");
    to.undo(noon(91)).unwrap();
    assert_eq!(*to.settings(), mine);
}

#[test]
fn a_setting_that_was_chosen_after_an_import_stays_when_the_import_is_taken_back() {
    let (folder, mut from) = empty();
    let wanted = Settings { new_per_day: 7, six_grades: true, ..Settings::default() };
    from.save_settings(&wanted, noon(0)).unwrap();
    json_of(&from, folder.path(), "a.json");
    let (_folder, mut to) = empty();
    let done = import(&mut to, folder.path().join("a.json"));
    let chosen = Settings { new_per_day: 9, ..wanted };
    to.save_settings(&chosen, noon(91)).unwrap();
    to.take_back_import(done.operation, noon(92)).unwrap();
    assert_eq!(*to.settings(), Settings { new_per_day: 9, ..Settings::default() });
}

#[test]
fn one_deck_brings_no_settings() {
    let (folder, mut from) = empty();
    let wanted = Settings { new_per_day: 7, ..Settings::default() };
    from.save_settings(&wanted, noon(0)).unwrap();
    let deck = "---\nid: d\ntitle: D\n---\n\n## basic: a\n\nQ\n\n---\n\nA\n";
    fs::write(folder.path().join("d.md"), deck).unwrap();
    import(&mut from, folder.path().join("d.md"));
    let out = folder.path().join("d.json");
    export(&from, Format::Json, &out, Some("d"));
    assert!(!fs::read_to_string(out).unwrap().contains("settings"));
}
