//! SQLite's own look at the file: pages, trees, indexes, constraints.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::view::{Finding, FindingKind};
use super::words::many;
use super::{Named, fault};
use crate::error::Result;

/// Faults of the file that are listed at most.
const LISTED: u32 = 100;

/// Everything that SQLite finds wrong.
pub(super) fn look(conn: &Connection) -> Vec<Finding> {
    let verdicts = match verdicts(conn) {
        Ok(verdicts) => verdicts,
        Err(error) => return vec![damaged(&[error.to_string()])],
    };
    let indexes = Roots::of(conn);
    let (mut index, mut search, mut file) = (Vec::new(), 0, Vec::new());
    for verdict in verdicts {
        for line in verdict.lines().filter(|line| *line != "ok" && !line.starts_with("***")) {
            match Part::of(line, &indexes) {
                Part::Index(name) => index.push(name),
                Part::Search => search += 1,
                Part::File => file.push(line.to_owned()),
            }
        }
    }
    let mut findings = Vec::new();
    if !file.is_empty() {
        findings.push(damaged(&file));
    }
    if !index.is_empty() {
        let names: BTreeSet<String> = index.into_iter().collect();
        let mut named = Named::default();
        names.into_iter().for_each(|name| named.add(|| name));
        let message = many(
            named.count,
            "index of the file is not what its table says",
            "indexes of the file are not what their tables say",
        );
        findings.push(fault(FindingKind::Index, message, named));
    }
    if search > 0 {
        let message = "the search index is damaged".to_owned();
        findings.push(fault(FindingKind::Search, message, Named { count: 1, examples: vec![] }));
    }
    findings
}

fn verdicts(conn: &Connection) -> Result<Vec<String>> {
    let mut statement = conn.prepare(&format!("PRAGMA integrity_check({LISTED})"))?;
    let mut rows = statement.query([])?;
    let mut verdicts: Vec<String> = Vec::new();
    loop {
        match rows.next() {
            Ok(Some(row)) => verdicts.push(row.get(0)?),
            Ok(None) => return Ok(verdicts),
            Err(error) => {
                verdicts.push(error.to_string());
                return Ok(verdicts);
            }
        }
    }
}

/// The finding of a file that can't be read whole.
pub(super) fn damaged(lines: &[String]) -> Finding {
    let mut named = Named::default();
    lines.iter().for_each(|line| named.add(|| line.clone()));
    let message = "parts of the file are damaged and can't be read".to_owned();
    fault(FindingKind::File, message, named)
}

/// The finding where the look at the file ended for no reason known.
pub(super) fn stopped() -> Vec<Finding> {
    vec![damaged(&["SQLite's own check stopped".to_owned()])]
}

/// Which part of the file a verdict is about.
enum Part {
    File,
    Index(String),
    Search,
}

/// The root pages of the indexes, with their names.
struct Roots(Vec<(i64, String)>);

impl Roots {
    fn of(conn: &Connection) -> Self {
        let read = || -> Result<_> {
            let roots = conn
                .prepare("SELECT rootpage, name FROM sqlite_schema WHERE type = 'index'")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(roots)
        };
        Self(read().unwrap_or_default())
    }
}

impl Part {
    fn of(line: &str, indexes: &Roots) -> Self {
        if line.contains("FTS5") || line.contains("note_search") {
            return Self::Search;
        }
        // “row 3 missing from index X”, “wrong # of entries in index X”, “non-unique entry in index X”
        if let Some((_, name)) = line.split_once(" index ") {
            return Self::Index(name.split_whitespace().next().unwrap_or_default().to_owned());
        }
        // “Tree 12 page 40 cell 3: …”
        let root = line
            .strip_prefix("Tree ")
            .and_then(|rest| rest.split_whitespace().next())
            .and_then(|root| root.parse::<i64>().ok());
        let known = root.and_then(|root| indexes.0.iter().find(|(page, _)| *page == root));
        known.map_or(Self::File, |(_, name)| Self::Index(name.clone()))
    }
}
