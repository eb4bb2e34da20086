//! The options of a choice, as spreadsheets write them.

use std::borrow::Cow;

use cairn_core::note::ChoiceOption;

use crate::problem::Quoted;

use super::row::Fault;
use super::text;

/// Most options of a choice.
const MAX_OPTIONS: usize = 8;

/// The cells of a row that make its options. All indexes are of columns.
#[derive(Debug, Default)]
pub(super) struct Cells<'a> {
    /// Option cells with their column; `Some` where the column says whether they are right.
    pub options: Vec<(usize, Cow<'a, str>, Option<bool>)>,
    /// The cell that names the right ones.
    pub correct: Option<(usize, Cow<'a, str>)>,
    /// The reasons: one for all options, or one for each option column in order.
    pub reasons: Vec<Cow<'a, str>>,
    /// Whether cells hold HTML.
    pub html: bool,
}

/// An option before it is known whether it is right.
struct Offered {
    /// Its place among the options as written, which is its letter.
    letter: usize,
    text: String,
    /// Its text as texts are compared.
    normal: String,
    right: Option<bool>,
}

/// Reads the options. Faults: too few or too many, none right, none wrong, a right one that is not
/// among them.
pub(super) fn read(cells: &Cells<'_>) -> Result<Vec<ChoiceOption>, Fault> {
    let mut offered = offered(cells);
    let first = cells.options.first().map_or(0, |(column, ..)| *column);
    let count = offered.len();
    if !(2..=MAX_OPTIONS).contains(&count) {
        return Err(Fault::at(
            first,
            format!("the question has {count} of the 2 to {MAX_OPTIONS} options it needs"),
            "Give each option a column, or separate them by `|` in one column.",
        ));
    }
    match cells.correct.as_ref().filter(|(_, cell)| !cell.is_empty()) {
        Some((column, cell)) => mark(&mut offered, *column, cell)?,
        None if offered.iter().all(|option| option.right.is_none()) => starred(&mut offered),
        None => {}
    }
    let right = offered.iter().filter(|option| option.right == Some(true)).count();
    let correct = cells.correct.as_ref().map_or(first, |(column, _)| *column);
    if right == 0 {
        return Err(Fault::at(
            correct,
            "no option is said to be right".into(),
            "Name the right one in the column `correct`, by its letter, number or text.",
        ));
    }
    if right == count {
        return Err(Fault::at(
            correct,
            "all options are said to be right".into(),
            "Leave at least one option that is wrong.",
        ));
    }
    Ok(finish(offered, cells))
}

fn offered(cells: &Cells<'_>) -> Vec<Offered> {
    let mut found = Vec::new();
    let alone =
        |right: Option<bool>| cells.options.iter().filter(|other| other.2 == right).count() == 1;
    let mut letter = 0;
    for (_, cell, right) in &cells.options {
        let pieces = if alone(*right) { list(cell) } else { vec![cell.as_ref()] };
        for piece in pieces {
            if !piece.is_empty() {
                let (text, normal) = (piece.to_owned(), text::normal(piece));
                found.push(Offered { letter, text, normal, right: *right });
            }
            letter += 1;
        }
    }
    found
}

/// The options of one cell, without the letters before them.
fn list(cell: &str) -> Vec<&str> {
    let by = |end: &[char]| -> Vec<&str> {
        cell.split(end).map(str::trim).filter(|piece| !piece.is_empty()).collect()
    };
    let lines = by(&['\n', '\r']);
    let pieces = if lines.len() > 1 { lines } else { by(&['|']) };
    let lettered: Option<Vec<&str>> =
        pieces.iter().enumerate().map(|(i, piece)| without_letter(piece, i)).collect();
    lettered.filter(|_| pieces.len() > 1).unwrap_or(pieces)
}

/// `B) text` or `2. text` without what stands before the text, if it is the letter of that place.
fn without_letter(piece: &str, place: usize) -> Option<&str> {
    let (mark, rest) = piece.split_once([')', '.', ':'])?;
    (letter(mark.trim_start_matches('(')) == Some(place)).then(|| rest.trim_start())
}

/// The place of an option by its letter or number.
fn letter(mark: &str) -> Option<usize> {
    let mark = mark.trim();
    match mark.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(usize::from(letter - b'a')),
        [letter @ b'A'..=b'Z'] => Some(usize::from(letter - b'A')),
        [b'1'..=b'9', ..] => mark.parse::<usize>().ok().map(|number| number - 1),
        _ => None,
    }
}

/// Marks what the cell names: an option's text, or letters, numbers and texts of several.
fn mark(offered: &mut [Offered], column: usize, cell: &str) -> Result<(), Fault> {
    let places = match one(offered, cell) {
        Named::None => several(offered, cell),
        named => vec![named],
    };
    let cell = Quoted(cell);
    let mut right = Vec::new();
    for named in places {
        match named {
            Named::One(i) => right.push(i),
            Named::Two(text, letter) => {
                let (text, letter) = (name(&offered[text]), name(&offered[letter]));
                return Err(Fault::at(
                    column,
                    format!("{cell} is the text of option {text} and the name of option {letter}"),
                    "Write the letter of the right option.",
                ));
            }
            Named::None => {
                return Err(Fault::at(
                    column,
                    format!("{cell} names no option of this question"),
                    "Name the right one by its letter, its number, or its text as it stands there.",
                ));
            }
        }
    }
    for (i, option) in offered.iter_mut().enumerate() {
        option.right = Some(right.contains(&i));
    }
    Ok(())
}

fn name(option: &Offered) -> char {
    char::from(b'A' + u8::try_from(option.letter.min(25)).unwrap_or(25))
}

/// What a piece of the cell names.
enum Named {
    One(usize),
    /// One by its text and another by its letter.
    Two(usize, usize),
    None,
}

fn one(offered: &[Offered], piece: &str) -> Named {
    let normal = text::normal(piece);
    let same_text = by_text(offered, &normal);
    let word = normal.trim_start_matches("option ").trim_start_matches("opción ");
    let mark = word.trim_matches(['(', ')', '.', ':', ' ']);
    let by_letter =
        letter(mark).and_then(|place| offered.iter().position(|option| option.letter == place));
    match (same_text, by_letter) {
        (Some(text), Some(letter)) if text != letter => Named::Two(text, letter),
        (Some(i), _) | (None, Some(i)) => Named::One(i),
        // `B) Ask her` and `B. Ask her`: letter and text.
        (None, None) => match piece.split_once([')', '.', ':']) {
            Some((mark, rest)) => match (letter(mark), by_text(offered, &text::normal(rest))) {
                (Some(place), Some(i)) if offered[i].letter == place => Named::One(i),
                _ => Named::None,
            },
            None => Named::None,
        },
    }
}

fn by_text(offered: &[Offered], normal: &str) -> Option<usize> {
    offered.iter().position(|option| option.normal == normal)
}

fn several(offered: &[Offered], cell: &str) -> Vec<Named> {
    let together = cell.trim();
    if together.len() <= MAX_OPTIONS && together.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return together.chars().map(|c| one(offered, c.encode_utf8(&mut [0; 4]))).collect();
    }
    let spaced = cell.replace(" and ", ",").replace(" y ", ",");
    let pieces = spaced.split([',', ';', '|', '/', '&', '\n', '\r']).map(str::trim);
    let pieces: Vec<&str> =
        pieces.filter(|piece| !piece.is_empty()).take(MAX_OPTIONS + 1).collect();
    match pieces.len() {
        1..=MAX_OPTIONS => pieces.into_iter().map(|piece| one(offered, piece)).collect(),
        _ => vec![Named::None],
    }
}

/// Without a column that says it, `*text` and `text (correct)` are right.
fn starred(offered: &mut [Offered]) {
    const ENDS: [&str; 4] = ["(correct)", "(correcta)", "✓", "✔"];
    for option in offered {
        let plain = match option.text.strip_prefix('*') {
            Some(rest) if !rest.contains('*') => Some(rest),
            _ => ENDS.iter().find_map(|end| option.text.strip_suffix(end)),
        };
        option.right = Some(plain.is_some());
        if let Some(plain) = plain {
            option.text = plain.trim().to_owned();
        }
    }
}

fn finish(offered: Vec<Offered>, cells: &Cells<'_>) -> Vec<ChoiceOption> {
    let each: Vec<&str> = match cells.reasons.as_slice() {
        [one] => one.split('|').map(str::trim).collect(),
        several => several.iter().map(Cow::as_ref).collect(),
    };
    let shared = match cells.reasons.as_slice() {
        [one] if each.len() != offered.len() => Some(one.as_ref()),
        _ => None,
    };
    let by_letter = cells.reasons.len() > 1;
    let reason = |i: usize, option: &Offered| match shared {
        Some(reason) if option.right == Some(true) => reason,
        Some(_) => "",
        None => each.get(if by_letter { option.letter } else { i }).copied().unwrap_or_default(),
    };
    let made = |(i, option): (usize, Offered)| ChoiceOption {
        id: name(&option).to_ascii_lowercase().into(),
        reason: text::markdown(reason(i, &option), cells.html),
        text: text::one_line(&option.text, cells.html),
        right: option.right == Some(true),
    };
    offered.into_iter().enumerate().map(made).collect()
}
