//! A folder after a cut, and what must hold of it.

use cairn_tests::disk::{Cut, Recording, Trace};
use cairn_tests::{Book, Chance, Home, noon, study, went_well};

/// What a test found wrong, in words.
pub type Verdict<T = ()> = Result<T, String>;

/// The day on which everything happens.
pub fn now() -> String {
    noon(0, 0)
}

/// A collection with some answers and a picture, and its log.
pub fn home_with_answers(seed: u64) -> (Home, Book) {
    let home = Home::new();
    home.create();
    home.import(&home.deck(30, "old"));
    home.import(&home.pictures());
    let mut book = Book::default();
    study(&home.cli, &now(), 6, &mut book, &mut Chance::new(seed)).quit();
    (home, book)
}

/// What a command does to a home.
pub fn trace(home: &Home, args: &[&str]) -> Trace {
    let recording = Recording::of(home.folder());
    let output = recording.cli(Home::COLLECTION).run(&noon(0, 200), args);
    assert!(went_well(args, &output), "{args:?} goes well: {output:?}");
    recording.finish()
}

/// Judges so many cuts of a trace.
pub fn judge_cuts(trace: &Trace, cuts: usize, seed: u64, judge: impl Fn(&Cut, &Home) -> Verdict) {
    for (n, cut) in trace.cuts(cuts, seed).enumerate() {
        let verdict = judge(&cut, &Home::of(&cut.tree));
        let (at, of) = (cut.at, trace.len());
        assert_eq!(verdict, Ok(()), "seed {seed}, cut {n}, before event {at} of {of}");
    }
}

/// The collection opens and its check finds nothing.
pub fn sound(home: &Home) -> Verdict {
    let check = home.cli.run(&now(), &["check", "--json"]);
    if check.status.success() { Ok(()) } else { Err(format!("the check says {check:?}")) }
}

/// The log holds just what is in one of these books.
pub fn holds(home: &Home, books: &[&Book]) -> Verdict {
    let log = Book::of(&home.cli, &now());
    if books.contains(&&log) {
        return Ok(());
    }
    let lengths: Vec<usize> = books.iter().map(|book| book.rows.len()).collect();
    Err(format!("the log holds {} rows, and not the ones of {lengths:?}", log.rows.len()))
}

/// A person can go on: the next answer is taken and kept.
pub fn goes_on(home: &Home, chance: &mut Chance) -> Verdict {
    let mut book = Book::of(&home.cli, &now());
    study(&home.cli, &now(), 1, &mut book, chance).quit();
    holds(home, &[&book])
}
