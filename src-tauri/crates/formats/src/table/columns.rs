//! What the columns of a table are for: by their names, or by what they hold.

use std::collections::HashSet;

use super::guess::{Cells, filled, fix};
use super::{Column, named, words};

/// Longest tag, in bytes; a longer cell is text.
const MAX_TAG_BYTES: usize = 40;
/// Rows from which repeated short cells are taken for tags.
const LEAST_ROWS: usize = 4;

/// Columns by their names; what the names leave open follows from the cells.
pub(super) fn by_names(
    names: &[&str],
    rows: &Cells<'_>,
    width: usize,
    fixed: &[(Column, usize)],
) -> Vec<Column> {
    let mut columns = vec![Column::Ignore; width];
    let mut open: Vec<usize> = Vec::new();
    for (i, column) in columns.iter_mut().enumerate() {
        match names.get(i).and_then(|name| words::column(name)) {
            Some(found) => *column = found,
            None => open.push(i),
        }
    }
    fix(&mut columns, fixed);
    open.retain(|i| columns[*i] == Column::Ignore && !is_numbers(rows, *i));
    areas_or_tags(&mut columns, rows);
    options(&mut columns);
    once_each(&mut columns);
    fill_open(&mut columns, &open);
    columns
}

fn is_numbers(rows: &Cells<'_>, index: usize) -> bool {
    filled(rows, index).all(|cell| cell.parse::<f64>().is_ok())
}

/// A column called area whose cells are not the exam's areas holds tags.
fn areas_or_tags(columns: &mut [Column], rows: &Cells<'_>) {
    for (i, column) in columns.iter_mut().enumerate().filter(|(_, c)| **c == Column::Area) {
        let (known, all) = filled(rows, i).fold((0, 0), |(known, all), cell| {
            (known + usize::from(named::area(cell).is_some()), all + 1)
        });
        if known * 2 < all {
            *column = Column::Tags;
        }
    }
}

/// Beside options, the column called answer says which is right; beside wrong ones, it is the right
/// one itself.
fn options(columns: &mut [Column]) {
    let has = |columns: &[Column], column| columns.contains(&column);
    if has(columns, Column::Wrong) && !has(columns, Column::Option) {
        turn(columns, Column::Correct, Column::Right);
        if !has(columns, Column::Right) {
            turn(columns, Column::Answer, Column::Right);
        }
    } else if has(columns, Column::Option)
        && !has(columns, Column::Correct)
        && !has(columns, Column::Right)
    {
        turn(columns, Column::Answer, Column::Correct);
    }
}

fn turn(columns: &mut [Column], from: Column, to: Column) {
    columns.iter_mut().filter(|column| **column == from).for_each(|column| *column = to);
}

fn once_each(columns: &mut [Column]) {
    let mut seen = HashSet::new();
    for column in columns.iter_mut().filter(|column| column.is_single()) {
        if !seen.insert(*column) {
            *column = Column::Ignore;
        }
    }
}

/// Gives the question and the answer to columns whose names tell nothing.
fn fill_open(columns: &mut [Column], open: &[usize]) {
    let mut open = open.iter();
    if !columns.contains(&Column::Question)
        && let Some(i) = open.next()
    {
        columns[*i] = Column::Question;
    }
    let answered = |column: &Column| {
        matches!(column, Column::Answer | Column::Option | Column::Right | Column::Wrong)
    };
    if !columns.iter().any(answered)
        && let Some(i) = open.next()
    {
        columns[*i] = Column::Answer;
    }
}

/// Columns by what they hold: the question comes first, the answer second.
pub(super) fn by_content(rows: &Cells<'_>, width: usize, fixed: &[(Column, usize)]) -> Vec<Column> {
    let mut columns = vec![Column::Ignore; width];
    fix(&mut columns, fixed);
    let is_area = |i: usize| filled(rows, i).all(|cell| named::area(cell).is_some());
    let mut live = Vec::new();
    for i in 0..width {
        if columns[i] != Column::Ignore || filled(rows, i).next().is_none() {
            continue;
        }
        match !columns.contains(&Column::Area) && width > 2 && is_area(i) {
            true => columns[i] = Column::Area,
            false => live.push(i),
        }
    }
    if !choice(&mut columns, &live, rows) {
        let rest = [Column::Question, Column::Answer].into_iter().zip(&live);
        rest.for_each(|(column, i)| columns[*i] = column);
        if let Some(third) = live.get(2) {
            columns[*third] = if is_tags(rows, *third) { Column::Tags } else { Column::Note };
        }
    }
    columns
}

/// Takes the columns for a question, its options and the right one, if one column tells it.
fn choice(columns: &mut [Column], live: &[usize], rows: &Cells<'_>) -> bool {
    let letters = |i: usize| filled(rows, i).all(named::is_letters);
    let by_letters = |at: &usize| *at > 1 && letters(live[*at]);
    let repeats = |at: &usize| *at > 2 && is_one_of(rows, live[*at], live);
    let places = || 0..live.len();
    let Some(at) = places().find(by_letters).or_else(|| places().find(repeats)) else {
        return false;
    };
    let list = |i: usize| {
        let mut cells = filled(rows, i).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.contains(['|', '\n', '\r']))
    };
    let options = &live[1..at];
    if options.len() < 2 && !options.iter().all(|i| list(*i)) {
        return false;
    }
    columns[live[0]] = Column::Question;
    columns[live[at]] = Column::Correct;
    options.iter().for_each(|i| columns[*i] = Column::Option);
    if let Some(reason) = live.get(at + 1) {
        columns[*reason] = Column::Reason;
    }
    true
}

/// Whether the cell of a column is nearly always also one of the cells before it.
fn is_one_of(rows: &Cells<'_>, index: usize, live: &[usize]) -> bool {
    let repeated = |row: &&Vec<std::borrow::Cow<'_, str>>| {
        let cell = row.get(index).filter(|cell| !cell.is_empty());
        let before = live[1..].iter().take_while(|i| **i < index);
        cell.is_some_and(|cell| before.filter_map(|i| row.get(*i)).any(|other| other == cell))
    };
    let count = rows.iter().filter(repeated).count();
    count > 0 && count * 10 >= rows.len() * 9
}

/// Whether a column holds few short words again and again.
fn is_tags(rows: &Cells<'_>, index: usize) -> bool {
    let is_tag = |cell: &str| cell.len() <= MAX_TAG_BYTES && !cell.ends_with(['.', '?', '!']);
    let (mut count, mut different) = (0, HashSet::new());
    for cell in filled(rows, index) {
        if !is_tag(cell) {
            return false;
        }
        count += 1;
        different.insert(cell);
    }
    count >= LEAST_ROWS && different.len() * 2 <= count
}
