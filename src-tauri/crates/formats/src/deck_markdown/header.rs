//! The header: what a deck says of itself, and the sources that its cards name.

use std::collections::HashMap;

use cairn_core::package::{PackageDeck, Source};

use crate::problem::{Place, Problems, Quoted};

use super::lines::{Kind, Line, Lines, kind_at_margin};
use super::words::{Guess, IdRule, MAX_ID, is_id, is_source_key};

/// Language of a deck that does not say.
pub(super) const DEFAULT_LANGUAGE: &str = "en";
/// Version of a deck that does not say.
pub(super) const DEFAULT_VERSION: &str = "1";

const KEYS: [&str; 6] = ["id", "title", "language", "version", "licence", "about"];
const KEYS_AND_SOURCE: [&str; 7] =
    ["id", "title", "language", "version", "licence", "about", "source KEY"];

/// What the header gives.
#[derive(Debug)]
pub(super) struct Header {
    /// The deck, without its notes.
    pub deck: PackageDeck,
    /// Whether there is a header at all.
    pub found: bool,
    /// The line in which each key first stands; sources with their own key, as `source KEY`.
    lines: HashMap<String, u32>,
}

impl Header {
    /// Whether a card may name this source. Without a header nobody can tell.
    pub fn declares(&self, source: &str) -> bool {
        !self.found || self.lines.contains_key(&source_entry(source))
    }
}

/// Reads the header and the line that ends it.
pub(super) fn read(lines: &mut Lines<'_>, problems: &mut Problems) -> Header {
    let deck = PackageDeck {
        id: String::new(),
        title: String::new(),
        language: DEFAULT_LANGUAGE.into(),
        version: DEFAULT_VERSION.into(),
        licence: String::new(),
        about: String::new(),
        sources: Vec::new(),
        notes: Vec::new(),
    };
    let mut header = Header { deck, found: false, lines: HashMap::new() };
    if lines.peek().map(kind_at_margin) != Some(Kind::Rule) {
        problems.add(
            Place::start(1),
            format_args!("the file does not open with a header"),
            format_args!(
                "Write a line `---`, the deck's `id: …` and `title: …`, and a line `---`."
            ),
        );
        return header;
    }
    header.found = true;
    let mut ended = false;
    lines.next_raw(problems);
    while !ended && lines.peek().is_some_and(|line| kind_at_margin(line) != Kind::Heading) {
        let Some(line) = lines.next_raw(problems) else { break };
        match kind_at_margin(line.raw) {
            Kind::Rule => ended = true,
            Kind::Blank => {}
            _ => header.entry(line, problems),
        }
    }
    if !ended {
        problems.add(
            Place::start(1),
            format_args!("the header is never closed"),
            format_args!("Put a line `---` below the last line of the header."),
        );
    }
    header.check_complete(problems);
    header
}

impl Header {
    fn entry(&mut self, line: Line<'_>, problems: &mut Problems) {
        let Some((key, value)) = line.entry() else {
            problems.add(
                line.start(),
                format_args!("the header line {} is not `key: value`", Quoted(line.raw)),
                format_args!(
                    "Write a key, a colon and a value, or close the header with `---` above."
                ),
            );
            return;
        };
        let source =
            key.strip_prefix("source").filter(|rest| rest.starts_with(char::is_whitespace));
        let known = match source {
            Some(source) => source_entry(source.trim()),
            None if KEYS.contains(&key) => key.to_owned(),
            None => {
                unknown(line, key, problems);
                return;
            }
        };
        let first = *self.lines.entry(known).or_insert(line.number);
        if first != line.number {
            problems.add(
                line.place_of(key),
                format_args!("{} stands twice in the header, first in line {first}", Quoted(key)),
                format_args!("Keep one of the two lines."),
            );
            return;
        }
        match source {
            Some(source) => self.source(line, source.trim(), value, problems),
            None => self.value(line, key, value, problems),
        }
    }

    fn value(&mut self, line: Line<'_>, key: &str, value: &str, problems: &mut Problems) {
        match key {
            "id" if !value.is_empty() && !is_id(value, MAX_ID) => problems.add(
                line.place_of(value),
                format_args!("{} is not a deck id", Quoted(value)),
                format_args!("{}", IdRule(MAX_ID)),
            ),
            "language" if !value.is_empty() && !is_language(value) => problems.add(
                line.place_of(value),
                format_args!("{} is not a language tag", Quoted(value)),
                format_args!("Write a BCP 47 tag such as `en` or `es`."),
            ),
            "id" => self.deck.id = value.into(),
            "title" => self.deck.title = value.into(),
            "licence" => self.deck.licence = value.into(),
            "about" => self.deck.about = value.into(),
            // An empty line keeps the default.
            "language" if !value.is_empty() => self.deck.language = value.into(),
            "version" if !value.is_empty() => self.deck.version = value.into(),
            _ => {}
        }
        if value.is_empty() && matches!(key, "id" | "title") {
            problems.add(
                line.place_of(value),
                format_args!("the {key} of the deck is empty"),
                format_args!("Write it behind the colon."),
            );
        }
    }

    fn source(&mut self, line: Line<'_>, key: &str, value: &str, problems: &mut Problems) {
        if !is_source_key(key) {
            problems.add(
                line.place_of(key),
                format_args!("{} cannot be the key of a source", Quoted(key)),
                format_args!("Write one word without `|`, as in `source npg: title`."),
            );
        }
        let mut parts = value.splitn(3, '|').map(str::trim);
        let mut part = || parts.next().unwrap_or_default();
        let (title, publisher, address) = (part(), part(), part());
        if title.is_empty() {
            problems.add(
                line.place_of(value),
                format_args!("the source {} has no title", Quoted(key)),
                format_args!("Write `source KEY: title`, then optionally `| publisher | address`."),
            );
        }
        if !address.is_empty() && !address.starts_with("https://") {
            problems.add(
                line.place_of(address),
                format_args!(
                    "the address of the source {} does not begin with https://",
                    Quoted(key)
                ),
                format_args!("Write an address that begins with https://, or leave it out."),
            );
        }
        self.deck.sources.push(Source {
            key: key.into(),
            title: title.into(),
            publisher: publisher.into(),
            address: address.into(),
        });
    }

    fn check_complete(&self, problems: &mut Problems) {
        for key in ["id", "title"] {
            if !self.lines.contains_key(key) {
                problems.add(
                    Place::start(1),
                    format_args!("the header does not say the {key} of the deck"),
                    format_args!("Add a line `{key}: …` between the two lines `---`."),
                );
            }
        }
    }
}

fn unknown(line: Line<'_>, key: &str, problems: &mut Problems) {
    match key {
        "source" => problems.add(
            line.place_of(key),
            format_args!("a source in the header has no key"),
            format_args!("Write `source KEY: title`; cards name the source by KEY."),
        ),
        _ => problems.add(
            line.place_of(key),
            format_args!("unknown key {} in the header", Quoted(key)),
            format_args!("{}", Guess { word: key, known: &KEYS_AND_SOURCE }),
        ),
    }
}

fn source_entry(key: &str) -> String {
    format!("source {key}")
}

/// Whether a tag has the shape of BCP 47: parts of up to eight letters and digits.
pub(super) fn is_language(tag: &str) -> bool {
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let first = tag.split('-').next().unwrap_or_default();
    tag.len() <= MAX_ID
        && first.len() >= 2
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && tag.split('-').all(is_part)
}
