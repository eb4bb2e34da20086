//! From the start of the program to a painted Today, and the memory that it then takes.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use super::driver::Session;
use super::{Desk, processes};
use crate::Fallible;
use crate::options::Sizes;
use crate::report::Workload;
use crate::sample::Sample;

const MOST_MS: f64 = 800.0;
const MOST_MIB: f64 = 320.0;
/// What is still at work after the first paint has ended by then.
const SETTLED: Duration = Duration::from_secs(2);
const PAINTED: &str = "cairn:today-painted";

/// Starts the program again and again; the first start fills the caches and does not count.
pub fn measure(desk: &Desk, sizes: &Sizes) -> Fallible<Vec<Workload>> {
    let spawned = desk.home.join("spawned");
    let script = script(desk, &spawned)?;
    let (mut time, mut memory) = (Sample::default(), Sample::default());
    for number in 0..=sizes.starts {
        let session = Session::open(desk, &script)?;
        let painted = session.wait_for_mark(PAINTED, 0)?;
        let origin = session.run("return performance.timeOrigin")?;
        let origin = origin.as_f64().ok_or("the page has no time of origin")?;
        let begun = fs::read_to_string(&spawned)?.trim().parse::<f64>()? / 1e6;
        std::thread::sleep(SETTLED);
        if number > 0 {
            time.add(origin + painted - begun);
            memory.add(processes::memory_mib(session.process(&desk.app)?)?);
        }
    }
    let cards = sizes.window_cards;
    let what = format!("start of the program to a painted Today, {cards} cards");
    let whole = format!("PSS of the program and its children, {SETTLED:?} after Today was painted");
    Ok(vec![
        Workload::new("start", what, &time).median_within(MOST_MS),
        Workload::new("memory", whole, &memory).in_unit("MiB").median_within(MOST_MIB),
    ])
}

/// A script that notes the wall clock in nanoseconds and becomes the program: the driver starts
/// the program itself and does not say when.
fn script(desk: &Desk, spawned: &std::path::Path) -> Fallible<PathBuf> {
    let path = desk.home.join("start.sh");
    let text = format!(
        "#!/bin/sh\ndate +%s%N >'{}'\nexec '{}' \"$@\"\n",
        spawned.display(),
        desk.app.display()
    );
    fs::write(&path, text)?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    Ok(path)
}
