use super::*;

fn check_reason(lines: &str, expected: &str) {
    assert_eq!(reason(&raw_lines(lines).collect::<Vec<_>>()), expected, "{lines:?}");
}

#[test]
fn a_text_has_no_empty_lines_around_it() {
    let check = |from: &str, to: &str| assert_eq!(text(from), to, "{from:?}");
    check("", "");
    check(" \n\t\n", "");
    check("\n\n a \n \n\nb\n\n", " a \n\n\nb");
    check("a\r\nb\rc\n\rd", "a\nb\nc\n\nd");
    check("a\0b\u{b}c\u{85}\td", "a b c \td");
}

#[test]
fn an_open_code_block_is_closed() {
    let check = |from: &str, to: &str| assert_eq!(closed(from), to, "{from:?}");
    check("a", "a");
    check("```\na\n```", "```\na\n```");
    check("a\n```rs\nb", "a\n```rs\nb\n```");
    check("~~~~\n```\n~~~", "~~~~\n```\n~~~\n~~~~");
    check(" ```\na", " ```\na");
}

#[test]
fn a_reason_is_not_indented_as_a_whole() {
    check_reason("a\nb", "a\nb");
    check_reason("  a\n\n   b", "a\n\n b");
    check_reason("\n    a\n  b\n", "  a\nb");
    check_reason("\ta\n\t b", "a\n b");
    check_reason("\ta\n  b", "\ta\n  b");
    check_reason("  ", "");
}

#[test]
fn a_line_is_one_line() {
    let check = |from: &str, to: &str| assert_eq!(one_line(from), to, "{from:?}");
    check(" a  b ", "a  b");
    check("a \r\n\n b\0c", "a b c");
    check("\n", "");
    check("a\tb", "a\tb");
}
