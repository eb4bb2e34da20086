//! `create`: a new collection, with the program's own decks unless `--empty`.

use std::process::ExitCode;

use cairn_formats::builtin;
use cairn_store::{Collection, Settings};
use serde_json::json;

use crate::Context;
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct Create {
    /// Without the decks that come with the program.
    #[arg(long)]
    empty: bool,
    /// New cards a day.
    #[arg(long, value_name = "N")]
    new_limit: Option<u32>,
}

impl Create {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let path = context.path()?;
        if path.exists() {
            return Err(Failure::usage(
                format!("there is already something at {}", path.display()),
                "It was left as it is. Choose another path with --collection PATH.",
            ));
        }
        let now = context.clock.now();
        let mut settings = Settings::default();
        if let Some(limit) = self.new_limit {
            settings.new_per_day = limit;
            let defaults = Settings::default();
            settings.check(&defaults, chrono::NaiveDate::MIN).map_err(Failure::of(&path))?;
        }
        let mut collection = Collection::open(&path, now).map_err(Failure::of(&path))?;
        let added = if self.empty {
            collection.refuse_content().map_err(Failure::of(&path))?;
            0
        } else {
            let report = collection
                .take_in_content(&builtin::fingerprint(), builtin::packages, now)
                .map_err(Failure::of(&path))?;
            report.map_or(0, |report| report.added)
        };
        collection.save_settings(&settings, now).map_err(Failure::of(&path))?;
        let made = json!({ "collection": path, "notes": added });
        context.out.value(&made, |_| format!("{}: {added} notes", path.display()))?;
        Ok(ExitCode::SUCCESS)
    }
}
