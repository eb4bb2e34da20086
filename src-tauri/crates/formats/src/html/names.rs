//! What the names of elements and attributes mean.

use super::stack::Look;

/// How the text of an element looks.
pub(super) fn look(name: &str) -> Option<Look> {
    Some(match name {
        "b" | "strong" => Look::Strong,
        "i" | "em" => Look::Em,
        "s" | "del" | "strike" => Look::Strike,
        "code" | "kbd" | "samp" | "tt" => Look::Code,
        "sup" => Look::Raised,
        "sub" => Look::Lowered,
        // Levels one and two belong to the deck.
        "h1" | "h2" | "h3" => Look::Heading(3),
        "h4" => Look::Heading(4),
        "h5" => Look::Heading(5),
        "h6" => Look::Heading(6),
        _ => return None,
    })
}

/// Elements whose content stands on lines of its own.
pub(super) fn is_line(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "main"
            | "nav"
            | "aside"
            | "address"
            | "center"
            | "details"
            | "summary"
            | "dialog"
            | "figure"
            | "figcaption"
            | "dl"
            | "dt"
            | "dd"
            | "fieldset"
            | "legend"
            | "hgroup"
            | "search"
            | "body"
            | "html"
            | "head"
            | "form"
            | "caption"
            | "tr"
            | "marquee"
            | "option"
    )
}

/// Elements whose content is no markup.
pub(super) fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "textarea"
            | "title"
            | "xmp"
            | "plaintext"
    )
}

/// Elements that end a drawing or a formula they stand in (HTML standard, § 13.2.6.5).
pub(super) fn leaves_drawing(name: &str) -> bool {
    matches!(
        name,
        "b" | "big"
            | "blockquote"
            | "body"
            | "br"
            | "center"
            | "code"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "em"
            | "embed"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "hr"
            | "i"
            | "img"
            | "li"
            | "listing"
            | "menu"
            | "meta"
            | "nobr"
            | "ol"
            | "p"
            | "pre"
            | "ruby"
            | "s"
            | "small"
            | "span"
            | "strong"
            | "strike"
            | "sub"
            | "sup"
            | "table"
            | "tt"
            | "u"
            | "ul"
            | "var"
    )
}

/// Whether an attribute is an event handler.
pub(super) fn is_handler(name: &str) -> bool {
    name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("on")) && name.len() > 2
}
