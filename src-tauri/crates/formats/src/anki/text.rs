//! Fields and faces in Anki's HTML, turned into the Markdown of cards.

use crate::html::{Dropped, to_markdown};

/// What a note's HTML held besides words.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Names of pictures and sounds.
    pub media: Vec<String>,
    /// What was left out.
    pub dropped: Dropped,
}

/// The Markdown of some HTML. What it holds besides is added to `found`.
pub(super) fn markdown(html: &str, found: &mut Found) -> String {
    let html = html.trim();
    if is_plain(html) {
        return html.to_owned();
    }
    let made = to_markdown(html);
    found.media.extend(made.media);
    found.dropped = found.dropped.and(made.dropped);
    made.text.trim().to_owned()
}

/// Whether the text reads the same as HTML and as Markdown: words in one line and nothing else.
pub(super) fn is_plain(html: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | '?' | '\'');
    html.chars().all(plain) && !html.contains("  ") && !html.starts_with(|c: char| c.is_numeric())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("What is peer support?")]
    #[case("Ganz schön viel, so ein Tag.")]
    #[case("日本語です")]
    fn plain_words_are_what_the_converter_gives(#[case] text: &str) {
        assert!(is_plain(text));
        assert_eq!(to_markdown(text).text.trim(), text);
    }

    #[rstest]
    #[case("1. one")]
    #[case("a *b*")]
    #[case("a  b")]
    #[case("a\nb")]
    #[case("a&b")]
    #[case("<b>")]
    fn others_are_converted(#[case] text: &str) {
        assert!(!is_plain(text));
    }
}
