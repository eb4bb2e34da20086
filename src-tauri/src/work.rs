//! One longer piece of work at a time: how far it is, and the way to call it off.
//!
//! # Design
//! Exports, backups and checks read through a connection of their own on the thread of their
//! command, so that answers go on beside them. They share one place where the page asks how far
//! things are; a second piece of work is told to wait.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cairn_store::{ErrorCode, Failure};
use serde::Serialize;
use tauri::{AppHandle, Manager};

use crate::shell::failure;

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, ts(rename = "WorkPhase"))]
pub enum Phase {
    /// Nothing.
    #[default]
    Idle,
    /// An export.
    Exporting,
    /// A backup.
    BackingUp,
    /// A way back to a backup.
    Restoring,
    /// A check of the whole collection.
    Checking,
    /// Repairs of what a check found.
    Repairing,
    /// Reading what can be read of a damaged collection.
    Salvaging,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(rename = "WorkStatus"))]
pub struct Status {
    /// What is being done.
    pub phase: Phase,
    /// Things done.
    #[cfg_attr(test, ts(type = "number"))]
    pub done: u64,
    /// Things in all; 0 while that is not known.
    #[cfg_attr(test, ts(type = "number"))]
    pub total: u64,
}

/// Shared by the commands that may take long.
#[derive(Clone, Default)]
pub struct Work {
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    phase: Mutex<Phase>,
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

impl Work {
    /// Begins a piece of work, which lasts as long as what is given back.
    ///
    /// # Errors
    /// `Busy` while another is going on.
    pub fn begin(&self, phase: Phase) -> Result<Working<'_>, Failure> {
        let mut now = self.phase();
        if *now != Phase::Idle {
            return Err(failure(
                ErrorCode::Busy,
                "Cairn is still at work on something else".to_owned(),
                "Wait until it is done, or cancel it.",
            ));
        }
        *now = phase;
        self.inner.done.store(0, Ordering::Relaxed);
        self.inner.total.store(0, Ordering::Relaxed);
        self.inner.cancelled.store(false, Ordering::Relaxed);
        Ok(Working { inner: &self.inner })
    }

    /// How far it is.
    pub fn status(&self) -> Status {
        Status {
            phase: *self.phase(),
            done: self.inner.done.load(Ordering::Relaxed),
            total: self.inner.total.load(Ordering::Relaxed),
        }
    }

    /// Calls off what is being done.
    pub fn cancel(&self) {
        self.inner.cancelled.store(true, Ordering::Relaxed);
    }

    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.inner.phase()
    }
}

impl Inner {
    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// While it lives, something is being done.
pub struct Working<'a> {
    inner: &'a Inner,
}

impl Working<'_> {
    /// Takes note of how far the work is, and ends it when it was called off.
    pub fn watch(&self) -> impl FnMut(u64, u64) -> ControlFlow<()> {
        |done, total| {
            self.inner.done.store(done, Ordering::Relaxed);
            self.inner.total.store(total, Ordering::Relaxed);
            if self.inner.cancelled.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
    }
}

impl Drop for Working<'_> {
    fn drop(&mut self) {
        *self.inner.phase() = Phase::Idle;
    }
}

/// The work of an app.
pub fn of(app: &AppHandle) -> Work {
    app.state::<Work>().inner().clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_piece_of_work_at_a_time_is_counted_and_called_off() {
        let work = Work::default();
        assert_eq!(work.status().phase, Phase::Idle);
        let working = work.begin(Phase::Exporting).unwrap();
        let mut watch = working.watch();
        assert_eq!(watch(3, 9), ControlFlow::Continue(()));
        assert_eq!(work.status(), Status { phase: Phase::Exporting, done: 3, total: 9 });
        assert_eq!(work.begin(Phase::Checking).err().unwrap().code, ErrorCode::Busy);
        work.cancel();
        assert_eq!(watch(4, 9), ControlFlow::Break(()), "and it is told at its next step");
        drop(watch);
        drop(working);
        let again = work.begin(Phase::Checking).unwrap();
        assert_eq!(again.watch()(0, 1), ControlFlow::Continue(()), "the next one begins anew");
    }
}
