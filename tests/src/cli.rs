//! Runs of `cairn-cli` on one collection.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use chrono::{DateTime, TimeDelta};
use serde_json::Value;

use crate::binaries::binary;

/// Noon in California so many days after 21 November 2026, and so many seconds: for `--now`.
pub fn noon(days: i64, seconds: i64) -> String {
    let first = DateTime::parse_from_rfc3339("2026-11-21T12:00:00-08:00").expect("a time");
    (first + TimeDelta::days(days) + TimeDelta::seconds(seconds)).to_rfc3339()
}

/// Whether a command did its work. A salvage with `--json` that tells what was lost exits with 1, as
/// one that failed does; only the first has a list of tables.
pub fn went_well(args: &[&str], output: &Output) -> bool {
    let tells = || String::from_utf8_lossy(&output.stdout).contains(r#""tables":["#);
    output.status.success() || (args.first() == Some(&"salvage") && tells())
}

/// The command line with one collection.
#[derive(Debug)]
pub struct Cli {
    program: PathBuf,
    collection: PathBuf,
    variables: Vec<(&'static str, OsString)>,
}

impl Cli {
    /// The program (see [`binary`]; the variable is `CAIRN_CLI`) with the collection at a path.
    pub fn new(collection: impl Into<PathBuf>) -> Self {
        let program = binary("cairn-cli", "CAIRN_CLI");
        Self { program, collection: collection.into(), variables: Vec::new() }
    }

    /// The same with an environment variable for the program.
    pub fn with(mut self, variable: &'static str, value: impl Into<OsString>) -> Self {
        self.variables.push((variable, value.into()));
        self
    }

    /// Where the collection lies.
    pub fn collection(&self) -> &Path {
        &self.collection
    }

    /// Bytes in the write-ahead log: 0 until a commit begins to be written.
    pub fn wal_bytes(&self) -> u64 {
        let mut wal = self.collection.clone().into_os_string();
        wal.push("-wal");
        std::fs::metadata(wal).map_or(0, |data| data.len())
    }

    /// A command at a pretended time, with pipes and without input. An argument that begins with
    /// `./` is a path in the collection's folder.
    pub fn command(&self, now: &str, args: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--collection").arg(&self.collection).args(["--now", now]);
        let folder = self.collection.parent().expect("the collection lies in a folder");
        command.args(args.iter().map(|arg| match arg.strip_prefix("./") {
            Some(name) => folder.join(name).into_os_string(),
            None => OsString::from(arg),
        }));
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs a command to its end.
    pub fn run(&self, now: &str, args: &[&str]) -> Output {
        self.command(now, args).output().expect("the program starts")
    }

    /// Runs a command to its end with this on its stdin.
    ///
    /// # Panics
    /// When it does not start.
    pub fn feed(&self, now: &str, args: &[&str], input: &str) -> Output {
        let mut command = self.command(now, args);
        let mut child = command.stdin(Stdio::piped()).spawn().expect("the program starts");
        let mut stdin = child.stdin.take().expect("stdin is a pipe");
        // A program that was killed does not listen.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        child.wait_with_output().expect("the program can be waited for")
    }

    /// Runs a command that must go well; gives its stdout.
    ///
    /// # Panics
    /// When it does not exit with 0.
    pub fn text(&self, now: &str, args: &[&str]) -> String {
        let output = self.run(now, args);
        assert!(output.status.success(), "{args:?} goes well: {output:?}");
        String::from_utf8(output.stdout).expect("stdout is UTF-8")
    }

    /// Runs a command with `--json` that must go well; gives every line of it.
    ///
    /// # Panics
    /// When it does not exit with 0, or a line is not JSON.
    pub fn json(&self, now: &str, args: &[&str]) -> Vec<Value> {
        let text = self.text(now, &[args, &["--json"]].concat());
        text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
    }

    /// The collection opens, its check finds nothing, and every schedule is the fold of its log.
    ///
    /// # Panics
    /// When one of these is not so.
    pub fn assert_sound(&self, now: &str) {
        let check = self.json(now, &["check"]);
        assert_eq!(check[0]["ok"], true, "the collection is sound: {check:?}");
        let differing = self.text(now, &["rebuild", "--dry-run"]);
        assert_eq!(differing, "0\n", "every schedule is the fold of its log");
    }
}
