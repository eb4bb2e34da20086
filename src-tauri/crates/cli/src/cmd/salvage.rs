//! `salvage`: what can be read of a damaged collection, as a new file.
//!
//! Exit 0 when nothing is known to be lost, 1 when something is, or when nothing could be read.

use std::path::PathBuf;
use std::process::ExitCode;

use cairn_store::{SalvageReport, salvage, salvaged_name};

use crate::Context;
use crate::cmd::check;
use crate::failure::Failure;
use crate::interrupt;

#[derive(clap::Args)]
pub struct Salvage {
    /// The new file; by default it lies beside the damaged one.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Salvage {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let path = context.existing()?;
        let now = context.clock.now();
        let into = self.out.unwrap_or_else(|| salvaged_name(&path, now));
        interrupt::listen();
        let report = salvage(&path, &into, now, &mut |_, _| interrupt::go_on())?;
        context.out.value(&report, words)?;
        Ok(if report.lost.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn words(report: &SalvageReport) -> String {
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
    lines.push(format!(
        "The new collection is {}. The damaged file was left as it is.",
        report.path
    ));
    lines
        .push("Look at it with --collection, then move it to the place of the old one.".to_owned());
    lines.join("\n")
}
