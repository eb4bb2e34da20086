//! Notes of Cairn's own note types: what they are called, and how their fields say what Anki has no
//! place for.
//!
//! # Design
//! Text stands in fields, one a part, so that it can be read and edited in Anki. What a person need
//! not see there (areas, sources by key, ids of options) is JSON in an HTML comment behind the line of
//! sources; the same for a deck, behind its description. Whoever takes it away loses just that.
//!
//! The guid of a note of ours holds its UUID: it is the same note wherever it goes and comes back.

use cairn_core::note::{ChoiceOption, Content, Face};
use cairn_core::package::{Facts, PackageDeck};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::cloze;
use super::content::{Made, Note};
use super::notetypes::NoteType;
use super::text::{Found, markdown};

/// A note type of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Own {
    Basic,
    BothWays,
    Cloze,
    Choice,
    /// As many cards as that.
    Faces(usize),
}

/// Options of a question, at most.
pub(super) const LETTERS: [char; 8] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
/// Cards of one note, at most, that stand under their own numbers.
pub(super) const LAST_FACE: usize = 99;

impl Own {
    pub fn name(self) -> String {
        match self {
            Self::Basic => "Cairn basic".into(),
            Self::BothWays => "Cairn basic (and reversed card)".into(),
            Self::Cloze => "Cairn cloze".into(),
            Self::Choice => "Cairn choice".into(),
            Self::Faces(count) => format!("Cairn cards ({count})"),
        }
    }

    /// Names of the fields; the last two are the same in all.
    pub fn fields(self) -> Vec<String> {
        let mut fields: Vec<String> = match self {
            Self::Basic | Self::BothWays => vec!["Front".into(), "Back".into()],
            Self::Cloze => vec!["Text".into()],
            Self::Choice => {
                let named = |what: &str| LETTERS.map(|letter| format!("{what} {letter}"));
                let mut fields = vec!["Question".into()];
                fields.extend(named("Option"));
                fields.push("Right".into());
                fields.extend(named("Reason"));
                fields
            }
            Self::Faces(count) => (1..=count)
                .flat_map(|number| [format!("Front {number}"), format!("Back {number}")])
                .collect(),
        };
        fields.extend(["Note".into(), "Source".into()]);
        fields
    }

    /// Which of ours a note type is. Anki changes the end of a name where another has it.
    pub fn of(note_type: &NoteType) -> Option<Self> {
        if !note_type.name.starts_with("Cairn ") {
            return None;
        }
        let own = match (note_type.cloze, note_type.fields.first()?.as_str()) {
            (true, _) => Self::Cloze,
            (false, "Front") if note_type.templates.len() == 1 => Self::Basic,
            (false, "Front") => Self::BothWays,
            (false, "Question") => Self::Choice,
            (false, _) => Self::Faces(note_type.templates.len()),
        };
        (own.fields() == note_type.fields).then_some(own)
    }
}

/// What a note says behind its sources.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Said {
    /// Its id in its deck.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<Facts>,
    /// Ids of the options.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Keys of the cards, where they are not their numbers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keys: Vec<String>,
}

const OPEN: &str = "<!--cairn ";
const CLOSE: &str = "-->";

/// A comment that holds a value.
pub(super) fn comment(value: &impl Serialize) -> String {
    let json = super::schedule::json(value);
    // No tag and no end of the comment may stand in it.
    let json = json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    format!("{OPEN}{json}{CLOSE}")
}

/// The value that a comment in some HTML holds.
fn in_comment<'a, T: Deserialize<'a>>(html: &'a str) -> Option<T> {
    let (_, rest) = html.split_once(OPEN)?;
    serde_json::from_str(rest.split_once(CLOSE)?.0).ok()
}

/// What a note says behind its sources.
pub(super) fn said(fields: &[&str]) -> Said {
    fields.last().and_then(|source| in_comment(source)).unwrap_or_default()
}

/// What a deck says behind its description, if it is the deck of that name.
pub(super) fn deck(about: &str, name: &str) -> Option<PackageDeck> {
    let deck: PackageDeck = in_comment(about)?;
    (deck_name(&deck.title) == name && deck.notes.is_empty()).then_some(deck)
}

/// Facts of a note with these tags. Tags that Anki could not hold as they are come back where nobody
/// changed them there.
pub(super) fn facts(said: Option<Facts>, tags: Vec<String>) -> Facts {
    let facts = said.unwrap_or_default();
    let same = tag_names(&facts.tags).map_or(tags.is_empty(), |names| names == tags);
    if same { facts } else { Facts { tags, ..facts } }
}

/// Tags as Anki has them; `None` for none.
pub(super) fn tag_names(tags: &[String]) -> Option<Vec<String>> {
    let name = |tag: &String| {
        let name = tag.trim().replace(char::is_whitespace, "_");
        name.replace(|c: char| c.is_control() || c == '"', "")
    };
    let mut names: Vec<String> = tags.iter().map(name).filter(|name| !name.is_empty()).collect();
    let mut known = std::collections::HashSet::new();
    names.retain(|name| known.insert(name.clone()));
    (!names.is_empty()).then_some(names)
}

/// The name of a deck as Anki has it.
pub(super) fn deck_name(title: &str) -> String {
    let part = |part: &str| {
        let part = part.replace(|c: char| c.is_control() || c == '"', "");
        match part.trim() {
            "" => "blank".to_owned(),
            part => part.to_owned(),
        }
    };
    title.split("::").map(part).collect::<Vec<_>>().join("::")
}

const GUID: &str = "cairn-";

/// The guid of a note of ours.
pub(super) fn guid(uuid: Uuid) -> String {
    format!("{GUID}{}", uuid.simple())
}

/// The note of ours that a guid names.
pub(super) fn uuid(guid: &str) -> Option<Uuid> {
    Uuid::try_parse(guid.strip_prefix(GUID)?).ok()
}

/// Turns a note of a type of ours into content and card keys; `None` where it can't be put so.
pub(super) fn make(note: &Note<'_>, own: Own) -> Option<Made> {
    let mut found = Found::default();
    let mut field = |at: usize| markdown(note.fields.get(at).copied().unwrap_or(""), &mut found);
    let remark = own.fields().len() - 2;
    let content = match own {
        Own::Basic | Own::BothWays => Content::Basic {
            front: field(0),
            back: field(1),
            both_ways: own == Own::BothWays,
            note: field(remark),
        },
        Own::Cloze => {
            let written = cloze::numbers(&cloze::parse(note.fields.first()?));
            let text = field(0);
            let kept = cairn_core::cloze::numbers(&text);
            if !kept.into_iter().map(u16::from).eq(written) {
                return None;
            }
            Content::Cloze { text, note: field(remark) }
        }
        Own::Choice => {
            let ids = said(&note.fields).options;
            let right = field(1 + LETTERS.len());
            let right: Vec<&str> = right.split([',', ' ']).collect();
            let option = |(at, letter): (usize, char)| {
                let text = field(1 + at);
                let id = ids.get(at).cloned();
                (!text.is_empty()).then(|| ChoiceOption {
                    id: id.unwrap_or_else(|| letter.to_ascii_lowercase().into()),
                    text,
                    right: right.contains(&letter.to_string().as_str()),
                    reason: field(2 + LETTERS.len() + at),
                })
            };
            let options = LETTERS.into_iter().enumerate().filter_map(option).collect();
            Content::Choice { stem: field(0), options, note: field(remark) }
        }
        Own::Faces(count) => {
            let keys = said(&note.fields).keys;
            let face = |at: usize| {
                let (front, back) = (field(2 * at), field(2 * at + 1));
                let key = keys.get(at).cloned().unwrap_or_else(|| format!("t{}", at + 1));
                (!front.is_empty()).then_some(Face { key, front, back })
            };
            let faces = (0..count).filter_map(face).collect();
            Content::Faces { faces, note: field(remark) }
        }
    };
    if content.texts().first().is_none_or(|first| first.is_empty()) {
        return None;
    }
    let known = content.card_keys();
    let keys =
        note.cards.iter().enumerate().map(|(at, card)| (at, key(own, &note.fields, card.ord)));
    let keys = keys.filter(|(_, key)| known.contains(key)).collect();
    Some(Made { content, found, keys, uncovered: false })
}

fn key(own: Own, fields: &[&str], ord: i64) -> String {
    match own {
        Own::Basic | Own::BothWays | Own::Choice if ord == 0 => "front".into(),
        Own::Basic | Own::BothWays | Own::Choice => "back".into(),
        Own::Cloze => format!("c{}", ord.saturating_add(1)),
        Own::Faces(_) => {
            let named = usize::try_from(ord).ok().and_then(|at| said(fields).keys.get(at).cloned());
            named.unwrap_or_else(|| format!("t{}", ord.saturating_add(1)))
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Exam::Peer support", "Exam::Peer support")]
    #[case(" a \"b\" :: ", "a b::blank")]
    #[case("", "blank")]
    fn a_deck_has_a_name_that_anki_takes(#[case] title: &str, #[case] name: &str) {
        assert_eq!(deck_name(title), name);
        assert_eq!(deck_name(name), name);
    }

    #[test]
    fn a_comment_holds_what_would_end_it() {
        let said = Said { id: "--> <b> & \u{1f}".into(), ..Said::default() };
        let field = format!("Source: x{}", comment(&said));
        assert_eq!(field.matches('>').count(), 1);
        assert!(!field.contains('\u{1f}'));
        assert_eq!(super::said(&[&field]), said);
        assert_eq!(super::said(&["<!--cairn nonsense-->"]), Said::default());
    }

    #[test]
    fn tags_come_back_unless_they_were_changed() {
        let ours = Facts { tags: vec!["two words".into()], ..Facts::default() };
        assert_eq!(facts(Some(ours.clone()), vec!["two_words".into()]), ours);
        assert_eq!(facts(Some(ours), vec!["other".into()]).tags, ["other"]);
        assert_eq!(facts(None, vec!["x".into()]).tags, ["x"]);
    }

    #[test]
    fn a_guid_of_ours_holds_the_uuid() {
        let known = Uuid::from_u128(7);
        assert_eq!(uuid(&guid(known)), Some(known));
        assert_eq!(uuid("Rj&Z5m[>Zp"), None);
    }
}
