//! The note types of ours: fields, templates and style. No script: what a card shows hangs on which
//! fields are filled.
//!
//! Their ids never change, so that Anki knows them again. Whoever changes fields or templates must
//! raise [`MADE`], or Anki keeps the ones that it has.

use serde_json::{Value, json};

use crate::anki::own::{LETTERS, Own};

/// When they were last changed, in seconds since 1970: 2026-11-21.
const MADE: i64 = 1_795_219_200;
/// The id of the first.
const FIRST_ID: i64 = 1_767_225_600_000;

const CSS: &str = include_str!("card.css");

/// The id of a note type of ours.
pub(super) fn id(own: Own) -> i64 {
    FIRST_ID
        + match own {
            Own::Basic => 1,
            Own::BothWays => 2,
            Own::Cloze => 3,
            Own::Choice => 4,
            Own::Faces(count) => 100 + i64::try_from(count).unwrap_or(0),
        }
}

/// A note type of ours, in the form of schema 11.
pub(super) fn model(own: Own) -> Value {
    let templates: Vec<Value> = templates(own)
        .into_iter()
        .enumerate()
        .map(|(ord, (name, front, back))| json!({ "name": name, "ord": ord, "qfmt": front, "afmt": back }))
        .collect();
    let requires: Vec<Value> = match own {
        Own::Cloze => Vec::new(),
        Own::BothWays => vec![json!([0, "any", [0]]), json!([1, "any", [1]])],
        Own::Faces(count) => (0..count).map(|at| json!([at, "any", [2 * at]])).collect(),
        Own::Basic | Own::Choice => vec![json!([0, "any", [0]])],
    };
    let fields: Vec<Value> = own.fields().into_iter().map(|name| json!({ "name": name })).collect();
    json!({
        "name": own.name(), "type": i32::from(own == Own::Cloze), "mod": MADE, "sortf": 0,
        "css": CSS, "tmpls": templates, "flds": fields, "req": requires,
    })
}

/// Name, front and back of each card.
fn templates(own: Own) -> Vec<(String, String, String)> {
    let card = |number: usize, front: &str, back: &str| {
        let shown = if own == Own::Cloze { "" } else { "{{FrontSide}}\n\n<hr id=answer>\n\n" };
        (format!("Card {number}"), front.to_owned(), format!("{shown}{back}{END}"))
    };
    match own {
        Own::Basic => vec![card(1, "{{Front}}", "{{Back}}")],
        Own::BothWays => {
            vec![card(1, "{{Front}}", "{{Back}}"), card(2, "{{Back}}", "{{Front}}")]
        }
        Own::Cloze => vec![card(1, "{{cloze:Text}}", "{{cloze:Text}}")],
        Own::Choice => {
            let each = |named: &str| -> String {
                let line = |letter: char| {
                    let name = format!("{named} {letter}");
                    format!(
                        "{{{{#{name}}}}}<div class=\"option\"><b>{letter}</b> {{{{{name}}}}}</div>{{{{/{name}}}}}\n"
                    )
                };
                LETTERS.into_iter().map(line).collect()
            };
            let front =
                format!("{{{{Question}}}}\n\n<div class=\"options\">\n{}</div>", each("Option"));
            let right = "<div class=\"right\">Right: {{Right}}</div>\n";
            vec![card(
                1,
                &front,
                &format!("{right}\n<div class=\"options\">\n{}</div>", each("Reason")),
            )]
        }
        Own::Faces(count) => (1..=count)
            .map(|number| {
                card(number, &format!("{{{{Front {number}}}}}"), &format!("{{{{Back {number}}}}}"))
            })
            .collect(),
    }
}

/// What every back ends with.
const END: &str = "\n\n{{#Note}}<div class=\"note\">{{Note}}</div>{{/Note}}\n{{#Source}}<div class=\"source\">{{Source}}</div>{{/Source}}";
