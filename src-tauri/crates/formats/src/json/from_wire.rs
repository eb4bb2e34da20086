//! The document's types as the core knows them, with every fault of what they say.

mod files;
mod history;
mod words;

use std::borrow::Cow;
use std::collections::HashSet;

use cairn_core::day::StudyDay;
use cairn_core::drill::DrillRule;
use cairn_core::package::{Identity, Package, PackageDeck, PackageNote, Source};
use cairn_core::policy::Policy;
use chrono::NaiveDate;
use uuid::Uuid;

use super::faults::Faults;
use super::locate::Path;
use super::{MAX_NOTES, MAX_ROWS, wire};
use crate::problem::Quoted;
use files::{read_kinds, read_media, read_settings};

/// What a document says.
pub(super) struct Read<'a> {
    pub package: Package,
    /// The bytes of media as they stand there, by place in the package's list.
    pub data: Vec<(usize, Cow<'a, str>)>,
}

/// Makes the package; what is faulty is told to `faults` and left out.
pub(super) fn package<'a>(document: wire::Document<'a>, faults: &mut Faults) -> Read<'a> {
    let policies = Path::ROOT.field("policies");
    let policies = document
        .policies
        .into_iter()
        .enumerate()
        .map(|(at, policy)| read_policy(policy, &policies.item(at), faults))
        .collect();
    let (media, data) = read_media(document.media, faults);
    let kinds = read_kinds(document.kinds, faults);
    let settings = read_settings(document.settings, faults);
    let files = media.iter().map(|media| (&*media.name, &*media.sha256)).collect();
    let seen = Seen::default();
    let mut reader = Reader { faults, policies, files, seen, notes: 0, rows: 0 };
    let path = Path::ROOT.field("decks");
    let decks = document.decks.into_iter().enumerate();
    let decks = decks.map(|(at, deck)| reader.deck(deck, &path.item(at))).collect();
    Read { package: Package { decks, media, kinds, settings }, data }
}

fn read_policy(policy: wire::Policy<'_>, path: &Path<'_>, faults: &mut Faults) -> (String, Policy) {
    let wire::Policy { rule, late_credit, fuzz, max_interval_days, drill } = policy;
    let drill = match &*drill {
        "below_good" => DrillRule::BelowGood,
        "failures" => DrillRule::Failures,
        "off" => DrillRule::Off,
        other => {
            faults.add(
                &path.field("drill"),
                format_args!("{} is no rule of the drill", Quoted(other)),
                "Write `below_good`, `failures` or `off`.",
            );
            DrillRule::Off
        }
    };
    (rule.into_owned(), Policy { late_credit, fuzz, max_interval_days, drill })
}

/// What may stand only once.
#[derive(Default)]
struct Seen {
    decks: HashSet<String>,
    /// Ids of the notes of this deck whose identity they are.
    ids: HashSet<String>,
    guids: HashSet<String>,
    uuids: HashSet<Uuid>,
}

struct Reader<'a> {
    faults: &'a mut Faults,
    policies: Vec<(String, Policy)>,
    /// The media by name and hash.
    files: HashSet<(&'a str, &'a str)>,
    seen: Seen,
    notes: usize,
    rows: usize,
}

impl Reader<'_> {
    fn deck(&mut self, deck: wire::Deck<'_>, path: &Path<'_>) -> PackageDeck {
        let wire::Deck { id, title, language, version, licence, about, sources, notes } = deck;
        for (name, text) in [("id", &id), ("title", &title)] {
            if text.trim().is_empty() {
                let message = format_args!("the {name} of the deck is empty");
                self.faults.add(&path.field(name), message, "Write it.");
            }
        }
        if !self.seen.decks.insert(id.clone().into_owned()) {
            self.faults.add(
                &path.field("id"),
                format_args!("the deck {} stands twice", Quoted(&id)),
                "Give one of the two another id, or put their notes together.",
            );
        }
        self.seen.ids.clear();
        let [id, title, language] = [id, title, language].map(|text| text.into_owned());
        let [version, licence, about] = [version, licence, about].map(|text| text.into_owned());
        let sources = sources.into_iter().map(|source| {
            let wire::Source { key, title, publisher, address } = source;
            let [key, title, publisher, address] =
                [key, title, publisher, address].map(|text| text.into_owned());
            Source { key, title, publisher, address }
        });
        let sources = sources.collect();
        let list = path.field("notes");
        let mut made = Vec::with_capacity(notes.len().min(MAX_NOTES));
        for (at, note) in notes.into_iter().enumerate() {
            let path = list.item(at);
            self.notes += 1;
            if self.notes > MAX_NOTES {
                if self.notes == MAX_NOTES + 1 {
                    let message = format_args!("the file has more than {MAX_NOTES} notes");
                    self.faults.add(&path, message, "Export the decks one by one.");
                }
                continue;
            }
            made.extend(self.note(note, &path));
        }
        PackageDeck { id, title, language, version, licence, about, sources, notes: made }
    }

    fn note(&mut self, note: wire::Note<'_>, path: &Path<'_>) -> Option<PackageNote> {
        let wire::Note { id, uuid, anki_guid, content, base, facts, cards, elsewhere, media } =
            note;
        if id.is_empty() {
            self.faults.add(&path.field("id"), "the id of the note is empty", "Write one.");
        }
        let identity = self.identity(&id, uuid.as_deref(), anki_guid.as_deref(), path);
        let content = words::content(content, &path.field("content"), self.faults);
        let base = base.map(|base| words::content(base, &path.field("base"), self.faults));
        let facts = words::facts(facts, &path.field("facts"), self.faults);
        let keys = content.as_ref().map(|content| content.card_keys());
        let cards = self.cards(cards, keys.as_deref(), &path.field("cards"));
        let media = self.meant(media, &path.field("media"));
        let (id, elsewhere) = (id.into_owned(), elsewhere.into_owned());
        let (content, base) = (content?, base.flatten());
        Some(PackageNote { id, identity, content, base, facts, cards, elsewhere, media })
    }

    fn identity(
        &mut self,
        id: &str,
        uuid: Option<&str>,
        guid: Option<&str>,
        path: &Path<'_>,
    ) -> Identity {
        let (identity, field, name, is_new) = match (uuid, guid) {
            (Some(_), Some(_)) => {
                self.faults.add(
                    &path.field("anki_guid"),
                    "a note has a `uuid` or an `anki_guid`, not both",
                    "Leave one of them out.",
                );
                return Identity::InDeck;
            }
            (Some(text), None) => match Uuid::try_parse(text) {
                Ok(uuid) => (Identity::Known(uuid), "uuid", text, self.seen.uuids.insert(uuid)),
                Err(_) => {
                    self.faults.add(
                        &path.field("uuid"),
                        format_args!("{} is not a UUID", Quoted(text)),
                        "Write 32 hexadecimal digits with hyphens, or leave the field out.",
                    );
                    return Identity::InDeck;
                }
            },
            (None, Some("")) => {
                self.faults.add(
                    &path.field("anki_guid"),
                    "the `anki_guid` is empty",
                    "Write it, or leave the field out.",
                );
                return Identity::InDeck;
            }
            (None, Some(guid)) => {
                let is_new = self.seen.guids.insert(guid.to_owned());
                (Identity::Anki(guid.to_owned()), "anki_guid", guid, is_new)
            }
            (None, None) => (Identity::InDeck, "id", id, self.seen.ids.insert(id.to_owned())),
        };
        if !is_new {
            self.faults.add(
                &path.field(field),
                format_args!("another note has the {field} {} already", Quoted(name)),
                "Give one of the two another one.",
            );
        }
        identity
    }

    /// Whether another row may come; told once when it may not.
    fn has_room(&mut self, path: &Path<'_>) -> bool {
        self.rows += 1;
        if self.rows == MAX_ROWS + 1 {
            let message = format_args!("the file has more than {MAX_ROWS} rows of history");
            self.faults.add(path, message, "Export the decks one by one.");
        }
        self.rows <= MAX_ROWS
    }
}

/// A day such as `2026-11-21`, within the years 1 to 9999.
fn date(text: &str, path: &Path<'_>, faults: &mut Faults) -> Option<NaiveDate> {
    let found = read_date(text.as_bytes());
    if found.is_none() {
        faults.add(
            path,
            format_args!("{} is not a date", Quoted(text)),
            "Write year, month and day, as in 2026-11-21.",
        );
    }
    found
}

fn read_date(text: &[u8]) -> Option<NaiveDate> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0u32, |sum, digit| {
            digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0'))
        })
    };
    let year = i32::try_from(number(&[y1, y2, y3, y4])?).ok().filter(|year| *year >= 1)?;
    NaiveDate::from_ymd_opt(year, number(&[m1, m2])?, number(&[d1, d2])?)
}

/// The study day of such a date; the first of all where there is none.
fn day(text: &str, path: &Path<'_>, faults: &mut Faults) -> StudyDay {
    date(text, path, faults).map_or(StudyDay::new(0), StudyDay::from)
}
