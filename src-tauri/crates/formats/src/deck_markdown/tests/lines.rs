use super::*;

/// What each line of `text` means, one letter a line, with the texts of those that are text.
fn check(text: &str, expected: &[(u32, Kind, &str)]) {
    let mut problems = Problems::default();
    let mut lines = Lines::of(text);
    let mut found = Vec::new();
    while let Some(line) = lines.next(&mut problems) {
        found.push((line.number, line.kind, line.text));
    }
    assert_eq!(found, expected, "{text:?}");
    assert_eq!(problems.or(()), Ok(()), "{text:?}");
}

#[test]
fn structure_stands_at_the_left_margin() {
    for (line, kind) in [
        ("---", Kind::Rule),
        ("---  ", Kind::Rule),
        ("----", Kind::Text),
        (" ---", Kind::Text),
        ("##", Kind::Heading),
        ("## x", Kind::Heading),
        ("##\tx", Kind::Heading),
        ("##x", Kind::Text),
        ("### x", Kind::Text),
        ("#", Kind::Chapter),
        ("# x", Kind::Chapter),
        ("#x", Kind::Text),
        ("- [ ] x", Kind::Option),
        ("- [x]", Kind::Option),
        ("- [X] x", Kind::Text),
        ("- [x]x", Kind::Text),
        ("- x", Kind::Text),
        (">", Kind::Quote),
        ("> x", Kind::Quote),
        (">x", Kind::Text),
        (" \t\u{a0}", Kind::Blank),
        ("x", Kind::Text),
    ] {
        assert_eq!(kind_at_margin(line), kind, "{line:?}");
    }
}

#[test]
fn lf_cr_lf_and_cr_end_a_line() {
    let lines: Vec<&str> = raw_lines("a\r\nb\n\nc\rd\r\r\n").collect();
    assert_eq!(lines, ["a", "b", "", "c", "d", ""]);
    assert_eq!(raw_lines("").count(), 0);
}

#[test]
fn one_backslash_makes_structure_text() {
    check(r"\---", &[(1, Kind::Text, "---")]);
    check(r"\\---", &[(1, Kind::Text, r"\---")]);
    check(r"\> a", &[(1, Kind::Text, "> a")]);
    check(r"\- [ ] a", &[(1, Kind::Text, "- [ ] a")]);
    check(r"\## a", &[(1, Kind::Text, "## a")]);
    check(r"\# a", &[(1, Kind::Text, "# a")]);
    check(r"\<!-- a -->", &[(1, Kind::Text, "<!-- a -->")]);
}

#[test]
fn a_backslash_before_anything_else_stays() {
    for line in [r"\* a", r"\", r"\\", r"\```", r"\>a", r" \---", r"\ ---"] {
        check(line, &[(1, Kind::Text, line)]);
    }
}

#[test]
fn nothing_is_structure_in_a_code_block() {
    check(
        "```\n---\n\\---\n<!--\n```\n---",
        &[
            (1, Kind::Code, "```"),
            (2, Kind::Code, "---"),
            (3, Kind::Code, r"\---"),
            (4, Kind::Code, "<!--"),
            (5, Kind::Code, "```"),
            (6, Kind::Rule, "---"),
        ],
    );
}

#[test]
fn comments_on_lines_of_their_own_are_skipped() {
    check("<!-- a -->\nb", &[(2, Kind::Text, "b")]);
    check("<!--\n## basic: x\n```\n-->  \nb", &[(5, Kind::Text, "b")]);
    check("<!-- a\r\nb --> \t\r\nc", &[(3, Kind::Text, "c")]);
    check(
        "<!-- a --><!-- b -->\nc",
        &[(1, Kind::Text, "<!-- a --><!-- b -->"), (2, Kind::Text, "c")],
    );
}

#[test]
fn a_comment_that_shares_a_line_with_text_is_text() {
    check("<!-- a --> b", &[(1, Kind::Text, "<!-- a --> b")]);
    check(" <!-- a -->", &[(1, Kind::Text, " <!-- a -->")]);
    check(
        "<!--\n---\n--> b",
        &[(1, Kind::Text, "<!--"), (2, Kind::Rule, "---"), (3, Kind::Text, "--> b")],
    );
}

#[test]
fn a_place_counts_characters() {
    let raw = "é: ü, x";
    let line = Line { number: 4, raw, text: raw, kind: Kind::Text };
    let (_, value) = line.entry().unwrap();
    assert_eq!(line.place_of(value).before, "é: ");
    assert_eq!(line.place_of(&raw[raw.len()..]).before, raw);
}
