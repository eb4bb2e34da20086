//! Blind readings: what a reader who did not write the items chooses, seeing stem and options only.
//!
//! # Design
//! A sheet shuffles items and options by a seed, so that neither place nor order helps the reader.
//! The raw record keeps, for every answer, the seed and a fingerprint of the item as it was read:
//! the tally can be worked out anew at any time, and an item that was rewritten since needs a new
//! reading. `docs/content-review.md` tells the method.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use cairn_core::hash;
use cairn_core::note::{ChoiceOption, Content};
use cairn_core::package::{PackageDeck, PackageNote};
use uuid::Uuid;

/// What the reader sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// Stem and options.
    Blind,
    /// Options alone: what can be guessed from form?
    Form,
}

/// One answer of a reader, as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Id of the deck.
    pub deck: String,
    /// Id of the item.
    pub item: String,
    /// Names the item's text as it was read.
    pub fingerprint: String,
    /// What was seen.
    pub sheet: Sheet,
    /// Seed of the shuffles.
    pub seed: u64,
    /// Who read.
    pub reader: String,
    /// The letter chosen, A for the first option shown.
    pub letter: char,
    /// What the reader said of the item; may be empty.
    pub remark: String,
}

/// A choice item.
struct Item<'a> {
    note: &'a PackageNote,
    stem: &'a str,
    options: &'a [ChoiceOption],
}

impl Item<'_> {
    fn identity(&self, deck: &PackageDeck) -> Uuid {
        Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{}\n{}", deck.id, self.note.id).as_bytes())
    }

    /// The options in the order of a seed.
    fn shown(&self, deck: &PackageDeck, seed: u64) -> Vec<&ChoiceOption> {
        hash::shuffled(self.options.len(), self.identity(deck), seed)
            .into_iter()
            .filter_map(|at| self.options.get(at))
            .collect()
    }

    fn fingerprint(&self) -> String {
        let options: Vec<String> =
            self.options.iter().map(|o| format!("{} {} {}", o.id, o.right, o.text)).collect();
        let name = hash::fingerprint(&format!("{}\n{}", self.stem, options.join("\n")));
        name.chars().take(12).collect()
    }
}

fn items(deck: &PackageDeck) -> Vec<Item<'_>> {
    deck.notes
        .iter()
        .filter_map(|note| match &note.content {
            Content::Choice { stem, options, .. } => Some(Item { note, stem, options }),
            _ => None,
        })
        .collect()
}

/// The items of a sheet in its order: all of the deck, or only some.
fn sheet_items<'a>(
    deck: &'a PackageDeck,
    seed: u64,
    only: Option<&BTreeSet<String>>,
) -> Vec<Item<'a>> {
    let mut items: Vec<Option<Item<'a>>> = items(deck)
        .into_iter()
        .filter(|item| only.is_none_or(|only| only.contains(&item.note.id)))
        .map(Some)
        .collect();
    let identity = Uuid::new_v5(&Uuid::NAMESPACE_OID, deck.id.as_bytes());
    let order = hash::shuffled(items.len(), identity, seed);
    order.into_iter().filter_map(|at| items.get_mut(at)?.take()).collect()
}

/// A sheet to be read: numbered items with lettered options, nothing else.
pub fn sheet(
    deck: &PackageDeck,
    kind: Sheet,
    seed: u64,
    only: Option<&BTreeSet<String>>,
) -> String {
    let mut text = String::new();
    for (number, item) in (1..).zip(sheet_items(deck, seed, only)) {
        let stem = if kind == Sheet::Blind { item.stem } else { "" };
        let _ = writeln!(text, "{number}. {stem}");
        for (letter, option) in ('A'..).zip(item.shown(deck, seed)) {
            let _ = writeln!(text, "   {letter}) {}", option.text);
        }
        text.push('\n');
    }
    text
}

/// Joins a reader's lines (`number<TAB>letter<TAB>remark`) with the sheet they belong to.
///
/// # Errors
/// A sentence for the first line that does not fit the sheet.
pub fn record(
    deck: &PackageDeck,
    kind: Sheet,
    seed: u64,
    only: Option<&BTreeSet<String>>,
    reader: &str,
    lines: &str,
) -> Result<Vec<Answer>, RecordError> {
    let items = sheet_items(deck, seed, only);
    let mut answers = Vec::new();
    for (line, text) in (1..).zip(lines.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let mut fields = text.splitn(3, '\t').map(str::trim);
        let number: Option<usize> = fields.next().and_then(|number| number.parse().ok());
        let letter = fields.next().and_then(|letter| letter.chars().next());
        let item = number.and_then(|number| items.get(number.checked_sub(1)?));
        let (Some(item), Some(letter)) = (item, letter.filter(|l| ('A'..='H').contains(l))) else {
            return Err(RecordError { line });
        };
        answers.push(Answer {
            deck: deck.id.clone(),
            item: item.note.id.clone(),
            fingerprint: item.fingerprint(),
            sheet: kind,
            seed,
            reader: reader.to_owned(),
            letter,
            remark: fields.next().unwrap_or_default().to_owned(),
        });
    }
    Ok(answers)
}

/// A reader's line that does not fit the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordError {
    /// The line, counted from 1.
    pub line: u32,
}

const COLUMNS: &str = "deck\titem\tfingerprint\tsheet\tseed\treader\tletter\tremark";

/// The raw record as text, one answer a line below a line of column names.
pub fn print_record(answers: &[Answer]) -> String {
    let mut text = format!("{COLUMNS}\n");
    for a in answers {
        let sheet = if a.sheet == Sheet::Blind { "blind" } else { "form" };
        let _ = writeln!(
            text,
            "{}\t{}\t{}\t{sheet}\t{}\t{}\t{}\t{}",
            a.deck, a.item, a.fingerprint, a.seed, a.reader, a.letter, a.remark
        );
    }
    text
}

/// Reads a raw record; lines that are none are left out.
pub fn parse_record(text: &str) -> Vec<Answer> {
    text.lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.split('\t').map(str::to_owned);
            Some(Answer {
                deck: fields.next()?,
                item: fields.next()?,
                fingerprint: fields.next()?,
                sheet: if fields.next()? == "blind" { Sheet::Blind } else { Sheet::Form },
                seed: fields.next()?.parse().ok()?,
                reader: fields.next()?,
                letter: fields.next()?.chars().next()?,
                remark: fields.next().unwrap_or_default(),
            })
        })
        .collect()
}

/// What the readings of the items as they stand now came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Items in the decks.
    pub items: usize,
    /// Blind readings of the present texts.
    pub blind: usize,
    /// Of these, the key chosen.
    pub blind_right: usize,
    /// Readings of the options alone, of the present texts.
    pub form: usize,
    /// Of these, the key chosen.
    pub form_right: usize,
    /// Items whose present text nobody has read blind.
    pub unread: Vec<String>,
    /// Items whose last blind reader chose another option than the key.
    pub disputed: Vec<String>,
}

/// Works the tally out of decks and raw answers alone. Answers to earlier texts count nowhere.
pub fn tally<'a>(decks: impl IntoIterator<Item = &'a PackageDeck>, answers: &[Answer]) -> Tally {
    let mut tally = Tally::default();
    let mut by_item: BTreeMap<(&str, &str), Vec<&Answer>> = BTreeMap::new();
    for answer in answers {
        by_item.entry((&answer.deck, &answer.item)).or_default().push(answer);
    }
    for deck in decks {
        for item in items(deck) {
            tally.items += 1;
            let fingerprint = item.fingerprint();
            let mut last_blind = None;
            let readings = by_item.get(&(deck.id.as_str(), item.note.id.as_str()));
            for answer in readings.into_iter().flatten().filter(|a| a.fingerprint == fingerprint) {
                let place = usize::try_from(u32::from(answer.letter) - u32::from('A')).unwrap_or(8);
                let right =
                    item.shown(deck, answer.seed).get(place).is_some_and(|option| option.right);
                match answer.sheet {
                    Sheet::Blind => {
                        tally.blind += 1;
                        tally.blind_right += usize::from(right);
                        last_blind = Some(right);
                    }
                    Sheet::Form => {
                        tally.form += 1;
                        tally.form_right += usize::from(right);
                    }
                }
            }
            match last_blind {
                None => tally.unread.push(format!("{}/{}", deck.id, item.note.id)),
                Some(false) => tally.disputed.push(format!("{}/{}", deck.id, item.note.id)),
                Some(true) => {}
            }
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck_markdown;

    fn deck(stem: &str) -> PackageDeck {
        let item = |n: u32, stem: &str| {
            format!(
                "## choice: c{n}\n\n{stem}\n\n- [ ] a: one\n  R.\n- [x] b: two\n  R.\n- [ ] c: three\n  R.\n\n"
            )
        };
        let text = format!(
            "---\nid: d\ntitle: D\n---\n\n{}{}{}",
            item(1, stem),
            item(2, "Second?"),
            item(3, "Third?")
        );
        deck_markdown::parse(&text).unwrap().decks.remove(0)
    }

    /// Answers every item of the sheet with the option that says `text`.
    fn answering(deck: &PackageDeck, seed: u64, text: &str) -> Vec<Answer> {
        let sheet = sheet(deck, Sheet::Blind, seed, None);
        let lines: String = sheet
            .split("\n\n")
            .filter(|item| !item.trim().is_empty())
            .enumerate()
            .map(|(n, item)| {
                let line = item.lines().find(|line| line.ends_with(text)).unwrap();
                format!("{}\t{}\tsure\n", n + 1, line.trim().chars().next().unwrap())
            })
            .collect();
        record(deck, Sheet::Blind, seed, None, "reader", &lines).unwrap()
    }

    #[test]
    fn a_sheet_holds_stem_and_options_and_nothing_that_tells_the_key() {
        let sheet = sheet(&deck("First?"), Sheet::Blind, 7, None);
        assert!(sheet.contains("First?") && !sheet.contains("[x]") && !sheet.contains("R."));
        let form = super::sheet(&deck("First?"), Sheet::Form, 7, None);
        assert!(!form.contains("First?") && form.contains("two"));
    }

    #[test]
    fn the_tally_is_worked_out_of_the_raw_record() {
        let deck = deck("First?");
        let mut answers = answering(&deck, 7, "two");
        assert_eq!(parse_record(&print_record(&answers)), answers);
        let tally_now = tally([&deck], &answers);
        assert_eq!((tally_now.items, tally_now.blind, tally_now.blind_right), (3, 3, 3));
        answers.extend(answering(&deck, 8, "one"));
        let tally_now = tally([&deck], &answers);
        assert_eq!((tally_now.blind, tally_now.blind_right), (6, 3));
        assert_eq!(tally_now.disputed, ["d/c1", "d/c2", "d/c3"], "the last reader counts");
    }

    #[test]
    fn an_item_that_was_rewritten_needs_a_new_reading() {
        let answers = answering(&deck("First?"), 7, "two");
        let tally = tally([&deck("First, reworded?")], &answers);
        assert_eq!(tally.unread, ["d/c1"]);
        assert_eq!(tally.blind_right, 2);
    }

    #[test]
    fn a_line_that_does_not_fit_is_named() {
        for (lines, line) in [("1\tA\n9\tA", 2), ("x\tA", 1), ("1\tZ", 1), ("0\tA", 1)] {
            let error = record(&deck("F?"), Sheet::Blind, 1, None, "r", lines).unwrap_err();
            assert_eq!(error.line, line, "{lines}");
        }
    }
}
