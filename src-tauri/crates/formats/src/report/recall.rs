//! Measured recall: in all, by area, by interval, by competency.

use std::io::{self, Write};

use cairn_core::progress::INTERVAL_BANDS;
use cairn_core::recall::Recall;

use super::Page;
use super::chart;
use super::number::percents;
use super::table::{Cell, Head, Table};

impl<W: Write> Page<'_, W> {
    pub(super) fn recall(&mut self) -> io::Result<()> {
        let (words, progress) = (self.words, self.progress);
        let recall = progress.recall;
        if progress.answers() == 0 {
            return Ok(());
        }
        self.open(words.recall)?;
        if recall.of == 0 {
            self.remark(words.no_recall)?;
            return self.close();
        }
        match recall.measured() {
            Some(measured) => self.say(&(words.recall_said)(recall.right, recall.of, measured))?,
            None => self.say(&(words.recall_few)(recall.right, recall.of))?,
        }
        self.note(words.recall_key)?;
        let areas = progress.areas.iter();
        let rows = areas.map(|area| (words.area_or_none(area.area).to_owned(), area.recall));
        self.recall_table(words.by_area, words.area, rows.collect())?;
        let bands = bands().into_iter().zip(progress.recall_by_interval);
        let bands = bands.filter(|(_, recall)| recall.of > 0);
        let rows = bands.map(|((from, to), recall)| ((words.interval_days)(from, to), recall));
        let rows: Vec<_> = rows.collect();
        if any_measured(&rows) {
            self.recall_table(words.by_interval, words.interval, rows)?;
        }
        let all = progress.competencies.iter();
        let rows = all.map(|one| (words.competency_name(one.number), one.recall));
        let rows: Vec<_> = rows.collect();
        if any_measured(&rows) {
            self.recall_table(words.by_competency, words.competency, rows)?;
            self.note(words.competencies_ours)?;
        }
        self.close()
    }

    fn recall_table(
        &mut self,
        caption: &str,
        of_what: &str,
        rows: Vec<(String, Recall)>,
    ) -> io::Result<()> {
        let words = self.words;
        let heads = vec![
            Head::words(of_what),
            Head::number(words.remembered),
            Head::number(words.share),
            Head::number(words.range),
            Head::drawing(words.drawn),
        ];
        let rows = rows.iter().map(|(name, recall)| self.recall_row(name, *recall)).collect();
        self.table(&Table { caption, heads, rows, total: None })
    }

    fn recall_row(&self, name: &str, recall: Recall) -> Vec<Cell> {
        let words = self.words;
        let name = Cell::words(name);
        if recall.of == 0 {
            let [share, range] = [(); 2].map(|()| Cell::soft("–"));
            return vec![
                name,
                Cell::soft(words.not_asked),
                share,
                range,
                Cell::drawing(String::new()),
            ];
        }
        let remembered = Cell::number(&(words.of)(recall.right, recall.of));
        let Some(measured) = recall.measured() else {
            let few = Cell::soft(words.too_few);
            return vec![name, remembered, few, Cell::soft("–"), Cell::drawing(String::new())];
        };
        let (share, low, high) = percents(measured);
        let (share, range) = ((words.percent)(share), (words.from_to)(low, high));
        let drawing = chart::interval(measured, &format!("{share}; {range}"));
        vec![name, remembered, Cell::number(&share), Cell::number(&range), Cell::drawing(drawing)]
    }
}

/// A table in which every row were too few to say would only be long.
fn any_measured(rows: &[(String, Recall)]) -> bool {
    rows.iter().any(|(_, recall)| recall.measured().is_some())
}

/// First and last day of each band of intervals.
fn bands() -> [(u32, Option<u32>); INTERVAL_BANDS.len()] {
    let mut from = 1;
    INTERVAL_BANDS.map(|to| {
        let band = (from, to);
        from = to.unwrap_or(from).saturating_add(1);
        band
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_interval_lies_between_two_bands() {
        assert_eq!(bands(), [(1, Some(7)), (8, Some(30)), (31, Some(90)), (91, None)]);
    }
}
