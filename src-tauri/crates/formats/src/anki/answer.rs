//! What a back says beyond the front that it repeats.

use super::template::is_empty;

/// Stands for `FrontSide` while a back is taken apart; no character that people write.
pub(super) const FRONT_SIDE: &str = "\u{f8ff}front\u{f8ff}";

/// HTML without line breaks, rules and blanks at its start.
pub(super) fn without_layout(html: &str) -> &str {
    let mut rest = html.trim_start();
    while let Some(tag) = rest.strip_prefix('<') {
        let named = |name: &str| tag.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let Some(end) = tag.find('>').filter(|_| named("br") || named("hr")) else { break };
        rest = tag[end + 1..].trim_start();
    }
    rest
}

/// The back without the front that it repeats: what stands behind `<hr id=answer>` when nothing but
/// the front stands before it, else all but a leading `FrontSide`.
pub(super) fn only_answer(front: &str, back: &str) -> String {
    if let Some((start, end)) = answer_rule(back) {
        let head = back[..start].replace(FRONT_SIDE, "");
        if is_empty(&head) || head.trim() == front.trim() {
            return back[end..].replace(FRONT_SIDE, "");
        }
    }
    let rest = back.trim_start();
    // A front in the middle of a back is repeated at most once: a back may name it without end.
    rest.strip_prefix(FRONT_SIDE)
        .unwrap_or(rest)
        .replacen(FRONT_SIDE, front, 1)
        .replace(FRONT_SIDE, "")
}

/// Where `<hr id=answer>` stands.
fn answer_rule(html: &str) -> Option<(usize, usize)> {
    let mut at = 0;
    while let Some(start) = html[at..].find("<").map(|found| at + found) {
        let end = start + html[start..].find('>')? + 1;
        let tag = html[start + 1..end - 1].trim_end_matches('/').to_ascii_lowercase();
        let is_rule =
            tag.strip_prefix("hr").is_some_and(|rest| rest.starts_with([' ', '\n', '\t']));
        if is_rule
            && tag.replace(['"', '\''], "").split_whitespace().any(|part| part == "id=answer")
        {
            return Some((start, end));
        }
        at = start + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::stock("Q", "FRONT\n\n<hr id=answer>\n\nA", "\n\nA")]
    #[case::quoted("Q", "FRONT<HR class=x id='answer' />A", "A")]
    #[case::front_again("Q", "Q<hr id=answer>A", "A")]
    #[case::something_else("Q", "B<hr id=answer>A", "B<hr id=answer>A")]
    #[case::no_rule("Q", " FRONT<br>A", "<br>A")]
    #[case::another_rule("Q", "FRONT<hr>A", "<hr>A")]
    #[case::in_the_middle("Q", "A FRONT B", "A Q B")]
    #[case::again_and_again("Q", "A FRONTFRONT B", "A Q B")]
    #[case::unclosed("Q", "A <hr id=answer", "A <hr id=answer")]
    fn a_front_is_not_repeated(#[case] front: &str, #[case] back: &str, #[case] answer: &str) {
        assert_eq!(only_answer(front, &back.replace("FRONT", FRONT_SIDE)), answer);
    }

    #[test]
    fn layout_at_the_start_is_passed() {
        assert_eq!(without_layout(" <br>\n<hr id=x> <BR/>a<br>"), "a<br>");
        assert_eq!(without_layout("<b>a</b>"), "<b>a</b>");
        assert_eq!(without_layout("<br"), "<br");
    }
}
