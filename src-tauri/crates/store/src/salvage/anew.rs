//! A new file of rows becomes a sound collection.

use std::path::Path;

use cairn_core::day::Moment;
use cairn_core::policy::Policy;
use cairn_core::schedule::Schedule;
use cairn_core::sm2::{MAX_INTERVAL_DAYS, MIN_EASE_HUNDREDTHS};
use rusqlite::params;

use super::lost::Lost;
use super::rows;
use crate::act::{Act, ActKind, ActName};
use crate::check::Looked;
use crate::check::view::{FindingKind, Mended};
use crate::edit::set_row;
use crate::error::Result;
use crate::intake::media;
use crate::repair::{self, orphans, parents};
use crate::{card, log, open};

/// Highest ease that an answer has ever left, generously.
const MOST_EASE: u32 = 5000;

/// Puts right what misses something; gives what was done.
pub(super) fn finish(file: &Path, damaged: &Path, lost: &Lost, now: Moment) -> Result<Vec<Mended>> {
    let (unreadable, rules);
    {
        let mut conn = open::bare(file)?;
        if lost.history {
            // Numbers that this device gave out may be lost and must not be given out again: in
            // another copy they are something else. So the new file is a device of its own.
            conn.execute("DELETE FROM meta WHERE key = 'device'", [])?;
        }
        rules = rows::rules(&conn)?;
        parents::put_in(&mut conn, &lost.voids, now)?;
        unreadable = rows::set_aside(&conn)?;
    }
    let mut conn = open::unchecked(file)?;
    // Nothing is to be kept before all of it is done, and then it is flushed at once.
    conn.pragma_update(None, "synchronous", "OFF")?;
    let device = open::identify(&mut conn, now)?;
    let name = ActName { kind: ActKind::Content, subject: "salvage".into() };
    let act = Act::begin(&mut conn, device, now, &name, None)?;
    let mut mended = Vec::new();
    if unreadable > 0 {
        let message =
            format!("{unreadable} answers could not be read whole and count for no schedule");
        mended.push(Mended { what: FindingKind::Log, message, count: unreadable });
    }
    if rules > 0 {
        let message = format!("{rules} sets of rules could not be read; the usual ones stand in");
        mended.push(Mended { what: FindingKind::References, message, count: rules });
    }
    let (cards, rows) = orphans::adopt(&act, &lost.hints)?;
    for (count, message) in [
        (cards, "cards whose text was lost got a place to keep their answers"),
        (rows, "cards were made anew for answers that were left"),
    ] {
        if count > 0 {
            let message = format!("{count} {message}");
            mended.push(Mended { what: FindingKind::References, message, count });
        }
    }
    known_media(&act, damaged)?;
    for kind in repair::in_a_new_file() {
        repair::mend(&act, file, kind, &[], &mut mended)?;
    }
    let kept = schedules(&act, lost.history)?;
    if kept > 0 {
        let message =
            format!("{kept} cards kept a schedule that is newer than what is left of their log");
        mended.push(Mended { what: FindingKind::Schedules, message, count: kept });
    }
    act.commit()?;
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    mended.retain(|mended| mended.what != FindingKind::Search);
    Ok(mended)
}

/// Rows of pictures and sounds that are lost, where a note names the file and it is there.
fn known_media(act: &Act<'_>, damaged: &Path) -> Result<()> {
    let lost: Vec<(String, String)> = act
        .tx
        .prepare(
            "SELECT lower(hex(sha256)), min(name) FROM note_media
             WHERE sha256 NOT IN (SELECT sha256 FROM media) GROUP BY sha256",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (sha256, name) in lost {
        let Ok(data) = media::file(damaged, &sha256).metadata() else { continue };
        act.tx.execute(
            "INSERT INTO media SELECT sha256, ?2, ?3, ?4 FROM note_media
             WHERE lower(hex(sha256)) = ?1 LIMIT 1",
            params![sha256, i64::try_from(data.len()).unwrap_or(i64::MAX), mime(&name), act.id],
        )?;
    }
    Ok(())
}

/// What a file is, by its name alone.
fn mime(name: &str) -> &'static str {
    let extension = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "svg" => "image/svg+xml",
        "mp3" => "audio/mpeg",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "m4a" => "audio/mp4",
        _ => "image/png",
    }
}

/// Every schedule from the log. Where rows of it are lost, a card that knows of a later answer than
/// its log keeps what it knows; gives how many do.
fn schedules(act: &Act<'_>, history_lost: bool) -> Result<u32> {
    let mut kept = 0;
    for id in Looked::schedules(&act.tx, act.now)? {
        let uuid = act
            .tx
            .prepare_cached("SELECT uuid FROM card WHERE id = ?")?
            .query_row([id], |row| card::uuid(row, 0))?;
        let folded = log::fold(&act.tx, id, uuid)?;
        let cached = card::by_id(&act.tx, id).ok().filter(|_| history_lost);
        let newer = cached.filter(|card| is_newer(&card.schedule, &folded));
        match newer {
            Some(card) => {
                let Schedule::Known(known) = card.schedule else { continue };
                log::append(act, &set_row(&card, card.schedule, known.last, &Policy::default()))?;
                kept += 1;
            }
            None => card::write_schedule(act, id, &folded)?,
        }
    }
    Ok(kept)
}

/// Whether what a card knows is sane and comes after what is left of its log.
fn is_newer(cached: &Schedule, folded: &Schedule) -> bool {
    let Schedule::Known(known) = cached else { return false };
    let sane = (MIN_EASE_HUNDREDTHS..=MOST_EASE).contains(&known.memory.ease_hundredths)
        && known.memory.interval_days <= MAX_INTERVAL_DAYS
        && known.due >= known.last;
    let after = match folded {
        Schedule::New => true,
        Schedule::Known(folded) => {
            known.last > folded.last || known.memory.repetitions > folded.memory.repetitions
        }
    };
    sane && after
}
