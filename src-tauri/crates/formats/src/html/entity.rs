//! Character references (`&amp;`, `&#8217;`, `&eacute`) in text and in values.

use std::borrow::Cow;

use scraper::{Html, Selector};

/// Text as it reads. The usual references are read here, any other by html5ever.
pub(super) fn text(written: &str) -> Cow<'_, str> {
    let Some(first) = written.find('&') else { return Cow::Borrowed(written) };
    let mut read = written[..first].to_owned();
    let mut rest = &written[first..];
    while let Some(at) = rest.find('&') {
        read.push_str(&rest[..at]);
        rest = &rest[at..];
        match usual(rest) {
            Some((c, length)) => {
                read.push(c);
                rest = &rest[length..];
            }
            None => {
                let escaped = rest.replace('<', "&lt;");
                read.extend(Html::parse_fragment(&escaped).root_element().text());
                return Cow::Owned(read);
            }
        }
    }
    read.push_str(rest);
    Cow::Owned(read)
}

/// The value of an attribute as it reads.
pub(super) fn value(written: &str) -> Cow<'_, str> {
    if !written.contains('&') {
        return Cow::Borrowed(written);
    }
    let tag = format!("<i title=\"{}\">", written.replace('"', "&quot;"));
    let html = Html::parse_fragment(&tag);
    let read = Selector::parse("i").ok().and_then(|selector| {
        html.select(&selector).next().and_then(|element| element.attr("title").map(str::to_owned))
    });
    Cow::Owned(read.unwrap_or_default())
}

/// The character and the length of one of the references that nearly all notes do with.
fn usual(text: &str) -> Option<(char, usize)> {
    let name = text.get(1..text.len().min(10)).or_else(|| text.get(1..))?;
    let name = &name[..name.find(';')?];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            // What the standard maps to something else is left to html5ever.
            char::from_u32(code).filter(|c| !c.is_control())?
        }
    };
    Some((c, name.len() + 2))
}
