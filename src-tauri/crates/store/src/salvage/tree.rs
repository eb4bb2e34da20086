//! What a page of a tree holds: rows, entries, and the pages below it.

use rusqlite::types::Value;

use super::bytes::{be16, be32, record, varint};
use super::pages::Pages;

/// The kinds of pages of trees, by their first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    TableInterior,
    TableLeaf,
    IndexInterior,
    IndexLeaf,
}

/// A page of a tree.
pub(super) struct Page {
    pub(super) kind: Kind,
    bytes: Vec<u8>,
    /// Where its head begins: after the head of the file on the first page.
    start: usize,
}

/// A row of a table (with its id) or an entry of an index (without).
pub(super) struct Cell {
    pub(super) id: Option<i64>,
    pub(super) values: Vec<Value>,
}

/// The most bytes that one row may have here; longer ones are no rows of ours.
const LONGEST_ROW: usize = 64 << 20;

impl Page {
    /// The page of a number, if it is of a tree.
    pub(super) fn read(pages: &mut Pages, number: u32) -> Option<Self> {
        let bytes = pages.read(number)?;
        let start = if number == 1 { 100 } else { 0 };
        let kind = match bytes.get(start)? {
            2 => Kind::IndexInterior,
            5 => Kind::TableInterior,
            10 => Kind::IndexLeaf,
            13 => Kind::TableLeaf,
            _ => return None,
        };
        Some(Self { kind, bytes, start })
    }

    fn is_interior(&self) -> bool {
        matches!(self.kind, Kind::TableInterior | Kind::IndexInterior)
    }

    /// Where its cells begin. Nonsense is left out.
    fn cells(&self) -> impl Iterator<Item = usize> + '_ {
        let count = be16(&self.bytes, self.start + 3).map_or(0, usize::from);
        let first = self.start + if self.is_interior() { 12 } else { 8 };
        let end = self.bytes.len();
        (0..count)
            .map_while(move |n| be16(&self.bytes, first + 2 * n))
            .map(usize::from)
            .filter(move |at| *at >= first && *at < end)
    }

    /// How many cells it says to have.
    pub(super) fn len(&self) -> usize {
        be16(&self.bytes, self.start + 3).map_or(0, usize::from)
    }

    /// The pages below it.
    pub(super) fn below(&self) -> Vec<u32> {
        if !self.is_interior() {
            return Vec::new();
        }
        let right = be32(&self.bytes, self.start + 8);
        self.cells().filter_map(|at| be32(&self.bytes, at)).chain(right).collect()
    }

    /// What it holds, as far as it can be read.
    pub(super) fn read_cells(&self, pages: &mut Pages) -> Vec<Cell> {
        let starts: Vec<usize> = self.cells().collect();
        starts.into_iter().filter_map(|at| self.cell(pages, at)).collect()
    }

    fn cell(&self, pages: &mut Pages, at: usize) -> Option<Cell> {
        let (id, length, at) = match self.kind {
            Kind::TableInterior => return None,
            Kind::TableLeaf => {
                let (length, at) = varint(&self.bytes, at)?;
                let (id, at) = varint(&self.bytes, at)?;
                (Some(i64::from_ne_bytes(id.to_ne_bytes())), length, at)
            }
            Kind::IndexLeaf => {
                let (length, at) = varint(&self.bytes, at)?;
                (None, length, at)
            }
            Kind::IndexInterior => {
                let (length, at) = varint(&self.bytes, at + 4)?;
                (None, length, at)
            }
        };
        let length = usize::try_from(length).ok().filter(|length| *length <= LONGEST_ROW)?;
        if length / pages.size > pages.count() as usize {
            return None;
        }
        let payload = self.payload(pages, at, length)?;
        Some(Cell { id, values: record(&payload)? })
    }

    /// The bytes of a row, those on other pages among them.
    fn payload(&self, pages: &mut Pages, at: usize, length: usize) -> Option<Vec<u8>> {
        let usable = pages.size;
        let most = match self.kind {
            Kind::TableLeaf => usable - 35,
            _ => (usable - 12) * 64 / 255 - 23,
        };
        if length <= most {
            return Some(self.bytes.get(at..at.checked_add(length)?)?.to_owned());
        }
        let least = (usable - 12) * 32 / 255 - 23;
        let rest = least + (length - least) % (usable - 4);
        let here = if rest <= most { rest } else { least };
        let mut payload = self.bytes.get(at..at + here)?.to_owned();
        let mut next = be32(&self.bytes, at + here)?;
        while payload.len() < length {
            let page = pages.read(next)?;
            next = be32(&page, 0)?;
            let part = (length - payload.len()).min(usable - 4);
            payload.extend_from_slice(page.get(4..4 + part)?);
        }
        Some(payload)
    }
}
