//! Ids in Anki's tables: milliseconds since 1970, unique in a table.

use rustc_hash::FxHashSet;

/// The ids of one table.
#[derive(Debug)]
pub(super) struct Ids {
    used: FxHashSet<i64>,
    next: i64,
    newest: i64,
}

impl Ids {
    /// For at most so many rows, at an instant in milliseconds since 1970.
    pub fn new(count: usize, now_ms: i64) -> Self {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        let next = now_ms.saturating_sub(count.saturating_mul(2)).max(1);
        Self { used: FxHashSet::default(), next, newest: now_ms }
    }

    /// An id of Anki's own, if it can be had: Anki refuses a package with one that lies in the future.
    pub fn keep(&mut self, id: i64) -> i64 {
        if id > 0 && id <= self.newest && self.used.insert(id) { id } else { self.fresh() }
    }

    /// An id of nobody's.
    pub fn fresh(&mut self) -> i64 {
        while !self.used.insert(self.next) {
            self.next += 1;
        }
        self.next
    }
}
