//! The tables of a collection, and which rows can be theirs.

use std::ops::Range;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::tree::{Cell, Kind};
use crate::error::Result;

/// A table as this version makes it.
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// The columns that no two rows share, besides the id.
    pub(super) key: Vec<String>,
    /// The index of these.
    pub(super) index: String,
    /// Rows lie in a tree of the primary key and have no id.
    without_rowid: bool,
    insert: String,
}

pub(super) struct Column {
    pub(super) name: String,
    kind: String,
    nullable: bool,
    /// The id of the row, which is kept beside it.
    pub(super) is_id: bool,
}

/// Every table of a fresh collection, but for the search index.
pub(super) fn all(conn: &Connection) -> Result<Vec<Table>> {
    let names: Vec<(String, bool)> = conn
        .prepare(
            "SELECT name, wr FROM pragma_table_list
             WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'
             ORDER BY name",
        )?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    names.into_iter().map(|(name, without_rowid)| table(conn, name, without_rowid)).collect()
}

fn table(conn: &Connection, name: String, without_rowid: bool) -> Result<Table> {
    let sql =
        format!("SELECT type, \"notnull\", pk, name FROM pragma_table_info('{name}') ORDER BY cid");
    let columns: Vec<Column> = conn
        .prepare(&sql)?
        .query_map([], |row| {
            let kind: String = row.get(0)?;
            let key = row.get::<_, i64>(2)? > 0;
            let is_id = key && !without_rowid && kind == "INTEGER";
            let nullable = !row.get::<_, bool>(1)? && !key;
            Ok(Column { name: row.get(3)?, kind, nullable, is_id })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let places = vec!["?"; columns.len()].join(", ");
    let insert = format!("INSERT OR IGNORE INTO {name} VALUES ({places})");
    let (index, key) = key_of(conn, &name)?;
    Ok(Table { name, columns, key, index, without_rowid, insert })
}

/// The index that keeps rows apart, and its columns.
fn key_of(conn: &Connection, table: &str) -> Result<(String, Vec<String>)> {
    let rows: Vec<(String, String)> = conn
        .prepare(
            "SELECT list.name, info.name FROM pragma_index_list(?) AS list,
               pragma_index_info(list.name) AS info WHERE list.origin = 'u' ORDER BY info.seqno",
        )?
        .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let index = rows.first().map(|(index, _)| index.clone()).unwrap_or_default();
    Ok((index, rows.into_iter().map(|(_, column)| column).collect()))
}

impl Table {
    /// Whether a page of this kind can be of the tree that holds the rows.
    pub(super) fn holds(&self, kind: Kind) -> bool {
        matches!(kind, Kind::IndexInterior | Kind::IndexLeaf) == self.without_rowid
    }

    /// Whether a row can be of this table: as many values as it has or had columns, each of its type.
    pub(super) fn fits(&self, cell: &Cell) -> bool {
        let values = &cell.values;
        cell.id.is_some() != self.without_rowid
            && values.len() <= self.columns.len()
            && self.columns.iter().enumerate().all(|(at, column)| column.takes(values.get(at)))
            && self.is_likely(cell)
    }

    /// Entries of indexes and of the search can look like rows of small tables.
    fn is_likely(&self, cell: &Cell) -> bool {
        match (self.name.as_str(), cell.values.as_slice()) {
            ("device", [_, Value::Blob(uuid)]) => is_uuid(uuid),
            ("meta", [Value::Text(key), _]) => {
                key != "version" && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            }
            ("inserted_range", [_, Value::Text(entity), ..]) => entity == "note",
            ("policy", [_, Value::Text(json)]) => json.starts_with('{'),
            _ => true,
        }
    }

    /// The values of a row, the id among them.
    pub(super) fn values(&self, cell: Cell) -> Vec<Value> {
        let mut values = cell.values;
        values.resize(self.columns.len(), Value::Null);
        for (value, column) in values.iter_mut().zip(&self.columns) {
            if let (true, Some(id)) = (column.is_id, cell.id) {
                *value = Value::Integer(id);
            }
        }
        values
    }

    /// Puts a row into the new file; whether it is there now for the first time.
    pub(super) fn insert(&self, conn: &Connection, values: &[Value]) -> Result<bool> {
        if !self.columns.iter().zip(values).all(|(column, value)| column.is_sane(value)) {
            return Ok(false);
        }
        let mut statement = conn.prepare_cached(&self.insert)?;
        match statement.execute(rusqlite::params_from_iter(values)) {
            Ok(inserted) => Ok(inserted > 0),
            Err(error) if error.sqlite_error_code() == Some(REFUSED) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// Numbers that count up never come to this; the next one after the last that there is would fail.
const MOST: i64 = 1 << 48;
/// Ids that can have been given out.
pub(super) const IDS: Range<i64> = 1..MOST;

/// What SQLite says of a row that can't be right.
const REFUSED: rusqlite::ErrorCode = rusqlite::ErrorCode::ConstraintViolation;

impl Column {
    /// Whether a number that counts up is one that can have been given out.
    pub(super) fn is_sane(&self, value: &Value) -> bool {
        match value {
            Value::Integer(id) if self.is_id => IDS.contains(id),
            Value::Integer(number) if self.name == "seq" || self.name == "position" => {
                (-MOST..MOST).contains(number)
            }
            _ => true,
        }
    }

    fn takes(&self, value: Option<&Value>) -> bool {
        match value {
            None => self.nullable,
            Some(Value::Null) => self.nullable || self.is_id,
            Some(_) if self.is_id => false,
            Some(Value::Integer(_)) => self.kind == "INTEGER" || self.kind == "ANY",
            Some(Value::Text(_)) => self.kind == "TEXT" || self.kind == "ANY",
            Some(Value::Blob(_)) => self.kind == "BLOB" || self.kind == "ANY",
            Some(Value::Real(_)) => false,
        }
    }
}

fn is_uuid(bytes: &[u8]) -> bool {
    bytes.len() == 16
        && bytes.get(6).is_some_and(|byte| matches!(byte >> 4, 4 | 5 | 7))
        && bytes.get(8).is_some_and(|byte| byte & 0xc0 == 0x80)
}
