//! `review`: study in a terminal, or by a line protocol for programs.

mod people;
mod program;

use std::io::{self, BufRead};
use std::process::ExitCode;
use std::time::Instant;

use cairn_core::grade::Grade;
use cairn_store::view::{Shown, Step};
use cairn_store::{Answer, Collection, Error};

use crate::Context;
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct Review {
    /// Study one deck only, by its id or name.
    #[arg(long, value_name = "NAME")]
    deck: Option<String>,
}

impl Review {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let mut collection = context.open()?;
        let step = collection.begin(self.deck.as_deref(), None, context.clock.now())?;
        let sitting = Sitting { context, collection, step, answered: 0, since: Instant::now() };
        if context.out.json {
            program::run(sitting)?
        } else {
            people::run(sitting)?
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A review under way.
struct Sitting<'a> {
    context: &'a Context,
    collection: Collection,
    step: Step,
    answered: u32,
    /// When the present card was shown.
    since: Instant,
}

impl Sitting<'_> {
    /// Saves a grade for the card shown and goes on to the next. An answer to a card that changed
    /// meanwhile shows it anew.
    fn answer(&mut self, shown: &Shown, grade: Grade, option: Option<String>) -> Result<(), Error> {
        let taken_ms = u32::try_from(self.since.elapsed().as_millis()).unwrap_or(u32::MAX);
        let token = shown.token.clone();
        let answer = Answer { token, grade: grade.value(), taken_ms, option };
        let now = self.context.clock.now();
        match self.collection.answer(&answer, now) {
            Ok(step) => {
                self.answered += 1;
                self.show(step);
                Ok(())
            }
            Err(Error::CardChanged) => {
                let step = self.collection.step(now)?;
                self.show(step);
                Err(Error::CardChanged)
            }
            Err(error) => Err(error),
        }
    }

    fn undo(&mut self) -> Result<cairn_store::ActName, Error> {
        let undone = self.collection.undo(self.context.clock.now())?;
        if undone.act.kind == cairn_store::ActKind::Answer {
            self.answered = self.answered.saturating_sub(1);
        }
        self.show(undone.step);
        Ok(undone.act)
    }

    fn show(&mut self, step: Step) {
        self.step = step;
        self.since = Instant::now();
    }
}

/// The next line typed, without its end; `None` at the end of the input. What is not UTF-8 is
/// replaced, so that it is refused like any other word that means nothing.
fn read_line() -> Result<Option<String>, Failure> {
    let mut line = Vec::new();
    let read = io::stdin().lock().read_until(b'\n', &mut line)?;
    Ok((read > 0).then(|| String::from_utf8_lossy(&line).trim().to_owned()))
}
