//! `check`: the collection's soundness, or the lint of a deck file or of a folder of content.
//!
//! Exit 0 when nothing is wrong (with `--repair`: when nothing is wrong any more), 1 when something is
//! wrong or the collection can't be looked at.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cairn_formats::content::{Library, lint};
use cairn_formats::deck_markdown;
use cairn_store::{CheckReport, Collection, Remedy, Repair, backup, backup_before_repair};
use serde_json::json;

use crate::Context;
use crate::failure::Failure;
use crate::interrupt;

#[derive(clap::Args)]
pub struct Check {
    /// A deck file, or a folder with `decks/*.md`, `sources.toml` and `exam.toml`; without it the collection is
    /// checked.
    #[arg(conflicts_with_all = ["thorough", "repair"])]
    file: Option<PathBuf>,
    /// Also read every picture and sound and compare it with what it was.
    #[arg(long)]
    thorough: bool,
    /// Put right what can be, after a backup. Undo takes it back.
    #[arg(long)]
    repair: bool,
}

impl Check {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        match &self.file {
            Some(folder) if folder.is_dir() => content(context, folder),
            Some(file) => deck(context, file),
            None if self.repair => repair(context, self.thorough),
            None => collection(context, self.thorough),
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

/// Looks at the collection through a reader: it may be damaged, read-only, or open elsewhere.
fn collection(context: &Context, thorough: bool) -> Result<ExitCode, Failure> {
    let path = context.existing()?;
    let how = cairn_store::Check { thorough, now: context.clock.now() };
    let reader = context.reader(&path)?;
    interrupt::listen();
    let report = reader.check(how, &mut |_, _| interrupt::go_on())?;
    context.out.value(&report, words)?;
    Ok(code(&report))
}

fn repair(context: &Context, thorough: bool) -> Result<ExitCode, Failure> {
    let path = context.existing()?;
    let now = context.clock.now();
    // Brings an older file up to date; a damaged one is told here.
    drop(context.reader(&path)?);
    let media = backup::media_folders(&path);
    let mut backup = || backup_before_repair(&path, now);
    let repair = Repair { only: &[], media: &media, backup: &mut backup, thorough, now };
    interrupt::listen();
    let done = Collection::repair_file(&path, repair, &mut |_, _| interrupt::go_on())?;
    let value = json!({ "ok": done.after.ok, "mended": done.mended,
                        "findings": done.after.findings });
    context.out.value(&value, |_| {
        let mut lines: Vec<String> =
            done.mended.iter().map(|mended| format!("mended: {}", mended.message)).collect();
        lines.push(words(&done.after));
        lines.join("\n")
    })?;
    Ok(code(&done.after))
}

fn code(report: &CheckReport) -> ExitCode {
    if report.ok { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The report for people: a line a finding, and under it what can be done.
pub fn words(report: &CheckReport) -> String {
    let mut lines = Vec::new();
    if report.ok {
        lines.push("everything is sound".to_owned());
    }
    for finding in &report.findings {
        let examples = match finding.examples.as_slice() {
            [] => String::new(),
            examples if finding.count as usize > examples.len() => {
                format!(" ({}, …)", examples.join(", "))
            }
            examples => format!(" ({})", examples.join(", ")),
        };
        lines.push(format!("{}: {}{examples}", finding.what.name(), finding.message));
        lines.push(format!("  {}", finding.repair));
    }
    let faults = report.findings.iter();
    if faults.clone().any(|finding| finding.remedy == Remedy::Salvage) {
        lines.push("Salvage with: cairn-cli salvage".to_owned());
    } else if faults.clone().any(|finding| finding.remedy == Remedy::Repair) {
        lines.push("Repair with: cairn-cli check --repair".to_owned());
    }
    lines.join("\n")
}
