//! Two tables for spreadsheets and statistics: `cards.csv`, every card with its state, and
//! `reviews.csv`, every answer. What each column means is in `docs/formats.md`.
//!
//! # Design
//! RFC 4180: commas, CR LF, a quotation mark doubled inside quotation marks; UTF-8 with a byte order
//! mark, without which Excel takes it for another encoding. Numbers and dates are written by hand
//! into one buffer, since there are half a million rows; a test reads them back with the crate `csv`.
//! A table is its head and any number of stretches of rows, made apart.
//!
//! Text that a spreadsheet could take for a formula gets an apostrophe before it. Numbers of ours
//! are no text: −1 stays −1.

mod cell;
mod time;

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

/// Rows of `cards.csv`.
#[derive(Default)]
pub struct Cards {
    line: Line,
}

impl Cards {
    /// How the file begins: with the names of its columns.
    pub fn head() -> Vec<u8> {
        Line::with_names(&CARD_COLUMNS).into_bytes()
    }

    /// Adds a card.
    pub fn add(&mut self, row: &CardRow<'_>) {
        let line = &mut self.line;
        line.uuid(row.card);
        line.uuid(row.note);
        line.text(row.deck);
        line.text(row.kind);
        line.text(row.key);
        line.text(row.question);
        line.text(row.answer);
        line.list(row.tags);
        line.text(row.area);
        line.numbers(row.competencies);
        line.list(row.concepts);
        line.list(row.sources);
        line.word(row.state.name());
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
    }

    /// The rows, to come after the head or other rows.
    pub fn into_bytes(self) -> Vec<u8> {
        self.line.into_bytes()
    }
}

/// Rows of `reviews.csv`.
#[derive(Default)]
pub struct Reviews {
    line: Line,
}

impl Reviews {
    /// How the file begins: with the names of its columns.
    pub fn head() -> Vec<u8> {
        Line::with_names(&REVIEW_COLUMNS).into_bytes()
    }

    /// Adds an answer.
    pub fn add(&mut self, row: &AnswerRow<'_>) {
        let line = &mut self.line;
        let grade = row.grade.and_then(|grade| Grade::try_from(grade).ok());
        line.uuid(row.card);
        line.text(row.deck);
        line.day(Some(row.day));
        line.moment(row.at_ms, row.offset_minutes);
        line.text(row.kind);
        line.number(grade.map(|grade| u32::from(grade.value())));
        line.word(grade.map_or("", word));
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
    }

    /// The rows, to come after the head or other rows.
    pub fn into_bytes(self) -> Vec<u8> {
        self.line.into_bytes()
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
