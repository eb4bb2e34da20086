//! Files made to harm: refused whole, with a message, and nothing left behind.

use std::io::Cursor;
use std::ops::ControlFlow;

use cairn_formats::anki::{Error, read};
use proptest::prelude::*;
use rstest::rstest;

use super::support::{
    SCHEMA, card, database, fixture, made, model, one_note, options, package, read_into, zip_of,
};

const BASIC: [(&str, &str); 1] = [("{{A}}", "{{B}}")];

fn refused(bytes: &[u8]) -> Error {
    let (staging, reading) = read_into(bytes, &options());
    assert_eq!(std::fs::read_dir(staging.path()).unwrap().count(), 0, "nothing is left behind");
    let error = reading.map(|_| ()).unwrap_err();
    assert!(!error.to_string().is_empty() && !error.hint().is_empty());
    error
}

fn good() -> Vec<u8> {
    database(&model(false, &BASIC), &(one_note(&["a", "b", "c"]) + &card(0)))
}

#[rstest]
#[case("../collection.anki2")]
#[case("/etc/passwd")]
#[case("a/../../b")]
#[case("..\\b")]
#[case("C:b")]
fn members_that_leave_their_folder_are_refused(#[case] name: &str) {
    let bytes = zip_of(&[("collection.anki2", &good()), (name, b"x")]);
    assert!(matches!(refused(&bytes), Error::UnsafeName(_)));
}

#[rstest]
#[case("../evil.png")]
#[case("/evil.png")]
#[case("a\\\\b.png")]
#[case("..")]
#[case("C:evil.png")]
#[case("")]
fn media_that_leave_their_folder_are_refused(#[case] name: &str) {
    let list = format!("{{\"0\":\"{name}\"}}");
    let bytes = zip_of(&[("collection.anki2", &good()), ("media", list.as_bytes()), ("0", b"x")]);
    assert!(matches!(refused(&bytes), Error::UnsafeName(_)));
}

#[test]
fn a_zip_bomb_is_stopped() {
    let zeros = vec![0; 20 << 20];
    assert!(matches!(refused(&zip_of(&[("collection.anki2", &zeros)])), Error::TooMuch { .. }));
}

#[test]
fn a_zstd_bomb_is_stopped() {
    let bomb = zstd::encode_all(Cursor::new(vec![0; 20 << 20]), 3).unwrap();
    let bytes = zip_of(&[("meta", b"\x08\x03"), ("collection.anki21b", &bomb)]);
    assert!(matches!(refused(&bytes), Error::TooMuch { .. }));
}

#[rstest]
#[case::newer(b"\x08\x04")]
#[case::far_newer(b"\x08\x7f")]
#[case::none(b"")]
fn an_unknown_version_is_too_new(#[case] meta: &[u8]) {
    let bytes = zip_of(&[("meta", meta), ("collection.anki2", &good())]);
    assert!(matches!(refused(&bytes), Error::TooNew(_)));
}

#[test]
fn a_dummy_is_never_read_for_the_collection() {
    let bytes = zip_of(&[("meta", b"\x08\x02"), ("collection.anki2", &good())]);
    assert!(matches!(refused(&bytes), Error::NoCollection));
    assert!(matches!(refused(&zip_of(&[("x", b"y")])), Error::NoCollection));
    assert!(matches!(refused(b"not a zip"), Error::NotAPackage(_)));
}

#[rstest]
#[case::view("ALTER TABLE notes RENAME TO real; CREATE VIEW notes AS SELECT * FROM real;")]
#[case::computed("ALTER TABLE notes ADD COLUMN x AS (printf('%*s', 9, '')) VIRTUAL;")]
#[case::table_gone("DROP TABLE revlog;")]
#[case::column_gone("ALTER TABLE cards DROP COLUMN odue;")]
#[case::version("UPDATE col SET ver = 99;")]
#[case::no_row("DELETE FROM col;")]
#[case::two_rows(
    "INSERT INTO col SELECT 2, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags FROM col;"
)]
#[case::no_json("UPDATE col SET models = '{';")]
#[case::long_field("UPDATE notes SET flds = printf('%*s', 3000000, 'x');")]
fn what_is_no_plain_collection_is_refused(#[case] statements: &str) {
    let statements = one_note(&["a", "b", "c"]) + &card(0) + statements;
    refused(&package(&database(&model(false, &BASIC), &statements)));
}

#[test]
fn a_virtual_table_is_no_table() {
    let statements = SCHEMA
        .replace("TABLE notes", "TABLE other")
        .replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS");
    let database = database(
        &model(false, &BASIC),
        &(statements
            + "DROP TABLE notes; CREATE VIRTUAL TABLE notes USING fts5(id, guid, mid, mod, tags, flds);"),
    );
    assert!(matches!(refused(&package(&database)), Error::NotACollection(_)));
}

#[test]
fn triggers_never_fire() {
    let statements = one_note(&["a", "b", "c"])
        + &card(0)
        + "CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM notes; END;";
    let bytes = package(&database(&model(false, &BASIC), &statements));
    assert_eq!(read_into(&bytes, &options()).1.unwrap().facts.notes, 1);
}

#[test]
fn a_missing_file_costs_the_file_alone() {
    let reading = made(false, &BASIC, &["a <img src=\"x.png\">", "b", ""], &[0]);
    assert_eq!(reading.package.decks[0].notes.len(), 1);
    assert!(reading.remarks[0].message.contains("x.png"), "{:?}", reading.remarks);
}

#[test]
fn a_page_is_no_picture() {
    let statements = one_note(&["a <img src=\"x.png\">", "b", ""]) + &card(0);
    let database = database(&model(false, &BASIC), &statements);
    let page: &[u8] = b"<html><script>alert(1)</script></html>";
    let bytes =
        zip_of(&[("collection.anki2", &database), ("media", b"{\"0\":\"x.png\"}"), ("0", page)]);
    let (staging, reading) = read_into(&bytes, &options());
    let reading = reading.unwrap();
    assert_eq!(reading.package.media, []);
    assert_eq!((reading.remarks.len(), std::fs::read_dir(staging.path()).unwrap().count()), (1, 0));
}

#[test]
fn templates_cannot_blow_up_a_note_without_end() {
    let front = "x{{A}}".repeat(2_000);
    let long = "y".repeat(100_000);
    let reading = made(false, &[(&front, "{{B}}")], &[&long, "b", ""], &[0]);
    assert!(reading.skipped[0].message.contains("longer than"), "{}", reading.skipped[0].message);
}

#[rstest]
fn a_cut_package_is_refused(#[values("latest.apkg", "legacy.colpkg")] name: &str) {
    let whole = fixture(name);
    for part in 0..40 {
        let cut = &whole[..whole.len() * part / 40];
        refused(cut);
    }
}

#[test]
fn cancelling_leaves_nothing() {
    for after in [0, 1, 3, 8, 20, 40] {
        let staging = tempfile::tempdir().unwrap();
        let mut calls = 0;
        let mut told = Vec::new();
        let result = read(
            Cursor::new(fixture("latest.apkg")),
            &options(),
            staging.path(),
            &mut |done, total| {
                told.push((done, total));
                calls += 1;
                if calls > after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert!(matches!(result, Err(Error::Cancelled)), "after {after} calls");
        assert!(told.is_sorted() && told.iter().all(|(done, total)| done <= total), "{told:?}");
        assert_eq!(std::fs::read_dir(staging.path()).unwrap().count(), 0);
    }
}

#[test]
fn a_hundred_thousand_openings_are_no_gap() {
    let text = "{{c1::".repeat(100_000);
    let reading = made(true, &[("{{cloze:A}}", "{{cloze:A}}")], &[&text, "", ""], &[0]);
    assert_eq!(reading.skipped.len(), 1);
}

/// The database of a package of the newest generation.
fn newer_database() -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(fixture("latest.apkg"))).unwrap();
    zstd::decode_all(zip.by_name("collection.anki21b").unwrap()).unwrap()
}

#[test]
fn tables_of_the_newer_kind_are_looked_over_too() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), newer_database()).unwrap();
    let conn = rusqlite::Connection::open(file.path()).unwrap();
    conn.execute_batch(
        "PRAGMA journal_mode = DELETE; DROP TABLE config;
         CREATE VIEW config AS SELECT 1 AS KEY, 2 AS val;",
    )
    .unwrap();
    drop(conn);
    let packed = zstd::encode_all(std::fs::File::open(file.path()).unwrap(), 1).unwrap();
    let bytes = zip_of(&[("meta", b"\x08\x03"), ("collection.anki21b", &packed)]);
    assert!(matches!(refused(&bytes), Error::NotACollection(_)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        refused(&bytes);
        refused(&package(&bytes));
    }

    #[test]
    fn no_changed_byte_panics(
        name in prop::sample::select(vec!["latest.apkg", "legacy.apkg"]),
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let mut bytes = fixture(name);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = read_into(&bytes, &options());
    }

    #[test]
    fn no_changed_database_panics(
        at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut database = good();
        for (at, byte) in at {
            let at = at.index(database.len());
            database[at] = byte;
        }
        let _ = read_into(&package(&database), &options());
    }

    #[test]
    fn no_changed_newer_database_panics(
        at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        let mut database = newer_database();
        for (at, byte) in at {
            let at = at.index(database.len());
            database[at] = byte;
        }
        let packed = zstd::encode_all(Cursor::new(database), 1).unwrap();
        let _ = read_into(&zip_of(&[("meta", b"\x08\x03"), ("collection.anki21b", &packed)]), &options());
    }

    #[test]
    fn no_template_or_field_panics(
        front in "([{}#^/:<>a-c1 ]|\\{\\{|\\}\\}|A|cloze:|hint:|FrontSide|<hr id=answer>){0,40}",
        back in "([{}#^/:<>a-c1 ]|\\{\\{|\\}\\}|A|type:|FrontSide|<hr id=answer>){0,40}",
        field in "([{}:<>a-c1é\\[\\] ]|\\{\\{c1::|\\}\\}|\\[sound:){0,40}",
        cloze in any::<bool>(),
    ) {
        let _ = made(cloze, &[(&front, &back)], &[&field, "b", "c"], &[0, 1, -1, i64::from(i32::MAX)]);
    }
}
