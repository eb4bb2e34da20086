//! A client of `cairn-cli review --json` that can kill the program.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::Value;

use crate::cli::Cli;

/// A review under way in a process of its own, which is killed when this is dropped.
#[derive(Debug)]
pub struct Review {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Review {
    /// Starts a review at a pretended time, and does not wait for its first word.
    ///
    /// # Panics
    /// When the program does not start.
    pub fn begin(cli: &Cli, now: &str) -> Self {
        let mut command = cli.command(now, &["review", "--json"]);
        let mut child = command.stdin(Stdio::piped()).spawn().expect("the program starts");
        let input = child.stdin.take().expect("stdin is a pipe");
        let output = BufReader::new(child.stdout.take().expect("stdout is a pipe"));
        Self { child, input, output }
    }

    /// The next event, which is of this kind.
    ///
    /// # Panics
    /// When another comes, or none.
    pub fn expect(&mut self, kind: &str) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("stdout can be read");
        let event = parse(&line).unwrap_or_default();
        assert_eq!(event["event"], kind, "the next event: {line:?}");
        event
    }

    /// Writes one line to the program.
    ///
    /// # Errors
    /// Those of the pipe.
    pub fn say(&mut self, line: &str) -> io::Result<()> {
        self.input.write_all(format!("{line}\n").as_bytes())
    }

    /// Leaves, as a person does, and waits until the program has closed the collection.
    ///
    /// # Panics
    /// When it does not end well.
    pub fn quit(mut self) {
        self.say("quit").expect("the program listens");
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).expect("stdout can be read");
        assert!(self.child.wait().expect("the program is gone").success(), "it ends well: {rest}");
    }

    /// Kills the program at once (SIGKILL; it can neither catch nor tidy up anything) and gives the
    /// events that it had still said. A line without its end was not said.
    ///
    /// # Panics
    /// When the program had ended by itself.
    pub fn kill(mut self) -> Vec<Value> {
        let ended = self.child.try_wait().expect("the program can be asked");
        assert!(ended.is_none(), "the program is alive when it is killed: {ended:?}");
        self.child.kill().expect("the program can be killed");
        self.child.wait().expect("the program is gone");
        let mut rest = Vec::new();
        self.output.read_to_end(&mut rest).expect("stdout can be read");
        let rest = String::from_utf8_lossy(&rest);
        rest.split_inclusive('\n')
            .filter(|line| line.ends_with('\n'))
            .map(|line| parse(line).expect("a whole line is JSON"))
            .collect()
    }
}

impl Drop for Review {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn parse(line: &str) -> Option<Value> {
    serde_json::from_str(line).ok()
}
