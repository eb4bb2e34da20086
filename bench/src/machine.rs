//! On what the figures were taken: they mean nothing without it.

use std::fmt::{self, Display};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use serde::Serialize;

use crate::Fallible;
use crate::sample::Sample;

/// The machine and its state at the start of the run. What can't be found out is "unknown".
#[derive(Debug, Serialize)]
pub struct Machine {
    /// Model of the processor.
    pub processor: String,
    /// Cores that this process may use.
    pub cores: usize,
    /// Release of the kernel.
    pub kernel: String,
    /// Type and device of the file system that holds the collection.
    pub file_system: String,
    /// Version of SQLite.
    pub sqlite: &'static str,
    /// Load of the last minute: others at work make every figure worse.
    pub load: String,
    /// Median of appending 4 KiB to a file and flushing it, in milliseconds.
    pub flush_ms: f64,
}

impl Machine {
    /// Looks around. `folder` is where the collection will lie.
    pub fn look(folder: &Path) -> Fallible<Self> {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let processor = read("/proc/cpuinfo")
            .lines()
            .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
            .map(|(_, model)| model.to_owned());
        let word = |text: String| text.split_whitespace().next().map(str::to_owned);
        Ok(Self {
            processor: processor.unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
            cores: std::thread::available_parallelism()?.get(),
            kernel: word(read("/proc/sys/kernel/osrelease"))
                .unwrap_or_else(|| std::env::consts::OS.to_owned()),
            file_system: file_system(&folder.canonicalize()?, &read("/proc/self/mounts")),
            sqlite: rusqlite::version(),
            load: word(read("/proc/loadavg")).unwrap_or_else(|| "unknown".to_owned()),
            flush_ms: flush(folder)?,
        })
    }
}

/// The mount that holds `folder`: the one with the longest path above it.
fn file_system(folder: &Path, mounts: &str) -> String {
    mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ');
            Some((words.next()?, words.next()?, words.next()?))
        })
        .filter(|(_, place, _)| folder.starts_with(place))
        .max_by_key(|(_, place, _)| place.len())
        .map_or_else(|| "unknown".to_owned(), |(device, _, kind)| format!("{kind} on {device}"))
}

fn flush(folder: &Path) -> Fallible<f64> {
    let path = folder.join("flush-probe");
    let mut file = File::create(&path)?;
    let mut sample = Sample::default();
    for _ in 0..50 {
        sample.time(|| file.write_all(&[7; 4096]).and_then(|()| file.sync_data()))?;
    }
    fs::remove_file(path)?;
    Ok(sample.figure().median)
}

impl Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { processor, cores, kernel, file_system, sqlite, load, flush_ms } = self;
        write!(
            f,
            "{processor}, {cores} cores, load {load}; kernel {kernel}; {file_system}, flush \
             {flush_ms:.2} ms; SQLite {sqlite}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_mount_counts() {
        let mounts = "/dev/a / ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\nproc /proc proc rw 0 0";
        assert_eq!(file_system(Path::new("/tmp/x"), mounts), "tmpfs on tmpfs");
        assert_eq!(file_system(Path::new("/work"), mounts), "ext4 on /dev/a");
        assert_eq!(file_system(Path::new("/work"), ""), "unknown");
    }
}
