//! `cairn-cli`: the same collection as the window's, for scripts, tests and terminals.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod clock;
mod cmd;
mod failure;
mod interrupt;
mod output;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::clock::Clock;
use crate::failure::Failure;
use crate::output::Output;

/// Spaced repetition for the Medi-Cal Peer Support Specialist exam, in a terminal.
///
/// Not affiliated with CalMHSA, DHCS, HumRRO or Pearson VUE.
#[derive(Parser)]
#[command(name = "cairn-cli", version)]
struct Arguments {
    /// The collection file; by default the desktop program's.
    #[arg(long, global = true, value_name = "PATH", env = "CAIRN_COLLECTION")]
    collection: Option<PathBuf>,
    /// Pretend that it is this time, such as 2026-11-21T09:00:00-08:00.
    #[arg(long, global = true, value_name = "RFC3339")]
    now: Option<String>,
    /// Write JSON, for programs.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the course of the pure rule for a series of grades (0 to 5).
    Schedule(cmd::schedule::Schedule),
    /// Make a collection.
    Create(cmd::create::Create),
    /// Show what today holds.
    Due,
    /// Study.
    Review(cmd::review::Review),
    /// Show every answer, oldest first.
    Log,
    /// Bring in decks, tables, Cairn JSON or Anki packages.
    Import(cmd::import::Import),
    /// Write progress and decks to files: a report, tables, Cairn JSON, Anki, text, a calendar.
    Export(cmd::export::Export),
    /// Show totals.
    Stats,
    /// Check the collection, or a deck file.
    Check(cmd::check::Check),
    /// For authors: sheets and records of blind readings (docs/content-review.md).
    #[command(hide = true)]
    Reading(cmd::reading::Reading),
    /// Make a backup, or list them.
    Backup(cmd::backup::MakeBackup),
    /// Go back to a backup.
    Restore(cmd::restore::Restore),
    /// List the collections that this computer knows.
    Collections,
    /// Take back the last act.
    Undo,
    /// Read what can be read of a damaged collection into a new file; the old one stays as it is.
    Salvage(cmd::salvage::Salvage),
    /// Work out every schedule anew from the log.
    Rebuild(cmd::rebuild::Rebuild),
}

/// What every command works with.
struct Context {
    collection: Option<PathBuf>,
    clock: Clock,
    out: Output,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let out = Output::new(arguments.json);
    match run(arguments) {
        Ok(code) => code,
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            out.failure(&failure);
            match failure.is_cancelled() {
                true => ExitCode::from(interrupt::INTERRUPTED),
                false => ExitCode::FAILURE,
            }
        }
    }
}

fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let context = Context {
        collection: arguments.collection,
        clock: Clock::new(arguments.now.as_deref())?,
        out: Output::new(arguments.json),
    };
    let done = match arguments.command {
        Command::Schedule(command) => command.run(&context),
        Command::Create(command) => command.run(&context),
        Command::Due => cmd::due::run(&context),
        Command::Review(command) => command.run(&context),
        Command::Log => cmd::log::run(&context),
        Command::Import(command) => command.run(&context),
        Command::Export(command) => command.run(&context),
        Command::Stats => cmd::stats::run(&context),
        Command::Check(command) => command.run(&context),
        Command::Reading(command) => command.run(&context),
        Command::Backup(command) => command.run(&context),
        Command::Restore(command) => command.run(&context),
        Command::Collections => cmd::collections::run(&context),
        Command::Undo => cmd::undo::run(&context),
        Command::Salvage(command) => command.run(&context),
        Command::Rebuild(command) => command.run(&context),
    };
    done.map_err(|failure| match context.path() {
        Ok(path) => failure.at(&path),
        Err(_) => failure,
    })
}
