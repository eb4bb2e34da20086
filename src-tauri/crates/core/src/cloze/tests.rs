use proptest::prelude::*;

use super::*;

fn gap(number: u8, inner: &'static str, hint: Option<&'static str>) -> Piece<'static> {
    Piece::Gap { number, inner: vec![Piece::Text(inner)], hint }
}

/// Pieces as text: a gap as `<number hint inner>`.
fn sketch(pieces: &[Piece<'_>]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Text(text) => (*text).to_owned(),
            Piece::Gap { number, inner, hint } => {
                format!("<{number} {} {}>", hint.unwrap_or("-"), sketch(inner))
            }
        })
        .collect()
}

#[test]
fn a_gap_stands_between_plain_text() {
    assert_eq!(
        pieces("Recovery is {{c1::rarely straight::not straight}}."),
        [
            Piece::Text("Recovery is "),
            gap(1, "rarely straight", Some("not straight")),
            Piece::Text(".")
        ]
    );
}

#[test]
fn gaps_may_touch_and_share_a_number() {
    assert_eq!(pieces("{{c2::a}}{{c2::b}}"), [gap(2, "a", None), gap(2, "b", None)]);
    assert_eq!(numbers("{{c2::a}}{{c1::x}}{{c2::b}}"), [1, 2]);
}

#[test]
fn gaps_nest() {
    for (text, expected) in [
        ("{{c1::a {{c2::b::hint}} c}}", "<1 - a <2 hint b> c>"),
        ("{{c1::{{c2::b}}}}", "<1 - <2 - b>>"),
        ("{{c1::{{c2::b}}::outer}}", "<1 outer <2 - b>>"),
        ("{{c1::a::b {{c2::c}} d::e::f}}", "<1 e::f a::b <2 - c> d>"),
        ("{{c1::a {{c1::b}} c}}", "<1 - a <1 - b> c>"),
        ("{{c1::a {{c2::b}} c", "{{c1::a <2 - b> c"),
        ("{{c1::a {{c0::b}} c}}", "<1 - a {{c0::b}} c>"),
        ("{{c1::a {{c2::}} c}}", "<1 - a {{c2::}} c>"),
        ("{{{c1::a}}}", "{<1 - a>}"),
        ("}} {{c1::a}} }}", "}} <1 - a> }}"),
    ] {
        assert_eq!(sketch(&pieces(text)), expected, "{text}");
    }
    assert_eq!(numbers("{{c3::a {{c2::b}} {{c3::c}}}}"), [2, 3]);
}

#[test]
fn what_is_nested_too_deep_stays_text() {
    let nested = |levels: usize| "{{c1::".repeat(levels) + "x" + &"}}".repeat(levels);
    let depth = |text: &str| sketch(&pieces(text)).matches('<').count();
    assert_eq!(depth(&nested(MAX_NESTING)), MAX_NESTING);
    assert_eq!(depth(&nested(MAX_NESTING + 1)), MAX_NESTING);
    assert!(sketch(&pieces(&nested(MAX_NESTING + 1))).contains(" {{c1::x}}>"));
    let unclosed = "{{c1::".repeat(50) + "{{c2::a}}";
    assert_eq!(numbers(&unclosed), [2], "openings without an end must not count as levels");
}

#[test]
fn what_is_not_a_gap_stays_text() {
    for text in [
        "{{c0::a}}",
        "{{c100::a}}",
        "{{c+1::a}}",
        "{{c1:a}}",
        "{{c1::}}",
        "{{c1::::hint}}",
        "{{c1::a",
        "{{x}}",
    ] {
        assert_eq!(pieces(text), [Piece::Text(text)], "{text}");
    }
}

#[test]
fn a_million_openings_are_read_in_one_go() {
    let text = "{{c".repeat(1_000_000) + "}}";
    assert_eq!(pieces(&text), [Piece::Text(text.as_str())]);
    let text = "{{c1::".repeat(1_000_000) + "x";
    assert_eq!(pieces(&text), [Piece::Text(text.as_str())]);
    let text = "{{c1::".repeat(1_000_000) + "x" + &"}}".repeat(1_000_000);
    assert_eq!(marks(&text).len(), 2 * MAX_NESTING);
}

#[test]
fn a_broken_opening_does_not_swallow_the_gap_behind_it() {
    assert_eq!(pieces("{{c {{c1::a}}"), [Piece::Text("{{c "), gap(1, "a", None)]);
}

/// A tree of gaps with the text that it is written as, and its numbers.
fn tree() -> impl Strategy<Value = (String, Vec<u8>)> {
    let leaf = "[a-z :]{1,4}".prop_map(|text| (text.replace("::", ": "), Vec::new()));
    leaf.prop_recursive(5, 24, 4, |inner| {
        (1u8..=99, prop::collection::vec(inner, 1..4), prop::option::of("[a-z]{0,3}")).prop_map(
            |(number, inner, hint)| {
                // A space keeps a colon at the end of one part from meeting the next.
                let text = inner.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>();
                let text = format!(" {} ", text.join(" "));
                let hint = hint.map_or(String::new(), |hint| format!("::{hint}"));
                let numbers = inner.into_iter().flat_map(|(_, numbers)| numbers);
                (format!("{{{{c{number}::{text}{hint}}}}}"), numbers.chain([number]).collect())
            },
        )
    })
}

proptest! {
    #[test]
    fn the_numbers_of_a_tree_are_found((text, mut expected) in tree()) {
        expected.sort_unstable();
        expected.dedup();
        prop_assert_eq!(numbers(&text), expected);
    }

    #[test]
    fn the_marks_of_any_text_are_in_order_and_balanced(
        text in "(\\{\\{c[0-9]{0,2}::|\\{\\{c|::|\\}\\}|\\}|\\{|a|é){0,40}"
    ) {
        let (mut depth, mut at) = (0_usize, 0);
        for mark in marks(&text) {
            prop_assert!(at <= mark.span.start && mark.span.end <= text.len());
            at = mark.span.end;
            if mark.opens.is_some() {
                depth += 1;
            } else {
                prop_assert!(depth > 0, "a closing without its opening");
                depth -= 1;
            }
            prop_assert!(depth <= MAX_NESTING);
        }
        prop_assert_eq!(depth, 0);
        pieces(&text);
    }
}
