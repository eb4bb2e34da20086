//! How the cards stand today, as cairns and in numbers.

use std::fmt::Write as _;
use std::io::{self, Write};

use cairn_core::progress::Standing;

use super::Page;
use super::chart::{self, STANDINGS};
use super::html::Text;
use super::table::{Cell, Head, Table};

impl<W: Write> Page<'_, W> {
    pub(super) fn cards(&mut self) -> io::Result<()> {
        let (words, progress) = (self.words, self.progress);
        let cards = progress.cards;
        if cards.total() == 0 {
            return Ok(());
        }
        self.open(words.cards)?;
        self.say(&(words.cards_said)(cards))?;
        let areas = progress.areas.iter().filter(|area| area.cards.total() > 0);
        let by_area = areas.clone().any(|area| area.area.is_some());
        if by_area {
            if cards.known > 0 {
                self.cairns()?;
            }
            let rows = areas
                .map(|area| self.standing(Cell::words(words.area_or_none(area.area)), area.cards));
            let rows = rows.collect();
            self.standings(words.cards_by_area, words.area, rows)?;
        }
        let decks = progress.decks.iter().filter(|deck| deck.cards.total() > 0);
        let rows: Vec<Vec<Cell>> =
            decks.map(|deck| self.standing(Cell::own(&deck.title), deck.cards)).collect();
        if rows.len() > 1 || !by_area {
            self.standings(words.cards_by_deck, words.deck, rows)?;
        }
        self.close()
    }

    fn cairns(&mut self) -> io::Result<()> {
        let (words, progress) = (self.words, self.progress);
        let mut piles = String::from("<ul class=\"cairns\">\n");
        for area in &progress.areas {
            let Some(name) = area.area.map(words.area_name) else { continue };
            let (known, all) = (area.cards.known, area.cards.total() - area.cards.set_aside);
            let id = format!("cairn-{}", area.area.map_or("", |area| area.code()));
            let drawing = chart::cairn(&id, &(words.cairn_title)(name, known, all), known, all);
            let (name, known) = (Text(name), (words.known_of)(known, all));
            let known = Text(&known);
            let _ =
                writeln!(piles, "<li>{drawing}<strong>{name}</strong><span>{known}</span></li>");
        }
        piles.push_str("</ul>\n");
        self.figure(words.cairns, words.cairns_said, &piles)
    }

    fn standing(&self, name: Cell, cards: Standing) -> Vec<Cell> {
        let number = |value: u32| (self.words.number)(value.into());
        let parts = self.shown(chart::parts(cards));
        let names = self.shown(self.standing_names());
        let said =
            names.iter().zip(&parts).map(|(name, part)| format!("{name}: {}", number(*part)));
        let said: Vec<String> = said.collect();
        let mut row = vec![name];
        row.extend(parts.iter().map(|part| Cell::count(&number(*part), *part)));
        if parts.len() > 1 {
            row.push(Cell::number(&number(cards.total())));
            row.push(Cell::drawing(chart::bar(cards, &said.join(", "))));
        }
        row
    }

    fn standings(&mut self, caption: &str, of_what: &str, rows: Vec<Vec<Cell>>) -> io::Result<()> {
        let words = self.words;
        let names = self.shown(self.standing_names());
        let keyed = names.iter().zip(self.shown(STANDINGS));
        let mut heads = vec![Head::words(of_what)];
        heads.extend(keyed.map(|(name, class)| Head::keyed(name, &chart::swatch(class))));
        if names.len() > 1 {
            heads.extend([Head::number(words.all_cards), Head::drawing(words.parts)]);
        }
        let total =
            (rows.len() > 1).then(|| self.standing(Cell::words(words.total), self.progress.cards));
        self.table(&Table { caption, heads, rows, total })
    }

    /// Names of the standings, in the order in which they are drawn.
    fn standing_names(&self) -> [&'static str; STANDINGS.len()] {
        let words = self.words;
        [words.known, words.getting_known, words.not_started, words.set_aside]
    }

    /// What is said of the standings: those in which no card at all stands are left out.
    fn shown<T>(&self, all: [T; STANDINGS.len()]) -> Vec<T> {
        let there = chart::parts(self.progress.cards);
        all.into_iter().zip(there).filter(|(_, cards)| *cards > 0).map(|(part, _)| part).collect()
    }
}
