//! Ids, and the guess at what a mistyped word was meant to be.

use crate::problem::Quoted;
use std::fmt;

/// Longest id of a deck or a card, in characters.
pub(super) const MAX_ID: usize = 64;
/// Longest id of an option, in characters.
pub(super) const MAX_OPTION_ID: usize = 16;

/// Most letters that a mistyped word may differ in.
const MAX_DISTANCE: usize = 2;
/// Longest word worth guessing at, in bytes.
const MAX_GUESSED: usize = 32;

/// Whether `id` is one: `a`–`z`, `0`–`9` and `-`, starting with a letter or digit.
pub(super) fn is_id(id: &str, longest: usize) -> bool {
    let allowed = |c: u8| matches!(c, b'a'..=b'z' | b'0'..=b'9' | b'-');
    id.len() <= longest && !id.is_empty() && !id.starts_with('-') && id.bytes().all(allowed)
}

/// Whether `key` can name a source: one word that no separator of the format stands in.
pub(super) fn is_source_key(key: &str) -> bool {
    !key.is_empty()
        && !key.contains(|c: char| c.is_whitespace() || c.is_control() || ":|".contains(c))
}

/// The pieces between commas that no backslash stands before.
pub(super) fn between_commas(value: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    value.split(move |c| {
        let is_end = c == ',' && !escaped;
        escaped = c == '\\' && !escaped;
        is_end
    })
}

/// A piece as it is meant: a backslash before a comma or a backslash is taken away.
pub(super) fn without_escapes(piece: &str) -> String {
    let mut out = String::with_capacity(piece.len());
    let mut rest = piece.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\\', Some(&next @ (',' | '\\'))) => {
                out.push(next);
                rest.next();
            }
            _ => out.push(c),
        }
    }
    out
}

/// A word as it stands between commas.
pub(super) fn with_escapes(word: &str) -> String {
    word.replace('\\', "\\\\").replace(',', "\\,")
}

/// The nearest id to any text: `nonempty` where there is nothing of it.
pub(super) fn slug(text: &str, nonempty: &str, longest: usize) -> String {
    let mut slug = String::new();
    for c in text.chars() {
        match c.to_ascii_lowercase() {
            c @ ('a'..='z' | '0'..='9') => slug.push(c),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
        if slug.len() >= longest {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { nonempty.to_owned() } else { slug.to_owned() }
}

/// A key for a source: the text without what separates.
pub(super) fn source_key(text: &str) -> String {
    let separates = |c: char| c.is_whitespace() || c.is_control() || ":|".contains(c);
    let key = text.replace(separates, "-");
    if key.is_empty() { "source".to_owned() } else { key }
}

/// What an id looks like, for hints.
pub(super) struct IdRule(pub usize);

impl fmt::Display for IdRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Use a-z, 0-9 and -, at most {}, starting with a letter or digit.", self.0)
    }
}

/// What to do about a word that is none of `known`: the nearest of them, or all.
pub(super) struct Guess<'a> {
    /// The word as written.
    pub word: &'a str,
    /// What it could have been.
    pub known: &'a [&'a str],
}

impl fmt::Display for Guess<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(nearest) = nearest(self.word, self.known) {
            return write!(f, "Write {} if that is meant.", Quoted(nearest));
        }
        f.write_str("Use one of ")?;
        for (i, word) in self.known.iter().enumerate() {
            let before = if i == 0 { "" } else { ", " };
            write!(f, "{before}{}", Quoted(word))?;
        }
        f.write_str(".")
    }
}

fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > MAX_GUESSED {
        return None;
    }
    let word = word.to_lowercase();
    let (distance, found) =
        known.iter().map(|known| (distance(&word, &known.to_lowercase()), *known)).min()?;
    (distance <= MAX_DISTANCE && distance < word.chars().count()).then_some(found)
}

/// Levenshtein's distance: letters to add, take away or change to get from one word to the other.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, other) in to.iter().enumerate() {
            let change = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_lower_case_letters_digits_and_dashes() {
        for id in ["a", "9", "my-deck-2", "a-", &"x".repeat(64)] {
            assert!(is_id(id, MAX_ID), "{id:?}");
        }
        for id in ["", "-a", "A", "a b", "ä", "a_b", "a.b", &"x".repeat(65)] {
            assert!(!is_id(id, MAX_ID), "{id:?}");
        }
    }

    #[test]
    fn a_source_key_is_one_word() {
        assert!(is_source_key("NPG_2.1"));
        for key in ["", "a b", "a|b", "a:b", "a\u{a0}b", "a\0"] {
            assert!(!is_source_key(key), "{key:?}");
        }
    }

    #[test]
    fn a_mistyped_word_is_guessed() {
        let check = |word, expected| {
            assert_eq!(nearest(word, &["area", "tags", "expires"]), expected, "{word}")
        };
        check("aera", Some("area"));
        check("Area", Some("area"));
        check("tag", Some("tags"));
        check("expire", Some("expires"));
        check("due", None);
        check("xy", None);
        check("", None);
        check(&"area".repeat(9), None);
    }

    #[test]
    fn a_word_like_none_gets_them_all() {
        let guess = Guess { word: "what", known: &["page", "part"] };
        assert_eq!(guess.to_string(), "Use one of `page`, `part`.");
    }
}
