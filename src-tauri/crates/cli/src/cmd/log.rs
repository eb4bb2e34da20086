//! `log`: every row, oldest first; with `--json` one object a line.

use std::process::ExitCode;

use cairn_store::LogEntry;

use crate::Context;
use crate::failure::Failure;

pub fn run(context: &Context) -> Result<ExitCode, Failure> {
    let collection = context.open()?;
    collection.for_each_log_entry(|entry| context.out.value(&entry, line))?;
    Ok(ExitCode::SUCCESS)
}

fn line(entry: &LogEntry) -> String {
    let grade = entry.grade.map_or_else(|| "-".to_owned(), |grade| grade.to_string());
    let due = entry.due.as_deref().unwrap_or("-");
    let voided = if entry.voided { "  taken back" } else { "" };
    format!("{}  {:<7} {grade}  next {due}  {}{voided}", entry.day, entry.kind, entry.card)
}
