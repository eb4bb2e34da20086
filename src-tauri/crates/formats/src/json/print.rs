//! The way back: a package as a document, a note a line.

use std::collections::HashMap;
use std::io::{self, Write};

use cairn_core::package::{Package, PackageDeck, PackageRow};
use cairn_core::policy::Policy;
use serde::Serialize;

use super::to_wire::{drill_name, media, note, policy, source};
use super::{FORMAT, VERSION};

/// Stands in every document, for whoever opens it.
const REMARK: &str =
    "Pictures and sounds are only named here; their bytes travel beside this file, by SHA-256.";

/// Writes the document of a package, such that [`parse`](super::parse) gives the package again.
///
/// The same package always gives the same bytes. What breaks a rule of the format (a day outside
/// the years 1 to 9999 …) is written as it stands; `parse` then tells what is wrong.
///
/// # Errors
/// Those of `out`.
pub fn print(package: &Package, out: &mut impl Write) -> io::Result<()> {
    let policies = Policies::of(package);
    write!(out, "{{\n\"format\": \"{FORMAT}\",\n\"version\": {VERSION},\n\"remark\": ")?;
    value(out, REMARK)?;
    write!(out, ",\n\"policies\": ")?;
    lines(out, policies.list.iter().map(|(rule, settings)| policy(rule, settings)))?;
    write!(out, ",\n\"media\": ")?;
    lines(out, package.media.iter().map(media))?;
    write!(out, ",\n\"decks\": [")?;
    for (at, deck) in package.decks.iter().enumerate() {
        write!(out, "{}", if at == 0 { "\n" } else { ",\n" })?;
        write_deck(out, deck, &policies)?;
    }
    write!(out, "{}]\n}}\n", if package.decks.is_empty() { "" } else { "\n" })
}

fn write_deck(out: &mut impl Write, deck: &PackageDeck, policies: &Policies<'_>) -> io::Result<()> {
    let PackageDeck { id, title, language, version, licence, about, sources, notes } = deck;
    let needed = [("id", id), ("title", title), ("language", language), ("version", version)];
    let more = [("licence", licence), ("about", about)];
    let more = more.into_iter().filter(|(_, text)| !text.is_empty());
    writeln!(out, "{{")?;
    for (name, text) in needed.into_iter().chain(more) {
        write!(out, "\"{name}\": ")?;
        value(out, text)?;
        writeln!(out, ",")?;
    }
    if !sources.is_empty() {
        write!(out, "\"sources\": ")?;
        lines(out, sources.iter().map(source))?;
        writeln!(out, ",")?;
    }
    let number = |row: &PackageRow| policies.number(row);
    write!(out, "\"notes\": ")?;
    lines(out, notes.iter().map(|item| note(item, &number)))?;
    write!(out, "\n}}")
}

fn value<T: Serialize + ?Sized>(out: &mut impl Write, value: &T) -> io::Result<()> {
    Ok(serde_json::to_writer(out, value)?)
}

/// A list with an item a line.
fn lines<T: Serialize>(out: &mut impl Write, items: impl Iterator<Item = T>) -> io::Result<()> {
    write!(out, "[")?;
    let mut empty = true;
    for item in items {
        write!(out, "{}", if empty { "\n" } else { ",\n" })?;
        value(out, &item)?;
        empty = false;
    }
    write!(out, "{}]", if empty { "" } else { "\n" })
}

/// Rules with their settings, each once, in the order in which rows first name them.
#[derive(Default)]
struct Policies<'a> {
    list: Vec<(&'a str, &'a Policy)>,
    numbers: HashMap<(&'a str, PolicyKey), u32>,
}

/// What a policy is told apart by.
type PolicyKey = (bool, bool, u32, &'static str);

fn key(policy: &Policy) -> PolicyKey {
    let Policy { late_credit, fuzz, max_interval_days, drill } = *policy;
    (late_credit, fuzz, max_interval_days, drill_name(drill))
}

impl<'a> Policies<'a> {
    fn of(package: &'a Package) -> Self {
        let mut policies = Self::default();
        let notes = package.decks.iter().flat_map(|deck| &deck.notes);
        for row in notes.flat_map(|note| &note.cards).flat_map(|card| &card.log) {
            let next = u32::try_from(policies.list.len()).unwrap_or(u32::MAX);
            policies.numbers.entry((&row.rule, key(&row.policy))).or_insert_with(|| {
                policies.list.push((&row.rule, &row.policy));
                next
            });
        }
        policies
    }

    /// The place of a row's policy in the list.
    fn number(&self, row: &PackageRow) -> u32 {
        self.numbers.get(&(row.rule.as_str(), key(&row.policy))).copied().unwrap_or_default()
    }
}
