//! `create`: a new collection, with the program's own decks unless `--empty`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cairn_core::day::Moment;
use cairn_formats::builtin;
use cairn_store::{Collection, Settings, durable};
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
        // Made beside its place and moved there whole: killed in between, nothing is half-made.
        let unfinished = unfinished(&path);
        let made = make(&unfinished, &settings, self.empty, now);
        if made.is_err() {
            remove(&unfinished);
        }
        let added = made.map_err(Failure::of(&path))?;
        durable::rename(&unfinished, &path).map_err(|error| Failure::unwritable(&path, &error))?;
        remove(&unfinished);
        let made = json!({ "collection": path, "notes": added });
        context.out.value(&made, |_| format!("{}: {added} notes", path.display()))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Makes the collection at `path` and closes it; gives how many notes it holds.
fn make(path: &Path, settings: &Settings, empty: bool, now: Moment) -> cairn_store::Result<u32> {
    remove(path);
    let mut collection = Collection::open(path, now)?;
    collection.set_up(settings, now)?;
    let added = if empty {
        collection.refuse_content()?;
        0
    } else {
        let report = collection.take_in_content(&builtin::fingerprint(), builtin::packages, now)?;
        report.map_or(0, |report| report.added)
    };
    // Closing does this too, but says nothing when the disk refuses; and only this file is moved.
    collection.checkpoint()?;
    Ok(added)
}

/// Removes what is left of an unfinished collection.
fn remove(path: &Path) {
    for part in ["", "-wal", "-shm", ".lock"] {
        let mut name = path.as_os_str().to_owned();
        name.push(part);
        let _ = std::fs::remove_file(name);
    }
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".unfinished");
    PathBuf::from(name)
}
