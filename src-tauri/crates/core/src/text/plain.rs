//! The tree as plain text, for a terminal, a search index or a line of words.

use super::{Block, Inline};

/// Plain text of a tree: blocks on lines of their own, a hidden gap as `[…]` or `[hint]`.
pub fn plain(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        write_block(block, &mut out);
    }
    out.truncate(out.trim_end().len());
    out
}

fn write_block(block: &Block, out: &mut String) {
    match block {
        Block::Paragraph { children } | Block::Heading { children, .. } => {
            write_inlines(children, out);
            end_line(out);
        }
        Block::List { start, items } => {
            for (item, number) in items.iter().zip(start.unwrap_or(0)..) {
                match start {
                    Some(_) => out.push_str(&format!("{number}. ")),
                    None => out.push_str("• "),
                }
                item.iter().for_each(|block| write_block(block, out));
                end_line(out);
            }
        }
        Block::Quote { children } => children.iter().for_each(|block| write_block(block, out)),
        Block::Code { text } => {
            out.push_str(text);
            end_line(out);
        }
        Block::Table { head, rows } => {
            for row in std::iter::once(head).chain(rows) {
                for (column, cell) in row.iter().enumerate() {
                    if column > 0 {
                        out.push_str(" | ");
                    }
                    write_inlines(cell, out);
                }
                end_line(out);
            }
        }
        Block::Rule => {}
    }
}

fn write_inlines(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => out.push_str(text),
            Inline::Em { children }
            | Inline::Strong { children }
            | Inline::Strike { children }
            | Inline::Link { children, .. }
            | Inline::Gap { shown: true, children, .. } => write_inlines(children, out),
            Inline::Gap { shown: false, hint, .. } => {
                out.push('[');
                out.push_str(hint.as_deref().unwrap_or("…"));
                out.push(']');
            }
            Inline::Media { name, alt } => {
                out.push_str(if alt.is_empty() { name } else { alt });
            }
            Inline::Break => out.push('\n'),
        }
    }
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// The file names of the pictures and sounds that a text names, in its order.
pub fn media_names(markdown: &str) -> Vec<String> {
    if !markdown.contains(super::parse::MEDIA) {
        return Vec::new();
    }
    let mut names = Vec::new();
    name_blocks(&super::parse(markdown), &mut names);
    names
}

fn name_blocks(blocks: &[Block], names: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Paragraph { children } | Block::Heading { children, .. } => {
                name_inlines(children, names);
            }
            Block::List { items, .. } => items.iter().for_each(|item| name_blocks(item, names)),
            Block::Quote { children } => name_blocks(children, names),
            Block::Table { head, rows } => std::iter::once(head)
                .chain(rows)
                .flatten()
                .for_each(|cell| name_inlines(cell, names)),
            Block::Code { .. } | Block::Rule => {}
        }
    }
}

fn name_inlines(inlines: &[Inline], names: &mut Vec<String>) {
    for inline in inlines {
        match inline {
            Inline::Media { name, .. } => names.push(name.clone()),
            Inline::Em { children }
            | Inline::Strong { children }
            | Inline::Strike { children }
            | Inline::Link { children, .. }
            | Inline::Gap { children, .. } => name_inlines(children, names),
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break => {}
        }
    }
}
