//! Plain text of Markdown without the tree, for tables of a hundred thousand cards.
//!
//! # Design
//! Most texts are a line in which Markdown finds nothing to do; such a line is its own plain text.
//! What is not plainly of that kind goes the long way, so both ways give the same (a property test
//! holds this).

use super::{Gaps, parse, parse_cloze, plain};
use crate::cloze::{self, Piece};

/// Adds the plain text of Markdown to `out`: that of [`plain`] of [`parse`].
pub fn write_plain(markdown: &str, out: &mut String) {
    if is_literal(markdown) {
        out.push_str(markdown.trim_end());
    } else if !write_stressed(markdown, out) {
        out.push_str(&plain(&parse(markdown)));
    }
}

/// Writes a line whose only marks stress whole words, one stretch after the other, such as
/// `**Mutual** means *both*.`; `false`, with nothing written, if it is not such a line.
fn write_stressed(text: &str, out: &mut String) -> bool {
    let only_stars = !text.bytes().any(|byte| byte != b'*' && MEANS_SOMETHING[usize::from(byte)]);
    if !only_stars || !(text.starts_with('*') || starts_literally(text)) {
        return false;
    }
    let (start, mut rest, mut open) = (out.len(), text, 0);
    while let Some(at) = rest.find('*') {
        let (before, stars) = rest.split_at(at);
        let after = stars.trim_start_matches('*');
        let run = stars.len() - after.len();
        let is_first = rest.len() == text.len();
        let fits = match open {
            0 => run <= 2 && opens(before, is_first, after),
            _ => run == open && closes(before, after),
        };
        if !fits {
            out.truncate(start);
            return false;
        }
        out.push_str(before);
        (rest, open) = (after, if open == 0 { run } else { 0 });
    }
    if open > 0 {
        out.truncate(start);
        return false;
    }
    out.push_str(rest);
    out.truncate(start + out.get(start..).map_or(0, |added| added.trim_end().len()));
    true
}

/// Whether stars between these texts can only open: after a blank or at the start, before a word.
fn opens(before: &str, is_first: bool, after: &str) -> bool {
    let apart = before.ends_with(' ') || (before.is_empty() && is_first);
    apart && after.starts_with(char::is_alphanumeric)
}

/// Whether stars between these texts can only close: after a word, or its punctuation, before a blank,
/// a sign or the end.
fn closes(before: &str, after: &str) -> bool {
    let sign = ['.', ',', ':', ';', '?'];
    let ends = after.is_empty() || after.starts_with(' ');
    (before.ends_with(char::is_alphanumeric) && (ends || after.starts_with(sign)))
        || (before.ends_with(sign) && ends)
}

/// A cloze text from which the plain text of several sides is made.
pub struct PlainCloze<'a> {
    text: &'a str,
    /// None where the long way is needed for all.
    pieces: Option<Vec<Piece<'a>>>,
}

impl<'a> PlainCloze<'a> {
    /// Looks for the gaps of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, pieces: has_no_mark(text).then(|| cloze::pieces(text)) }
    }

    /// Adds the plain text of a side to `out`: that of [`plain`] of [`parse_cloze`].
    pub fn write(&self, gaps: Gaps, out: &mut String) {
        let start = out.len();
        if self.pieces.as_ref().is_some_and(|pieces| write_pieces(pieces, gaps, out)) {
            // Markdown reads a line by its start, which a gap may hold.
            let starts_with_gap = out.as_bytes().get(start) == Some(&b'[');
            if starts_with_gap || out.get(start..).is_some_and(starts_literally) {
                out.truncate(start + out.get(start..).map_or(0, |added| added.trim_end().len()));
                return;
            }
        }
        out.truncate(start);
        out.push_str(&plain(&parse_cloze(self.text, gaps)));
    }
}

/// Writes pieces as a card of one gap number shows them; `false` if the long way is needed.
fn write_pieces(pieces: &[Piece<'_>], gaps: Gaps, out: &mut String) -> bool {
    pieces.iter().all(|piece| match piece {
        Piece::Text(text) => {
            out.push_str(text);
            true
        }
        Piece::Gap { number, hint, .. } if *number == gaps.number && !gaps.shown => {
            out.push('[');
            out.push_str(hint.unwrap_or("…"));
            out.push(']');
            true
        }
        Piece::Gap { number, inner, .. } => {
            let start = out.len();
            let written = inner.iter().all(|piece| match piece {
                Piece::Text(text) => {
                    out.push_str(text);
                    true
                }
                Piece::Gap { .. } => false,
            });
            // What a gap of the card holds is read by itself, blanks around it and all.
            let held = out.get(start..).unwrap_or_default();
            let by_itself = *number == gaps.number;
            written && (!by_itself || (starts_literally(held) && held.trim_end() == held))
        }
    })
}

/// Whether Markdown finds nothing to do in a text.
fn is_literal(text: &str) -> bool {
    has_no_mark(text) && starts_literally(text)
}

/// Whether a text is one line without a character that means something inside a line.
fn has_no_mark(text: &str) -> bool {
    !text.bytes().any(|byte| MEANS_SOMETHING[usize::from(byte)])
}

/// Whether a line without marks is a paragraph: it starts with a letter or the like, so it is no
/// list, rule, heading or code.
fn starts_literally(text: &str) -> bool {
    match text.as_bytes().first() {
        None => true,
        Some(b'a'..=b'z' | b'A'..=b'Z' | b'(' | b'"' | b'\'' | b'$' | b'.') => true,
        // Letters of other scripts and typographic marks, but for their blanks.
        Some(128..) => text.chars().next().is_some_and(|first| !first.is_whitespace()),
        Some(_) => false,
    }
}

/// Bytes with which Markdown may do something within a line; `0xEE` starts the characters that stand
/// for gaps while Markdown is read.
const MEANS_SOMETHING: [bool; 256] = {
    let mut table = [false; 256];
    let marks = b"\\`*_[]<>&!~|\n\r\t\0\x0b\x0c\xEE";
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn quick(markdown: &str) -> String {
        let mut out = String::from("before ");
        write_plain(markdown, &mut out);
        out.strip_prefix("before ").unwrap().to_owned()
    }

    fn quick_cloze(text: &str, gaps: Gaps) -> String {
        let mut out = String::from("before ");
        PlainCloze::new(text).write(gaps, &mut out);
        out.strip_prefix("before ").unwrap().to_owned()
    }

    #[rstest]
    #[case::literal("What does mutual mean?", true)]
    #[case::another_script("¿Qué significa?", true)]
    #[case::empty("", true)]
    #[case::emphasis("What does *mutual* mean?", false)]
    #[case::a_list("1. One", false)]
    #[case::a_rule("---", false)]
    #[case::two_lines("One\ntwo", false)]
    #[case::code("    code", false)]
    #[case::a_wide_blank("\u{a0}a", false)]
    fn a_literal_line_goes_the_short_way(#[case] markdown: &str, #[case] short: bool) {
        assert_eq!(is_literal(markdown), short);
        assert_eq!(quick(markdown), plain(&parse(markdown)));
    }

    #[rstest]
    #[case::a_word("**Mutual** means *both*.", true)]
    #[case::with_its_sign("*Note:* see **below.**", true)]
    #[case::several_words("a *b c*, d", true)]
    #[case::blanks_at_the_end("*a*  ", true)]
    #[case::inside_a_word("un*frigging*believable", false)]
    #[case::not_closed("a *b", false)]
    #[case::not_the_same("a *b**", false)]
    #[case::one_in_the_other("*a **b** c*", false)]
    #[case::a_list("* a", false)]
    #[case::a_rule("***", false)]
    #[case::three("***a***", false)]
    #[case::after_a_sign("(*a*)", false)]
    #[case::with_other_marks("*a* `b`", false)]
    fn stressed_words_go_the_short_way(#[case] markdown: &str, #[case] short: bool) {
        let mut out = String::from("before ");
        assert_eq!(write_stressed(markdown, &mut out), short);
        assert_eq!(out.len() > "before ".len(), short);
        assert_eq!(quick(markdown), plain(&parse(markdown)));
    }

    proptest! {
        #[test]
        fn stars_are_read_as_the_long_way_reads_them(pieces in proptest::collection::vec(stars(), 0..12)) {
            let markdown = pieces.concat();
            prop_assert_eq!(quick(&markdown), plain(&parse(&markdown)));
        }
    }

    /// Pieces around stars, so that many lines go the short way.
    fn stars() -> impl Strategy<Value = &'static str> {
        proptest::sample::select(vec![
            "*", "*", "**", "**", "a", "Wort", "é", "1", " ", " ", "  ", ".", ":", "!", "(",
            "\u{a0}", "…", "-", "'",
        ])
    }

    #[rstest]
    #[case("Recovery is {{c1::rarely::not}} a {{c2::line}}.", "Recovery is [not] a line.")]
    #[case("{{c1::a {{c2::b}} c}} d", "[…] d")]
    #[case("{{c2::- a}} {{c1::b}}", "• a […]")]
    fn a_hidden_gap_is_written(#[case] text: &str, #[case] written: &str) {
        assert_eq!(quick_cloze(text, Gaps { number: 1, shown: false }), written);
    }

    /// Pieces of Markdown in which the two ways could part.
    fn markdown() -> impl Strategy<Value = String> {
        let pieces = [
            "a",
            "Word",
            " ",
            "  ",
            "\n",
            "\n\n",
            "*",
            "_",
            "`",
            "[",
            "]",
            "(",
            ")",
            "<",
            ">",
            "&",
            "&amp;",
            "!",
            "~~",
            "|",
            "\\",
            "#",
            "# ",
            "-",
            "- ",
            "+ ",
            "1",
            "1. ",
            "2) ",
            ".",
            ":",
            "::",
            "{{c1::",
            "{{c2::",
            "}}",
            "=",
            "\t",
            "'",
            "\"",
            "é",
            "\u{a0}",
            "\u{e000}",
            "\u{e001}",
            "\0",
            "https://a.org",
            "…",
            "%",
            "$",
            "@",
            "^",
            "\u{b}",
            "\u{c}",
            "\u{85}",
        ];
        proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..9)
            .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn both_ways_give_the_same(text in markdown()) {
            prop_assert_eq!(quick(&text), plain(&parse(&text)));
        }

        #[test]
        fn both_ways_give_the_same_of_a_cloze(
            text in markdown(), number in 1u8..3, shown in any::<bool>(),
        ) {
            let gaps = Gaps { number, shown };
            prop_assert_eq!(quick_cloze(&text, gaps), plain(&parse_cloze(&text, gaps)));
        }
    }
}
