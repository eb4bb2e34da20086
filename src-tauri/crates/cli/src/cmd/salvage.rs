//! `salvage`: what can be read of a damaged collection, as a new file.
//!
//! Exit 0 when nothing is known to be lost, 1 when something is, or when nothing could be read.

use std::path::PathBuf;
use std::process::ExitCode;

use cairn_store::{SalvageReport, put_in_place, salvage, salvaged_name};
use serde::Serialize;

use crate::Context;
use crate::cmd::check;
use crate::failure::Failure;
use crate::interrupt;

#[derive(clap::Args)]
pub struct Salvage {
    /// The new file; by default it lies beside the damaged one.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Put the new file in the place of the damaged one, which is kept beside it under another name.
    #[arg(long, conflicts_with = "out")]
    replace: bool,
}

/// What came of it.
#[derive(Serialize)]
struct Done {
    #[serde(flatten)]
    report: SalvageReport,
    /// Where the damaged file is.
    damaged: PathBuf,
    /// Whether the new file took its place.
    replaced: bool,
}

impl Salvage {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let path = context.existing()?;
        let now = context.clock.now();
        let into = self.out.unwrap_or_else(|| salvaged_name(&path, now));
        interrupt::listen();
        let report = salvage(&path, &into, now, &mut |_, _| interrupt::go_on())?;
        let mut done = Done { report, damaged: path.clone(), replaced: self.replace };
        if self.replace {
            let kept = put_in_place(&path, &into, now).map_err(Failure::of(&path));
            done.damaged = kept.map_err(|failure| failure.yet("what could be read", &into))?;
            done.report.path = path.to_string_lossy().into_owned();
        }
        context.out.value(&done, words)?;
        Ok(if done.report.lost.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn words(done: &Done) -> String {
    let report = &done.report;
    let mut lines: Vec<String> = report
        .tables
        .iter()
        .map(|table| format!("{}: {} read", table.things, table.read))
        .collect();
    if report.lost.is_empty() {
        lines.push("nothing is known to be lost".to_owned());
    }
    lines.extend(report.lost.iter().cloned());
    if !report.after.ok {
        lines.push(check::words(&report.after));
    }
    let (new, damaged) = (&report.path, done.damaged.display());
    lines.push(if done.replaced {
        format!("The new collection is {new}. The damaged file was kept as {damaged}.")
    } else {
        format!(
            "The new collection is {new}. The damaged file was left as it is.\n\
             Look at it with --collection. To have one in the place of the damaged file, run this \
             with --replace."
        )
    });
    lines.join("\n")
}
