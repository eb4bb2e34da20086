//! Whether the first row names the columns.

use std::borrow::Cow;

use super::guess::{Cells, filled};
use super::{Column, named, words};

/// Rows from which a first row can be told by being unlike the others.
const LEAST_ROWS: usize = 5;
/// Most words of a name that is not known.
const MOST_WORDS: usize = 3;
/// A column's cells are so many times longer than its name, where they tell a header.
const TIMES_LONGER: usize = 3;

/// Whether the first of these rows is a header: by the words that name columns, or by being unlike
/// the rows below it.
pub(super) fn is_one(rows: &Cells<'_>) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    by_words(first) || by_looks(first, rest)
}

fn by_words(first: &[Cow<'_, str>]) -> bool {
    let filled = first.iter().filter(|cell| !cell.is_empty()).count();
    let known: Vec<Column> = first.iter().filter_map(|cell| words::column(cell)).collect();
    let telling = known.iter().any(|column| matches!(column, Column::Question | Column::Answer));
    // Letters alone are rather options than names, and `why` alone is rather a word.
    let names = known.iter().filter(|column| **column != Column::Option).count();
    (telling && (known.len() > 1 || known.len() * 2 >= filled))
        || (names > 2 && known.len() * 2 > filled)
}

fn by_looks(first: &[Cow<'_, str>], rest: &Cells<'_>) -> bool {
    if rest.len() < LEAST_ROWS || first.len() < 2 || !first.iter().all(|cell| is_name(cell)) {
        return false;
    }
    let coded = (0..first.len()).any(|i| is_coded(rest, i) && !named::is_mark(&first[i]));
    let longer = (0..first.len()).all(|i| filled(rest, i).all(|cell| cell.len() > first[i].len()));
    let much = (0..first.len()).any(|i| {
        let (count, length) =
            filled(rest, i).fold((0, 0), |(count, sum), cell| (count + 1, sum + cell.len()));
        count > 0 && length > TIMES_LONGER * count * first[i].len()
    });
    coded || (longer && much)
}

/// Whether all cells of a column are letters of options, areas or numbers.
fn is_coded(rows: &Cells<'_>, index: usize) -> bool {
    let mut cells = filled(rows, index).peekable();
    cells.peek().is_some() && cells.all(named::is_mark)
}

fn is_name(cell: &str) -> bool {
    !cell.is_empty()
        && cell.split_whitespace().count() <= MOST_WORDS
        && !cell.contains(|c: char| "?!;{}".contains(c) || c.is_control())
        && !cell.ends_with('.')
}
