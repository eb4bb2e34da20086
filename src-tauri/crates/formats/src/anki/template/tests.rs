//! Templates: marks, filters, sections.

use rstest::rstest;

use super::render::TooLong;
use super::*;

const VALUES: [&str; 5] =
    ["<b>Q</b>?", "A", "", "x {{c1::y::h}} {{c2::z}}", " 漢字[かんじ] です[sound:a.mp3]"];

fn names() -> Vec<String> {
    ["Front", "Back", "Empty", "Text", "Ruby"].map(String::from).to_vec()
}

fn scene(side: Side<'static>) -> Scene<'static> {
    Scene {
        fields: &VALUES,
        tags: " a b::c ",
        note_type: "T<1>",
        deck: "Exam::Peer",
        card: "Card 1",
        card_id: 7,
        flag: 2,
        side,
        cloze: Cloze::Card(1),
    }
}

#[rstest]
#[case::field("{{Front}} {{ Back }}", "<b>Q</b>? A")]
#[case::triple("{{{Front}}}", "<b>Q</b>?}")]
#[case::text("{{text:Front}}", "Q?")]
#[case::unknown_filter("{{edit:text:Front}}", "Q?")]
#[case::unknown_field("a{{Nothing}}b", "ab")]
#[case::filled("{{#Back}}yes{{/Back}}{{^Back}}no{{/Back}}", "yes")]
#[case::empty("{{#Empty}}yes{{/Empty}}{{^Empty}}no{{/Empty}}", "no")]
#[case::nested("{{#Back}}{{^Empty}}x{{#Front}}y{{/Front}}{{/Empty}}{{/Back}}", "xy")]
#[case::gap("{{#c1}}one{{/c1}}{{#c2}}two{{/c2}}", "one")]
#[case::specials(
    "{{Tags}}|{{Type}}|{{Deck}}|{{Subdeck}}|{{Card}}|{{CardFlag}}",
    "a b::c|T&lt;1&gt;|Exam::Peer|Peer|Card 1|flag2"
)]
#[case::cloze("{{cloze:Text}}", "x [h] z")]
#[case::cloze_only("{{cloze-only:Text}}", "[h]")]
#[case::type_in("{{type:Back}}", "")]
#[case::hint("{{hint:Back}}", "")]
#[case::speech("{{tts en_US voices=A,B:Back}}", "")]
#[case::furigana("{{furigana:Ruby}}", "漢字 (かんじ) です[sound:a.mp3]")]
#[case::kanji("{{kanji:Ruby}}", "漢字 です[sound:a.mp3]")]
#[case::kana("{{kana:Ruby}}", "かんじ です[sound:a.mp3]")]
#[case::comment("a<!-- {{Front}} {{ -->b", "a<!-- {{Front}} {{ -->b")]
#[case::delimiters("{{=<% %>=}}<%Back%> {{x}}", "A {{x}}")]
#[case::front_side_on_the_front("{{FrontSide}}", "")]
fn a_front_is_rendered(#[case] template: &str, #[case] expected: &str) {
    let nodes = parse(template, &names()).unwrap();
    assert_eq!(scene(Side::Front).render(&nodes).unwrap(), expected);
}

#[rstest]
#[case::front_side("{{FrontSide}}<hr>{{Back}}", "F<hr>A")]
#[case::cloze("{{cloze:Text}}", "x <b>y</b> z")]
#[case::type_in("{{type:Back}}", "A")]
#[case::type_in_cloze("{{type:cloze:Text}}", "y")]
#[case::type_in_marks("{{type:nc:Back}}", "A")]
#[case::hint("{{hint:Back}}", "A")]
fn a_back_is_rendered(#[case] template: &str, #[case] expected: &str) {
    let nodes = parse(template, &names()).unwrap();
    assert_eq!(scene(Side::Back("F")).render(&nodes).unwrap(), expected);
}

#[rstest]
#[case("{{Front", Fault::Unclosed)]
#[case("{{#Front}}", Fault::Open("Front".into()))]
#[case("{{/Front}}", Fault::Mismatched("Front".into()))]
#[case("{{#Front}}{{#Back}}{{/Front}}{{/Back}}", Fault::Mismatched("Front".into()))]
fn a_fault_is_named(#[case] template: &str, #[case] fault: Fault) {
    assert_eq!(parse(template, &names()), Err(fault));
}

#[test]
fn sections_are_not_nested_without_end() {
    assert_eq!(parse(&"{{#Front}}".repeat(1000), &names()), Err(Fault::TooDeep));
    assert_eq!(parse(&"x".repeat(caps::TEMPLATE_BYTES + 1), &names()), Err(Fault::TooLong));
}

#[test]
fn a_face_has_a_longest_length() {
    let nodes = parse(&"{{Front}}".repeat(110_000), &names()).unwrap();
    let long = "x".repeat(100);
    let fields = [long.as_str()];
    assert_eq!(Scene { fields: &fields, ..scene(Side::Front) }.render(&nodes), Err(TooLong));
}

#[rstest]
#[case("", true)]
#[case(" \n<br><div></div><BR/> ", true)]
#[case("<div>a</div>", false)]
#[case("<img src=a>", false)]
#[case("<br", false)]
fn emptiness(#[case] html: &str, #[case] empty: bool) {
    assert_eq!(is_empty(html), empty);
}

#[test]
fn words_without_tags() {
    assert_eq!(
        words_of("a<style>b{}</style><b>c</b><!-- d -->&amp;<script>x</script>e"),
        "ac&amp;e"
    );
}
