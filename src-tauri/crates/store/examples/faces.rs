//! Prints both sides of every card of a collection as a line of JSON each, for `tests/interop`.
//!
//! In: the path of a collection. Out, a line a card: its identity in hexadecimal digits, the words of
//! its front, of its back and of its note's remark, with `⟦name⟧` for a picture or a sound and
//! `[...]` or `[hint]` for a gap. Not `cairn_core::text::plain`: its bullets, numbers and words for
//! pictures are no words of the card.

use std::error::Error;

use cairn_core::face;
use cairn_core::note::Content;
use cairn_core::text::{self, Block, Inline};
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: faces COLLECTION")?;
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut statement = conn.prepare(
        "SELECT lower(hex(card.uuid)), ordinal, content FROM card JOIN note ON note.id = card.note
         WHERE card.gone = 0",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (uuid, key, content): (String, String, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        let content: Content = serde_json::from_str(&content)?;
        let (front, back) = face::faces(&content, &key);
        let remark = text::parse(content.corrective());
        let [front, back, note] = [front, back, remark].map(|side| words(&side));
        println!("{}", json!({ "uuid": uuid, "front": front, "back": back, "note": note }));
    }
    Ok(())
}

fn words(blocks: &[Block]) -> String {
    let mut out = String::new();
    blocks.iter().for_each(|block| write(block, &mut out));
    out
}

fn write(block: &Block, out: &mut String) {
    match block {
        Block::Paragraph { children } | Block::Heading { children, .. } => inlines(children, out),
        Block::List { items, .. } => {
            items.iter().flatten().for_each(|block| write(block, out));
        }
        Block::Quote { children } => children.iter().for_each(|block| write(block, out)),
        Block::Code { text } => out.push_str(text),
        Block::Table { head, rows } => {
            for cell in std::iter::once(head).chain(rows).flatten() {
                inlines(cell, out);
                out.push('\n');
            }
        }
        Block::Rule => {}
    }
    out.push('\n');
}

fn inlines(children: &[Inline], out: &mut String) {
    for inline in children {
        match inline {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Em { children }
            | Inline::Strong { children }
            | Inline::Strike { children }
            | Inline::Link { children, .. }
            | Inline::Gap { shown: true, children, .. } => inlines(children, out),
            Inline::Gap { shown: false, hint, .. } => {
                out.push_str(&format!("[{}]", hint.as_deref().unwrap_or("...")));
            }
            Inline::Media { name, .. } => {
                out.push_str(&format!(" ⟦{}⟧ ", name.replace(' ', "_")));
            }
            Inline::Break => out.push('\n'),
        }
    }
}
