//! The open collection and what every call on it does first.

use std::path::{Path, PathBuf};
use std::time::Duration;

use cairn_core::day::{Moment, StudyDay};
use rusqlite::Connection;

use crate::act::{Act, ActKind, ActName};
use crate::backup::lock::Held;
use crate::error::Result;
use crate::settings::{self, Settings};
use crate::today_queue::TodayQueue;
use crate::view::Counts;

/// An open collection. All calls that change it take `&mut self`; share it behind a lock.
pub struct Collection {
    pub(crate) path: PathBuf,
    pub(crate) conn: Connection,
    /// Local id of this device.
    pub(crate) device: i64,
    pub(crate) settings: Settings,
    /// Ready cards a day while a backlog is being spread.
    pub(crate) catch_up: Option<u32>,
    /// What is left of today; built when first needed.
    pub(crate) queue: Option<TodayQueue>,
    /// SQLite's count of other connections' commits, as last seen.
    data_version: i64,
    /// Keeps others from swapping the file.
    _held: Held,
}

/// Key of the running catch-up in table `setting`.
pub(crate) const CATCH_UP: &str = "catch_up_per_day";

impl Collection {
    pub(crate) fn new(path: &Path, conn: Connection, device: i64, held: Held) -> Result<Self> {
        let mut collection = Self {
            path: path.to_owned(),
            conn,
            device,
            settings: Settings::default(),
            catch_up: None,
            queue: None,
            data_version: -1,
            _held: held,
        };
        collection.sync()?;
        Ok(collection)
    }

    /// Where the collection lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The settings in force.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The study day of a moment, by this collection's start of the day.
    pub fn study_day(&self, now: Moment) -> StudyDay {
        StudyDay::of(now, self.settings.day_starts_at_hour)
    }

    /// Takes in what another program has written since the last call, if anything.
    pub(crate) fn sync(&mut self) -> Result<()> {
        let version: i64 =
            self.conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        if version != self.data_version {
            self.reload()?;
            self.data_version = version;
        }
        Ok(())
    }

    /// Forgets everything that is derived from the file.
    pub(crate) fn reload(&mut self) -> Result<()> {
        self.settings = settings::load(&self.conn)?;
        self.catch_up = settings::load_one(&self.conn, CATCH_UP)?.flatten();
        self.queue = None;
        Ok(())
    }

    /// Today's queue, built or brought to the day of `now` first.
    pub(crate) fn queue(&mut self, now: Moment) -> Result<&mut TodayQueue> {
        self.sync()?;
        let today = self.study_day(now);
        let queue = match self.queue.take() {
            Some(queue) if queue.today() == today => queue,
            _ => TodayQueue::load(&self.conn, today, &self.settings, self.catch_up)?,
        };
        Ok(self.queue.insert(queue))
    }

    /// What is left of today, in all decks.
    pub fn counts(&mut self, now: Moment) -> Result<Counts> {
        Ok(self.queue(now)?.counts(None))
    }

    pub(crate) fn begin_act(&mut self, now: Moment, name: &ActName) -> Result<Act<'_>> {
        Act::begin(&mut self.conn, self.device, now, name, None)
    }

    /// Saves settings: each changed field is one row, all of them one act.
    ///
    /// # Errors
    /// [`BadValue`](crate::Error::BadValue) naming the field; the old settings stay.
    pub fn save_settings(&mut self, wanted: &Settings, now: Moment) -> Result<Settings> {
        // Nobody wants the welcome back: finishing it is no act that undo would name.
        let welcome = wanted.welcomed != self.settings.welcomed;
        let kind = if welcome { ActKind::Content } else { ActKind::Setting };
        self.write_settings(wanted, kind, now)
    }

    /// Saves the settings with which a collection is made; undo passes over them.
    ///
    /// # Errors
    /// Those of [`save_settings`](Self::save_settings).
    pub fn set_up(&mut self, wanted: &Settings, now: Moment) -> Result<Settings> {
        self.write_settings(wanted, ActKind::Content, now)
    }

    fn write_settings(
        &mut self,
        wanted: &Settings,
        kind: ActKind,
        now: Moment,
    ) -> Result<Settings> {
        self.sync()?;
        wanted.check(&self.settings, self.study_day(now).date())?;
        let changed = wanted.difference(&self.settings)?;
        if let Some((first, _)) = changed.first() {
            let name = ActName { kind, subject: first.clone() };
            let act = self.begin_act(now, &name)?;
            for (key, value) in &changed {
                write_setting(&act, key, value)?;
            }
            act.commit()?;
            self.reload()?;
        }
        Ok(self.settings.clone())
    }

    /// Starts or ends a catch-up: at most so many ready cards a day, the shortest intervals first.
    /// No date is rewritten.
    pub fn set_catch_up(&mut self, per_day: Option<u32>, now: Moment) -> Result<()> {
        self.sync()?;
        if per_day == Some(0) {
            return Err(crate::Error::BadValue {
                what: "per_day",
                why: "0 is not between 1 and 9999".into(),
            });
        }
        if per_day == self.catch_up {
            return Ok(());
        }
        let name = ActName {
            kind: ActKind::CatchUp,
            subject: per_day.map(|n| n.to_string()).unwrap_or_default(),
        };
        let act = self.begin_act(now, &name)?;
        write_setting(&act, CATCH_UP, &serde_json::to_string(&per_day)?)?;
        act.commit()?;
        self.reload()
    }

    /// How long to wait for another program that is writing.
    pub fn set_busy_timeout(&mut self, wait: Duration) -> Result<()> {
        Ok(self.conn.busy_timeout(wait)?)
    }

    /// Holds the file to so many pages (or to its present size, if that is more).
    pub fn set_max_pages(&mut self, pages: u32) -> Result<()> {
        self.conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
        Ok(())
    }

    /// Moves what was written into the main file, when nobody is waiting. Never blocks for long:
    /// what another connection still reads is left for the next time.
    pub fn checkpoint(&mut self) -> Result<()> {
        self.conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?;
        Ok(())
    }
}

pub(crate) fn write_setting(act: &Act<'_>, key: &str, value: &str) -> Result<()> {
    let before: serde_json::Value =
        settings::load_one(&act.tx, key)?.unwrap_or(serde_json::Value::Null);
    act.keep("setting", key, &before)?;
    act.tx
        .prepare_cached(
            "INSERT INTO setting (key, value, clock, operation) VALUES (?, ?, ?, ?)
             ON CONFLICT (key) DO UPDATE SET value = excluded.value, clock = excluded.clock,
               operation = excluded.operation",
        )?
        .execute(rusqlite::params![key, value, act.clock.0, act.id])?;
    Ok(())
}
