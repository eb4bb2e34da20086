//! What becomes of single characters.

/// Whether a character is white space that a browser shows as one space; a no-break space too, as
/// editors strew it.
pub(super) fn collapses(c: char) -> bool {
    matches!(c, ' ' | '\t'..='\r' | '\u{85}' | '\u{A0}' | '\u{2028}' | '\u{2029}' | '\u{202F}')
}

/// Whether a character is invisible and says nothing: control characters, zero-width spaces, soft
/// hyphens, marks of byte order, directional overrides. Joiners stay: scripts and emoji need them.
pub(super) fn is_dropped(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{202D}' | '\u{202E}')
        // The core marks gaps by these.
        || matches!(c, '\u{E000}' | '\u{E001}')
}

/// A character of a block of code, where white space counts.
pub(super) fn in_code(c: char) -> Option<char> {
    match c {
        '\n' | '\t' => Some(c),
        '\u{A0}' | '\u{202F}' => Some(' '),
        _ => (!is_dropped(c)).then_some(c),
    }
}

const PLAIN: &str = "0123456789+-−=()n";
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₙ";

/// A superscript, where there are characters for all of it: 10² must not read 102.
pub(super) fn raised(text: String) -> String {
    mapped(text, RAISED)
}

/// A subscript.
pub(super) fn lowered(text: String) -> String {
    mapped(text, LOWERED)
}

fn mapped(text: String, to: &str) -> String {
    let map = |c| match c {
        ' ' => Some(' '),
        _ => PLAIN.chars().zip(to.chars()).find_map(|(from, to)| (from == c).then_some(to)),
    };
    text.chars().map(map).collect::<Option<String>>().unwrap_or(text)
}
