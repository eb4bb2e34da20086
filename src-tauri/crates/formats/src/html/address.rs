//! Which addresses in a note stay: names of files beside it, and links by `https:`.

use std::fmt::Write;

/// Longer links stay as their text alone.
const MAX_LINK: usize = 2048;

/// What a picture or a sound refers to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A file that came with the note.
    File(String),
    /// Somewhere else: the network, a data address, a path.
    Elsewhere,
    None,
}

/// Reads the address of a picture, which may be percent-encoded.
pub(super) fn source(address: &str) -> Source {
    let address = address.trim();
    if address.is_empty() {
        return Source::None;
    }
    let decoded = percent_decoded(address);
    file(decoded.as_deref().unwrap_or(address))
}

/// Reads a name that stands for itself, as in `[sound:NAME]`.
pub(super) fn file(name: &str) -> Source {
    let name = name.trim();
    let refused = |c: char| {
        matches!(c, '/' | '\\' | ':') || c.is_control() || matches!(c, '\u{E000}' | '\u{E001}')
    };
    match name {
        "" => Source::None,
        "." | ".." => Source::Elsewhere,
        _ if name.len() > 255 || name.contains(refused) => Source::Elsewhere,
        _ => Source::File(name.to_owned()),
    }
}

/// An `https:` address in characters that mean nothing in Markdown or to a gap; none for any other.
pub(super) fn link(address: &str) -> Option<String> {
    // As a browser does: tabs and line ends inside an address count for nothing.
    let address: String = address.trim().chars().filter(|c| !c.is_control()).collect();
    let rest = address.get(8..).filter(|_| address[..8].eq_ignore_ascii_case("https://"))?;
    if rest.is_empty() || rest.starts_with(['/', '\\']) || address.len() > MAX_LINK {
        return None;
    }
    let mut link = "https://".to_owned();
    let mut before = ' ';
    for c in rest.chars() {
        let encode = c.is_whitespace()
            || matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}' | '(' | ')')
            || matches!(c, '\u{E000}' | '\u{E001}')
            || (c == ':' && before == ':');
        if encode {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(link, "%{byte:02X}");
            }
        } else {
            link.push(c);
        }
        before = c;
    }
    // Markdown would read `&copy;` as a character.
    Some(if link.contains(';') { link.replace('&', "&amp;") } else { link })
}

fn percent_decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let hex = hex.filter(|hex| *first == b'%' && hex.bytes().all(|c| c.is_ascii_hexdigit()));
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok()
}
