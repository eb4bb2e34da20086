//! The one place in the command line that reads the clock.

use std::time::Instant;

use cairn_core::day::Moment;
use chrono::{DateTime, Local};

use crate::failure::Failure;

/// The time: the system's, or one that is pretended and then runs on.
pub struct Clock {
    pretended: Option<(Moment, Instant)>,
}

impl Clock {
    /// A clock that starts at `now` (RFC 3339), or the system's.
    pub fn new(now: Option<&str>) -> Result<Self, Failure> {
        let Some(now) = now else { return Ok(Self { pretended: None }) };
        let time = DateTime::parse_from_rfc3339(now).map_err(|error| {
            Failure::usage(
                format!("--now {now}: {error}"),
                "Write it like 2026-11-21T09:00:00-08:00.",
            )
        })?;
        Ok(Self { pretended: Some((time.into(), Instant::now())) })
    }

    /// The present moment.
    #[allow(clippy::disallowed_methods)]
    pub fn now(&self) -> Moment {
        match self.pretended {
            Some((start, since)) => {
                let passed = i64::try_from(since.elapsed().as_millis()).unwrap_or(0);
                Moment { utc_ms: start.utc_ms.saturating_add(passed), ..start }
            }
            None => Local::now().into(),
        }
    }
}
