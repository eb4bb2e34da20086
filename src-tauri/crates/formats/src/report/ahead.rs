//! The days to come, and mock exams that were.

use std::io::{self, Write};

use cairn_core::progress::DayAhead;

use super::Page;
use super::chart::Columns;
use super::number::percents;
use super::steps::{week_start, weekday};
use super::table::{Cell, Head, Table};

impl<W: Write> Page<'_, W> {
    pub(super) fn ahead(&mut self) -> io::Result<()> {
        let (words, ahead) = (self.words, &self.progress.ahead);
        let ready = ahead.iter().fold(0u32, |sum, day| sum.saturating_add(day.ready));
        let started = self.progress.cards.total() > self.progress.cards.not_started;
        let busiest = ahead.iter().max_by_key(|day| (day.ready, std::cmp::Reverse(day.day)));
        let Some(busiest) = busiest.filter(|_| started) else { return Ok(()) };
        self.open(words.ahead)?;
        if ready == 0 {
            self.remark(words.ahead_none)?;
            return self.close();
        }
        self.say(&(words.ahead_said)(ready, busiest.ready))?;
        let values: Vec<u32> = ahead.iter().map(|day| day.ready).collect();
        let last = ahead.last().map(|day| (words.short_date)(day.day)).unwrap_or_default();
        let chart = Columns {
            id: "ahead",
            title: words.ahead_chart,
            description: &(words.ahead_peak)(busiest.day, busiest.ready),
            values: &values,
            ends: [words.today, &last],
            number: words.number,
        };
        self.figure(&format!("{}.", chart.title), chart.description, &chart.svg())?;
        self.weeks(ahead)?;
        self.note(words.ahead_note)?;
        self.close()
    }

    /// The days as a calendar: a row a week.
    fn weeks(&mut self, ahead: &[DayAhead]) -> io::Result<()> {
        let words = self.words;
        let heads = [Head::words(words.week)].into_iter();
        let heads = heads.chain(words.weekdays.iter().map(|day| Head::number(day))).collect();
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for day in ahead {
            let column = usize::try_from(weekday(day.day)).unwrap_or_default() + 1;
            if column == 1 || rows.is_empty() {
                rows.push(vec![Cell::words(&(words.short_date)(week_start(day.day)))]);
            }
            let Some(row) = rows.last_mut() else { continue };
            row.resize_with(column, || Cell::number(""));
            row.push(Cell::count(&(words.number)(day.ready.into()), day.ready));
        }
        for row in &mut rows {
            row.resize_with(words.weekdays.len() + 1, || Cell::number(""));
        }
        self.table(&Table { caption: words.ahead_table, heads, rows, total: None })
    }

    pub(super) fn mocks(&mut self) -> io::Result<()> {
        let (words, progress) = (self.words, self.progress);
        if progress.mocks.is_empty() {
            return Ok(());
        }
        self.open(words.mocks)?;
        let heads = vec![
            Head::words(words.day),
            Head::number(words.items_right),
            Head::number(words.share),
            Head::number(words.range),
            Head::number(words.time_column),
        ];
        let rows = progress.mocks.iter().map(|mock| {
            let (share, range) = match mock.items.measured().map(percents) {
                Some((share, low, high)) => (
                    Cell::number(&(words.percent)(share)),
                    Cell::number(&(words.from_to)(low, high)),
                ),
                None => (Cell::soft(words.too_few), Cell::soft("–")),
            };
            let right = Cell::number(&(words.of)(mock.items.right, mock.items.of));
            let day = Cell::words(&(words.long_date)(mock.day));
            vec![day, right, share, range, Cell::number(&(words.time)(mock.taken_ms))]
        });
        let rows = rows.collect();
        self.table(&Table { caption: words.mocks_table, heads, rows, total: None })?;
        self.note(words.mocks_note)?;
        self.close()
    }
}
