//! Whether the library covers the exam: how many items of what. Held only where the folder has an
//! `exam.toml`; a single deck owes nothing to the blueprint.

use std::collections::BTreeMap;

use super::blueprint::Blueprint;
use super::{Choice, DeckFile, Finding, Library};

/// Mock exams that share no item.
const MOCKS: u32 = 2;
/// Choice cards in all, at least.
const CHOICES: usize = 300;
/// Basic and cloze cards in all, at least.
const OTHERS: usize = 250;
/// Choice cards of an area, at least.
const OF_AREA: usize = 30;
/// Choice cards of a competency, at least.
const OF_COMPETENCY: usize = 12;
/// Share of scenarios among the choice cards, at least, in percent.
const SCENARIO_PERCENT: usize = 60;
/// A scenario tells what happened before it asks: so many words in all, at least.
const SCENARIO_WORDS: usize = 12;

pub(super) fn library(library: &Library, findings: &mut Vec<Finding>) {
    let Some((file, blueprint)) = &library.blueprint else { return };
    let mut report = |message: String, hint: &str| {
        findings.push(Finding { file: file.clone(), line: 1, message, hint: hint.to_owned() });
    };
    let choices: Vec<Choice<'_>> = library.decks.iter().flat_map(DeckFile::choices).collect();
    let cards: usize = library.decks.iter().map(|deck| deck.deck.notes.len()).sum();
    let asked = CHOICES.max(usize::try_from(MOCKS * blueprint.items).unwrap_or(usize::MAX));
    if choices.len() < asked {
        let message = format!("{} choice cards, fewer than {asked}", choices.len());
        report(message, "Write more: mock exams should share no item.");
    }
    if cards - choices.len() < OTHERS {
        let message =
            format!("{} basic and cloze cards, fewer than {OTHERS}", cards - choices.len());
        report(message, "Write more of them.");
    }
    for (name, count, least) in counts(blueprint, &choices) {
        if count < least {
            let message = format!("{name} has {count} choice cards, fewer than {least}");
            report(message, "Write more for it.");
        }
    }
    let scenarios = choices.iter().filter(|choice| is_scenario(choice)).count();
    if scenarios * 100 < SCENARIO_PERCENT * choices.len() {
        let message = format!("{scenarios} of {} choice cards are scenarios", choices.len());
        report(message, "Turn some of the others into short scenes.");
    }
}

/// Choice cards by area and by competency, with how many there should be.
fn counts(blueprint: &Blueprint, choices: &[Choice<'_>]) -> Vec<(String, usize, usize)> {
    let mut areas = BTreeMap::new();
    let mut competencies = BTreeMap::new();
    for choice in choices {
        if let Some(area) = choice.note.facts.area {
            *areas.entry(area.code()).or_insert(0) += 1;
        }
        for number in &choice.note.facts.competencies {
            *competencies.entry(*number).or_insert(0) += 1;
        }
    }
    let by_area = blueprint.areas.iter().map(|area| {
        (area.name.clone(), areas.get(area.code.code()).copied().unwrap_or(0), OF_AREA)
    });
    let by_competency = blueprint.competencies.iter().map(|competency| {
        let count = competencies.get(&competency.number).copied().unwrap_or(0);
        (format!("competency {} ({})", competency.number, competency.name), count, OF_COMPETENCY)
    });
    by_area.chain(by_competency).collect()
}

/// Two sentences or more, the last of them the question.
pub(super) fn is_scenario(choice: &Choice<'_>) -> bool {
    let words = super::words(choice.stem).len();
    let sentences = choice
        .stem
        .split_inclusive(['.', '?', '!'])
        .filter(|part| part.chars().any(char::is_alphabetic))
        .count();
    words >= SCENARIO_WORDS && sentences >= 2
}
