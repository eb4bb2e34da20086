//! A card with faces: below its heading one heading `## face: KEY` a face, with question, line `---`
//! and answer.

use cairn_core::note::{Content, Face};

use crate::problem::{Problems, Quoted};

use super::body;
use super::card::{Shape, Title, check_said, note};
use super::lines::{Kind, Line};
use super::normal;

/// What a heading of a face says before the colon.
pub(super) const FACE: &str = "face";
/// Longest key of a face, in characters.
const MAX_KEY: usize = 16;

/// Whether a heading of level two goes on with the card of the heading above it.
pub(super) fn belongs(line: Line<'_>, above: Line<'_>) -> bool {
    parts(line).is_some_and(|(kind, _)| kind == FACE)
        && parts(above).is_some_and(|(kind, _)| kind == Shape::Faces.name())
}

/// Whether `key` can name a face.
pub(super) fn is_key(key: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    (1..=MAX_KEY).contains(&key.len()) && key.bytes().all(allowed)
}

/// What stands on both sides of the colon of a heading.
fn parts<'a>(line: Line<'a>) -> Option<(&'a str, &'a str)> {
    let text = line.raw.trim_start_matches('#').trim();
    text.split_once(':').map(|(kind, id)| (kind.trim(), id.trim()))
}

/// Reads the lines below the facts of a card with faces.
pub(super) fn read(title: Title<'_>, lines: &[Line<'_>], problems: &mut Problems) -> Content {
    let is_heading = |line: &Line<'_>| line.kind == Kind::Heading;
    let first = lines.iter().position(is_heading).unwrap_or(lines.len());
    if let Some(stray) = lines[..first].iter().find(|line| line.kind != Kind::Blank) {
        problems.add(
            stray.start(),
            format_args!("card {title} has text above its first face"),
            format_args!("Put a line `## face: t1` before the question."),
        );
    }
    if first == lines.len() {
        problems.add(
            title.line.start(),
            format_args!("card {title} has no face"),
            format_args!("Write `## face: t1`, the question, a line `---` and the answer."),
        );
    }
    let mut faces: Vec<Face> = Vec::new();
    let mut corrective = String::new();
    for section in lines[first..].chunk_by(|_, next| !is_heading(next)) {
        let Some((heading, below)) = section.split_first() else { continue };
        let key = key(title, *heading, &faces, problems);
        let body = body::read(title, below, problems);
        if !corrective.is_empty() {
            problems.add(
                heading.start(),
                format_args!("card {title} has a face below its corrective note"),
                format_args!("Move the lines `> ` to the end of the card."),
            );
        }
        let front = normal::said(&body.question);
        let back = normal::said(body.answer.as_deref().unwrap_or_default());
        if body.answer.is_none() {
            problems.add(
                heading.start(),
                format_args!("the face {} of card {title} has no line `---`", Quoted(key)),
                format_args!("Put a line `---` below the question and write the answer under it."),
            );
        } else {
            check_said(title, "question", front.as_deref(), problems);
            check_said(title, "answer", back.as_deref(), problems);
        }
        let [front, back] = [front, back].map(Option::unwrap_or_default);
        faces.push(Face { key: key.to_owned(), front, back });
        corrective = note(&body);
    }
    Content::Faces { faces, note: corrective }
}

fn key<'a>(
    title: Title<'_>,
    heading: Line<'a>,
    faces: &[Face],
    problems: &mut Problems,
) -> &'a str {
    let key = parts(heading).map_or("", |(_, key)| key);
    if !is_key(key) {
        problems.add(
            heading.place_of(key),
            format_args!("{} cannot be the key of a face of card {title}", Quoted(key)),
            format_args!("Use a-z and 0-9, at most {MAX_KEY}, as in `## face: t1`."),
        );
    } else if faces.iter().any(|face| face.key == key) {
        problems.add(
            heading.place_of(key),
            format_args!("the face {} stands twice on card {title}", Quoted(key)),
            format_args!("Give one of the two another key."),
        );
    }
    key
}
