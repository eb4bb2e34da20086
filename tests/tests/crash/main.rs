//! Kills at any moment prove that every act is atomic.
//!
//! # Context
//! "Close the window in the middle of a review, kill the process: every acknowledged answer is
//! there." The real program is killed with SIGKILL, in reviews, imports, exports, backups, restores,
//! repairs and salvages, while a collection is made and while an old one is brought up to date, and
//! then asked what it knows.
//!
//! # Design
//! One module an act. The moment of a kill is chosen by counting what the program does (events of the
//! line protocol, bytes in its folder) plus a random short spin, from fixed seeds; nothing sleeps.
//! A kill leaves the system's page cache alone: this shows atomicity, and that an acknowledgement
//! comes after the commit. What a cut of power does is shown by `tests/tests/power`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod backups;
mod exports;
mod imports;
mod opening;
mod repairs;
mod reviews;

use cairn_tests::{Book, Chance, Course, Home, KillWhen, Killed, Tree, noon};

/// A kill of a command, and what it left.
pub struct After<'a> {
    pub home: &'a Home,
    pub killed: &'a Killed,
}

/// Kills a command so many times, each time in a fresh copy of a folder: by turns while it writes,
/// and anywhere. `judge` looks at what is left, and says whether the command had done its work.
pub fn kill_often(
    (seed, count): (u64, u64),
    start: &Tree,
    args: &[&str],
    judge: impl Fn(&After<'_>) -> bool,
) {
    let mut chance = Chance::new(seed);
    let now = noon(0, 200);
    let course = Course::of(&Home::of(start), &now, args);
    let (mut kills, mut landed) = (0, 0);
    for turn in 0.. {
        let home = Home::of(start);
        let when = [KillWhen::Writing, KillWhen::Anywhere][turn % 2];
        let killed = course.kill(&home, when, &mut chance);
        println!("seed {seed}, turn {turn}: {killed:?}");
        let done = judge(&After { home: &home, killed: &killed });
        assert!(done || killed.said.is_empty(), "what was reported is done: {}", killed.said);
        kills += u64::from(killed.running);
        landed += u64::from(killed.running && done);
        if kills == count {
            break;
        }
        assert!(turn < 200, "the kills come before the end");
    }
    println!("of {kills} killed {landed} had done their work; one takes {:?}", course.takes());
}

/// A collection with a few answers, its log, and the folder it lies in.
pub fn with_answers(seed: u64, notes: usize) -> (Home, Book) {
    let home = Home::new();
    home.create();
    home.import(&home.deck(notes, "old"));
    let mut book = Book::default();
    cairn_tests::study(&home.cli, &noon(0, 0), 6, &mut book, &mut Chance::new(seed)).quit();
    (home, book)
}

/// The collection is sound and holds just this.
pub fn assert_holds(home: &Home, book: &Book) {
    let now = noon(0, 0);
    home.cli.assert_sound(&now);
    assert_eq!(Book::of(&home.cli, &now), *book, "every acknowledged act is in the log");
}
