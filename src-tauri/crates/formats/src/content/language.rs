//! Plain, person-first language.

use super::{DeckFile, Finding, flesch_kincaid, words};

/// Longest stem, in words.
const STEM_WORDS: usize = 60;
/// Highest reading grade of a stem, in hundredths.
const STEM_GRADE: i64 = 1000;

/// Terms that put a label before a person, with what to write. Between quotation marks they may
/// stand, where a card corrects them.
const TERMS: [(&str, &str); 17] = [
    ("addict", "person with a substance use disorder"),
    ("addicts", "people with a substance use disorder"),
    ("alcoholic", "person with an alcohol use disorder"),
    ("alcoholics", "people with an alcohol use disorder"),
    ("junkie", "person who uses drugs"),
    ("drug abuse", "substance use"),
    ("substance abuse", "substance use"),
    ("substance abuser", "person who uses substances"),
    ("drug abuser", "person who uses drugs"),
    ("schizophrenic", "person living with schizophrenia"),
    ("schizophrenics", "people living with schizophrenia"),
    ("the mentally ill", "people with a mental health condition"),
    ("suffers from", "lives with"),
    ("committed suicide", "died by suicide"),
    ("commit suicide", "die by suicide"),
    ("the homeless", "people without housing"),
    ("wheelchair bound", "wheelchair user"),
];

/// Options that test test-taking.
const CATCH_ALLS: [&str; 6] = [
    "all of the above",
    "none of the above",
    "all of these",
    "none of these",
    "both a and b",
    "a and b only",
];

pub(super) fn deck(deck: &DeckFile, findings: &mut Vec<Finding>) {
    for (line, note) in deck.cards() {
        for (term, better) in TERMS {
            if note.content.texts().into_iter().any(|text| holds(&unquoted(text), term)) {
                let message = format!("card `{}` says “{term}”", note.id);
                let hint = format!("Write “{better}”, or set the term between “ ” to correct it.");
                findings.push(deck.finding(line, message, &hint));
            }
        }
    }
    for choice in deck.choices() {
        let id = &choice.note.id;
        let count = words(choice.stem).len();
        if count > STEM_WORDS {
            let message = format!("the stem of `{id}` has {count} words, more than {STEM_WORDS}");
            findings.push(deck.finding(choice.line, message, "Shorten the story to what matters."));
        }
        let grade = flesch_kincaid(choice.stem);
        if grade > STEM_GRADE {
            let message = format!(
                "the stem of `{id}` reads at grade {}.{:02} (Flesch–Kincaid)",
                grade / 100,
                grade % 100
            );
            findings.push(deck.finding(choice.line, message, "Use shorter sentences and words."));
        }
        for option in choice.options {
            if CATCH_ALLS.iter().any(|catch_all| holds(&option.text, catch_all)) {
                let message = format!("an option of `{id}` is “{}”", option.text);
                findings.push(deck.finding(choice.line, message, "Give it something to say."));
            }
        }
    }
}

/// The text without what stands between quotation marks.
fn unquoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0u32;
    for c in text.chars() {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether whole words of a text are those of a term.
fn holds(text: &str, term: &str) -> bool {
    let text = words(text);
    let term: Vec<String> = words(term);
    text.windows(term.len()).any(|window| window == term)
}
