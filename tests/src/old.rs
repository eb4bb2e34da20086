//! A collection as an older version left it.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

/// The migrations up to format 3.
const FORMAT_3: [&str; 3] = [
    include_str!("../../src-tauri/crates/store/migrations/0001_first.sql"),
    include_str!("../../src-tauri/crates/store/migrations/0002_key_changes.sql"),
    include_str!("../../src-tauri/crates/store/migrations/0003_elsewhere.sql"),
];

/// Writes the closed collection at `path` anew in format 3, with everything that format 3 can hold.
///
/// # Panics
/// When SQLite does not do it.
pub fn make_format_3(path: &Path) {
    let old = path.with_extension("format-3");
    let conn = Connection::open(&old).expect("a file can be made");
    conn.pragma_update(None, "journal_mode", "WAL").expect("WAL");
    conn.pragma_update(None, "foreign_keys", false).expect("rows come in any order");
    FORMAT_3.iter().for_each(|sql| conn.execute_batch(sql).expect("a migration"));
    conn.pragma_update(None, "user_version", 3).expect("a number");
    conn.execute("ATTACH ? AS newer", [path.to_str().expect("a path in UTF-8")]).expect("a file");
    for table in texts(&conn, "SELECT name FROM main.sqlite_schema WHERE type = 'table'") {
        // Of the search, the tables behind it are copied.
        if table == "note_search" || table.starts_with("sqlite_") {
            continue;
        }
        let both = format!(
            "SELECT name FROM pragma_table_info('{table}', 'main')
             WHERE name IN (SELECT name FROM pragma_table_info('{table}', 'newer'))"
        );
        let columns = texts(&conn, &both).join(", ");
        let copy = format!(
            "DELETE FROM main.{table};
             INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table};"
        );
        conn.execute_batch(&copy).expect("rows");
    }
    conn.execute("DETACH newer", []).expect("nothing holds it");
    conn.close().expect("it closes");
    fs::rename(old, path).expect("a file can be renamed");
}

/// The format of a collection.
///
/// # Panics
/// When it is none.
pub fn format_of(path: &Path) -> i64 {
    let conn = Connection::open(path).expect("a collection");
    conn.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a number")
}

fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).expect("SQL");
    let rows = statement.query_map([], |row| row.get(0)).expect("rows");
    rows.map(|row| row.expect("a text")).collect()
}
