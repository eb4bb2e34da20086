//! The facts of a card: the `key: value` lines right below its heading.

use std::collections::HashSet;

use cairn_core::area::Area;
use cairn_core::package::{Citation, Facts, Reading};
use chrono::NaiveDate;
use uuid::Uuid;

use crate::problem::{Problems, Quoted};

use super::MAX_FACTS;
use super::card::{Shape, Title};
use super::header::Header;
use super::lines::{Kind, Line};
use super::words::{self, Guess};

const KEYS: [&str; 8] =
    ["area", "competencies", "concepts", "tags", "source", "expires", "both-ways", "uuid"];

/// What the facts of a card say.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// What goes with the note.
    pub facts: Facts,
    /// Whether a basic card is asked from both sides.
    pub both_ways: bool,
    /// What makes the note the same everywhere, where its ids do not.
    pub uuid: Option<Uuid>,
}

/// Reads the facts at the start of a card's `lines`; gives them and how many lines they take.
pub(super) fn read(
    title: Title<'_>,
    lines: &[Line<'_>],
    header: &Header,
    problems: &mut Problems,
) -> (Known, usize) {
    let mut reader = Reader { title, header, problems, known: Known::default(), seen: Vec::new() };
    for (count, line) in lines.iter().enumerate() {
        if matches!(line.kind, Kind::Blank | Kind::Heading) {
            return (reader.known, count);
        }
        if count == MAX_FACTS {
            reader.too_many(line);
        }
        let Some((key, value)) = line.entry().filter(|_| line.kind == Kind::Text) else {
            reader.no_fact(line);
            return (reader.known, count);
        };
        if count < MAX_FACTS {
            reader.fact(line, key, value);
        }
    }
    (reader.known, lines.len())
}

struct Reader<'a, 'p> {
    title: Title<'a>,
    header: &'a Header,
    problems: &'p mut Problems,
    known: Known,
    /// The keys that stood already, with their lines.
    seen: Vec<(&'a str, u32)>,
}

impl<'a> Reader<'a, '_> {
    fn fact(&mut self, line: &Line<'a>, key: &'a str, value: &'a str) {
        let title = self.title;
        if !KEYS.contains(&key) {
            self.problems.add(
                line.place_of(key),
                format_args!("unknown fact {} on card {title}", Quoted(key)),
                format_args!("{}", Guess { word: key, known: &KEYS }),
            );
            return;
        }
        if let Some((_, first)) = self.seen.iter().find(|(seen, _)| *seen == key) {
            self.problems.add(
                line.place_of(key),
                format_args!(
                    "the fact `{key}` of card {title} stands twice, first in line {first}"
                ),
                format_args!("Keep one of the two lines."),
            );
            return;
        }
        if key != "source" {
            self.seen.push((key, line.number));
        }
        if value.is_empty() {
            self.problems.add(
                line.place_of(value),
                format_args!("the fact `{key}` of card {title} has no value"),
                format_args!("Write one behind the colon, or delete the line."),
            );
            return;
        }
        match key {
            "area" => self.known.facts.area = self.area(line, value),
            "competencies" => self.known.facts.competencies = self.competencies(line, key, value),
            "concepts" => self.known.facts.concepts = self.texts(line, key, value),
            "tags" => self.known.facts.tags = self.texts(line, key, value),
            "expires" => self.known.facts.expires = self.date(line, value),
            "uuid" => self.known.uuid = self.uuid(line, value),
            "both-ways" => self.known.both_ways = self.both_ways(line, value),
            _ => {
                let citation = self.citation(line, value);
                self.known.facts.sources.push(citation);
            }
        }
    }

    fn area(&mut self, line: &Line<'_>, value: &str) -> Option<Area> {
        let area = Area::from_code(value);
        if area.is_none() {
            self.problems.add(
                line.place_of(value),
                format_args!("unknown area {} on card {}", Quoted(value), self.title),
                format_args!("Use one of {}.", Area::ALL.map(Area::code).join(", ")),
            );
        }
        area
    }

    fn competencies(&mut self, line: &Line<'_>, key: &str, value: &str) -> Vec<u8> {
        let mut found = Vec::new();
        for (item, _) in self.items(line, key, value) {
            let digits = item.len() <= 2 && item.bytes().all(|byte| byte.is_ascii_digit());
            match item.parse::<u8>() {
                Ok(number) if digits && (1..=17).contains(&number) && !item.starts_with('0') => {
                    found.push(number);
                }
                _ => self.problems.add(
                    line.place_of(item),
                    format_args!("{} is not a competency of card {}", Quoted(item), self.title),
                    format_args!("Write numbers from 1 to 17, separated by commas."),
                ),
            }
        }
        found
    }

    fn texts(&mut self, line: &Line<'_>, key: &str, value: &str) -> Vec<String> {
        self.items(line, key, value).into_iter().map(|(_, text)| text).collect()
    }

    /// What stands between the commas, as it stands and as it is meant; each once.
    fn items<'v>(&mut self, line: &Line<'_>, key: &str, value: &'v str) -> Vec<(&'v str, String)> {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for item in words::between_commas(value).map(str::trim) {
            if item.is_empty() {
                self.problems.add(
                    line.place_of(item),
                    format_args!("the fact `{key}` of card {} has an empty place", self.title),
                    format_args!("Delete the comma that nothing stands next to."),
                );
            } else if !seen.insert(words::without_escapes(item)) {
                self.problems.add(
                    line.place_of(item),
                    format_args!(
                        "the fact `{key}` of card {} says {} twice",
                        self.title,
                        Quoted(item)
                    ),
                    format_args!("Keep one of the two."),
                );
            } else {
                found.push((item, words::without_escapes(item)));
            }
        }
        found
    }

    fn citation(&mut self, line: &Line<'_>, value: &str) -> Citation {
        let mut parts = value.splitn(4, '|').map(str::trim);
        let key = parts.next().unwrap_or_default();
        if !self.header.declares(key) {
            self.problems.add(
                line.place_of(key),
                format_args!(
                    "card {} names the source {}, which the header does not",
                    self.title,
                    Quoted(key)
                ),
                format_args!(
                    "Add a line `source KEY: title` to the header, or name one that is there."
                ),
            );
        }
        let how = parts.next().map(|how| self.reading(line, how)).unwrap_or_default();
        let read_on = match parts.next() {
            None | Some("unknown") => None,
            Some(date) => self.date(line, date),
        };
        Citation { key: key.into(), how, read_on, place: parts.next().unwrap_or_default().into() }
    }

    fn uuid(&mut self, line: &Line<'_>, value: &str) -> Option<Uuid> {
        let uuid = Uuid::try_parse(value).ok();
        if uuid.is_none() {
            self.problems.add(
                line.place_of(value),
                format_args!("{} on card {} is not a UUID", Quoted(value), self.title),
                format_args!("Write it as an export did, or delete the line."),
            );
        }
        uuid
    }

    fn reading(&mut self, line: &Line<'_>, value: &str) -> Reading {
        match value {
            "page" => Reading::Page,
            "part" => Reading::Part,
            "secondary" => Reading::Secondary,
            "unknown" => Reading::Unknown,
            _ => {
                let known = &["page", "part", "secondary", "unknown"];
                self.problems.add(
                    line.place_of(value),
                    format_args!(
                        "{} is no way to read a source of card {}",
                        Quoted(value),
                        self.title
                    ),
                    format_args!("{}", Guess { word: value, known }),
                );
                Reading::Unknown
            }
        }
    }

    fn date(&mut self, line: &Line<'_>, value: &str) -> Option<NaiveDate> {
        let shaped = value.len() == 10
            && value.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        let date = value.parse().ok().filter(|_| shaped);
        if date.is_none() {
            let or_unknown =
                if line.raw.trim_start().starts_with("source") { ", or `unknown`" } else { "" };
            self.problems.add(
                line.place_of(value),
                format_args!("{} on card {} is not a date", Quoted(value), self.title),
                format_args!("Write year, month and day as in 2026-10-04{or_unknown}."),
            );
        }
        date
    }

    fn both_ways(&mut self, line: &Line<'_>, value: &str) -> bool {
        if self.title.shape != Shape::Basic {
            self.problems.add(
                line.start(),
                format_args!("card {} cannot be asked both ways", self.title),
                format_args!("Delete the line; only basic cards have two sides."),
            );
        } else if !matches!(value, "yes" | "no") {
            self.problems.add(
                line.place_of(value),
                format_args!("the fact `both-ways` of card {} is neither yes nor no", self.title),
                format_args!("Write `both-ways: yes`, or delete the line."),
            );
        }
        value == "yes"
    }

    fn no_fact(&mut self, line: &Line<'_>) {
        self.problems.add(
            line.start(),
            format_args!("{} is not a fact of card {}", Quoted(line.raw), self.title),
            format_args!("Leave an empty line between the facts, `key: value`, and the text."),
        );
    }

    fn too_many(&mut self, line: &Line<'_>) {
        self.problems.add(
            line.start(),
            format_args!("card {} has more than {MAX_FACTS} facts", self.title),
            format_args!("Delete some, or split the card."),
        );
    }
}
