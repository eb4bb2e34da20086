//! Kills in reviews.

use cairn_tests::{Act, Book, Chance, Cli, Home, Review, next_act, noon, study};
use rstest::rstest;
use serde_json::Value;

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
    let mut left = Left { pending: None, shown: None };
    if moment == Starting {
        let review = Review::begin(cli, now);
        chance.spin(10_000);
        review.kill();
        return left;
    }
    let acts = chance.below(6);
    let mut review = study(cli, now, acts, book, chance);
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

/// 140 kills, twenty on one collection, four a day.
#[rstest]
fn no_kill_in_a_review_loses_or_halves_an_answer(#[values(1, 2, 3, 4, 5, 6, 7)] seed: u64) {
    let mut chance = Chance::new(seed);
    let home = Home::new();
    home.create();
    home.import(&home.deck(200, "old"));
    let cli = &home.cli;
    let mut book = Book::default();
    let (mut pending, mut landed) = (0, 0);
    for kill in 0..20 {
        let now = noon(kill / 4, 10 * kill);
        let left = killed_review(cli, &now, &mut book, &mut chance);
        cli.assert_sound(&now);
        let log = Book::of(cli, &now);
        if let Some(act) = left.pending {
            pending += 1;
            let with = book.with(act);
            if log == with {
                landed += 1;
                book = with;
            }
        }
        assert_eq!(
            log, book,
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
