//! What is kept of a note as Anki has it: JSON beside our text, written by the reader and understood
//! by the writer.
//!
//! # Design
//! Written once for every note of a package, so it says nothing twice: tags and decks are ours, and
//! what all notes of a type share stands once in [`PackageKind`](cairn_core::package::PackageKind).
//! A mark of the text tells whether the note was edited here since.

use std::borrow::Cow;

use cairn_core::note::Content;
use serde::{Deserialize, Serialize};

/// A note under Anki's own names.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptNote<'a> {
    #[serde(borrow)]
    pub guid: Cow<'a, str>,
    /// Key of its note type; empty in what the first versions kept.
    #[serde(borrow, default)]
    pub kind: Cow<'a, str>,
    #[serde(default)]
    pub id: i64,
    /// Seconds since 1970.
    #[serde(rename = "mod", default)]
    pub modified: i64,
    #[serde(borrow, default)]
    pub flds: Cow<'a, str>,
    /// Mark of the text that was made of the fields.
    #[serde(default)]
    pub text: u64,
}

/// A mark of a text: another text has another, but for chance. 53 bits, which every reader of JSON
/// holds. Stable, not for secrets; quick, since every note of an import gets one.
pub(super) fn mark(content: &Content) -> u64 {
    let mut mark = Mark(0x9e37_79b9_7f4a_7c15);
    mark.add(content.kind());
    match content {
        Content::Basic { front, back, both_ways, note } => {
            mark.number(u64::from(*both_ways));
            [front, back, note].into_iter().for_each(|text| mark.add(text));
        }
        Content::Cloze { text, note } => [text, note].into_iter().for_each(|text| mark.add(text)),
        Content::Faces { faces, note } => {
            for face in faces {
                [&face.key, &face.front, &face.back].into_iter().for_each(|text| mark.add(text));
            }
            mark.add(note);
        }
        Content::Choice { .. } => {
            for text in content.texts() {
                mark.add(text);
            }
        }
    }
    mark.0 >> 11
}

struct Mark(u64);

impl Mark {
    fn add(&mut self, text: &str) {
        let (words, rest) = text.as_bytes().as_chunks::<8>();
        for word in words {
            self.number(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.number(u64::from_le_bytes(last));
        self.number(text.len() as u64);
    }

    fn number(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn basic(front: &str, back: &str) -> Content {
        Content::Basic {
            front: front.into(),
            back: back.into(),
            both_ways: false,
            note: String::new(),
        }
    }

    #[rstest]
    #[case("a", "bc", "ab", "c")]
    #[case("", "a", "a", "")]
    #[case("a", "b", "a", "b\0")]
    #[case("12345678", "", "1234567", "8")]
    fn another_text_has_another_mark(
        #[case] front: &str,
        #[case] back: &str,
        #[case] other_front: &str,
        #[case] other_back: &str,
    ) {
        assert_ne!(mark(&basic(front, back)), mark(&basic(other_front, other_back)));
        assert_eq!(mark(&basic(front, back)), mark(&basic(front, back)));
    }

    #[test]
    fn what_the_first_versions_kept_is_understood() {
        let old = r#"{"guid":"g","mid":1,"mod":12,"tags":" a ","flds":"x"}"#;
        let kept: KeptNote<'_> = serde_json::from_str(old).unwrap();
        assert_eq!((kept.guid.as_ref(), kept.kind.as_ref(), kept.modified), ("g", "", 12));
    }
}
