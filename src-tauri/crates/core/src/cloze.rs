//! Gaps in a text: `{{c1::hidden}}` and `{{c1::hidden::hint}}`.
//!
//! Source of the notation: Anki's manual, "Cloze deletion". Gaps do not nest here.

/// A piece of a cloze text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Plain text.
    Text(&'a str),
    /// A gap.
    Gap {
        /// Number of the card that asks for it, 1 to 99.
        number: u8,
        /// What is hidden.
        hidden: &'a str,
        /// What is shown in its place, if anything.
        hint: Option<&'a str>,
    },
}

/// Cuts a text into plain pieces and gaps, in time linear in its length. Whatever is not a
/// well-formed gap stays plain text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    // The first "}}" behind `open`; looked for again only once it is passed.
    let mut close = 0;
    while let Some(open) = text[at..].find(OPEN).map(|i| at + i) {
        if close <= open {
            let Some(next) = text[open..].find(CLOSE) else { break };
            close = open + next;
        }
        match gap(&text[open + OPEN.len()..close]) {
            Some(piece) => {
                if plain_from < open {
                    found.push(Piece::Text(&text[plain_from..open]));
                }
                found.push(piece);
                at = close + CLOSE.len();
                plain_from = at;
            }
            None => at = open + OPEN.len(),
        }
    }
    if plain_from < text.len() {
        found.push(Piece::Text(&text[plain_from..]));
    }
    found
}

/// The distinct gap numbers of a text, ascending.
pub fn numbers(text: &str) -> Vec<u8> {
    let mut found: Vec<u8> = pieces(text)
        .iter()
        .filter_map(|piece| match piece {
            Piece::Gap { number, .. } => Some(*number),
            Piece::Text(_) => None,
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

const OPEN: &str = "{{c";
const CLOSE: &str = "}}";

/// Reads what stands between the marks of a gap.
fn gap(inner: &str) -> Option<Piece<'_>> {
    let digits = inner.find(|c: char| !c.is_ascii_digit())?;
    let (number, rest) = inner.split_at(digits);
    let rest = rest.strip_prefix("::")?;
    let number: u8 = number.parse().ok().filter(|number| (1..=99).contains(number))?;
    let (hidden, hint) = match rest.split_once("::") {
        Some((hidden, hint)) => (hidden, Some(hint)),
        None => (rest, None),
    };
    if hidden.is_empty() || hidden.contains(OPEN) {
        return None;
    }
    Some(Piece::Gap { number, hidden, hint })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(number: u8, hidden: &'static str, hint: Option<&'static str>) -> Piece<'static> {
        Piece::Gap { number, hidden, hint }
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
    fn what_is_not_a_gap_stays_text() {
        for text in
            ["{{c0::a}}", "{{c100::a}}", "{{c+1::a}}", "{{c1:a}}", "{{c1::}}", "{{c1::a", "{{x}}"]
        {
            assert_eq!(pieces(text), [Piece::Text(text)], "{text}");
        }
    }

    #[test]
    fn a_million_openings_are_read_in_one_go() {
        let text = "{{c".repeat(1_000_000) + "}}";
        assert_eq!(pieces(&text), [Piece::Text(text.as_str())]);
    }

    #[test]
    fn a_broken_opening_does_not_swallow_the_gap_behind_it() {
        assert_eq!(pieces("{{c {{c1::a}}"), [Piece::Text("{{c "), gap(1, "a", None)]);
    }
}
