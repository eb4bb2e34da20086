//! Cards that ask the same thing twice.
//!
//! Two cards are twins when their questions share most of their runs of three words (Jaccard
//! similarity of word trigrams; Broder, *On the resemblance and containment of documents*, 1997).

use std::collections::{HashMap, HashSet};

use cairn_core::note::Content;
use cairn_core::package::PackageNote;

use super::{DeckFile, Finding, Library, words};

/// From this share of common trigrams on, in percent.
const ALIKE_PERCENT: usize = 60;

type Trigrams = HashSet<[String; 3]>;

pub(super) fn library(library: &Library, findings: &mut Vec<Finding>) {
    let cards: Vec<(&DeckFile, u32, &PackageNote, Trigrams)> = library
        .decks
        .iter()
        .flat_map(|deck| deck.cards().map(move |(line, note)| (deck, line, note)))
        .map(|(deck, line, note)| (deck, line, note, trigrams(&asked(note))))
        .collect();
    let mut holders: HashMap<&[String; 3], Vec<usize>> = HashMap::new();
    for (at, (_, _, _, trigrams)) in cards.iter().enumerate() {
        for trigram in trigrams {
            holders.entry(trigram).or_default().push(at);
        }
    }
    for (at, (deck, line, note, mine)) in cards.iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for trigram in mine {
            for &other in holders.get(trigram).into_iter().flatten().filter(|&&other| other < at) {
                *shared.entry(other).or_default() += 1;
            }
        }
        for (other, common) in shared {
            let Some((their_deck, their_line, their_note, theirs)) = cards.get(other) else {
                continue;
            };
            let united = mine.len() + theirs.len() - common;
            if common * 100 >= ALIKE_PERCENT * united {
                let message = format!(
                    "`{}` asks what `{}` asks ({}:{their_line})",
                    note.id, their_note.id, their_deck.file
                );
                let hint = "Ask something else, or leave one of them out.";
                findings.push(deck.finding(*line, message, hint));
            }
        }
    }
}

/// What a card asks, with the key of a choice: two cards may share a story and ask different things.
fn asked(note: &PackageNote) -> String {
    match &note.content {
        Content::Basic { front, .. } => front.clone(),
        Content::Cloze { text, .. } => text.clone(),
        Content::Faces { faces, .. } => {
            faces.iter().map(|face| face.front.as_str()).collect::<Vec<_>>().join(" ")
        }
        Content::Choice { stem, options, .. } => {
            let key = options.iter().find(|option| option.right);
            format!("{stem} {}", key.map_or("", |option| option.text.as_str()))
        }
    }
}

fn trigrams(text: &str) -> Trigrams {
    words(text)
        .windows(3)
        .filter_map(|window| <[String; 3]>::try_from(window.to_vec()).ok())
        .collect()
}
