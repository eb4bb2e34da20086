//! How far a long export is, on a terminal.

use std::io::{self, IsTerminal, Write};
use std::ops::ControlFlow;

use crate::clock::Clock;
use crate::interrupt;

/// Nothing is said of what takes less, in ms.
const PATIENCE_MS: i64 = 1_000;
/// Between two lines, in ms.
const PAUSE_MS: i64 = 200;

/// A line on stderr that is written over and goes at the end; none where nobody looks.
pub struct Bar<'a> {
    clock: &'a Clock,
    watched: bool,
    /// The next line is written from this time on, in ms.
    next_ms: i64,
    written: bool,
}

impl<'a> Bar<'a> {
    pub fn new(clock: &'a Clock) -> Self {
        let next_ms = clock.now().utc_ms.saturating_add(PATIENCE_MS);
        Self { clock, watched: io::stderr().is_terminal(), next_ms, written: false }
    }

    /// Says how far it is; calls it off after Ctrl-C.
    pub fn at(&mut self, done: u64, total: u64) -> ControlFlow<()> {
        let now_ms = if self.watched { self.clock.now().utc_ms } else { i64::MIN };
        if now_ms >= self.next_ms {
            self.next_ms = now_ms.saturating_add(PAUSE_MS);
            self.written = true;
            let _ = write!(io::stderr(), "\r{}", line(done, total));
        }
        interrupt::go_on()
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        if self.written {
            let _ = write!(io::stderr(), "\r{:width$}\r", "", width = line(1, 1).len());
        }
    }
}

fn line(done: u64, total: u64) -> String {
    match done.saturating_mul(100).checked_div(total) {
        Some(percent) => format!("Exporting: {:>3} %", percent.min(100)),
        None => "Exporting …     ".into(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::begun(0, 200, "Exporting:   0 %")]
    #[case::half(100, 200, "Exporting:  50 %")]
    #[case::done(200, 200, "Exporting: 100 %")]
    #[case::beyond(300, 200, "Exporting: 100 %")]
    #[case::not_known(0, 0, "Exporting …     ")]
    fn a_line_says_how_far_it_is(#[case] done: u64, #[case] total: u64, #[case] said: &str) {
        assert_eq!(line(done, total), said);
    }
}
