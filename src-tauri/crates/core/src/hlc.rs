//! Hybrid logical clock: an order of events that holds across machines and through wrong clocks.
//!
//! Source: Kulkarni et al., *Logical Physical Clocks*, 2014. 48 bits of milliseconds, then 16 bits
//! of counter, in one positive integer that SQLite can sort.

use serde::{Deserialize, Serialize};

/// A reading of the clock. Greater means later.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Hlc(pub i64);

const COUNTER_BITS: u32 = 16;
const MAX_MS: i64 = (1 << 47) - 1;

impl Hlc {
    /// The next reading after this one, at `utc_ms` by the wall clock. Always greater than this
    /// one, also when the wall clock was set back.
    pub fn next(self, utc_ms: i64) -> Self {
        let wall = utc_ms.clamp(0, MAX_MS) << COUNTER_BITS;
        Self(wall.max(self.0.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_only_goes_forward() {
        let noon = Hlc::default().next(1_000_000);
        let again = noon.next(1_000_000);
        let set_back = again.next(5);
        let ahead = set_back.next(i64::MAX);
        assert!(noon < again && again < set_back && set_back < ahead);
        assert!(ahead < ahead.next(0));
    }
}
