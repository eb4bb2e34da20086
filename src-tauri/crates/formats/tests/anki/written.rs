//! Packages of ours, written and read back.

use std::collections::HashMap;
use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::ops::ControlFlow;

use cairn_core::face;
use cairn_core::fold::LogKind;
use cairn_core::note::Content;
use cairn_core::package::{Package, PackageCard, PackageMedia, PackageNote};
use cairn_core::schedule::Schedule;
use cairn_core::text::{self, Block};
use cairn_formats::anki::{WriteError, WriteOptions, write};
use proptest::prelude::*;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::again::{write_options, written};
use super::strategies::package;
use super::support::{options, read_into};

/// A picture and a sound, as far as programs tell them from their first bytes.
fn files() -> (TempDir, Vec<PackageMedia>) {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, &str, &[u8]); 2] = [
        ("p.png", "image/png", b"\x89PNG\r\n\x1a\n a picture"),
        ("s.mp3", "audio/mpeg", b"ID3\x03\x00 a sound"),
    ];
    let media = files.map(|(name, mime, bytes)| {
        let sha256: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
        std::fs::write(folder.path().join(&sha256), bytes).unwrap();
        PackageMedia { name: name.into(), sha256, size: bytes.len() as u64, mime: mime.into() }
    });
    (folder, media.to_vec())
}

/// Keys of the cards, texts, and options with whether they are right.
type Said = (Vec<String>, Vec<Vec<Block>>, Vec<(String, bool)>);

fn said(content: &Content) -> Said {
    let texts = match content {
        // Whether a style stands inside a gap or around it is all one; what each card says is not.
        Content::Cloze { note, .. } => {
            let sides = content.card_keys().into_iter().flat_map(|key| {
                let (front, back) = face::faces(content, &key);
                [front, back].map(|side| vec![Block::Code { text: text::plain(&side) }])
            });
            sides.chain([text::parse(note)]).collect()
        }
        _ => content.texts().into_iter().map(text::parse).collect(),
    };
    let options = match content {
        Content::Choice { options, .. } => {
            options.iter().map(|option| (option.id.clone(), option.right)).collect()
        }
        _ => Vec::new(),
    };
    (content.card_keys(), texts, options)
}

/// Set aside, flagged, buried; due day, interval, ease, lapses.
type Standing = (bool, bool, bool, Option<(i32, u32, u32, u32)>);

/// What of a card Anki holds.
fn standing(card: &PackageCard) -> Standing {
    let known = match card.schedule {
        Schedule::New => None,
        Schedule::Known(known) => Some((
            known.due.number(),
            known.memory.interval_days,
            known.memory.ease_hundredths,
            known.lapses,
        )),
    };
    (card.suspended, card.flagged, card.buried_until.is_some(), known)
}

/// What of a history Anki holds: the day, the button, and a minute at most.
fn history(card: &PackageCard) -> Vec<(i32, u8, u32)> {
    let button = |grade: u8| grade.clamp(2, 5);
    let mut rows: Vec<(i32, u8, u32)> = card
        .log
        .iter()
        .map(|row| {
            let grade = row.grade.unwrap();
            let grade = if row.kind == LogKind::Foreign && grade == 1 { 2 } else { button(grade) };
            (row.day.number(), grade, row.taken_ms.min(60_000))
        })
        .collect();
    rows.sort_unstable();
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn a_package_reads_back_the_same(mut package in package()) {
        let (folder, media) = files();
        package.media = media;
        let (bytes, report) = written(&package, &write_options(), folder.path());
        prop_assert_eq!(&report.remarks, &Vec::<String>::new());
        let reading = read_into(&bytes, &options()).1.unwrap();
        prop_assert_eq!(&reading.skipped, &vec![]);
        prop_assert_eq!(reading.package.decks.len(), package.decks.len());
        for (after, before) in reading.package.decks.iter().zip(&package.decks) {
            let about = |deck: &cairn_core::package::PackageDeck| {
                cairn_core::package::PackageDeck { notes: Vec::new(), ..deck.clone() }
            };
            prop_assert_eq!(about(after), about(before));
            prop_assert_eq!(after.notes.len(), before.notes.len());
            let notes: HashMap<_, _> = after.notes.iter().map(|note| (&note.id, note)).collect();
            for before in &before.notes {
                same(notes[&before.id], before)?;
            }
        }
        for media in &reading.package.media {
            prop_assert!(package.media.contains(media), "{:?}", media);
        }
    }
}

fn same(after: &PackageNote, before: &PackageNote) -> Result<(), TestCaseError> {
    prop_assert_eq!(said(&after.content), said(&before.content));
    prop_assert_eq!(&after.identity, &before.identity);
    prop_assert_eq!(&after.facts, &before.facts);
    prop_assert_eq!(&after.elsewhere, "");
    prop_assert_eq!(after.cards.len(), before.cards.len());
    for (after, before) in after.cards.iter().zip(&before.cards) {
        prop_assert_eq!(&after.key, &before.key);
        prop_assert_eq!(standing(after), standing(before));
        prop_assert_eq!(history(after), history(before));
    }
    Ok(())
}

/// A package with one note of each kind that is known, and its database once written.
pub fn database(package: &Package, options: &WriteOptions) -> (TempDir, Connection) {
    let folder = tempfile::tempdir().unwrap();
    let (bytes, _) = written(package, options, folder.path());
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let path = folder.path().join("collection");
    let mut file = std::fs::File::create(&path).unwrap();
    std::io::copy(&mut zip.by_name("collection.anki21").unwrap(), &mut file).unwrap();
    (folder, Connection::open(path).unwrap())
}

pub fn one_card(card: PackageCard) -> Package {
    let content = Content::Basic {
        front: "Q".into(),
        back: "A".into(),
        both_ways: false,
        note: String::new(),
    };
    let facts = cairn_core::package::Facts {
        tags: ["marked", "kept"].map(String::from).to_vec(),
        ..Default::default()
    };
    let mut note = PackageNote::new("n", content, facts);
    note.cards.push(card);
    let mut package = Package::default();
    package.decks.push(cairn_core::package::PackageDeck {
        id: "d".into(),
        title: "One::Two".into(),
        language: "en".into(),
        version: "1".into(),
        licence: String::new(),
        about: String::new(),
        sources: Vec::new(),
        notes: vec![note],
    });
    package
}

/// A card that was answered Again today, and is due tomorrow.
pub fn failed_today() -> PackageCard {
    use cairn_core::schedule::Known;
    let day = super::support::day("2026-11-21");
    let memory = cairn_core::sm2::Memory { repetitions: 0, interval_days: 1, ease_hundredths: 196 };
    let after = Schedule::Known(Known { memory, due: day.plus(1), last: day, lapses: 1 });
    let row = cairn_core::package::PackageRow {
        kind: LogKind::Review,
        grade: Some(1),
        response: None,
        option_order: None,
        day,
        at_ms: super::again::NOON.utc_ms - 1000,
        offset_minutes: 0,
        taken_ms: 99_000,
        rule: "sm2-text-1".into(),
        policy: Default::default(),
        outcome: None,
        plan_day: None,
        before: Schedule::New,
        after,
        elsewhere: String::new(),
    };
    PackageCard {
        key: "front".into(),
        suspended: true,
        flagged: true,
        buried_until: None,
        schedule: after,
        log: vec![row],
        elsewhere: String::new(),
    }
}

fn numbers(conn: &Connection, sql: &str) -> Vec<i64> {
    let mut statement = conn.prepare(sql).unwrap();
    let count = statement.column_count();
    statement.query_row([], |row| (0..count).map(|at| row.get(at)).collect()).unwrap()
}

#[test]
fn what_is_drilled_today_is_due_today() {
    let (_folder, conn) = database(&one_card(failed_today()), &write_options());
    let crt = numbers(&conn, "SELECT crt FROM col")[0];
    assert_eq!(crt, (20_778 - 1) * 86_400 + 4 * 3600, "made yesterday, when the day starts");
    let card = "SELECT type, queue, due, ivl, factor, reps, lapses, flags FROM cards";
    assert_eq!(numbers(&conn, card), [2, -1, 1, 1, 1960, 1, 1, 1]);
    let row = "SELECT ease, ivl, lastIvl, factor, time, type FROM revlog";
    assert_eq!(numbers(&conn, row), [1, 1, 0, 1960, 60_000, 0]);
}

#[test]
fn without_progress_every_card_is_new_and_nothing_is_marked() {
    let options = WriteOptions { progress: false, ..write_options() };
    let (_folder, conn) = database(&one_card(failed_today()), &options);
    let card = "SELECT type, queue, due, ivl, factor, reps, lapses, flags FROM cards";
    assert_eq!(numbers(&conn, card), [0, 0, 1, 0, 0, 0, 0, 0]);
    assert_eq!(numbers(&conn, "SELECT count(*) FROM revlog"), [0]);
    let tags: String = conn.query_row("SELECT tags FROM notes", [], |row| row.get(0)).unwrap();
    assert_eq!(tags, " kept ");
}

#[test]
fn two_answers_at_one_instant_are_two_rows_and_none_lies_in_the_future() {
    let mut card = failed_today();
    card.log.push(card.log[0].clone());
    card.log.push(cairn_core::package::PackageRow { at_ms: i64::MAX, ..card.log[0].clone() });
    let (_folder, conn) = database(&one_card(card), &write_options());
    let now = super::again::NOON.utc_ms;
    let rows = "SELECT count(*), max(id), min(id) FROM revlog";
    assert_eq!(numbers(&conn, rows), [3, now, now - 1001]);
}

#[test]
fn a_file_that_is_missing_is_told_of() {
    let (_folder, media) = files();
    let mut package = one_card(failed_today());
    package.media = media;
    let mut out = Cursor::new(Vec::new());
    let found = write(&package, &|_| None, &write_options(), &mut out, &mut |_, _| {
        ControlFlow::Continue(())
    });
    let report = found.unwrap();
    assert_eq!((report.media, report.remarks.len()), (0, 2));
    assert!(report.remarks[0].contains("p.png"), "{:?}", report.remarks);
}

#[test]
fn writing_can_be_called_off_at_any_time() {
    let package = one_card(failed_today());
    let mut calls = 0;
    let mut told = Vec::new();
    let mut out = Cursor::new(Vec::new());
    write(&package, &|_| None, &write_options(), &mut out, &mut |done, of| {
        calls += 1;
        told.push((done, of));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(told.is_sorted() && told.last() == Some(&(1000, 1000)), "{told:?}");
    for stop in 1..=calls {
        let mut at = 0;
        let found =
            write(&package, &|_| None, &write_options(), Cursor::new(Vec::new()), &mut |_, _| {
                at += 1;
                if at == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
        assert!(matches!(found, Err(WriteError::Cancelled)), "at look {stop}");
    }
}

/// A disk with so many bytes of room, and how often it was asked for more once it was full.
struct Disk {
    room: usize,
    asked_again: usize,
    is_full: bool,
}

impl Write for &mut Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.asked_again += usize::from(self.is_full);
        match self.room.checked_sub(bytes.len()) {
            Some(left) => self.room = left,
            None => self.is_full = true,
        }
        if self.is_full { Err(io::ErrorKind::StorageFull.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for &mut Disk {
    fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
        Ok(0)
    }
}

#[test]
fn a_full_disk_is_told_once_and_asked_no_more() {
    let package = one_card(failed_today());
    for room in (0..2_000).step_by(50) {
        let mut disk = Disk { room, asked_again: 0, is_full: false };
        let found = write(&package, &|_| None, &write_options(), &mut disk, &mut |_, _| {
            ControlFlow::Continue(())
        });
        assert!(found.is_err() && disk.is_full, "with room for {room}: {found:?}");
        assert_eq!(disk.asked_again, 0, "with room for {room}");
    }
}
