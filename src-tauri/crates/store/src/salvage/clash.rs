//! Rows that changed bytes have made alike: two that bear one number, or one name.
//!
//! # Design
//! The new file takes the first of two; the other is told here what it is. An index of the old file
//! has the number and the name of each row once more (`Named`), so it mostly says which of the two is
//! wrong and what it was. Where it doesn't, the row gets a number or a name that is nobody's: what a
//! person wrote or answered is kept. A row that has no name of its own (where a note came from, a
//! setting) can't be told from another and is counted as lost.

use std::collections::{BTreeMap, BTreeSet};

use cairn_core::day::Moment;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::named::Named;
use super::tables::{Column, IDS, Table};
use super::walk::{Refused, Walk};
use crate::error::Result;
use crate::repair::parents;

/// What became of rows that were not taken as they are.
#[derive(Default)]
pub(super) struct Settled {
    /// Rows that are there under another number or name, or with another mark.
    pub(super) taken: u32,
    /// Rows that are not, by table.
    pub(super) lost: BTreeMap<String, u32>,
}

/// Takes in the rows that were refused, as far as that can be.
pub(super) fn settle(
    walk: &mut Walk<'_>,
    conn: &Connection,
    tables: &[Table],
    refused: Vec<Refused>,
    now: Moment,
) -> Result<Settled> {
    let mut settled = Settled::default();
    let mut names = Names { conn, now, given: 0, device: None };
    let mut loaded = BTreeMap::new();
    for row in refused {
        let Some(table) = tables.get(row.table).filter(|table| !table.key.is_empty()) else {
            let name = tables.get(row.table).map(|table| table.name.clone());
            *settled.lost.entry(name.unwrap_or_default()).or_default() += 1;
            continue;
        };
        let named = match loaded.remove(&row.table) {
            Some(named) => named,
            None => Named::of(walk, conn, table)?,
        };
        match (Clash { conn, table, named: &named }).take(row.values, &mut names)? {
            true => settled.taken += 1,
            false => *settled.lost.entry(table.name.clone()).or_default() += 1,
        }
        loaded.insert(row.table, named);
    }
    Ok(settled)
}

/// A row of a table that has a name besides its number.
struct Clash<'a> {
    conn: &'a Connection,
    table: &'a Table,
    named: &'a Named<'a>,
}

impl Clash<'_> {
    fn take(&self, mut values: Vec<Value>, names: &mut Names<'_>) -> Result<bool> {
        let columns = &self.table.columns;
        let Some(at_id) = columns.iter().position(|column| column.is_id) else { return Ok(false) };
        let at_key: Vec<usize> = (self.table.key.iter())
            .filter_map(|name| columns.iter().position(|column| column.name == *name))
            .collect();
        let key: Vec<Value> = at_key.iter().filter_map(|at| values.get(*at).cloned()).collect();
        let Some(Value::Integer(id)) = values.get(at_id).cloned() else { return Ok(false) };
        let holder = self.named.holder(&key)?;
        if holder == Some(id) {
            // The same row once more, as it was at another time.
            return Ok(false);
        }
        let number = self.number(id, &key)?;
        set(&mut values, &[at_id], vec![number]);
        if let Some(holder) = holder {
            let name = self.name(id, &key, holder, names)?;
            set(&mut values, &at_key, name);
        }
        // Then what can't be right besides, the least first.
        let wrong = |(column, value): (&Column, &Value)| !column.is_sane(value);
        if let Some(at) = columns.iter().zip(&values).position(wrong)
            && !at_key.contains(&at)
        {
            set(&mut values, &[at], vec![Value::Integer(0)]);
        }
        if self.table.insert(self.conn, &values)? {
            return Ok(true);
        }
        let named_so = values.clone();
        set(&mut values, &at_key, names.make(&self.table.key, &key)?);
        if self.table.insert(self.conn, &values)? {
            return Ok(true);
        }
        values = named_so;
        for (at, column) in columns.iter().enumerate() {
            if let Some(mark) = mark(&self.table.name, &column.name) {
                set(&mut values, &[at], vec![mark]);
            }
        }
        self.table.insert(self.conn, &values)
    }

    /// The number for a row. Without a home SQLite gives it the next.
    fn number(&self, id: i64, key: &[Value]) -> Result<Value> {
        let is_free = IDS.contains(&id)
            && match self.named.key_of(id)? {
                Some(other) => self.go_home(id, &other)?,
                None => true,
            };
        let home = self.named.home(key)?;
        Ok(match home {
            _ if is_free => Value::Integer(id),
            Some(home) if self.named.key_of(home)?.is_none() => Value::Integer(home),
            _ => Value::Null,
        })
    }

    /// The name for a row that shares one with another, which may be the one that has to change.
    fn name(
        &self,
        id: i64,
        key: &[Value],
        holder: i64,
        names: &mut Names<'_>,
    ) -> Result<Vec<Value>> {
        let is_ours = self.named.home(key)? == Some(id);
        let right = match self.named.own_key(if is_ours { holder } else { id })? {
            Some(right) if right != key && self.named.holder(&right)?.is_none() => right,
            _ => names.make(&self.table.key, key)?,
        };
        if !is_ours {
            return Ok(right);
        }
        if !self.named.rename(holder, &right)? {
            // What the index has for it is no name at all.
            self.named.rename(holder, &names.make(&self.table.key, key)?)?;
        }
        Ok(key.to_owned())
    }

    /// Moves the row that has come by a number to the one that the index gives it.
    fn go_home(&self, id: i64, key: &[Value]) -> Result<bool> {
        match self.named.home(key)? {
            Some(home) if home != id && self.named.key_of(home)?.is_none() => {
                self.named.renumber(id, home)
            }
            _ => Ok(false),
        }
    }
}

fn set(values: &mut [Value], at: &[usize], new: Vec<Value>) {
    for (at, new) in at.iter().zip(new) {
        if let Some(value) = values.get_mut(*at) {
            *value = new;
        }
    }
}

/// What a column holds that admits few values, where those of a row are refused.
fn mark(table: &str, column: &str) -> Option<Value> {
    match (table, column) {
        ("note" | "card", "gone") | ("deck", "built_in") | ("card", "suspended" | "flagged") => {
            Some(Value::Integer(0))
        }
        ("review_log", "kind") => Some(Value::Text("foreign".into())),
        ("review_log", "grade")
        | (
            "card",
            "repetitions" | "interval_days" | "ease_hundredths" | "due" | "last_day" | "lapses",
        ) => Some(Value::Null),
        _ => None,
    }
}

/// Names that are nobody's.
struct Names<'a> {
    conn: &'a Connection,
    now: Moment,
    given: i64,
    /// The computer to which acts and answers are given that bear the numbers of others.
    device: Option<i64>,
}

impl Names<'_> {
    fn make(&mut self, columns: &[String], old: &[Value]) -> Result<Vec<Value>> {
        self.given += 1;
        match (columns.first().map(String::as_str), old.first()) {
            (Some("device"), _) => {
                let device = match self.device {
                    Some(device) => device,
                    None => {
                        let uuid = parents::fresh(self.conn, "rows alike", self.now);
                        self.conn
                            .execute("INSERT INTO device (uuid) VALUES (?)", [uuid.as_bytes()])?;
                        self.conn.last_insert_rowid()
                    }
                };
                self.device = Some(device);
                Ok(vec![Value::Integer(device), Value::Integer(self.given)])
            }
            (Some("json"), Some(Value::Text(json))) => {
                Ok(vec![Value::Text(parents::unlike(self.conn, json, self.given)?)])
            }
            _ => {
                let what = format!("row {} that was like another", self.given);
                let uuid = parents::fresh(self.conn, &what, self.now);
                Ok(vec![Value::Blob(uuid.as_bytes().to_vec())])
            }
        }
    }
}

/// Tables with the columns of others that name their rows.
const NAMED_IN: [(&str, &[(&str, &str)]); 6] = [
    ("device", &[("operation", "device"), ("review_log", "device")]),
    ("operation", &parents::OPERATIONS),
    ("policy", &[("review_log", "policy")]),
    ("deck", &[("note", "deck"), ("card", "deck")]),
    ("note", &[("card", "note")]),
    ("card", &[("review_log", "card")]),
];

/// Gives rows their number back that came by one that was free: others name the number which the
/// index has for them, and none the one that they bear.
pub(super) fn send_home(walk: &mut Walk<'_>, conn: &Connection, tables: &[Table]) -> Result<()> {
    for (name, children) in NAMED_IN {
        let missing = parents::missing(conn, children, name)?;
        let table = tables.iter().find(|table| table.name == name);
        let Some(table) = table.filter(|_| !missing.is_empty()) else { continue };
        let named = Named::of(walk, conn, table)?;
        let in_use = in_use(conn, children)?;
        for id in missing {
            let Some(key) = named.own_key(id)? else { continue };
            let Some(now) = named.holder(&key)?.filter(|now| !in_use.contains(now)) else {
                continue;
            };
            named.renumber(now, id)?;
        }
    }
    Ok(())
}

/// The ids that rows name.
fn in_use(conn: &Connection, children: &[(&str, &str)]) -> Result<BTreeSet<i64>> {
    let mut ids = BTreeSet::new();
    for (child, column) in children {
        let sql = format!("SELECT DISTINCT {column} FROM {child} WHERE {column} IS NOT NULL");
        let mut statement = conn.prepare(&sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            ids.insert(row.get(0)?);
        }
    }
    Ok(ids)
}
