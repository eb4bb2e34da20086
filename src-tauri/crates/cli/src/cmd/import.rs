//! `import FILE.md`: brings in a deck; all of it or nothing.

use std::path::PathBuf;
use std::process::ExitCode;

use cairn_core::package::Problem;
use cairn_formats::deck_markdown;
use cairn_store::{Intake, IntakeReport};
use serde_json::json;

use crate::Context;
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct Import {
    /// A deck in the format of content/FORMAT.md.
    file: PathBuf,
}

impl Import {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let bytes =
            std::fs::read(&self.file).map_err(|error| Failure::unreadable(&self.file, &error))?;
        let package = match deck_markdown::parse_bytes(&bytes) {
            Ok(package) => package,
            Err(problems) if context.out.json => {
                let report = report(&IntakeReport::default(), &problems);
                context.out.value(&report, |_| String::new())?;
                return Ok(ExitCode::FAILURE);
            }
            Err(problems) => return Err(Failure::deck(&self.file, problems)),
        };
        let mut collection = context.open()?;
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let done = collection.take_in(&package, Intake::Import, &name, context.clock.now())?;
        context.out.value(&report(&done, &[]), |_| {
            let more = |n: u32, words: &str| match n {
                0 => String::new(),
                n => format!(", {n} {words}"),
            };
            format!(
                "{name}: {} added, {} updated, {} unchanged{}{}",
                done.added,
                done.updated,
                done.unchanged,
                more(done.kept_edits, "with your own edits kept"),
                more(done.keys_changed, "with another best answer than the one you studied"),
            )
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

fn report(done: &IntakeReport, problems: &[Problem]) -> serde_json::Value {
    json!({
        "format": "deck-markdown",
        "added": done.added,
        "updated": done.updated,
        "unchanged": done.unchanged,
        "skipped": done.kept_edits,
        "keys_changed": done.keys_changed,
        "problems": problems,
    })
}
