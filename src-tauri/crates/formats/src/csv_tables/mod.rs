//! Two tables for spreadsheets and statistics: `cards.csv`, every card with its state, and
//! `reviews.csv`, every answer. What each column means is in `docs/formats.md`.
//!
//! # Design
//! RFC 4180: commas, CR LF, a quotation mark doubled inside quotation marks; UTF-8 with a byte order
//! mark, without which Excel takes it for another encoding. Numbers and dates are written by hand
//! into one buffer, since there are half a million rows; a test reads them back with the crate `csv`.
//!
//! Text that a spreadsheet could take for a formula gets an apostrophe before it. Numbers of ours
//! are no text: −1 stays −1.

mod cell;
mod time;

use std::io::{self, Write};

use cairn_core::grade::Grade;
use cairn_core::rows::{AnswerRow, CardRow};
use cairn_core::schedule::Schedule;

use cell::Line;

/// Marks a file as UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The columns of `cards.csv`.
pub const CARD_COLUMNS: [&str; 24] = [
    "card_id",
    "note_id",
    "deck",
    "kind",
    "key",
    "question",
    "answer",
    "tags",
    "area",
    "competencies",
    "concepts",
    "sources",
    "state",
    "due",
    "interval_days",
    "ease",
    "repetitions",
    "lapses",
    "last_scheduled",
    "last_answered",
    "answers",
    "flagged",
    "leech",
    "buried_until",
];

/// The columns of `reviews.csv`.
pub const REVIEW_COLUMNS: [&str; 17] = [
    "card_id",
    "deck",
    "day",
    "answered_at",
    "kind",
    "grade",
    "grade_word",
    "remembered",
    "chosen",
    "seconds",
    "new_card",
    "interval_before_days",
    "interval_after_days",
    "ease_after",
    "due_after",
    "days_late",
    "rule",
];

/// Writes `cards.csv`, a row at a time.
pub struct Cards<W: Write> {
    line: Line,
    out: W,
}

impl<W: Write> Cards<W> {
    /// Begins the table with the names of its columns.
    pub fn begin(out: W) -> io::Result<Self> {
        let mut table = Self { line: Line::with_names(&CARD_COLUMNS), out };
        table.line.flush_over(0, &mut table.out)?;
        Ok(table)
    }

    /// Adds a card.
    pub fn add(&mut self, row: &CardRow<'_>) -> io::Result<()> {
        let line = &mut self.line;
        line.uuid(row.card);
        line.uuid(row.note);
        line.text(row.deck);
        line.text(row.kind);
        line.text(row.key);
        line.text(row.question);
        line.text(row.answer);
        line.list(row.facts.tags.iter().map(String::as_str));
        line.text(row.facts.area.map_or("", |area| area.code()));
        line.numbers(&row.facts.competencies);
        line.list(row.facts.concepts.iter().map(String::as_str));
        line.list(row.facts.sources.iter().map(|source| source.key.as_str()));
        line.text(row.state.name());
        line.day(row.due);
        match row.schedule {
            Schedule::New => (0..5).for_each(|_| line.empty()),
            Schedule::Known(known) => {
                line.number(Some(known.memory.interval_days));
                line.hundredths(Some(known.memory.ease_hundredths));
                line.number(Some(known.memory.repetitions));
                line.number(Some(known.lapses));
                line.day(Some(known.last));
            }
        }
        line.day(row.last_answered);
        line.number(Some(row.answers));
        line.yes_or_no(row.flagged);
        line.yes_or_no(row.schedule.is_leech());
        line.day(row.buried_until);
        line.end();
        line.flush_over(cell::ENOUGH, &mut self.out)
    }

    /// Writes what is left.
    pub fn finish(mut self) -> io::Result<W> {
        self.line.flush_over(0, &mut self.out)?;
        Ok(self.out)
    }
}

/// Writes `reviews.csv`, a row at a time.
pub struct Reviews<W: Write> {
    line: Line,
    out: W,
}

impl<W: Write> Reviews<W> {
    /// Begins the table with the names of its columns.
    pub fn begin(out: W) -> io::Result<Self> {
        let mut table = Self { line: Line::with_names(&REVIEW_COLUMNS), out };
        table.line.flush_over(0, &mut table.out)?;
        Ok(table)
    }

    /// Adds an answer.
    pub fn add(&mut self, row: &AnswerRow<'_>) -> io::Result<()> {
        let line = &mut self.line;
        let grade = row.grade.and_then(|grade| Grade::try_from(grade).ok());
        line.uuid(row.card);
        line.text(row.deck);
        line.day(Some(row.day));
        line.moment(row.at_ms, row.offset_minutes);
        line.text(row.kind);
        line.number(grade.map(|grade| u32::from(grade.value())));
        line.text(grade.map_or("", word));
        match grade {
            Some(grade) => line.yes_or_no(grade.is_pass()),
            None => line.empty(),
        }
        line.text(row.response);
        line.seconds(row.taken_ms);
        line.yes_or_no(row.before_interval_days.is_none());
        line.number(row.before_interval_days);
        line.number(row.after_interval_days);
        line.hundredths(row.after_ease_hundredths);
        line.day(row.after_due);
        line.number(row.late_days);
        line.text(row.rule);
        line.end();
        line.flush_over(cell::ENOUGH, &mut self.out)
    }

    /// Writes what is left.
    pub fn finish(mut self) -> io::Result<W> {
        self.line.flush_over(0, &mut self.out)?;
        Ok(self.out)
    }
}

/// The button of a grade.
fn word(grade: Grade) -> &'static str {
    match grade.value() {
        3 => "Hard",
        4 => "Good",
        5 => "Easy",
        _ => "Again",
    }
}

#[cfg(test)]
mod tests;
