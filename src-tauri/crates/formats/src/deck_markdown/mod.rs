//! The deck text format: Markdown with a little structure, described in `content/FORMAT.md`.
//!
//! # Design
//!
//! Reading goes through four layers, each of which knows nothing of the one above: `lines` says
//! what every line means (with `fence` for code blocks), `header` and `facts` read
//! `key: value` lines, `body` sorts a card's lines into question, answer, options and note, and
//! `card` makes a note of them. A fault never stops the reading; it goes on at the next line that
//! makes sense, at the latest at the next card.
//!
//! Writing goes through [`normalise`] and then [`print()`]. What parsing gives is in normal form
//! already, so nothing is lost by reading a file and writing it. `fit` makes of any deck one that a
//! file can say, and tells what it changed or left out; `normal` holds the normal form of texts.
//! Pictures and sounds lie in a folder beside the file: `media` says where.

mod body;
mod card;
mod faces;
mod facts;
mod fence;
mod fit;
mod header;
mod lines;
mod media;
mod normal;
mod print;
mod words;

use std::collections::HashMap;

use cairn_core::package::{Identity, Package, PackageNote, Problem};
use uuid::Uuid;

use crate::problem::{Place, Problems};
use lines::{Kind, Line, Lines, raw_lines};

pub use fit::normalise;
pub use media::{DeckFile, files, media_folder, names, places};
pub use print::{Printed, print};

/// Largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// Most cards, counted by their headings, in a file.
pub const MAX_CARDS: usize = 500_000;
/// Most text in a card: all that it holds, in bytes, without the marks that structure it.
pub const MAX_CARD_BYTES: usize = 64 * 1024;
/// Most facts of a card, in lines.
pub const MAX_FACTS: usize = 200;

/// Lines of a card that are read at all, in bytes. Their marks and empty lines do not count
/// towards [`MAX_CARD_BYTES`], so this is larger; it bounds the memory that a card can take.
const MAX_CARD_LINES_BYTES: usize = 4 * MAX_CARD_BYTES;

/// Reads a deck: a package with exactly one deck, or every fault of the file in its order.
///
/// A byte order mark and the line ends of any system are accepted. Of very many faults the first
/// [`SHOWN`](crate::problem::SHOWN) are given and one more that counts the others.
pub fn parse(text: &str) -> Result<Package, Vec<Problem>> {
    let mut problems = Problems::default();
    if !fits(text.len(), &mut problems) {
        return problems.or(Package::default());
    }
    let mut lines = Lines::of(text.strip_prefix('\u{feff}').unwrap_or(text));
    let header = header::read(&mut lines, &mut problems);
    let notes = read_cards(&mut lines, &header, &mut problems);
    let mut deck = header.deck;
    deck.notes = notes;
    problems.or(Package { decks: vec![deck], ..Package::default() })
}

/// Reads a deck from the bytes of a file: [`parse`], after a look at its size and that it is UTF-8.
pub fn parse_bytes(bytes: &[u8]) -> Result<Package, Vec<Problem>> {
    let mut problems = Problems::default();
    if !fits(bytes.len(), &mut problems) {
        return problems.or(Package::default());
    }
    let Some(chunk) = bytes.utf8_chunks().next() else { return parse("") };
    let Some(byte) = chunk.invalid().first() else { return parse(chunk.valid()) };
    // With a character in the place of the bad byte, the last line is the one it is in.
    let good = format!("{}?", chunk.valid());
    let (line, text) = (1..).zip(raw_lines(&good)).last().unwrap_or((1, "?"));
    problems.add(
        Place { line, before: text.strip_suffix('?').unwrap_or_default() },
        format_args!("the file is not UTF-8 text: byte 0x{byte:02X} cannot stand here"),
        format_args!("Save the file as UTF-8 in your editor and read it again."),
    );
    problems.or(Package::default())
}

fn fits(bytes: usize, problems: &mut Problems) -> bool {
    if bytes > MAX_FILE_BYTES {
        problems.add(
            Place::start(1),
            format_args!("the file has {bytes} bytes, and a deck file may have {MAX_FILE_BYTES}"),
            format_args!("Split the deck into several files."),
        );
    }
    bytes <= MAX_FILE_BYTES
}

/// The lines of a card, gathered until the next one starts.
struct Gathered<'a> {
    heading: Line<'a>,
    below: Vec<Line<'a>>,
    /// Size of `below` in bytes, a line end a line.
    bytes: usize,
}

/// What has been read of the cards so far.
#[derive(Default)]
struct Cards<'a> {
    notes: Vec<PackageNote>,
    /// The line in which each card id first stands.
    ids: HashMap<&'a str, u32>,
    /// The line in which the card of each written UUID stands.
    uuids: HashMap<Uuid, u32>,
    headings: usize,
}

fn read_cards(
    lines: &mut Lines<'_>,
    header: &header::Header,
    problems: &mut Problems,
) -> Vec<PackageNote> {
    let mut cards = Cards::default();
    let mut open: Option<Gathered<'_>> = None;
    // Text where no card is, is told once: without a header, all of it may be header lines.
    let mut strays_told = !header.found;
    while let Some(line) = lines.next(problems) {
        match (line.kind, &mut open) {
            (Kind::Heading, Some(card)) if faces::belongs(line, card.heading) => card.push(line),
            (Kind::Heading, _) => {
                cards.close(open.take(), header, problems);
                cards.headings += 1;
                if cards.headings > MAX_CARDS {
                    too_many(line, problems);
                    return cards.notes;
                }
                open = Some(Gathered { heading: line, below: Vec::new(), bytes: 0 });
                strays_told = false;
            }
            (Kind::Chapter, _) => cards.close(open.take(), header, problems),
            (_, Some(card)) => card.push(line),
            (Kind::Blank, None) => {}
            (_, None) if !strays_told => {
                stray(line, cards.headings, problems);
                strays_told = true;
            }
            (_, None) => {}
        }
    }
    cards.close(open.take(), header, problems);
    cards.notes
}

impl<'a> Cards<'a> {
    fn close(
        &mut self,
        card: Option<Gathered<'a>>,
        header: &header::Header,
        problems: &mut Problems,
    ) {
        let Some(card) = card else { return };
        let Some(title) = card::title(card.heading, problems) else { return };
        let first = *self.ids.entry(title.id).or_insert(card.heading.number);
        if first != card.heading.number && !title.id.is_empty() {
            problems.add(
                card.heading.place_of(title.id),
                format_args!("the card id {title} is taken: line {first} has it already"),
                format_args!("Give one of the two cards another id."),
            );
        }
        if card.bytes > MAX_CARD_LINES_BYTES {
            card::too_large(title, card.bytes, problems);
            return;
        }
        let Some(note) = card::read(title, &card.below, header, problems) else { return };
        if let Identity::Known(uuid) = note.identity {
            let first = *self.uuids.entry(uuid).or_insert(card.heading.number);
            if first != card.heading.number {
                problems.add(
                    card.heading.start(),
                    format_args!(
                        "the UUID of card {title} is taken: the card in line {first} has it"
                    ),
                    format_args!("Delete the line `uuid: …` of one of the two."),
                );
            }
        }
        self.notes.push(note);
    }
}

impl<'a> Gathered<'a> {
    fn push(&mut self, line: Line<'a>) {
        self.bytes = self.bytes.saturating_add(line.raw.len() + 1);
        if self.bytes <= MAX_CARD_LINES_BYTES {
            self.below.push(line);
        }
    }
}

fn stray(line: Line<'_>, headings: usize, problems: &mut Problems) {
    match headings {
        0 => problems.add(
            line.start(),
            format_args!("there is text before the first card"),
            format_args!(
                "Start a card with `## basic: an-id`, or make the text a comment, `<!-- … -->`."
            ),
        ),
        _ => problems.add(
            line.start(),
            format_args!(
                "there is text between two cards: a heading of level one ended the card above"
            ),
            format_args!(
                "Use `###` or put a backslash before the heading if it belongs to the card."
            ),
        ),
    }
}

fn too_many(line: Line<'_>, problems: &mut Problems) {
    problems.add(
        line.start(),
        format_args!("the deck has more than {MAX_CARDS} cards"),
        format_args!("Split the deck into several files."),
    );
}

#[cfg(test)]
mod tests;
