//! The way back: a deck as the text of a file.

use std::borrow::Cow;
use std::fmt::{self, Display, Write as _};

use cairn_core::note::{ChoiceOption, Content};
use cairn_core::package::{Citation, Facts, Identity, PackageDeck, PackageNote, Reading};

use super::faces::FACE;
use super::fence::Fence;
use super::fit::fit;
use super::lines::{needs_backslash, raw_lines};
use super::normal::is_backslashes;
use super::words::with_escapes;
use super::{MAX_CARDS, MAX_FILE_BYTES};

/// A deck as the text of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The text.
    pub text: String,
    /// What could not be said in it, in sentences: empty where the file says all.
    pub remarks: Vec<String>,
}

/// The text of a deck file, such that `parse(&print(deck).text)` gives the deck in its [normal
/// form](super::normalise), which is the deck itself if it came from a file.
///
/// Every deck has such a text: what a file can't say is changed or left out, and told. Schedules
/// and histories are never in it.
pub fn print(deck: &PackageDeck) -> Printed {
    let (fitted, mut remarks) = fit(deck);
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = Sheet(&fitted).write(&mut text);
    if text.len() > MAX_FILE_BYTES || fitted.notes.len() > MAX_CARDS {
        remarks.push(format!(
            "This deck is larger than Cairn reads as text ({} MiB, {MAX_CARDS} cards). Give it as \
             Cairn JSON instead.",
            MAX_FILE_BYTES >> 20
        ));
    }
    Printed { text, remarks }
}

/// How long the lines of a note are, in bytes.
pub(super) fn size(note: &PackageNote) -> usize {
    let mut text = String::new();
    let _ = write_note(&mut text, note);
    text.len()
}

struct Sheet<'a>(&'a PackageDeck);

impl Sheet<'_> {
    fn write(&self, out: &mut String) -> fmt::Result {
        let deck = self.0;
        writeln!(out, "---\nid: {}\ntitle: {}", deck.id, deck.title)?;
        writeln!(out, "language: {}\nversion: {}", deck.language, deck.version)?;
        for (key, value) in [("licence", &deck.licence), ("about", &deck.about)] {
            if !value.is_empty() {
                writeln!(out, "{key}: {value}")?;
            }
        }
        for source in &deck.sources {
            let parts = [&source.title, &source.publisher, &source.address].map(String::as_str);
            writeln!(out, "source {}: {}", source.key, barred(&parts))?;
        }
        writeln!(out, "---")?;
        deck.notes.iter().try_for_each(|note| write_note(out, note))
    }
}

fn write_note(out: &mut String, note: &PackageNote) -> fmt::Result {
    writeln!(out, "\n## {}: {}", note.content.kind(), note.id)?;
    write_facts(out, &note.facts)?;
    if let Identity::Known(uuid) = note.identity {
        writeln!(out, "uuid: {uuid}")?;
    }
    match &note.content {
        Content::Basic { front, back, both_ways, .. } => {
            if *both_ways {
                writeln!(out, "both-ways: yes")?;
            }
            write_sides(out, front, back)?;
        }
        Content::Cloze { text, .. } => write!(out, "\n{}", Escaped(text))?,
        Content::Faces { faces, .. } => {
            for face in faces {
                writeln!(out, "\n## {FACE}: {}", face.key)?;
                write_sides(out, &face.front, &face.back)?;
            }
        }
        Content::Choice { stem, options, .. } => {
            writeln!(out, "\n{}", Escaped(stem))?;
            options.iter().try_for_each(|option| write_option(out, option))?;
        }
    }
    if note.content.corrective().is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    raw_lines(&one_more(note.content.corrective())).try_for_each(|line| match line {
        "" => writeln!(out, ">"),
        line => writeln!(out, "> {line}"),
    })
}

/// A text as it stands in a file: one of nothing but backslashes has one more, so that an empty one
/// can be said.
fn one_more(text: &str) -> Cow<'_, str> {
    if is_backslashes(text) { format!("\\{text}").into() } else { text.into() }
}

fn write_sides(out: &mut String, front: &str, back: &str) -> fmt::Result {
    write!(out, "\n{}\n---\n\n{}", Escaped(front), Escaped(back))
}

fn write_facts(out: &mut String, facts: &Facts) -> fmt::Result {
    if let Some(area) = facts.area {
        writeln!(out, "area: {}", area.code())?;
    }
    write_list(out, "competencies", &facts.competencies)?;
    for (key, words) in [("concepts", &facts.concepts), ("tags", &facts.tags)] {
        write_list(out, key, &words.iter().map(|word| with_escapes(word)).collect::<Vec<_>>())?;
    }
    for citation in &facts.sources {
        writeln!(out, "source: {}", cited(citation))?;
    }
    if let Some(date) = facts.expires {
        writeln!(out, "expires: {date}")?;
    }
    Ok(())
}

fn write_list(out: &mut String, key: &str, items: &[impl Display]) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        match at {
            0 => write!(out, "{key}: {item}")?,
            _ => write!(out, ", {item}")?,
        }
    }
    if items.is_empty() { Ok(()) } else { writeln!(out) }
}

fn write_option(out: &mut String, option: &ChoiceOption) -> fmt::Result {
    let mark = if option.right { 'x' } else { ' ' };
    writeln!(out, "- [{mark}] {}: {}", option.id, option.text)?;
    raw_lines(&one_more(&option.reason)).try_for_each(|line| match line {
        "" => writeln!(out),
        line => writeln!(out, "  {line}"),
    })
}

fn cited(citation: &Citation) -> String {
    let how = match citation.how {
        Reading::Page => "page",
        Reading::Part => "part",
        Reading::Secondary => "secondary",
        Reading::Unknown => "unknown",
    };
    let date = citation.read_on.map_or_else(|| "unknown".into(), |date| date.to_string());
    let known = if citation.place.is_empty() { 3 } else { 4 };
    [&citation.key, how, &date, &citation.place][..known].join(" | ")
}

/// The parts with bars between them, up to the last that says something.
fn barred(parts: &[&str]) -> String {
    let said = parts.iter().rposition(|part| !part.is_empty()).map_or(0, |last| last + 1);
    let mut out = String::new();
    for (at, part) in parts[..said].iter().enumerate() {
        let bar = if at == 0 { "" } else { " |" };
        let space = if at == 0 || part.is_empty() { "" } else { " " };
        out = out + bar + space + part;
    }
    out
}

/// A Markdown text as it stands in a file: a backslash before every line that is no structure.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut open: Option<Fence> = None;
        for line in raw_lines(&one_more(self.0)) {
            let backslash = match open {
                Some(fence) => {
                    open = Some(fence).filter(|fence| !fence.closed_by(line));
                    false
                }
                None => {
                    open = Fence::opening(line);
                    needs_backslash(line)
                }
            };
            writeln!(f, "{}{line}", if backslash { "\\" } else { "" })?;
        }
        Ok(())
    }
}
