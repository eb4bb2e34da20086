//! What a note asks and answers, and what is known of it.

use std::borrow::Cow;
use std::collections::HashSet;

use cairn_core::area::Area;
use cairn_core::note::{ChoiceOption, Content, Face};
use cairn_core::package::{Citation, Facts, Reading};

use super::date;
use crate::json::faults::Faults;
use crate::json::locate::Path;
use crate::json::wire;
use crate::problem::Quoted;

/// Longest key of a card, in characters.
const MAX_KEY: usize = 16;

/// The text of a note; `None` after a fault.
pub(super) fn content(
    content: wire::Content<'_>,
    path: &Path<'_>,
    faults: &mut Faults,
) -> Option<Content> {
    let needed: &[&str] = match &*content.kind {
        "basic" => &["front", "back"],
        "cloze" => &["text"],
        "faces" => &["faces"],
        "choice" => &["stem", "options"],
        other => {
            faults.add(
                &path.field("kind"),
                format_args!("{} is no kind of note", Quoted(other)),
                "Write `basic`, `cloze`, `faces` or `choice`.",
            );
            return None;
        }
    };
    if !has_fields(&content, needed, path, faults) {
        return None;
    }
    let wire::Content { kind, front, back, both_ways, text, faces, stem, options, note } = content;
    let note = note.into_owned();
    let owned = |text: Option<Cow<'_, str>>| text.unwrap_or_default().into_owned();
    match &*kind {
        "basic" => {
            let (front, back) = (owned(front), owned(back));
            Some(Content::Basic { front, back, both_ways: both_ways == Some(true), note })
        }
        "cloze" => {
            let content = Content::Cloze { text: owned(text), note };
            if content.card_keys().is_empty() {
                faults.add(
                    &path.field("text"),
                    "the text has no gap",
                    "Write at least one, `{{c1::what is hidden}}`.",
                );
            }
            Some(content)
        }
        "faces" => {
            let faces = read_faces(faces.unwrap_or_default(), &path.field("faces"), faults);
            Some(Content::Faces { faces, note })
        }
        _ => {
            let options = read_options(options.unwrap_or_default(), &path.field("options"), faults);
            Some(Content::Choice { stem: owned(stem), options, note })
        }
    }
}

/// Whether the note has the fields of its kind and no others.
fn has_fields(
    content: &wire::Content<'_>,
    needed: &[&str],
    path: &Path<'_>,
    faults: &mut Faults,
) -> bool {
    let kind = &content.kind;
    let fields = [
        ("front", content.front.is_some()),
        ("back", content.back.is_some()),
        ("both_ways", content.both_ways.is_some()),
        ("text", content.text.is_some()),
        ("faces", content.faces.is_some()),
        ("stem", content.stem.is_some()),
        ("options", content.options.is_some()),
    ];
    let mut fine = true;
    for (name, is_there) in fields {
        let may = needed.contains(&name) || (name == "both_ways" && kind == "basic");
        if is_there && !may {
            faults.add(
                &path.field(name),
                format_args!("a note of kind {kind} has no field `{name}`"),
                "Take the field away, or write another kind.",
            );
        } else if !is_there && needed.contains(&name) {
            faults.add(
                path,
                format_args!("a note of kind {kind} needs the field `{name}`"),
                "Add the field.",
            );
        } else {
            continue;
        }
        fine = false;
    }
    fine
}

fn read_faces(faces: Vec<wire::Face<'_>>, path: &Path<'_>, faults: &mut Faults) -> Vec<Face> {
    if faces.is_empty() {
        faults.add(path, "the note has no face", "Write at least one.");
    }
    let mut keys = HashSet::new();
    let mut found = Vec::with_capacity(faces.len());
    for (at, wire::Face { key, front, back }) in faces.into_iter().enumerate() {
        let is_good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        if key.is_empty() || key.len() > MAX_KEY || !key.bytes().all(is_good) {
            faults.add(
                &path.item(at).field("key"),
                format_args!("{} cannot be the key of a card", Quoted(&key)),
                "Write `t1`, `t2` and so on.",
            );
        }
        let [key, front, back] = [key, front, back].map(Cow::into_owned);
        if !keys.insert(key.clone()) {
            twice("key", &key, &path.item(at).field("key"), faults);
        }
        found.push(Face { key, front, back });
    }
    found
}

fn read_options(
    options: Vec<wire::ChoiceOption<'_>>,
    path: &Path<'_>,
    faults: &mut Faults,
) -> Vec<ChoiceOption> {
    if !options.iter().any(|option| option.right) {
        faults.add(path, "no option is right", "Write `\"right\": true` for the best one.");
    }
    let mut ids = HashSet::new();
    let mut found = Vec::with_capacity(options.len());
    for (at, wire::ChoiceOption { id, text, right, reason }) in options.into_iter().enumerate() {
        let [id, text, reason] = [id, text, reason].map(Cow::into_owned);
        if !ids.insert(id.clone()) {
            twice("id", &id, &path.item(at).field("id"), faults);
        }
        found.push(ChoiceOption { id, text, right, reason });
    }
    found
}

fn twice(what: &str, name: &str, path: &Path<'_>, faults: &mut Faults) {
    let message = format_args!("the {what} {} stands twice in the note", Quoted(name));
    faults.add(path, message, "Give one of the two another one.");
}

/// What is known of a note.
pub(super) fn facts(facts: wire::Facts<'_>, path: &Path<'_>, faults: &mut Faults) -> Facts {
    let wire::Facts { area, competencies, concepts, tags, sources, expires } = facts;
    let texts = |list: Vec<Cow<'_, str>>| list.into_iter().map(Cow::into_owned).collect();
    Facts {
        area: area.and_then(|code| read_area(&code, &path.field("area"), faults)),
        competencies: read_competencies(&competencies, &path.field("competencies"), faults),
        concepts: texts(concepts),
        tags: texts(tags),
        sources: sources
            .into_iter()
            .enumerate()
            .map(|(at, citation)| read_citation(citation, &path.field("sources").item(at), faults))
            .collect(),
        expires: expires.and_then(|text| date(&text, &path.field("expires"), faults)),
    }
}

fn read_area(code: &str, path: &Path<'_>, faults: &mut Faults) -> Option<Area> {
    let area = Area::from_code(code);
    if area.is_none() {
        let codes: Vec<&str> = Area::ALL.iter().map(|area| area.code()).collect();
        faults.add(
            path,
            format_args!("{} is no area of the exam", Quoted(code)),
            format_args!("Write one of {}, or leave it out.", codes.join(", ")),
        );
    }
    area
}

fn read_competencies(numbers: &[u32], path: &Path<'_>, faults: &mut Faults) -> Vec<u8> {
    let mut found = Vec::with_capacity(numbers.len());
    for (at, number) in numbers.iter().enumerate() {
        match u8::try_from(*number).ok().filter(|number| (1..=17).contains(number)) {
            Some(number) => found.push(number),
            None => faults.add(
                &path.item(at),
                format_args!("{number} is no core competency"),
                "Write a number from 1 to 17.",
            ),
        }
    }
    found
}

fn read_citation(citation: wire::Citation<'_>, path: &Path<'_>, faults: &mut Faults) -> Citation {
    let wire::Citation { key, how, read_on, place } = citation;
    let how = match &*how {
        "page" => Reading::Page,
        "part" => Reading::Part,
        "secondary" => Reading::Secondary,
        "unknown" => Reading::Unknown,
        other => {
            faults.add(
                &path.field("how"),
                format_args!("{} does not say how a source was read", Quoted(other)),
                "Write `page`, `part`, `secondary` or `unknown`.",
            );
            Reading::Unknown
        }
    };
    let read_on = read_on.and_then(|text| date(&text, &path.field("read_on"), faults));
    Citation { key: key.into_owned(), how, read_on, place: place.into_owned() }
}
