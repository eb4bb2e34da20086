//! Notes with their cards and history, gathered into decks.

use std::collections::{BTreeMap, HashMap, HashSet};

use cairn_core::package::{Identity, PackageCard, PackageDeck, PackageKind, PackageNote, Problem};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::content::{self, Limits, Made, Note, Refused};
use super::database::{Database, int, text};
use super::days::Days;
use super::decks::{self, Deck};
use super::gather::{NO_DECK, Placed, gather};
use super::kept::{self, KeptNote};
use super::plan::{Plan, Shape};
use super::progress::{NOTES, Progress};
use super::rows::{self, CardRow, LogRow};
use super::template::words_of;
use super::{Error, Options, caps, notetypes, own, schedule};
use crate::html::Dropped;
use crate::problem::Quoted;

/// All that a database gives.
#[derive(Debug, Default)]
pub(super) struct Assembled {
    pub decks: Vec<PackageDeck>,
    pub kinds: Vec<PackageKind>,
    /// Names of media, with the running number of the first note that shows them.
    pub wanted: BTreeMap<String, u32>,
    pub skipped: Vec<Problem>,
    pub remarks: Vec<Problem>,
    pub notes: usize,
    pub cards: usize,
    pub cards_left_out: usize,
    pub log_rows: usize,
    pub fsrs: bool,
    pub filtered_decks: usize,
    pub dropped: Dropped,
}

/// Reads the whole database.
pub(super) fn assemble(
    database: &Database,
    options: &Options,
    progress: &mut Progress<'_>,
) -> Result<Assembled, Error> {
    let decks = decks::read(database)?;
    let settings = decks::settings(database)?;
    let plans = notetypes::read(database)?;
    let plans: HashMap<i64, Plan> =
        plans.into_iter().map(|(id, note_type)| (id, Plan::new(note_type))).collect();
    let cards = rows::cards(database, progress)?;
    let log = if options.schedules { rows::log(database, progress)? } else { Vec::new() };
    let created = database
        .conn
        .query_row("SELECT crt FROM col", [], |row| int(row, 0))
        .map_err(Error::sql("the collection"))?;
    let made = Assembled {
        filtered_decks: decks.values().filter(|deck| deck.filtered).count(),
        fsrs: settings.get("fsrs").and_then(Value::as_bool).unwrap_or(false)
            || cards.iter().any(schedule::has_difficulty),
        ..Assembled::default()
    };
    let mut work = Work {
        options,
        days: Days::new(created, &settings, options),
        decks: &decks,
        plans: &plans,
        cards: &cards,
        log: &log,
        next_card: 0,
        guids: HashSet::new(),
        kinds: HashSet::new(),
        by_deck: HashMap::new(),
        made,
    };
    work.notes(database, progress)?;
    let Work { by_deck, mut made, kinds, .. } = work;
    made.kinds =
        kinds.iter().filter_map(|id| Some(plans.get(id)?.note_type.kind.clone())).collect();
    made.kinds.sort_unstable_by(|one, other| one.key.cmp(&other.key));
    made.kinds.dedup();
    made.cards_left_out = cards.len() - made.cards;
    drop((cards, log));
    made.decks = gather(&decks, by_deck, progress)?;
    Ok(made)
}

struct Work<'d, 'a> {
    options: &'a Options,
    days: Days,
    decks: &'d HashMap<i64, Deck>,
    plans: &'d HashMap<i64, Plan>,
    cards: &'a [CardRow],
    log: &'a [LogRow],
    /// The first card that belongs to no note before this one.
    next_card: usize,
    guids: HashSet<String>,
    /// Note types that notes name.
    kinds: HashSet<i64>,
    by_deck: HashMap<&'d str, Vec<Placed>>,
    made: Assembled,
}

/// A row of the table of notes.
struct NoteRow<'r> {
    line: u32,
    id: i64,
    guid: &'r str,
    note_type: i64,
    modified: i64,
    tags: &'r str,
    fields: &'r str,
}

impl<'a> Work<'_, 'a> {
    fn notes(&mut self, database: &Database, progress: &mut Progress<'_>) -> Result<(), Error> {
        let sql = || Error::sql("the notes");
        let conn = &database.conn;
        let (count, bytes): (u64, u64) = conn
            .query_row(
                "SELECT count(*), coalesce(sum(octet_length(flds)), 0) FROM notes",
                [],
                |row| Ok((int(row, 0)?.unsigned_abs(), int(row, 1)?.unsigned_abs())),
            )
            .map_err(sql())?;
        let mut left = caps::FACES_FREE_BYTES + bytes.saturating_mul(caps::FACES_FOR_A_BYTE);
        let mut statement = conn
            .prepare("SELECT id, guid, mid, mod, tags, flds FROM notes ORDER BY id")
            .map_err(sql())?;
        let mut rows = statement.query([]).map_err(sql())?;
        let mut line = 0;
        while let Some(row) = rows.next().map_err(sql())? {
            let (done, mut look) = (u64::from(line), |at| progress.at(NOTES, at, count));
            line += 1;
            let (guid, tags) = (text(row, 1).map_err(sql())?, text(row, 4).map_err(sql())?);
            let fields = text(row, 5).map_err(sql())?;
            let note = NoteRow {
                line,
                id: int(row, 0).map_err(sql())?,
                guid: &guid,
                note_type: int(row, 2).map_err(sql())?,
                modified: int(row, 3).map_err(sql())?,
                tags: &tags,
                fields: &fields,
            };
            let mut limits = Limits { bytes: left, look: &mut || look(done) };
            match self.note(&note, &mut limits) {
                Ok(()) => {}
                Err(Refused::All(error)) => return Err(error),
                Err(Refused::Note(why, hint)) => self.made.skipped.push(told(&note, &why, hint)),
            }
            left = limits.bytes;
        }
        self.made.notes = usize::try_from(line).unwrap_or(0);
        Ok(())
    }

    fn note(&mut self, row: &NoteRow<'_>, limits: &mut Limits<'_>) -> Result<(), Refused> {
        let cards = self.cards_of(row.id);
        let plans = self.plans;
        let Some(plan) = plans.get(&row.note_type) else {
            return Err(Refused::Note(
                "its note type is missing".into(),
                "Let Anki check its database (Tools > Check Database) and export again.",
            ));
        };
        let Some(first) = cards.first() else {
            return Err(Refused::Note(
                "it has no card".into(),
                "Nothing is lost that could be asked; in Anki, Tools > Check Database removes it.",
            ));
        };
        let deck = self.decks.get(&first.own_deck()).map_or(NO_DECK, |deck| deck.name.as_str());
        let joined;
        let mut fields: Vec<&str> = row.fields.split('\u{1f}').collect();
        let count = plan.note_type.fields.len().max(1);
        if fields.len() > count {
            joined = fields[count - 1..].join("; ");
            fields.truncate(count - 1);
            fields.push(&joined);
        }
        fields.resize(count, "");
        let note = Note { fields, tags: row.tags, deck, cards };
        let Made { content, found, keys, uncovered } = content::make(&note, plan, limits)?;
        self.made.dropped = self.made.dropped.and(found.dropped);
        for name in found.media {
            self.made.wanted.entry(name).or_insert(row.line);
        }
        if uncovered {
            self.made.remarks.push(told_loss(row));
        }
        self.made.cards += keys.len();
        let position = keys.iter().filter_map(|(at, _)| schedule::position(&cards[*at])).min();
        let known = if self.options.schedules { self.known(cards, keys) } else { Vec::new() };
        let tags = self.tags(row.tags);
        let identity = self.identity(row.guid);
        let is_own = matches!(plan.shape, Shape::Own(_));
        let own::Said { mut id, facts, .. } =
            if is_own { own::said(&note.fields) } else { own::Said::default() };
        if id.is_empty() {
            id = match &identity {
                Identity::Known(uuid) => uuid.to_string(),
                Identity::Anki(_) | Identity::InDeck => note_id(row),
            };
        }
        let facts = own::facts(facts, tags);
        // A note of ours that comes back has nothing to keep but what it says.
        let elsewhere = if is_own && matches!(identity, Identity::Known(_)) {
            String::new()
        } else {
            self.kinds.insert(row.note_type);
            schedule::json(&KeptNote {
                guid: row.guid.into(),
                kind: plan.note_type.kind.key.as_str().into(),
                id: row.id,
                modified: row.modified,
                flds: row.fields.into(),
                text: kept::mark(&content),
            })
        };
        let note = PackageNote {
            identity,
            cards: known,
            elsewhere,
            ..PackageNote::new(id, content, facts)
        };
        let place = (position.unwrap_or(i64::MAX), row.id);
        self.by_deck.entry(deck).or_default().push((place, note));
        Ok(())
    }

    /// The cards of a note. Notes come in the order of their ids, as cards are sorted.
    fn cards_of(&mut self, note: i64) -> &'a [CardRow] {
        let from = &self.cards[self.next_card..];
        let skipped = from.iter().take_while(|card| card.note < note).count();
        let count = from[skipped..].iter().take_while(|card| card.note == note).count();
        self.next_card += skipped + count;
        &from[skipped..skipped + count]
    }

    fn known(&mut self, cards: &[CardRow], keys: Vec<(usize, String)>) -> Vec<PackageCard> {
        let mut known = Vec::with_capacity(keys.len());
        for (at, key) in keys {
            let log = rows::of_card(self.log, cards[at].id);
            self.made.log_rows += log.len();
            known.push(schedule::card(key, &cards[at], log, &self.days));
        }
        known
    }

    fn tags(&self, tags: &str) -> Vec<String> {
        let local = |tag: &&str| {
            !self.options.schedules
                && (tag.eq_ignore_ascii_case("marked") || tag.eq_ignore_ascii_case("leech"))
        };
        tags.split_whitespace().filter(|tag| !local(tag)).map(String::from).collect()
    }

    /// A guid that stands twice, or not at all, makes no note the same as any other.
    fn identity(&mut self, guid: &str) -> Identity {
        if guid.is_empty() || !self.guids.insert(guid.to_owned()) {
            return Identity::InDeck;
        }
        own::uuid(guid).map_or_else(|| Identity::Anki(guid.to_owned()), Identity::Known)
    }
}

/// Longest guid that stands in a note's id as it is, in bytes.
const GUID_BYTES: usize = 24;

/// The note's id in its deck: its guid in hexadecimal digits, or what stands for it.
fn note_id(row: &NoteRow<'_>) -> String {
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    match row.guid.len() {
        0 => format!("n{}", row.id),
        1..=GUID_BYTES => format!("g{}", hex(row.guid.as_bytes())),
        _ => format!("h{}", hex(&Sha256::digest(row.guid.as_bytes())[..GUID_BYTES])),
    }
}

fn told(row: &NoteRow<'_>, why: &str, hint: &str) -> Problem {
    let first = row.fields.split('\u{1f}').next().unwrap_or("");
    let words = words_of(first);
    let message = format!("the note {} was left out: {why}", Quoted(words.trim()));
    Problem { line: row.line, column: 1, message, hint: hint.to_owned() }
}

fn told_loss(row: &NoteRow<'_>) -> Problem {
    Problem {
        line: row.line,
        column: 1,
        message: format!("note {} covers parts of a picture; the covers are not shown", row.line),
        hint: "Its cards show the whole picture. Suspend them, or crop the picture in Anki.".into(),
    }
}
