//! Notes with their cards and rows, made ready on several threads: all that Anki's tables ask for but
//! the ids, which are given one after the other.

use cairn_core::note::Content;
use cairn_core::package::{PackageDeck, PackageNote};

use super::calendar::Calendar;
use super::card::{self, State};
use super::log::{self, LogRow};
use super::names::Names;
use super::note::{self, Made};
use super::types::Types;
use crate::anki::own;

/// A note, ready for its rows.
pub(super) struct Ready<'p> {
    pub note: Made<'p>,
    pub tags: String,
    pub cards: Vec<ReadyCard<'p>>,
}

/// A card of it, and its rows in the log, which do not know its id yet.
pub(super) struct ReadyCard<'p> {
    pub ord: i64,
    pub state: State<'p>,
    pub log: Vec<LogRow>,
}

/// What notes are made ready with.
pub(super) struct Maker<'p> {
    pub progress: bool,
    pub types: &'p Types,
    pub names: &'p Names,
    pub calendar: &'p Calendar,
}

impl Maker<'_> {
    /// Makes a note ready; `position` is its place among the new ones.
    pub fn ready<'n>(&self, deck: &PackageDeck, note: &'n PackageNote, position: i64) -> Ready<'n> {
        let mut made = note::make(deck, note, self.types, self.names);
        let ready = |(key, ord): (String, i64)| {
            let known = note.cards.iter().find(|card| self.progress && card.key == key);
            let Some(card) = known else {
                return ReadyCard { ord, state: State::new(position), log: Vec::new() };
            };
            let mut state = card::state(card, position, self.calendar);
            let mut log: Vec<LogRow> = log::rows(&card.log).collect();
            state.tell_last_answer(&mut log);
            ReadyCard { ord, state, log }
        };
        let cards = std::mem::take(&mut made.ords).into_iter().map(ready).collect();
        Ready { note: made, tags: self.tags(note), cards }
    }

    /// The tags as Anki keeps them; what a person marked while learning stays here, unless their
    /// progress goes along.
    fn tags(&self, note: &PackageNote) -> String {
        let mut names = own::tag_names(&note.facts.tags).unwrap_or_default();
        if !self.progress {
            let local = ["marked", "leech"];
            names.retain(|name| !local.iter().any(|tag| name.eq_ignore_ascii_case(tag)));
        }
        if names.is_empty() { String::new() } else { format!(" {} ", names.join(" ")) }
    }
}

/// No fewer cards than a note makes, without reading its text as a cloze.
pub(super) fn most_cards(note: &PackageNote) -> usize {
    match &note.content {
        Content::Basic { .. } => 2,
        Content::Choice { .. } => 1,
        Content::Faces { faces, .. } => faces.len(),
        Content::Cloze { text, .. } => text.matches("{{c").count(),
    }
}
