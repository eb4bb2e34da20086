//! Which page belongs to what: from the roots down, and then page by page what no root leads to.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::pages::Pages;
use super::tables::Table;
use super::tree::{Cell, Kind, Page};
use crate::error::Result;

/// An entry of the schema of the damaged file.
struct Entry {
    is_index: bool,
    name: String,
    table: String,
    root: u32,
}

/// A row that the new file did not take: it bears the number or the name of another, or holds what
/// can't be right.
pub(super) struct Refused {
    /// Which of the tables it is of.
    pub(super) table: usize,
    pub(super) values: Vec<Value>,
}

/// A walk through a damaged file.
pub(super) struct Walk<'a> {
    pages: &'a mut Pages,
    /// Pages that were made sense of.
    seen: Vec<bool>,
    done: u64,
    schema: Vec<Entry>,
    /// Tables of which a part could not be reached.
    broken: BTreeMap<String, bool>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(pages: &'a mut Pages) -> Self {
        let seen = vec![false; pages.count() as usize + 1];
        let mut walk = Self { pages, seen, done: 0, schema: Vec::new(), broken: BTreeMap::new() };
        if walk.pages.has_head {
            let mut entries = Vec::new();
            walk.down(
                1,
                |kind| matches!(kind, Kind::TableLeaf | Kind::TableInterior),
                |cell| {
                    entries.extend(entry(&cell));
                    Ok(true)
                },
            )
            .unwrap_or_default();
            walk.schema = entries;
        }
        walk
    }

    fn mark(&mut self, page: u32, seen: bool) {
        if let Some(place) = self.seen.get_mut(page as usize) {
            *place = seen;
            self.done += u64::from(seen);
        }
    }

    fn is_new(&self, page: u32) -> bool {
        self.seen.get(page as usize) == Some(&false) && page > 0
    }

    /// Goes down a tree; `take` gets each row and says whether it can be of this tree. Gives whether
    /// all of it could be read.
    fn down(
        &mut self,
        root: u32,
        holds: impl Fn(Kind) -> bool,
        mut take: impl FnMut(Cell) -> Result<bool>,
    ) -> Result<bool> {
        let (mut whole, mut waiting) = (true, vec![root]);
        while let Some(number) = waiting.pop() {
            let page = Page::read(self.pages, number).filter(|page| holds(page.kind));
            let Some(page) = page.filter(|_| self.is_new(number)) else {
                whole = false;
                continue;
            };
            self.mark(number, true);
            let below = page.below();
            if matches!(page.kind, Kind::TableInterior | Kind::IndexInterior) {
                whole &= below.len() == page.len() + 1;
                waiting.extend(below.iter().rev());
            }
            if page.kind == Kind::TableInterior {
                continue;
            }
            let cells = page.read_cells(self.pages);
            whole &= cells.len() == page.len();
            let (mut fitting, all) = (0, cells.len());
            for cell in cells {
                fitting += usize::from(take(cell)?);
            }
            whole &= fitting == all;
            if fitting == 0 && all > 0 {
                // A page of something else, to which a broken pointer led.
                self.mark(number, false);
            }
        }
        Ok(whole)
    }

    /// Reads every row that a root leads to into the new file; gives those that were not taken.
    pub(super) fn reached(
        &mut self,
        conn: &Connection,
        tables: &[Table],
        watch: &mut dyn FnMut(u64, u64) -> Result<()>,
    ) -> Result<Vec<Refused>> {
        let mut all = Vec::new();
        for (at, table) in tables.iter().enumerate() {
            watch(self.done(), self.all())?;
            let root = self.schema.iter().find(|entry| !entry.is_index && entry.name == table.name);
            let Some(root) = root.map(|entry| entry.root) else {
                self.broken.insert(table.name.clone(), true);
                continue;
            };
            let mut refused = false;
            let whole = self.down(
                root,
                |kind| table.holds(kind),
                |cell| {
                    let fits = table.fits(&cell);
                    if fits {
                        let values = table.values(cell);
                        if !table.insert(conn, &values)? {
                            refused = true;
                            all.push(Refused { table: at, values });
                        }
                    }
                    Ok(fits)
                },
            )?;
            self.broken.insert(table.name.clone(), !whole || refused);
        }
        Ok(all)
    }

    /// Whether a part of a table could not be reached.
    pub(super) fn is_broken(&self, table: &str) -> bool {
        self.broken.get(table).copied().unwrap_or(true)
    }

    /// Reads rows of broken tables from pages that no root leads to. Rows that are there already stay
    /// as they are: such a page may be one that was given up long ago.
    pub(super) fn strays(
        &mut self,
        conn: &Connection,
        tables: &[Table],
        watch: &mut dyn FnMut(u64, u64) -> Result<()>,
    ) -> Result<()> {
        let broken: Vec<&Table> =
            tables.iter().filter(|table| self.is_broken(&table.name)).collect();
        if broken.is_empty() {
            return Ok(());
        }
        for number in 1..=self.pages.count() {
            if !self.is_new(number) {
                continue;
            }
            watch(self.done(), self.all())?;
            let Some(page) = Page::read(self.pages, number) else { continue };
            if page.kind == Kind::TableInterior {
                self.mark(number, true);
                continue;
            }
            for cell in page.read_cells(self.pages) {
                let mut fitting = tables.iter().filter(|table| table.fits(&cell));
                let (first, second) = (fitting.next(), fitting.next());
                let Some(table) = first.filter(|_| second.is_none()) else { continue };
                self.mark(number, true);
                if broken.iter().any(|broken| broken.name == table.name) {
                    table.insert(conn, &table.values(cell))?;
                }
            }
        }
        Ok(())
    }

    /// The entries of an index, as far as they can be read.
    pub(super) fn index(&mut self, name: &str) -> Vec<Vec<Value>> {
        let root = self.schema.iter().find(|entry| entry.is_index && entry.name == name);
        let Some(root) = root.map(|entry| entry.root) else { return Vec::new() };
        let mut entries = Vec::new();
        let holds = |kind| matches!(kind, Kind::IndexInterior | Kind::IndexLeaf);
        let (seen, done) = (self.seen.clone(), self.done);
        // Nothing can fail here: nothing is written.
        let _ = self.down(root, holds, |cell| {
            entries.push(cell.values);
            Ok(true)
        });
        // It can be read again.
        (self.seen, self.done) = (seen, done);
        entries
    }

    /// The indexes of a table.
    pub(super) fn indexes(&self, table: &str) -> Vec<String> {
        let own = self.schema.iter().filter(|entry| entry.is_index && entry.table == table);
        own.map(|entry| entry.name.clone()).collect()
    }

    fn done(&self) -> u64 {
        self.done.min(self.all())
    }

    fn all(&self) -> u64 {
        self.seen.len() as u64
    }

    /// Pages that hold something and of which no sense could be made.
    pub(super) fn unreadable(&mut self) -> u32 {
        let mut count = 0;
        for number in 1..=self.pages.count() {
            if self.is_new(number) && Page::read(self.pages, number).is_none() {
                let bytes = self.pages.read(number).unwrap_or_default();
                // Free pages and what is left of long rows begin with the number of another page.
                let next = bytes
                    .get(..4)
                    .map_or(0, |four| four.iter().fold(0u32, |n, byte| n << 8 | u32::from(*byte)));
                count += u32::from(next > self.pages.count());
            }
        }
        count
    }
}

/// An entry of the schema: type, name, table, root, SQL.
fn entry(cell: &Cell) -> Option<Entry> {
    let [Value::Text(kind), Value::Text(name), Value::Text(table), Value::Integer(root), ..] =
        cell.values.as_slice()
    else {
        return None;
    };
    Some(Entry {
        is_index: kind == "index",
        name: name.clone(),
        table: table.clone(),
        root: u32::try_from(*root).ok().filter(|root| *root > 1)?,
    })
}
