//! Our Markdown as the HTML of a field: the allow-listed tree, everything in it escaped.

use cairn_core::cloze;
use cairn_core::text::{self, Block, Inline};

use super::names::Names;
use crate::anki::text::is_plain;

/// The HTML of a text.
pub(super) fn field(markdown: &str, names: &Names) -> String {
    let markdown = markdown.trim();
    if is_plain(markdown) {
        return markdown.to_owned();
    }
    let mut html = Html { out: String::with_capacity(markdown.len() * 2), names };
    match text::parse(markdown).as_slice() {
        // As Anki's own editor writes it.
        [Block::Paragraph { children }] => html.inlines(children),
        blocks => html.blocks(blocks),
    }
    html.out
}

/// Stands between two braces that Anki would take for a gap, until they are HTML.
const APART: char = '\u{E002}';

/// The HTML of a text with gaps. Their marks need no escape; what only looks like one is cut in two.
pub(super) fn gapped(text: &str, names: &Names) -> String {
    let marks = cloze::marks(text);
    let opening = marks.iter().filter(|mark| mark.opens.is_some());
    if text.matches(OPEN).count() == opening.count() {
        return field(text, names);
    }
    let (mut apart, mut at) = (String::with_capacity(text.len() + 8), 0);
    let cut = |text: &str| text.replace(APART, "").replace(OPEN, &format!("{{{APART}{{c"));
    for mark in marks {
        apart.push_str(&cut(&text[at..mark.span.start]));
        apart.push_str(&text[mark.span.clone()]);
        at = mark.span.end;
    }
    apart.push_str(&cut(&text[at..]));
    field(&apart, names).replace(APART, "<!-- -->")
}

const OPEN: &str = "{{c";

struct Html<'a> {
    out: String,
    names: &'a Names,
}

impl Html<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph { children } => self.within("p", children),
            Block::Heading { level, children } => {
                self.within(
                    ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(*level).clamp(1, 6) - 1],
                    children,
                );
            }
            Block::List { start, items } => self.list(*start, items),
            Block::Quote { children } => {
                self.out.push_str("<blockquote>");
                self.blocks(children);
                self.out.push_str("</blockquote>");
            }
            Block::Code { text } => {
                // The first line end behind `pre` counts for nothing.
                self.out.push_str("<pre>\n");
                escape(text, &mut self.out);
                self.out.push_str("</pre>");
            }
            Block::Table { head, rows } => {
                self.out.push_str("<table>");
                self.row("th", head);
                rows.iter().for_each(|row| self.row("td", row));
                self.out.push_str("</table>");
            }
            Block::Rule => self.out.push_str("<hr>"),
        }
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Block>]) {
        let name = if start.is_some() { "ol" } else { "ul" };
        match start {
            Some(start) if start != 1 => self.out.push_str(&format!("<ol start=\"{start}\">")),
            _ => self.out.push_str(&format!("<{name}>")),
        }
        for item in items {
            self.out.push_str("<li>");
            match item.as_slice() {
                [Block::Paragraph { children }] => self.inlines(children),
                [Block::Paragraph { children }, list @ Block::List { .. }] => {
                    self.inlines(children);
                    self.block(list);
                }
                blocks => self.blocks(blocks),
            }
            self.out.push_str("</li>");
        }
        self.out.push_str(&format!("</{name}>"));
    }

    fn row(&mut self, cell: &str, cells: &[Vec<Inline>]) {
        self.out.push_str("<tr>");
        cells.iter().for_each(|children| self.within(cell, children));
        self.out.push_str("</tr>");
    }

    fn within(&mut self, name: &str, children: &[Inline]) {
        self.out.push_str(&format!("<{name}>"));
        self.inlines(children);
        self.out.push_str(&format!("</{name}>"));
    }

    fn inlines(&mut self, children: &[Inline]) {
        children.iter().for_each(|inline| self.inline(inline));
    }

    fn inline(&mut self, inline: &Inline) {
        match inline {
            Inline::Text { text } => escape(text, &mut self.out),
            Inline::Em { children } => self.within("i", children),
            Inline::Strong { children } => self.within("b", children),
            Inline::Strike { children } => self.within("s", children),
            Inline::Code { text } => {
                self.out.push_str("<code>");
                escape(text, &mut self.out);
                self.out.push_str("</code>");
            }
            Inline::Link { href, children } => {
                self.out.push_str("<a href=\"");
                escape(href, &mut self.out);
                self.out.push_str("\">");
                self.inlines(children);
                self.out.push_str("</a>");
            }
            Inline::Media { name, alt } => self.media(name, alt),
            Inline::Break => self.out.push_str("<br>"),
            // Gaps are read as text here.
            Inline::Gap { children, .. } => self.inlines(children),
        }
    }

    fn media(&mut self, name: &str, alt: &str) {
        let file = self.names.of(name);
        if file.is_sound {
            self.out.push_str(&format!("[sound:{}]", file.name));
            return;
        }
        self.out.push_str("<img src=\"");
        escape(&file.name.replace('%', "%25"), &mut self.out);
        if !alt.is_empty() {
            self.out.push_str("\" alt=\"");
            escape(alt, &mut self.out);
        }
        self.out.push_str("\">");
    }
}

/// Writes text so that it is text in HTML, also in an attribute.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            // Control characters mean nothing here, and one parts the fields of a note.
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::plain("What is it?", "What is it?")]
    #[case::styles("a **b** *c* ~~d~~ `e`", "a <b>b</b> <i>c</i> <s>d</s> <code>e</code>")]
    #[case::escaped("a < b & \"c\" <script>", "a &lt; b &amp; &quot;c&quot; &lt;script&gt;")]
    #[case::paragraphs("a\n\nb", "<p>a</p><p>b</p>")]
    #[case::list("- a\n- b", "<ul><li>a</li><li>b</li></ul>")]
    #[case::numbers("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>")]
    #[case::picture("![the *map*](media:m.png)", "<img src=\"m.png\" alt=\"the map\">")]
    #[case::sound("![](media:s.mp3)", "[sound:s.mp3]")]
    #[case::link("[x](https://a.b/?c&d)", "<a href=\"https://a.b/?c&amp;d\">x</a>")]
    #[case::remote("![x](https://a.b/c.png)", "x")]
    #[case::code("```\na <b>\n```", "<pre>\na &lt;b&gt;</pre>")]
    fn text_becomes_html(#[case] markdown: &str, #[case] html: &str) {
        assert_eq!(field(markdown, &Names::default()), html);
    }

    #[rstest]
    #[case("a {{c1::b **c**::hint}}", "a {{c1::b <b>c</b>::hint}}")]
    #[case("{{c1::a {{c2::b}} c}}", "{{c1::a {{c2::b}} c}}")]
    #[case("{{c1::a}} {{c2::}} {{c3::", "{{c1::a}} {<!-- -->{c2::}} {<!-- -->{c3::")]
    fn gaps_stay_gaps_and_nothing_else_becomes_one(#[case] text: &str, #[case] html: &str) {
        assert_eq!(gapped(text, &Names::default()), html);
    }
}
