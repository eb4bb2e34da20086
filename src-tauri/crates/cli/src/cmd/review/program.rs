//! The line protocol: one JSON object a line out, one word a line in.

use cairn_core::grade::Grade;
use cairn_core::text::{Block, Inline, plain};
use cairn_store::view::{OutcomeView, Phase, Shown};
use serde_json::{Map, Value, json};

use super::{Sitting, read_line};
use crate::failure::Failure;

/// Words and their grades, in the order of the buttons.
const GRADES: [(&str, Grade); 4] =
    [("again", Grade::AGAIN), ("hard", Grade::HARD), ("good", Grade::GOOD), ("easy", Grade::EASY)];

pub(super) fn run(mut sitting: Sitting<'_>) -> Result<(), Failure> {
    while let Some(shown) = sitting.step.shown.clone() {
        write_card(&mut sitting, &shown)?;
        if !one_line(&mut sitting, &shown)? {
            break;
        }
    }
    write(&sitting, &json!({ "event": "done", "answered": sitting.answered }))
}

/// Reads lines until one was carried out (or refused); `false` to leave.
fn one_line(sitting: &mut Sitting<'_>, shown: &Shown) -> Result<bool, Failure> {
    let mut option = None;
    loop {
        let Some(line) = read_line()? else { return Ok(false) };
        match line.as_str() {
            "quit" => return Ok(false),
            "undo" => {
                match sitting.undo() {
                    Ok(act) => write(sitting, &json!({ "event": "undone", "act": act }))?,
                    Err(error) => refuse(sitting, &error.to_string())?,
                }
                return Ok(true);
            }
            word => {
                if let Some(id) = word.strip_prefix("option ") {
                    match shown.options.iter().find(|known| known.id == id.trim()) {
                        Some(known) => option = Some(known.id.clone()),
                        None => {
                            refuse(sitting, &format!("this card has no option “{}”", id.trim()))?;
                            return Ok(true);
                        }
                    }
                    continue;
                }
                grade(sitting, shown, word, option)?;
                return Ok(true);
            }
        }
    }
}

fn grade(
    sitting: &mut Sitting<'_>,
    shown: &Shown,
    word: &str,
    option: Option<String>,
) -> Result<(), Failure> {
    let known = GRADES.iter().find(|(name, _)| *name == word).map(|(_, grade)| *grade);
    let outcome = known.and_then(|grade| outcome(shown, grade));
    let (Some(grade), Some(outcome)) = (known, outcome) else {
        let words: Vec<&str> = names(shown).collect();
        let message = format!("“{word}” is none of: {} undo quit", words.join(" "));
        return refuse(sitting, &message);
    };
    match sitting.answer(shown, grade, option) {
        Ok(()) => write(
            sitting,
            &json!({ "event": "answered", "card": shown.card, "grade": grade, "due": outcome.due,
                     "interval_days": outcome.interval_days }),
        ),
        Err(error) => refuse(sitting, &error.to_string()),
    }
}

/// The words that this card takes.
fn names(shown: &Shown) -> impl Iterator<Item = &'static str> {
    GRADES.iter().filter(|(_, grade)| outcome(shown, *grade).is_some()).map(|(name, _)| *name)
}

fn outcome(shown: &Shown, grade: Grade) -> Option<&OutcomeView> {
    shown.outcomes.iter().find(|outcome| outcome.grade == grade.value())
}

fn write_card(sitting: &mut Sitting<'_>, shown: &Shown) -> Result<(), Failure> {
    let counts = sitting.collection.counts(sitting.context.clock.now())?;
    let mut outcomes = Map::new();
    for (name, grade) in GRADES {
        if let Some(outcome) = outcome(shown, grade) {
            let value = json!({ "due": outcome.due, "interval_days": outcome.interval_days,
                                "drill_today": outcome.drill_today });
            outcomes.insert(name.to_owned(), value);
        }
    }
    let options: Vec<Value> = shown
        .options
        .iter()
        .map(|option| json!({ "id": option.id, "text": plain_inline(&option.text) }))
        .collect();
    write(
        sitting,
        &json!({
            "event": "card",
            "card": shown.card,
            "token": shown.token,
            "kind": shown.kind,
            "front": plain(&shown.front),
            "back": back(shown),
            "options": options,
            "drill": shown.phase == Phase::Drill,
            "outcomes": outcomes,
            "counts": counts,
        }),
    )
}

/// The answer as plain text; of a choice, the right options.
fn back(shown: &Shown) -> String {
    if shown.options.is_empty() {
        return plain(&shown.back);
    }
    let right = shown.options.iter().filter(|option| option.right);
    right.map(|option| plain_inline(&option.text)).collect::<Vec<_>>().join("\n")
}

pub(super) fn plain_inline(inlines: &[Inline]) -> String {
    plain(&[Block::Paragraph { children: inlines.to_vec() }])
}

fn refuse(sitting: &Sitting<'_>, message: &str) -> Result<(), Failure> {
    write(sitting, &json!({ "event": "error", "message": message }))
}

fn write(sitting: &Sitting<'_>, value: &Value) -> Result<(), Failure> {
    sitting.context.out.line(&value.to_string())
}
