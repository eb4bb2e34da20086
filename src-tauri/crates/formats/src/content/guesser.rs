//! A reader that knows nothing but words: which of the four options *sounds* like a key?
//!
//! Naive Bayes over the options' words, pairs of words, first word and rank of length, with each
//! card left out of what is learned before it is guessed (leave-one-out; Laplace's rule with 1/2).
//! Chance is a quarter. What it finds above that is given away by form: words that stand mostly in
//! keys or mostly in wrong options.

use std::collections::{HashMap, HashSet};

use super::{Choice, DeckFile, Finding, Library, words};

/// Keys that it may find, at most, in percent of all choice cards.
const PERCENT: usize = 36;
/// Libraries with at least so many choice cards are judged.
const ENOUGH: usize = 200;
/// A feature that was seen less often, the card left out, says nothing.
const SEEN: u32 = 3;

type Features = HashSet<String>;

/// How often a feature stands in keys and in wrong options.
#[derive(Clone, Copy, Default)]
struct Count {
    key: u32,
    wrong: u32,
}

struct Card {
    options: Vec<Features>,
    key: usize,
}

pub(super) fn library(library: &Library, findings: &mut Vec<Finding>) {
    let cards: Vec<Card> =
        library.decks.iter().flat_map(DeckFile::choices).filter_map(|c| card(&c)).collect();
    let found = found(&cards);
    if cards.len() < ENOUGH || found * 100 <= PERCENT * cards.len() {
        return;
    }
    let file = library.decks.first().map_or_else(String::new, |deck| deck.file.clone());
    findings.push(Finding {
        file,
        line: 1,
        message: format!(
            "over all decks, counting words finds {found} of {} keys, more than {PERCENT} %",
            cards.len()
        ),
        hint: "Let keys and wrong options open, end and sound alike.".to_owned(),
    });
}

fn card(choice: &Choice<'_>) -> Option<Card> {
    let key = choice.options.iter().position(|option| option.right)?;
    let lengths: Vec<usize> = choice.options.iter().map(|o| o.text.chars().count()).collect();
    let features = |(text, length): (&str, &usize)| {
        let words = words(text);
        let rank = lengths.iter().filter(|other| *other < length).count();
        let mut features: Features = words.iter().cloned().collect();
        features.extend(words.windows(2).map(|pair| pair.join(" ")));
        features.extend(words.first().map(|word| format!("{word} …")));
        features.insert(format!("#{rank}"));
        features
    };
    let texts = choice.options.iter().map(|option| option.text.as_str());
    Some(Card { options: texts.zip(&lengths).map(features).collect(), key })
}

/// How many keys are found.
fn found(cards: &[Card]) -> usize {
    let mut counts: HashMap<&str, Count> = HashMap::new();
    for card in cards {
        for (at, option) in card.options.iter().enumerate() {
            for feature in option {
                let count = counts.entry(feature).or_default();
                if at == card.key { count.key += 1 } else { count.wrong += 1 }
            }
        }
    }
    let keys: u32 = u32::try_from(cards.len()).unwrap_or(u32::MAX);
    cards.iter().filter(|card| guess(card, &counts, keys) == Some(card.key)).count()
}

/// The option whose features stand in keys most; none when there is no option.
fn guess(card: &Card, counts: &HashMap<&str, Count>, keys: u32) -> Option<usize> {
    let share = |seen: u32, of: u32| ((f64::from(seen) + 0.5) / (f64::from(of) + 1.0)).ln();
    let score = |option: &Features| -> f64 {
        option
            .iter()
            .map(|feature| {
                let Count { key, wrong } = others(card, counts, feature);
                if key + wrong < SEEN { 0.0 } else { share(key, keys) - share(wrong, keys * 3) }
            })
            .sum()
    };
    let scores = card.options.iter().map(score);
    scores.enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(at, _)| at)
}

/// How often a feature stands in the other cards.
fn others(card: &Card, counts: &HashMap<&str, Count>, feature: &str) -> Count {
    let Count { mut key, mut wrong } = counts.get(feature).copied().unwrap_or_default();
    for (at, option) in card.options.iter().enumerate() {
        if option.contains(feature) {
            if at == card.key { key -= 1 } else { wrong -= 1 }
        }
    }
    Count { key, wrong }
}
