//! A usable review in a terminal.

use cairn_core::grade::Grade;
use cairn_core::text::plain;
use cairn_store::Error;
use cairn_store::view::{Done, OutcomeView, Phase, Shown};

use super::program::plain_inline;
use super::{Sitting, read_line};
use crate::failure::Failure;

/// What a person wants next.
enum Wish {
    Leave,
    Undo,
    Grade(Grade, Option<String>),
}

pub(super) fn run(mut sitting: Sitting<'_>) -> Result<(), Failure> {
    say(&sitting, "Enter goes on, u takes back the last act, q leaves. Everything is saved.\n")?;
    while let Some(shown) = sitting.step.shown.clone() {
        match ask(&sitting, &shown)? {
            Wish::Leave => return say(&sitting, "Everything is saved. Until next time."),
            Wish::Undo => match sitting.undo() {
                Ok(act) => say(&sitting, &format!("Taken back: “{}”.\n", act.subject))?,
                Err(error @ Error::NothingToUndo) => say(&sitting, &format!("{error}\n"))?,
                Err(error) => return Err(error.into()),
            },
            Wish::Grade(grade, option) => match sitting.answer(&shown, grade, option) {
                Ok(()) => say(&sitting, &format!("Saved. Next {}.\n", next(&shown, grade)))?,
                Err(error @ Error::CardChanged) => say(&sitting, &format!("{error}\n"))?,
                Err(error) => return Err(error.into()),
            },
        }
    }
    match &sitting.step.done {
        Some(done) => say(&sitting, &summary(done)),
        None => Ok(()),
    }
}

fn ask(sitting: &Sitting<'_>, shown: &Shown) -> Result<Wish, Failure> {
    let progress = sitting.step.progress;
    let phase = match shown.phase {
        Phase::New => "new to you",
        Phase::Review => "review",
        Phase::Drill => "see again",
    };
    say(
        sitting,
        &format!(
            "— {} of {} · {} · {phase}",
            progress.done + 1,
            progress.total.max(progress.done + 1),
            shown.deck
        ),
    )?;
    say(sitting, &format!("{}\n", plain(&shown.front)))?;
    if !shown.options.is_empty() {
        return ask_options(sitting, shown);
    }
    match prompt(sitting, "Enter: show the answer > ")?.as_deref() {
        None | Some("q") => return Ok(Wish::Leave),
        Some("u") => return Ok(Wish::Undo),
        Some(_) => {}
    }
    say(sitting, &format!("\n{}\n", plain(&shown.back)))?;
    corrective(sitting, shown)?;
    ask_grade(sitting, shown, None, false)
}

fn ask_options(sitting: &Sitting<'_>, shown: &Shown) -> Result<Wish, Failure> {
    for (letter, option) in ('a'..).zip(&shown.options) {
        say(sitting, &format!("  {letter}) {}", plain_inline(&option.text)))?;
    }
    let chosen = loop {
        match prompt(sitting, "\nYour choice > ")?.as_deref() {
            None | Some("q") => return Ok(Wish::Leave),
            Some("u") => return Ok(Wish::Undo),
            Some(word) => {
                let letters = ('a'..).zip(&shown.options);
                match letters.into_iter().find(|(letter, _)| word == letter.to_string()) {
                    Some((_, option)) => break option,
                    None => say(sitting, "Choose one of the letters, u or q.")?,
                }
            }
        }
    };
    for (letter, option) in ('a'..).zip(&shown.options) {
        let mark = if option.right { "best" } else { "not best" };
        say(sitting, &format!("  {letter}) {mark}: {}", plain(&option.reason)))?;
    }
    corrective(sitting, shown)?;
    if chosen.right {
        return ask_grade(sitting, shown, Some(chosen.id.clone()), true);
    }
    say(sitting, "That counts as Again; it comes back today.")?;
    match prompt(sitting, "Enter goes on > ")?.as_deref() {
        None | Some("q") => Ok(Wish::Leave),
        Some("u") => Ok(Wish::Undo),
        Some(_) => Ok(Wish::Grade(Grade::AGAIN, Some(chosen.id.clone()))),
    }
}

fn ask_grade(
    sitting: &Sitting<'_>,
    shown: &Shown,
    option: Option<String>,
    chosen: bool,
) -> Result<Wish, Failure> {
    let drill = shown.phase == Phase::Drill;
    let buttons: &[(&str, &str, Grade)] = if drill {
        &[("1", "Not yet", Grade::AGAIN), ("2", "Got it", Grade::GOOD)]
    } else {
        &[
            ("1", if chosen { "I guessed" } else { "Again" }, Grade::AGAIN),
            ("2", "Hard", Grade::HARD),
            ("3", "Good", Grade::GOOD),
            ("4", "Easy", Grade::EASY),
        ]
    };
    let labels: Vec<String> = buttons
        .iter()
        .map(|(key, name, grade)| format!("{key} {name} ({})", next(shown, *grade)))
        .collect();
    say(sitting, &labels.join("   "))?;
    loop {
        let enter = if drill { "Enter: Got it > " } else { "Enter: Good > " };
        match prompt(sitting, enter)?.as_deref() {
            None | Some("q") => return Ok(Wish::Leave),
            Some("u") => return Ok(Wish::Undo),
            Some("") => return Ok(Wish::Grade(Grade::GOOD, option)),
            Some(word) => match buttons.iter().find(|(key, _, _)| *key == word) {
                Some((_, _, grade)) => return Ok(Wish::Grade(*grade, option)),
                None => say(sitting, "Choose one of the numbers, u or q.")?,
            },
        }
    }
}

fn corrective(sitting: &Sitting<'_>, shown: &Shown) -> Result<(), Failure> {
    if shown.corrective.is_empty() {
        return Ok(());
    }
    say(sitting, &format!("For the exam: {}\n", plain(&shown.corrective)))
}

fn next(shown: &Shown, grade: Grade) -> String {
    let found = shown.outcomes.iter().find(|outcome| outcome.grade == grade.value());
    match found {
        Some(OutcomeView { drill_today: true, due, .. }) => format!("once more today, then {due}"),
        Some(outcome) => outcome.due.clone(),
        None => String::new(),
    }
}

fn summary(done: &Done) -> String {
    let recall = match done.recall {
        Some(recall) => format!("{} of {} remembered", recall.right, recall.of),
        None => "no recall to measure yet: a first sight is reading".to_owned(),
    };
    let next = match &done.next_due {
        Some(next) => format!("{} on {}", next.cards, next.day),
        None => "none yet".to_owned(),
    };
    format!(
        "Done: {} cards, {} of them new; {recall}. Next cards: {next}.",
        done.studied, done.new_cards
    )
}

fn prompt(sitting: &Sitting<'_>, text: &str) -> Result<Option<String>, Failure> {
    sitting.context.out.prompt(text)?;
    read_line()
}

fn say(sitting: &Sitting<'_>, text: &str) -> Result<(), Failure> {
    sitting.context.out.line(text)
}
