//! What becomes of the notes of one note type: worked out once, from its templates.

use super::notetypes::NoteType;
use super::own::Own;
use super::template::{self, Fault, Filter, Name, Node};

/// A note type, ready for its notes.
#[derive(Debug)]
pub(super) struct Plan {
    pub note_type: NoteType,
    pub templates: Vec<Result<Faces, Fault>>,
    pub shape: Shape,
}

/// A card template, read.
#[derive(Debug)]
pub(super) struct Faces {
    pub front: Vec<Node>,
    pub back: Vec<Node>,
    /// Whether anything on the front waits for a click.
    pub hints: bool,
}

/// How notes of the type are put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// The first card asks for one field and answers with others; `mirrored` where the second card
    /// asks the other way round.
    Basic { front: usize, back: Vec<usize>, mirrored: bool },
    /// A text with gaps.
    Cloze,
    /// A note type of ours.
    Own(Own),
    /// A picture with covered parts.
    Occlusion,
    /// Cards as the templates make them.
    Faces,
}

impl Plan {
    /// Reads the templates of a note type.
    pub fn new(note_type: NoteType) -> Self {
        let read = |text: &str| template::parse(text, &note_type.fields);
        let templates: Vec<Result<Faces, Fault>> = note_type
            .templates
            .iter()
            .map(|template| {
                let (front, back) = (read(&template.front)?, read(&template.back)?);
                let hints = has_hints(&front);
                Ok(Faces { front, back, hints })
            })
            .collect();
        let shape = shape(&note_type, &templates);
        Self { note_type, templates, shape }
    }

    /// The template of a card.
    pub fn template(&self, ord: i64) -> Option<(&str, &Result<Faces, Fault>)> {
        let at = if self.note_type.cloze { 0 } else { usize::try_from(ord).ok()? };
        Some((self.note_type.templates.get(at)?.name.as_str(), self.templates.get(at)?))
    }

    /// The field with the gaps and the one field that is added on the back, where the template says
    /// nothing else.
    pub fn gapped(&self) -> Option<(usize, Option<usize>)> {
        let Some(Ok(faces)) = self.templates.first() else { return None };
        let at = |node: &Node| match node {
            Node::Value(Name::Field(at), filters) if filters.as_slice() == [Filter::Cloze] => {
                Some(*at)
            }
            _ => None,
        };
        let &[text] = said(&faces.front)?.as_slice() else { return None };
        let text = at(text)?;
        match said(&faces.back)?.as_slice() {
            [again] if at(again) == Some(text) => Some((text, None)),
            [again, extra] if at(again) == Some(text) => Some((text, Some(answer(extra)?))),
            _ => None,
        }
    }
}

fn shape(note_type: &NoteType, templates: &[Result<Faces, Fault>]) -> Shape {
    if let Some(own) = Own::of(note_type) {
        return Shape::Own(own);
    }
    if note_type.cloze {
        return match templates.first() {
            _ if note_type.occlusion && note_type.fields.len() >= 4 => Shape::Occlusion,
            Some(Ok(faces)) if is_one_text(faces) => Shape::Cloze,
            _ => Shape::Faces,
        };
    }
    let asked = |at: usize| templates.get(at)?.as_ref().ok().and_then(simple);
    let Some((front, back)) = asked(0) else { return Shape::Faces };
    let mirrored = asked(1)
        .is_some_and(|(other, answer)| back.as_slice() == [other] && answer.as_slice() == [front]);
    Shape::Basic { front, back, mirrored }
}

/// Whether a template with gaps says the same on every card of a note, but for the gaps themselves.
fn is_one_text(faces: &Faces) -> bool {
    let mut gaps = 0;
    let same = same_on_every_card(&faces.front, &mut gaps) && gaps == 1;
    same && !faces.hints && same_on_every_card(&faces.back, &mut gaps)
}

fn same_on_every_card(nodes: &[Node], gaps: &mut usize) -> bool {
    nodes.iter().all(|node| match node {
        Node::Html(_) => true,
        Node::Value(Name::CardFlag | Name::CardId, _) => false,
        Node::Value(_, filters) if filters.contains(&Filter::ClozeOnly) => false,
        Node::Value(_, filters) => {
            *gaps += usize::from(filters.as_slice() == [Filter::Cloze]);
            true
        }
        Node::Section { name: Name::Gap(_) | Name::CardFlag, .. } => false,
        Node::Section { inner, .. } => same_on_every_card(inner, gaps),
    })
}

/// The field that a template asks for and the fields that answer, where it does nothing else.
fn simple(faces: &Faces) -> Option<(usize, Vec<usize>)> {
    let mut front = said(&faces.front)?;
    while let [Node::Section { filled: true, inner, .. }] = front.as_slice() {
        front = said(inner)?;
    }
    let mut asked = Vec::new();
    for node in front {
        match node {
            Node::Value(Name::Field(_), filters) if filters.as_slice() == [Filter::Type] => {}
            Node::Value(Name::Field(at), filters) if filters.is_empty() => asked.push(*at),
            _ => return None,
        }
    }
    let &[asked] = asked.as_slice() else { return None };
    let mut answers = Vec::new();
    for (place, node) in said(&faces.back)?.into_iter().enumerate() {
        match node {
            Node::Value(Name::FrontSide, filters) if place == 0 && filters.is_empty() => {}
            Node::Value(Name::Field(at), filters)
                if place == 0 && *at == asked && filters.is_empty() => {}
            other => answers.push(answer(other)?),
        }
    }
    (!answers.is_empty() && !answers.contains(&asked)).then_some((asked, answers))
}

/// A field shown as it is, or under the condition that it is not empty.
fn answer(node: &Node) -> Option<usize> {
    match node {
        Node::Value(Name::Field(at), filters)
            if filters.is_empty() || filters.as_slice() == [Filter::Type] =>
        {
            Some(*at)
        }
        Node::Section { name, filled: true, inner } => match said(inner)?.as_slice() {
            [only @ Node::Value(inside, _)] if inside == name => answer(only),
            _ => None,
        },
        _ => None,
    }
}

/// The nodes that say something; `None` where HTML among them does.
fn said(nodes: &[Node]) -> Option<Vec<&Node>> {
    let mut said = Vec::new();
    for node in nodes {
        match node {
            Node::Html(html) if is_layout(html) => {}
            Node::Html(_) => return None,
            other => said.push(other),
        }
    }
    Some(said)
}

/// Tags that arrange and say nothing.
const LAYOUT: [&str; 8] = ["br", "hr", "div", "span", "p", "center", "section", "b"];

/// Whether HTML arranges what is around it and neither says nor hides anything.
fn is_layout(html: &str) -> bool {
    let mut rest = html;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return true;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            let Some(end) = comment.find("-->") else { return false };
            rest = &comment[end + 3..];
            continue;
        }
        let Some(tag) = rest.strip_prefix('<') else { return false };
        let Some(end) = tag.find('>') else { return false };
        let inside = tag[..end].trim_matches('/').trim().to_ascii_lowercase();
        let name = inside.split([' ', '\n', '\t']).next().unwrap_or("");
        if !LAYOUT.contains(&name) || inside.contains("style") || inside.contains("hidden") {
            return false;
        }
        rest = &tag[end + 1..];
    }
}

fn has_hints(nodes: &[Node]) -> bool {
    nodes.iter().any(|node| match node {
        Node::Html(_) => false,
        Node::Value(_, filters) => filters.contains(&Filter::Hint),
        Node::Section { inner, .. } => has_hints(inner),
    })
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::anki::notetypes::{self, CardTemplate};

    const ANSWER: &str = "{{FrontSide}}\n\n<hr id=answer>\n\n";

    fn plan(cards: &[(&str, &str)]) -> Shape {
        let template = |(front, back): &(&str, &str)| CardTemplate {
            name: "Card".into(),
            front: (*front).into(),
            back: back.replace("ANSWER", ANSWER),
        };
        let note_type = notetypes::one_from_json(serde_json::json!({}), 1);
        Plan::new(NoteType {
            fields: ["Q", "A", "X"].map(String::from).to_vec(),
            templates: cards.iter().map(template).collect(),
            ..note_type
        })
        .shape
    }

    fn basic(back: &[usize], mirrored: bool) -> Shape {
        Shape::Basic { front: 0, back: back.to_vec(), mirrored }
    }

    #[rstest]
    #[case::stock(&[("{{Q}}", "ANSWER{{A}}")], basic(&[1], false))]
    #[case::typing(&[("{{Q}}\n\n{{type:A}}", "{{Q}}\n\n<hr id=answer>\n\n{{type:A}}")], basic(&[1], false))]
    #[case::two_answers(&[("{{Q}}", "ANSWER{{A}}<br>{{#X}}<div>{{X}}</div>{{/X}}")], basic(&[1, 2], false))]
    #[case::framed(&[("<div class=q>{{Q}}</div>", "ANSWER{{A}}")], basic(&[1], false))]
    #[case::reversed(&[("{{Q}}", "ANSWER{{A}}"), ("{{A}}", "ANSWER{{Q}}")], basic(&[1], true))]
    #[case::optional(&[("{{Q}}", "ANSWER{{A}}"), ("{{#X}}{{A}}{{/X}}", "ANSWER{{Q}}")], basic(&[1], true))]
    #[case::not_a_mirror(&[("{{Q}}", "ANSWER{{A}}"), ("{{A}}", "ANSWER{{X}}")], basic(&[1], false))]
    #[case::words(&[("What is {{Q}}?", "ANSWER{{A}}")], Shape::Faces)]
    #[case::hidden(&[("{{Q}}", "ANSWER<div style='display:none'>{{A}}</div>")], Shape::Faces)]
    #[case::two_questions(&[("{{Q}}{{X}}", "ANSWER{{A}}")], Shape::Faces)]
    #[case::filter(&[("{{text:Q}}", "ANSWER{{A}}")], Shape::Faces)]
    #[case::broken(&[("{{#Q}}", "ANSWER{{A}}")], Shape::Faces)]
    #[case::inverted(&[("{{^X}}{{Q}}{{/X}}", "ANSWER{{A}}")], Shape::Faces)]
    #[case::none(&[], Shape::Faces)]
    fn templates_show_their_shape(#[case] cards: &[(&str, &str)], #[case] shape: Shape) {
        assert_eq!(plan(cards), shape);
    }
}
