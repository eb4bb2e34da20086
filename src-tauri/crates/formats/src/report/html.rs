//! Text in HTML.

use std::fmt::{self, Display, Write};

/// Text that means nothing but itself, in an element as well as in an attribute. What is no
/// character of HTML is left out.
pub(super) struct Text<'a>(pub(super) &'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                '\n' | '\t' => f.write_char(' ')?,
                c if c.is_control() || is_no_character(c) => {}
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// The last two of each plane and U+FDD0 to U+FDEF name no character.
fn is_no_character(c: char) -> bool {
    let point = u32::from(c);
    point & 0xFFFE == 0xFFFE || (0xFDD0..=0xFDEF).contains(&point)
}

/// Text that a person wrote: its direction of writing is its own and ends with it.
pub(super) struct Wrapped<'a>(pub(super) &'a str);

impl Display for Wrapped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<bdi>{}</bdi>", Text(self.0))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("plain", "plain")]
    #[case("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")]
    #[case("a & \"b\"", "a &amp; &quot;b&quot;")]
    #[case("&amp;", "&amp;amp;")]
    #[case("a\u{0}b\u{7}\u{fffe}\nc", "ab c")]
    #[case("Ñandú 日本 🪨", "Ñandú 日本 🪨")]
    fn nothing_written_means_anything(#[case] text: &str, #[case] html: &str) {
        assert_eq!(Text(text).to_string(), html);
    }
}
