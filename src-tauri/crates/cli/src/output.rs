//! Lines for people, or JSON for programs.

use std::io::{self, Write};

use serde::Serialize;

use crate::failure::Failure;

/// Where a command writes.
pub struct Output {
    /// Whether programs read it.
    pub json: bool,
}

impl Output {
    /// For people, or for programs.
    pub fn new(json: bool) -> Self {
        Self { json }
    }

    /// Writes one value: as a line of JSON, or as `text` says it.
    pub fn value<T: Serialize>(
        &self,
        value: &T,
        text: impl FnOnce(&T) -> String,
    ) -> Result<(), Failure> {
        let line = if self.json { serde_json::to_string(value)? } else { text(value) };
        self.line(&line)
    }

    /// Writes a line and makes sure that the reader gets it.
    pub fn line(&self, line: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        writeln!(out, "{line}")?;
        Ok(out.flush()?)
    }

    /// Writes without ending the line.
    pub fn prompt(&self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        write!(out, "{text}")?;
        Ok(out.flush()?)
    }

    /// Writes why a command failed: JSON goes where the answer would have gone, words to stderr.
    pub fn failure(&self, failure: &Failure) {
        if self.json {
            println_quietly(&failure.to_json().to_string());
        }
        let _ = writeln!(io::stderr(), "cairn-cli: {}", failure.to_text());
    }
}

fn println_quietly(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
