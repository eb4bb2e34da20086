//! Which cards today holds, and which comes next. Counts and queue are one computation.

use rustc_hash::FxHashSet;

/// A card that could come today, by its keys in the collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The card.
    pub card: i64,
    /// Its note; cards of one note are siblings.
    pub note: i64,
    /// Its deck.
    pub deck: i64,
}

/// What limits today, with what has been used of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// New cards a day.
    pub new: u32,
    /// Ready cards a day.
    pub ready: u32,
    /// At most one card of a note a study day.
    pub one_sibling_a_day: bool,
}

/// What has been answered today (first answers only; the drill does not count).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DoneToday {
    /// New cards met.
    pub new: u32,
    /// Ready cards answered.
    pub ready: u32,
}

/// What is left of today.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Ready cards, in order.
    pub ready: Vec<Candidate>,
    /// New cards, in order.
    pub new: Vec<Candidate>,
}

/// Picks what is left of today out of all candidates, in their order.
///
/// `touched` holds the notes that had a scheduling answer today; their other cards wait. `new` is
/// read only as far as needed.
pub fn select(
    ready: impl IntoIterator<Item = Candidate>,
    new: impl IntoIterator<Item = Candidate>,
    touched: &FxHashSet<i64>,
    limits: Limits,
    done: DoneToday,
) -> Selection {
    let ready = ready.into_iter();
    let mut seen: FxHashSet<i64> = FxHashSet::default();
    seen.reserve(ready.size_hint().1.unwrap_or(0));
    let mut free = |candidate: &Candidate| {
        !limits.one_sibling_a_day
            || (!touched.contains(&candidate.note) && seen.insert(candidate.note))
    };
    let left = |limit: u32, used: u32| limit.saturating_sub(used) as usize;
    let ready = ready.filter(&mut free).take(left(limits.ready, done.ready)).collect();
    let new = new.into_iter().filter(&mut free).take(left(limits.new, done.new)).collect();
    Selection { ready, new }
}

impl Selection {
    /// The same, of one deck only.
    pub fn of_deck(mut self, deck: i64) -> Self {
        self.ready.retain(|candidate| candidate.deck == deck);
        self.new.retain(|candidate| candidate.deck == deck);
        self
    }

    /// The next card: new ones are spread evenly among the ready ones, ready ones first.
    pub fn next(&self, done: DoneToday) -> Option<Candidate> {
        let all_ready = u64::from(done.ready) + self.ready.len() as u64;
        let all_new = u64::from(done.new) + self.new.len() as u64;
        let new_is_behind = u64::from(done.new) * all_ready < u64::from(done.ready) * all_new;
        match (self.ready.first(), self.new.first()) {
            (Some(_), Some(new)) if new_is_behind => Some(*new),
            (Some(ready), _) => Some(*ready),
            (None, new) => new.copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cards(range: std::ops::Range<i64>, cards_a_note: i64) -> Vec<Candidate> {
        range.map(|card| Candidate { card, note: card / cards_a_note, deck: card % 2 }).collect()
    }

    fn numbers(candidates: &[Candidate]) -> Vec<i64> {
        candidates.iter().map(|candidate| candidate.card).collect()
    }

    const LIMITS: Limits = Limits { new: 3, ready: 4, one_sibling_a_day: true };

    fn pick(touched: &[i64], limits: Limits, done: DoneToday) -> (Vec<i64>, Vec<i64>) {
        let touched = touched.iter().copied().collect();
        let picked = select(cards(0..10, 1), cards(100..110, 2), &touched, limits, done);
        (numbers(&picked.ready), numbers(&picked.new))
    }

    #[test]
    fn limits_hold_and_count_what_was_done() {
        let none = DoneToday::default();
        assert_eq!(pick(&[], LIMITS, none), (vec![0, 1, 2, 3], vec![100, 102, 104]));
        let done = DoneToday { new: 2, ready: 9 };
        assert_eq!(pick(&[], LIMITS, done), (vec![], vec![100]));
    }

    #[test]
    fn siblings_wait_for_another_day() {
        let none = DoneToday::default();
        assert_eq!(pick(&[1, 50], LIMITS, none), (vec![0, 2, 3, 4], vec![102, 104, 106]));
        let together = Limits { one_sibling_a_day: false, ..LIMITS };
        assert_eq!(pick(&[1, 50], together, none), (vec![0, 1, 2, 3], vec![100, 101, 102]));
    }

    #[test]
    fn a_new_card_waits_for_its_ready_sibling() {
        let ready = vec![Candidate { card: 1, note: 7, deck: 0 }];
        let new = vec![Candidate { card: 2, note: 7, deck: 0 }];
        let picked = select(ready, new, &FxHashSet::default(), LIMITS, DoneToday::default());
        assert_eq!((picked.ready.len(), picked.new.len()), (1, 0));
    }

    #[test]
    fn new_cards_are_spread_among_the_ready_ones() {
        let mut left = Selection { ready: cards(0..6, 1), new: cards(100..102, 1) };
        let mut done = DoneToday::default();
        let mut course = Vec::new();
        while let Some(next) = left.next(done) {
            course.push(next.card);
            if next.card < 100 {
                done.ready += 1;
            } else {
                done.new += 1;
            }
            left.ready.retain(|candidate| candidate.card != next.card);
            left.new.retain(|candidate| candidate.card != next.card);
        }
        assert_eq!(course, [0, 100, 1, 2, 3, 101, 4, 5]);
    }

    #[test]
    fn a_deck_gets_its_share_of_the_same_selection() {
        let all = Selection { ready: cards(0..4, 1), new: cards(100..103, 1) };
        let one = all.of_deck(0);
        assert_eq!((numbers(&one.ready), numbers(&one.new)), (vec![0, 2], vec![100, 102]));
    }
}
