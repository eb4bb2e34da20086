//! `export --format F --out PATH`: progress and decks as files, in every format that Cairn writes.

mod bar;

use std::path::PathBuf;
use std::process::ExitCode;

use cairn_export::view::{Exported, Format, Request};
use chrono::NaiveDate;
use clap::ValueEnum;

use crate::Context;
use crate::failure::Failure;
use crate::interrupt;
use bar::Bar;

#[derive(clap::Args)]
pub struct Export {
    /// What is written.
    #[arg(long, value_enum)]
    format: Name,
    /// The file to write; a folder for csv, and for md of several decks.
    #[arg(long, value_name = "PATH")]
    out: PathBuf,
    /// Only this deck, by its id or its name.
    #[arg(long, value_name = "NAME")]
    deck: Option<String>,
    /// First study day of the answers (report, csv), such as 2026-11-01.
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// Last study day of them.
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// Your name (report).
    #[arg(long, value_name = "WORDS")]
    name: Option<String>,
    /// Quote cards (report).
    #[arg(long)]
    card_text: bool,
    /// Leave schedules and history out (apkg).
    #[arg(long)]
    without_progress: bool,
    /// Leave pictures and sounds out (apkg, json, md).
    #[arg(long)]
    without_media: bool,
    /// Write over a file that is there.
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// A progress report: one HTML file, to read, print or hand on.
    Report,
    /// Two tables in a folder: cards.csv and reviews.csv.
    Csv,
    /// Cairn JSON: everything.
    Json,
    /// An Anki package.
    Apkg,
    /// Deck text, without progress.
    Md,
    /// A calendar: the exam and the days to come.
    Ics,
}

impl Export {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        self.check()?;
        let open = context.open_to_read()?;
        let mut bar = Bar::new(&context.clock);
        interrupt::listen();
        let written = cairn_export::run(
            &open.reader,
            &self.request(),
            context.clock.now(),
            &mut |done, total| bar.at(done, total),
        );
        bar.clear();
        let out = self.out.display().to_string();
        context.out.value(&written?, |written| text(written, &out))?;
        Ok(ExitCode::SUCCESS)
    }

    /// Refuses a wish that the format can't heed, lest a file hold what nobody wants in it.
    fn check(&self) -> Result<(), Failure> {
        let Self { format, without_progress, without_media, .. } = self;
        if *without_progress && !matches!(format, Name::Apkg | Name::Md) {
            return Err(Failure::usage(
                "--without-progress is for Anki packages".into(),
                "To give a deck away without your progress, choose apkg or md.",
            ));
        }
        if *without_media && !matches!(format, Name::Apkg | Name::Json | Name::Md) {
            return Err(Failure::usage(
                "--without-media is for apkg, json and md".into(),
                "Leave it out: this format holds no pictures and sounds.",
            ));
        }
        Ok(())
    }

    fn request(&self) -> Request {
        Request {
            format: match self.format {
                Name::Report => Format::Report,
                Name::Csv => Format::Csv,
                Name::Json => Format::Json,
                Name::Apkg => Format::Apkg,
                Name::Md => Format::Md,
                Name::Ics => Format::Ics,
            },
            out: self.out.clone(),
            deck: self.deck.clone(),
            from: self.from,
            to: self.to,
            name: self.name.clone().unwrap_or_default(),
            card_text: self.card_text,
            progress: !self.without_progress,
            media: !self.without_media,
            overwrite: self.force,
        }
    }
}

/// What was written and where: a line of counts, a line a file where there are several, and what
/// could not go along.
fn text(written: &Exported, out: &str) -> String {
    let counts = [
        (written.decks, "deck", "decks"),
        (written.notes, "note", "notes"),
        (written.cards, "card", "cards"),
        (written.answers, "row of history", "rows of history"),
        (written.media, "picture or sound", "pictures and sounds"),
    ];
    let counts: Vec<String> = counts
        .into_iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }))
        .collect();
    let counts = if counts.is_empty() { "nothing yet".into() } else { counts.join(", ") };
    let mut lines = vec![format!("{out}: {counts}")];
    if written.files.len() > 1 {
        lines.extend(written.files.iter().map(|file| format!("  {}", file.path)));
    }
    lines.extend(written.remarks.iter().cloned());
    lines.join("\n")
}
