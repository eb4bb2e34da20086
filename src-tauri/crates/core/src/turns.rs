//! Work that is done in parts on several threads and taken in order on this one.
//!
//! # Context
//! An export reads and prints hundreds of thousands of rows. Parts of them can be made beside each
//! other; what comes out must not depend on how many threads there were, or which was faster.
//!
//! # Design
//! Workers take turns: of `n`, the first makes the parts 0, `n`, 2`n` … A worker that is ahead waits,
//! so no more than a few parts are in memory.

use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

/// Parts that a worker may be ahead.
const AHEAD: usize = 4;
/// Workers at most: the one who takes is mostly the disk.
const MOST: usize = 4;

/// How many workers are worth having here: one a core, up to four.
pub fn workers() -> usize {
    thread::available_parallelism().map_or(1, NonZeroUsize::get).min(MOST)
}

/// Makes `parts` parts, one worker a state, and takes them in order on this thread, until one of them
/// fails.
///
/// # Errors
/// The first in the order of the parts, of `make` or of `take`.
pub fn in_turns<S, T, E>(
    states: Vec<S>,
    parts: usize,
    make: impl Fn(&mut S, usize) -> Result<T, E> + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E>
where
    S: Send,
    T: Send,
    E: Send,
{
    let count = states.len().max(1);
    let make = &make;
    thread::scope(|scope| {
        let workers: Vec<Receiver<Result<T, E>>> = states
            .into_iter()
            .enumerate()
            .map(|(first, mut state)| {
                let (give, made) = sync_channel(AHEAD);
                scope.spawn(move || {
                    // Once nobody wants any more, there is nothing left to do.
                    let mut mine = (first..parts).step_by(count);
                    while mine.next().is_some_and(|part| give.send(make(&mut state, part)).is_ok())
                    {
                    }
                });
                made
            })
            .collect();
        for worker in workers.iter().cycle().take(parts) {
            // A worker that is gone has ended in a panic, which the scope passes on.
            let Ok(made) = worker.recv() else { break };
            take(made?)?;
        }
        Ok(())
    })
}

/// Does something to each of many items, on several threads.
pub fn each<T: Send>(items: &mut [T], act: impl Fn(&mut T) + Sync) {
    let act = &act;
    let stretch = items.len().div_ceil(workers()).max(1);
    thread::scope(|scope| {
        for items in items.chunks_mut(stretch) {
            scope.spawn(move || items.iter_mut().for_each(act));
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn parts_come_in_order_from_any_number_of_workers(workers in 1usize..6, parts in 0usize..60) {
            let mut taken = Vec::new();
            let done: Result<(), ()> = in_turns(
                vec![0usize; workers],
                parts,
                |made, part| {
                    *made += 1;
                    Ok((part, *made))
                },
                |part| {
                    taken.push(part);
                    Ok(())
                },
            );
            prop_assert_eq!(done, Ok(()));
            let expected: Vec<_> = (0..parts).map(|part| (part, part / workers + 1)).collect();
            prop_assert_eq!(taken, expected);
        }

        #[test]
        fn the_first_fault_in_order_ends_it(workers in 1usize..5, fault in 0usize..40, refused in 0usize..40) {
            let made = AtomicUsize::new(0);
            let mut taken = 0;
            let done = in_turns(
                vec![(); workers],
                10_000,
                |(), part| {
                    made.fetch_add(1, Ordering::Relaxed);
                    if part == fault { Err(("made", part)) } else { Ok(part) }
                },
                |part| {
                    taken += 1;
                    if part == refused { Err(("taken", part)) } else { Ok(()) }
                },
            );
            let first = if fault <= refused { ("made", fault) } else { ("taken", refused) };
            prop_assert_eq!(done, Err(first));
            prop_assert_eq!(taken, fault.min(refused + 1));
            let most = taken + 1 + workers * (AHEAD + 2);
            prop_assert!(made.into_inner() <= most, "nobody works for nobody");
        }
    }

    proptest! {
        #[test]
        fn each_item_is_met_once(count in 0usize..50) {
            let mut items: Vec<usize> = (0..count).collect();
            each(&mut items, |item| *item += 1);
            prop_assert_eq!(items, (1..=count).collect::<Vec<_>>());
        }
    }

    #[test]
    fn there_is_a_worker_everywhere() {
        assert!((1..=MOST).contains(&workers()));
    }
}
