//! Cells of a line, written by hand.

use std::borrow::Cow;

use cairn_core::day::StudyDay;
use uuid::Uuid;

use super::{BYTE_ORDER_MARK, time};

/// Lines of a table.
#[derive(Default)]
pub(super) struct Line {
    bytes: Vec<u8>,
    /// Dates written lately: rows that are near each other are of few days.
    dates: Dates,
}

impl Line {
    /// A first line with the names of the columns.
    pub(super) fn with_names(names: &[&str]) -> Self {
        let mut line = Self::default();
        line.bytes.extend_from_slice(BYTE_ORDER_MARK.as_bytes());
        names.iter().for_each(|name| line.text(name));
        line.end();
        line
    }

    /// Text, made harmless and quoted where it must be.
    pub(super) fn text(&mut self, text: &str) {
        if starts_formula(text) {
            self.quoted(&["'", text]);
        } else if needs_quotes(text.as_bytes()) {
            self.quoted(&[text]);
        } else {
            self.bytes.extend_from_slice(text.as_bytes());
        }
        self.bytes.push(b',');
    }

    fn quoted(&mut self, parts: &[&str]) {
        self.bytes.push(b'"');
        for part in parts {
            // What stands before each mark goes with it; the mark once more.
            for piece in part.split_inclusive('"') {
                self.bytes.extend_from_slice(piece.as_bytes());
                if piece.ends_with('"') {
                    self.bytes.push(b'"');
                }
            }
        }
        self.bytes.push(b'"');
    }

    /// Texts in one cell, with `; ` between them.
    pub(super) fn list(&mut self, items: &[Cow<'_, str>]) {
        match items {
            [] => self.empty(),
            [one] => self.text(one),
            several => self.text(&several.join("; ")),
        }
    }

    /// Numbers in one cell, with `; ` between them.
    pub(super) fn numbers(&mut self, numbers: &[u8]) {
        let mark: &[u8] = if numbers.len() > 1 { b"\"" } else { b"" };
        self.bytes.extend_from_slice(mark);
        for (at, number) in numbers.iter().enumerate() {
            if at > 0 {
                self.bytes.extend_from_slice(b"; ");
            }
            self.digits(u64::from(*number), 1);
        }
        self.bytes.extend_from_slice(mark);
        self.bytes.push(b',');
    }

    pub(super) fn empty(&mut self) {
        self.bytes.push(b',');
    }

    pub(super) fn number(&mut self, number: Option<u32>) {
        if let Some(number) = number {
            self.digits(u64::from(number), 1);
        }
        self.bytes.push(b',');
    }

    /// A number of hundredths with two places, such as `2.50`.
    pub(super) fn hundredths(&mut self, hundredths: Option<u32>) {
        if let Some(hundredths) = hundredths {
            self.digits(u64::from(hundredths / 100), 1);
            self.bytes.push(b'.');
            self.digits(u64::from(hundredths % 100), 2);
        }
        self.bytes.push(b',');
    }

    /// Milliseconds as seconds with three places.
    pub(super) fn seconds(&mut self, ms: u32) {
        self.digits(u64::from(ms / 1000), 1);
        self.bytes.push(b'.');
        self.digits(u64::from(ms % 1000), 3);
        self.bytes.push(b',');
    }

    pub(super) fn yes_or_no(&mut self, yes: bool) {
        self.bytes.extend_from_slice(if yes { b"yes," } else { b"no," });
    }

    /// An ISO date.
    pub(super) fn day(&mut self, day: Option<StudyDay>) {
        if let Some(day) = day {
            self.bytes.extend_from_slice(self.dates.of(day.number().into()));
        }
        self.bytes.push(b',');
    }

    /// Local date and time with its offset from UTC.
    pub(super) fn moment(&mut self, utc_ms: i64, offset_minutes: i32) {
        let (day, clock) = time::local(utc_ms, offset_minutes);
        self.bytes.extend_from_slice(self.dates.of(day));
        self.bytes.extend_from_slice(&clock);
        self.bytes.push(b',');
    }

    /// A word of ours, which needs no quotes.
    pub(super) fn word(&mut self, word: &'static str) {
        self.bytes.extend_from_slice(word.as_bytes());
        self.bytes.push(b',');
    }

    pub(super) fn uuid(&mut self, uuid: Uuid) {
        let mut text = Uuid::encode_buffer();
        self.bytes.extend_from_slice(uuid.hyphenated().encode_lower(&mut text).as_bytes());
        self.bytes.push(b',');
    }

    /// Ends the line, in place of the comma of its last cell.
    pub(super) fn end(&mut self) {
        self.bytes.pop();
        self.bytes.extend_from_slice(b"\r\n");
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    fn digits(&mut self, number: u64, least: usize) {
        let mut digits = [b'0'; 20];
        let mut at = digits.len();
        let mut left = number;
        while left > 0 || digits.len() - at < least {
            at -= 1;
            digits[at] = b'0' + u8::try_from(left % 10).unwrap_or_default();
            left /= 10;
        }
        self.bytes.extend_from_slice(digits.get(at..).unwrap_or_default());
    }
}

/// Dates as text, each at the place that the end of its number gives.
struct Dates([(i64, [u8; 10]); 256]);

impl Default for Dates {
    fn default() -> Self {
        Self([(0, time::date(0)); 256])
    }
}

impl Dates {
    /// The date of a day counted from 1970-01-01.
    fn of(&mut self, day: i64) -> &[u8; 10] {
        let [end, ..] = day.to_le_bytes();
        let (known, date) = &mut self.0[usize::from(end)];
        if *known != day {
            (*known, *date) = (day, time::date(day));
        }
        date
    }
}

/// Whether a spreadsheet could take a text for a formula. Some pass over blanks at the start, and
/// some take the wide forms of the signs.
fn starts_formula(text: &str) -> bool {
    if text.as_bytes().first().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    let is_sign = |c| matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(is_sign)
}

fn needs_quotes(text: &[u8]) -> bool {
    // Stretch by stretch without a way out in between: the compiler looks at many bytes at once.
    let special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r' | b';' | b'\t');
    let has_special = |bytes: &[u8]| bytes.iter().fold(false, |found, byte| found | special(byte));
    text.chunks(64).any(has_special) || text.first() == Some(&b' ') || text.last() == Some(&b' ')
}
