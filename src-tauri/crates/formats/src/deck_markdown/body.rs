//! The body of a card: its lines sorted into question, answer, options and note.

use crate::problem::Problems;

use super::card::{Shape, Title};
use super::lines::{Kind, Line};

/// The lines of a body by what they are for.
#[derive(Debug, Default)]
pub(super) struct Body<'a> {
    /// The question, the stem, or the text with gaps.
    pub question: Vec<&'a str>,
    /// Below the line `---`, if that stands.
    pub answer: Option<Vec<&'a str>>,
    /// The options with their reasons.
    pub options: Vec<OptionLines<'a>>,
    /// The corrective note.
    pub note: Vec<&'a str>,
}

/// An option and the lines below it.
#[derive(Debug)]
pub(super) struct OptionLines<'a> {
    /// The option itself.
    pub line: Line<'a>,
    /// The reason, without its indentation.
    pub reason: Vec<&'a str>,
}

/// Where in a body a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Question,
    Answer,
    Options,
    Note,
    /// Behind the first line that has no place; the others are not told again.
    Over,
}

/// Sorts the lines of a body.
pub(super) fn read<'a>(title: Title<'_>, lines: &[Line<'a>], problems: &mut Problems) -> Body<'a> {
    let mut body = Body::default();
    let mut part = Part::Question;
    for line in lines {
        part = body.push(title, part, line, problems);
    }
    body
}

impl<'a> Body<'a> {
    /// Puts a line into its place and says in which part the next one stands.
    fn push(
        &mut self,
        title: Title<'_>,
        part: Part,
        line: &Line<'a>,
        problems: &mut Problems,
    ) -> Part {
        match (part, line.kind) {
            (Part::Over, _) => Part::Over,
            (_, Kind::Quote) => {
                self.note.push(line.raw.strip_prefix("> ").unwrap_or_default());
                Part::Note
            }
            (Part::Note, Kind::Blank) => {
                self.note.push("");
                Part::Note
            }
            (Part::Note, _) => {
                text_after_note(title, line, problems);
                Part::Over
            }
            (Part::Question, Kind::Rule) if matches!(title.shape, Shape::Basic | Shape::Faces) => {
                self.answer = Some(Vec::new());
                Part::Answer
            }
            (Part::Question | Part::Options, Kind::Option) if title.shape == Shape::Choice => {
                self.options.push(OptionLines { line: *line, reason: Vec::new() });
                Part::Options
            }
            (Part::Question | Part::Answer, Kind::Rule | Kind::Option) => {
                misplaced(title, part, line, problems);
                self.push_text(line);
                part
            }
            (Part::Question | Part::Answer, _) => {
                self.push_text(line);
                part
            }
            (Part::Options, _) => match self.push_reason(line) {
                true => Part::Options,
                false => {
                    not_indented(title, line, problems);
                    Part::Over
                }
            },
        }
    }

    fn push_text(&mut self, line: &Line<'a>) {
        self.answer.as_mut().unwrap_or(&mut self.question).push(line.text);
    }

    /// Adds a line to the reason of the last option, if it is indented or empty.
    fn push_reason(&mut self, line: &Line<'a>) -> bool {
        let inner = match line.kind {
            Kind::Blank => Some(""),
            _ => line.raw.strip_prefix("  ").or_else(|| line.raw.strip_prefix('\t')),
        };
        let (Some(inner), Some(option)) = (inner, self.options.last_mut()) else { return false };
        option.reason.push(inner);
        true
    }
}

fn text_after_note(title: Title<'_>, line: &Line<'_>, problems: &mut Problems) {
    problems.add(
        line.start(),
        format_args!("card {title} has text below its corrective note"),
        format_args!("Move the lines `> ` to the end of the card, or write `\\> ` for a quote."),
    );
}

fn not_indented(title: Title<'_>, line: &Line<'_>, problems: &mut Problems) {
    problems.add(
        line.start(),
        format_args!("card {title} has a line among its options that belongs to none"),
        format_args!(
            "Indent it by two spaces if it is a reason; begin an option with `- [ ] id: `."
        ),
    );
}

fn misplaced(title: Title<'_>, part: Part, line: &Line<'_>, problems: &mut Problems) {
    let shape = title.shape.name();
    match line.kind {
        Kind::Option => problems.add(
            line.start(),
            format_args!("card {title} is {shape} and has an option"),
            format_args!(
                "Make it a choice card, or put a backslash before the line if it is text."
            ),
        ),
        _ if part == Part::Answer => problems.add(
            line.start(),
            format_args!("card {title} has a second line `---`"),
            format_args!("Put a backslash before the line if it is part of the answer."),
        ),
        _ => problems.add(
            line.start(),
            format_args!("card {title} is {shape} and has a line `---`"),
            format_args!("Make it a basic card, or put a backslash before the line if it is text."),
        ),
    }
}
