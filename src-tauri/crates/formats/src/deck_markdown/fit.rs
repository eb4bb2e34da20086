//! Of any deck one that a file can say, and what was changed or left out for it.
//!
//! Ids that break the rule get others, and the note says by its UUID which one it is; texts, facts
//! and sources are brought into their normal form; a note that no file can say is left out.

use std::collections::{HashMap, HashSet};

use cairn_core::cloze;
use cairn_core::note::{ChoiceOption, Content};
use cairn_core::package::{Identity, PackageDeck, PackageNote, Source};

use super::card::{MAX_OPTIONS, MIN_OPTIONS, bytes};
use super::faces::is_key;
use super::header::{DEFAULT_LANGUAGE, DEFAULT_VERSION, is_language};
use super::normal::{content, facts, one_line};
use super::print::size;
use super::words::{MAX_ID, MAX_OPTION_ID, is_id, is_source_key, slug, source_key};
use super::{MAX_CARD_BYTES, MAX_CARD_LINES_BYTES, MAX_FACTS};

/// Language of a deck whose own can't be said: not determined.
const NO_LANGUAGE: &str = "und";
/// Sources of a note; the other facts take a line each.
const MAX_SOURCES: usize = MAX_FACTS - 8;
/// Remarks that are told one by one.
const SHOWN: usize = 20;
/// Characters of a note's text that name it in a remark.
const SHOWN_CHARACTERS: usize = 40;

/// The deck as a file can say it; for a deck from a file, the same deck. Printing and reading gives
/// exactly this.
///
/// The form, besides what cannot be written at all: line ends are line feeds, other control
/// characters but tabs are spaces, texts have no empty lines around them and no white space in empty
/// lines, code blocks are closed, reasons are not indented as a whole, and what stands in one line
/// of a file is one line without white space around it. Lists hold nothing twice. A note has the
/// identity of its ids, or its UUID.
pub fn normalise(deck: &PackageDeck) -> PackageDeck {
    fit(deck).0
}

/// [`normalise`], and what could not be said, in sentences.
pub(super) fn fit(deck: &PackageDeck) -> (PackageDeck, Vec<String>) {
    let mut told = Told::default();
    let mut fitted = header(deck, &mut told);
    let keys = sources(deck, &mut fitted, &mut told);
    let (of_notes, notes) = notes(deck, &fitted, &keys);
    fitted.notes = notes.into_iter().map(|(_, note)| note).collect();
    let mut remarks = told.0;
    remarks.extend(of_notes);
    (fitted, remarks)
}

/// The notes that a file can say, each with its place in the deck.
pub(super) fn placed(deck: &PackageDeck) -> Vec<(usize, PackageNote)> {
    let mut told = Told::default();
    let mut fitted = header(deck, &mut told);
    let keys = sources(deck, &mut fitted, &mut told);
    notes(deck, &fitted, &keys).1
}

#[derive(Default)]
struct Told(Vec<String>);

impl Told {
    fn changed(&mut self, what: &str, from: &str, to: &str) {
        if from != to {
            self.0.push(format!("The {what} of the deck is written as “{to}”."));
        }
    }
}

fn header(deck: &PackageDeck, told: &mut Told) -> PackageDeck {
    let or = |text: &str, default: &str| {
        let text = one_line(text);
        if text.is_empty() { default.to_owned() } else { text }
    };
    let id = one_line(&deck.id);
    let id = if is_id(&id, MAX_ID) { id } else { slug(&id, "deck", MAX_ID) };
    if id != deck.id {
        told.0.push(format!(
            "The id of the deck can't stand in a file: it is written as “{id}”, and where the deck \
             is not known it comes in as a deck of its own."
        ));
    }
    let language = or(&deck.language, DEFAULT_LANGUAGE);
    let fitted = PackageDeck {
        title: or(&deck.title, &id),
        language: if is_language(&language) { language } else { NO_LANGUAGE.to_owned() },
        version: or(&deck.version, DEFAULT_VERSION),
        licence: one_line(&deck.licence),
        about: one_line(&deck.about),
        id,
        sources: Vec::new(),
        notes: Vec::new(),
    };
    told.changed("title", &deck.title, &fitted.title);
    told.changed("language", &deck.language, &fitted.language);
    told.changed("version", &deck.version, &fitted.version);
    told.changed("licence", &deck.licence, &fitted.licence);
    told.changed("description", &deck.about, &fitted.about);
    fitted
}

/// Puts the sources into the deck, those that notes name and the deck does not among them; gives
/// the key in the file for each key of the deck.
fn sources<'a>(
    deck: &'a PackageDeck,
    fitted: &mut PackageDeck,
    told: &mut Told,
) -> HashMap<&'a str, String> {
    let mut keys: HashMap<&str, String> = HashMap::new();
    let mut taken: HashSet<String> = deck.sources.iter().map(|source| source.key.clone()).collect();
    let mut key_of = |known: &'a str| match keys.get(known) {
        Some(_) => None,
        None => {
            let key = if is_source_key(known) {
                known.to_owned()
            } else {
                free(&source_key(known), usize::MAX, &mut taken)
            };
            keys.insert(known, key.clone());
            Some(key)
        }
    };
    for source in &deck.sources {
        let Some(key) = key_of(&source.key) else {
            told.0.push(format!("The source {} stands once.", source.key));
            continue;
        };
        let [title, publisher] =
            [&source.title, &source.publisher].map(|text| one_line(&text.replace('|', "/")));
        let address = one_line(&source.address);
        let title = if title.is_empty() { key.clone() } else { title };
        let address = if address.starts_with("https://") { address } else { String::new() };
        let made = Source { key, title, publisher, address };
        if made != *source {
            told.0.push(format!("The source {} is written a little differently.", made.key));
        }
        fitted.sources.push(made);
    }
    for citation in deck.notes.iter().flat_map(|note| &note.facts.sources) {
        if let Some(key) = key_of(&citation.key) {
            told.0.push(format!("The source {key}, which the deck does not describe, is added."));
            let (title, publisher, address) = (key.clone(), String::new(), String::new());
            fitted.sources.push(Source { key, title, publisher, address });
        }
    }
    keys
}

/// The notes with their places, and what is to be told of them.
fn notes(
    deck: &PackageDeck,
    fitted: &PackageDeck,
    keys: &HashMap<&str, String>,
) -> (Vec<String>, Vec<(usize, PackageNote)>) {
    let mut taken: HashSet<String> = deck.notes.iter().map(|note| note.id.clone()).collect();
    let (mut given, mut known) = (HashSet::new(), HashSet::new());
    let (mut remarks, mut more) = (Vec::new(), 0usize);
    let mut notes = Vec::with_capacity(deck.notes.len());
    for (at, note) in deck.notes.iter().enumerate() {
        let id = match is_id(&note.id, MAX_ID) && given.insert(note.id.as_str()) {
            true => note.id.clone(),
            false => free(&slug(&note.id, "card", MAX_ID), MAX_ID, &mut taken),
        };
        let uuid = note.uuid(&deck.id);
        let mut made = PackageNote::new(id, fitted_content(&note.content), {
            let mut facts = facts(&note.facts);
            facts.sources.truncate(MAX_SOURCES);
            for citation in &mut facts.sources {
                if let Some(key) = keys.get(citation.key.as_str()) {
                    key.clone_into(&mut citation.key);
                }
            }
            facts
        });
        if made.uuid(&fitted.id) != uuid {
            made.identity = Identity::Known(uuid);
        }
        let remark = match unsayable(&made) {
            Some(why) => Some(format!("“{}” is left out: {why}.", name(note))),
            None if !known.insert(uuid) => Some(format!("“{}” stands once.", name(note))),
            None => {
                let changed = changed(note, &made);
                notes.push((at, made));
                changed
                    .map(|what| format!("“{}”: {what} written a little differently.", name(note)))
            }
        };
        match remark {
            Some(remark) if remarks.len() < SHOWN => remarks.push(remark),
            Some(_) => more += 1,
            None => {}
        }
    }
    if more > 0 {
        remarks.push(format!("The same kind of thing holds for {more} more notes."));
    }
    (remarks, notes)
}

/// An id like `wanted` that is not taken; it is then.
fn free(wanted: &str, longest: usize, taken: &mut HashSet<String>) -> String {
    let mut id = wanted.to_owned();
    let mut number = taken.len();
    while !taken.insert(id.clone()) {
        number += 1;
        let end = format!("-{number}");
        let start: String = wanted.chars().take(longest.saturating_sub(end.len())).collect();
        id = format!("{start}{end}");
    }
    id
}

/// The text as a file can say it, ids of options among it.
fn fitted_content(from: &Content) -> Content {
    let mut made = content(from);
    if let Content::Choice { options, .. } = &mut made {
        let mut taken: HashSet<String> = options.iter().map(|option| option.id.clone()).collect();
        let mut given = HashSet::new();
        for option in options {
            if !is_id(&option.id, MAX_OPTION_ID) || !given.insert(option.id.clone()) {
                option.id = free(&slug(&option.id, "o", MAX_OPTION_ID), MAX_OPTION_ID, &mut taken);
            }
        }
    }
    made
}

/// Why no file can say a note.
fn unsayable(note: &PackageNote) -> Option<String> {
    let why = match &note.content {
        Content::Basic { .. } => None,
        Content::Cloze { text, .. } => {
            cloze::numbers(text).is_empty().then(|| "it has no gap".to_owned())
        }
        Content::Faces { faces, .. } => {
            let mut keys = HashSet::new();
            let fine = faces.iter().all(|face| is_key(&face.key) && keys.insert(&face.key));
            (faces.is_empty() || !fine).then(|| "its cards have no keys".to_owned())
        }
        Content::Choice { options, .. } => choice(options),
    };
    let too_large = || {
        let large =
            bytes(&note.content, &note.facts) > MAX_CARD_BYTES || size(note) > MAX_CARD_LINES_BYTES;
        large.then(|| format!("it is longer than {} KiB", MAX_CARD_BYTES >> 10))
    };
    why.or_else(too_large)
}

fn choice(options: &[ChoiceOption]) -> Option<String> {
    let right = options.iter().filter(|option| option.right).count();
    if !(MIN_OPTIONS..=MAX_OPTIONS).contains(&options.len()) {
        Some(format!("it has {} options, not {MIN_OPTIONS} to {MAX_OPTIONS}", options.len()))
    } else if right == 0 || right == options.len() {
        Some("its options are all right or all wrong".to_owned())
    } else if options.iter().any(|option| option.text.is_empty()) {
        Some("one of its options is empty".to_owned())
    } else {
        None
    }
}

/// What is not the same, if anything.
fn changed(from: &PackageNote, made: &PackageNote) -> Option<&'static str> {
    match (from.content == made.content, from.facts == made.facts) {
        (true, true) => None,
        (false, true) => Some("its text is"),
        (true, false) => Some("its tags or sources are"),
        (false, false) => Some("its text and its tags or sources are"),
    }
}

/// The start of a note's text, by which a person knows it.
fn name(note: &PackageNote) -> String {
    let texts = note.content.texts();
    let line = texts.iter().flat_map(|text| text.lines()).map(str::trim).find(|l| !l.is_empty());
    let line = line.unwrap_or(&note.id);
    match line.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
