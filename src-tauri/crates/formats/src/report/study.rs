//! On which days there was study, and how much.

use std::io::{self, Write};

use super::Page;
use super::chart::Columns;
use super::steps::{self, Stretch};
use super::table::{Cell, Head, Table};
use super::words::Step;

impl<W: Write> Page<'_, W> {
    pub(super) fn study(&mut self) -> io::Result<()> {
        let (words, progress) = (self.words, self.progress);
        let step = steps::step(progress.period);
        let stretches = steps::stretches(progress.period, &progress.days, step);
        // One column says nothing that the glance has not said.
        if stretches.len() < 2 || progress.days.is_empty() {
            return Ok(());
        }
        self.open(words.study)?;
        let answers: Vec<u32> = stretches.iter().map(|stretch| stretch.answers).collect();
        let short = |stretch: Option<&Stretch>| {
            stretch.map(|stretch| self.name(step, stretch)).unwrap_or_default()
        };
        let [first, last] = [stretches.first(), stretches.last()].map(short);
        let most = stretches.iter().max_by_key(|one| (one.answers, std::cmp::Reverse(one.first)));
        let peak = most.map(|one| (words.study_peak)(&self.said(step, one), one.answers));
        let title = (words.study_chart)(step);
        let chart = Columns {
            id: "study",
            title,
            description: peak.as_deref().unwrap_or_default(),
            values: &answers,
            ends: [&first, &last],
            number: words.number,
        };
        self.figure(&format!("{}.", chart.title), chart.description, &chart.svg())?;
        self.study_table(step, &stretches)?;
        self.close()
    }

    fn study_table(&mut self, step: Step, stretches: &[Stretch]) -> io::Result<()> {
        let words = self.words;
        let cells = |name: Cell, days: u32, answers: u32, taken_ms: u64| {
            let mut cells = vec![name];
            if step != Step::Day {
                cells.push(Cell::number(&(words.number)(days.into())));
            }
            cells.push(Cell::number(&(words.number)(answers.into())));
            cells.push(Cell::number(&(words.time)(taken_ms)));
            cells
        };
        let mut heads = vec![Head::words((words.step)(step))];
        if step != Step::Day {
            heads.push(Head::number(words.days_studied));
        }
        heads.extend([Head::number(words.answers), Head::number(words.time_column)]);
        let studied = stretches.iter().filter(|stretch| stretch.answers > 0);
        let rows = studied.map(|one| {
            cells(Cell::words(&self.name(step, one)), one.days, one.answers, one.taken_ms)
        });
        let progress = self.progress;
        let days = u32::try_from(progress.days.len()).unwrap_or(u32::MAX);
        let total = Cell::words(words.total);
        let table = Table {
            caption: words.study_table,
            heads,
            rows: rows.collect(),
            total: Some(cells(total, days, progress.answers(), progress.taken_ms())),
        };
        self.table(&table)
    }

    /// A stretch, where it is clear what step it has.
    fn name(&self, step: Step, stretch: &Stretch) -> String {
        let words = self.words;
        match step {
            Step::Day | Step::Week => (words.short_date)(stretch.first),
            Step::Month => (words.month)(stretch.first),
            Step::Year => (words.year)(stretch.first),
        }
    }

    /// A stretch within a sentence.
    fn said(&self, step: Step, stretch: &Stretch) -> String {
        let words = self.words;
        match step {
            Step::Day => (words.on_day)(stretch.first),
            Step::Week => (words.in_week_of)(stretch.first),
            Step::Month => (words.in_month)(stretch.first),
            Step::Year => (words.in_year)(stretch.first),
        }
    }
}
