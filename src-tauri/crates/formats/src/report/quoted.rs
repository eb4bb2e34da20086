//! Cards quoted, when that was wished.

use std::io::{self, Write};

use super::Page;
use super::html::{Text, Wrapped};
use super::table::{Cell, Head, Table};

/// Longest question quoted in a table and in a list, in characters.
const LONG: usize = 240;
const SHORT: usize = 110;

impl<W: Write> Page<'_, W> {
    pub(super) fn quoted(&mut self) -> io::Result<()> {
        let (words, progress) = (self.words, self.progress);
        let Some(quoted) = &progress.quoted else { return Ok(()) };
        // Before a card has come back, none can have been missed or learned.
        if progress.recall.of == 0 {
            return Ok(());
        }
        writeln!(self.out, "<div class=\"quoted\">")?;
        self.open(words.missed)?;
        if quoted.missed.is_empty() {
            self.say(words.missed_none)?;
        } else {
            self.say(words.missed_said)?;
            let heads = vec![
                Head::words(words.question),
                Head::words(words.deck),
                Head::number(words.remembered),
            ];
            let rows = quoted.missed.iter().map(|card| {
                let remembered = Cell::number(&(words.of)(card.recall.right, card.recall.of));
                vec![Cell::own(&shortened(&card.question, LONG)), Cell::own(&card.deck), remembered]
            });
            let rows = rows.collect();
            self.table(&Table { caption: words.missed_table, heads, rows, total: None })?;
        }
        self.close()?;
        self.open(words.learned)?;
        if quoted.learned.is_empty() {
            self.say(words.learned_none)?;
        } else {
            writeln!(self.out, "<ul class=\"cards\">")?;
            for question in &quoted.learned {
                writeln!(self.out, "<li>{}</li>", Wrapped(&shortened(question, SHORT)))?;
            }
            writeln!(self.out, "</ul>")?;
            if quoted.learned_more > 0 {
                let more = (words.learned_more)(quoted.learned_more);
                writeln!(self.out, "<p>{}</p>", Text(&more))?;
            }
        }
        self.close()?;
        writeln!(self.out, "</div>")
    }
}

/// The beginning of a text, up to a word's end, with a mark where something is left out.
fn shortened(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let start = text.get(..end).unwrap_or_default();
    let words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
    format!("{} …", words.trim_end())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::whole("ten letters", "ten letters")]
    #[case::cut("one two three four", "one two …")]
    #[case::one_long_word("Donaudampfschifffahrt", "Donaudampfs …")]
    #[case::not_within_a_letter("ñandú ñandú ñandú", "ñandú …")]
    fn a_long_question_ends_at_a_word(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(shortened(text, 11), expected);
    }
}
