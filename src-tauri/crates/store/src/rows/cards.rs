//! The cards in memory, with what answers tell of them.

use cairn_core::day::StudyDay;
use cairn_core::rows::CardState;
use cairn_core::schedule::Schedule;
use cairn_core::turns;
use rusqlite::params;
use rustc_hash::FxHashMap;
use uuid::Uuid;

use crate::card;
use crate::error::{Error, Result};
use crate::places::Places;
use crate::reader::Reader;
use crate::spans;

/// What an answer needs of its card. Answers come in no order of the cards, so what they ask for is
/// kept close together.
pub(super) struct Name {
    pub(super) uuid: Uuid,
    /// Place in the decks.
    pub(super) deck: usize,
}

/// The rest of a card.
pub(super) struct Card {
    id: i64,
    /// Local id of its note.
    note: i64,
    /// Place of its key.
    key: usize,
    suspended: bool,
    pub(super) flagged: bool,
    /// Hidden on study days before this one.
    pub(super) buried_until: i32,
    pub(super) due: Option<StudyDay>,
    pub(super) schedule: Schedule,
}

impl Card {
    pub(super) fn state(&self, today: StudyDay) -> CardState {
        match self.schedule {
            _ if self.suspended => CardState::Suspended,
            _ if self.buried_until > today.number() => CardState::Buried,
            Schedule::New => CardState::New,
            Schedule::Known(_) => CardState::Review,
        }
    }
}

/// The cards of a span, and the keys by whose places they name theirs.
type Found = (Vec<(Card, Name)>, Vec<String>);

/// All cards, those of a note together.
#[derive(Default)]
pub(super) struct Cards {
    all: Vec<Card>,
    pub(super) names: Vec<Name>,
    /// `front`, `back`, `c1` …: there are few.
    keys: Vec<String>,
    by_id: Places,
    /// The first card of each note.
    by_note: Places,
}

impl Cards {
    /// Reads those that are not gone, of one deck or of all of `decks` (local ids).
    pub(super) fn read(readers: &mut [Reader], only: Option<i64>, decks: &[i64]) -> Result<Self> {
        let first = readers.first().ok_or(Error::Busy)?;
        let spans = spans::of_table(&first.conn, "card")?;
        let decks: FxHashMap<i64, usize> = decks.iter().copied().zip(0..).collect();
        let make = |reader: &mut &mut Reader, part: usize| match spans.get(part) {
            Some(span) => span_of_cards(reader, span, only, &decks),
            None => Ok((Vec::new(), Vec::new())),
        };
        let (mut cards, mut key_places) = (Self::default(), FxHashMap::default());
        turns::in_turns(readers.iter_mut().collect(), spans.len(), make, |(found, keys)| {
            let keys: Vec<usize> = keys
                .into_iter()
                .map(|key| {
                    *key_places.entry(key).or_insert_with_key(|key: &String| {
                        cards.keys.push(key.clone());
                        cards.keys.len() - 1
                    })
                })
                .collect();
            for (card, name) in found {
                let key = keys.get(card.key).copied().unwrap_or_default();
                cards.all.push(Card { key, ..card });
                cards.names.push(name);
            }
            Ok::<_, Error>(())
        })?;
        cards.put_in_order();
        let mut last = None;
        for (place, card) in cards.all.iter().enumerate() {
            cards.by_id.insert(card.id, place);
            if last.replace(card.note) != Some(card.note) {
                cards.by_note.insert(card.note, place);
            }
        }
        Ok(cards)
    }

    /// Puts the cards of a note together. Mostly they are: they are made together.
    fn put_in_order(&mut self) {
        let order = |card: &Card| (card.note, card.id);
        if self.all.is_sorted_by_key(order) {
            return;
        }
        let names = std::mem::take(&mut self.names);
        let mut both: Vec<_> = std::mem::take(&mut self.all).into_iter().zip(names).collect();
        both.sort_by_key(|(card, _)| order(card));
        (self.all, self.names) = both.into_iter().unzip();
    }

    /// The name of a card by its local id, with its place.
    pub(super) fn get(&self, id: i64) -> Option<(usize, &Name)> {
        let place = self.by_id.get(id)?;
        Some((place, self.names.get(place)?))
    }

    /// The cards of a note, in the order in which they were made, with their places.
    pub(super) fn of_note(&self, note: i64) -> impl Iterator<Item = (usize, &Name, &Card)> {
        let first = self.by_note.get(note).unwrap_or(self.all.len());
        let cards = self.all.iter().zip(&self.names).enumerate().skip(first);
        cards
            .take_while(move |(_, (card, _))| card.note == note)
            .map(|(place, (card, name))| (place, name, card))
    }

    pub(super) fn key(&self, card: &Card) -> &str {
        self.keys.get(card.key).map_or("", String::as_str)
    }
}

fn span_of_cards(
    reader: &Reader,
    span: &spans::Span,
    only: Option<i64>,
    decks: &FxHashMap<i64, usize>,
) -> Result<Found> {
    let mut statement = reader.conn.prepare_cached(
        "SELECT id, uuid, note, deck, ordinal, suspended, flagged, buried_until,
           coalesce(plan_due, due), repetitions, interval_days, ease_hundredths, due, last_day,
           lapses
         FROM card WHERE id BETWEEN ?2 AND ?3 AND gone = 0 AND (?1 IS NULL OR deck = ?1)",
    )?;
    let mut rows = statement.query(params![only, span.start(), span.end()])?;
    let (mut cards, mut keys) = (Vec::new(), Vec::<String>::new());
    while let Some(row) = rows.next()? {
        let Some(&deck) = decks.get(&row.get(3)?) else { continue };
        let key = super::text(row, 4)?;
        let key = keys.iter().position(|known| known == key).unwrap_or_else(|| {
            keys.push(key.to_owned());
            keys.len() - 1
        });
        let name = Name { uuid: card::uuid(row, 1)?, deck };
        let card = Card {
            id: row.get(0)?,
            note: row.get(2)?,
            key,
            suspended: row.get(5)?,
            flagged: row.get(6)?,
            buried_until: row.get(7)?,
            due: super::day(row, 8)?,
            schedule: card::schedule(row, 9)?,
        };
        cards.push((card, name));
    }
    Ok((cards, keys))
}
