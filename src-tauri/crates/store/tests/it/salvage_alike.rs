//! Rows of a damaged file that bear one number or one name: none of them fails the salvage, and what
//! a person wrote or answered is kept.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use cairn_store::{Collection, SalvageReport, salvage, salvaged_name};
use rstest::rstest;
use rusqlite::Connection;

use crate::support::*;

const PAGE: usize = 4096;

/// A file with thirty notes, two days of answers, and one of them taken back.
fn whole() -> Home {
    let (home, mut collection) = Home::with(&deck("d", basics(30)));
    for day in 0..2 {
        finish_day(&mut collection, 4, day);
    }
    collection.undo(noon(1)).unwrap();
    drop(collection);
    Connection::open(&home.path).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    home
}

fn rescue(path: &Path) -> (Connection, SalvageReport) {
    let into = salvaged_name(path, noon(9));
    let report = salvage(path, &into, noon(9), &mut |_, _| ControlFlow::Continue(())).unwrap();
    assert!(report.after.ok, "the new file checks clean: {:?}", report.after);
    drop(Collection::open(&into, noon(9)).unwrap());
    (Connection::open(into).unwrap(), report)
}

/// What people wrote and answered: texts in sight, and answers (rows that a salvage adds are none).
fn kept(conn: &Connection) -> (Vec<String>, i64) {
    let mut texts =
        conn.prepare("SELECT content FROM note WHERE gone = 0 ORDER BY content").unwrap();
    let texts = texts.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let sql = "SELECT count(*) FROM review_log WHERE kind IN ('review', 'drill')";
    (texts, conn.query_row(sql, [], |row| row.get(0)).unwrap())
}

/// Notes with their cards, and cards with how many answers they have.
fn belongings(conn: &Connection) -> Vec<String> {
    let sql = "SELECT note.content || ordinal || card.gone || (SELECT count(*) FROM review_log
      WHERE card = card.id) FROM card JOIN note ON note.id = card.note ORDER BY 1";
    let mut statement = conn.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// Where the pages of the rows of a table begin.
fn leaves(conn: &Connection, table: &str) -> Vec<usize> {
    let sql = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'";
    let mut statement = conn.prepare(sql).unwrap();
    let pages = statement.query_map([table], |row| row.get::<_, i64>(0)).unwrap();
    pages.map(|page| (usize::try_from(page.unwrap()).unwrap() - 1) * PAGE).collect()
}

/// Where the name of a row lies, and its number, which takes one byte; and the name.
fn places(conn: &Connection, bytes: &[u8], table: &str, id: i64) -> (usize, usize, Vec<u8>) {
    let sql = format!("SELECT uuid FROM {table} WHERE id = ?");
    let uuid: Vec<u8> = conn.query_row(&sql, [id], |row| row.get(0)).unwrap();
    // Before the values there is a head that begins with its own length, and before that the number.
    let is_row = |name: &usize| {
        (2..60).find(|head| {
            usize::from(bytes[name - head]) == *head && i64::from(bytes[name - head - 1]) == id
        })
    };
    let in_page = |start: &usize| {
        let of_page = (60..PAGE - 16).map(|at| start + at);
        let mut named = of_page.filter(|at| bytes[*at..at + 16] == uuid);
        named.find_map(|name| Some((name, name - is_row(&name)? - 1)))
    };
    let (name, number) = leaves(conn, table).iter().find_map(in_page).unwrap();
    (name, number, uuid)
}

/// Numbers and names of which an index still has what they were: nothing is lost.
#[rstest]
#[case::number_of_an_earlier_note("note", 12, Some(1))]
#[case::number_of_a_later_note("note", 1, Some(12))]
#[case::number_of_no_note("note", 1, Some(99))]
#[case::name_of_another_note("note", 5, None)]
#[case::number_of_an_earlier_card("card", 12, Some(1))]
#[case::number_of_a_later_card("card", 1, Some(12))]
#[case::number_of_no_card("card", 1, Some(99))]
#[case::name_of_another_card("card", 5, None)]
fn the_index_says_what_a_row_was(#[case] table: &str, #[case] id: i64, #[case] new: Option<u8>) {
    let home = whole();
    let conn = Connection::open(&home.path).unwrap();
    let (before, belonged) = (kept(&conn), belongings(&conn));
    let mut bytes = fs::read(&home.path).unwrap();
    let (name, number, _) = places(&conn, &bytes, table, id);
    match new {
        Some(new) => bytes[number] = new,
        None => {
            let (_, _, other) = places(&conn, &bytes, table, 2);
            bytes[name..name + 16].copy_from_slice(&other);
        }
    }
    drop(conn);
    fs::write(&home.path, bytes).unwrap();
    let (conn, report) = rescue(&home.path);
    assert_eq!(kept(&conn), before, "{report:?}");
    assert_eq!(belongings(&conn), belonged, "{report:?}");
    assert!(report.tables.iter().all(|table| table.lost == 0), "{report:?}");
}

/// The same rows in tables that keep nothing apart and have no index.
fn loose(whole: &Home) -> (Home, Connection) {
    let (home, old) = (Home::new(), Connection::open(&whole.path).unwrap());
    let conn = Connection::open(&home.path).unwrap();
    conn.execute("ATTACH ? AS old", [whole.path.to_str().unwrap()]).unwrap();
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'";
    let mut statement = old.prepare(sql).unwrap();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        let (name, sql): (String, String) = (row.get(0).unwrap(), row.get(1).unwrap());
        let sql = sql.replace("UNIQUE (device, seq)", "CHECK (1)").replace(" UNIQUE", "");
        conn.execute_batch(&sql).unwrap();
        conn.execute_batch(&format!("INSERT INTO main.{name} SELECT * FROM old.{name}")).unwrap();
    }
    conn.execute_batch(
        "DETACH old; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON",
    )
    .unwrap();
    (home, conn)
}

#[rstest]
#[case::note("UPDATE note SET uuid = (SELECT uuid FROM note WHERE id = 2) WHERE id IN (5, 6)")]
#[case::card("UPDATE card SET uuid = (SELECT uuid FROM card WHERE id = 2) WHERE id IN (5, 6)")]
#[case::deck(
    "INSERT INTO deck SELECT 9, uuid, slug, name, language, version, licence, about, sources,
    position, built_in, clock, operation FROM deck WHERE id = 1; UPDATE note SET deck = 9"
)]
#[case::device("INSERT INTO device SELECT 9, uuid FROM device; UPDATE review_log SET device = 9")]
#[case::act("UPDATE operation SET seq = 3 WHERE id BETWEEN 2 AND 8")]
#[case::act_taken_back("UPDATE operation SET seq = 1 WHERE voids IS NOT NULL")]
#[case::answer("UPDATE review_log SET seq = 3 WHERE id BETWEEN 2 AND 8")]
#[case::rules(
    "INSERT INTO policy SELECT 9, json FROM policy WHERE id = 1;
    UPDATE review_log SET policy = 9 WHERE id % 2"
)]
#[case::numbers_at_the_end(
    "UPDATE note SET id = 9223372036854775807 WHERE id = 3;
    UPDATE card SET id = 9223372036854775807 WHERE id = 3;
    UPDATE review_log SET id = 9223372036854775807 WHERE id = 3;
    UPDATE operation SET id = 9223372036854775807 WHERE id = 3;
    UPDATE device SET id = 9223372036854775807"
)]
#[case::counts_at_the_end(
    "UPDATE review_log SET seq = 9223372036854775807 WHERE id = 3;
    UPDATE operation SET seq = 9223372036854775807 WHERE id = 3;
    UPDATE note SET position = 9223372036854775807 WHERE id = 3;
    UPDATE card SET position = 9223372036854775807 WHERE id = 3;
    UPDATE deck SET position = 9223372036854775807"
)]
#[case::clocks_at_the_end(
    "UPDATE review_log SET clock = 9223372036854775807 WHERE id = 3;
    UPDATE operation SET clock = 9223372036854775807 WHERE voids IS NOT NULL"
)]
#[case::rules_that_are_none("UPDATE policy SET json = '{' || json")]
#[case::mark_of_a_note("UPDATE note SET gone = 7 WHERE id = 3")]
#[case::mark_of_a_card("UPDATE card SET flagged = 7, due = NULL WHERE id = 3")]
#[case::mark_of_a_deck("UPDATE deck SET built_in = 7")]
fn without_an_index_rows_that_are_alike_are_all_kept(#[case] damage: &str) {
    let whole = whole();
    let (home, conn) = loose(&whole);
    let before = kept(&conn);
    conn.execute_batch(damage).unwrap();
    drop(conn);
    let (conn, report) = rescue(&home.path);
    assert_eq!(kept(&conn), before, "{report:?}");
}
