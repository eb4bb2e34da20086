use super::*;

fn check_basic(body: &str, front: &str, back: &str, note: &str) {
    let expected = Content::Basic {
        front: front.into(),
        back: back.into(),
        both_ways: false,
        note: note.into(),
    };
    assert_eq!(super::note(&format!("## basic: x\n\n{body}")).content, expected, "{body:?}");
}

fn check_reason(lines: &str, reason: &str) {
    let card = format!("## choice: x\n\nq\n\n- [x] a: A\n{lines}\n\n- [ ] b: B\n  No.\n");
    let Content::Choice { options, .. } = note(&card).content else { panic!("{card}") };
    assert_eq!(options[0].reason, reason, "{lines:?}");
    assert_eq!(options[1].reason, "No.");
}

#[test]
fn a_basic_card_is_cut_at_the_line() {
    check_basic("q\n---\na", "q", "a", "");
    check_basic("\n\nq\n\n\n---   \n\n\na\n\n", "q", "a", "");
    check_basic("q1\n\nq2\n\n---\n\n    code\n\na", "q1\n\nq2", "    code\n\na", "");
}

#[test]
fn a_hard_break_stays_and_an_empty_line_loses_its_spaces() {
    check_basic("q  \nr\n---\na\n   \nb", "q  \nr", "a\n\nb", "");
}

#[test]
fn a_backslash_makes_structure_text() {
    check_basic("\\---\n---\n\\> a", "---", "> a", "");
    check_basic("\\\\---\n---\n\\- [ ] a", "\\---", "- [ ] a", "");
    check_basic("\\## q\n---\n\\# a\n\\<!-- a -->", "## q", "# a\n<!-- a -->", "");
    check_basic("### q\n---\n- a\n  ---\n  > b", "### q", "- a\n  ---\n  > b", "");
}

#[test]
fn a_code_block_hides_structure() {
    check_basic(
        "```\n---\n## basic: y\n\\---\n```\n---\n~~~\n> a\n~~~",
        "```\n---\n## basic: y\n\\---\n```",
        "~~~\n> a\n~~~",
        "",
    );
}

#[test]
fn a_note_comes_last() {
    check_basic("q\n---\na\n> n", "q", "a", "n");
    check_basic("q\n---\na\n\n> n\n>\n> m\n\n> o\n\n", "q", "a", "n\n\nm\n\no");
    check_basic("q\n---\na\n> ```\n> ---\n>     x\n", "q", "a", "```\n---\n    x");
    check_basic("q\n---\na\n>\n", "q", "a", "");
}

#[test]
fn comments_are_skipped() {
    check_basic("q\n<!-- c -->\n---\na\n<!--\n> c\n-->", "q", "a", "");
    check_basic("q <!-- c -->\n---\na", "q <!-- c -->", "a", "");
    let text = format!("<!-- c -->\n# T\n\n<!--\n## basic: y\n-->\n{}", "## basic: x\n\nq\n---\na");
    assert_eq!(note(&text).id, "x");
}

#[test]
fn a_heading_of_level_one_ends_a_card() {
    let text = format!(
        "{HEADER}## basic: x\n\nq\n---\na\n\n# Part\n\n<!-- c -->\n\n## basic: y\n\nq\n---\na"
    );
    assert_eq!(deck(&text).notes.len(), 2);
}

#[test]
fn a_reason_may_have_paragraphs_and_code() {
    check_reason("  One.", "One.");
    check_reason("  One.\n  Two.", "One.\nTwo.");
    check_reason("  One.\n\n\n  Two.", "One.\n\n\nTwo.");
    check_reason("  One.\n\n      code", "One.\n\n    code");
    check_reason("      One.\n      Two.", "One.\nTwo.");
    check_reason("\tOne.\n\t\tTwo.", "One.\n\tTwo.");
    check_reason("  ```\n  ---\n", "```\n---");
    check_reason("\n  - [ ] b: B\n  > c\n  ## d", "- [ ] b: B\n> c\n## d");
}

#[test]
fn the_text_of_an_option_may_hold_colons() {
    let card = note("## choice: x\n\nq\n- [x] a: Say: yes\n  r\n- [ ] b :  No  \n  r\n> n");
    let Content::Choice { options, note, .. } = card.content else { panic!() };
    assert_eq!((options[0].text.as_str(), options[1].text.as_str()), ("Say: yes", "No"));
    assert_eq!(note, "n");
}

#[test]
fn windows_files_read_as_others_do() {
    let text = example::example();
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(parse(&windows), parse(text));
    assert_eq!(parse_bytes(windows.as_bytes()), parse(text));
    assert_eq!(parse(&text.replace('\n', "\r")), parse(text));
}

#[test]
fn a_header_may_be_short_or_have_empty_lines() {
    let deck = deck("---\n\nid: a\ntitle:  B: c | d \nabout:\nversion:\n\n---");
    assert_eq!((deck.id.as_str(), deck.title.as_str()), ("a", "B: c | d"));
    assert_eq!((deck.language.as_str(), deck.version.as_str()), ("en", "1"));
    assert_eq!(deck.notes, []);
}

#[test]
fn a_source_may_have_an_address_and_no_publisher() {
    let deck = deck("---\nid: a\ntitle: b\nsource X_1: T | | https://e.org/?a|b\n---");
    let source = &deck.sources[0];
    assert_eq!((source.key.as_str(), source.title.as_str()), ("X_1", "T"));
    assert_eq!((source.publisher.as_str(), source.address.as_str()), ("", "https://e.org/?a|b"));
}

#[test]
fn facts_read_as_written() {
    let card = note(
        "## basic: x\nboth-ways: yes\n area :CM\nexpires: 2028-02-29\nsource: npg | secondary | unknown | p. 3 | 4\nsource: npg\n\nq\n---\na",
    );
    assert!(matches!(card.content, Content::Basic { both_ways: true, .. }));
    assert_eq!(card.facts.area.map(|area| area.code()), Some("CM"));
    assert_eq!(card.facts.expires.map(|date| date.to_string()).as_deref(), Some("2028-02-29"));
    assert_eq!(card.facts.sources[0].place, "p. 3 | 4");
    assert_eq!(card.facts.sources.len(), 2);
}
