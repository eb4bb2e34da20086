//! Cards quoted in a report, when the person wishes it.

use std::cmp::Reverse;

use cairn_core::face;
use cairn_core::note::Content;
use cairn_core::progress::{MissedCard, Quoted};
use cairn_core::text;
use rusqlite::{Connection, OptionalExtension};

use super::answers::Answers;
use super::count;
use super::ground::Ground;
use crate::error::Result;

/// Missed cards that are quoted, each missed at least so often.
const MISSED: usize = 10;
const OFTEN: u32 = 2;
/// Learned cards that are quoted.
const LEARNED: usize = 60;

/// Reads the cards most often missed and those learned; cards that are gone are not quoted.
pub(super) fn read(conn: &Connection, ground: &Ground, answers: &Answers) -> Result<Quoted> {
    let there = |card: &i64| ground.of.get(card).is_some_and(|card| !card.gone);
    let mut missed: Vec<_> = answers
        .by_card
        .iter()
        .map(|(card, recall)| (*card, *recall, recall.of - recall.right))
        .filter(|(card, _, missed)| *missed >= OFTEN && there(card))
        .collect();
    missed.sort_unstable_by_key(|(card, recall, missed)| (Reverse(*missed), recall.of, *card));
    let mut quoted = Quoted::default();
    for (card, recall, _) in missed.into_iter().take(MISSED) {
        if let Some(asked) = read_card(conn, card)? {
            let (question, deck) = (asked.question, asked.deck);
            quoted.missed.push(MissedCard { question, deck, recall });
        }
    }
    let mut learned: Vec<(usize, i64)> = answers
        .learned
        .iter()
        .filter(|card| there(card))
        .filter_map(|card| ground.of.get(card).map(|ground| (ground.deck, *card)))
        .collect();
    learned.sort_unstable();
    quoted.learned_more = count(learned.len().saturating_sub(LEARNED));
    for (_, card) in learned.into_iter().take(LEARNED) {
        quoted.learned.extend(read_card(conn, card)?.map(|asked| asked.question));
    }
    Ok(quoted)
}

struct Asked {
    question: String,
    deck: String,
}

/// The question of a card, on one line.
fn read_card(conn: &Connection, card: i64) -> Result<Option<Asked>> {
    let found: Option<(String, String, String)> = conn
        .prepare_cached(
            "SELECT card.ordinal, note.content, deck.name FROM card
               JOIN note ON note.id = card.note JOIN deck ON deck.id = card.deck
             WHERE card.id = ?",
        )?
        .query_row([card], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((key, content, deck)) = found else { return Ok(None) };
    let content: Content = serde_json::from_str(&content)?;
    let (front, _) = face::faces(&content, &key);
    let words: Vec<String> =
        text::plain(&front).split_whitespace().map(ToOwned::to_owned).collect();
    Ok(Some(Asked { question: words.join(" "), deck }))
}
