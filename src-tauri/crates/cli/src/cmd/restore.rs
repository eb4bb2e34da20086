//! `restore FILE|latest`: puts a backup in the place of the collection, and says what that loses.

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cairn_store::backup::{self, Backup, Confirmed, Restored};
use serde_json::json;

use crate::Context;
use crate::cmd::backup::{count, holding, problem, words};
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct Restore {
    /// A backup, as `cairn-cli backup --list` names it; or `latest`.
    #[arg(value_name = "FILE|latest")]
    backup: PathBuf,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    /// Also when the backup is of another collection, which then takes this one's place.
    #[arg(long)]
    other_collection: bool,
}

impl Restore {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let path = context.path()?;
        let chosen = self.chosen(&path)?;
        if !self.yes && context.out.json {
            return Err(Failure::usage(
                format!("going back to {} {}", chosen.path, what_is_lost(&chosen)),
                "Say --yes to do it; a backup of the present is made first.",
            ));
        }
        if !self.yes && !ask(context, &chosen)? {
            context.out.line("Nothing was changed.")?;
            return Ok(ExitCode::FAILURE);
        }
        let confirmed = Confirmed { other_collection: self.other_collection };
        let now = context.clock.now();
        let done = backup::restore(&path, Path::new(&chosen.path), confirmed, now)
            .map_err(Failure::of(&path))?;
        let value = json!({
            "restored": chosen.path,
            "made_at": chosen.made_at,
            "lost": chosen.lost_if_restored,
            "undo": done.undo.as_ref().map(|undo| &undo.path),
            "kept_aside": done.kept_aside,
            "media_missing": done.media_missing,
            "problems": done.problems,
        });
        context.out.value(&value, |_| told(&chosen, &done))?;
        Ok(ExitCode::SUCCESS)
    }

    fn chosen(&self, path: &Path) -> Result<Backup, Failure> {
        if self.backup.as_os_str() != "latest" {
            return backup::look_at(path, &self.backup).map_err(Failure::of(path));
        }
        let mut found = backup::backups(path).into_iter();
        found.find(|backup| !backup.newer && !backup.other_collection).ok_or_else(|| {
            Failure::usage(
                format!("there is no backup of {}", path.display()),
                "Name the file of a backup, or make one with `cairn-cli backup`.",
            )
        })
    }
}

fn what_is_lost(chosen: &Backup) -> String {
    match chosen.lost_if_restored {
        Some(lost) => format!("would lose {}", words(lost)),
        None => "replaces a collection that can't be compared with it".to_owned(),
    }
}

fn ask(context: &Context, chosen: &Backup) -> Result<bool, Failure> {
    context.out.line(&format!("Backup of {}: {}.", chosen.made_at, holding(chosen)))?;
    context.out.line(&format!("Going back to it {}.", what_is_lost(chosen)))?;
    context.out.prompt("A backup of the present is made first. Go back? [y/N] ")?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn told(chosen: &Backup, done: &Restored) -> String {
    let mut lines = vec![format!("Back to {}: {}.", chosen.made_at, holding(chosen))];
    if let Some(lost) = chosen.lost_if_restored {
        lines.push(format!("Left behind: {}.", words(lost)));
    }
    if let Some(undo) = &done.undo {
        lines.push(format!("To undo this: cairn-cli restore \"{}\"", undo.path));
    }
    if let Some(kept) = &done.kept_aside {
        lines.push(format!("The former file could not be read; it is kept as {kept}."));
    }
    if done.media_missing > 0 {
        lines.push(format!(
            "{} could not be found.",
            count(done.media_missing, "picture or sound file")
        ));
    }
    lines.extend(done.problems.iter().map(problem));
    lines.join("\n")
}
