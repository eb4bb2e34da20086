//! Putting right what a check finds.
//!
//! # Context
//! A repair must never make things worse: nothing that a person wrote or answered goes away by it.
//!
//! # Design
//! * Before anything is changed the caller's backup is made.
//! * What is a cache (schedules, search, areas, a card's deck, indexes of SQLite) is made anew from
//!   the truth.
//! * What lost its parent gets one: cards without a note a note out of sight, answers without a card
//!   a card out of sight. No row of the log is deleted or changed.
//! * All of it is one act, which undo takes back: texts and cards are put back as they were. Caches
//!   stay right, and what belonged to nothing stays away; the backup has it.
//!
//! Parents that rows name (acts, computers, rules) are put in before the act begins: otherwise the
//! act itself could come by the number of one that was lost.

mod backed_up;
pub(crate) mod cards;
pub(crate) mod files;
pub(crate) mod notes;
mod order;
pub(crate) mod orphans;
pub(crate) mod parents;
mod undone;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use cairn_core::day::Moment;
use rusqlite::Connection;

use crate::act::{Act, ActKind, ActName};
use crate::backup::lock;
use crate::check::view::{FindingKind, Mended, Repaired};
use crate::check::words::many;
use crate::check::{Check, Looked};
use crate::collection::Collection;
use crate::error::Result;
use crate::intake::Watch;
use crate::reader::Reader;
use crate::{card, log, open, settings};
pub use backed_up::backup_before_repair;
pub(crate) use order::in_a_new_file;
use order::{subject, wanted, with_what_follows};
pub(crate) use undone::{put_back_card, put_back_note};

/// Entity of table `before_image`: a note as it was before a repair.
pub(crate) const NOTE: &str = "repaired_note";
/// Entity of table `before_image`: whether a card was in sight before a repair.
pub(crate) const CARD: &str = "repaired_card";

/// What a repair is given besides the collection.
pub struct Repair<'a> {
    /// Which kinds of findings to mend; all that can be where it is empty.
    pub only: &'a [FindingKind],
    /// Folders in which missing pictures and sounds are looked for, by hash: those of the backups.
    pub media: &'a [PathBuf],
    /// Makes a backup; called once, before anything is changed, and not where nothing is to mend.
    pub backup: &'a mut dyn FnMut() -> Result<()>,
    /// Also compare the content of every picture and sound.
    pub thorough: bool,
    /// The time.
    pub now: Moment,
}

impl Collection {
    /// Mends what a check finds, as one act that undo takes back.
    ///
    /// # Errors
    /// `Damaged` where pages of the file can't be read: only salvage helps then. Whatever the backup
    /// gives. In each case nothing was changed.
    pub fn repair(&mut self, repair: Repair<'_>, watch: Watch<'_>) -> Result<Repaired> {
        self.sync()?;
        let (path, device) = (self.path.clone(), self.device);
        let repaired = run(&mut self.conn, &path, Some(device), repair, watch);
        self.reload()?;
        repaired
    }

    /// The same for a collection that can't be opened as it is.
    ///
    /// # Errors
    /// Those of [`repair`](Self::repair), and those of [`open`](Self::open) that are no damage.
    pub fn repair_file(path: &Path, repair: Repair<'_>, watch: Watch<'_>) -> Result<Repaired> {
        let _held = lock::shared(path)?;
        let mut conn = open::unchecked(path)?;
        run(&mut conn, path, None, repair, watch)
    }
}

fn run(
    conn: &mut Connection,
    path: &Path,
    device: Option<i64>,
    repair: Repair<'_>,
    watch: Watch<'_>,
) -> Result<Repaired> {
    let how = Check { thorough: repair.thorough, now: repair.now };
    let before = Reader::open(path)?.check(how, watch)?;
    let wanted = wanted(&before, repair.only)?;
    if wanted.is_empty() {
        return Ok(Repaired { mended: Vec::new(), after: before });
    }
    (repair.backup)()?;
    let mut mended = Vec::new();
    if wanted.contains(&FindingKind::Index) {
        conn.execute_batch("REINDEX")?;
        say(&mut mended, FindingKind::Index, 1, "the indexes were made anew", "");
    }
    if wanted.contains(&FindingKind::References) {
        let given = parents::put_in(conn, &[], repair.now)?;
        say(
            &mut mended,
            FindingKind::References,
            given,
            "lost entry was put in",
            "lost entries were put in",
        );
    }
    let kinds = with_what_follows(&wanted);
    if !kinds.is_empty() {
        let device = match device {
            Some(device) => device,
            None => open::identify(conn, repair.now)?,
        };
        let name = ActName { kind: ActKind::Repair, subject: subject(&wanted) };
        let act = Act::begin(conn, device, repair.now, &name, None)?;
        for kind in kinds {
            mend(&act, path, kind, repair.media, &mut mended)?;
        }
        act.commit()?;
    }
    let after = Reader::open(path)?.check(how, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(Repaired { mended, after })
}

/// Mends one kind of finding.
pub(crate) fn mend(
    act: &Act<'_>,
    path: &Path,
    kind: FindingKind,
    media: &[PathBuf],
    mended: &mut Vec<Mended>,
) -> Result<()> {
    use FindingKind as Kind;
    let mut said = |count, one, several| say(mended, kind, count, one, several);
    match kind {
        Kind::Settings => {
            let keys = settings::unreadable(&act.tx)?;
            for key in &keys {
                act.tx.execute("DELETE FROM setting WHERE key = ?", [key])?;
            }
            said(as_count(keys.len()), "setting was set back", "settings were set back");
        }
        Kind::References => {
            let (cards, rows) = orphans::adopt(act, &orphans::Hints::default())?;
            said(
                cards,
                "card without a note was kept out of sight",
                "cards without a note were kept out of sight",
            );
            said(
                rows,
                "lost card was given back to its answers, out of sight",
                "lost cards were given back to their answers, out of sight",
            );
            let cleared = orphans::clear(act)?;
            said(
                cleared,
                "row that belonged to nothing was cleared away",
                "rows that belonged to nothing were cleared away",
            );
        }
        Kind::Notes => {
            let n = notes::unreadable(act)?;
            said(n, "note got a text that can be read", "notes got a text that can be read");
        }
        Kind::Areas => {
            let n = notes::areas(act)?;
            said(n, "area was written anew", "areas were written anew");
        }
        Kind::Decks => {
            let n = cards::decks(act)?;
            said(
                n,
                "card was put into the deck of its note",
                "cards were put into the decks of their notes",
            );
        }
        Kind::ExtraCards => {
            let n = cards::extra(act)?;
            said(n, "card was taken out of sight", "cards were taken out of sight");
        }
        Kind::MissingCards => {
            let n = cards::missing(act)?;
            said(n, "missing card was made", "missing cards were made");
        }
        Kind::Search => {
            notes::search(act)?;
            said(1, "the search index was made anew", "");
        }
        Kind::Schedules => {
            let differing = differing(act)?;
            write_folds(act, &differing)?;
            said(
                as_count(differing.len()),
                "schedule was worked out anew",
                "schedules were worked out anew",
            );
        }
        Kind::Media => {
            let n = files::find(act, path, media)?;
            said(
                n,
                "picture or sound was found in a backup",
                "pictures and sounds were found in a backup",
            );
        }
        _ => {}
    }
    Ok(())
}

fn say(mended: &mut Vec<Mended>, what: FindingKind, count: u32, one: &str, several: &str) {
    let message = match several {
        "" => one.to_owned(),
        several => many(count, one, several),
    };
    if count > 0 {
        mended.push(Mended { what, message, count });
    }
}

pub(crate) fn as_count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Cards whose schedule is not the fold of their log, seen from within an act.
fn differing(act: &Act<'_>) -> Result<Vec<i64>> {
    Looked::schedules(&act.tx, act.now)
}

fn write_folds(act: &Act<'_>, cards: &[i64]) -> Result<()> {
    for id in cards {
        let uuid = act
            .tx
            .prepare_cached("SELECT uuid FROM card WHERE id = ?")?
            .query_row([id], |row| card::uuid(row, 0))?;
        let schedule = log::fold(&act.tx, *id, uuid)?;
        card::write_schedule(act, *id, &schedule)?;
    }
    Ok(())
}

/// Writes the fold of each of the cards.
pub(crate) fn rebuild(collection: &mut Collection, cards: &[i64], now: Moment) -> Result<()> {
    // A repair of a cache is not an act of a person: undo passes over it.
    let name = ActName { kind: ActKind::Content, subject: "rebuild".into() };
    let act = collection.begin_act(now, &name)?;
    write_folds(&act, cards)?;
    act.commit()?;
    collection.reload()
}

/// The text of a card or note that stands for one that was lost.
pub(crate) fn lost_text(front: &str, back: &str) -> cairn_core::note::Content {
    cairn_core::note::Content::Basic {
        front: front.to_owned(),
        back: back.to_owned(),
        both_ways: false,
        note: String::new(),
    }
}
