//! Taking in a package that has been parsed already.

use cairn_core::note::Content;
use cairn_core::package::{Package, PackageNote};
use cairn_core::text::{self, Gaps};
use cairn_store::{Collection, Intake};
use rusqlite::{TransactionBehavior, params};
use uuid::Uuid;

use super::Pair;
use crate::Fallible;
use crate::floor::{Floor, Note};
use crate::report::Workload;
use crate::sample::Sample;
use crate::seed::{NOW, package};

/// Takes in `times` packages of `notes` notes each.
pub fn measure(pair: &Pair, notes: usize, times: usize) -> Fallible<Workload> {
    let mut collection = Collection::open(&pair.subject, NOW)?;
    let mut raw = Floor::open(&pair.floor)?;
    let (mut subject, mut floor) = (Sample::default(), Sample::default());
    for number in 0..times {
        let id = format!("import-{number}");
        let package = package(&id, notes);
        let report = subject.time(|| collection.take_in(&package, Intake::Import, &id, NOW))?;
        if usize::try_from(report.added)? != notes {
            return Err(format!("{} of {notes} notes were added", report.added).into());
        }
        let (operation, deck) = prepare(&mut raw, &id)?;
        let rows = rows(&package, deck, operation)?;
        floor.time(|| insert(&mut raw, &rows))?;
    }
    let what = format!("take in {notes} notes of a package");
    Ok(Workload::new("import", what, &subject).beside(&floor))
}

/// An operation and a deck, for rows that come.
pub(super) fn prepare(raw: &mut Floor, id: &str) -> Fallible<(i64, i64)> {
    let tx = raw.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.execute(
        "INSERT INTO operation (device, seq, clock, at_ms, kind, words)
         SELECT device, max(seq) + 1, max(clock) + 1, 0, 'import', '' FROM operation",
        [],
    )?;
    let operation = tx.last_insert_rowid();
    tx.execute(
        "INSERT INTO deck (uuid, slug, name, language, version, licence, about, sources, position,
           built_in, clock, operation) VALUES (?1, ?2, ?2, 'en', '1', '', '', '[]', 99, 0, 0, ?3)",
        params![Uuid::new_v5(&Uuid::NAMESPACE_OID, id.as_bytes()).as_bytes(), id, operation],
    )?;
    let deck = tx.last_insert_rowid();
    tx.commit()?;
    Ok((operation, deck))
}

/// All notes in one transaction.
pub(super) fn insert(raw: &mut Floor, notes: &[Note]) -> Fallible<()> {
    let tx = raw.conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for note in notes {
        Floor::insert_note(&tx, note)?;
    }
    Ok(tx.commit()?)
}

fn rows(package: &Package, deck: i64, operation: i64) -> Fallible<Vec<Note>> {
    let decks = package.decks.iter();
    let notes = decks.flat_map(|deck| deck.notes.iter().map(|note| (deck.id.as_str(), note)));
    (0i64..)
        .zip(notes)
        .map(|(position, (slug, note))| {
            Ok(Note {
                deck,
                operation,
                position,
                slug: slug.to_owned(),
                clock: 1,
                ..row(slug, note)?
            })
        })
        .collect()
}

fn row(slug: &str, note: &PackageNote) -> Fallible<Note> {
    let uuid = Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("{slug}\n{}", note.id).as_bytes());
    let keys = note.content.card_keys().into_iter();
    let cards = keys.map(|key| (key.clone(), Uuid::new_v5(&uuid, key.as_bytes()))).collect();
    let [front, back] = searched(&note.content);
    Ok(Note {
        uuid,
        deck: 0,
        slug: String::new(),
        item: note.id.clone(),
        clock: 0,
        content: serde_json::to_string(&note.content)?,
        facts: serde_json::to_string(&note.facts)?,
        area: note.facts.area.map(|area| area.code()),
        position: 0,
        operation: 0,
        cards,
        searched: [front, back, note.facts.tags.join(" ")],
    })
}

/// Front and back as plain text, which the store makes too and the floor is given.
pub(super) fn searched(content: &Content) -> [String; 2] {
    let plain = |markdown: &str| text::plain(&text::parse(markdown));
    match content {
        Content::Basic { front, back, note, .. } => {
            [plain(front), format!("{}\n{}", plain(back), plain(note))]
        }
        Content::Cloze { text, note } => {
            let whole = text::parse_cloze(text, Gaps { number: 0, shown: true });
            [text::plain(&whole), plain(note)]
        }
        Content::Faces { .. } => [String::new(), String::new()],
        Content::Choice { stem, options, note } => {
            let option = |o: &cairn_core::note::ChoiceOption| {
                format!("{}\n{}\n", plain(&o.text), plain(&o.reason))
            };
            let options: String = options.iter().map(option).collect();
            [plain(stem), format!("{options}{}", plain(note))]
        }
    }
}
