//! `backup`: makes a backup, or lists those that there are.

use std::process::ExitCode;

use cairn_store::backup::{self, Backup, Lost, Reason};
use cairn_store::{Failure as Told, place};
use serde_json::json;

use crate::Context;
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct MakeBackup {
    /// Only list the backups, the newest first.
    #[arg(long)]
    list: bool,
}

impl MakeBackup {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let path = context.path()?;
        if self.list {
            let found = backup::backups(&path);
            let value = json!({ "backups": found });
            context.out.value(&value, |_| match found.as_slice() {
                [] => format!("no backups of {}", path.display()),
                found => found.iter().map(line).collect::<Vec<_>>().join("\n"),
            })?;
            return Ok(ExitCode::SUCCESS);
        }
        // Brings a collection of an older version up to date first.
        drop(context.open()?);
        let made =
            backup::make(&path, Reason::ByHand, context.clock.now()).map_err(Failure::of(&path))?;
        let warning = place::warning(&path);
        context.out.value(&json!({ "backup": made.backup, "problems": made.problems }), |_| {
            let one = &made.backup;
            let mut lines = vec![format!("{} ({})", one.path, holding(one))];
            lines.extend(made.problems.iter().map(problem));
            lines.extend(warning.iter().map(|w| format!("Mind: {} {}", w.reason, w.better)));
            lines.join("\n")
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// What went wrong beside a thing that went well.
pub fn problem(problem: &Told) -> String {
    format!("Mind: {}. {}", problem.message, problem.hint)
}

fn line(backup: &Backup) -> String {
    let lost = match backup.lost_if_restored {
        Some(lost) => format!("; going back would lose {}", words(lost)),
        None if backup.other_collection => "; of another collection".to_owned(),
        None => String::new(),
    };
    let newer = if backup.newer { "; made by a newer Cairn" } else { "" };
    let reason = reason(backup.reason);
    format!("{}  {reason}  {}{lost}{newer}\n  {}", backup.made_at, holding(backup), backup.path)
}

/// What a backup holds.
pub fn holding(backup: &Backup) -> String {
    format!(
        "{}, {}, {}",
        count(backup.cards, "card"),
        count(backup.answers, "answer"),
        size(backup.size)
    )
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::BeforeUpdate => "before an update",
        Reason::BeforeImport => "before an import",
        Reason::BeforeRestore => "before a restore",
        Reason::BeforeRepair => "before a repair",
        Reason::Regular => "regular",
        Reason::ByHand => "by hand",
    }
}

/// What going back would lose: `12 answers and 1 import (40 notes)`, or `nothing`.
pub fn words(lost: Lost) -> String {
    let mut parts = Vec::new();
    let mut say = |n: u32, what: &str| {
        if n > 0 {
            parts.push(count(n, what));
        }
    };
    say(lost.answers, "answer");
    say(lost.edits, "other act");
    if lost.imports > 0 {
        let imports = count(lost.imports, "import");
        parts.push(format!("{imports} ({})", count(lost.notes, "note")));
    }
    match parts.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// So many of something.
pub fn count(n: u32, what: &str) -> String {
    if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        _ => format!("{} MB", bytes.div_ceil(1_000_000)),
    }
}
