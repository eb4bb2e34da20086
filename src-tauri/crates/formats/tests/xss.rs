//! Published families of cross-site scripting: whatever a text holds, its tree holds nothing that
//! could run, load or lead anywhere but to an `https:` address or a file of the note.

#![allow(clippy::unwrap_used, clippy::panic)]

use cairn_core::text::{self, Gaps};
use cairn_formats::html;
use serde_json::Value;

const VECTORS: &str = include_str!("fixtures/xss.txt");

fn vectors() -> Vec<String> {
    let (_, vectors) = VECTORS.split_once("\n\n").unwrap();
    let read = |line: &str| {
        line.replace('\u{2400}', "\0").replace('\u{2401}', "\u{1}").replace('\u{240C}', "\u{c}")
    };
    vectors.lines().map(read).collect()
}

/// What a tree may consist of. There is no kind for anything that runs.
const KINDS: [&str; 15] = [
    "paragraph",
    "heading",
    "list",
    "quote",
    "code",
    "table",
    "rule",
    "text",
    "em",
    "strong",
    "strike",
    "link",
    "media",
    "break",
    "gap",
];

fn check(tree: &Value, vector: &str) {
    match tree {
        Value::Array(inner) => inner.iter().for_each(|tree| check(tree, vector)),
        Value::Object(node) => {
            let kind = node["t"].as_str().unwrap();
            assert!(KINDS.contains(&kind), "{kind} of {vector}");
            if let Some(href) = node.get("href") {
                let href = href.as_str().unwrap();
                assert!(href.to_ascii_lowercase().starts_with("https://"), "{href} of {vector}");
                assert!(!href.contains(char::is_control), "{href:?} of {vector}");
            }
            if kind == "media" {
                let name = node["name"].as_str().unwrap();
                assert!(!name.contains(['/', '\\', ':', '\0']), "{name} of {vector}");
                assert!(!name.is_empty() && name != "." && name != "..", "{name} of {vector}");
            }
            node.values().filter(|value| !value.is_string()).for_each(|tree| check(tree, vector));
        }
        _ => {}
    }
}

fn check_markdown(markdown: &str, vector: &str) {
    check(&serde_json::to_value(text::parse(markdown)).unwrap(), vector);
    for shown in [false, true] {
        let gaps = Gaps { number: 1, shown };
        check(&serde_json::to_value(text::parse_cloze(markdown, gaps)).unwrap(), vector);
    }
}

#[test]
fn no_vector_gives_anything_but_text() {
    let vectors = vectors();
    assert!(vectors.len() >= 100, "only {} vectors", vectors.len());
    for vector in &vectors {
        check_markdown(&html::to_markdown(vector).text, vector);
        check_markdown(vector, vector);
    }
}

#[test]
fn vectors_do_not_combine() {
    let vectors = vectors();
    for pair in vectors.windows(2) {
        let both = pair.concat();
        check_markdown(&html::to_markdown(&both).text, &both);
        check_markdown(&both, &both);
    }
}

/// Reading a note's HTML and then its Markdown as HTML again must not bring tags back to life.
#[test]
fn reading_twice_is_safe() {
    for vector in vectors() {
        let once = html::to_markdown(&vector).text;
        check_markdown(&html::to_markdown(&once).text, &vector);
    }
}
