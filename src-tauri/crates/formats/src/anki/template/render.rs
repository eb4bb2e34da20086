//! A template and the values of one card give the HTML of one face.

use std::borrow::Cow;

use super::filters::{Reading, is_empty, ruby, words_of};
use super::{Filter, Name, Node};
use crate::anki::{caps, cloze};

/// What a template is filled with.
#[derive(Debug, Clone, Copy)]
pub(in crate::anki) struct Scene<'a> {
    pub fields: &'a [&'a str],
    pub tags: &'a str,
    pub note_type: &'a str,
    pub deck: &'a str,
    pub card: &'a str,
    pub card_id: i64,
    pub flag: u8,
    pub side: Side<'a>,
    pub cloze: Cloze,
}

/// Which face is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::anki) enum Side<'a> {
    Front,
    /// With what stands for `FrontSide`.
    Back(&'a str),
}

/// What becomes of gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::anki) enum Cloze {
    /// Hidden or shown as on the card of this number.
    Card(u16),
    /// Kept as they are written, one number to a gap.
    Written,
}

/// A face longer than [`caps::FACE_BYTES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::anki) struct TooLong;

impl Scene<'_> {
    /// The HTML of a face.
    pub fn render(&self, nodes: &[Node]) -> Result<String, TooLong> {
        let mut out = String::new();
        self.nodes(nodes, &mut out)?;
        Ok(out)
    }

    /// The values behind `hint` on a front, which has nothing to click on here: for the back.
    pub fn hints(&self, nodes: &[Node], out: &mut String) {
        for node in nodes {
            match node {
                Node::Value(name, filters) if filters.contains(&Filter::Hint) => {
                    let value = self.value(name);
                    if !is_empty(&value) && out.len() + value.len() <= caps::FACE_BYTES {
                        out.push_str("<div>");
                        out.push_str(&value);
                        out.push_str("</div>");
                    }
                }
                Node::Section { name, filled, inner } if self.filled(name) == *filled => {
                    self.hints(inner, out);
                }
                _ => {}
            }
        }
    }

    fn nodes(&self, nodes: &[Node], out: &mut String) -> Result<(), TooLong> {
        for node in nodes {
            match node {
                Node::Html(html) => out.push_str(html),
                Node::Value(name, filters) => {
                    out.push_str(&self.filtered(name, filters));
                }
                Node::Section { name, filled, inner } if self.filled(name) == *filled => {
                    self.nodes(inner, out)?;
                }
                Node::Section { .. } => {}
            }
            if out.len() > caps::FACE_BYTES {
                return Err(TooLong);
            }
        }
        Ok(())
    }

    fn filled(&self, name: &Name) -> bool {
        match name {
            Name::Field(at) => !is_empty(self.field(*at)),
            Name::Tags => !self.tags.trim().is_empty(),
            Name::CardFlag => self.flag != 0,
            Name::Gap(number) => self.cloze == Cloze::Card(*number),
            Name::FrontSide => matches!(self.side, Side::Back(front) if !front.is_empty()),
            Name::Unknown => false,
            Name::Type | Name::Deck | Name::Subdeck | Name::Card | Name::CardId => true,
        }
    }

    fn field(&self, at: usize) -> &str {
        self.fields.get(at).copied().unwrap_or("")
    }

    fn value(&self, name: &Name) -> Cow<'_, str> {
        match name {
            Name::Field(at) => self.field(*at).into(),
            Name::FrontSide => match self.side {
                Side::Front => "".into(),
                Side::Back(front) => front.into(),
            },
            Name::Tags => escape(self.tags.trim()),
            Name::Type => escape(self.note_type),
            Name::Deck => escape(self.deck),
            Name::Subdeck => escape(self.deck.rsplit("::").next().unwrap_or("")),
            Name::Card => escape(self.card),
            Name::CardFlag if self.flag == 0 => "".into(),
            Name::CardFlag => format!("flag{}", self.flag).into(),
            Name::CardId => self.card_id.to_string().into(),
            Name::Gap(_) | Name::Unknown => "".into(),
        }
    }

    fn filtered(&self, name: &Name, filters: &[Filter]) -> Cow<'_, str> {
        let front = self.side == Side::Front;
        let value = self.value(name);
        if filters.contains(&Filter::Type) {
            return match front {
                true => "".into(),
                false if filters.contains(&Filter::Cloze) => self.cloze(&value, true).into(),
                false => value,
            };
        }
        filters.iter().fold(value, |value, filter| match filter {
            Filter::Text => words_of(&value).into_owned().into(),
            Filter::Hint if front => "".into(),
            Filter::Hint | Filter::Type => value,
            Filter::Cloze => self.cloze(&value, false).into(),
            Filter::ClozeOnly => self.cloze(&value, true).into(),
            Filter::Furigana => ruby(&value, Reading::Both).into(),
            Filter::Kana => ruby(&value, Reading::Kana).into(),
            Filter::Kanji => ruby(&value, Reading::Kanji).into(),
            Filter::Speech => "".into(),
        })
    }

    fn cloze(&self, value: &str, only: bool) -> String {
        let parts = cloze::parse(value);
        let front = self.side == Side::Front;
        let mut out = String::with_capacity(value.len());
        match self.cloze {
            Cloze::Written => cloze::one_number_a_gap(&parts, &mut out),
            Cloze::Card(number) if only => cloze::show_only(&parts, number, front, &mut out),
            Cloze::Card(number) => cloze::show(&parts, number, front, &mut out),
        }
        out
    }
}

fn escape(text: &str) -> Cow<'_, str> {
    if text.contains(['&', '<', '>']) {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").into()
    } else {
        text.into()
    }
}
