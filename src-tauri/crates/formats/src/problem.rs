//! Faults in a file: gathered in the order of the file, and shown as a line of text.

use std::fmt;

use cairn_core::package::Problem;

/// Faults shown of one file; a last one says how many more there are.
pub const SHOWN: usize = 100;

/// Longest piece of a file that a message repeats, in characters.
const QUOTED_CHARACTERS: usize = 64;

/// One fault as a line of text, `file:line:column: message. hint`, which editors can jump to.
pub fn describe(file: &str, problem: &Problem) -> String {
    let Problem { line, column, message, hint } = problem;
    format!("{file}:{line}:{column}: {message}. {hint}")
}

/// Where a fault is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    /// Line, counted from 1.
    pub line: u32,
    /// What stands before the fault in its line. Kept as text, because counting characters costs
    /// time and most faults of a very broken file are never shown.
    pub before: &'a str,
}

impl Place<'_> {
    /// The first column of a line.
    pub fn start(line: u32) -> Self {
        Self { line, before: "" }
    }

    fn column(self) -> u32 {
        u32::try_from(self.before.chars().count()).unwrap_or(u32::MAX).saturating_add(1)
    }
}

/// Gathers faults: the first [`SHOWN`] by line and column are kept, the others are counted.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    kept: Vec<Problem>,
    more: usize,
}

impl Problems {
    /// Adds a fault. The texts are only put together when the fault will be shown.
    pub fn add(&mut self, place: Place<'_>, message: fmt::Arguments<'_>, hint: fmt::Arguments<'_>) {
        let full = self.kept.len() == SHOWN;
        if full && self.kept.last().is_some_and(|last| last.line < place.line) {
            self.more += 1;
            return;
        }
        let (line, column) = (place.line, place.column());
        let at = self.kept.partition_point(|kept| (kept.line, kept.column) <= (line, column));
        if at == SHOWN {
            self.more += 1;
            return;
        }
        if full {
            self.kept.pop();
            self.more += 1;
        }
        let problem =
            Problem { line, column, message: message.to_string(), hint: hint.to_string() };
        self.kept.insert(at, problem);
    }

    /// What was made of the file, if it has no fault.
    pub fn or<T>(mut self, made: T) -> Result<T, Vec<Problem>> {
        let Some(last) = self.kept.last() else { return Ok(made) };
        if self.more > 0 {
            let (line, column) = (last.line, last.column);
            let faults = if self.more == 1 { "fault is" } else { "faults are" };
            self.kept.push(Problem {
                line,
                column,
                message: format!("{} more {faults} not shown", self.more),
                hint: "Mend these first and read the file again.".into(),
            });
        }
        Err(self.kept)
    }
}

/// A piece of a file as a message repeats it: in backquotes, and not without end.
pub(crate) struct Quoted<'a>(pub &'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.char_indices().nth(QUOTED_CHARACTERS) {
            Some((end, _)) => write!(f, "`{}…`", &self.0[..end]),
            None => write!(f, "`{}`", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gathered(lines: impl IntoIterator<Item = u32>) -> Vec<Problem> {
        let mut problems = Problems::default();
        for line in lines {
            problems.add(
                Place::start(line),
                format_args!("fault {line}"),
                format_args!("Mend it."),
            );
        }
        problems.or(()).unwrap_err()
    }

    #[test]
    fn a_fault_is_one_line_that_an_editor_understands() {
        let problem =
            Problem { line: 3, column: 7, message: "no id".into(), hint: "Add one.".into() };
        assert_eq!(describe("a.md", &problem), "a.md:3:7: no id. Add one.");
    }

    #[test]
    fn no_fault_gives_what_was_made() {
        assert_eq!(Problems::default().or(7), Ok(7));
    }

    #[test]
    fn faults_stand_in_the_order_of_the_file() {
        let lines: Vec<u32> = gathered([5, 2, 9, 2]).iter().map(|p| p.line).collect();
        assert_eq!(lines, [2, 2, 5, 9]);
    }

    #[test]
    fn only_the_first_hundred_by_line_are_shown() {
        let problems = gathered((1..=250).rev());
        assert_eq!(problems.len(), SHOWN + 1);
        assert_eq!((problems[0].line, problems[99].line), (1, 100));
        assert_eq!(problems[100].message, "150 more faults are not shown");
    }

    #[test]
    fn one_hundred_faults_need_no_closing_line() {
        assert_eq!(gathered(1..=100).len(), SHOWN);
        assert_eq!(gathered(1..=101)[100].message, "1 more fault is not shown");
    }

    #[test]
    fn a_long_piece_is_cut() {
        assert_eq!(Quoted("é").to_string(), "`é`");
        assert_eq!(Quoted(&"é".repeat(65)).to_string(), format!("`{}…`", "é".repeat(64)));
    }
}
