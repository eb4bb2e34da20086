//! Another program, run to its end: how long it took, the most memory it held, what it said.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Fallible;
use crate::sample::milliseconds;

/// Time between two looks at the memory of the program. Linux keeps the peak, so little is missed.
const LOOK: Duration = Duration::from_millis(4);

/// A program that has run.
#[derive(Debug)]
pub struct Ran {
    /// From its start to its end, in milliseconds.
    pub ms: f64,
    /// The most memory it held; `None` where the system does not say.
    pub peak_mib: Option<f64>,
    /// The JSON that it printed; `null` for nothing.
    pub said: Value,
}

/// Runs a program to its end.
pub fn run(program: &Path, arguments: &[&OsStr]) -> Fallible<Ran> {
    let start = Instant::now();
    let child = Command::new(program).args(arguments).stdout(Stdio::piped()).spawn()?;
    let (id, ended) = (child.id(), AtomicBool::new(false));
    let (output, ms, peak) = thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut peak = None;
            while !ended.load(Ordering::Relaxed) {
                peak = peak_mib(id).or(peak);
                thread::sleep(LOOK);
            }
            peak
        });
        let output = child.wait_with_output();
        let ms = milliseconds(start.elapsed());
        ended.store(true, Ordering::Relaxed);
        (output, ms, watch.join().ok().flatten())
    });
    let output = output?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stdout);
        return Err(format!("{} {arguments:?} failed: {words}", program.display()).into());
    }
    let said = if output.stdout.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(&output.stdout)?
    };
    Ok(Ran { ms, peak_mib: peak, said })
}

/// `VmHWM` of a process; `None` for one that has ended.
fn peak_mib(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u32 = line.split_whitespace().next()?.parse().ok()?;
    Some(f64::from(kib) / 1024.0)
}
