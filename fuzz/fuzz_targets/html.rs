//! HTML: whatever it holds, the tree that a card shows has no address but https and no path.
#![no_main]

use cairn_core::text::{self, Block, Inline};
use cairn_formats::html;
use libfuzzer_sys::fuzz_target;

fn check(inlines: &[Inline]) {
    for inline in inlines {
        match inline {
            Inline::Link { href, children } => {
                assert!(href.to_ascii_lowercase().starts_with("https://"), "{href}");
                check(children);
            }
            Inline::Media { name, .. } => {
                assert!(!name.contains(['/', '\\', ':']) && name != "..", "{name}");
            }
            Inline::Em { children }
            | Inline::Strong { children }
            | Inline::Strike { children }
            | Inline::Gap { children, .. } => check(children),
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break => {}
        }
    }
}

fn walk(blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph { children } | Block::Heading { children, .. } => check(children),
            Block::List { items, .. } => items.iter().for_each(|item| walk(item)),
            Block::Quote { children } => walk(children),
            Block::Table { head, rows } => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| check(cell));
            }
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let soup = String::from_utf8_lossy(bytes);
    walk(&text::parse(&html::to_markdown(&soup).text));
});
