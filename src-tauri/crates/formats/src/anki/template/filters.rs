//! What filters make of a value, and when a field counts as empty.

use std::borrow::Cow;

/// Whether a field holds nothing but blanks, `<br>` and `<div>`, as Anki's sections see it.
pub(in crate::anki) fn is_empty(html: &str) -> bool {
    let mut rest = html.trim_start();
    while !rest.is_empty() {
        let Some(tag) = rest.strip_prefix('<') else { return false };
        let Some(end) = tag.find('>') else { return false };
        let name = tag[..end].trim_start_matches('/').trim_end_matches('/').trim();
        if !name.eq_ignore_ascii_case("br") && !name.eq_ignore_ascii_case("div") {
            return false;
        }
        rest = tag[end + 1..].trim_start();
    }
    true
}

/// HTML without its tags, comments, scripts and styles. Entities stay.
pub(in crate::anki) fn words_of(html: &str) -> Cow<'_, str> {
    if !html.contains('<') {
        return html.into();
    }
    let mut words = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        words.push_str(&rest[..start]);
        rest = &rest[start..];
        let skipped = if rest.starts_with("<!--") {
            end_of(rest, "-->")
        } else if let Some(closing) = silent(rest) {
            end_of(rest, closing).and_then(|at| end_of(&rest[at..], ">").map(|end| at + end))
        } else {
            end_of(rest, ">")
        };
        match skipped {
            Some(end) => rest = &rest[end..],
            None => rest = "",
        }
    }
    words.push_str(rest);
    words.into()
}

/// The closing tag, without `>`, of an element whose content is not shown.
fn silent(tag: &str) -> Option<&'static str> {
    let starts =
        |name: &str| tag.get(1..=name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    if starts("script") {
        Some("</script")
    } else if starts("style") {
        Some("</style")
    } else {
        None
    }
}

fn end_of(text: &str, mark: &str) -> Option<usize> {
    text.find(mark).map(|at| at + mark.len())
}

/// What is kept of `kanji[kana]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Both,
    Kanji,
    Kana,
}

/// Reads ` kanji[kana]`. Both are shown as `kanji (kana)`.
pub(super) fn ruby(text: &str, keep: Reading) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let Some(close) = rest[open..].find(']').map(|at| open + at) else { break };
        let kana = &rest[open + 1..close];
        let start = rest[..open].rfind([' ', '>']).map_or(0, |at| at + 1);
        let kanji = &rest[start..open];
        if kanji.is_empty() || kana.is_empty() || kana.starts_with("sound:") {
            out.push_str(&rest[..=close]);
        } else {
            let before = &rest[..start];
            out.push_str(before.strip_suffix(' ').unwrap_or(before));
            match keep {
                Reading::Both => {
                    out.push_str(kanji);
                    out.push_str(" (");
                    out.push_str(kana);
                    out.push(')');
                }
                Reading::Kanji => out.push_str(kanji),
                Reading::Kana => out.push_str(kana),
            }
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}
