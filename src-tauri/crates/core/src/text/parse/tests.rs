use proptest::prelude::*;

use super::*;

/// A tree as text: tags with their content, so that a case reads at a glance.
fn sketch(blocks: &[Block]) -> String {
    blocks.iter().map(sketch_block).collect()
}

fn sketch_block(block: &Block) -> String {
    let inlines = |children: &[Inline]| children.iter().map(sketch_inline).collect::<String>();
    match block {
        Block::Paragraph { children } => format!("<p {}>", inlines(children)),
        Block::Heading { level, children } => format!("<h{level} {}>", inlines(children)),
        Block::List { start, items } => {
            let items: String = items.iter().map(|item| format!("<li {}>", sketch(item))).collect();
            format!("<{} {items}>", start.map_or("ul".into(), |n| format!("ol{n}")))
        }
        Block::Quote { children } => format!("<quote {}>", sketch(children)),
        Block::Code { text } => format!("<pre {text}>"),
        Block::Table { head, rows } => {
            let row = |cells: &Vec<Vec<Inline>>| {
                cells.iter().map(|cell| inlines(cell)).collect::<Vec<_>>().join("|")
            };
            let rows: Vec<String> = std::iter::once(head).chain(rows).map(row).collect();
            format!("<table {}>", rows.join("/"))
        }
        Block::Rule => "<hr>".into(),
    }
}

fn sketch_inline(inline: &Inline) -> String {
    let inlines = |children: &[Inline]| children.iter().map(sketch_inline).collect::<String>();
    match inline {
        Inline::Text { text } => text.clone(),
        Inline::Em { children } => format!("<em {}>", inlines(children)),
        Inline::Strong { children } => format!("<b {}>", inlines(children)),
        Inline::Strike { children } => format!("<s {}>", inlines(children)),
        Inline::Code { text } => format!("<code {text}>"),
        Inline::Link { href, children } => format!("<a {href} {}>", inlines(children)),
        Inline::Media { name, alt } => format!("<media {name} {alt}>"),
        Inline::Break => "<br>".into(),
        Inline::Gap { shown, hint, children } => {
            let hint = hint.as_deref().unwrap_or("-");
            format!(
                "<gap {} {hint} {}>",
                if *shown { "shown" } else { "hidden" },
                inlines(children)
            )
        }
    }
}

fn check(markdown: &str, expected: &str) {
    assert_eq!(sketch(&parse(markdown)), expected, "{markdown}");
}

#[test]
fn text_keeps_its_structure() {
    check("One *two* **three** `four`", "<p One <em two> <b three> <code four>>");
    check("a\nb\n\nc  \nd", "<p a b><p c<br>d>");
    check("### Title\n\n---", "<h3 Title><hr>");
    check("> said\n> so", "<quote <p said so>>");
    check("~~gone~~", "<p <s gone>>");
    check("```js\nlet x;\n```", "<pre let x;>");
}

#[test]
fn lists_may_be_tight_loose_and_nested() {
    check("- a\n- b", "<ul <li <p a>><li <p b>>>");
    check("3. a\n\n4. b", "<ol3 <li <p a>><li <p b>>>");
    check("- a\n  - b\n- c", "<ul <li <p a><ul <li <p b>>>><li <p c>>>");
}

#[test]
fn tables_keep_their_cells() {
    check("|a|b|\n|-|-|\n|1|*2*|", "<table a|b/1|<em 2>>");
}

#[test]
fn html_is_text() {
    check("<script>x()</script>", "<p <script>x()</script>>");
    check("a <b onclick=x>c</b>", "<p a <b onclick=x>c</b>>");
}

#[test]
fn only_https_links_stay_links() {
    check("[a](https://example.org)", "<p <a https://example.org a>>");
    for address in
        ["http://example.org", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "x"]
    {
        check(&format!("[a]({address})"), "<p a>");
    }
    check("![a picture](https://example.org/p.png)", "<p a picture>");
}

#[test]
fn a_gap_hides_and_shows_its_text() {
    let text = "Recovery is {{c1::rarely *straight*::shape?}}, and {{c2::slow}}.";
    let card = |number, shown| sketch(&parse_cloze(text, Gaps { number, shown }));
    assert_eq!(card(1, false), "<p Recovery is <gap hidden shape? >, and slow.>");
    assert_eq!(card(1, true), "<p Recovery is <gap shown shape? rarely <em straight>>, and slow.>");
    assert_eq!(card(2, false), "<p Recovery is rarely <em straight>, and <gap hidden - >.>");
}

#[test]
fn gaps_nest() {
    let card = |text, number, shown| sketch(&parse_cloze(text, Gaps { number, shown }));
    let text = "{{c1::a {{c2::*b*::hint}} c}}";
    assert_eq!(card(text, 1, false), "<p <gap hidden - >>");
    assert_eq!(card(text, 1, true), "<p <gap shown - a <em b> c>>");
    assert_eq!(card(text, 2, false), "<p a <gap hidden hint > c>");
    assert_eq!(card(text, 2, true), "<p a <gap shown hint <em b>> c>");
    let same = "{{c1::a {{c1::b}} c}}";
    assert_eq!(card(same, 1, false), "<p <gap hidden - >>");
    assert_eq!(card(same, 1, true), "<p <gap shown - a b c>>");
    assert_eq!(card("{{c1::a {{c2::b}}", 2, false), "<p {{c1::a <gap hidden - >>");
}

#[test]
fn a_gap_stands_inside_emphasis_lists_and_code() {
    let card = |text| sketch(&parse_cloze(text, Gaps { number: 1, shown: false }));
    assert_eq!(card("**{{c1::a}}**"), "<p <b <gap hidden - >>>");
    assert_eq!(card("- {{c1::a}}\n- b"), "<ul <li <p <gap hidden - >>><li <p b>>>");
    assert_eq!(card("`x {{c1::a}}`"), "<p <code x […]>>");
}

#[test]
fn forged_placeholders_are_taken_out() {
    let card = |text| sketch(&parse_cloze(text, Gaps { number: 1, shown: false }));
    assert_eq!(card("\u{E000}0\u{E001} {{c1::a}}"), "<p 0 <gap hidden - >>");
}

#[test]
fn deep_nesting_is_flattened() {
    let depth =
        |blocks: &[Block]| serde_json::to_string(blocks).unwrap().matches("\"quote\"").count();
    let blocks = parse(&format!("{} deep", "> ".repeat(5000)));
    assert!(depth(&blocks) <= MAX_DEPTH, "{} levels", depth(&blocks));
    assert_eq!(super::super::plain(&blocks), "deep");
}

#[test]
fn plain_text_reads_well() {
    let plain = |markdown: &str| super::super::plain(&parse(markdown));
    assert_eq!(
        plain("# A\n\nb *c*\n\n1. d\n2. e\n\n|x|y|\n|-|-|\n|1|2|"),
        "A\nb c\n1. d\n2. e\nx | y\n1 | 2"
    );
}

#[test]
fn a_path_or_an_address_is_no_file_name() {
    for name in ["../x", "a/b", "..", ".", "C:x", "media:x", "a\\\\b", "&#9;a", "&#x2f;etc"] {
        check(&format!("![a dog](<media:{name}>)"), "<p a dog>");
    }
    check("![](media:a..b)", "<p <media a..b >>");
}

#[test]
fn a_picture_is_named_by_its_file_and_never_by_an_address() {
    check("See ![a dog](media:dog.png)", "<p See <media dog.png a dog>>");
    check("![](<media:my dog.png>)", "<p <media my dog.png >>");
    check("![x *y*](media:a)", "<p <media a x y>>");
    for address in ["https://example.org/dog.png", "dog.png", "data:image/png,x", "media:"] {
        check(&format!("![a dog]({address})"), "<p a dog>");
    }
    assert_eq!(crate::text::plain(&parse("![a dog](media:dog.png) ![](media:b)")), "a dog b");
}

/// Well-formed cloze texts, up to five levels of gaps deep.
fn cloze_text() -> impl Strategy<Value = String> {
    "[a-z *_`\n]{1,6}".prop_recursive(5, 24, 4, |inner| {
        (1u8..=4, prop::collection::vec(inner, 1..4), prop::option::of("[a-z]{1,3}")).prop_map(
            |(number, inner, hint)| {
                let hint = hint.map_or(String::new(), |hint| format!("::{hint}"));
                format!("{{{{c{number}::{}{hint}}}}}", inner.concat())
            },
        )
    })
}

proptest! {
    #[test]
    fn no_card_shows_a_mark(text in cloze_text(), number in 1u8..=5, shown: bool) {
        let shown = crate::text::plain(&parse_cloze(&text, Gaps { number, shown }));
        prop_assert!(!shown.contains("{{c") && !shown.contains("}}"), "{}", shown);
    }

    #[test]
    fn no_text_panics(text in "(\\{\\{c[0-3]::|::|\\}\\}|[*_`|\\[\\]()!<>#~&\\n -]|a|\u{E000}|\\PC){0,60}") {
        parse(&text);
        for number in 1..3 {
            for shown in [false, true] {
                parse_cloze(&text, Gaps { number, shown });
            }
        }
    }
}
