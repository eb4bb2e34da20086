//! Where things stand in a list, by their local ids.
//!
//! Half a million rows ask for their card. Local ids have few gaps, so the answer lies in a plain
//! list; a damaged file may hold any id, and those that would make the list long go into a map.

use rustc_hash::FxHashMap;

/// Entries of the list for each id at most.
const GAPS: usize = 8;
/// Entries that any list may have.
const FEW: usize = 1024;
/// Nothing stands there.
const NONE: u32 = u32::MAX;

/// Places in a list by local id.
#[derive(Debug, Default)]
pub(crate) struct Places {
    list: Vec<u32>,
    others: FxHashMap<i64, u32>,
    count: usize,
}

impl Places {
    /// Says where an id stands; the last that is said counts. A place beyond four milliards is none.
    pub(crate) fn insert(&mut self, id: i64, place: usize) {
        let Some(place) = u32::try_from(place).ok().filter(|place| *place != NONE) else { return };
        self.count += 1;
        match usize::try_from(id) {
            Ok(at) if at < self.list.len() || at < FEW + GAPS * self.count => {
                if at >= self.list.len() {
                    self.list.resize(at + 1, NONE);
                }
                self.list[at] = place;
            }
            _ => drop(self.others.insert(id, place)),
        }
    }

    /// Where an id stands.
    pub(crate) fn get(&self, id: i64) -> Option<usize> {
        let listed = usize::try_from(id).ok().and_then(|at| self.list.get(at)).copied();
        let place = match listed.filter(|place| *place != NONE) {
            Some(place) => place,
            None if self.others.is_empty() => return None,
            None => *self.others.get(&id)?,
        };
        usize::try_from(place).ok()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    fn ids() -> impl Strategy<Value = Vec<i64>> {
        let id = prop_oneof![4 => 0i64..3000, 1 => any::<i64>(), 1 => 0i64..100_000];
        proptest::collection::vec(id, 0..200)
    }

    proptest! {
        #[test]
        fn every_id_stands_where_it_was_put(ids in ids(), asked in ids()) {
            let mut places = Places::default();
            let mut known = HashMap::new();
            for (place, id) in ids.iter().enumerate() {
                places.insert(*id, place);
                known.insert(*id, place);
            }
            for id in ids.iter().chain(&asked) {
                prop_assert_eq!(places.get(*id), known.get(id).copied());
            }
            prop_assert!(places.list.len() <= FEW + GAPS * ids.len());
        }
    }
}
