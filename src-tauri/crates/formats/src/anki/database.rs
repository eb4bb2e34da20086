//! The SQLite database of a package: opened as a stranger's file, read by named columns only.

use std::borrow::Cow;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags, Row};
use tempfile::NamedTempFile;

use super::container::Container;
use super::progress::{CHECK, Progress};
use super::{Error, caps};

/// The opened database; the copy that it lies in goes with it.
pub(super) struct Database {
    pub conn: Connection,
    /// 11 or 18: how note types, decks and settings are kept.
    pub schema: i64,
    _file: NamedTempFile,
}

/// Time between two looks at the watcher while SQLite checks the file.
const LOOK: Duration = Duration::from_millis(30);

/// Tables that every schema has, with the columns read of them.
const TABLES: [(&str, &[&str]); 4] = [
    ("col", &["crt", "ver", "conf", "models", "decks"]),
    ("notes", &["id", "guid", "mid", "mod", "tags", "flds"]),
    (
        "cards",
        &[
            "id", "nid", "did", "ord", "type", "queue", "due", "ivl", "factor", "reps", "lapses",
            "left", "odue", "odid", "flags", "data",
        ],
    ),
    ("revlog", &["id", "cid", "ease", "ivl", "lastIvl", "factor", "time", "type"]),
];

/// Tables of schema 18 besides.
const NEWER_TABLES: [(&str, &[&str]); 4] = [
    ("config", &["KEY", "val"]),
    ("notetypes", &["id", "name", "config", "mtime_secs"]),
    ("templates", &["ntid", "ord", "name", "config"]),
    ("decks", &["id", "name", "kind"]),
];

impl Database {
    /// Unpacks the database into a temporary file in `staging`, opens and checks it.
    pub fn open<R: Read + Seek>(
        container: &mut Container<R>,
        staging: &Path,
        progress: &mut Progress<'_>,
    ) -> Result<Self, Error> {
        const UNPACK: &str = "unpack the collection of the package";
        std::fs::create_dir_all(staging).map_err(Error::io(UNPACK))?;
        let mut file = NamedTempFile::new_in(staging).map_err(Error::io(UNPACK))?;
        container.database(file.as_file_mut(), progress)?;
        leave_wal(file.as_file_mut()).map_err(Error::io(UNPACK))?;
        leave_own_order(file.path()).map_err(Error::sql("the collection"))?;
        let mut conn = connect(file.path()).map_err(Error::sql("the collection"))?;
        for (table, columns) in TABLES {
            check_table(&conn, table, columns)?;
        }
        let schema = number(&conn, "SELECT ver FROM col")?;
        match schema {
            11 => {}
            14..=18 => {
                check_table(&conn, "fields", &["ntid", "ord", "name", "config"])?;
                for (table, columns) in NEWER_TABLES {
                    check_table(&conn, table, columns)?;
                }
            }
            other => return Err(Error::NotACollection(format!("it has schema {other}"))),
        }
        quick_check(&mut conn, progress)?;
        let database = Self { conn, schema, _file: file };
        database.check_sizes(progress)?;
        Ok(database)
    }

    /// How many rows a table has.
    pub fn count(&self, table: &str) -> Result<u64, Error> {
        let count = number(&self.conn, &format!("SELECT count(*) FROM {table}"))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// Compares rows and lengths with the caps. SQLite tells lengths without reading the values.
    fn check_sizes(&self, progress: &mut Progress<'_>) -> Result<(), Error> {
        let mut checks: Vec<(&str, u64, &[&str], u64)> = vec![
            ("notes", caps::NOTES, &["flds", "tags", "guid"], caps::NOTE_BYTES),
            ("cards", caps::CARDS, &["data"], caps::NOTE_BYTES),
            ("revlog", caps::LOG, &[], caps::NOTE_BYTES),
            ("col", 1, &["models", "decks", "conf"], caps::VALUE_BYTES),
        ];
        if self.schema > 11 {
            let bytes = caps::TEMPLATE_BYTES as u64 * 2;
            checks.push(("config", caps::SMALL_ROWS, &["KEY", "val"], bytes));
            checks.push(("notetypes", caps::SMALL_ROWS, &["name", "config"], bytes));
            checks.push(("templates", caps::SMALL_ROWS, &["name", "config"], bytes));
            checks.push(("fields", caps::SMALL_ROWS, &["name", "config"], bytes));
            checks.push(("decks", caps::SMALL_ROWS, &["name", "kind"], bytes));
        }
        for (table, rows, columns, bytes) in checks {
            progress.at(CHECK, 1, 1)?;
            if self.count(table)? > rows {
                return Err(Error::too_much(format!("the number of rows in `{table}`"), rows));
            }
            let longest: Vec<String> = columns
                .iter()
                .map(|column| format!("coalesce(max(octet_length(\"{column}\")), 0)"))
                .collect();
            if longest.is_empty() {
                continue;
            }
            let sql = format!("SELECT max({}, 0) FROM {table}", longest.join(", "));
            if number(&self.conn, &sql)? > i64::try_from(bytes).unwrap_or(i64::MAX) {
                return Err(Error::too_much(
                    format!("the size of a value in `{table}`"),
                    format!("{bytes} bytes"),
                ));
            }
        }
        progress.at(CHECK, 1, 1)
    }
}

/// A database in WAL mode wants files beside it; this copy is whole without them.
fn leave_wal(file: &mut std::fs::File) -> std::io::Result<()> {
    if file.seek(SeekFrom::End(0))? < 100 {
        return Ok(());
    }
    file.seek(SeekFrom::Start(18))?;
    file.write_all(&[1, 1])?;
    file.flush()
}

/// Newer collections sort names in an order that only Anki knows, and SQLite refuses to read such
/// tables without it. Nothing here is looked up by name, so in this copy another order is declared.
fn leave_own_order(path: &Path) -> rusqlite::Result<()> {
    let conn = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let needed: bool = conn.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE sql LIKE '%unicase%')",
        [],
        |row| row.get(0),
    )?;
    if needed {
        conn.execute_batch(
            "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, 'unicase', 'nocase')
             WHERE sql LIKE '%unicase%';",
        )?;
    }
    Ok(())
}

fn open(path: &Path, access: OpenFlags) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    Ok(conn)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let conn = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.execute_batch(
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;
         PRAGMA ignore_check_constraints = ON; PRAGMA query_only = ON;",
    )?;
    Ok(conn)
}

/// Refuses whatever is not a plain table with these plain columns.
fn check_table(conn: &Connection, table: &str, columns: &[&str]) -> Result<(), Error> {
    let not = |why: String| Error::NotACollection(why);
    let plain: bool = conn
        .query_row(
            "SELECT count(*) = 1 FROM sqlite_schema WHERE lower(name) = lower(?1)
             AND type = 'table' AND rootpage > 0 AND sql NOT LIKE 'CREATE VIRTUAL%'",
            [table],
            |row| row.get(0),
        )
        .map_err(|e| not(e.to_string()))?;
    if !plain {
        return Err(not(format!("`{table}` is not a table")));
    }
    let mut statement = conn
        .prepare("SELECT name, hidden FROM pragma_table_xinfo(?1)")
        .map_err(|e| not(e.to_string()))?;
    let found: Vec<(String, i64)> = statement
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))
        .and_then(Iterator::collect)
        .map_err(|e| not(e.to_string()))?;
    if found.iter().any(|(_, hidden)| *hidden != 0) {
        return Err(not(format!("`{table}` has computed columns")));
    }
    match columns.iter().find(|c| !found.iter().any(|(name, _)| name.eq_ignore_ascii_case(c))) {
        Some(missing) => Err(not(format!("`{table}` has no column `{missing}`"))),
        None => Ok(()),
    }
}

/// Lets SQLite look over the tables that hold most. (Those with a name in them are small, and not in
/// the order that this copy declares.)
fn quick_check(conn: &mut Connection, progress: &mut Progress<'_>) -> Result<(), Error> {
    for (at, table) in (0u64..).zip(["notes", "cards", "revlog", "col"]) {
        progress.at(CHECK, at, 4)?;
        let handle = conn.get_interrupt_handle();
        let conn = &mut *conn;
        let found = thread::scope(|scope| {
            let (tell, told) = channel();
            scope.spawn(move || {
                let sql = format!("PRAGMA quick_check('{table}')");
                let _ = tell.send(conn.query_row(&sql, [], |row| row.get::<_, String>(0)));
            });
            loop {
                match told.recv_timeout(LOOK) {
                    Ok(found) => return found.map_err(Error::sql("the collection")),
                    Err(RecvTimeoutError::Timeout) => {
                        if let Err(cancelled) = progress.at(CHECK, at, 4) {
                            handle.interrupt();
                            return Err(cancelled);
                        }
                    }
                    Err(RecvTimeoutError::Disconnected) => {
                        return Err(Error::damaged("the collection", "the check broke off"));
                    }
                }
            }
        })?;
        if found != "ok" {
            return Err(Error::damaged("the collection", found));
        }
    }
    Ok(())
}

fn number(conn: &Connection, sql: &str) -> Result<i64, Error> {
    conn.query_row(sql, [], |row| int(row, 0)).map_err(Error::sql("the collection"))
}

/// A number, whatever the file keeps it as; 0 for what is none.
pub(super) fn int(row: &Row<'_>, column: usize) -> rusqlite::Result<i64> {
    Ok(match row.get_ref(column)? {
        ValueRef::Integer(value) => value,
        ValueRef::Real(value) => value as i64,
        ValueRef::Text(bytes) => {
            let text = std::str::from_utf8(bytes).unwrap_or("").trim();
            text.parse().unwrap_or_else(|_| text.parse::<f64>().unwrap_or(0.0) as i64)
        }
        ValueRef::Null | ValueRef::Blob(_) => 0,
    })
}

/// A text, whatever the file keeps it as.
pub(super) fn text<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<Cow<'a, str>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Integer(value) => value.to_string().into(),
        ValueRef::Real(value) => value.to_string().into(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes),
        ValueRef::Null => "".into(),
    })
}

/// Bytes; none for what is none.
pub(super) fn bytes<'a>(row: &'a Row<'_>, column: usize) -> rusqlite::Result<&'a [u8]> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
        _ => &[],
    })
}
