//! One card: its heading, and the note that its lines make.

use std::fmt;

use cairn_core::cloze;
use cairn_core::note::{ChoiceOption, Content};
use cairn_core::package::{Facts, Identity, PackageNote};

use crate::problem::{Problems, Quoted};

use super::MAX_CARD_BYTES;
use super::body::{self, Body, OptionLines};
use super::faces;
use super::facts;
use super::header::Header;
use super::lines::Line;
use super::normal;
use super::words::{Guess, IdRule, MAX_ID, MAX_OPTION_ID, is_id};

/// Fewest options of a choice card.
pub(super) const MIN_OPTIONS: usize = 2;
/// Most options of a choice card.
pub(super) const MAX_OPTIONS: usize = 8;

/// What a card looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A question and its answer.
    Basic,
    /// A text with gaps.
    Cloze,
    /// Cards whose faces stand by themselves.
    Faces,
    /// A question with options.
    Choice,
}

impl Shape {
    const ALL: [Self; 4] = [Self::Basic, Self::Cloze, Self::Faces, Self::Choice];
    const NAMES: [&str; 4] = ["basic", "cloze", "faces", "choice"];

    /// As headings say it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Cloze => "cloze",
            Self::Faces => "faces",
            Self::Choice => "choice",
        }
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }
}

/// What a card's heading says; shown as the card's id, in backquotes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Title<'a> {
    /// The heading.
    pub line: Line<'a>,
    /// The kind of card.
    pub shape: Shape,
    /// The card's id, even if it is none.
    pub id: &'a str,
}

impl fmt::Display for Title<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Quoted(self.id).fmt(f)
    }
}

/// Reads a heading of level two; gives none if it starts no kind of card.
pub(super) fn title<'a>(line: Line<'a>, problems: &mut Problems) -> Option<Title<'a>> {
    let text = line.raw.trim_start_matches('#').trim();
    let Some((kind, id)) = text.split_once(':').map(|(kind, id)| (kind.trim(), id.trim())) else {
        problems.add(
            line.start(),
            format_args!("the heading {} starts no card", Quoted(text)),
            format_args!(
                "Write `## basic: an-id`; inside a card, use `###` or put a backslash before it."
            ),
        );
        return None;
    };
    let Some(shape) = Shape::from_name(kind) else {
        problems.add(
            line.place_of(kind),
            format_args!("unknown kind of card {}", Quoted(kind)),
            format_args!("{}", Guess { word: kind, known: &Shape::NAMES }),
        );
        return None;
    };
    if !is_id(id, MAX_ID) {
        problems.add(
            line.place_of(id),
            format_args!("{} is not a card id", Quoted(id)),
            format_args!("{}", IdRule(MAX_ID)),
        );
    }
    Some(Title { line, shape, id })
}

/// Reads the lines below a heading. Gives none if they make no note; that has been told then.
pub(super) fn read(
    title: Title<'_>,
    lines: &[Line<'_>],
    header: &Header,
    problems: &mut Problems,
) -> Option<PackageNote> {
    let (known, taken) = facts::read(title, lines, header, problems);
    let below = &lines[taken..];
    let content = match title.shape {
        Shape::Basic => {
            basic(title, &body::read(title, below, problems), known.both_ways, problems)
        }
        Shape::Cloze => cloze(&body::read(title, below, problems)),
        Shape::Faces => faces::read(title, below, problems),
        Shape::Choice => choice(title, &body::read(title, below, problems), problems),
    };
    let bytes = bytes(&content, &known.facts);
    if bytes > MAX_CARD_BYTES {
        too_large(title, bytes, problems);
        return None;
    }
    check_gaps(title, &content, problems);
    let mut note = PackageNote::new(title.id, content, known.facts);
    // Who writes the UUID that the note has anyway says nothing.
    let own = note.uuid(&header.deck.id);
    if let Some(uuid) = known.uuid.filter(|uuid| *uuid != own) {
        note.identity = Identity::Known(uuid);
    }
    Some(note)
}

/// Tells that a card is larger than a card may be.
pub(super) fn too_large(title: Title<'_>, bytes: usize, problems: &mut Problems) {
    problems.add(
        title.line.start(),
        format_args!("card {title} has {bytes} bytes, and a card may have {MAX_CARD_BYTES}"),
        format_args!("Split it into several cards."),
    );
}

fn basic(title: Title<'_>, body: &Body<'_>, both_ways: bool, problems: &mut Problems) -> Content {
    let front = normal::said(&body.question);
    let back = normal::said(body.answer.as_deref().unwrap_or_default());
    match &body.answer {
        Some(_) => {
            check_said(title, "question", front.as_deref(), problems);
            check_said(title, "answer", back.as_deref(), problems);
        }
        None => problems.add(
            title.line.start(),
            format_args!("card {title} has no line `---` between question and answer"),
            format_args!("Put a line `---` below the question and write the answer under it."),
        ),
    }
    let [front, back] = [front, back].map(Option::unwrap_or_default);
    Content::Basic { front, back, both_ways, note: note(body) }
}

fn cloze(body: &Body<'_>) -> Content {
    Content::Cloze { text: normal::said(&body.question).unwrap_or_default(), note: note(body) }
}

/// The corrective note of a body.
pub(super) fn note(body: &Body<'_>) -> String {
    normal::said(&body.note).unwrap_or_default()
}

fn choice(title: Title<'_>, body: &Body<'_>, problems: &mut Problems) -> Content {
    let stem = normal::said(&body.question);
    check_said(title, "question", stem.as_deref(), problems);
    let mut options: Vec<ChoiceOption> = Vec::new();
    for lines in &body.options {
        let option = option(title, lines, problems);
        let first = options.iter().position(|earlier| earlier.id == option.id);
        if let Some(first) = first.filter(|_| !option.id.is_empty()) {
            problems.add(
                lines.line.start(),
                format_args!(
                    "the option id {} of card {title} is taken: line {} has it already",
                    Quoted(&option.id),
                    body.options[first].line.number
                ),
                format_args!("Give one of the two options another id."),
            );
        }
        options.push(option);
        if options.len() > MAX_OPTIONS {
            problems.add(
                lines.line.start(),
                format_args!("card {title} has more than {MAX_OPTIONS} options"),
                format_args!("Delete some; a card has {MIN_OPTIONS} to {MAX_OPTIONS}."),
            );
            break;
        }
    }
    check_options(title, &options, problems);
    Content::Choice { stem: stem.unwrap_or_default(), options, note: note(body) }
}

fn option(title: Title<'_>, lines: &OptionLines<'_>, problems: &mut Problems) -> ChoiceOption {
    let line = lines.line;
    let rest = line.raw["- [x]".len()..].trim();
    let (id, text) = match rest.split_once(':').map(|(id, text)| (id.trim(), text.trim())) {
        Some((id, text)) if is_id(id, MAX_OPTION_ID) => (id, text),
        Some((id, text)) => {
            problems.add(
                line.place_of(id),
                format_args!("{} is not an option id of card {title}", Quoted(id)),
                format_args!("Write `- [ ] id: text`. {}", IdRule(MAX_OPTION_ID)),
            );
            (id, text)
        }
        None => {
            problems.add(
                line.place_of(rest),
                format_args!("the option {} of card {title} has no id", Quoted(rest)),
                format_args!("Write `- [ ] id: text`."),
            );
            ("", rest)
        }
    };
    let reason = normal::said_reason(&lines.reason);
    let name = Quoted(if id.is_empty() { text } else { id });
    if text.is_empty() {
        problems.add(
            line.start(),
            format_args!("the option {name} of card {title} is empty"),
            format_args!("Write its text behind the colon."),
        );
    }
    if reason.is_none() {
        problems.add(
            line.start(),
            format_args!("the option {name} of card {title} has no reason"),
            format_args!(
                "Write why it is or is not best on the next line, indented by two spaces."
            ),
        );
    }
    let (right, reason) = (line.raw.starts_with("- [x]"), reason.unwrap_or_default());
    ChoiceOption { id: id.into(), text: text.into(), right, reason }
}

fn check_options(title: Title<'_>, options: &[ChoiceOption], problems: &mut Problems) {
    let place = title.line.start();
    if options.len() < MIN_OPTIONS {
        problems.add(
            place,
            format_args!("card {title} has fewer than {MIN_OPTIONS} options"),
            format_args!(
                "Write each on a line `- [ ] id: text`, or `- [x] id: text` if it is right."
            ),
        );
    } else if options.iter().all(|option| !option.right) {
        problems.add(
            place,
            format_args!("no option of card {title} is right"),
            format_args!("Mark at least one option with `- [x]`."),
        );
    } else if options.iter().all(|option| option.right) {
        problems.add(
            place,
            format_args!("no option of card {title} is wrong"),
            format_args!("Mark at least one option with `- [ ]`."),
        );
    }
}

fn check_gaps(title: Title<'_>, content: &Content, problems: &mut Problems) {
    let Content::Cloze { text, .. } = content else { return };
    if text.is_empty() {
        check_said(title, "text", None, problems);
    } else if cloze::numbers(text).is_empty() {
        problems.add(
            title.line.start(),
            format_args!("card {title} has no gap"),
            format_args!(
                "Hide a piece of the text as in `{{{{c1::hidden}}}}`; numbers run from 1 to 99."
            ),
        );
    }
}

/// Tells that a text is not there; one that is said to be empty is.
pub(super) fn check_said(
    title: Title<'_>,
    what: &str,
    text: Option<&str>,
    problems: &mut Problems,
) {
    if text.is_none() {
        problems.add(
            title.line.start(),
            format_args!("the {what} of card {title} is empty"),
            format_args!("Write it below the heading, after the facts and an empty line."),
        );
    }
}

/// All that a card holds, in bytes. Counted here and not in the file, so that the way in which
/// something is written makes no difference.
pub(super) fn bytes(content: &Content, facts: &Facts) -> usize {
    let text = match content {
        Content::Basic { front, back, note, .. } => front.len() + back.len() + note.len(),
        Content::Cloze { text, note } => text.len() + note.len(),
        Content::Faces { faces, note } => {
            note.len() + faces.iter().map(|face| face.front.len() + face.back.len()).sum::<usize>()
        }
        Content::Choice { stem, options, note } => {
            let bytes = |option: &ChoiceOption| option.text.len() + option.reason.len();
            stem.len() + note.len() + options.iter().map(bytes).sum::<usize>()
        }
    };
    let words = facts.concepts.iter().chain(&facts.tags).map(String::len).sum::<usize>();
    text + words + facts.sources.iter().map(|citation| citation.place.len()).sum::<usize>()
}
