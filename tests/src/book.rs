//! What a log must hold, after what a client of the line protocol did.

use serde_json::Value;

use crate::chance::Chance;
use crate::cli::Cli;
use crate::review::Review;

/// A row of the log, as far as a client of the protocol can know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its card.
    pub card: String,
    /// The grade given.
    pub grade: u64,
    /// Whether it is of the drill.
    pub drill: bool,
    /// Whether it was taken back.
    pub voided: bool,
}

/// Something that a person did.
#[derive(Debug, Clone)]
pub enum Act {
    /// Answered a card.
    Answer(Row),
    /// Took the last act back.
    Undo,
}

/// What the log must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Book {
    /// Oldest first.
    pub rows: Vec<Row>,
}

impl Book {
    /// Takes in what was acknowledged.
    ///
    /// # Panics
    /// When there is no answer to take back.
    pub fn write(&mut self, act: Act) {
        match act {
            Act::Answer(row) => self.rows.push(row),
            Act::Undo => {
                let last = self.rows.iter_mut().rev().find(|row| !row.voided);
                last.expect("there is an answer to take back").voided = true;
            }
        }
    }

    /// The book with one act more.
    pub fn with(&self, act: Act) -> Self {
        let mut book = self.clone();
        book.write(act);
        book
    }

    /// The book after all that was acknowledged in the words of a review.
    ///
    /// # Panics
    /// When a whole line is not JSON.
    pub fn with_all(&self, said: &str) -> Self {
        let mut book = self.clone();
        let mut drill = false;
        for line in said.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            let event: Value = serde_json::from_str(line).expect("a whole line is JSON");
            match event["event"].as_str() {
                Some("card") => drill = event["drill"] == true,
                Some("answered") => {
                    let card = event["card"].as_str().expect("a card").to_owned();
                    let grade = event["grade"].as_u64().expect("a grade");
                    book.write(Act::Answer(Row { card, grade, drill, voided: false }));
                }
                Some("undone") => book.write(Act::Undo),
                _ => {}
            }
        }
        book
    }

    /// What the log of a collection holds.
    ///
    /// # Panics
    /// When it can't be read.
    pub fn of(cli: &Cli, now: &str) -> Self {
        let row = |entry: &Value| Row {
            card: entry["card"].as_str().expect("a card").to_owned(),
            grade: entry["grade"].as_u64().expect("a grade"),
            drill: entry["kind"] == "drill",
            voided: entry["voided"].as_bool().expect("a word"),
        };
        Self { rows: cli.json(now, &["log"]).iter().map(row).collect() }
    }
}

/// The line that does something next, and what it does.
///
/// # Panics
/// When the card is none.
pub fn next_act(card: &Value, book: &Book, chance: &mut Chance) -> (&'static str, Act) {
    let something_stands = book.rows.iter().any(|row| !row.voided);
    if something_stands && chance.below(4) == 0 {
        return ("undo", Act::Undo);
    }
    let drill = card["drill"].as_bool().expect("a card says whether it is of the drill");
    let grades: &[(&str, u64)] = match drill {
        true => &[("again", 1), ("good", 4)],
        false => &[("again", 1), ("hard", 3), ("good", 4), ("easy", 5)],
    };
    let (word, grade) = *chance.pick(grades);
    let card = card["card"].as_str().expect("a card").to_owned();
    (word, Act::Answer(Row { card, grade, drill, voided: false }))
}

/// Reviews so many acts in one sitting; `book` takes them. The review is given back, open.
///
/// # Panics
/// When the program says something else than the protocol.
pub fn study(cli: &Cli, now: &str, acts: u64, book: &mut Book, chance: &mut Chance) -> Review {
    let mut review = Review::begin(cli, now);
    for _ in 0..acts {
        let card = review.expect("card");
        let (line, act) = next_act(&card, book, chance);
        review.say(line).expect("the program listens");
        review.expect(if line == "undo" { "undone" } else { "answered" });
        book.write(act);
    }
    review
}
