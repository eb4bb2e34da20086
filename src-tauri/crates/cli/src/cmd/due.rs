//! `due`: what today holds.

use std::io::{self, Write};
use std::process::ExitCode;

use serde_json::json;

use crate::Context;
use crate::failure::Failure;

pub fn run(context: &Context) -> Result<ExitCode, Failure> {
    let today = context.open()?.today(context.clock.now())?;
    if let Some(day) = &today.clock_behind_since {
        // Not `eprintln`, which panics when nobody reads stderr.
        let _ = writeln!(
            io::stderr(),
            "cairn-cli: cards were answered on {day}, which is still to come: check the clock"
        );
    }
    let value = json!({ "day": today.day, "total": today.counts, "decks": today.decks });
    context.out.value(&value, |_| {
        let mut lines =
            vec![format!("{:<40} {:>5} {:>6} {:>10}", today.day, "new", "ready", "see again")];
        let mut line = |name: &str, new: u32, due: u32, drill: u32| {
            lines.push(format!("{name:<40} {new:>5} {due:>6} {drill:>10}"));
        };
        for deck in &today.decks {
            line(&deck.name, deck.new, deck.due, deck.drill);
        }
        line("all", today.counts.new, today.counts.due, today.counts.drill);
        lines.join("\n")
    })?;
    Ok(ExitCode::SUCCESS)
}
