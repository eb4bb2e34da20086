//! Text in, Markdown out that reads as the same text.

/// Where running text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    Heading,
    Cell,
}

/// How far a line has come: some marks mean something only where it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    place: Place,
    start: bool,
    /// The line has digits alone so far.
    number: bool,
}

impl Line {
    pub(super) fn new(place: Place) -> Self {
        Self { place, start: true, number: false }
    }

    /// After a line break.
    pub(super) fn begin(&mut self) {
        (self.start, self.number) = (true, false);
    }

    /// After the opening of a gap, whose text is read by itself, or as if the opening were not there.
    pub(super) fn begin_gap(&mut self) {
        self.start = true;
    }

    /// After something that is no text.
    pub(super) fn go_on(&mut self) {
        (self.start, self.number) = (false, false);
    }

    /// Writes text so that none of it means anything.
    pub(super) fn escape(&mut self, text: &str, out: &mut String) {
        let mut before = ' ';
        for (at, c) in text.char_indices() {
            let rest = &text[at + c.len_utf8()..];
            let next = rest.chars().next();
            if self.means(c, before, next, rest) {
                out.push('\\');
            }
            out.push(c);
            self.number = c.is_ascii_digit() && (self.start || self.number);
            self.start = false;
            before = c;
        }
    }

    fn means(self, c: char, before: char, next: Option<char>, rest: &str) -> bool {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match c {
            '\\' | '`' | '*' | '[' | ']' | '~' => true,
            '_' => !(before.is_alphanumeric() && is_word(next)),
            '<' => !next.is_some_and(|c| c == ' ' || c == '=' || c.is_ascii_digit()),
            '&' => may_be_reference(rest),
            '|' => self.start || self.place == Place::Cell,
            '#' => self.place == Place::Heading || (self.start && !is_word(next)),
            '-' | '+' => self.start && !is_word(next),
            '>' | '=' => self.start,
            ':' => self.start && next.is_none_or(|c| c == '-'),
            '.' | ')' => self.number && next.is_none_or(char::is_whitespace),
            _ => false,
        }
    }
}

/// Whether what follows a `&` may make it a character reference. A text may end before it does.
fn may_be_reference(rest: &str) -> bool {
    const LONGEST: usize = 40;
    let name = rest.strip_prefix('#').unwrap_or(rest);
    let end = name.bytes().take(LONGEST).position(|c| !c.is_ascii_alphanumeric());
    match end {
        Some(end) => name.as_bytes()[end] == b';' && end > 0,
        None => name.len() < LONGEST,
    }
}
