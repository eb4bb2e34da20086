//! Tags in, the tree out.
//!
//! Only tags named here mean anything; of all others the text stays. Attributes count only where
//! they are asked for.

use super::address::{self, Source};
use super::names::{is_handler, is_line, is_raw, leaves_drawing, look};
use super::stack::{Holder, Look, Stack};
use super::token::{Token, Tokens};
use super::tree::Block;
use super::{Dropped, entity};

/// Reads a whole note; gives its blocks and the addresses of its links.
pub(super) fn read(html: &str, dropped: &mut Dropped) -> (Vec<Block>, Vec<String>) {
    let mut reader = Reader {
        tokens: Tokens::new(html),
        stack: Stack::default(),
        links: Vec::new(),
        dropped,
        passed: Passed::Nothing,
        player: None,
    };
    while let Some(token) = reader.tokens.next() {
        reader.token(token);
    }
    reader.stack.finish();
    reader.dropped.remote |= reader.stack.remote;
    (reader.stack.root, reader.links)
}

struct Reader<'a> {
    tokens: Tokens<'a>,
    stack: Stack,
    links: Vec<String>,
    dropped: &'a mut Dropped,
    passed: Passed,
    /// In `audio` or `video`: whether it has its file.
    player: Option<bool>,
}

/// An element that is passed over with all it holds.
enum Passed {
    Nothing,
    /// Its name and how many of the name are open.
    Element(String, usize),
    /// A drawing, by how many are open in each other. It ends with its end tag, or where a tag
    /// begins that a browser would not leave inside.
    Drawing(usize),
    /// A formula: its text, as long as its markup says nothing.
    Formula(Option<String>),
}

impl<'a> Reader<'a> {
    fn token(&mut self, token: Token<'a>) {
        match token {
            Token::Text(text) => match &mut self.passed {
                Passed::Nothing if self.player.is_some() => {}
                Passed::Nothing => self.stack.text(&entity::text(text)),
                Passed::Formula(Some(formula)) => formula.push_str(&entity::text(text)),
                Passed::Formula(None) | Passed::Drawing(_) | Passed::Element(..) => {}
            },
            Token::Start(name) => {
                let name = name.to_ascii_lowercase();
                if self.tokens.attributes.iter().any(|(name, _)| is_handler(name)) {
                    self.dropped.scripts = true;
                }
                if !self.passes_start(&name) {
                    self.start(&name);
                }
            }
            Token::End(name) => {
                let name = name.to_ascii_lowercase();
                if !self.passes_end(&name) {
                    self.end(&name);
                }
            }
        }
    }

    /// Whether a start tag belongs to what is passed over.
    fn passes_start(&mut self, name: &str) -> bool {
        match &mut self.passed {
            Passed::Nothing => false,
            Passed::Element(passed, open) => {
                if is_raw(name) {
                    self.tokens.raw(name);
                } else if passed == name {
                    *open += 1;
                }
                true
            }
            Passed::Drawing(_) | Passed::Formula(_) if leaves_drawing(name) => {
                self.end_formula();
                false
            }
            Passed::Drawing(open) => {
                if name == "svg" && !self.tokens.self_closing {
                    *open += 1;
                }
                true
            }
            Passed::Formula(formula) => {
                if !matches!(name, "mi" | "mo" | "mn" | "mtext" | "mrow" | "mstyle") {
                    *formula = None;
                }
                true
            }
        }
    }

    fn passes_end(&mut self, name: &str) -> bool {
        match &mut self.passed {
            Passed::Nothing => false,
            Passed::Element(passed, open) => {
                if passed == name {
                    *open -= 1;
                    if *open == 0 {
                        self.passed = Passed::Nothing;
                    }
                }
                true
            }
            Passed::Drawing(open) => {
                if name == "svg" {
                    *open -= 1;
                    if *open == 0 {
                        self.passed = Passed::Nothing;
                    }
                }
                true
            }
            Passed::Formula(_) => {
                if name == "math" {
                    self.end_formula();
                }
                true
            }
        }
    }

    fn end_formula(&mut self) {
        match std::mem::replace(&mut self.passed, Passed::Nothing) {
            Passed::Formula(Some(text)) => self.stack.text(&text),
            Passed::Formula(None) => self.dropped.drawings = true,
            _ => {}
        }
    }

    fn start(&mut self, name: &str) {
        if self.leaves_out(name) {
            return;
        }
        match name {
            "br" => self.stack.line_break(),
            "img" => self.picture(),
            "audio" | "video" => {
                self.player = Some(false);
                self.sound();
            }
            "source" => self.sound(),
            // The rest is markup, which means nothing in a block of code.
            _ if self.stack.in_code() => {
                if is_line(name) {
                    self.stack.line();
                }
            }
            "p" => self.stack.paragraph(),
            "hr" => {
                self.stack.paragraph();
                self.stack.block(Block::Rule);
            }
            "pre" | "listing" => self.stack.start_code(),
            "blockquote" => self.stack.start(Holder::Quote),
            "ul" | "menu" | "dir" => self.stack.start(Holder::List(None)),
            "ol" => {
                let start =
                    self.tokens.attribute("start").and_then(|start| start.trim().parse().ok());
                let start = start.filter(|start| *start < 100_000_000).unwrap_or(1);
                self.stack.start(Holder::List(Some(start)));
            }
            "li" => {
                if !self.stack.has(Holder::List(None)) {
                    self.stack.start(Holder::List(None));
                }
                self.stack.end(Holder::Item);
                if self.stack.has(Holder::List(None)) {
                    self.stack.start(Holder::Item);
                }
            }
            "table" => self.stack.start(Holder::Table),
            "tr" if self.stack.has(Holder::Table) => {
                self.stack.end(Holder::Row);
                self.stack.start(Holder::Row);
            }
            "td" | "th" if self.stack.has(Holder::Table) => {
                self.stack.end(Holder::Cell);
                if !self.stack.has(Holder::Row) {
                    self.stack.start(Holder::Row);
                }
                self.stack.start(Holder::Cell);
                let spans = |name| {
                    self.tokens
                        .attribute(name)
                        .is_some_and(|span| !matches!(span.trim(), "" | "0" | "1"))
                };
                if spans("colspan") || spans("rowspan") {
                    self.stack.spanning_cell();
                }
            }
            "td" | "th" => self.stack.text(" "),
            "rt" => {
                self.stack.end_look(Look::Annotation { said: false });
                self.stack.start_look(Look::Annotation { said: false });
            }
            "q" => self.stack.text("“"),
            "a" => self.link(),
            _ => match look(name) {
                Some(look @ Look::Heading(_)) => {
                    self.stack.paragraph();
                    self.stack.end_look(look);
                    self.stack.start_look(look);
                }
                Some(look) => self.stack.start_look(look),
                None if is_line(name) => self.stack.line(),
                None => {}
            },
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "br" => self.stack.line_break(),
            "audio" | "video" => self.player = None,
            "pre" | "listing" => self.stack.end_code(),
            _ if self.stack.in_code() => {
                if is_line(name) || name == "p" {
                    self.stack.line();
                }
            }
            "p" => self.stack.paragraph(),
            "blockquote" => self.stack.end(Holder::Quote),
            "ul" | "menu" | "dir" | "ol" => self.stack.end(Holder::List(None)),
            "li" => self.stack.end(Holder::Item),
            "table" => self.stack.end(Holder::Table),
            "tr" if self.stack.has(Holder::Table) => self.stack.end(Holder::Row),
            "td" | "th" if self.stack.has(Holder::Table) => self.stack.end(Holder::Cell),
            "rt" | "ruby" => self.stack.end_look(Look::Annotation { said: false }),
            "q" => self.stack.text("”"),
            "a" => self.stack.end_look(Look::Link(0)),
            _ => match look(name) {
                Some(look @ Look::Heading(_)) => {
                    self.stack.paragraph();
                    self.stack.end_look(look);
                }
                Some(look) => self.stack.end_look(look),
                None if is_line(name) => self.stack.line(),
                None => {}
            },
        }
    }

    /// Leaves out an element of which not even the text is wanted.
    fn leaves_out(&mut self, name: &str) -> bool {
        let dropped = &mut *self.dropped;
        let kind = match name {
            "script" | "noscript" => &mut dropped.scripts,
            "style" | "link" => &mut dropped.styles,
            "iframe" | "frame" | "frameset" | "noframes" | "object" | "embed" | "applet"
            | "noembed" | "portal" | "fencedframe" => &mut dropped.frames,
            "form" | "input" | "button" | "select" | "textarea" | "datalist" => &mut dropped.forms,
            "svg" | "math" | "canvas" => &mut dropped.drawings,
            "template" | "title" | "rp" | "meta" | "base" | "track" | "area" | "param" => {
                &mut dropped.other
            }
            "xmp" | "plaintext" => &mut dropped.other,
            _ => return false,
        };
        // A formula may yet be text, `rp` repeats what is written anyway, and a form is its text.
        if !matches!(name, "math" | "rp" | "xmp" | "plaintext") {
            *kind = true;
        }
        match name {
            "xmp" | "plaintext" => {
                self.stack.start_code();
                let raw = self.tokens.raw(name);
                self.stack.text(raw);
                self.stack.end_code();
            }
            "svg" | "math" if self.tokens.self_closing => {}
            "svg" => self.passed = Passed::Drawing(1),
            "math" => self.passed = Passed::Formula(Some(String::new())),
            "form" => self.stack.line(),
            _ if is_raw(name) => {
                self.tokens.raw(name);
            }
            "object" | "applet" | "portal" | "fencedframe" | "button" | "select" | "datalist"
            | "canvas" | "template" | "rp" => self.passed = Passed::Element(name.to_owned(), 1),
            _ => {}
        }
        true
    }

    fn picture(&mut self) {
        let attribute = |name| self.tokens.attribute(name).map(entity::value).unwrap_or_default();
        let alt = attribute("alt");
        match address::source(&attribute("src")) {
            Source::File(name) => self.stack.media(name, alt.into_owned()),
            Source::Elsewhere => {
                self.dropped.remote = true;
                self.stack.text(&alt);
            }
            Source::None => {}
        }
    }

    /// The file of `audio`, `video` or a `source` in one; the first counts.
    fn sound(&mut self) {
        let Some(found) = self.player.as_mut().filter(|found| !**found) else { return };
        let written = self.tokens.attribute("src").unwrap_or_default();
        match address::source(&entity::value(written)) {
            Source::File(name) => {
                *found = true;
                self.stack.media(name, String::new());
            }
            Source::Elsewhere => self.dropped.remote = true,
            Source::None => {}
        }
    }

    fn link(&mut self) {
        self.stack.end_look(Look::Link(0));
        let Some(written) = self.tokens.attribute("href") else { return };
        let address = entity::value(written);
        match address::link(&address) {
            Some(link) => {
                self.links.push(link);
                self.stack.start_look(Look::Link(self.links.len() - 1));
            }
            None if address.trim().is_empty() || address.starts_with('#') => {}
            None => self.dropped.links = true,
        }
    }
}
