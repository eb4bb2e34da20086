//! Faults of what the document says, gathered by the way to the value and placed at the end.

use std::fmt;

use cairn_core::package::Problem;

use super::locate::{Path, Step, offsets};
use crate::problem::{Place, Problems, SHOWN};

/// Gathers faults: the first [`SHOWN`] in the order of the document are kept, the others counted.
#[derive(Default)]
pub(super) struct Faults {
    kept: Vec<Fault>,
    more: usize,
}

struct Fault {
    path: Vec<Step>,
    message: String,
    hint: String,
}

impl Faults {
    pub fn add(&mut self, path: &Path<'_>, message: impl fmt::Display, hint: impl fmt::Display) {
        if self.kept.len() == SHOWN {
            self.more += 1;
            return;
        }
        let (message, hint) = (message.to_string(), hint.to_string());
        self.kept.push(Fault { path: path.steps(), message, hint });
    }

    /// What was made of the document, if it has no fault.
    pub fn or<T>(self, json: &str, made: T) -> Result<T, Vec<Problem>> {
        if self.kept.is_empty() {
            return Ok(made);
        }
        let (paths, told): (Vec<_>, Vec<_>) =
            self.kept.into_iter().map(|fault| (fault.path, (fault.message, fault.hint))).unzip();
        let mut placed: Vec<_> = offsets(json, &paths).into_iter().zip(told).collect();
        placed.sort_by_key(|(offset, _)| *offset);
        let mut problems = Problems::default();
        let mut lines = Lines { json, line: 1, start: 0 };
        for (offset, (message, hint)) in placed {
            problems.add(lines.place(offset), format_args!("{message}"), format_args!("{hint}"));
        }
        for _ in 0..self.more {
            problems.add(Place::start(u32::MAX), format_args!(""), format_args!(""));
        }
        problems.or(made)
    }
}

/// Lines counted once, while the places asked for go forward.
struct Lines<'a> {
    json: &'a str,
    line: u32,
    /// Where the line begins.
    start: usize,
}

impl<'a> Lines<'a> {
    fn place(&mut self, offset: usize) -> Place<'a> {
        let passed = self.json.get(self.start..offset).unwrap_or_default();
        if let Some(last) = passed.rfind('\n') {
            let lines = passed.bytes().filter(|byte| *byte == b'\n').count();
            self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
            self.start += last + 1;
        }
        Place { line: self.line, before: self.json.get(self.start..offset).unwrap_or_default() }
    }
}

/// Where the byte at `offset` stands.
pub(super) fn place(json: &str, offset: usize) -> Place<'_> {
    Lines { json, line: 1, start: 0 }.place(offset)
}
