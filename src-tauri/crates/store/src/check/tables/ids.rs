//! Which ids a table has.

use rusqlite::Connection;

use crate::error::Result;

/// Ids in ascending order.
#[derive(Debug, Default)]
pub(crate) struct Ids(Vec<i64>);

impl Ids {
    /// Reads them with a statement that gives them in order.
    pub(crate) fn read(conn: &Connection, sql: &str) -> Result<Self> {
        let mut statement = conn.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut ids = Vec::new();
        while let Some(row) = rows.next()? {
            ids.push(row.get(0)?);
        }
        Ok(Self(ids))
    }

    /// The next id, which is greater than all before it.
    pub(crate) fn push(&mut self, id: i64) {
        self.0.push(id);
    }

    /// Whether there is such an id.
    pub(crate) fn contains(&self, id: i64) -> bool {
        place(&self.0, id, |found| *found).is_some()
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().copied()
    }
}

/// The place of an id among things in the order of their ids. Ids are mostly without gaps, so the
/// place is mostly known at once.
pub(crate) fn place<T>(things: &[T], id: i64, id_of: impl Fn(&T) -> i64) -> Option<usize> {
    let first = things.first().map(&id_of)?;
    let guess = usize::try_from(id.checked_sub(first)?).ok()?;
    match things.get(guess) {
        Some(thing) if id_of(thing) == id => Some(guess),
        _ => things.binary_search_by_key(&id, id_of).ok(),
    }
}
