//! `undo`: takes back the last act, and names it.

use std::process::ExitCode;

use crate::Context;
use crate::failure::Failure;

pub fn run(context: &Context) -> Result<ExitCode, Failure> {
    let undone = context.open()?.undo(context.clock.now())?;
    context.out.value(&undone.act, |act| {
        format!("taken back: {} “{}”", act.kind.name().replace('_', " "), act.subject)
    })?;
    Ok(ExitCode::SUCCESS)
}
