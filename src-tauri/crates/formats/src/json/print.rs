//! The way back: a package as a document, a note a line.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::PathBuf;

use base64::engine::general_purpose::STANDARD;
use base64::write::EncoderWriter;
use cairn_core::package::{Package, PackageDeck, PackageMedia, PackageNote, PackageRow};
use cairn_core::policy::Policy;
use cairn_core::turns;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::to_wire::{Number, drill_name, kind, media, note, policy, setting, source};
use super::{FORMAT, VERSION};
use crate::media::sha256_of;

/// Notes that are printed in one go.
const NOTES: usize = 256;

/// Finds the file of a picture or sound.
pub type Find<'a> = &'a dyn Fn(&PackageMedia) -> Option<PathBuf>;

/// What was written besides the text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Printed {
    /// Pictures and sounds whose bytes are in the document.
    pub media: u32,
    /// Names of those whose file is missing or damaged: they are named only.
    pub missing: Vec<String>,
}

/// Writes the document of a package, such that [`parse`](super::parse) gives the package again; with
/// `media`, the bytes of its pictures and sounds too, each once, read piece by piece.
///
/// The same package always gives the same bytes. What breaks a rule of the format (a day outside
/// the years 1 to 9999 …) is written as it stands; `parse` then tells what is wrong.
///
/// # Errors
/// Those of `out`, and of a file that can be opened but not read to its end.
pub fn print(
    package: &Package,
    media: Option<Find<'_>>,
    out: &mut impl Write,
) -> io::Result<Printed> {
    print_told(package, media, out, &mut |_, _| ())
}

/// The same; `told` hears how many notes are made, and of how many, before they are written.
///
/// # Errors
/// Those of [`print`].
pub fn print_told(
    package: &Package,
    media: Option<Find<'_>>,
    out: &mut impl Write,
    told: &mut dyn FnMut(u64, u64),
) -> io::Result<Printed> {
    let all: usize = package.decks.iter().map(|deck| deck.notes.len()).sum();
    told(0, all as u64);
    let mut done = 0;
    let mut on = |notes: usize| {
        done += notes as u64;
        told(done, all as u64);
    };
    let policies = Policies::of(package);
    write!(out, "{{\n\"format\": \"{FORMAT}\",\n\"version\": {VERSION},\n\"policies\": ")?;
    lines(out, policies.list.iter().map(|(rule, settings)| policy(rule, settings)))?;
    if !package.settings.is_empty() {
        write!(out, ",\n\"settings\": {{")?;
        for (at, (key, json)) in package.settings.iter().enumerate() {
            write!(out, "{}", if at == 0 { "\n" } else { ",\n" })?;
            value(out, key)?;
            write!(out, ": ")?;
            value(out, &setting(json))?;
        }
        write!(out, "\n}}")?;
    }
    if !package.kinds.is_empty() {
        write!(out, ",\n\"kinds\": ")?;
        lines(out, package.kinds.iter().map(kind))?;
    }
    write!(out, ",\n\"media\": [")?;
    let printed = write_media(out, &package.media, media)?;
    write!(out, "],\n\"decks\": [")?;
    for (at, deck) in package.decks.iter().enumerate() {
        write!(out, "{}", if at == 0 { "\n" } else { ",\n" })?;
        write_deck(out, deck, &policies, &mut on)?;
    }
    write!(out, "{}]\n}}\n", if package.decks.is_empty() { "" } else { "\n" })?;
    Ok(printed)
}

fn write_media(
    out: &mut impl Write,
    list: &[PackageMedia],
    find: Option<Find<'_>>,
) -> io::Result<Printed> {
    let mut printed = Printed::default();
    let mut written = HashSet::new();
    for (at, one) in list.iter().enumerate() {
        write!(out, "{}", if at == 0 { "\n" } else { ",\n" })?;
        let line = serde_json::to_vec(&media(one))?;
        out.write_all(line.strip_suffix(b"}").unwrap_or(&line))?;
        match find.filter(|_| written.insert(&one.sha256)) {
            None => {}
            Some(find) => match sound(one, find)? {
                Some(mut file) => {
                    write!(out, ",\"data\":\"")?;
                    let mut encoder = EncoderWriter::new(&mut *out, &STANDARD);
                    io::copy(&mut file, &mut encoder)?;
                    encoder.finish()?;
                    drop(encoder);
                    write!(out, "\"")?;
                    printed.media += 1;
                }
                None => printed.missing.push(one.name.clone()),
            },
        }
        write!(out, "}}")?;
    }
    write!(out, "{}", if list.is_empty() { "" } else { "\n" })?;
    Ok(printed)
}

/// The file of a medium, if it holds the bytes that its hash names: others would be refused when
/// they come in.
fn sound(media: &PackageMedia, find: Find<'_>) -> io::Result<Option<File>> {
    let Some(mut file) = find(media).and_then(|path| File::open(path).ok()) else {
        return Ok(None);
    };
    let known = file.metadata()?.is_file() && sha256_of(&mut file)? == media.sha256;
    file.rewind()?;
    Ok(known.then_some(file))
}

fn write_deck(
    out: &mut impl Write,
    deck: &PackageDeck,
    policies: &Policies<'_>,
    on: &mut dyn FnMut(usize),
) -> io::Result<()> {
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
    write!(out, "\"notes\": [")?;
    write_notes(out, notes, &|row| policies.number(row), on)?;
    write!(out, "{}]\n}}", if notes.is_empty() { "" } else { "\n" })
}

/// A note a line, printed on several threads.
fn write_notes(
    out: &mut impl Write,
    notes: &[PackageNote],
    number: Number<'_>,
    on: &mut dyn FnMut(usize),
) -> io::Result<()> {
    let parts = notes.len().div_ceil(NOTES);
    let make = |(): &mut (), part: usize| {
        let mut lines = Vec::new();
        for (at, item) in (part * NOTES..).zip(notes.chunks(NOTES).nth(part).unwrap_or_default()) {
            lines.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
            value(&mut lines, &note(item, number))?;
        }
        Ok(lines)
    };
    turns::in_turns(vec![(); turns::workers()], parts, make, |lines| {
        on(NOTES);
        out.write_all(&lines)
    })
}

fn value<T: Serialize + ?Sized>(out: &mut impl Write, value: &T) -> io::Result<()> {
    Ok(serde_json::to_writer(out, value)?)
}

/// A list with an item a line.
fn lines<T: Serialize>(out: &mut impl Write, items: impl Iterator<Item = T>) -> io::Result<()> {
    write!(out, "[")?;
    let mut empty = true;
    for item in items {
        out.write_all(if empty { b"\n" } else { b",\n" })?;
        value(out, &item)?;
        empty = false;
    }
    write!(out, "{}]", if empty { "" } else { "\n" })
}

/// Rules with their settings, each once, in the order in which rows first name them.
#[derive(Default)]
struct Policies<'a> {
    list: Vec<(&'a str, &'a Policy)>,
    numbers: FxHashMap<(&'a str, PolicyKey), u32>,
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
        self.numbers.get(&(row.rule.as_ref(), key(&row.policy))).copied().unwrap_or_default()
    }
}
