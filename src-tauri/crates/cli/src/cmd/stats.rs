//! `stats`: totals over the whole collection.

use std::process::ExitCode;

use crate::Context;
use crate::failure::Failure;

pub fn run(context: &Context) -> Result<ExitCode, Failure> {
    let stats = context.open()?.stats(context.clock.now())?;
    context.out.value(&stats, |stats| {
        let recall = stats.recall_30_days.map_or_else(
            || "nothing to measure yet".to_owned(),
            |recall| format!("{} of {} first answers", recall.right, recall.of),
        );
        format!(
            "cards            {}\nnew              {}\nsuspended        {}\nanswers          {}\n\
             days studied     {}\nminutes          {}\nrecall, 30 days  {recall}",
            stats.cards,
            stats.new,
            stats.suspended,
            stats.answers,
            stats.days_studied,
            stats.taken_ms.div_ceil(60_000),
        )
    })?;
    Ok(ExitCode::SUCCESS)
}
