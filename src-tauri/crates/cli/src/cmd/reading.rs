//! `reading`: sheets for blind readers of a deck's choice items, and the record of their answers.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cairn_core::package::{PackageDeck, Problem};
use cairn_formats::content::blind::{self, Sheet};
use cairn_formats::deck_markdown;
use cairn_import::view::FileProblem;

use crate::Context;
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct Reading {
    /// The deck whose choice items are read.
    deck: PathBuf,
    /// Seed of the shuffles; keep it with the answers.
    #[arg(long)]
    seed: u64,
    /// Leave the stems out: what can be guessed from form alone?
    #[arg(long)]
    form: bool,
    /// Only these items, separated by commas.
    #[arg(long, value_name = "IDS", value_delimiter = ',')]
    only: Vec<String>,
    /// A reader's answers to this sheet (`number<TAB>letter<TAB>remark`): print the raw record
    /// instead of the sheet.
    #[arg(long, value_name = "FILE", requires = "reader")]
    answers: Option<PathBuf>,
    /// Who read.
    #[arg(long)]
    reader: Option<String>,
}

impl Reading {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let deck = read_deck(&self.deck)?;
        let kind = if self.form { Sheet::Form } else { Sheet::Blind };
        let only: BTreeSet<String> = self.only.into_iter().collect();
        let only = Some(&only).filter(|only| !only.is_empty());
        let Some(answers) = self.answers else {
            context.out.line(&blind::sheet(&deck, kind, self.seed, only))?;
            return Ok(ExitCode::SUCCESS);
        };
        let lines = read(&answers)?;
        let reader = self.reader.unwrap_or_default();
        let record =
            blind::record(&deck, kind, self.seed, only, &reader, &lines).map_err(|error| {
                Failure::usage(
                    format!(
                        "{}:{}: this line does not fit the sheet",
                        answers.display(),
                        error.line
                    ),
                    "Write number, tab, letter, tab, remark, with the seed of the sheet.",
                )
            })?;
        context.out.line(blind::print_record(&record).trim_end())?;
        Ok(ExitCode::SUCCESS)
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, &error))
}

fn read_deck(path: &Path) -> Result<PackageDeck, Failure> {
    let package = deck_markdown::parse(&read(path)?).map_err(|problems| faulty(path, problems))?;
    package.decks.into_iter().next().ok_or_else(|| {
        Failure::usage(format!("{} holds no deck", path.display()), "Choose a deck file.")
    })
}

fn faulty(path: &Path, problems: Vec<Problem>) -> Failure {
    let name = path.display().to_string();
    let named = |problem: Problem| FileProblem {
        file: name.clone(),
        line: problem.line,
        column: problem.column,
        message: problem.message,
        hint: problem.hint,
    };
    Failure::files(&name, problems.into_iter().map(named).collect())
}
