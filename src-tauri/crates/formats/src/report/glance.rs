//! The numbers that a hurried reader takes away.

use std::io::{self, Write};

use super::Page;
use super::html::Text;
use super::number::percents;

impl<W: Write> Page<'_, W> {
    pub(super) fn glance(&mut self) -> io::Result<()> {
        let (words, progress) = (self.words, self.progress);
        self.open(words.glance)?;
        if progress.answers() == 0 {
            self.remark(&(words.no_answers)(progress.cards.total()))?;
        }
        if progress.answers() > 0 || progress.cards.known > 0 {
            self.tiles()?;
        }
        self.elsewhere()?;
        self.close()
    }

    fn tiles(&mut self) -> io::Result<()> {
        let (words, progress) = (self.words, self.progress);
        writeln!(self.out, "<dl class=\"tiles\">")?;
        let number = |value: u32| (words.number)(value.into());
        let cards = progress.cards;
        let of_cards = (words.of_cards)(cards.total());
        if progress.answers() > 0 {
            self.studied()?;
        }
        if let Some(measured) = progress.recall.measured() {
            let (share, low, high) = percents(measured);
            let of = (words.of)(progress.recall.right, progress.recall.of);
            let hint = format!("{of}; {}", (words.from_to)(low, high));
            self.tile(words.recall, &(words.percent)(share), &hint)?;
        }
        match (progress.learned, progress.started) {
            (0, 0) => {}
            (0, started) => self.tile(words.cards_started, &number(started), &of_cards)?,
            (learned, started) => {
                self.tile(words.cards_learned, &number(learned), &(words.also_started)(started))?;
            }
        }
        if cards.known > 0 {
            self.tile(words.cards_known, &number(cards.known), &of_cards)?;
        }
        writeln!(self.out, "</dl>")
    }

    fn studied(&mut self) -> io::Result<()> {
        let (words, progress) = (self.words, self.progress);
        let studied = u32::try_from(progress.days.len()).unwrap_or(u32::MAX);
        let days = (words.number)(studied.into());
        let of_days = match progress.period.days() {
            1 => String::new(),
            days => (words.days_of)(days),
        };
        self.tile(words.days_studied, &days, &of_days)?;
        let taken = progress.taken_ms();
        let a_day = match studied {
            0 | 1 => String::new(),
            days => (words.time_a_day)(taken / u64::from(days)),
        };
        self.tile(words.time_spent, &(words.time)(taken), &a_day)?;
        let answers = (words.number)(progress.answers().into());
        self.tile(words.answers, &answers, words.answers_hint)
    }

    fn tile(&mut self, name: &str, value: &str, hint: &str) -> io::Result<()> {
        let (name, value, hint) = (Text(name), Text(value), Text(hint));
        write!(self.out, "<div><dt>{name}</dt><dd>{value}</dd>")?;
        if !hint.0.is_empty() {
            write!(self.out, "<dd class=\"hint\">{hint}</dd>")?;
        }
        writeln!(self.out, "</div>")
    }

    /// Answers of another program, where there are any.
    pub(super) fn elsewhere(&mut self) -> io::Result<()> {
        match self.progress.elsewhere {
            0 => Ok(()),
            answers => self.note(&(self.words.elsewhere)(answers)),
        }
    }
}
