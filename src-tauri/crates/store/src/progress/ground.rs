//! What the cards teach and how they stand.

use cairn_core::area::Area;
use cairn_core::day::StudyDay;
use cairn_core::progress::{DAYS_AHEAD, DayAhead, Standing};
use rusqlite::Connection;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::error::Result;

/// A deck of the collection.
pub(super) struct Deck {
    id: i64,
    pub(super) title: String,
    pub(super) cards: Standing,
}

/// What an answer to a card counts for.
#[derive(Clone, Copy)]
pub(super) struct Card {
    /// Place of its deck in [`Ground::decks`].
    pub(super) deck: usize,
    pub(super) area: Option<Area>,
    /// Place of its note in [`Ground::taught`].
    note: usize,
    pub(super) gone: bool,
}

/// The cards of a collection or a deck, those that are gone among them: they were answered.
pub(super) struct Ground {
    pub(super) decks: Vec<Deck>,
    pub(super) of: FxHashMap<i64, Card>,
    pub(super) cards: Standing,
    pub(super) by_area: FxHashMap<Option<Area>, Standing>,
    pub(super) by_competency: FxHashMap<u8, Standing>,
    pub(super) ahead: Vec<DayAhead>,
    /// Competencies, note by note.
    taught: Vec<Vec<u8>>,
}

/// What a report reads of a note's facts.
#[derive(Deserialize)]
struct Taught {
    #[serde(default)]
    competencies: Vec<u8>,
}

struct Note {
    place: usize,
    area: Option<Area>,
}

impl Ground {
    /// Reads the cards of one deck or, where none is given, of all.
    pub(super) fn read(conn: &Connection, only: Option<i64>, today: StudyDay) -> Result<Self> {
        let mut ground = Self {
            decks: decks(conn)?,
            of: FxHashMap::default(),
            cards: Standing::default(),
            by_area: FxHashMap::default(),
            by_competency: FxHashMap::default(),
            ahead: (0i32..).take(DAYS_AHEAD as usize).map(|day| ahead(today, day)).collect(),
            taught: Vec::new(),
        };
        let notes = ground.read_notes(conn, only)?;
        ground.read_cards(conn, only, today, &notes)?;
        Ok(ground)
    }

    /// The competencies that a card teaches, each once.
    pub(super) fn competencies(&self, card: Card) -> &[u8] {
        self.taught.get(card.note).map_or(&[], Vec::as_slice)
    }

    pub(super) fn deck_title(&self, id: i64) -> Option<String> {
        self.decks.iter().find(|deck| deck.id == id).map(|deck| deck.title.clone())
    }

    fn read_notes(&mut self, conn: &Connection, only: Option<i64>) -> Result<FxHashMap<i64, Note>> {
        let mut statement =
            conn.prepare("SELECT id, area, facts FROM note WHERE ?1 IS NULL OR deck = ?1")?;
        let mut rows = statement.query([only])?;
        let mut notes = FxHashMap::default();
        while let Some(row) = rows.next()? {
            let area = row.get_ref(1)?.as_str().ok().and_then(Area::from_code);
            let taught: Taught = serde_json::from_str(row.get_ref(2)?.as_str().unwrap_or("{}"))?;
            let mut competencies = taught.competencies;
            competencies.sort_unstable();
            competencies.dedup();
            notes.insert(row.get(0)?, Note { place: self.taught.len(), area });
            self.taught.push(competencies);
        }
        Ok(notes)
    }

    fn read_cards(
        &mut self,
        conn: &Connection,
        only: Option<i64>,
        today: StudyDay,
        notes: &FxHashMap<i64, Note>,
    ) -> Result<()> {
        let places: FxHashMap<i64, usize> =
            self.decks.iter().enumerate().map(|(at, deck)| (deck.id, at)).collect();
        let mut statement = conn.prepare(
            "SELECT id, note, deck, gone, suspended, interval_days,
               max(coalesce(plan_due, due), buried_until)
             FROM card WHERE ?1 IS NULL OR deck = ?1",
        )?;
        let mut rows = statement.query([only])?;
        while let Some(row) = rows.next()? {
            let Some(note) = notes.get(&row.get(1)?) else { continue };
            let Some(&deck) = places.get(&row.get(2)?) else { continue };
            let card = Card { deck, area: note.area, note: note.place, gone: row.get(3)? };
            self.of.insert(row.get(0)?, card);
            if !card.gone {
                self.count(card, row.get(5)?, row.get(4)?);
                if let (Some(comes), false) = (row.get::<_, Option<i32>>(6)?, row.get(4)?) {
                    self.comes(StudyDay::new(comes), today);
                }
            }
        }
        Ok(())
    }

    fn count(&mut self, card: Card, interval_days: Option<u32>, set_aside: bool) {
        self.cards.count(interval_days, set_aside);
        self.by_area.entry(card.area).or_default().count(interval_days, set_aside);
        if let Some(deck) = self.decks.get_mut(card.deck) {
            deck.cards.count(interval_days, set_aside);
        }
        for number in self.taught.get(card.note).into_iter().flatten() {
            self.by_competency.entry(*number).or_default().count(interval_days, set_aside);
        }
    }

    /// Counts a card on the day on which it comes; what has waited comes today.
    fn comes(&mut self, day: StudyDay, today: StudyDay) {
        let place = usize::try_from(day.max(today).days_since(today)).unwrap_or_default();
        if let Some(ahead) = self.ahead.get_mut(place) {
            ahead.ready += 1;
        }
    }
}

fn ahead(today: StudyDay, days: i32) -> DayAhead {
    DayAhead { day: today.plus(days), ready: 0 }
}

fn decks(conn: &Connection) -> Result<Vec<Deck>> {
    let mut statement = conn.prepare("SELECT id, name FROM deck ORDER BY position, id")?;
    let decks = statement
        .query_map([], |row| {
            Ok(Deck { id: row.get(0)?, title: row.get(1)?, cards: Standing::default() })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(decks)
}
