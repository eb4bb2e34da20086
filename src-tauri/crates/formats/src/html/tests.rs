use cairn_core::text::{self, Block, Gaps, Inline};
use proptest::prelude::*;
use rstest::rstest;

use super::*;

fn check(html: &str, expected: &str) {
    assert_eq!(to_markdown(html).text, expected, "{html}");
}

fn plain(html: &str) -> String {
    text::plain(&text::parse(&to_markdown(html).text))
}

#[rstest]
#[case("just words", "just words")]
#[case(" a \n b&nbsp;&nbsp;c\u{200B}d\u{7} ", "a b cd")]
#[case("a<br>b", "a\\\nb")]
#[case("a<br><br>b", "a\n\nb")]
#[case("a<div>b</div><div>c</div>", "a\\\nb\\\nc")]
#[case("a<div><br></div><div>b</div>", "a\n\nb")]
#[case("<p>a</p><p>b</p>", "a\n\nb")]
#[case("<p>a<p>b", "a\n\nb")]
#[case("a<hr>b", "a\n\n***\n\nb")]
#[case("<h1>A</h1><h5>B</h5>c", "### A\n\n##### B\n\nc")]
#[case("<blockquote>a<br>b</blockquote>c", "> a\\\n> b\n\nc")]
#[case("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b")]
#[case("<pre><code>let x;\n  y\n</code></pre>z", "```\nlet x;\n  y\n```\n\nz")]
#[case("<pre>a<br>```</pre>", "````\na\n```\n````")]
#[case("&eacute;&#8217;&amp;&lt;b&gt;&copy", "é’&\\<b>©")]
#[case("a &amp;amp; b", "a \\&amp; b")]
#[case("<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>", "漢字(かんじ)")]
#[case("10<sup>2</sup> H<sub>2</sub>O 4<sup>th</sup>", "10² H₂O 4th")]
#[case("<q>so</q> <u>it</u> <span style='x'>is</span>", "“so” it is")]
#[case("a<!-- no -->b<!--> c --->d", "ab c --->d")]
#[case("<![CDATA[x]]>y<?php z ?>", "y")]
#[case("1 < 2 <b", "1 < 2 \\<b")]
#[case("<math><mi>x</mi><mo>=</mo><mn>2</mn></math>!", "x=2!")]
#[case("<math><msup><mi>x</mi><mn>2</mn></msup></math>!", "!")]
fn blocks_and_characters(#[case] html: &str, #[case] expected: &str) {
    check(html, expected);
}

#[rstest]
#[case("<b>a</b> <i>b</i> <s>c</s> <code>d</code>", "**a** *b* ~~c~~ `d`")]
#[case("<b> a </b>b", "**a** b")]
#[case("<b>a</b><b>b</b> <b>c</b>", "**ab c**")]
#[case("<b><i>a</i></b>", "**_a_**")]
#[case("<b>a</b><i>b</i>", "**a**_b_")]
#[case("<i>a <b>b</b> c</i>", "*a **b** c*")]
#[case("<b>a<i>b</b>c</i>", "**&#97;_b_**_c_")]
#[case("<b></b><i> </i>a", "a")]
#[case("x<b>(y)</b>z", "&#120;**(y)**&#122;")]
#[case("<b>a<br>b</b><br>c", "**a\\\nb**\\\nc")]
#[case("<b><p>a</p><p>b</p></b>", "**a**\n\n**b**")]
#[case("<code>a`b</code>", "``a`b``")]
#[case("<code>`</code>", "`` ` ``")]
#[case("<code>*a*</code>", "`*a*`")]
fn styles(#[case] html: &str, #[case] expected: &str) {
    check(html, expected);
}

#[rstest]
#[case("<ul><li>a</li><li>b</li></ul>", "- a\n- b")]
#[case("<ul><li>a<li>b</ul>c", "- a\n- b\n\nc")]
#[case("<ol start=3><li>a<li>b</ol>", "3. a\n4. b")]
#[case("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c")]
#[case("<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b")]
#[case("<ul><li>a<ol start=2><li>b</ol></ul>", "- a\n\n  2. b")]
#[case("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n+ b")]
#[case("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b")]
#[case("<li>a<li>b", "- a\n- b")]
#[case("<ul><li></li></ul>a", "a")]
#[case("<ul><li><ul><li><ul><li></ul></ul></ul>a", "a")]
#[case("<ul><li><hr></ul>", "- ***")]
fn lists(#[case] html: &str, #[case] expected: &str) {
    check(html, expected);
}

#[rstest]
#[case(
    "<table><tr><th>a<th>b<tr><td>c|d<td><b>e</b></table>",
    "| a | b |\n| --- | --- |\n| c\\|d | **e** |"
)]
#[case("<table><tr><td>a<td>b</table>", "a | b")]
#[case("<table><tr><td colspan=2>a<tr><td>b<td>c</table>", "a\\\nb | c")]
#[case("<table><tr><td>a<ul><li>b</ul><td>c<tr><td>d</table>", "a\n- b\n\nc\n\nd")]
#[case("<table><tr><td>a<tr><td>b</table>", "a\\\nb")]
#[case(
    "<table><tr><td>a<td><code>x|y</code><tr><td>b</table>",
    "| a | x\\|y |\n| --- | --- |\n| b |  |"
)]
fn tables(#[case] html: &str, #[case] expected: &str) {
    check(html, expected);
}

#[rstest]
#[case("<a href='https://a.org/x_(y)?a=1&amp;b'>x</a>", "[x](https://a.org/x_%28y%29?a=1&b)")]
#[case("<a href=https://a.org/&copy;>x</a>", "[x](https://a.org/©)")]
#[case("<a href='https://a.org/'>a]b</a>!", "[a\\]b](https://a.org/)!")]
#[case("Hi!<a href='https://a.org/'>a</a>", "Hi\\![a](https://a.org/)")]
#[case("<a href='http://a.org'>x</a><a href='javascript:1'>y</a><a name=z>z</a>", "xyz")]
#[case("<img src=a.jpg>", "![](media:a.jpg)")]
#[case(
    "<img src='a b%20c.jpg' alt='x [y] {{c1::z}}'>",
    "![x \\[y\\] &#123;&#123;c1::z&#125;&#125;](<media:a b c.jpg>)"
)]
#[case("<img src='a&lt;b.jpg'>", "![](<media:a&#60;b.jpg>)")]
#[case("<img src='https://a.org/x.png' alt='a *dog*'>", "a \\*dog\\*")]
#[case("<img src=data:image/png,x><img src=../x><img src=%2e%2e%2fx><img src=a%5cb><img>", "")]
#[case("a[sound:x y.mp3]b", "a![](<media:x y.mp3>)b")]
#[case("[sound:http://x/y.mp3][sound:a.mp3][sound:", "![](media:a.mp3)\\[sound:")]
#[case("<audio src=a.mp3>no player</audio>b", "![](media:a.mp3)b")]
#[case("<video><source src=a.webm><source src=a.mp4>no</video>", "![](media:a.webm)")]
fn links_and_media(#[case] html: &str, #[case] expected: &str) {
    check(html, expected);
}

#[test]
fn media_are_named_in_order_and_once() {
    let html = "<img src=b.png>[sound:a.mp3]<img src=b.png><ul><li><img src='c d.png'></ul>";
    assert_eq!(to_markdown(html).media, ["b.png", "a.mp3", "c d.png"]);
}

#[rstest]
#[case("# a")]
#[case("- a")]
#[case("+ a")]
#[case("1. a")]
#[case("1) a")]
#[case("> a")]
#[case("--- ")]
#[case("***")]
#[case("_a_ *b* **c** ~~d~~ ~e~ `f` ``g``")]
#[case("[a](https://b.org) ![a](media:b) [a]: b [^a]")]
#[case("<b>a</b> <https://a.org> <!-- a -->")]
#[case("&amp; &#65; &copy &a b;")]
#[case("| a | b |")]
#[case("a\\*b \\\\ \\")]
#[case("=== snake_case _x_y_")]
#[case("```")]
#[case("~~~")]
fn literal_text_stays_literal(#[case] literal: &str) {
    let escaped = literal.replace('&', "&amp;").replace('<', "&lt;");
    for html in [
        escaped.clone(),
        format!("x<br>{escaped}"),
        format!("<ul><li>{escaped}</ul>"),
        format!("<h3>{escaped}</h3>"),
        format!("<table><tr><td>x<td>{escaped}<tr><td>y<td>{escaped}</table>"),
    ] {
        let tree = text::parse(&to_markdown(&html).text);
        assert!(text::plain(&tree).contains(literal.trim()), "{html} gave {tree:?}");
    }
}

#[rstest]
#[case("{{c1::a::b}}", "{{c1::a::b}}")]
#[case("{{c1::<b>a</b>}}", "{{c1::**a**}}")]
#[case("<b>{{c1::a}}</b>", "{{c1::**a**}}")]
#[case("<b>x {{c1::y</b> z}}", "**x** {{c1::**y** z}}")]
#[case("{{c1::x <b>y}} z</b>", "{{c1::x **y**}} **z**")]
#[case("<b>a {{c1::b {{c2::c}}::<i>h*</i>}}</b> d", "**a {{c1::b {{c2::c}}::h*}}** d")]
#[case("{{c1::# a}} {{c2::*}}", "{{c1::\\# a}} {{c2::\\*}}")]
#[case("{{c1::1}}. a", "{{c1::1}}\\. a")]
#[case("<code>f({{c1::x}})</code>", "`f({{c1::x}})`")]
#[case("<code>f({{c1::x</code>y}}", "`f(`{{c1::xy}}")]
#[case("{{c1::a<br>b}}", "{{c1::a\\\nb}}")]
#[case("<b>{{c1::a</b><br><br><b>b}}</b>", "{{c1::**a**\n\n**b**}}")]
#[case("{{c1::a<br>}}b", "{{c1::a}}\\\nb")]
#[case("{{c1::a<br>}}", "{{c1::a}}")]
#[case("{{c1::a::b &amp; c}}", "{{c1::a::b & c}}")]
#[case("<ul><li>{{c1::<img src=a.png>}}</ul>", "- {{c1::![](media:a.png)}}")]
#[case("<a href='https://a.org/b::c{{d}}'>x</a>", "[x](https://a.org/b:%3Ac%7B%7Bd%7D%7D)")]
fn gaps_come_through(#[case] html: &str, #[case] expected: &str) {
    check(html, expected);
}

#[test]
fn what_is_left_out_is_told() {
    let dropped = |html: &str| to_markdown(html).dropped.kinds().collect::<Vec<_>>().join(", ");
    assert_eq!(dropped("<b style='x' class=y>a</b><br/>"), "");
    assert_eq!(dropped("<script>x</script>"), "scripts");
    assert_eq!(dropped("<b onclick=x>a</b><style>x</style>"), "scripts, style sheets");
    assert_eq!(
        dropped("<img src=//x><iframe></iframe>"),
        "pictures or sounds from elsewhere, frames"
    );
    assert_eq!(dropped("<form><input></form><svg></svg>"), "forms, drawings or formulas");
    assert_eq!(
        dropped("<a href=ftp://x>a</a><template>b</template>"),
        "links that are not https, other elements"
    );
}

#[rstest]
#[case("a<script>alert('</b>')</script>b", "ab")]
#[case("a<style><b>x</b></style>b", "ab")]
#[case("a<template><template>x</template>y</template>b", "ab")]
#[case("a<svg><text>x</text><svg/></svg>b", "ab")]
#[case("a<svg><p>b", "a\nb")]
#[case("a<svg/>b", "ab")]
#[case("a<select><option>x</select><button>y</button><textarea><b></textarea>b", "ab")]
#[case("a<iframe srcdoc='<script>x</script>'></iframe><object>x</object>b", "ab")]
#[case("a<noscript><b>x</noscript>b", "ab")]
fn what_is_no_text_leaves_nothing(#[case] html: &str, #[case] expected: &str) {
    assert_eq!(plain(html), expected, "{html}");
}

#[test]
fn deep_nesting_and_long_tags_are_read_in_one_go() {
    for html in [
        "<b>".repeat(200_000) + "x",
        "<ul><li>".repeat(100_000) + "x",
        "<blockquote>".repeat(100_000) + "x",
        "<table><tr><td>".repeat(50_000) + "x",
        "<i>a<b>".repeat(50_000) + "x",
        "<b a".repeat(100_000) + ">x",
        format!("<b {}>x", (0..200_000).map(|n| format!("a{n} ")).collect::<String>()),
        "<!-- --!>".repeat(100_000) + "x",
        "{{c1::<b>".repeat(50_000) + "x",
        "{{c1::}}}}".repeat(50_000) + "x",
        "<b>a</b>}}".repeat(50_000) + "{{c1::x",
        "[sound:".repeat(100_000) + "x",
        "&x".repeat(100_000) + "x",
        "<svg><p>".repeat(50_000) + "x",
    ] {
        let text = to_markdown(&html).text;
        assert!(text.contains('x'), "{}", &html[..20]);
        assert!(text.len() < 40 * html.len());
    }
}

/// Every link and file name of a tree is safe.
fn assert_safe(blocks: &[Block], names: &mut Vec<String>) {
    let tree = serde_json::to_value(blocks).unwrap();
    let mut values = vec![&tree];
    while let Some(value) = values.pop() {
        if let Some(link) = value.get("href").and_then(|link| link.as_str()) {
            assert!(link.starts_with("https://"), "{link}");
        }
        if value.get("t").is_some_and(|kind| kind == "media") {
            let name = value["name"].as_str().unwrap();
            assert!(!name.contains(['/', '\\', ':']) && name != "..", "{name}");
            names.push(name.to_owned());
        }
        match value {
            serde_json::Value::Array(inner) => values.extend(inner),
            serde_json::Value::Object(inner) => values.extend(inner.values()),
            _ => {}
        }
    }
}

fn words(text: &str) -> String {
    let kept = text.chars().filter(|c| chars::collapses(*c) || !chars::is_dropped(*c));
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Pieces of HTML, good and bad.
fn soup() -> impl Strategy<Value = String> {
    let tags = "</?(b|i|s|code|a|p|div|ul|ol|li|table|tr|td|pre|h2|blockquote|ruby|rt|sup|svg|math|script|template|audio)[ />]";
    let part = prop_oneof![
        4 => tags,
        2 => "[a-z (){}*_`~\\[\\]!<>&;:/\"'=#.|0-9-]{1,8}",
        1 => "(\\{\\{c[1-3]::|\\}\\}|::|\\[sound:a\\]|<br>|<hr>|<img src=a.png>|<!--|-->|&amp;|&#x)",
        1 => "<(a href|img src|b title)=[\"']?(https://a\\.org/|javascript:|data:|a b|\\.\\./x|/x)[\"']?>",
        1 => "\\PC{1,4}",
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// Inline HTML that is well-formed, without gaps.
fn styled() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![3 => "[a-c .,(*_!é。「-]{1,4}", 1 => Just("<br>".to_owned())];
    leaf.prop_recursive(4, 24, 4, |inner| {
        (prop::sample::select(vec!["b", "i", "s", "code"]), prop::collection::vec(inner, 1..4))
            .prop_map(|(tag, inner)| format!("<{tag}>{}</{tag}>", inner.concat()))
    })
}

/// Whether a letter is strong, emphasised, struck out and code.
type Styles = (bool, bool, bool, bool);

/// Each character but white space with its styles, as the tree has it.
fn letters(inlines: &[Inline], style: Styles, out: &mut Vec<(char, Styles)>) {
    for inline in inlines {
        let mut push = |text: &str, style| {
            out.extend(text.chars().filter(|c| !c.is_whitespace()).map(|c| (c, style)));
        };
        match inline {
            Inline::Text { text } => push(text, style),
            Inline::Code { text } => push(text, (style.0, style.1, style.2, true)),
            Inline::Strong { children } => {
                letters(children, (true, style.1, style.2, style.3), out)
            }
            Inline::Em { children } => letters(children, (style.0, true, style.2, style.3), out),
            Inline::Strike { children } => {
                letters(children, (style.0, style.1, true, style.3), out)
            }
            _ => {}
        }
    }
}

/// The same, as the tags have it.
fn tagged_letters(html: &str) -> Vec<(char, Styles)> {
    let (mut depth, mut out, mut rest) = ([0_i32; 4], Vec::new(), html);
    while let Some(c) = rest.chars().next() {
        if let Some((tag, after)) = rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
            let (tag, step) = tag.strip_prefix('/').map_or((tag, 1), |tag| (tag, -1));
            if let Some(at) = ["b", "i", "s", "code"].iter().position(|name| *name == tag) {
                depth[at] += step;
            }
            rest = after;
        } else {
            if !c.is_whitespace() {
                out.push((c, (depth[0] > 0, depth[1] > 0, depth[2] > 0, depth[3] > 0)));
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

proptest! {
    #[test]
    fn any_text_comes_back(text in "\\PC{0,40}|[ -~\\n]{0,60}|(\\PC|[#>*_`~.0-9 |&;<-]){0,30}|[\\x00-\\x{2ff}]{0,30}") {
        prop_assume!(!text.contains("[sound:"));
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        prop_assert_eq!(words(&plain(&escaped)), words(&text));
    }

    #[test]
    fn any_text_comes_back_between_tags(text in "[ -~é。]{0,30}", other in "[ -~]{0,10}") {
        prop_assume!(!text.contains("[sound:") && !other.contains("[sound:"));
        let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let html = format!("{}<b>{}</b>{}", escape(&other), escape(&text), escape(&other));
        prop_assert_eq!(words(&plain(&html)), words(&format!("{other}{text}{other}")));
    }

    #[test]
    fn styles_come_back(html in prop::collection::vec(styled(), 1..5)) {
        let html = html.concat();
        let mut found = Vec::new();
        for block in text::parse(&to_markdown(&html).text) {
            if let Block::Paragraph { children } = &block {
                letters(children, Default::default(), &mut found);
            }
        }
        prop_assert_eq!(found, tagged_letters(&html), "{} gave {}", html, to_markdown(&html).text);
    }

    #[test]
    fn every_card_of_a_styled_text_shows_its_letters(
        parts in prop::collection::vec((styled(), 0..4), 1..6),
        cut in any::<prop::sample::Index>(),
        until in any::<prop::sample::Index>(),
    ) {
        let html: String = parts.into_iter().map(|(part, _)| part).collect();
        let html: String = html.chars().filter(|c| !"*_(".contains(*c)).collect();
        // A gap from one edge of a tag to another, with a letter in it.
        let html = html.replace("<br>", "-");
        let edges: Vec<usize> = html.match_indices('<').map(|(at, _)| at).chain([html.len()]).collect();
        let (from, to) = (edges[cut.index(edges.len())], edges[until.index(edges.len())]);
        let (from, to) = (from.min(to), from.max(to));
        let gap = format!("{}{{{{c1::x{}}}}}{}", &html[..from], &html[from..to], &html[to..]);
        let whole = format!("{}x{}", &html[..from], &html[from..]);
        let expected: String = tagged_letters(&whole).into_iter().map(|(c, _)| c).collect();
        let markdown = to_markdown(&gap).text;
        for number in [1, 2] {
            let card = text::plain(&text::parse_cloze(&markdown, Gaps { number, shown: true }));
            let card: String = card.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(&card, &expected, "{} gave {}", gap, markdown);
        }
    }

    #[test]
    fn soup_is_safe(html in soup()) {
        let markdown = to_markdown(&html);
        let mut names = Vec::new();
        assert_safe(&text::parse(&markdown.text), &mut names);
        for name in &names {
            prop_assert!(markdown.media.contains(name), "{} of {:?}", name, markdown);
        }
        for number in 1..3 {
            for shown in [false, true] {
                assert_safe(&text::parse_cloze(&markdown.text, Gaps { number, shown }), &mut names);
            }
        }
    }

    #[test]
    fn any_bytes_are_safe(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let markdown = to_markdown(&String::from_utf8_lossy(&bytes));
        assert_safe(&text::parse(&markdown.text), &mut Vec::new());
    }
}
