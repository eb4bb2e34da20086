//! Chances that are the same on every run.

use std::hint;
use std::time::{Duration, Instant};

/// A fixed course of chances (splitmix64), so that a failing seed can be run again.
#[derive(Debug)]
pub struct Chance(u64);

impl Chance {
    /// The course of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 to `bound - 1`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % bound
    }

    /// One of `all`.
    pub fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[usize::try_from(self.below(all.len() as u64)).expect("an index")]
    }

    /// Keeps the processor busy for up to so many microseconds: finer than any sleep, to hit another
    /// instruction of the other process each time.
    pub fn spin(&mut self, up_to_us: u64) {
        let wait = Duration::from_micros(self.below(up_to_us.max(1)));
        let start = Instant::now();
        while start.elapsed() < wait {
            hint::spin_loop();
        }
    }
}
