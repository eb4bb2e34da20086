//! Reading fixtures, and packages made on the spot.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::Path;

use cairn_core::day::StudyDay;
use cairn_core::note::Content;
use cairn_core::package::{PackageDeck, PackageNote};
use cairn_formats::anki::{Error, Options, Reading, read};
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub fn day(date: &str) -> StudyDay {
    StudyDay::from(date.parse::<chrono::NaiveDate>().unwrap())
}

pub fn options() -> Options {
    Options {
        schedules: true,
        today: day("2026-11-21"),
        offset_minutes: 0,
        start_hour: 4,
        keep_media: true,
    }
}

pub fn fixture(name: &str) -> Vec<u8> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/anki");
    std::fs::read(dir.join(name)).unwrap()
}

/// Reads bytes; gives the staging folder too.
pub fn read_into(bytes: &[u8], options: &Options) -> (TempDir, Result<Reading, Error>) {
    let staging = tempfile::tempdir().unwrap();
    let reading =
        read(Cursor::new(bytes), options, staging.path(), &mut |_, _| ControlFlow::Continue(()));
    (staging, reading)
}

pub fn reading(name: &str) -> Reading {
    read_into(&fixture(name), &options()).1.unwrap()
}

/// The note whose question or text holds `words`.
pub fn note<'r>(reading: &'r Reading, words: &str) -> (&'r PackageDeck, &'r PackageNote) {
    let decks = reading.package.decks.iter();
    let mut all = decks.flat_map(|deck| deck.notes.iter().map(move |note| (deck, note)));
    all.find(|(_, note)| question(&note.content).contains(words))
        .unwrap_or_else(|| panic!("no note says {words}"))
}

pub fn question(content: &Content) -> &str {
    match content {
        Content::Basic { front, .. } => front,
        Content::Cloze { text, .. } => text,
        Content::Faces { faces, .. } => &faces[0].front,
        Content::Choice { stem, .. } => stem,
    }
}

/// A zip of these members.
pub fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.start_file(*name, packed).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub const SCHEMA: &str = "
    CREATE TABLE col (id integer primary key, crt, mod, scm, ver, dty, usn, ls, conf, models, decks,
        dconf, tags);
    CREATE TABLE notes (id integer primary key, guid, mid, mod, usn, tags, flds, sfld, csum, flags,
        data);
    CREATE TABLE cards (id integer primary key, nid, did, ord, mod, usn, type, queue, due, ivl,
        factor, reps, lapses, left, odue, odid, flags, data);
    CREATE TABLE revlog (id integer primary key, cid, usn, ease, ivl, lastIvl, factor, time, type);";

/// A note type with the fields `A`, `B` and `C`.
pub fn model(cloze: bool, templates: &[(&str, &str)]) -> Value {
    let templates: Vec<Value> = templates
        .iter()
        .enumerate()
        .map(|(ord, (front, back))| json!({"name": "T", "ord": ord, "qfmt": front, "afmt": back}))
        .collect();
    let fields: Vec<Value> = ["A", "B", "C"]
        .iter()
        .enumerate()
        .map(|(ord, name)| json!({"name": name, "ord": ord}))
        .collect();
    json!({"1": {"id": 1, "name": "Made", "type": u8::from(cloze), "tmpls": templates, "flds": fields}})
}

/// A collection of schema 11 with these statements run on it.
pub fn database(models: &Value, statements: &str) -> Vec<u8> {
    let file = tempfile::NamedTempFile::new().unwrap();
    let conn = Connection::open(file.path()).unwrap();
    conn.execute_batch(SCHEMA).unwrap();
    conn.execute(
        "INSERT INTO col VALUES (1, 1767585600, 0, 0, 11, 0, 0, 0, '{\"creationOffset\":0}', ?, ?, '{}', '{}')",
        [models.to_string(), json!({"1": {"id": 1, "name": "D", "dyn": 0}}).to_string()],
    )
    .unwrap();
    conn.execute_batch(statements).unwrap();
    drop(conn);
    std::fs::read(file.path()).unwrap()
}

/// A package of the first generation around a database.
pub fn package(database: &[u8]) -> Vec<u8> {
    zip_of(&[("collection.anki2", database), ("media", b"{}")])
}

/// One new card of the note 1.
pub fn card(ord: i64) -> String {
    format!(
        "INSERT INTO cards VALUES ({}, 1, 1, {ord}, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, '');",
        100 + ord
    )
}

/// The note 1 with these fields.
pub fn one_note(fields: &[&str]) -> String {
    let fields = fields.join("\u{1f}").replace('\'', "''");
    format!("INSERT INTO notes VALUES (1, 'g', 1, 0, 0, '', '{fields}', '', 0, 0, '');")
}

/// Reads one note of a note type made on the spot.
pub fn made(cloze: bool, templates: &[(&str, &str)], fields: &[&str], ords: &[i64]) -> Reading {
    let cards: String = ords.iter().map(|ord| card(*ord)).collect();
    let database = database(&model(cloze, templates), &(one_note(fields) + &cards));
    read_into(&package(&database), &options()).1.unwrap()
}
