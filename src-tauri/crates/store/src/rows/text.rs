//! What a table says of a note (question and answer as plain text, tags, sources), out of the JSON in
//! which it is kept.
//!
//! The JSON is what this program wrote, so it is read field by field without copies; reading it as
//! [`Content`](cairn_core::note::Content) and [`Facts`](cairn_core::package::Facts) takes several times
//! as long. Tests hold that both know the same fields.

use std::borrow::Cow;

use cairn_core::text::{Gaps, PlainCloze, write_plain};
use serde::{Deserialize, Deserializer};

/// A note's text, whatever its kind.
#[derive(Deserialize)]
pub(super) struct Kept<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    front: Cow<'a, str>,
    #[serde(borrow, default)]
    back: Cow<'a, str>,
    #[serde(borrow, default)]
    text: Cow<'a, str>,
    #[serde(borrow, default)]
    stem: Cow<'a, str>,
    #[serde(borrow, default)]
    faces: Vec<Face<'a>>,
    #[serde(borrow, default)]
    options: Vec<Choice<'a>>,
}

#[derive(Deserialize)]
struct Face<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
    #[serde(borrow)]
    front: Cow<'a, str>,
    #[serde(borrow)]
    back: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Choice<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    right: bool,
}

/// What is known of a note besides its text.
#[derive(Deserialize)]
pub(super) struct Facts<'a> {
    #[serde(borrow, default)]
    pub(super) area: Option<Cow<'a, str>>,
    #[serde(default)]
    pub(super) competencies: Vec<u8>,
    #[serde(borrow, default, deserialize_with = "texts")]
    pub(super) concepts: Vec<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "texts")]
    pub(super) tags: Vec<Cow<'a, str>>,
    /// The keys of its sources.
    #[serde(borrow, default, deserialize_with = "sources")]
    pub(super) sources: Vec<Cow<'a, str>>,
}

/// A text that is lent where it has no escapes.
#[derive(Deserialize)]
struct Lent<'a>(#[serde(borrow)] Cow<'a, str>);

#[derive(Deserialize)]
struct Source<'a> {
    #[serde(borrow)]
    key: Cow<'a, str>,
}

fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Cow<'de, str>>, D::Error> {
    Ok(Vec::<Lent<'de>>::deserialize(from)?.into_iter().map(|text| text.0).collect())
}

fn sources<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Cow<'de, str>>, D::Error> {
    Ok(Vec::<Source<'de>>::deserialize(from)?.into_iter().map(|source| source.key).collect())
}

/// Question and answer of one card, in buffers that the next takes over.
#[derive(Default)]
pub(super) struct Texts {
    pub(super) question: String,
    pub(super) answer: String,
}

/// What the cards of a note are made from, looked at once for all of them.
pub(super) struct Sides<'k> {
    kept: &'k Kept<'k>,
    /// Kind of the note.
    pub(super) kind: &'static str,
    cloze: Option<PlainCloze<'k>>,
}

impl<'k> Sides<'k> {
    pub(super) fn of(kept: &'k Kept<'k>) -> Self {
        let kind = match kept.kind.as_ref() {
            "cloze" => "cloze",
            "faces" => "faces",
            "choice" => "choice",
            _ => "basic",
        };
        Self { kept, kind, cloze: (kind == "cloze").then(|| PlainCloze::new(&kept.text)) }
    }
}

impl Texts {
    /// Reads the card of a key. One that the note does not make has neither question nor answer.
    pub(super) fn read(&mut self, sides: &Sides<'_>, key: &str) {
        self.question.clear();
        self.answer.clear();
        let Sides { kept, kind, cloze } = sides;
        match (cloze, *kind) {
            (Some(cloze), _) => {
                let number = key.strip_prefix('c').and_then(|n| n.parse().ok()).unwrap_or(0);
                cloze.write(Gaps { number, shown: false }, &mut self.question);
                cloze.write(Gaps { number, shown: true }, &mut self.answer);
            }
            (None, "faces") => {
                if let Some(face) = kept.faces.iter().find(|face| face.key == key) {
                    self.sides(&face.front, &face.back);
                }
            }
            (None, "choice") => {
                write_plain(&kept.stem, &mut self.question);
                for option in kept.options.iter().filter(|option| option.right) {
                    if !self.answer.is_empty() {
                        self.answer.push('\n');
                    }
                    write_plain(&option.text, &mut self.answer);
                }
            }
            _ => match key {
                "back" => self.sides(&kept.back, &kept.front),
                _ => self.sides(&kept.front, &kept.back),
            },
        }
    }

    fn sides(&mut self, question: &str, answer: &str) {
        write_plain(question, &mut self.question);
        write_plain(answer, &mut self.answer);
    }
}

#[cfg(test)]
mod tests {
    use cairn_core::area::Area;
    use cairn_core::face::faces;
    use cairn_core::note::{ChoiceOption, Content, Face};
    use cairn_core::package::{Citation, Reading};
    use cairn_core::text::plain;
    use rstest::rstest;

    use super::*;

    fn basic(front: &str, back: &str) -> Content {
        let (front, back) = (front.into(), back.into());
        Content::Basic { front, back, both_ways: true, note: "n".into() }
    }

    fn cloze(text: &str) -> Content {
        Content::Cloze { text: text.into(), note: "n".into() }
    }

    fn with_faces() -> Content {
        let face = |key: &str| Face {
            key: key.into(),
            front: format!("*{key}*"),
            back: format!("back of \"{key}\""),
        };
        Content::Faces { faces: vec![face("t1"), face("t2")], note: String::new() }
    }

    /// Reads a card; gives the kind of its note.
    fn read(content: &Content, key: &str, texts: &mut Texts) -> &'static str {
        let json = serde_json::to_string(content).unwrap();
        let kept: Kept<'_> = serde_json::from_str(&json).unwrap();
        let sides = Sides::of(&kept);
        texts.read(&sides, key);
        sides.kind
    }

    #[rstest]
    #[case::basic(basic("What is *it*?", "A \"thing\"\n\nor two"), "front", "basic")]
    #[case::the_other_way(basic("What?", "Žluť"), "back", "basic")]
    #[case::cloze(cloze("{{c1::One::hint}} and {{c2::*two*}}"), "c2", "cloze")]
    #[case::cloze_with_a_hint(cloze("{{c1::One::hint}} and {{c2::*two*}}"), "c1", "cloze")]
    #[case::faces(with_faces(), "t2", "faces")]
    #[case::no_such_face(with_faces(), "t3", "faces")]
    fn the_text_is_that_of_the_faces(
        #[case] content: Content,
        #[case] key: &str,
        #[case] kind: &str,
    ) {
        let mut texts = Texts { question: "old".into(), answer: "old".into() };
        assert_eq!(read(&content, key, &mut texts), kind);
        let (front, back) = faces(&content, key);
        assert_eq!((texts.question, texts.answer), (plain(&front), plain(&back)));
    }

    #[test]
    fn facts_are_those_of_the_note() {
        let source = |key: &str| Citation {
            key: key.into(),
            how: Reading::Part,
            read_on: None,
            place: "p. 3".into(),
        };
        let known = cairn_core::package::Facts {
            area: Some(Area::Cm),
            competencies: vec![3, 17],
            concepts: vec!["C39".into()],
            tags: vec!["plain".into(), "with \"marks\"".into()],
            sources: vec![source("a"), source("ž\\")],
            expires: None,
        };
        let json = serde_json::to_string(&known).unwrap();
        let read: Facts<'_> = serde_json::from_str(&json).unwrap();
        assert_eq!(read.area.as_deref(), Some("CM"));
        assert_eq!(read.competencies, known.competencies);
        assert_eq!(read.concepts, known.concepts);
        assert_eq!(read.tags, known.tags);
        assert_eq!(read.sources, ["a", "ž\\"]);
        let none: Facts<'_> = serde_json::from_str("{}").unwrap();
        assert!(none.area.is_none() && none.tags.is_empty() && none.sources.is_empty());
    }

    #[test]
    fn the_answer_of_a_choice_is_its_right_options() {
        let option = |id: &str, right| ChoiceOption {
            id: id.into(),
            text: format!("Option *{id}*"),
            right,
            reason: "Because.".into(),
        };
        let options = vec![option("a", true), option("b", false), option("c", true)];
        let content = Content::Choice { stem: "Which?".into(), options, note: String::new() };
        let mut texts = Texts::default();
        read(&content, "front", &mut texts);
        assert_eq!(
            (texts.question.as_str(), texts.answer.as_str()),
            ("Which?", "Option a\nOption c")
        );
    }
}
