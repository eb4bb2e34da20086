//! Cuts in reviews.

use cairn_tests::disk::{Cut, Recording, Trace};
use cairn_tests::{Book, Chance, Home, study};
use rstest::rstest;

use crate::after::{Verdict, goes_on, holds, judge_cuts, now, sound};

/// A trace of three sittings on a small collection: one killed, which leaves a write-ahead log; one
/// that opens with that log and closes, which is a checkpoint; one more. `variables` are for the
/// shim.
pub fn three_sittings(seed: u64, variables: &[(&'static str, &str)]) -> Trace {
    let mut chance = Chance::new(seed);
    let home = Home::new();
    home.create();
    home.import(&home.deck(20, "old"));
    let recording = Recording::of(home.folder());
    let with = |cli: cairn_tests::Cli, (name, value): &(&'static str, &str)| cli.with(name, value);
    let cli = variables.iter().fold(recording.cli(Home::COLLECTION), with);
    let mut book = Book::default();
    let mut first = study(&cli, &now(), 9, &mut book, &mut chance);
    first.expect("card");
    first.kill();
    study(&cli, &now(), 6, &mut book, &mut chance).quit();
    study(&cli, &now(), 3, &mut book, &mut chance).quit();
    recording.finish()
}

/// The log after each act that was acknowledged, beginning with none.
pub fn books(trace: &Trace) -> Vec<Book> {
    let said = trace.said();
    let mut books = vec![Book::default()];
    for (end, _) in said.match_indices('\n') {
        let book = Book::default().with_all(&said[..=end]);
        if books.last() != Some(&book) {
            books.push(book);
        }
    }
    books
}

/// After a cut everything that was acknowledged is there, and at most the act under way besides.
pub fn judge(cut: &Cut, home: &Home, books: &[Book]) -> Verdict {
    sound(home)?;
    let known = Book::default().with_all(&cut.said);
    let at = books.iter().position(|book| *book == known).expect("a prefix of the whole");
    let allowed: Vec<&Book> = books.iter().skip(at).take(2).collect();
    holds(home, &allowed)
}

/// 120 cuts.
#[rstest]
fn no_cut_in_a_review_loses_or_halves_an_answer(#[values(1, 2, 3, 4)] seed: u64) {
    let trace = three_sittings(seed, &[]);
    let books = books(&trace);
    assert_eq!(books.len(), 19, "everything was acknowledged");
    judge_cuts(&trace, 30, seed, |cut, home| {
        judge(cut, home, &books)?;
        match cut.at % 5 {
            0 => goes_on(home, &mut Chance::new(seed)),
            _ => Ok(()),
        }
    });
}
