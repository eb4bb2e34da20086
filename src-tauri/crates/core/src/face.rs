//! Front and back of one card of a note.

use crate::note::Content;
use crate::text::{self, Block, Gaps};

/// Front and back of the card of an ordinal key, as text trees. The back of a choice is empty: its
/// options are the answer. A key that the content does not make gives two empty sides.
pub fn faces(content: &Content, key: &str) -> (Vec<Block>, Vec<Block>) {
    match content {
        Content::Basic { front, back, .. } if key == "back" => {
            (text::parse(back), text::parse(front))
        }
        Content::Basic { front, back, .. } => (text::parse(front), text::parse(back)),
        Content::Cloze { text, .. } => {
            let number = key.strip_prefix('c').and_then(|n| n.parse().ok()).unwrap_or(0);
            let side = |shown| text::parse_cloze(text, Gaps { number, shown });
            (side(false), side(true))
        }
        Content::Faces { faces, .. } => {
            let face = faces.iter().find(|face| face.key == key);
            face.map(|face| (text::parse(&face.front), text::parse(&face.back))).unwrap_or_default()
        }
        Content::Choice { stem, .. } => (text::parse(stem), Vec::new()),
    }
}
