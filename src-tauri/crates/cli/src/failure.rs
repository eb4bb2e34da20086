//! Why a command failed, for people and programs.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use cairn_import::view::FileProblem;
use cairn_store::{Error, ErrorCode};
use serde_json::{Value, json};

/// A failure of a command.
pub struct Failure {
    code: Value,
    message: String,
    hint: String,
    problems: Vec<FileProblem>,
    closed_pipe: bool,
    /// A failure of the collection whose path is still to be named.
    unplaced: Option<Box<Error>>,
}

impl Failure {
    /// A wrong use of the command.
    pub fn usage(message: String, hint: &str) -> Self {
        Self::new(json!("usage"), message, hint.to_owned())
    }

    /// A failure of the collection at `path`.
    pub fn of(path: &Path) -> impl FnOnce(Error) -> Self + use<'_> {
        move |error| {
            let failure = error.failure(path);
            Self::new(json!(failure.code), failure.message, failure.hint)
        }
    }

    /// Files with faults.
    pub fn files(name: &str, problems: Vec<FileProblem>) -> Self {
        let message = format!("{name} has {} to mend", count(problems.len()));
        let hint = "Nothing was changed. Mend the lines named above and try again.".into();
        Self { problems, ..Self::new(json!("content"), message, hint) }
    }

    /// A file that can't be read.
    pub fn unreadable(path: &Path, error: &io::Error) -> Self {
        let message = format!("{} can't be read: {error}", path.display());
        Self::new(json!("not_found"), message, "Check the path and try again.".into())
    }

    fn new(code: Value, message: String, hint: String) -> Self {
        Self { code, message, hint, problems: Vec::new(), closed_pipe: false, unplaced: None }
    }

    /// A place that can't be written.
    pub fn unwritable(path: &Path, error: &io::Error) -> Self {
        let message = format!("{} can't be written: {error}", path.display());
        let hint = "Check that the folder may be written, or choose another place.".into();
        Self::new(json!("not_writable"), message, hint)
    }

    /// The same, naming the collection at `path` where that was not done yet.
    pub fn at(self, path: &Path) -> Self {
        match self.unplaced {
            Some(error) => Self::of(path)(*error),
            None => self,
        }
    }

    /// The same, naming what was done all the same and where it is.
    pub fn yet(mut self, what: &str, path: &Path) -> Self {
        let _ = write!(self.message, "; {what} is in {}", path.display());
        self
    }

    /// Whether nobody reads the output any more.
    pub fn is_closed_pipe(&self) -> bool {
        self.closed_pipe
    }

    /// Whether the person called it off.
    pub fn is_cancelled(&self) -> bool {
        self.code == json!(ErrorCode::Cancelled)
    }

    /// For programs.
    pub fn to_json(&self) -> Value {
        json!({ "event": "error", "code": self.code, "message": self.message, "hint": self.hint,
                "problems": self.problems })
    }

    /// For people.
    pub fn to_text(&self) -> String {
        let problems: String = self
            .problems
            .iter()
            .map(|p| {
                let place = match p.line {
                    0 => p.file.clone(),
                    line => format!("{}: line {line}, column {}", p.file, p.column),
                };
                format!("{place}: {}. {}\n", p.message, p.hint)
            })
            .collect();
        format!("{problems}{}. {}", self.message, self.hint)
    }
}

fn count(problems: usize) -> String {
    match problems {
        1 => "1 fault".into(),
        n => format!("{n} faults"),
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        let hint =
            "Check where the input comes from and the output goes, and try again.".to_owned();
        let message = format!("input or output: {error}");
        Self { closed_pipe, ..Self::new(json!("internal"), message, hint) }
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let failure = error.failure(Path::new("the collection"));
        Self {
            unplaced: Some(Box::new(error)),
            ..Self::new(json!(failure.code), failure.message, failure.hint)
        }
    }
}

impl From<cairn_import::Error> for Failure {
    fn from(error: cairn_import::Error) -> Self {
        use cairn_import::Error as Import;
        let code = match error {
            Import::Store(error) => return error.into(),
            Import::Unreadable(..) | Import::Nothing(_) => "not_found",
            Import::Cancelled => "cancelled",
            Import::BadChoice(_) | Import::TooMany(..) => "bad_value",
            Import::UnknownKind(_) | Import::TooLarge(..) | Import::Faulty(_) => "content",
            Import::Staging(_) => "disk_full",
        };
        Self::new(json!(code), error.to_string(), error.hint().to_owned())
    }
}

impl From<cairn_export::Error> for Failure {
    fn from(error: cairn_export::Error) -> Self {
        use cairn_export::Error as Export;
        let hint = match error {
            Export::Store(error) => return error.into(),
            Export::Exists(_) => "Choose another name, or write over it with --force.",
            _ => error.hint(),
        };
        Self::new(json!(error.code()), error.to_string(), hint.to_owned())
    }
}
