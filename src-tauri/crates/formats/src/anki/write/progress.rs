//! How far writing has come, for whoever waits; and the way to cancel it.

use std::ops::ControlFlow;

use super::WriteError;

/// Steps of the whole.
const TOTAL: u64 = 1000;

/// The stretch of the whole that one part of the work takes, in thousandths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch(pub u64, pub u64);

pub(super) const NOTES: Stretch = Stretch(0, 500);
pub(super) const LOG: Stretch = Stretch(500, 650);
pub(super) const INDEX: Stretch = Stretch(650, 700);
pub(super) const PACK: Stretch = Stretch(700, 900);
pub(super) const MEDIA: Stretch = Stretch(900, TOTAL);

/// The watcher, with what was told it last.
pub(super) struct Progress<'a> {
    watch: &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>,
    told: u64,
}

impl<'a> Progress<'a> {
    pub fn new(watch: &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>) -> Self {
        Self { watch, told: 0 }
    }

    /// Tells that `done` of `of` steps of a stretch are done. What is told never goes back.
    pub fn at(&mut self, stretch: Stretch, done: u64, of: u64) -> Result<(), WriteError> {
        let Stretch(from, to) = stretch;
        let share = (to - from).saturating_mul(done.min(of)) / of.max(1);
        self.told = self.told.max(from + share);
        match (self.watch)(self.told, TOTAL) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(WriteError::Cancelled),
        }
    }
}
