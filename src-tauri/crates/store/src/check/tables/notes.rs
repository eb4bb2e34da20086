//! Table `note`, each beside its cards and what the search knows of it.

use std::iter::Peekable;

use cairn_core::note::Content;
use cairn_core::package::Facts;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::{Cards, Fault, Found, Held, Known, Told};
use crate::error::Result;
use crate::note;

/// A note as far as it can be read.
struct Seen {
    id: i64,
    deck: i64,
    gone: bool,
    content: Option<Content>,
}

/// Looks at every note and its cards; gives how many notes there are.
pub(super) fn look(
    conn: &Connection,
    known: &Known,
    cards: &mut Cards,
    found: &mut Found,
    told: &mut Told<'_>,
) -> Result<usize> {
    let mut statement = conn.prepare(
        "SELECT note.id, note.deck, gone, content, facts, area, operation, base
         FROM note LEFT JOIN origin ON origin.note = note.id ORDER BY note.id",
    )?;
    let mut rows = statement.query([])?;
    let mut theirs = cards.by_note().peekable();
    let mut indexed = known.indexed.iter().peekable();
    let mut count = 0;
    while let Some(row) = rows.next()? {
        told.one()?;
        count += 1;
        let text = |column| row.get_ref(column).ok().and_then(|value| value.as_str().ok());
        let seen = Seen {
            id: row.get(0)?,
            deck: row.get(1)?,
            gone: row.get::<_, i64>(2)? != 0,
            content: text(3).and_then(|json| serde_json::from_str(json).ok()),
        };
        let facts: Option<Facts> = text(4).and_then(|json| serde_json::from_str(json).ok());
        let mut fault = |what| found.add(what, || seen.name());
        match (&seen.content, &facts) {
            (None, _) => fault(Fault::NoteText),
            (_, None) => fault(Fault::NoteFacts),
            (_, Some(facts)) if facts.area.map(|area| area.code()) != text(5) => {
                fault(Fault::NoteArea);
            }
            _ if !is_base(row.get_ref(7)?) => fault(Fault::NoteBase),
            _ => {}
        }
        if !known.decks.contains(seen.deck) {
            fault(Fault::NoteDeck);
        }
        if !known.operations.contains(row.get(6)?) {
            fault(Fault::NoteOperation);
        }
        while indexed.next_if(|id| *id < seen.id).is_some() {
            found.add(Fault::NoteIndexed, String::new);
        }
        match (indexed.next_if(|id| *id == seen.id).is_some(), seen.gone) {
            (false, false) if seen.content.is_some() && facts.is_some() => {
                found.add(Fault::NoteUnindexed, || seen.name());
            }
            (true, true) => found.add(Fault::NoteIndexed, || seen.name()),
            _ => {}
        }
        orphans(&mut theirs, seen.id, found);
        let mut own = Vec::new();
        while let Some(card) = theirs.next_if(|card| card.note == seen.id) {
            own.push(card);
        }
        beside_its_cards(&seen, &own, known, found);
    }
    orphans(&mut theirs, i64::MAX, found);
    indexed.for_each(|_| found.add(Fault::NoteIndexed, String::new));
    Ok(count)
}

/// Whether a text as released is one, or is none.
fn is_base(column: ValueRef<'_>) -> bool {
    column.as_str_or_null().is_ok_and(|base| note::base_of(base).is_ok())
}

/// Cards of notes before this one, which are not there.
fn orphans<'a>(
    theirs: &mut Peekable<impl Iterator<Item = &'a Held>>,
    below: i64,
    found: &mut Found,
) {
    while let Some(card) = theirs.next_if(|card| card.note < below) {
        found.add(Fault::CardNote, || format!("card {}", card.id));
    }
}

fn beside_its_cards(seen: &Seen, own: &[&Held], known: &Known, found: &mut Found) {
    for card in own {
        if !known.decks.contains(card.deck) {
            found.add(Fault::CardDeckGone, || seen.name());
        } else if card.deck != seen.deck {
            found.add(Fault::CardDeck, || seen.name());
        }
        if !known.operations.contains(card.touched) {
            found.add(Fault::CardOperation, || seen.name());
        }
    }
    let keys = match &seen.content {
        Some(content) if !seen.gone => content.card_keys(),
        Some(_) => Vec::new(),
        None => return,
    };
    let in_sight: Vec<&str> =
        own.iter().filter(|card| !card.gone).map(|card| &*card.ordinal).collect();
    for (at, ordinal) in in_sight.iter().enumerate() {
        if !keys.iter().any(|key| key == ordinal) {
            found.add(Fault::CardExtra, || seen.name());
        } else if in_sight.iter().take(at).any(|earlier| earlier == ordinal) {
            found.add(Fault::CardTwice, || seen.name());
        }
    }
    for key in keys.iter().filter(|key| !in_sight.contains(&key.as_str())) {
        found.add(Fault::KeyMissing, || format!("{} ({key})", seen.name()));
    }
}

impl Seen {
    /// Its first words, or its number.
    fn name(&self) -> String {
        let title = self.content.as_ref().map(note::title).unwrap_or_default();
        if title.is_empty() { format!("note {}", self.id) } else { title }
    }
}
