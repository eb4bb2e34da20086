//! Card templates: read once per note type, rendered once per card.

mod filters;
mod render;

use super::caps;

pub(super) use filters::{is_empty, words_of};
pub(super) use render::{Cloze, Scene, Side};

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// HTML as it stands.
    Html(String),
    /// `{{filter:Name}}`; filters in the order in which they work.
    Value(Name, Vec<Filter>),
    /// `{{#Name}}…{{/Name}}`, or `{{^Name}}…{{/Name}}`.
    Section { name: Name, filled: bool, inner: Vec<Node> },
}

/// What a mark names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Name {
    Field(usize),
    FrontSide,
    Tags,
    Type,
    Deck,
    Subdeck,
    Card,
    CardFlag,
    CardId,
    /// `c1`: whether the card asks for that gap.
    Gap(u16),
    Unknown,
}

/// What a filter does to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Text,
    Hint,
    Type,
    Cloze,
    ClozeOnly,
    Furigana,
    Kana,
    Kanji,
    Speech,
}

/// A template that names a field its note type lacks, or whose marks do not match.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("a `{{{{` is not closed")]
    Unclosed,
    #[error("`{{{{/{0}}}}}` closes what was not opened")]
    Mismatched(String),
    #[error("`{{{{#{0}}}}}` is not closed")]
    Open(String),
    #[error("its sections are nested too deep")]
    TooDeep,
    #[error("it is too long")]
    TooLong,
}

struct Level {
    raw: String,
    name: Name,
    filled: bool,
    nodes: Vec<Node>,
}

/// Reads a template whose note type has these fields.
pub(super) fn parse(template: &str, fields: &[String]) -> Result<Vec<Node>, Fault> {
    const ALTERNATE: &str = "{{=<% %>=}}";
    if template.len() > caps::TEMPLATE_BYTES {
        return Err(Fault::TooLong);
    }
    let (mut rest, open, close) = match template.trim_start().strip_prefix(ALTERNATE) {
        Some(rest) => (rest, "<%", "%>"),
        None => (template, "{{", "}}"),
    };
    let root = Level { raw: String::new(), name: Name::Unknown, filled: true, nodes: Vec::new() };
    let mut stack = vec![root];
    while !rest.is_empty() {
        let mark = rest.find(open);
        let comment = rest[..mark.unwrap_or(rest.len())].find("<!--");
        if let Some(start) = comment {
            let end = rest[start..].find("-->").map_or(rest.len(), |end| start + end + 3);
            push_html(&mut stack, &rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let Some(start) = mark else {
            push_html(&mut stack, rest);
            break;
        };
        push_html(&mut stack, &rest[..start]);
        let inside = &rest[start + open.len()..];
        let end = inside.find(close).ok_or(Fault::Unclosed)?;
        mark_of(inside[..end].trim_start_matches('{').trim(), fields, &mut stack)?;
        rest = &inside[end + close.len()..];
    }
    if stack.len() > 1 {
        return Err(Fault::Open(stack.pop().map(|level| level.raw).unwrap_or_default()));
    }
    Ok(stack.pop().map(|level| level.nodes).unwrap_or_default())
}

fn push_html(stack: &mut [Level], html: &str) {
    if let Some(level) = stack.last_mut().filter(|_| !html.is_empty()) {
        level.nodes.push(Node::Html(html.to_owned()));
    }
}

fn mark_of(inside: &str, fields: &[String], stack: &mut Vec<Level>) -> Result<(), Fault> {
    if let Some(raw) = inside.strip_prefix(['#', '^']) {
        if stack.len() > caps::SECTION_DEPTH {
            return Err(Fault::TooDeep);
        }
        let raw = raw.trim().to_owned();
        let (name, filled) = (name_of(&raw, fields), inside.starts_with('#'));
        stack.push(Level { raw, name, filled, nodes: Vec::new() });
        return Ok(());
    }
    if let Some(raw) = inside.strip_prefix('/') {
        let raw = raw.trim();
        if stack.len() < 2 || stack.last().is_none_or(|level| level.raw != raw) {
            return Err(Fault::Mismatched(raw.to_owned()));
        }
        if let (Some(Level { name, filled, nodes, .. }), Some(below)) =
            (stack.pop(), stack.last_mut())
        {
            below.nodes.push(Node::Section { name, filled, inner: nodes });
        }
        return Ok(());
    }
    let mut parts = inside.rsplit(':');
    let name = name_of(parts.next().unwrap_or_default().trim(), fields);
    let filters = parts.filter_map(filter_of).collect();
    if let Some(level) = stack.last_mut() {
        level.nodes.push(Node::Value(name, filters));
    }
    Ok(())
}

fn name_of(raw: &str, fields: &[String]) -> Name {
    if let Some(at) = fields.iter().position(|field| field == raw) {
        return Name::Field(at);
    }
    match raw {
        "FrontSide" => Name::FrontSide,
        "Tags" => Name::Tags,
        "Type" => Name::Type,
        "Deck" => Name::Deck,
        "Subdeck" => Name::Subdeck,
        "Card" => Name::Card,
        "CardFlag" => Name::CardFlag,
        "CardID" => Name::CardId,
        _ => match raw.strip_prefix('c').and_then(|number| number.parse().ok()) {
            Some(number) => Name::Gap(number),
            None => Name::Unknown,
        },
    }
}

fn filter_of(raw: &str) -> Option<Filter> {
    let raw = raw.trim();
    Some(match raw {
        "text" => Filter::Text,
        "hint" => Filter::Hint,
        "type" => Filter::Type,
        "cloze" => Filter::Cloze,
        "cloze-only" => Filter::ClozeOnly,
        "furigana" => Filter::Furigana,
        "kana" => Filter::Kana,
        "kanji" => Filter::Kanji,
        _ if raw == "tts" || raw.starts_with("tts ") => Filter::Speech,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
