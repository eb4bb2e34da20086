//! Structure: options, sources, and how much there is of everything.

use std::collections::{BTreeMap, HashSet};

use cairn_core::note::Content;
use cairn_core::package::{Identity, PackageNote};

use super::{Choice, DeckFile, Finding, Library, words};

/// Share of stems that ask for what does **NOT** hold, at most, in percent.
const NOT_PERCENT: usize = 10;
/// Decks with at least so many choice cards are judged by shares.
const ENOUGH_FOR_SHARES: usize = 20;

pub(super) fn deck(deck: &DeckFile, library: &Library, findings: &mut Vec<Finding>) {
    for (line, note) in deck.cards() {
        let missing = note.facts.sources.iter().filter(|citation| {
            !library.sources.is_empty() && !library.sources.contains_key(&citation.key)
        });
        for citation in missing {
            let message = format!("card `{}` names the source `{}`", note.id, citation.key);
            let hint = "Describe it in sources.toml, or name one that is there.";
            findings.push(deck.finding(line, message, hint));
        }
        let aging =
            note.facts.sources.iter().find(|citation| {
                library.sources.get(&citation.key).is_some_and(|source| source.ages)
            });
        if let (Some(citation), None) = (aging, note.facts.expires) {
            let message = format!("card `{}` cites `{}` and has no expiry", note.id, citation.key);
            let hint = "Add `expires:` with the day after which to look again.";
            findings.push(deck.finding(line, message, hint));
        }
        if note.facts.sources.is_empty() {
            let message = format!("card `{}` names no source", note.id);
            findings.push(deck.finding(line, message, "Say where it comes from."));
        }
        if note.facts.area.is_none() {
            let message = format!("card `{}` names no exam area", note.id);
            findings.push(deck.finding(line, message, "Add `area:` with one of the eight codes."));
        }
    }
    for (line, note) in deck.cards() {
        exported(deck, line, note, findings);
    }
    for choice in deck.choices() {
        options(deck, &choice, findings);
    }
    negative_stems(deck, findings);
}

/// What exports may say and no deck of the program's own does.
fn exported(deck: &DeckFile, line: u32, note: &PackageNote, findings: &mut Vec<Finding>) {
    let id = &note.id;
    let is_empty = match &note.content {
        Content::Basic { front, back, .. } => front.is_empty() || back.is_empty(),
        Content::Choice { stem, options, .. } => {
            stem.is_empty() || options.iter().any(|option| option.reason.is_empty())
        }
        Content::Cloze { .. } => false,
        Content::Faces { .. } => {
            let message = format!("card `{id}` has faces");
            findings.push(deck.finding(line, message, "Make it a basic, cloze or choice card."));
            false
        }
    };
    if is_empty {
        let message = format!("a text of card `{id}` is empty");
        findings.push(deck.finding(line, message, "Write question, answer and every reason."));
    }
    if note.identity != Identity::InDeck {
        let message = format!("card `{id}` has a UUID of its own");
        findings.push(deck.finding(line, message, "Delete the line; its id makes it what it is."));
    }
}

fn options(deck: &DeckFile, choice: &Choice<'_>, findings: &mut Vec<Finding>) {
    let id = &choice.note.id;
    let right = choice.options.iter().filter(|option| option.right).count();
    if right != 1 {
        let message = format!("`{id}` has {right} right options");
        findings.push(deck.finding(choice.line, message, "Mark exactly one as best."));
    }
    let mut seen: HashSet<Vec<String>> = HashSet::new();
    for option in choice.options {
        if !seen.insert(words(&option.text)) {
            let message = format!("`{id}` says “{}” twice", option.text);
            findings.push(deck.finding(choice.line, message, "Write another option."));
        }
    }
}

fn negative_stems(deck: &DeckFile, findings: &mut Vec<Finding>) {
    let choices: Vec<Choice<'_>> = deck.choices().collect();
    let negative: Vec<&Choice<'_>> =
        choices.iter().filter(|choice| choice.stem.contains("NOT")).collect();
    for choice in &negative {
        if !choice.stem.contains("**NOT**") {
            let message = format!("the NOT of `{}` is not set off", choice.note.id);
            findings.push(deck.finding(choice.line, message, "Write it as **NOT**."));
        }
    }
    let many = negative.len() * 100 > NOT_PERCENT * choices.len();
    if choices.len() >= ENOUGH_FOR_SHARES && many {
        let message =
            format!("{} of {} stems ask for what does NOT hold", negative.len(), choices.len());
        findings.push(deck.finding(1, message, "Turn some of them around."));
    }
}

/// Card ids are unique in a deck (the parser holds that); deck ids are unique in the library.
pub(super) fn library(library: &Library, findings: &mut Vec<Finding>) {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for deck in &library.decks {
        if let Some(earlier) = first.insert(&deck.deck.id, &deck.file) {
            let message = format!("the deck id `{}` is that of {earlier} too", deck.deck.id);
            findings.push(deck.finding(1, message, "Give each deck an id of its own."));
        }
    }
}
