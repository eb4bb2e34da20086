//! Sixty days of a life with cards: whatever happens, the schedules are what the log says.

use cairn_store::Collection;
use rstest::rstest;

use crate::protocol::Review;
use crate::support::*;

/// A fixed course of chances (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }
}

/// One evening: answers, a few of them taken back, sometimes left in the middle.
fn study(home: &Home, now: &str, chance: &mut Chance) {
    let mut review = Review::begin(home, now);
    let mut acts = 10 + chance.below(40);
    loop {
        let event = review.event();
        if event["event"] == "done" {
            review.over(&event);
            return;
        }
        assert_eq!(event["event"], "card", "{event}");
        if acts == 0 {
            review.end(Some("quit"));
            return;
        }
        acts -= 1;
        if chance.below(8) == 0 {
            review.say("undo");
            let said = review.event();
            let kind = said["event"].as_str().unwrap();
            assert!(["undone", "error"].contains(&kind), "{said}");
            if said["act"]["kind"] == "import" {
                review.end(None);
                home.import(deck()).ok();
                return;
            }
            continue;
        }
        let words: &[&str] = match event["drill"].as_bool() {
            Some(true) => &["again", "good", "good"],
            _ => &["again", "hard", "good", "good", "good", "easy"],
        };
        let at = usize::try_from(chance.below(words.len() as u64)).unwrap();
        review.grade(&event, words[at]);
    }
}

/// Something that the window does to a card, by the library that both stand on.
fn tinker(home: &Home, now: &str, chance: &mut Chance) {
    let mut collection = Collection::open(&home.collection, moment(now)).unwrap();
    let step = collection.begin(None, None, moment(now)).unwrap();
    let Some(shown) = step.shown else { return };
    let card = shown.card.parse().unwrap();
    match chance.below(4) {
        0 => collection.suspend(card, true, moment(now)).unwrap(),
        1 => collection.suspend(card, false, moment(now)).unwrap(),
        2 => collection.bury(card, moment(now)).unwrap(),
        _ => collection.flag(card, true, moment(now)).unwrap(),
    };
}

fn deck() -> String {
    basics(60, "")
}

#[rstest]
fn after_sixty_days_the_schedules_are_the_fold_of_the_log(#[values(1, 2, 3, 4, 5)] seed: u64) {
    let mut chance = Chance(seed);
    let home = Home::with(&deck());
    for day in 0..60 {
        if chance.below(5) == 0 {
            continue; // A day off.
        }
        let mut now = noon(day);
        if chance.below(20) == 0 {
            now = noon(day + 30 - i64::try_from(chance.below(60)).unwrap()); // A wrong clock.
        }
        study(&home, &now, &mut chance);
        match chance.below(6) {
            0 | 1 => tinker(&home, &now, &mut chance),
            2 => {
                let _ = home.run(&now, &["undo"]);
                home.import(deck()).ok();
            }
            _ => {}
        }
        if day % 15 == 0 {
            home.is_sound();
        }
    }
    home.is_sound();
    let log = home.log();
    let voided = log.iter().filter(|row| row["voided"] == true).count();
    assert!(log.len() > 300 && voided > 20, "it was a life: {} rows, {voided}", log.len());
}
