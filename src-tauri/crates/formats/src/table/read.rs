//! The rows of a sheet as a package.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use cairn_core::hash::fingerprint;
use cairn_core::package::{Identity, Package, PackageDeck, PackageNote, Problem, Source};

use super::row::{Fault, RowText};
use super::sheet::{Rows, too_many_rows};
use super::split::Row;
use super::{Column, Delimiter, Layout, MAX_CELL_BYTES, MAX_COLUMNS, MAX_ROWS, Sheet, text};

/// Longest readable part of a deck's id, in characters.
const MAX_SLUG: usize = 48;

/// The deck that takes the notes whose row names none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckNames {
    /// Its id, the seed of its notes' identities: `a`–`z`, `0`–`9` and `-`.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl DeckNames {
    /// A deck that is known by its title: the same title, whatever its case and white space, has
    /// the same id everywhere.
    pub fn from_title(title: &str) -> Self {
        let normal = text::normal(title);
        let dashed: String =
            normal.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let words: Vec<&str> = dashed.split('-').filter(|word| !word.is_empty()).collect();
        let slug: String = words.join("-").chars().take(MAX_SLUG).collect();
        let name = fingerprint(&normal);
        let id = [slug.trim_matches('-'), &name[..8]].join("-");
        Self { id: id.trim_start_matches('-').to_owned(), title: title.to_owned() }
    }
}

/// Makes notes of the rows. Gives a package of those that could be read, and a problem for each row
/// that could not, by line. Empty rows and exact repetitions are passed over in silence.
///
/// The same row makes the same note everywhere: its id hangs on the deck's id and the question
/// (whatever its case and white space), or on the guid of Anki.
pub fn read(sheet: &Sheet, layout: &Layout, deck: &DeckNames) -> (Package, Vec<Problem>) {
    let shape = sheet.shape(layout.delimiter);
    if shape.rows > MAX_ROWS {
        return (Package::default(), vec![too_many_rows(shape.rows)]);
    }
    if let Some(problem) = unusable(layout) {
        return (Package::default(), vec![problem]);
    }
    let mut rows = sheet.rows(layout.delimiter, &shape);
    if layout.header {
        rows.next_row();
    }
    let mut reader = Reader::new(layout, deck, sheet.directives.anki);
    while let Some(row) = rows.next_row() {
        reader.take(&rows, row);
    }
    reader.finish()
}

/// What is wrong with a layout by which no row can be read.
fn unusable(layout: &Layout) -> Option<Problem> {
    let missing = !layout.columns.contains(&Column::Question);
    missing.then(|| Problem {
        line: 1,
        column: 1,
        message: "no column is the question".into(),
        hint: "Choose the column that holds the questions or terms.".into(),
    })
}

/// A row that made a note.
struct Seen {
    line: u32,
    row: u64,
}

struct Reader<'a> {
    layout: &'a Layout,
    default: DeckNames,
    anki: bool,
    package: Package,
    problems: Vec<Problem>,
    /// Index and id of the decks by title.
    decks: HashMap<String, (usize, String)>,
    /// Sources declared, by deck and key.
    sources: HashSet<(usize, String)>,
    seen: HashMap<String, Seen>,
}

impl<'a> Reader<'a> {
    fn new(layout: &'a Layout, deck: &DeckNames, anki: bool) -> Self {
        let default = match &layout.deck {
            Some(title) if *title != deck.title => DeckNames::from_title(title),
            _ => deck.clone(),
        };
        Self {
            layout,
            default,
            anki,
            package: Package::default(),
            problems: Vec::new(),
            decks: HashMap::from([(deck.title.clone(), (usize::MAX, deck.id.clone()))]),
            sources: HashSet::new(),
            seen: HashMap::new(),
        }
    }

    /// Reads one row into the package or the problems.
    fn take(&mut self, rows: &Rows<'_>, row: Row) {
        let is_blank = |i: usize| rows.cells[i].text(rows.text).trim().is_empty();
        if (0..rows.cells.len()).all(is_blank) && row.count <= MAX_COLUMNS {
            return;
        }
        if let Some(at) = row.unclosed {
            let hint = "Close it right before the delimiter or the line end, or take it away.";
            let message = "a quotation mark opens a cell here and is never closed";
            self.problem(rows, row, at, message.into(), hint);
            return;
        }
        let read = self.check(rows, row).and_then(|()| {
            let layout = self.layout;
            let text =
                RowText { text: rows.text, cells: &rows.cells, layout, spaced_tags: self.anki };
            let title = text.deck();
            let title = title.as_deref().unwrap_or(&self.default.title);
            let names = match self.decks.get(title) {
                Some((_, id)) => DeckNames { id: id.clone(), title: title.to_owned() },
                None if title == self.default.title => self.default.clone(),
                None => DeckNames::from_title(title),
            };
            let (note, sources) = text.note(&names.id)?;
            Ok((names, note, sources))
        });
        match read {
            Ok((names, note, sources)) => self.add(rows, row, names, note, sources),
            Err(fault) => {
                let at = rows.cells.get(fault.column).map_or(row.start, |cell| cell.start);
                self.problem(rows, row, at, fault.message, fault.hint);
            }
        }
    }

    /// Whether the row has the cells that the layout says.
    fn check(&self, rows: &Rows<'_>, row: Row) -> Result<(), Fault> {
        let width = self.layout.columns.len().min(MAX_COLUMNS);
        let over =
            (width..rows.cells.len()).find(|i| !rows.cells[*i].text(rows.text).trim().is_empty());
        let over = over.or((row.count > MAX_COLUMNS).then_some(MAX_COLUMNS - 1));
        if let Some(column) = over {
            return Err(Fault::at(
                column,
                format!("the row has {} cells, the table has {width}", row.count),
                "Put a cell that holds the delimiter into quotation marks.",
            ));
        }
        let is_long = |i: &usize| rows.cells[*i].end - rows.cells[*i].start > MAX_CELL_BYTES;
        match (0..rows.cells.len()).find(is_long) {
            Some(column) => Err(Fault::at(
                column,
                format!("the cell is longer than {} KiB", MAX_CELL_BYTES / 1024),
                "Shorten it, or check whether a quotation mark is missing.",
            )),
            None => Ok(()),
        }
    }

    fn add(
        &mut self,
        rows: &Rows<'_>,
        row: Row,
        names: DeckNames,
        note: PackageNote,
        sources: Vec<Source>,
    ) {
        let hash = self.row_hash(rows);
        if let Some(seen) = self.seen.get(&note.id) {
            if seen.row != hash {
                let what = match note.identity {
                    Identity::Anki(_) => "guid",
                    _ => "question",
                };
                let message = format!("the row has the same {what} as line {}", seen.line);
                let hint = "Change one of the two, or put them into one row.";
                self.problem(rows, row, row.start, message, hint);
            }
            return;
        }
        self.seen.insert(note.id.clone(), Seen { line: row.line, row: hash });
        let index = self.deck(names);
        for source in sources {
            if self.sources.insert((index, source.key.clone())) {
                self.package.decks[index].sources.push(source);
            }
        }
        self.package.decks[index].notes.push(note);
    }

    /// A number for what a row holds in the columns that are used.
    fn row_hash(&self, rows: &Rows<'_>) -> u64 {
        let mut hasher = DefaultHasher::new();
        let used = rows.cells.iter().zip(&self.layout.columns);
        for (cell, _) in used.filter(|(_, column)| **column != Column::Ignore) {
            cell.text(rows.text).trim().hash(&mut hasher);
        }
        hasher.finish()
    }

    /// Index of a deck, which is made when its first note comes.
    fn deck(&mut self, names: DeckNames) -> usize {
        let count = self.package.decks.len();
        let entry = self.decks.entry(names.title.clone()).or_insert((usize::MAX, names.id.clone()));
        if entry.0 != usize::MAX {
            return entry.0;
        }
        entry.0 = count;
        self.package.decks.push(PackageDeck {
            id: names.id,
            title: names.title,
            language: "en".into(),
            version: "1".into(),
            licence: String::new(),
            about: String::new(),
            sources: Vec::new(),
            notes: Vec::new(),
        });
        count
    }

    fn problem(&mut self, rows: &Rows<'_>, row: Row, at: usize, message: String, hint: &str) {
        let (line, column) = row.place(rows.text, at);
        self.problems.push(Problem { line, column, message, hint: hint.to_owned() });
    }

    /// The package; of a table without an answer column, one problem instead of one a row.
    fn finish(mut self) -> (Package, Vec<Problem>) {
        let answered = |column: &Column| {
            matches!(column, Column::Answer | Column::Option | Column::Right | Column::Wrong)
        };
        let unanswered = !self.layout.columns.iter().any(answered);
        if unanswered && self.package.decks.is_empty() && !self.problems.is_empty() {
            let found = match self.layout.delimiter {
                Delimiter::None => "the file has one column",
                _ => "no column is the answer",
            };
            self.problems.truncate(1);
            if let Some(only) = self.problems.first_mut() {
                only.message = format!("{found}, and its text has no gaps");
                only.hint = "Choose the delimiter and the column that holds the answers.".into();
            }
        }
        (self.package, self.problems)
    }
}
