//! HTML text in, tags and the text between them out, in one pass.
//!
//! The states are those of the HTML standard's tokenizer (§ 13.2.5) as far as they decide where a
//! tag, an attribute, a comment or a raw text ends. Names and values are slices of the input; what
//! they say (`&amp;`) is read by `entity`. The parser of html5ever is not used for this: its time
//! grows with the square of attributes and of open elements, which a hostile note could use.

/// Attributes of one tag beyond this are passed over.
const MAX_ATTRIBUTES: usize = 64;

pub(super) enum Token<'a> {
    /// Text as it is written.
    Text(&'a str),
    /// A start tag; its attributes are in [`Tokens::attributes`].
    Start(&'a str),
    End(&'a str),
}

pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// Name and value of each attribute of the last start tag, as written.
    pub(super) attributes: Vec<(&'a str, &'a str)>,
    /// Whether the last tag was `<x/>`.
    pub(super) self_closing: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(html: &'a str) -> Self {
        Self { rest: html, attributes: Vec::new(), self_closing: false }
    }

    /// Value of an attribute of the last start tag, as written.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        let found = self.attributes.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, value)| *value)
    }

    pub(super) fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let markup = self.rest.match_indices('<').find(|(at, _)| opens(&self.rest[at + 1..]));
            let at = markup.map_or(self.rest.len(), |(at, _)| at);
            if at > 0 {
                return Some(Token::Text(self.take(at)));
            }
            let inner = &self.rest[1..];
            match inner.strip_prefix('/') {
                Some(end) if end.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    return Some(self.tag(2).map_or_else(|text| text, Token::End));
                }
                None if !inner.starts_with(['!', '?']) => {
                    return Some(self.tag(1).map_or_else(|text| text, Token::Start));
                }
                _ => self.skip_comment(),
            }
        }
    }

    /// The raw text of an element such as `script`, up to and without its end tag, which is
    /// passed over.
    pub(super) fn raw(&mut self, name: &str) -> &'a str {
        let closing = self.rest.match_indices("</").find(|(at, _)| {
            let after = &self.rest.as_bytes()[at + 2..];
            after.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                && after.get(name.len()).is_none_or(|c| b" \t\r\n\x0c/>".contains(c))
        });
        let text = self.take(closing.map_or(self.rest.len(), |(at, _)| at));
        let _ = self.tag(2);
        text
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Reads the tag at hand, whose name starts at `from`. A tag that does not end is text, and so
    /// is all behind it.
    fn tag(&mut self, from: usize) -> Result<&'a str, Token<'a>> {
        self.attributes.clear();
        let text = self.rest;
        let name_end = find(text, from.min(text.len()), |c| is_space(c) || c == b'/' || c == b'>');
        let name = &text[from.min(text.len())..name_end];
        let mut at = name_end;
        loop {
            let from = at;
            at = find(text, from, |c| !is_space(c) && c != b'/');
            self.self_closing = text[from..at].ends_with('/');
            match text.as_bytes().get(at) {
                None => return Err(Token::Text(self.take(text.len()))),
                Some(b'>') => break,
                Some(_) => at = self.one_attribute(text, at),
            }
        }
        self.take(at + 1);
        Ok(name)
    }

    /// Reads the attribute at `from`; gives where it ends.
    fn one_attribute(&mut self, text: &'a str, from: usize) -> usize {
        let name_end = find(text, from + 1, |c| is_space(c) || c == b'/' || c == b'>' || c == b'=');
        let equals = find(text, name_end, |c| !is_space(c));
        let mut value = "";
        let mut end = name_end;
        if text.as_bytes().get(equals) == Some(&b'=') {
            let start = find(text, equals + 1, |c| !is_space(c));
            match text.as_bytes().get(start) {
                Some(&quote @ (b'"' | b'\'')) => {
                    let close = find(text, start + 1, |c| c == quote);
                    value = &text[start + 1..close];
                    end = (close + 1).min(text.len());
                }
                _ => {
                    end = find(text, start, |c| is_space(c) || c == b'>');
                    value = &text[start..end];
                }
            }
        }
        if self.attributes.len() < MAX_ATTRIBUTES
            && let Some(name) = text.get(from..name_end)
        {
            self.attributes.push((name, value));
        }
        end
    }

    /// Passes over a comment, or what the standard takes for one: `<!…>`, `<?…>`, `</ …>`.
    fn skip_comment(&mut self) {
        const OPEN: &str = "<!--";
        let end = match self.rest.strip_prefix(OPEN) {
            Some(text) => text
                .match_indices('>')
                .map(|(at, _)| at)
                .find(|at| {
                    let before = &text[..*at];
                    before.is_empty()
                        || before == "-"
                        || before.ends_with("--")
                        || before.ends_with("--!")
                })
                .map(|at| OPEN.len() + at),
            None => self.rest.find('>'),
        };
        self.take(end.map_or(self.rest.len(), |at| at + 1));
    }
}

/// Whether what follows a `<` makes it markup rather than text.
fn opens(after: &str) -> bool {
    match after.as_bytes() {
        [b'/', _, ..] => true,
        [c, ..] => c.is_ascii_alphabetic() || matches!(c, b'!' | b'?'),
        [] => false,
    }
}

fn is_space(c: u8) -> bool {
    matches!(c, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// The first place at or behind `from` whose byte is sought, or the end. The bytes sought are
/// ASCII, or follow ASCII, so that the place is between characters.
fn find(text: &str, from: usize, sought: impl Fn(u8) -> bool) -> usize {
    let bytes = text.as_bytes().get(from..).unwrap_or_default();
    bytes.iter().position(|c| sought(*c)).map_or(text.len(), |at| from + at)
}
