//! Measured values and what is said of them.

use std::time::{Duration, Instant};

use serde::Serialize;

/// Values of one thing, measured many times.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    values: Vec<f64>,
}

/// What is said of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// Half of the values are no greater.
    pub median: f64,
    /// Ninety-nine in a hundred are no greater (of fewer than 100 values: the greatest).
    pub p99: f64,
    /// How many values.
    pub n: usize,
}

impl Sample {
    /// Runs `work` and takes in how long it took, in milliseconds.
    pub fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.add(milliseconds(start.elapsed()));
        result
    }

    /// Takes in one value.
    pub fn add(&mut self, value: f64) {
        self.values.push(value);
    }

    /// Forgets the values up to here: the caches were filling.
    pub fn forget(&mut self) {
        self.values.clear();
    }

    /// Median and 99th percentile by nearest rank; zeros where there are no values.
    pub fn figure(&self) -> Figure {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        let rank = |percent: usize| {
            let rank = (sorted.len() * percent).div_ceil(100).max(1);
            sorted.get(rank - 1).copied().unwrap_or(0.0)
        };
        Figure { median: rank(50), p99: rank(99), n: sorted.len() }
    }
}

/// A duration in milliseconds.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(values: impl IntoIterator<Item = u32>) -> Figure {
        let mut sample = Sample::default();
        values.into_iter().for_each(|value| sample.add(f64::from(value)));
        sample.figure()
    }

    #[test]
    fn ranks_are_values_that_were_measured() {
        assert_eq!(figure((1..=100).rev()), Figure { median: 50.0, p99: 99.0, n: 100 });
        assert_eq!(figure([3, 1, 2]), Figure { median: 2.0, p99: 3.0, n: 3 });
        assert_eq!(figure([]), Figure { median: 0.0, p99: 0.0, n: 0 });
    }
}
