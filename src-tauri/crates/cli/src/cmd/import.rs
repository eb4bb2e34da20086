//! `import FILE…`: brings in decks, tables, Cairn JSON and Anki packages, as one act.

use std::path::PathBuf;
use std::process::ExitCode;

use cairn_import::view::{Choices, Counts, FileProblem, Format};
use cairn_import::{Given, Opening, Zone};
use cairn_store::Existing;
use serde_json::json;

use crate::Context;
use crate::failure::Failure;
use crate::interrupt;

#[derive(clap::Args)]
pub struct Import {
    /// Decks (.md, or a folder of them), tables (.csv, .tsv, .txt), Cairn JSON (.json) or Anki
    /// packages (.apkg, .colpkg).
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Name of the deck for tables that name none.
    #[arg(long, value_name = "NAME")]
    deck: Option<String>,
    /// Say what would happen, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Leave the schedules and the history of the files out.
    #[arg(long)]
    start_fresh: bool,
    /// What becomes of notes that are already there.
    #[arg(long, value_enum, default_value_t = IfThere::Update)]
    if_there: IfThere,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum IfThere {
    /// Their text is updated, but for your own edits.
    Update,
    /// They stay as they are.
    KeepMine,
    /// They stay, and the others come in beside them.
    KeepBoth,
}

/// What was done, or would be.
struct Told {
    format: Format,
    counts: Counts,
    problems: Vec<FileProblem>,
    unreadable: u32,
    dry_run: bool,
}

impl Import {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let mut collection = context.open()?;
        let now = context.clock.now();
        let given: Vec<Given> = self.files.iter().cloned().map(Given::Path).collect();
        let zone = Zone { now, start_hour: collection.settings().day_starts_at_hour };
        let mut on = |_, _, _| interrupt::go_on();
        interrupt::listen();
        let mut opening = Opening::open(&given, zone, &mut on)?;
        let chosen = opening.choices().clone();
        opening.choose(Choices {
            deck: self.deck.clone().or_else(|| chosen.deck.clone()),
            fresh: self.start_fresh,
            existing: match self.if_there {
                IfThere::Update => Existing::Update,
                IfThere::KeepMine => Existing::KeepMine,
                IfThere::KeepBoth => Existing::KeepBoth,
            },
            ..chosen
        })?;
        if opening.is_refused() {
            return refused(context, &opening);
        }
        let format = opening.format();
        let told = if self.dry_run {
            let preview = opening.preview(&collection, &mut on)?;
            let (counts, problems, unreadable) =
                (preview.counts, preview.problems, preview.unreadable);
            Told { format, counts, problems, unreadable, dry_run: true }
        } else {
            let report = opening.run(&mut collection, now, &mut on)?;
            let (counts, problems, unreadable) =
                (report.counts, report.problems, report.unreadable);
            Told { format, counts, problems, unreadable, dry_run: false }
        };
        context.out.value(&told.to_json(), |_| told.to_text(&opening.name()))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Files with faults: nothing was changed.
fn refused(context: &Context, opening: &Opening) -> Result<ExitCode, Failure> {
    let problems: Vec<FileProblem> = opening.problems().cloned().collect();
    if context.out.json {
        let unreadable = opening.unreadable();
        let told = Told {
            format: opening.format(),
            counts: Counts::default(),
            problems,
            unreadable,
            dry_run: false,
        };
        context.out.value(&told.to_json(), |_| String::new())?;
        return Ok(ExitCode::FAILURE);
    }
    Err(Failure::files(&opening.name(), problems))
}

impl Told {
    fn to_json(&self) -> serde_json::Value {
        let counts = &self.counts;
        json!({
            "format": name(self.format),
            "dry_run": self.dry_run,
            "added": counts.added,
            "updated": counts.updated,
            "unchanged": counts.unchanged,
            "skipped": counts.kept_edits,
            "keys_changed": counts.keys_changed,
            "cards": counts.cards,
            "scheduled": counts.scheduled,
            "kept_schedules": counts.kept_schedules,
            "settings": counts.settings,
            "unreadable": self.unreadable,
            "problems": self.problems,
        })
    }

    fn to_text(&self, name: &str) -> String {
        let counts = &self.counts;
        let more = |n: u32, words: &str| match n {
            0 => String::new(),
            n => format!(", {n} {words}"),
        };
        let mut lines = vec![format!(
            "{name}: {}{} added, {} updated, {} unchanged{}{}{}{}{}{}",
            if self.dry_run { "would be " } else { "" },
            counts.added,
            counts.updated,
            counts.unchanged,
            more(counts.kept_edits, "with your own edits kept"),
            more(counts.keys_changed, "with another best answer than the one you studied"),
            more(counts.scheduled, "cards with their dates"),
            more(counts.kept_schedules, "cards keep the dates they have here"),
            more(counts.settings, "settings"),
            more(self.unreadable, "not read"),
        )];
        lines.extend(
            self.problems.iter().map(|p| format!("{}: {}. {}", place(p), p.message, p.hint)),
        );
        lines.join("\n")
    }
}

/// Where a problem is, as editors understand it.
fn place(problem: &FileProblem) -> String {
    match problem.line {
        0 => problem.file.clone(),
        line => format!("{}:{line}:{}", problem.file, problem.column),
    }
}

fn name(format: Format) -> &'static str {
    match format {
        Format::Markdown => "deck-markdown",
        Format::Table => "table",
        Format::Json => "json",
        Format::Anki => "anki",
    }
}
