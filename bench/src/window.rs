//! The workloads in the real window, through WebDriver.
//!
//! # Context
//! `CAIRN_APP` is the release program and `TAURI_DRIVER` the driver (`./dev bench --window` sets
//! both); a display must be there. All times are the page's own marks (`performance.mark`), which
//! WebKit gives in whole milliseconds, so the way to the driver and back is not in them.

mod driver;
mod keys;
mod processes;
mod start;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use cairn_core::day::Moment;

use crate::Fallible;
use crate::options::Sizes;
use crate::report::Workload;
use crate::seed::{self, Size};

/// What a session of the window needs.
pub struct Desk {
    /// The program.
    app: PathBuf,
    /// tauri-driver.
    driver: OsString,
    /// The collection that it opens: a copy.
    collection: PathBuf,
    /// Where the program keeps everything else, and where its words are written.
    home: PathBuf,
}

/// Keys, start and memory.
pub fn measure(folder: &Path, run: &Path, sizes: &Sizes) -> Fallible<Vec<Workload>> {
    if ["DISPLAY", "WAYLAND_DISPLAY"].iter().all(|name| std::env::var_os(name).is_none()) {
        return Err("--window needs a display; without a screen, run it under xvfb-run -a".into());
    }
    let app =
        std::env::var_os("CAIRN_APP").ok_or("--window needs CAIRN_APP, the release program")?;
    let driver = std::env::var_os("TAURI_DRIVER").ok_or("--window needs TAURI_DRIVER")?;
    let size = Size { cards: sizes.window_cards, rows: sizes.window_rows, now: yesterday()? };
    let made = seed::collection(folder, size)?;
    let desk = Desk {
        app: PathBuf::from(app).canonicalize()?,
        driver,
        collection: run.join("window.cairn"),
        home: run.join("home"),
    };
    std::fs::create_dir_all(&desk.home)?;
    seed::copy(&made, &desk.collection)?;
    let mut workloads = start::measure(&desk, sizes)?;
    workloads.extend(keys::measure(&desk, sizes.keys)?);
    Ok(workloads)
}

/// A day ago: the release program has no other clock than the machine's, and whatever the time zone
/// no answer may lie in its future.
#[allow(clippy::disallowed_methods)]
fn yesterday() -> Fallible<Moment> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs().saturating_sub(86_400);
    Ok(Moment { utc_ms: i64::try_from(seconds)? * 1000, offset_minutes: 0 })
}
