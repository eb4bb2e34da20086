//! Taking in a [`Package`]: decks and notes from a file or from the program itself.
//!
//! A note that is already there keeps its cards and their schedules. Text that a person changed
//! here is kept, and the new text becomes its base; text that nobody touched is updated. A card that
//! was never answered here takes the schedule and the history of the package.
//!
//! # Design
//! * `fate` says what becomes of one note, without writing: [`Collection::compare`] counts fates for
//!   a preview, [`Collection::take_in_as`] acts on them, so the two cannot disagree.
//! * `deck`, `note`, `history`, `media` write one table group each, all in one act.

mod deck;
mod fate;
mod history;
mod kinds;
pub(crate) mod media;
mod note;
mod settings;

use std::ops::ControlFlow;
use std::path::Path;

use cairn_core::day::{Moment, StudyDay};
use cairn_core::package::{Package, PackageDeck, PackageNote};
use cairn_core::policy::Policy;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::act::{Act, ActKind, ActName};
use crate::collection::Collection;
use crate::error::{Error, Result};
use fate::Fate;

/// Stands for a fingerprint in a collection that takes no content.
const NO_CONTENT: &str = "none";
/// Notes between two looks at whether to go on.
const LOOK_EVERY: u64 = 256;

/// Where a package comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intake {
    /// The program's own content: notes that it no longer holds are retired.
    BuiltIn,
    /// A file that a person brought.
    Import,
}

/// What becomes of notes that are already there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Existing {
    /// Their text is updated, but for what the person changed here.
    #[default]
    Update,
    /// They stay as they are.
    KeepMine,
    /// They stay, and a note with another text comes in beside them.
    KeepBoth,
}

/// How a package is taken in.
#[derive(Debug, Clone, Copy)]
pub struct TakeIn<'a> {
    /// Where it comes from.
    pub intake: Intake,
    /// Its name, shown to people (a file name).
    pub name: &'a str,
    /// What becomes of notes that are already there.
    pub existing: Existing,
    /// Whether schedules and histories stay out.
    pub fresh: bool,
    /// The folder with the files of `Package::media`, each named by its hash.
    pub media: Option<&'a Path>,
}

impl<'a> TakeIn<'a> {
    /// The usual way: existing notes are updated, schedules come along.
    pub fn new(intake: Intake, name: &'a str) -> Self {
        Self { intake, name, existing: Existing::Update, fresh: false, media: None }
    }
}

/// Told how far an intake has come (notes done, notes in all); `Break` ends it with nothing changed.
pub type Watch<'a> = &'a mut dyn FnMut(u64, u64) -> ControlFlow<()>;

/// What an intake did, or would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct IntakeReport {
    /// Notes that were not there.
    pub added: u32,
    /// Notes whose text or facts changed.
    pub updated: u32,
    /// Notes that were the same.
    pub unchanged: u32,
    /// Notes with new text, where the one here was kept.
    pub kept_edits: u32,
    /// Notes that the content no longer holds.
    pub retired: u32,
    /// Of the notes with new text, those whose best answer changed after they had been answered.
    pub keys_changed: u32,
    /// Cards of the notes added.
    pub cards: u32,
    /// Cards that took a schedule from the package.
    pub scheduled: u32,
    /// Cards with a schedule in the package that keep the one they have here.
    pub kept_schedules: u32,
    /// Settings that were never set here and come with the package.
    pub settings: u32,
    /// The operation that did it; 0 when nothing was done.
    #[serde(skip)]
    pub operation: i64,
}

impl IntakeReport {
    fn changes_nothing(&self) -> bool {
        let Self { unchanged, kept_edits, kept_schedules, .. } = *self;
        *self == Self { unchanged, kept_edits, kept_schedules, ..Self::default() }
    }
}

impl Collection {
    /// Takes in a package the usual way, in one transaction.
    pub fn take_in(
        &mut self,
        package: &Package,
        intake: Intake,
        name: &str,
        now: Moment,
    ) -> Result<IntakeReport> {
        let mut on = |_, _| ControlFlow::Continue(());
        self.take_in_as(package, &TakeIn::new(intake, name), now, &mut on)
    }

    /// Takes in a package in one transaction, which one undo takes back.
    ///
    /// # Errors
    /// `Cancelled` when `watch` says so, and those of the collection; nothing is changed by either.
    pub fn take_in_as(
        &mut self,
        package: &Package,
        how: &TakeIn<'_>,
        now: Moment,
        watch: Watch<'_>,
    ) -> Result<IntakeReport> {
        self.sync()?;
        let kind = match how.intake {
            Intake::BuiltIn => ActKind::Content,
            Intake::Import => ActKind::Import,
        };
        let today = self.study_day(now);
        let collection = self.path.clone();
        let act = self.begin_act(now, &ActName { kind, subject: how.name.to_owned() })?;
        let mut work = Work::new(&act, *how, today)?;
        kinds::keep(&act, &package.kinds)?;
        media::keep(&act, &collection, package, how.media)?;
        let files = media::Files::of(package);
        let all = notes(package);
        let mut done = 0;
        for deck in &package.decks {
            let deck_id = work.write_deck(deck)?;
            for (position, note) in (0i64..).zip(&deck.notes) {
                if done % LOOK_EVERY == 0 && watch(done, all).is_break() {
                    return Err(Error::Cancelled);
                }
                done += 1;
                work.take(&files, deck, deck_id, note, position)?;
            }
            if how.intake == Intake::BuiltIn {
                work.retire(deck, deck_id)?;
            }
        }
        work.index()?;
        work.report.settings = settings::take(&act, package, how)?;
        if let Some((first, last)) = work.inserted {
            act.tx.execute(
                "INSERT INTO inserted_range VALUES (?, 'note', ?, ?)",
                params![act.id, first, last],
            )?;
        }
        let mut report = work.report;
        if !report.changes_nothing() {
            report.operation = act.id;
            act.commit()?;
            self.reload()?;
        }
        Ok(report)
    }

    /// What taking in a package would do. Reads only.
    pub fn compare(
        &self,
        package: &Package,
        how: &TakeIn<'_>,
        watch: Watch<'_>,
    ) -> Result<IntakeReport> {
        let settings = settings::count(&self.conn, package, how)?;
        let mut report = IntakeReport { settings, ..IntakeReport::default() };
        let all = notes(package);
        let mut done = 0;
        for deck in &package.decks {
            for (position, note) in (0i64..).zip(&deck.notes) {
                if done % LOOK_EVERY == 0 && watch(done, all).is_break() {
                    return Err(Error::Cancelled);
                }
                done += 1;
                let place = fate::Place { deck, position };
                fate::of(&self.conn, place, note, how)?.count(
                    &self.conn,
                    note,
                    how,
                    &mut report,
                )?;
            }
        }
        Ok(report)
    }

    /// Makes this a collection without the program's own content, for good.
    pub fn refuse_content(&mut self) -> Result<()> {
        self.conn.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('content', ?)",
            [NO_CONTENT],
        )?;
        Ok(())
    }

    /// Takes in the program's own content when it differs from what was taken in last.
    /// `fingerprint` names the release of the content.
    pub fn take_in_content(
        &mut self,
        fingerprint: &str,
        packages: impl FnOnce() -> Vec<Package>,
        now: Moment,
    ) -> Result<Option<IntakeReport>> {
        self.sync()?;
        let known: Option<String> = self
            .conn
            .query_row("SELECT value FROM meta WHERE key = 'content'", [], |row| row.get(0))
            .optional()?;
        if known.as_deref() == Some(fingerprint) || known.as_deref() == Some(NO_CONTENT) {
            return Ok(None);
        }
        let decks = packages().into_iter().flat_map(|package| package.decks).collect();
        let package = Package { decks, ..Package::default() };
        let report = self.take_in(&package, Intake::BuiltIn, "Cairn", now)?;
        self.conn.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('content', ?)",
            [fingerprint],
        )?;
        Ok(Some(report))
    }
}

fn notes(package: &Package) -> u64 {
    package.decks.iter().map(|deck| deck.notes.len() as u64).sum()
}

/// An intake under way.
struct Work<'a> {
    act: &'a Act<'a>,
    how: TakeIn<'a>,
    today: StudyDay,
    report: IntakeReport,
    /// First and last note inserted; ids run on while only this act inserts.
    inserted: Option<(i64, i64)>,
    /// New notes that wait for the index.
    unindexed: Vec<crate::note::Searched>,
    /// The last number of this device's log rows.
    seq: i64,
    /// The policy of the last row, with its id.
    policy: Option<(Policy, i64)>,
}

impl<'a> Work<'a> {
    fn new(act: &'a Act<'a>, how: TakeIn<'a>, today: StudyDay) -> Result<Self> {
        let seq = crate::log::last_seq(&act.tx, act.device)?;
        Ok(Self {
            act,
            how,
            today,
            report: IntakeReport::default(),
            inserted: None,
            unindexed: Vec::new(),
            seq,
            policy: None,
        })
    }

    fn conn(&self) -> &'a Connection {
        &self.act.tx
    }

    fn take(
        &mut self,
        files: &media::Files<'_>,
        deck: &PackageDeck,
        deck_id: i64,
        note: &PackageNote,
        position: i64,
    ) -> Result<()> {
        let fate = fate::of(self.conn(), fate::Place { deck, position }, note, &self.how)?;
        fate.count(self.conn(), note, &self.how, &mut self.report)?;
        let id = match fate {
            Fate::Add(uuid) => self.insert(deck, deck_id, note, uuid, position)?,
            Fate::Revive(there) | Fate::Update(there) | Fate::KeepEdit(there) => {
                self.update(deck, note, &there, position)?
            }
            Fate::Same(there) => {
                self.take_histories(there.id, note)?;
                return Ok(());
            }
            Fate::Leave => return Ok(()),
        };
        media::link(self.act, files, id, note)
    }
}
