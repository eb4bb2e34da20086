//! Text that was edited here, put back into the fields of the note type that it came with, so that
//! Anki takes it as a new version of the note that it has.
//!
//! Whether it was understood is not guessed: what the fields would be read as must be the text.

use cairn_core::note::Content;
use cairn_core::text;

use super::html::{field, gapped};
use super::names::Names;
use crate::anki::content::{self, Limits, Note};
use crate::anki::plan::{Plan, Shape};
use crate::anki::rows::CardRow;

/// The fields of a note, as many as its type has.
pub(super) fn fields_of(fields: &str, count: usize) -> Vec<String> {
    let mut fields: Vec<String> = fields.split('\u{1f}').map(String::from).collect();
    if fields.len() > count {
        let last = fields.split_off(count - 1).join("; ");
        fields.push(last);
    }
    fields.resize(count, String::new());
    fields
}

/// The fields with another text; `None` where the note type has no place for it.
pub(super) fn refill(
    plan: &Plan,
    fields: Vec<String>,
    content: &Content,
    names: &Names,
) -> Option<Vec<String>> {
    let mut fields = fields;
    match (content, &plan.shape) {
        (
            Content::Basic { front, back, note, .. },
            Shape::Basic { front: asked, back: answers, .. },
        ) => {
            *fields.get_mut(*asked)? = field(front, names);
            let whole = if note.is_empty() { back.clone() } else { format!("{back}\n\n{note}") };
            for (at, answer) in answers.iter().enumerate() {
                let text = if at == 0 { field(&whole, names) } else { String::new() };
                *fields.get_mut(*answer)? = text;
            }
        }
        (Content::Cloze { text, note }, Shape::Cloze) => {
            let (asked, extra) = plan.gapped()?;
            *fields.get_mut(asked)? = gapped(text, names);
            if let Some(extra) = extra {
                *fields.get_mut(extra)? = field(note, names);
            }
        }
        _ => return None,
    }
    (trees(&read_again(plan, &fields, content)?) == trees(content)).then_some(fields)
}

/// What the reader makes of the fields.
fn read_again(plan: &Plan, fields: &[String], content: &Content) -> Option<Content> {
    let ord = |key: &String| match key.as_str() {
        "front" => 0,
        "back" => 1,
        key => key.get(1..).and_then(|n| n.parse::<i64>().ok()).map_or(0, |n| n - 1),
    };
    let cards: Vec<CardRow> = content
        .card_keys()
        .iter()
        .map(|key| CardRow { ord: ord(key), ..CardRow::default() })
        .collect();
    let note = Note {
        fields: fields.iter().map(String::as_str).collect(),
        tags: "",
        deck: "",
        cards: &cards,
    };
    let mut limits = Limits { bytes: u64::MAX, look: &mut || Ok(()) };
    content::make(&note, plan, &mut limits).ok().map(|made| made.content)
}

/// What a content says, kind by kind and text by text. A note behind an answer is part of the answer.
fn trees(content: &Content) -> (Vec<String>, Vec<Vec<text::Block>>) {
    let texts = match content {
        Content::Basic { front, back, note, .. } => {
            vec![front.clone(), format!("{back}\n\n{note}")]
        }
        other => other.texts().into_iter().map(String::from).collect(),
    };
    (content.card_keys(), texts.iter().map(|text| text::parse(text)).collect())
}
