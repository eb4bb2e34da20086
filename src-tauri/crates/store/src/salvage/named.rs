//! What an index of the damaged file says of the rows of a table: the number and the name of each.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::tables::{IDS, Table};
use super::walk::Walk;
use crate::error::Result;

/// A table of the new file, beside the index of the old one, which lies in a table of the session.
pub(super) struct Named<'a> {
    conn: &'a Connection,
    width: usize,
    holder: String,
    key_of: String,
    home: String,
    own_key: String,
    rename: String,
    renumber: String,
}

impl<'a> Named<'a> {
    /// Reads the index. Where nothing of it is left it names no row.
    pub(super) fn of(walk: &mut Walk<'_>, conn: &'a Connection, table: &Table) -> Result<Self> {
        let (name, width) = (&table.name, table.key.len());
        let columns = table.key.join(", ");
        let is = |sign: &str| {
            let each: Vec<String> = table.key.iter().map(|key| format!("{key} = ?")).collect();
            each.join(sign)
        };
        conn.execute_batch(&format!(
            "DROP TABLE IF EXISTS temp.named_{name};
             CREATE TEMP TABLE named_{name} ({columns}, id INTEGER);"
        ))?;
        let places = vec!["?"; width].join(", ");
        let mut insert =
            conn.prepare(&format!("INSERT INTO temp.named_{name} VALUES ({places}, ?)"))?;
        for entry in walk.index(&table.index) {
            let has_id = matches!(entry.last(), Some(Value::Integer(id)) if IDS.contains(id));
            if entry.len() == width + 1 && has_id {
                insert.execute(params_from_iter(entry))?;
            }
        }
        conn.execute_batch(&format!(
            "CREATE INDEX temp.named_{name}_key ON named_{name} ({columns});
             CREATE INDEX temp.named_{name}_id ON named_{name} (id);"
        ))?;
        Ok(Self {
            conn,
            width,
            holder: format!("SELECT id FROM main.{name} WHERE {}", is(" AND ")),
            key_of: format!("SELECT {columns} FROM main.{name} WHERE id = ?"),
            home: format!("SELECT id FROM temp.named_{name} WHERE {} LIMIT 1", is(" AND ")),
            own_key: format!("SELECT {columns} FROM temp.named_{name} WHERE id = ? LIMIT 1"),
            rename: format!("UPDATE OR IGNORE main.{name} SET {} WHERE id = ?", is(", ")),
            renumber: format!("UPDATE OR IGNORE main.{name} SET id = ? WHERE id = ?"),
        })
    }

    /// The row of the new file that bears a name.
    pub(super) fn holder(&self, key: &[Value]) -> Result<Option<i64>> {
        self.id(&self.holder, key)
    }

    /// The name of a row of the new file.
    pub(super) fn key_of(&self, id: i64) -> Result<Option<Vec<Value>>> {
        self.key(&self.key_of, id)
    }

    /// The number that the index has for a name.
    pub(super) fn home(&self, key: &[Value]) -> Result<Option<i64>> {
        self.id(&self.home, key)
    }

    /// The name that the index has for a number.
    pub(super) fn own_key(&self, id: i64) -> Result<Option<Vec<Value>>> {
        self.key(&self.own_key, id)
    }

    /// Gives a row of the new file another name; whether it could be given.
    pub(super) fn rename(&self, id: i64, key: &[Value]) -> Result<bool> {
        let values = key.iter().cloned().chain([Value::Integer(id)]);
        Ok(self.conn.prepare_cached(&self.rename)?.execute(params_from_iter(values))? > 0)
    }

    /// Gives a row of the new file another number; whether it could be given.
    pub(super) fn renumber(&self, id: i64, new: i64) -> Result<bool> {
        Ok(self.conn.prepare_cached(&self.renumber)?.execute([new, id])? > 0)
    }

    fn id(&self, sql: &str, key: &[Value]) -> Result<Option<i64>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        Ok(statement.query_row(params_from_iter(key), |row| row.get(0)).optional()?)
    }

    fn key(&self, sql: &str, id: i64) -> Result<Option<Vec<Value>>> {
        let mut statement = self.conn.prepare_cached(sql)?;
        let key = |row: &rusqlite::Row<'_>| (0..self.width).map(|at| row.get(at)).collect();
        Ok(statement.query_row([id], key).optional()?)
    }
}
