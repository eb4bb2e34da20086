//! Choice cards whose key can be found without knowing the answer.

use std::collections::{HashMap, HashSet};

use super::{Choice, DeckFile, Finding, words};

/// Decks with at least so many choice cards are judged by shares.
const ENOUGH_FOR_SHARES: usize = 40;
/// Each place holds the key in 20 to 30 percent of the cards.
const PLACE_PERCENT: std::ops::RangeInclusive<usize> = 20..=30;
/// The longest, or the shortest, option is the key in at most so many percent.
const LENGTH_PERCENT: usize = 35;
/// The key alone repeats a rare word of the stem in at most so many percent.
const ECHO_PERCENT: usize = 10;
/// A word is rare when at most so many cards of the deck hold it.
const RARE: usize = 3;
/// Shorter words give nothing away.
const LONG_WORD: usize = 5;

pub(super) fn deck(deck: &DeckFile, findings: &mut Vec<Finding>) {
    let choices: Vec<Choice<'_>> = deck.choices().collect();
    if choices.len() < ENOUGH_FOR_SHARES {
        return;
    }
    places(deck, &choices, findings);
    let rare = rare_words(&choices);
    let shares = [
        ("the longest option is the key", LENGTH_PERCENT, is_longest as fn(&Choice<'_>) -> bool),
        ("the shortest option is the key", LENGTH_PERCENT, is_shortest),
    ];
    for (what, most, test) in shares {
        let hits: Vec<u32> = choices.iter().filter(|c| test(c)).map(|c| c.line).collect();
        share(deck, what, most, &hits, choices.len(), findings);
    }
    let echoes: Vec<u32> =
        choices.iter().filter(|choice| echoes(choice, &rare)).map(|choice| choice.line).collect();
    let what = "only the key repeats a rare word of the stem";
    share(deck, what, ECHO_PERCENT, &echoes, choices.len(), findings);
}

fn share(
    deck: &DeckFile,
    what: &str,
    most: usize,
    hits: &[u32],
    all: usize,
    findings: &mut Vec<Finding>,
) {
    if hits.len() * 100 > most * all {
        let lines: Vec<String> = hits.iter().map(u32::to_string).collect();
        let message = format!(
            "{what} in {} of {all} cards, more than {most} % (lines {})",
            hits.len(),
            lines.join(", ")
        );
        let hint = "Reword options until form alone says nothing about the key.";
        findings.push(deck.finding(1, message, hint));
    }
}

/// How often the key stands in each place, as written.
fn places(deck: &DeckFile, choices: &[Choice<'_>], findings: &mut Vec<Finding>) {
    for place in 0..4 {
        let hits = choices
            .iter()
            .filter(|choice| choice.options.get(place).is_some_and(|option| option.right))
            .count();
        let percent = hits * 100 / choices.len();
        if !PLACE_PERCENT.contains(&percent) {
            let letter = ["A", "B", "C", "D"][place];
            let message = format!(
                "the key stands at {letter} in {hits} of {} cards ({percent} %)",
                choices.len()
            );
            let hint = "Move options so that each place holds the key in 20 to 30 % of the cards.";
            findings.push(deck.finding(1, message, hint));
        }
    }
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn is_longest(choice: &Choice<'_>) -> bool {
    choice.key().is_some_and(|key| choice.wrong().all(|o| length(&o.text) < length(&key.text)))
}

fn is_shortest(choice: &Choice<'_>) -> bool {
    choice.key().is_some_and(|key| choice.wrong().all(|o| length(&o.text) > length(&key.text)))
}

fn rare_words(choices: &[Choice<'_>]) -> HashSet<String> {
    let mut cards: HashMap<String, usize> = HashMap::new();
    for choice in choices {
        let mut held: HashSet<String> = words(choice.stem).into_iter().collect();
        held.extend(choice.options.iter().flat_map(|option| words(&option.text)));
        for word in held {
            *cards.entry(word).or_default() += 1;
        }
    }
    cards
        .into_iter()
        .filter(|(word, count)| *count <= RARE && word.chars().count() >= LONG_WORD)
        .map(|(word, _)| word)
        .collect()
}

fn echoes(choice: &Choice<'_>, rare: &HashSet<String>) -> bool {
    let Some(key) = choice.key() else { return false };
    let stem: HashSet<String> =
        words(choice.stem).into_iter().filter(|word| rare.contains(word)).collect();
    let others: HashSet<String> = choice.wrong().flat_map(|option| words(&option.text)).collect();
    words(&key.text).iter().any(|word| stem.contains(word) && !others.contains(word))
}
