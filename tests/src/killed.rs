//! Kills of a command that has no protocol, at moments of its course.

use std::fs;
use std::io::Read;
use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::cli::Cli;

/// When a command is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KillWhen {
    /// Once a random part of the commit is in the write-ahead log.
    Committing,
    /// After a random part of the time that it takes.
    Anywhere,
}

/// A command with its undisturbed course, by which the moments of kills are measured.
#[derive(Debug)]
pub struct Course<'a> {
    now: &'a str,
    args: &'a [&'a str],
    takes: Duration,
    /// The collection's length afterwards: about what the commit writes.
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
    pub fn of(cli: &Cli, now: &'a str, args: &'a [&'a str]) -> Self {
        let start = Instant::now();
        cli.text(now, args);
        let takes = start.elapsed();
        let bytes = fs::metadata(cli.collection()).expect("the collection is there").len();
        Self { now, args, takes, bytes }
    }

    /// How long it takes.
    pub fn takes(&self) -> Duration {
        self.takes
    }

    /// Runs the command on another collection and kills it (SIGKILL).
    ///
    /// # Panics
    /// When it can't be started.
    pub fn kill(&self, cli: &Cli, when: KillWhen, chance: &mut Chance) -> Killed {
        // Rather early in the commit than late: its end comes faster than a kill.
        let most = 1 + chance.below(self.bytes);
        let bytes = chance.below(most);
        let time = self.takes.mul_f64(chance.below(1000) as f64 / 1000.0);
        let start = Instant::now();
        let mut child = cli.command(self.now, self.args).spawn().expect("the program starts");
        let mut running = true;
        while running {
            let there = match when {
                KillWhen::Committing => cli.wal_bytes() > bytes,
                KillWhen::Anywhere => start.elapsed() >= time,
            };
            if there {
                break;
            }
            running = child.try_wait().expect("the program can be asked").is_none();
        }
        running = running && child.try_wait().expect("the program can be asked").is_none();
        let _ = child.kill();
        child.wait().expect("the program is gone");
        let mut said = String::new();
        let mut stdout = child.stdout.take().expect("stdout is a pipe");
        stdout.read_to_string(&mut said).expect("stdout can be read");
        Killed { said, running }
    }
}
