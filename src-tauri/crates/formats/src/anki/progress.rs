//! How far reading has come, for whoever waits; and the way to cancel it.

use std::ops::ControlFlow;

use super::Error;

/// Steps of the whole reading.
const TOTAL: u64 = 1000;

/// Told how far it is; may say stop.
pub type Watch<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// The stretch of the whole that one part of the work takes, in thousandths.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch(pub u64, pub u64);

pub(super) const UNPACK: Stretch = Stretch(0, 100);
pub(super) const CHECK: Stretch = Stretch(100, 200);
pub(super) const ROWS: Stretch = Stretch(200, 350);
pub(super) const NOTES: Stretch = Stretch(350, 870);
pub(super) const GATHER: Stretch = Stretch(870, 900);
pub(super) const MEDIA: Stretch = Stretch(900, TOTAL);

/// The watcher, with what was told it last.
pub(super) struct Progress<'a> {
    watch: Watch<'a>,
    told: u64,
}

impl<'a> Progress<'a> {
    pub fn new(watch: Watch<'a>) -> Self {
        Self { watch, told: 0 }
    }

    /// Tells that `done` of `of` steps of a stretch are done. What is told never goes back.
    pub fn at(&mut self, stretch: Stretch, done: u64, of: u64) -> Result<(), Error> {
        let Stretch(from, to) = stretch;
        let share = (to - from).saturating_mul(done.min(of)) / of.max(1);
        self.told = self.told.max(from + share);
        match (self.watch)(self.told, TOTAL) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        }
    }
}
