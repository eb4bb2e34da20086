//! Whether a collection is sound, and its schedules rebuilt from the log.
//!
//! # Context
//! A check only reads, on a connection of its own, so answers go on while it runs. It has to be
//! quick enough to be run without a second thought, and what it says has to be of use to a person.
//!
//! # Design
//! SQLite's own look at the file runs in a second thread. Meanwhile each big table is read once, from
//! end to end, and compared in memory (`tables`): one query a card would take minutes. The small
//! things are in `rest`. Every finding says what can be done; `repair` does it.

mod file;
mod rest;
mod tables;
pub mod view;
pub(crate) mod words;

use std::ops::ControlFlow;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use cairn_core::day::Moment;

use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::intake::Watch;
use crate::reader::Reader;
pub(crate) use rest::{media_fault, media_rows};
pub(crate) use tables::Looked;
use view::{CheckReport, Finding, FindingKind, Remedy, Weight};

/// How to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// Also read every picture and sound and compare its content with its name.
    pub thorough: bool,
    /// The time, to tell clocks that were ahead.
    pub now: Moment,
}

/// How often a person who waits for SQLite is told that it goes on.
const TICK: Duration = Duration::from_millis(50);
/// Examples that a finding names.
pub(crate) const EXAMPLES: usize = 5;

impl Reader {
    /// Looks through the whole collection. `watch` is told how many rows were looked at, and of how
    /// many; `Break` ends it.
    ///
    /// # Errors
    /// `Cancelled`. What is wrong with the collection is no error but a finding.
    pub fn check(&self, how: Check, watch: Watch<'_>) -> Result<CheckReport> {
        self.check_beside(self.again()?, how, watch)
    }

    /// The same, with the connection on which SQLite looks at the file.
    pub(crate) fn check_beside(
        &self,
        beside: Self,
        how: Check,
        watch: Watch<'_>,
    ) -> Result<CheckReport> {
        let interrupt = beside.conn.get_interrupt_handle();
        let (send, receive) = mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(move || send.send(file::look(&beside.conn)));
            let mut done = 0;
            let looked = Looked::at(self, how, &mut |now, all| {
                done = now;
                watch(now, all)
            });
            if let Err(Error::Cancelled) = looked {
                interrupt.interrupt();
                return Err(Error::Cancelled);
            }
            let file = loop {
                match receive.recv_timeout(TICK) {
                    Ok(file) => break file,
                    Err(RecvTimeoutError::Timeout) if watch(done, done).is_continue() => {}
                    Err(RecvTimeoutError::Timeout) => {
                        interrupt.interrupt();
                        return Err(Error::Cancelled);
                    }
                    Err(RecvTimeoutError::Disconnected) => break file::stopped(),
                }
            };
            report(file, looked, how)
        })
    }

    /// What is wrong, and nothing that is only good to know.
    pub(crate) fn faults(&self, now: Moment) -> Result<Vec<Finding>> {
        let how = Check { thorough: false, now };
        let mut findings = self.check(how, &mut |_, _| ControlFlow::Continue(()))?.findings;
        findings.retain(|finding| finding.weight == Weight::Fault);
        Ok(findings)
    }
}

/// What was found in the file and in the tables, as one report.
fn report(file: Vec<Finding>, looked: Result<Looked>, how: Check) -> Result<CheckReport> {
    let mut findings = file;
    let counts = match looked {
        Ok(looked) => {
            findings.extend(looked.findings);
            looked.counts
        }
        // The tables can't be read to their end. SQLite's own look has mostly said so already.
        Err(error) => {
            if !findings.iter().any(|finding| finding.what == FindingKind::File) {
                findings.push(file::damaged(&[error.to_string()]));
            }
            [0; 3]
        }
    };
    findings.sort_by_key(|finding| (finding.weight == Weight::Info, finding.what));
    let [notes, cards, answers] = counts;
    let ok = !findings.iter().any(|finding| finding.weight == Weight::Fault);
    Ok(CheckReport { ok, notes, cards, answers, thorough: how.thorough, findings })
}

/// A finding that the repair mends.
pub(crate) fn fault(what: FindingKind, message: String, named: Named) -> Finding {
    let (remedy, repair) = words::remedy(what);
    let weight = if remedy == Remedy::None { Weight::Info } else { Weight::Fault };
    let Named { count, examples } = named;
    Finding { what, weight, message, count, examples, remedy, repair: repair.to_owned() }
}

/// How many, and the first few by name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Named {
    pub(crate) count: u32,
    pub(crate) examples: Vec<String>,
}

impl Named {
    /// One more, named where names are still wanted.
    pub(crate) fn add(&mut self, name: impl FnOnce() -> String) {
        self.count = self.count.saturating_add(1);
        if self.examples.len() < EXAMPLES {
            let name: String = name().chars().take(words::LONGEST).collect();
            if !name.is_empty() && !self.examples.contains(&name) {
                self.examples.push(name);
            }
        }
    }
}

impl Collection {
    /// Looks through the whole file. Empty when nothing is wrong.
    pub fn check(&mut self) -> Result<Vec<Finding>> {
        self.reader()?.faults(Moment { utc_ms: i64::MAX, offset_minutes: 0 })
    }

    /// Compares every card's schedule with the fold of its log, and (unless `dry_run`) writes the
    /// fold where they differ. Gives how many differ.
    pub fn rebuild(&mut self, dry_run: bool, now: Moment) -> Result<usize> {
        self.sync()?;
        let how = Check { thorough: false, now };
        let looked = Looked::at(&self.reader()?, how, &mut |_, _| ControlFlow::Continue(()))?;
        if !dry_run && !looked.differing.is_empty() {
            crate::repair::rebuild(self, &looked.differing, now)?;
        }
        Ok(looked.differing.len())
    }
}
