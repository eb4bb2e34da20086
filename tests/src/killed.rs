//! Kills of a command that has no protocol, at moments of its course.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::cli::went_well;
use crate::home::Home;

/// When a command is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KillWhen {
    /// Once a random part of what it writes is in the folder.
    Writing,
    /// After a random part of the time that it takes.
    Anywhere,
}

/// A command with its undisturbed course, by which the moments of kills are measured.
#[derive(Debug)]
pub struct Course<'a> {
    now: &'a str,
    args: &'a [&'a str],
    takes: Duration,
    /// By how much the folder grows at most.
    bytes: u64,
}

/// What became of a command.
#[derive(Debug)]
pub struct Killed {
    /// Its stdout up to then.
    pub said: String,
    /// Whether it was running when the kill came.
    pub running: bool,
}

impl<'a> Course<'a> {
    /// Runs a command to its end and takes its measure.
    ///
    /// # Panics
    /// When it fails.
    pub fn of(home: &Home, now: &'a str, args: &'a [&'a str]) -> Self {
        let before = bytes_in(home.folder());
        let start = Instant::now();
        let mut child = home.cli.command(now, args).spawn().expect("the program starts");
        let mut most = before;
        while is_running(&mut child) {
            most = most.max(bytes_in(home.folder()));
        }
        let takes = start.elapsed();
        let output = child.wait_with_output().expect("the program is gone");
        assert!(went_well(args, &output), "{args:?} goes well: {output:?}");
        most = most.max(bytes_in(home.folder()));
        Self { now, args, takes, bytes: most - before }
    }

    /// How long it takes.
    pub fn takes(&self) -> Duration {
        self.takes
    }

    /// Runs the command in another folder and kills it (SIGKILL).
    ///
    /// # Panics
    /// When it can't be started.
    pub fn kill(&self, home: &Home, when: KillWhen, chance: &mut Chance) -> Killed {
        // Rather early than late: the end comes faster than a kill.
        let most = 1 + chance.below(self.bytes.max(1));
        let bytes = bytes_in(home.folder()) + chance.below(most);
        let time = self.takes.mul_f64(chance.below(1000) as f64 / 1000.0);
        let start = Instant::now();
        let mut child = home.cli.command(self.now, self.args).spawn().expect("the program starts");
        let mut running = true;
        while running {
            let there = match when {
                KillWhen::Writing => bytes_in(home.folder()) > bytes,
                KillWhen::Anywhere => start.elapsed() >= time,
            };
            if there {
                break;
            }
            running = is_running(&mut child);
        }
        running = running && is_running(&mut child);
        let _ = child.kill();
        child.wait().expect("the program is gone");
        let mut said = String::new();
        let mut stdout = child.stdout.take().expect("stdout is a pipe");
        stdout.read_to_string(&mut said).expect("stdout can be read");
        Killed { said, running }
    }
}

fn is_running(child: &mut Child) -> bool {
    child.try_wait().expect("the program can be asked").is_none()
}

/// Bytes of all files in a folder. What goes away meanwhile does not count.
fn bytes_in(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let bytes = entries.map(|entry| match entry.metadata() {
        Ok(data) if data.is_dir() => bytes_in(&entry.path()),
        Ok(data) => data.len(),
        Err(_) => 0,
    });
    bytes.sum()
}
