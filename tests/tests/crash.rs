//! Kills at any moment prove that every act is atomic and durable.
//!
//! # Context
//! "Close the window in the middle of a review, kill the process: every acknowledged answer is
//! there." The real program is killed with SIGKILL, in reviews, imports and while a collection is
//! made, and then asked what it knows.
//!
//! # Design
//! The moment of a kill is chosen by counting what the program does (events of the line protocol,
//! bytes of the write-ahead log) plus a random short spin, from fixed seeds; nothing sleeps. A kill
//! leaves the system's page cache alone: this shows atomicity, and that an acknowledgement comes
//! after the commit. It can't show what a loss of power does; for that there is `synchronous=FULL`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use std::fs;

use cairn_tests::{Chance, Cli, Course, KillWhen, Killed, Review, noon};
use rstest::rstest;
use serde_json::Value;
use tempfile::TempDir;

/// A deck of so many notes with two cards each; `mark` stands in every question.
fn deck(notes: usize, mark: &str) -> String {
    let cards: String = (0..notes)
        .map(|n| {
            format!(
                "\n## basic: n{n}\nboth-ways: yes\n\nQuestion {n} {mark}?\n\n---\n\nAnswer {n}.\n"
            )
        })
        .collect();
    format!("---\nid: plain\ntitle: Plain deck\n---\n{cards}")
}

/// A folder of its own with a collection in it.
struct Home {
    folder: TempDir,
    cli: Cli,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let cli = Cli::new(folder.path().join("collection.cairn"));
        Self { folder, cli }
    }

    fn create(&self) {
        self.cli.text(&noon(0, 0), &["create", "--empty", "--new-limit", "9999"]);
    }

    /// Writes a deck; gives its path.
    fn deck(&self, notes: usize, mark: &str) -> String {
        let path = self.folder.path().join(format!("{mark}.md"));
        fs::write(&path, deck(notes, mark)).unwrap();
        path.into_os_string().into_string().unwrap()
    }

    /// Imports a deck to the end; gives `added`, `updated` and `unchanged`.
    fn import(&self, path: &str) -> [u64; 3] {
        let report = self.cli.json(&noon(0, 0), &["import", path]);
        ["added", "updated", "unchanged"].map(|key| report[0][key].as_u64().unwrap())
    }
}

/// A row of the log, as far as a client of the protocol can know it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    card: String,
    grade: u64,
    drill: bool,
    voided: bool,
}

/// Something that a person did.
#[derive(Debug, Clone)]
enum Act {
    Answer(Row),
    Undo,
}

/// What the log must hold.
#[derive(Debug, Clone, Default)]
struct Book {
    rows: Vec<Row>,
}

impl Book {
    fn write(&mut self, act: Act) {
        match act {
            Act::Answer(row) => self.rows.push(row),
            Act::Undo => {
                let last = self.rows.iter_mut().rev().find(|row| !row.voided);
                last.expect("there is an answer to take back").voided = true;
            }
        }
    }

    fn with(&self, act: Act) -> Self {
        let mut book = self.clone();
        book.write(act);
        book
    }

    fn read(cli: &Cli, now: &str) -> Vec<Row> {
        let row = |entry: &Value| Row {
            card: entry["card"].as_str().unwrap().to_owned(),
            grade: entry["grade"].as_u64().unwrap(),
            drill: entry["kind"] == "drill",
            voided: entry["voided"].as_bool().unwrap(),
        };
        cli.json(now, &["log"]).iter().map(row).collect()
    }
}

/// The line that does something next, and what it does.
fn next_act(card: &Value, book: &Book, chance: &mut Chance) -> (&'static str, Act) {
    let something_stands = book.rows.iter().any(|row| !row.voided);
    if something_stands && chance.below(4) == 0 {
        return ("undo", Act::Undo);
    }
    let drill = card["drill"].as_bool().unwrap();
    let grades: &[(&str, u64)] = match drill {
        true => &[("again", 1), ("good", 4)],
        false => &[("again", 1), ("hard", 3), ("good", 4), ("easy", 5)],
    };
    let (word, grade) = *chance.pick(grades);
    let card = card["card"].as_str().unwrap().to_owned();
    (word, Act::Answer(Row { card, grade, drill, voided: false }))
}

/// When a review is killed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Moment {
    /// While it starts.
    Starting,
    /// While a card waits for its answer.
    Waiting,
    /// Just after an answer was written, before its acknowledgement was read.
    Answering,
    /// Just after an acknowledgement was read.
    Acknowledged,
}

/// What a killed review leaves to be looked at.
struct Left {
    /// An act without an acknowledgement: it is there wholly, or not at all.
    pending: Option<Act>,
    /// The token of the card that was shown when nothing was pending.
    shown: Option<Value>,
}

/// One review up to its kill. `book` takes what was acknowledged.
fn killed_review(cli: &Cli, now: &str, book: &mut Book, chance: &mut Chance) -> Left {
    use Moment::{Acknowledged, Answering, Starting, Waiting};
    let moment = *chance.pick(&[Starting, Waiting, Answering, Answering, Answering, Acknowledged]);
    let mut review = Review::begin(cli, now);
    let mut left = Left { pending: None, shown: None };
    if moment == Starting {
        chance.spin(10_000);
        review.kill();
        return left;
    }
    for _ in 0..chance.below(6) {
        let card = review.expect("card");
        let (line, act) = next_act(&card, book, chance);
        review.say(line).unwrap();
        review.expect(if line == "undo" { "undone" } else { "answered" });
        book.write(act);
    }
    let card = review.expect("card");
    if moment == Waiting {
        chance.spin(1000);
        left.shown = Some(card["token"].clone());
        assert_eq!(review.kill(), [Value::Null; 0], "a waiting program says nothing");
        return left;
    }
    let (line, act) = next_act(&card, book, chance);
    review.say(line).unwrap();
    left.pending = Some(act);
    let mut said = Vec::new();
    if moment == Acknowledged {
        said.push(review.expect(if line == "undo" { "undone" } else { "answered" }));
    }
    chance.spin(5000);
    said.extend(review.kill());
    for event in said {
        match event["event"].as_str().unwrap() {
            "answered" | "undone" => book.write(left.pending.take().expect("said once")),
            "card" => left.shown = Some(event["token"].clone()),
            other => panic!("nothing else was asked for: {other}"),
        }
    }
    left
}

/// Seventeen kills on one collection, four a day.
#[rstest]
fn no_kill_in_a_review_loses_or_halves_an_answer(#[values(1, 2, 3, 4)] seed: u64) {
    let mut chance = Chance::new(seed);
    let home = Home::new();
    home.create();
    home.import(&home.deck(200, "old"));
    let cli = &home.cli;
    let mut book = Book::default();
    let (mut pending, mut landed) = (0, 0);
    for kill in 0..17 {
        let now = noon(kill / 4, 10 * kill);
        let left = killed_review(cli, &now, &mut book, &mut chance);
        cli.assert_sound(&now);
        let log = Book::read(cli, &now);
        if let Some(act) = left.pending {
            pending += 1;
            let with = book.with(act);
            if log == with.rows {
                landed += 1;
                book = with;
            }
        }
        assert_eq!(
            log, book.rows,
            "seed {seed}, kill {kill}: every acknowledged act is in the log, and at most the one \
             that was under way besides"
        );
        if let Some(token) = left.shown {
            let first = Review::begin(cli, &now).expect("card");
            assert!(
                first["token"] == token || first["drill"] == true,
                "seed {seed}, kill {kill}: the sitting goes on with the card that was shown"
            );
        }
    }
    println!("{} rows; of {pending} acts under way {landed} had been saved", book.rows.len());
    assert!(book.rows.len() >= 20, "there was something to lose");
}

/// By turns in the middle of the commit and anywhere.
fn moment(turn: u64) -> KillWhen {
    if turn.is_multiple_of(2) { KillWhen::Committing } else { KillWhen::Anywhere }
}

const NOTES: usize = 1500;

/// Ten kills in imports of 3,000 cards, each on a fresh copy of the same collection.
#[rstest]
#[case::new_cards(11, false)]
#[case::new_text_for_cards_that_are_there(12, true)]
fn a_killed_import_is_there_wholly_or_not_at_all(#[case] seed: u64, #[case] over_older: bool) {
    let mut chance = Chance::new(seed);
    let all = NOTES as u64;
    let first = Home::new();
    first.create();
    if over_older {
        first.import(&first.deck(NOTES, "old"));
    }
    let fresh = || {
        let home = Home::new();
        fs::copy(first.cli.collection(), home.cli.collection()).unwrap();
        home
    };
    let now = noon(0, 0);
    let path = first.deck(NOTES, "new");
    let args = ["import", path.as_str(), "--json"];
    let course = Course::of(&fresh().cli, &now, &args);
    let not_at_all = if over_older { [0, all, 0] } else { [all, 0, 0] };
    let wholly = [0, 0, all];
    let (mut kills, mut landed) = (0, 0);
    for turn in 0.. {
        let home = fresh();
        let Killed { said, running } = course.kill(&home.cli, moment(turn), &mut chance);
        home.cli.assert_sound(&now);
        let again = home.import(&path);
        assert!(
            again == wholly || again == not_at_all,
            "seed {seed}, turn {turn}: the import is there wholly or not at all: {again:?}"
        );
        assert!(said.is_empty() || again == wholly, "what was reported is there: {said}");
        kills += u64::from(running);
        landed += u64::from(running && again == wholly);
        if kills == 10 {
            home.cli.assert_sound(&now);
            break;
        }
        assert!(turn < 40, "the kills come before the end");
    }
    println!("of {kills} killed imports {landed} had been saved; one takes {:?}", course.takes());
}

#[test]
fn a_killed_create_leaves_nothing_or_a_whole_collection() {
    let mut chance = Chance::new(21);
    let now = noon(0, 0);
    let args = ["create", "--new-limit", "7", "--json"];
    let whole = Home::new();
    let course = Course::of(&whole.cli, &now, &args);
    let cards = |cli: &Cli| cli.json(&now, &["stats"])[0]["cards"].as_u64().unwrap();
    let all = cards(&whole.cli);
    let (mut kills, mut nothing, mut landed) = (0, 0, 0);
    for turn in 0.. {
        let home = Home::new();
        let cli = &home.cli;
        let Killed { said, running } = course.kill(cli, moment(turn), &mut chance);
        kills += u64::from(running);
        if cli.collection().exists() {
            cli.assert_sound(&now);
            let there = cards(cli);
            assert_eq!(there, all, "turn {turn}: what is there is whole");
            landed += u64::from(running);
        } else {
            assert!(said.is_empty(), "turn {turn}: what was reported is there: {said}");
            nothing += 1;
            cli.text(&now, &args);
            assert_eq!(cards(cli), all, "turn {turn}: it can be made afterwards");
        }
        if kills == 10 {
            break;
        }
        assert!(turn < 60, "the kills come before the end");
    }
    println!("of {kills} killed creates {landed} were whole and {nothing} left nothing");
}
