//! Cloze deletions as Anki writes them in a field: `{{c1::hidden::hint}}`, several numbers in one
//! (`{{c1,2::…}}`), one inside another.

use std::fmt::Write as _;

use super::caps::CLOZE_DEPTH;

/// A piece of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    Gap { numbers: Vec<u16>, inner: Vec<Part<'a>>, hint: Option<&'a str> },
}

/// What a gap of an occlusion note says instead of words.
const OCCLUSION: &str = "image-occlusion:";

struct Open<'a> {
    mark: &'a str,
    numbers: Vec<u16>,
    parts: Vec<Part<'a>>,
}

/// Cuts a field into text and gaps, in time linear in its length. What is no whole gap is text.
pub(super) fn parse(text: &str) -> Vec<Part<'_>> {
    let mut stack = vec![Open { mark: "", numbers: Vec::new(), parts: Vec::new() }];
    let (mut from, mut at) = (0, 0);
    while let Some(found) = text[at..].find(['{', '}']) {
        let here = at + found;
        at = here + 1;
        if let Some((mark, numbers)) = opening(&text[here..]).filter(|_| stack.len() <= CLOZE_DEPTH)
        {
            push_text(&mut stack, &text[from..here]);
            at = here + mark.len();
            from = at;
            stack.push(Open { mark, numbers, parts: Vec::new() });
        } else if text[here..].starts_with("}}") && stack.len() > 1 {
            push_text(&mut stack, &text[from..here]);
            at = here + 2;
            from = at;
            if let Some(mut open) = stack.pop() {
                let hint = take_hint(&mut open.parts);
                let gap = Part::Gap { numbers: open.numbers, inner: open.parts, hint };
                push(&mut stack, gap);
            }
        }
    }
    push_text(&mut stack, &text[from..]);
    while stack.len() > 1 {
        if let Some(open) = stack.pop() {
            push_text(&mut stack, open.mark);
            open.parts.into_iter().for_each(|part| push(&mut stack, part));
        }
    }
    stack.pop().map(|open| open.parts).unwrap_or_default()
}

fn push<'a>(stack: &mut [Open<'a>], part: Part<'a>) {
    if let Some(open) = stack.last_mut() {
        open.parts.push(part);
    }
}

fn push_text<'a>(stack: &mut [Open<'a>], text: &'a str) {
    if !text.is_empty() {
        push(stack, Part::Text(text));
    }
}

/// Reads `{{c1::` or `{{c1,2::`; gives it and its numbers.
fn opening(text: &str) -> Option<(&str, Vec<u16>)> {
    let rest = text.strip_prefix("{{c")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit() && c != ',')?;
    let rest = rest.get(..digits).filter(|_| rest[digits..].starts_with("::"))?;
    let mut numbers: Vec<u16> =
        rest.split(',').map(|number| number.parse().ok()).collect::<Option<_>>()?;
    if numbers.contains(&0) {
        return None;
    }
    numbers.sort_unstable();
    numbers.dedup();
    Some((&text[.."{{c".len() + digits + "::".len()], numbers))
}

fn take_hint<'a>(parts: &mut [Part<'a>]) -> Option<&'a str> {
    let Some(Part::Text(last)) = parts.last_mut() else { return None };
    let (hidden, hint) = last.split_once("::")?;
    *last = hidden;
    Some(hint)
}

/// The distinct numbers, ascending.
pub(super) fn numbers(parts: &[Part<'_>]) -> Vec<u16> {
    fn gather(parts: &[Part<'_>], found: &mut Vec<u16>) {
        for part in parts {
            if let Part::Gap { numbers, inner, .. } = part {
                found.extend(numbers);
                gather(inner, found);
            }
        }
    }
    let mut found = Vec::new();
    gather(parts, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether any gap hides a part of a picture.
pub(super) fn occludes(parts: &[Part<'_>]) -> bool {
    parts.iter().any(|part| match part {
        Part::Text(_) => false,
        Part::Gap { inner, .. } => is_shape(inner) || occludes(inner),
    })
}

fn is_shape(inner: &[Part<'_>]) -> bool {
    matches!(inner.first(), Some(Part::Text(text)) if text.trim_start().starts_with(OCCLUSION))
}

/// Writes the field as the card of a number shows it, on its front or on its back.
pub(super) fn show(parts: &[Part<'_>], number: u16, front: bool, out: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Gap { inner, .. } if is_shape(inner) => {}
            Part::Gap { numbers, hint, .. } if front && numbers.contains(&number) => {
                let _ = write!(out, "[{}]", hint.unwrap_or("..."));
            }
            Part::Gap { numbers, inner, .. } => {
                let active = numbers.contains(&number);
                out.push_str(if active { "<b>" } else { "" });
                show(inner, number, front, out);
                out.push_str(if active { "</b>" } else { "" });
            }
        }
    }
}

/// Writes what is hidden on the card of a number and nothing else, commas between.
pub(super) fn show_only(parts: &[Part<'_>], number: u16, front: bool, out: &mut String) {
    for part in parts {
        let Part::Gap { numbers, inner, hint } = part else { continue };
        if !numbers.contains(&number) {
            show_only(inner, number, front, out);
            continue;
        }
        if !out.is_empty() {
            out.push_str(", ");
        }
        match hint {
            _ if !front => show(inner, 0, false, out),
            Some(hint) => {
                let _ = write!(out, "[{hint}]");
            }
            None => out.push_str("..."),
        }
    }
}

/// Writes the field with one number to a gap: `{{c1,2::x}}` becomes `{{c1::{{c2::x}}}}`.
pub(super) fn one_number_a_gap(parts: &[Part<'_>], out: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Gap { numbers, inner, hint } => {
                for number in numbers {
                    let _ = write!(out, "{{{{c{number}::");
                }
                one_number_a_gap(inner, out);
                for _ in numbers {
                    if let Some(hint) = hint {
                        let _ = write!(out, "::{hint}");
                    }
                    out.push_str("}}");
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn shown(text: &str, number: u16, front: bool) -> String {
        let mut out = String::new();
        show(&parse(text), number, front, &mut out);
        out
    }

    #[rstest]
    #[case::one("a {{c1::b}} c", "a [...] c", "a <b>b</b> c")]
    #[case::hint("{{c1::b::which}}", "[which]", "<b>b</b>")]
    #[case::other("{{c2::b::which}} c", "b c", "b c")]
    #[case::outer("{{c1::a {{c2::b}} c}}", "[...]", "<b>a b c</b>")]
    #[case::inner("{{c2::a {{c1::b}} c}}", "a [...] c", "a <b>b</b> c")]
    #[case::both("{{c1,2::x}}", "[...]", "<b>x</b>")]
    #[case::lines("{{c1::a\nb}}", "[...]", "<b>a\nb</b>")]
    #[case::unclosed("{{c1::a", "{{c1::a", "{{c1::a")]
    #[case::half_closed("{{c2::a {{c1::b}}", "{{c2::a [...]", "{{c2::a <b>b</b>")]
    #[case::stray("a}} {{c1::b}}", "a}} [...]", "a}} <b>b</b>")]
    #[case::not_a_gap(
        "{{c0::a}} {{cx::b}} {{c1:c}}",
        "{{c0::a}} {{cx::b}} {{c1:c}}",
        "{{c0::a}} {{cx::b}} {{c1:c}}"
    )]
    #[case::shape("{{c1::image-occlusion:rect:left=.1}}", "", "")]
    fn a_card_hides_its_own_number(#[case] text: &str, #[case] front: &str, #[case] back: &str) {
        assert_eq!(shown(text, 1, true), front);
        assert_eq!(shown(text, 1, false), back);
    }

    #[rstest]
    #[case("{{c1,2::x}}", "{{c1::{{c2::x}}}}")]
    #[case("{{c2,1::x::h}}", "{{c1::{{c2::x::h}}::h}}")]
    #[case("a {{c1::b {{c3::c}} d}} e", "a {{c1::b {{c3::c}} d}} e")]
    fn one_gap_has_one_number(#[case] text: &str, #[case] expected: &str) {
        let mut out = String::new();
        one_number_a_gap(&parse(text), &mut out);
        assert_eq!(out, expected);
    }

    #[test]
    fn numbers_are_found_at_any_depth() {
        assert_eq!(numbers(&parse("{{c5::{{c3::a}} {{c1,9::b}}}}")), [1, 3, 5, 9]);
        assert!(occludes(&parse("{{c1::image-occlusion:rect}}")));
        assert!(!occludes(&parse("{{c1::image}}")));
    }

    #[test]
    fn only_the_hidden_words() {
        let mut out = String::new();
        show_only(&parse("x {{c1::a}} y {{c2::b}} {{c1::c}}"), 1, false, &mut out);
        assert_eq!(out, "a, c");
    }

    #[test]
    fn a_million_openings_take_no_deep_stack() {
        let text = "{{c1::".repeat(200_000);
        assert_eq!(numbers(&parse(&text)), Vec::<u16>::new());
    }
}
