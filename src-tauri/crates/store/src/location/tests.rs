use std::fs;

use super::*;
use crate::Collection;

const NOW: Moment = Moment { utc_ms: 1_795_262_400_000, offset_minutes: -480 };

fn later(minutes: i64) -> Moment {
    Moment { utc_ms: NOW.utc_ms + minutes * 60_000, ..NOW }
}

struct Computer {
    folder: tempfile::TempDir,
}

impl Computer {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    fn load(&self) -> Collections {
        Collections::load(&self.config())
    }

    fn make(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name).join("collection.cairn");
        drop(Collection::open(&path, NOW).unwrap());
        path
    }
}

#[test]
fn at_the_first_start_there_is_none() {
    let computer = Computer::new();
    assert_eq!(computer.load().last().unwrap(), None);
    assert_eq!(computer.load().list(), []);
}

#[test]
fn the_last_one_opened_is_remembered_over_a_restart() {
    let computer = Computer::new();
    let (ana, ben) = (computer.make("Ana"), computer.make("Ben"));
    let mut list = computer.load();
    list.remember(&ana, NOW).unwrap();
    list.remember(&ben, later(1)).unwrap();
    assert_eq!(computer.load().last().unwrap(), Some(ben));
    list.remember(&ana, later(2)).unwrap();
    let names: Vec<_> =
        computer.load().list().into_iter().map(|one| (one.name, one.last)).collect();
    assert_eq!(names, [("Ana".to_owned(), true), ("Ben".to_owned(), false)]);
}

#[test]
fn one_that_is_not_there_is_an_error_and_no_empty_one_is_made() {
    let computer = Computer::new();
    let ana = computer.make("Ana");
    computer.load().remember(&ana, NOW).unwrap();
    fs::rename(ana.parent().unwrap(), computer.folder.path().join("unplugged")).unwrap();
    let error = computer.load().last().unwrap_err();
    assert!(matches!(&error, Error::Missing(path) if *path == ana));
    let failure = error.failure(&ana);
    assert!(failure.message.contains("collection.cairn"), "{failure:?}");
    assert!(failure.hint.contains("disk"), "{failure:?}");
    assert!(!ana.exists(), "nothing was made in its place");
    let listed = &computer.load().list()[0];
    assert_eq!((listed.exists, listed.cards), (false, None));
}

#[test]
fn a_forgotten_one_keeps_its_file() {
    let computer = Computer::new();
    let ana = computer.make("Ana");
    let mut list = computer.load();
    list.remember(&ana, NOW).unwrap();
    list.forget(&ana).unwrap();
    assert_eq!(computer.load().last().unwrap(), None);
    assert!(ana.exists());
}

#[test]
fn a_name_of_ones_own_and_the_counts_are_listed() {
    let computer = Computer::new();
    let ana = computer.make("Ana");
    let mut list = computer.load();
    list.remember(&ana, NOW).unwrap();
    list.rename(&ana, " My cards ").unwrap();
    let listed = &computer.load().list()[0];
    assert_eq!(
        (listed.name.as_str(), listed.cards, listed.answers),
        ("My cards", Some(0), Some(0))
    );
    assert_eq!(listed.last_opened, "2026-11-21T04:00:00-08:00");
    list.remember(&ana, later(5)).unwrap();
    assert_eq!(computer.load().list()[0].name, "My cards", "opening it again keeps the name");
}

#[test]
fn a_list_that_can_not_be_read_is_kept_aside_and_counts_as_empty() {
    let computer = Computer::new();
    fs::create_dir(computer.config()).unwrap();
    fs::write(computer.config().join(FILE), "{ nonsense").unwrap();
    let mut list = computer.load();
    assert_eq!(list.list(), []);
    list.remember(&computer.make("Ana"), NOW).unwrap();
    let aside = computer.config().join("collections.json.unreadable");
    assert_eq!(fs::read_to_string(aside).unwrap(), "{ nonsense");
    assert_eq!(computer.load().list().len(), 1);
}

#[test]
fn what_another_program_remembered_meanwhile_stays() {
    let computer = Computer::new();
    let (ana, ben) = (computer.make("Ana"), computer.make("Ben"));
    let (mut one, mut other) = (computer.load(), computer.load());
    one.remember(&ana, NOW).unwrap();
    other.remember(&ben, later(1)).unwrap();
    assert_eq!(computer.load().list().len(), 2);
}

#[test]
fn what_is_asked_for_wins_over_the_list() {
    let chosen = PathBuf::from("/elsewhere/c.cairn");
    assert_eq!(collection_path(Some(chosen.clone()), true).unwrap(), chosen);
}
