use std::fmt::Write as _;

use super::super::{MAX_CARD_BYTES, MAX_CARDS, MAX_FACTS, MAX_FILE_BYTES};
use super::*;

/// Large enough that reading would not end if it took the square of this.
const BROKEN_BYTES: usize = 256 * 1024;

fn basic(id: usize, back: &str) -> String {
    format!("## basic: c{id}\n\nq\n---\n{back}\n\n")
}

fn check(text: &str, line: u32, fragment: &str) {
    let problems = faults(text);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].line, line, "{problems:?}");
    assert!(problems[0].message.contains(fragment), "{problems:?}");
}

#[test]
fn a_file_has_at_most_64_mib() {
    let text = "x".repeat(MAX_FILE_BYTES + 1);
    check(&text, 1, "67108865 bytes");
    assert!(parse_bytes(text.as_bytes()).unwrap_err()[0].message.contains("67108865 bytes"));
}

#[test]
fn a_deck_has_at_most_500_000_cards() {
    let mut text = HEADER.to_owned();
    // A heading counts, whatever comes of it; the first hundred faults are not of this test.
    (0..=MAX_CARDS + 1).for_each(|_| text.push_str("## \n"));
    let problems = faults(&text);
    assert_eq!(problems.len(), 101);
    assert_eq!(problems[100].message, format!("{} more faults are not shown", MAX_CARDS - 99));
}

#[test]
fn a_card_has_at_most_64_kib() {
    let back = "a".repeat(MAX_CARD_BYTES - 1);
    assert_eq!(deck(&format!("{HEADER}{}", basic(1, &back))).notes.len(), 1);
    check(&format!("{HEADER}{}", basic(1, &format!("{back}a"))), 6, "card `c1` has 65537 bytes");
    check(&format!("{HEADER}{}", basic(1, &"\n".repeat(300_000))), 6, "card `c1` has 300009 bytes");
}

#[test]
fn a_comment_does_not_count() {
    let comment = format!("<!--\n{}-->\n", "a\n".repeat(300_000));
    assert_eq!(deck(&format!("{HEADER}{}{comment}", basic(1, "a"))).notes.len(), 1);
}

#[test]
fn a_card_has_at_most_200_facts() {
    let card = |facts| format!("{HEADER}## basic: x\n{}\nq\n---\na", "source: npg\n".repeat(facts));
    assert_eq!(deck(&card(MAX_FACTS)).notes[0].facts.sources.len(), 200);
    check(&card(MAX_FACTS + 2), 207, "more than 200 facts");
}

/// The largest decks of every sort end; if one took longer the longer it is, it would be seen here.
#[test]
fn large_files_end() {
    let mut cards = HEADER.to_owned();
    for id in 0..40_000 {
        let _ = write!(cards, "{}", basic(id, &"Lorem **ipsum** dolor. ".repeat(7)));
    }
    assert!(cards.len() > 7_000_000);
    let read = deck(&cards);
    assert_eq!(read.notes.len(), 40_000);
    assert_eq!(deck(&print(&read).text), read);
}

#[test]
fn large_broken_files_end() {
    for piece in [
        "\n",
        "\r",
        "x\n",
        "## \n",
        "## basic: x\n",
        "```\n",
        "<!--\n",
        "<!--\n--> x\n",
        "--> x\n<!--\n",
        "\0\n",
        "\\",
        "- [ ] a: b\n",
        "> \n",
        "`",
        "# x\nx\n",
        "## choice: x\n\n- [x] a\n",
        "## basic: x\ntags: ,\ntags: ,\n",
    ] {
        let body = piece.repeat(BROKEN_BYTES / piece.len());
        for opening in ["", HEADER, "---\n", "---\nid: ", "~~~~~\n"] {
            let _ = parse(&format!("{opening}{body}"));
        }
        let _ = parse(&format!("{HEADER}## basic: x\n\n{body}"));
        let _ = parse(&format!("{HEADER}## basic: x\ntags: {body}"));
    }
    let fences: String = (3..1000).rev().map(|length| "`".repeat(length) + "\n").collect();
    let _ = parse(&format!("{HEADER}## basic: x\n\n{fences}"));
    let _ = parse(&format!("{HEADER}## basic: x\ntags: {}", "a,".repeat(BROKEN_BYTES / 2)));
}
