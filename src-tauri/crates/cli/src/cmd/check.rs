//! `check`: the collection's soundness, or the lint of a deck file. Exit 1 when something is wrong.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cairn_formats::deck_markdown;
use serde_json::json;

use crate::Context;
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct Check {
    /// A deck file; without it the collection is checked.
    file: Option<PathBuf>,
}

impl Check {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        match &self.file {
            Some(file) => deck(context, file),
            None => collection(context),
        }
    }
}

fn deck(context: &Context, file: &Path) -> Result<ExitCode, Failure> {
    let bytes = std::fs::read(file).map_err(|error| Failure::unreadable(file, &error))?;
    let problems = match deck_markdown::parse_bytes(&bytes) {
        Ok(package) => {
            let notes: usize = package.decks.iter().map(|deck| deck.notes.len()).sum();
            let value = json!({ "ok": true, "notes": notes, "problems": [] });
            context
                .out
                .value(&value, |_| format!("{}: {notes} cards, no fault", file.display()))?;
            return Ok(ExitCode::SUCCESS);
        }
        Err(problems) => problems,
    };
    let value = json!({ "ok": false, "problems": problems });
    context.out.value(&value, |_| {
        let lines: Vec<String> = problems
            .iter()
            .map(|p| {
                format!("{}:{}:{}: {}. {}", file.display(), p.line, p.column, p.message, p.hint)
            })
            .collect();
        lines.join("\n")
    })?;
    Ok(ExitCode::FAILURE)
}

fn collection(context: &Context) -> Result<ExitCode, Failure> {
    let findings = context.open()?.check()?;
    let value = json!({ "ok": findings.is_empty(), "findings": findings });
    context.out.value(&value, |_| match findings.as_slice() {
        [] => "everything is sound".to_owned(),
        findings => {
            let lines: Vec<String> =
                findings.iter().map(|f| format!("{}: {}", f.what, f.message)).collect();
            lines.join("\n")
        }
    })?;
    Ok(if findings.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
