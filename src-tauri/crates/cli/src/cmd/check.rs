//! `check`: the collection's soundness, or the lint of a deck file or of a folder of content. Exit 1
//! when something is wrong.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cairn_formats::content::{Library, lint};
use cairn_formats::deck_markdown;
use serde_json::json;

use crate::Context;
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct Check {
    /// A deck file, or a folder with `decks/*.md`, `sources.toml` and `exam.toml`; without it the collection is
    /// checked.
    file: Option<PathBuf>,
}

impl Check {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        match &self.file {
            Some(folder) if folder.is_dir() => content(context, folder),
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

fn content(context: &Context, folder: &Path) -> Result<ExitCode, Failure> {
    let mut files = Vec::new();
    for place in [folder.to_owned(), folder.join("decks")] {
        let Ok(entries) = std::fs::read_dir(&place) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let is_deck = place != folder && name.ends_with(".md");
            if is_deck || ["sources.toml", "exam.toml"].contains(&name.as_str()) {
                let text = std::fs::read_to_string(&path)
                    .map_err(|error| Failure::unreadable(&path, &error))?;
                files.push((path.display().to_string(), text));
            }
        }
    }
    files.sort();
    let library = Library::read(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let notes: usize = library.decks.iter().map(|deck| deck.deck.notes.len()).sum();
    let findings = lint(&library);
    let ok = findings.is_empty();
    let problems: Vec<_> = findings
        .iter()
        .map(|f| json!({ "file": f.file, "line": f.line, "message": f.message, "hint": f.hint }))
        .collect();
    let value =
        json!({ "ok": ok, "decks": library.decks.len(), "notes": notes, "problems": problems });
    context.out.value(&value, |_| {
        let mut lines: Vec<String> = findings
            .iter()
            .map(|f| format!("{}:{}: {}. {}", f.file, f.line, f.message, f.hint))
            .collect();
        lines.push(format!(
            "{} decks with {notes} notes, {} to mend",
            library.decks.len(),
            findings.len()
        ));
        lines.join("\n")
    })?;
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
