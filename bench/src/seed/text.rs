//! Decks with text of the length that real ones have (measured on `content/decks`).

use cairn_core::area::Area;
use cairn_core::note::{ChoiceOption, Content};
use cairn_core::package::{Citation, Facts, PackageDeck, PackageNote, Reading, Source};

use super::draw::Draw;

const VOCABULARY: usize = 6_000;
const SYLLABLES: [&str; 24] = [
    "re", "co", "ver", "y", "sup", "port", "pe", "er", "li", "ved", "ex", "pa", "ri", "ence", "ad",
    "vo", "ca", "te", "ho", "me", "tru", "st", "so", "lu",
];
const SOURCES: usize = 12;

/// Writes decks of made-up words.
pub struct Writer {
    words: Vec<String>,
    draw: Draw,
}

impl Writer {
    /// A writer whose texts depend on `seed` alone.
    pub fn new(seed: u64) -> Self {
        let mut draw = Draw::new(seed);
        let word = |_| (0..2 + draw.below(3)).map(|_| SYLLABLES[draw.below(24)]).collect();
        let words = (0..VOCABULARY).map(word).collect();
        Self { words, draw }
    }

    /// A deck of exactly so many cards, in equal parts basic, cloze (two cards) and choice notes.
    pub fn deck(&mut self, id: &str, cards: usize) -> PackageDeck {
        let mut notes = Vec::new();
        let mut made = 0;
        while made < cards {
            let content = match notes.len() % 3 {
                0 => self.basic(),
                1 if made + 2 <= cards => self.cloze(),
                _ => self.choice(),
            };
            made += content.card_keys().len();
            notes.push(self.note(format!("n{}", notes.len()), content));
        }
        self.with_notes(id, notes)
    }

    /// A deck of exactly so many notes.
    pub fn deck_of_notes(&mut self, id: &str, count: usize) -> PackageDeck {
        let notes = (0..count)
            .map(|number| {
                let content = match number % 3 {
                    0 => self.basic(),
                    1 => self.cloze(),
                    _ => self.choice(),
                };
                self.note(format!("n{number}"), content)
            })
            .collect();
        self.with_notes(id, notes)
    }

    fn with_notes(&mut self, id: &str, notes: Vec<PackageNote>) -> PackageDeck {
        let source = |number| Source {
            key: format!("s{number}"),
            title: self.text(8),
            publisher: self.text(3),
            address: format!("https://example.org/{id}/{number}"),
        };
        PackageDeck {
            sources: (0..SOURCES).map(source).collect(),
            id: id.to_owned(),
            title: format!("Deck {id}"),
            language: "en".into(),
            version: "1".into(),
            licence: "CC0-1.0".into(),
            about: self.text(40),
            notes,
        }
    }

    fn note(&mut self, id: String, content: Content) -> PackageNote {
        let citation = |_| Citation {
            key: format!("s{}", self.draw.below(SOURCES)),
            how: Reading::Page,
            read_on: None,
            place: String::new(),
        };
        let sources = (0..3).map(citation).collect();
        let facts = Facts {
            area: Area::ALL.get(self.draw.below(8)).copied(),
            competencies: vec![1, 3],
            concepts: vec![format!("C{:02}", 1 + self.draw.below(93))],
            tags: vec![self.text(2), self.text(1)],
            sources,
            expires: None,
        };
        PackageNote::new(id, content, facts)
    }

    fn basic(&mut self) -> Content {
        let front = format!("{}?", self.text(22));
        let back = format!("**{}** {}.", self.text(4), self.text(30));
        Content::Basic { front, back, both_ways: false, note: self.corrective() }
    }

    fn cloze(&mut self) -> Content {
        let text = format!(
            "{} {{{{c1::{}}}}} {} {{{{c2::{}::hint}}}} {}.",
            self.text(8),
            self.text(2),
            self.text(8),
            self.text(1),
            self.text(5)
        );
        Content::Cloze { text, note: self.corrective() }
    }

    fn choice(&mut self) -> Content {
        let right = self.draw.below(4);
        let option = |at| ChoiceOption {
            id: format!("o{at}"),
            text: self.text(12),
            right: at == right,
            reason: format!("{}.", self.text(16)),
        };
        let options = (0..4).map(option).collect();
        Content::Choice { stem: format!("{}?", self.text(24)), options, note: self.corrective() }
    }

    /// Two notes in five have one.
    fn corrective(&mut self) -> String {
        if self.draw.percent(40) { format!("{}.", self.text(25)) } else { String::new() }
    }

    fn text(&mut self, words: usize) -> String {
        let mut text = String::new();
        for _ in 0..words {
            if !text.is_empty() {
                text.push(' ');
            }
            let word = self.draw.skewed(VOCABULARY);
            text.push_str(self.words.get(word).map_or("", String::as_str));
        }
        text
    }
}
