//! The one place in the window's program that reads the clock.

use cairn_core::day::Moment;
use chrono::Local;

/// The present moment. A development build pretends another one when `CAIRN_NOW` says so (RFC
/// 3339); time runs on from there.
#[allow(clippy::disallowed_methods)]
pub fn now() -> Moment {
    if let Some(moment) = pretended() {
        return moment;
    }
    Local::now().into()
}

#[cfg(debug_assertions)]
fn pretended() -> Option<Moment> {
    use std::sync::LazyLock;
    use std::time::Instant;

    static START: LazyLock<Option<(Moment, Instant)>> = LazyLock::new(|| {
        let now = std::env::var("CAIRN_NOW").ok()?;
        let time = chrono::DateTime::parse_from_rfc3339(&now).ok()?;
        Some((time.into(), Instant::now()))
    });
    let (start, since) = (*START)?;
    let passed = i64::try_from(since.elapsed().as_millis()).unwrap_or(0);
    Some(Moment { utc_ms: start.utc_ms.saturating_add(passed), ..start })
}

#[cfg(not(debug_assertions))]
fn pretended() -> Option<Moment> {
    None
}
