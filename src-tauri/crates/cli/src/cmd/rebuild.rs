//! `rebuild`: every schedule from the log alone, compared with the cached one.

use std::process::ExitCode;

use serde_json::json;

use crate::Context;
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct Rebuild {
    /// Only say how many differ.
    #[arg(long)]
    dry_run: bool,
}

impl Rebuild {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let differing = context.open()?.rebuild(self.dry_run, context.clock.now())?;
        let value = json!({ "differing": differing, "written": !self.dry_run && differing > 0 });
        context.out.value(&value, |_| differing.to_string())?;
        Ok(ExitCode::SUCCESS)
    }
}
