//! Whatever is broken in a file is found, said in plain words, and put right.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use cairn_core::package::{Package, PackageMedia};
use cairn_store::{
    ActKind, Check, CheckReport, Collection, Error, FindingKind, Intake, Reader, Remedy, Repair,
    Repaired, Weight,
};
use rstest::rstest;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::support::*;

fn notes() -> Vec<cairn_core::package::PackageNote> {
    let mut notes = basics(8);
    notes.push(cloze("gaps", "A {{c1::one}} and a {{c2::two}}."));
    notes.push(choice("which", "Which?"));
    notes
}

/// A collection with a day of answers, an edit and a flag.
fn studied() -> Home {
    let (home, mut collection) = Home::with(&deck("d", notes()));
    finish_day(&mut collection, 4, 0);
    let step = collection.begin(None, None, noon(1)).unwrap();
    let card = shown(&step).card.parse().unwrap();
    collection.flag(card, true, noon(1)).unwrap();
    home
}

fn sql(path: &Path, statements: &str) {
    let conn = Connection::open(path).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    conn.execute_batch(statements).unwrap();
}

fn check(path: &Path, thorough: bool) -> CheckReport {
    let how = Check { thorough, now: noon(2) };
    Reader::open(path).unwrap().check(how, &mut |_, _| ControlFlow::Continue(())).unwrap()
}

/// Repairs the file; a backup was asked for exactly when something was to be mended.
fn repair(path: &Path, only: &[FindingKind]) -> Repaired {
    let before = check(path, false);
    let mut backups = 0;
    let mut backup = || {
        backups += 1;
        Ok(())
    };
    let repair = Repair { only, media: &[], backup: &mut backup, thorough: false, now: noon(2) };
    let done =
        Collection::repair_file(path, repair, &mut |_, _| ControlFlow::Continue(())).unwrap();
    let mendable = before.findings.iter().any(|finding| finding.remedy == Remedy::Repair);
    assert_eq!(backups, u32::from(mendable), "one backup before a repair, none without");
    done
}

fn log_rows(path: &Path) -> i64 {
    let conn = Connection::open(path).unwrap();
    conn.query_row("SELECT count(*) FROM review_log", [], |row| row.get(0)).unwrap()
}

#[test]
fn a_sound_collection_has_no_finding() {
    let home = studied();
    let report = check(&home.path, true);
    assert_eq!((report.ok, report.findings), (true, vec![]));
    assert_eq!((report.notes, report.cards), (10, 11));
    assert_eq!(i64::from(report.answers), log_rows(&home.path));
}

use FindingKind as Kind;

#[rstest]
#[case::schedule("UPDATE card SET due = due + 1 WHERE id IN (1, 2)", Kind::Schedules, 2)]
#[case::forgotten(
    "UPDATE card SET due = NULL, repetitions = NULL, interval_days = NULL, last_day = NULL,
       ease_hundredths = NULL, lapses = NULL WHERE id = 5",
    Kind::Schedules,
    1
)]
#[case::deck(
    "INSERT INTO deck SELECT 9, zeroblob(16), 'x', name, language, version, licence, about, sources,
       9, 0, clock, operation FROM deck WHERE id = 1; UPDATE card SET deck = 9 WHERE id = 3",
    Kind::Decks,
    1
)]
#[case::deck_gone("UPDATE card SET deck = 9 WHERE id = 3", Kind::References, 1)]
#[case::note_without_deck("UPDATE note SET deck = 9 WHERE id = 3", Kind::References, 1)]
#[case::card_deleted("DELETE FROM card WHERE id = 11", Kind::MissingCards, 1)]
#[case::card_hidden("UPDATE card SET gone = 1 WHERE note = 3", Kind::MissingCards, 1)]
#[case::card_too_many("UPDATE card SET ordinal = 'back' WHERE id = 3", Kind::ExtraCards, 1)]
#[case::card_twice(
    "INSERT INTO card (uuid, note, deck, ordinal, position, touched)
       SELECT zeroblob(16), note, deck, ordinal, position, touched FROM card WHERE id = 4",
    Kind::ExtraCards,
    1
)]
#[case::note_deleted("DELETE FROM note WHERE id = 3", Kind::References, 1)]
#[case::note_and_origin_deleted(
    "DELETE FROM note WHERE id = 3; DELETE FROM origin WHERE note = 3",
    Kind::References,
    1
)]
#[case::act_deleted("DELETE FROM operation WHERE id = 4", Kind::References, 2)]
#[case::last_act_deleted(
    "DELETE FROM operation WHERE id = (SELECT max(operation) FROM review_log);
     DELETE FROM operation WHERE id > (SELECT max(operation) FROM review_log)",
    Kind::References,
    2
)]
#[case::device_deleted("DELETE FROM device", Kind::References, 1)]
#[case::policy_deleted("DELETE FROM policy", Kind::References, 1)]
#[case::origin("INSERT INTO origin VALUES (99, 'd', 'x', '1', '{}')", Kind::References, 1)]
#[case::elsewhere("INSERT INTO elsewhere_card VALUES (99, '{}', 1)", Kind::References, 1)]
#[case::note_media("INSERT INTO note_media VALUES (1, 'a.png', zeroblob(32))", Kind::References, 1)]
#[case::image("INSERT INTO before_image VALUES (99, 'note', 1, '{}')", Kind::References, 1)]
#[case::image_of_nothing(
    "INSERT INTO before_image VALUES (1, 'note', 99, '{}')",
    Kind::References,
    1
)]
#[case::text("UPDATE note SET content = 'nonsense' WHERE id = 2", Kind::Notes, 1)]
#[case::text_and_base(
    "UPDATE note SET content = '{' WHERE id = 2; UPDATE origin SET base = '' WHERE note = 2",
    Kind::Notes,
    1
)]
#[case::bytes("UPDATE note SET content = CAST(x'ff00fe' AS TEXT) WHERE id = 9", Kind::Notes, 1)]
#[case::facts("UPDATE note SET facts = '[]x' WHERE id = 2", Kind::Notes, 1)]
#[case::base("UPDATE origin SET base = 'x' WHERE note = 2", Kind::Notes, 1)]
#[case::sources("UPDATE deck SET sources = 'x'", Kind::Notes, 1)]
#[case::area("UPDATE note SET area = 'XX' WHERE id = 2", Kind::Areas, 1)]
#[case::unknown_to_search("DELETE FROM note_search WHERE rowid = 3", Kind::Search, 1)]
#[case::known_to_search(
    "INSERT INTO note_search (rowid, front, back, tags) VALUES (99, 'a', 'b', 'c')",
    Kind::Search,
    1
)]
#[case::search("DELETE FROM note_search_data WHERE id > 10", Kind::Search, 1)]
#[case::setting("INSERT INTO setting VALUES ('theme', '\"mauve\"', 1, 1)", Kind::Settings, 1)]
#[case::setting_of_nonsense(
    "INSERT INTO setting VALUES ('catch_up_per_day', 'x', 1, 1)",
    Kind::Settings,
    1
)]
#[case::index(
    "PRAGMA writable_schema = ON;
     UPDATE sqlite_schema SET sql = 'CREATE INDEX card_note ON card (deck)' WHERE name = 'card_note'",
    Kind::Index,
    1
)]
fn what_is_broken_is_found_and_put_right(
    #[case] breaking: &str,
    #[case] what: FindingKind,
    #[case] count: u32,
) {
    let home = studied();
    let answers = log_rows(&home.path);
    sql(&home.path, breaking);
    let broken = check(&home.path, false);
    assert!(!broken.ok, "it is told");
    let found: Vec<_> = broken.findings.iter().filter(|finding| finding.what == what).collect();
    assert!(!found.is_empty(), "found as {what:?}: {broken:?}");
    let first = found[0];
    assert_eq!((first.weight, first.remedy), (Weight::Fault, Remedy::Repair), "{first:?}");
    if what != Kind::References {
        assert_eq!(first.count, count, "{first:?}");
    }
    assert!(first.message.len() > 10 && first.repair.len() > 10, "{first:?}");

    let done = repair(&home.path, &[]);
    assert!(done.after.ok, "clean after the repair: {done:?}");
    assert!(!done.mended.is_empty(), "it says what it did");
    assert_eq!(check(&home.path, true).findings, vec![], "and stays so");
    assert_eq!(log_rows(&home.path), answers, "no row of the log goes by a repair");
    assert_eq!(repair(&home.path, &[]).mended, vec![], "mended once is mended");

    let mut collection = home.open();
    finish_day(&mut collection, 3, 3);
    Reader::open(&home.path).unwrap().package(None).unwrap();
    assert_eq!(collection.check().unwrap(), [], "life goes on");
}

#[rstest]
#[case("UPDATE note SET content = 'nonsense' WHERE id = 2", "Question 1?")]
#[case("DELETE FROM note WHERE id = 2", "Question 1?")]
fn a_text_comes_back_from_what_was_released(#[case] breaking: &str, #[case] text: &str) {
    let home = studied();
    sql(&home.path, "UPDATE origin SET base = (SELECT content FROM note WHERE id = note)");
    sql(&home.path, breaking);
    repair(&home.path, &[]);
    let package = Reader::open(&home.path).unwrap().package(None).unwrap();
    let texts: Vec<&str> =
        package.decks[0].notes.iter().flat_map(|note| note.content.texts()).collect();
    assert!(texts.contains(&text), "{texts:?}");
    assert_eq!(package.decks[0].notes.len(), 10, "no note is missing");
}

#[test]
fn a_text_without_another_copy_is_kept_in_a_plain_card() {
    let home = studied();
    sql(
        &home.path,
        "DELETE FROM origin; UPDATE note SET content = '{\"kind\":\"bas — my own words' WHERE id = 2",
    );
    repair(&home.path, &[]);
    let package = Reader::open(&home.path).unwrap().package(None).unwrap();
    let kept = package.decks[0].notes.iter().flat_map(|note| note.content.texts());
    assert!(kept.into_iter().any(|text| text.contains("my own words")), "what is left is kept");
}

#[test]
fn a_repair_is_one_act_that_undo_takes_back() {
    let home = studied();
    sql(
        &home.path,
        "UPDATE note SET content = 'nonsense' WHERE id = 2; UPDATE card SET gone = 1 WHERE id = 4",
    );
    repair(&home.path, &[]);
    let mut collection = home.open();
    let undone = collection.undo(noon(2)).unwrap();
    assert_eq!(undone.act.kind, ActKind::Repair);
    let found: Vec<FindingKind> =
        collection.check().unwrap().iter().map(|finding| finding.what).collect();
    assert_eq!(found, [Kind::MissingCards, Kind::Notes], "as it was before");
    drop(collection);
    repair(&home.path, &[]);
    let mut collection = home.open();
    assert_eq!(collection.check().unwrap(), []);
    collection.undo(noon(2)).unwrap();
    assert_eq!(collection.undo(noon(2)).unwrap().act.kind, ActKind::Flag, "the act before it");
}

#[test]
fn only_what_is_asked_for_is_mended() {
    let home = studied();
    sql(&home.path, "UPDATE card SET due = due + 1; UPDATE note SET area = 'XX' WHERE id = 2");
    let done = repair(&home.path, &[Kind::Areas]);
    let left: Vec<FindingKind> = done.after.findings.iter().map(|finding| finding.what).collect();
    assert_eq!(left, [Kind::Schedules]);
}

#[test]
fn a_repair_without_its_backup_changes_nothing() {
    let home = studied();
    sql(&home.path, "UPDATE card SET due = due + 1");
    let before = check(&home.path, false);
    let mut fails = || Err(Error::DiskFull);
    let repair =
        Repair { only: &[], media: &[], backup: &mut fails, thorough: false, now: noon(2) };
    let done = Collection::repair_file(&home.path, repair, &mut |_, _| ControlFlow::Continue(()));
    assert!(matches!(done, Err(Error::DiskFull)), "the reason is told");
    assert_eq!(check(&home.path, false), before);
}

#[rstest]
#[case("UPDATE operation SET clock = clock + (100000000000 << 16) WHERE id = 3", Kind::Clock)]
#[case(
    "UPDATE operation SET voids = id WHERE id = (SELECT max(id) FROM operation)",
    Kind::Operations
)]
fn what_does_no_harm_is_told_and_is_no_fault(#[case] change: &str, #[case] what: FindingKind) {
    let home = studied();
    sql(&home.path, change);
    let report = check(&home.path, false);
    assert!(report.ok, "{report:?}");
    assert_eq!(report.findings.len(), 1, "{report:?}");
    let finding = &report.findings[0];
    assert_eq!((finding.what, finding.weight, finding.count), (what, Weight::Info, 1));
}

#[test]
fn a_check_can_be_called_off() {
    let home = studied();
    let how = Check { thorough: false, now: noon(2) };
    let reader = Reader::open(&home.path).unwrap();
    let stopped = reader.check(how, &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(Error::Cancelled)), "{stopped:?}");
}

#[test]
fn an_answer_can_be_given_while_a_check_runs() {
    let home = studied();
    let mut collection = home.open();
    let step = collection.begin(None, None, noon(2)).unwrap();
    let reader = collection.reader().unwrap();
    let how = Check { thorough: false, now: noon(2) };
    let mut step = Some(step);
    let report = reader.check(how, &mut |_, _| {
        if let Some(step) = step.take() {
            grade(&mut collection, &step, 4, noon(2));
        }
        ControlFlow::Continue(())
    });
    assert!(report.unwrap().ok, "the check sees the collection of one moment");
    assert!(step.is_none(), "the answer was given");
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A note with a picture; gives the home and the place of the file.
fn with_picture(bytes: &[u8]) -> (Home, std::path::PathBuf) {
    let sha256 = hex(bytes);
    let media = PackageMedia {
        name: "a.png".into(),
        sha256: sha256.clone(),
        size: bytes.len() as u64,
        mime: "image/png".into(),
    };
    let note = basic("p", "What is this? ![a](media:a.png)", "A picture.");
    let package = Package { media: vec![media], ..deck("d", vec![note]) };
    let (home, mut collection) = Home::empty();
    let mut folder = home.path.as_os_str().to_owned();
    folder.push(".media");
    let file = Path::new(&folder).join(&sha256[..2]).join(&sha256);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(&file, bytes).unwrap();
    collection.take_in(&package, Intake::BuiltIn, "Cairn", noon(0)).unwrap();
    (home, file)
}

#[test]
fn pictures_that_are_missing_or_changed_are_found_and_brought_from_a_backup() {
    let (home, file) = with_picture(b"picture");
    assert_eq!(check(&home.path, true).findings, vec![]);
    let backup = home.folder.path().join("backup");
    fs::create_dir(&backup).unwrap();
    fs::write(backup.join(hex(b"picture")), b"picture").unwrap();
    for (now, quick) in [(Some(&b"pic"[..]), false), (Some(b"piCTure"), true), (None, false)] {
        match now {
            Some(bytes) => fs::write(&file, bytes).unwrap(),
            None => fs::remove_file(&file).unwrap(),
        }
        assert_eq!(check(&home.path, false).ok, quick, "the same size is told by thorough alone");
        let told = check(&home.path, true);
        assert_eq!(told.findings[0].what, Kind::Media, "{told:?}");
        assert_eq!(told.findings[0].examples, ["a.png"]);
        let mut backed_up = || Ok(());
        let repair = Repair {
            only: &[],
            media: std::slice::from_ref(&backup),
            backup: &mut backed_up,
            thorough: true,
            now: noon(2),
        };
        let watch = &mut |_, _| ControlFlow::Continue(());
        let done = Collection::repair_file(&home.path, repair, watch).unwrap();
        assert!(done.after.ok, "{done:?}");
        assert_eq!(fs::read(&file).unwrap(), b"picture");
    }
}

#[test]
fn files_that_no_note_names_are_told_with_their_size() {
    let (home, file) = with_picture(b"picture");
    fs::write(file.with_file_name("00stray"), vec![0; 2500]).unwrap();
    let report = check(&home.path, false);
    assert!(report.ok, "it is no fault");
    assert_eq!(report.findings[0].what, Kind::UnusedMedia);
    assert_eq!(report.findings[0].message, "1 file that no card uses, 3 KB in all");
}
