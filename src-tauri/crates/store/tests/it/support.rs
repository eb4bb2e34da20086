//! A collection in a folder of its own, a deck to fill it, and a clock that tests set.

use std::path::PathBuf;

use cairn_core::day::Moment;
use cairn_core::note::{ChoiceOption, Content};
use cairn_core::package::{Facts, Package, PackageDeck, PackageNote};
use cairn_store::view::{Shown, Step};
use cairn_store::{Answer, Collection, Intake};
use chrono::DateTime;
use tempfile::TempDir;

pub fn at(rfc3339: &str) -> Moment {
    let time = DateTime::parse_from_rfc3339(rfc3339).unwrap();
    Moment { utc_ms: time.timestamp_millis(), offset_minutes: time.offset().local_minus_utc() / 60 }
}

/// Noon in California, so many days after 21 November 2026.
pub fn noon(days: i64) -> Moment {
    let mut moment = at("2026-11-21T12:00:00-08:00");
    moment.utc_ms += days * 86_400_000;
    moment
}

pub fn later(moment: Moment, seconds: i64) -> Moment {
    Moment { utc_ms: moment.utc_ms + seconds * 1000, ..moment }
}

pub fn basic(id: &str, front: &str, back: &str) -> PackageNote {
    let content = Content::Basic {
        front: front.into(),
        back: back.into(),
        both_ways: false,
        note: String::new(),
    };
    PackageNote::new(id, content, Facts::default())
}

pub fn cloze(id: &str, text: &str) -> PackageNote {
    let content = Content::Cloze { text: text.into(), note: String::new() };
    PackageNote::new(id, content, Facts::default())
}

pub fn choice(id: &str, stem: &str) -> PackageNote {
    let options = ["a", "b", "c", "d"].map(|option| ChoiceOption {
        id: option.into(),
        text: format!("Option {option}"),
        right: option == "b",
        reason: format!("Because of {option}."),
    });
    let content =
        Content::Choice { stem: stem.into(), options: options.into(), note: String::new() };
    PackageNote::new(id, content, Facts::default())
}

pub fn deck(id: &str, notes: Vec<PackageNote>) -> Package {
    let deck = PackageDeck {
        id: id.into(),
        title: format!("Deck {id}"),
        language: "en".into(),
        version: "1".into(),
        licence: String::new(),
        about: String::new(),
        sources: Vec::new(),
        notes,
    };
    Package { decks: vec![deck], ..Package::default() }
}

/// So many basic notes.
pub fn basics(count: usize) -> Vec<PackageNote> {
    (0..count).map(|n| basic(&format!("n{n}"), &format!("Question {n}?"), "Answer.")).collect()
}

/// A collection that lives as long as the test.
pub struct Home {
    pub folder: TempDir,
    pub path: PathBuf,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("collection.cairn");
        Self { folder, path }
    }

    /// A collection that holds nothing.
    pub fn empty() -> (Self, Collection) {
        let home = Self::new();
        let collection = home.open();
        (home, collection)
    }

    pub fn open(&self) -> Collection {
        Collection::open(&self.path, noon(0)).unwrap()
    }

    pub fn with(package: &Package) -> (Self, Collection) {
        let home = Self::new();
        let mut collection = home.open();
        collection.take_in(package, Intake::BuiltIn, "Cairn", noon(0)).unwrap();
        (home, collection)
    }
}

pub fn shown(step: &Step) -> &Shown {
    step.shown.as_ref().expect("a card is shown")
}

pub fn grade(collection: &mut Collection, step: &Step, grade: u8, now: Moment) -> Step {
    let answer = Answer { token: shown(step).token.clone(), grade, taken_ms: 4000, option: None };
    collection.answer(&answer, now).unwrap()
}

/// Answers everything that is left of the day with one grade (got it, in the drill).
pub fn finish_day(collection: &mut Collection, with: u8, day: i64) -> Vec<String> {
    let mut now = noon(day);
    let mut step = collection.begin(None, None, now).unwrap();
    let mut cards = Vec::new();
    while let Some(card) = &step.shown {
        cards.push(card.card.clone());
        let with = if card.outcomes.len() == 2 { 4 } else { with };
        now = later(now, 5);
        step = grade(collection, &step, with, now);
        assert!(cards.len() < 2000, "the day does not end");
    }
    cards
}

pub fn entries(collection: &Collection) -> Vec<cairn_store::LogEntry> {
    let mut found = Vec::new();
    collection
        .for_each_log_entry::<cairn_store::Error>(|entry| {
            found.push(entry);
            Ok(())
        })
        .unwrap();
    found
}
