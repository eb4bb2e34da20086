//! A folder with a collection, the binary run in it, and what it said.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use cairn_core::day::Moment;
use chrono::{DateTime, TimeDelta};
use serde_json::Value;
use tempfile::TempDir;

/// Noon in California on the first day of every course: 21 November 2026.
pub const NOW: &str = "2026-11-21T12:00:00-08:00";

/// Noon, so many days after [`NOW`].
pub fn noon(days: i64) -> String {
    let first = DateTime::parse_from_rfc3339(NOW).unwrap();
    (first + TimeDelta::days(days)).to_rfc3339()
}

/// A pretended time as the library takes it.
pub fn moment(now: &str) -> Moment {
    let time = DateTime::parse_from_rfc3339(now).unwrap();
    Moment { utc_ms: time.timestamp_millis(), offset_minutes: time.offset().local_minus_utc() / 60 }
}

/// The study day, so many days after [`NOW`].
pub fn day(days: i64) -> String {
    noon(days)[..10].to_owned()
}

/// One card of each kind, in this order; the choice has two right options.
pub const THREE_KINDS: &str = "\
---
id: small
title: Small deck
---

## basic: mutual

What does *mutual* mean?

---

Each person gives and receives.

> Mutual does not mean identical.

## cloze: line

Recovery is {{c1::rarely a straight line::not a road}}.

## choice: first

What comes first?

- [ ] tell: Tell her what helped you.
  Your story can wait.
- [x] ask: Ask what she would like.
  Choice and voice come first.
- [x] listen: Listen.
  Nobody was ever hurt by it.
";

/// A deck of so many cards with a question and an answer; `mark` stands in every question.
pub fn basics(count: usize, mark: &str) -> String {
    let cards: String = (0..count)
        .map(|n| format!("\n## basic: n{n}\n\nQuestion {n} {mark}?\n\n---\n\nAnswer {n}.\n"))
        .collect();
    format!("---\nid: plain\ntitle: Plain deck\n---\n{cards}")
}

/// A folder that lives as long as the test, with room for a collection.
pub struct Home {
    folder: TempDir,
    pub collection: PathBuf,
}

impl Home {
    /// No collection yet.
    pub fn bare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let collection = folder.path().join("collection.cairn");
        Self { folder, collection }
    }

    /// A collection without cards.
    pub fn empty() -> Self {
        let home = Self::bare();
        home.run(NOW, &["create", "--empty"]).ok();
        home
    }

    /// A collection with one deck.
    pub fn with(deck: &str) -> Self {
        let home = Self::empty();
        home.import(deck).ok();
        home
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The binary, with this collection and a pretended time.
    pub fn command(&self, now: &str, args: &[&str]) -> Command {
        let mut command = binary();
        command.arg("--collection").arg(&self.collection).args(["--now", now]).args(args);
        command
    }

    pub fn run(&self, now: &str, args: &[&str]) -> Said {
        Said::of(self.command(now, args).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs a command with `input` on its stdin.
    pub fn feed(&self, now: &str, args: &[&str], input: impl AsRef<[u8]>) -> Said {
        let mut command = self.command(now, args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_ref()).unwrap();
        Said::of(child.wait_with_output().unwrap())
    }

    /// Imports a deck on the first day.
    pub fn import(&self, deck: impl AsRef<[u8]>) -> Said {
        let file = self.write("deck.md", deck);
        self.run(NOW, &["import", file.to_str().unwrap(), "--json"])
    }

    /// The rows of the log, oldest first.
    pub fn log(&self) -> Vec<Value> {
        self.run(NOW, &["log", "--json"]).ok().lines()
    }

    /// `new`, `due` and `drill` of all decks.
    pub fn counts(&self, now: &str) -> [u64; 3] {
        let due = self.run(now, &["due", "--json"]).ok().json();
        ["new", "due", "drill"].map(|key| due["total"][key].as_u64().unwrap())
    }

    /// The check finds nothing, and every schedule is what the log says.
    pub fn is_sound(&self) {
        let check = self.run(NOW, &["check", "--json"]).ok().json();
        assert_eq!(check["ok"], true, "the collection is sound: {check}");
        let differing = self.run(NOW, &["rebuild", "--dry-run"]).ok();
        assert_eq!(differing.out, "0\n", "every schedule is the fold of its log");
    }

    /// Statements on the file itself, behind the program's back.
    pub fn sql(&self, statements: &str) {
        let conn = rusqlite::Connection::open(&self.collection).unwrap();
        conn.execute_batch(statements).unwrap();
    }

    /// Every file below the folder with its bytes: to show that nothing changed.
    pub fn files(&self) -> BTreeMap<OsString, Bytes> {
        let mut found = BTreeMap::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    found.insert(path.clone().into(), Bytes(Vec::new()));
                    folders.push(path);
                } else if !is_passing(&path) {
                    found.insert(path.clone().into(), Bytes(fs::read(path).unwrap()));
                }
            }
        }
        found
    }
}

/// What is left beside a database that was only read: SQLite's index of the log, an empty log, and
/// the empty files on which programs keep each other out.
fn is_passing(path: &Path) -> bool {
    let name = path.to_string_lossy();
    let is_empty = || fs::metadata(path).unwrap().len() == 0;
    let is_empty_one = ["-wal", ".lock", ".backup-lock"].iter().any(|end| name.ends_with(end));
    name.ends_with("-shm") || is_empty_one && is_empty()
}

/// What is in a file. A failed assertion prints its length only.
#[derive(PartialEq, Eq)]
pub struct Bytes(Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// The binary, deaf to whatever collection the person who runs the tests has.
pub fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cairn-cli"));
    command.env_remove("CAIRN_COLLECTION");
    command
}

/// How a run of the binary ended, and what it said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn of(output: Output) -> Self {
        let said = Self {
            code: output.status.code().expect("the program was not killed"),
            out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
            err: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
        };
        assert!(!said.err.contains("panicked"), "the program never panics: {said:?}");
        said
    }

    /// It went well and had nothing to complain about.
    pub fn ok(self) -> Self {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "all is well: {self:?}");
        self
    }

    /// It failed with this code, and stderr says each of these.
    pub fn fails(self, code: i32, says: &[&str]) -> Self {
        assert_eq!(self.code, code, "the exit code: {self:?}");
        for words in says {
            assert!(self.err.contains(words), "stderr says {words:?}: {self:?}");
        }
        self
    }

    /// The one line of JSON on stdout.
    pub fn json(&self) -> Value {
        let lines = self.lines();
        assert_eq!(lines.len(), 1, "one line of JSON: {self:?}");
        lines.into_iter().next().unwrap()
    }

    /// Every line of JSON on stdout.
    pub fn lines(&self) -> Vec<Value> {
        let parse = |line| serde_json::from_str(line).unwrap_or_else(|_| panic!("JSON: {line}"));
        self.out.lines().map(parse).collect()
    }
}

/// The keys of an object, in alphabetical order.
pub fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
