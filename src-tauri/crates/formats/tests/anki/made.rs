//! Packages made on the spot: what Anki's own exporter does not show.

use cairn_core::note::Content;
use rstest::rstest;

use super::support::{card, database, made, model, note, one_note, options, package, read_into};

fn only(reading: &cairn_formats::anki::Reading) -> &Content {
    assert_eq!(reading.skipped, []);
    &reading.package.decks[0].notes[0].content
}

fn front_and_back(content: &Content) -> Vec<(&str, &str, &str)> {
    let Content::Faces { faces, .. } = content else { panic!("{content:?}") };
    faces.iter().map(|f| (f.key.as_str(), f.front.as_str(), f.back.as_str())).collect()
}

#[rstest]
#[case::second_card_alone(&[("{{A}}", "{{B}}"), ("{{B}}", "{{A}}")], &[1], &[("t2", "b", "a")])]
#[case::front_repeated(&[("x {{A}}", "x {{A}}<hr id=answer>{{B}}")], &[0], &[("t1", "x a", "b")])]
#[case::front_side_without_rule(&[("x {{A}}", "{{FrontSide}}<br>{{B}}")], &[0], &[("t1", "x a", "b")])]
#[case::delimiters(&[("{{=<% %>=}}x <%A%>", "<%B%>")], &[0], &[("t1", "x a", "{{B}}")])]
#[case::hint_for_the_back(&[("x {{A}} {{hint:C}}", "{{FrontSide}}<hr id=answer>{{B}}")], &[0], &[("t1", "x a", "c\\\nb")])]
fn templates_make_faces(
    #[case] templates: &[(&str, &str)],
    #[case] ords: &[i64],
    #[case] expected: &[(&str, &str, &str)],
) {
    let reading = made(false, templates, &["a", "b", "c"], ords);
    let found = front_and_back(only(&reading));
    if templates[0].0.starts_with("{{=") {
        assert_eq!(found[0].1, "x a");
    } else {
        assert_eq!(found, expected);
    }
}

#[test]
fn several_answers_stand_below_one_another() {
    let templates = [("{{A}}", "{{FrontSide}}<hr id=answer>{{B}}<br>{{C}}")];
    let reading = made(false, &templates, &["a", "b", "c"], &[0]);
    let expected = Content::Basic {
        front: "a".into(),
        back: "b\n\nc".into(),
        both_ways: false,
        note: String::new(),
    };
    assert_eq!(only(&reading), &expected);
}

#[rstest]
#[case::wanted("y", true, 0)]
#[case::empty_as_anki_sees_it("<br>", false, 1)]
fn an_optional_second_card_that_asks_nothing_is_left_out(
    #[case] wanted: &str,
    #[case] both_ways: bool,
    #[case] left_out: usize,
) {
    let templates = [("{{A}}", "{{FrontSide}}<hr id=answer>{{B}}"), ("{{#C}}{{B}}{{/C}}", "{{A}}")];
    let reading = made(false, &templates, &["a", "b", wanted], &[0, 1]);
    assert!(
        matches!(only(&reading), Content::Basic { both_ways: found, .. } if *found == both_ways)
    );
    assert_eq!(reading.facts.cards_left_out, left_out);
}

const CLOZE: [(&str, &str); 1] = [("{{cloze:A}}", "{{cloze:A}}<br>{{B}}")];

#[test]
fn words_of_a_cloze_template_are_kept() {
    let templates = [("Say: {{cloze:A}}", "Say: {{cloze:A}}<hr>Why: {{B}}")];
    let reading = made(true, &templates, &["{{c1::yes}}", "so", ""], &[0]);
    let expected = Content::Cloze { text: "Say: {{c1::yes}}".into(), note: "Why: so".into() };
    assert_eq!(only(&reading), &expected);
}

#[test]
fn a_cloze_that_differs_by_card_becomes_faces() {
    let templates = [("{{#c1}}first{{/c1}} {{cloze:A}}", "{{cloze:A}}")];
    let reading = made(true, &templates, &["{{c1::a}} {{c2::b}}", "", ""], &[0, 1]);
    let faces = front_and_back(only(&reading));
    assert_eq!(faces.len(), 2);
    assert!(faces[0].1.starts_with("first") && !faces[1].1.contains("first"), "{faces:?}");
    assert_eq!(faces[1].2, "a **b**");
}

#[rstest]
#[case::no_gap(true, &["text", "", ""], &[0], "has no gap")]
#[case::too_high(true, &["{{c1::a}} {{c100::b}}", "", ""], &[0, 99], "number 100")]
#[case::no_card(false, &["a", "b", ""], &[], "no card")]
#[case::no_question(false, &[" <br>", "b", ""], &[0], "has a question")]
fn a_note_is_left_out_and_told_of(
    #[case] cloze: bool,
    #[case] fields: &[&str],
    #[case] ords: &[i64],
    #[case] why: &str,
) {
    let templates: &[(&str, &str)] = if cloze { &CLOZE } else { &[("{{A}}", "{{B}}")] };
    let reading = made(cloze, templates, fields, ords);
    assert_eq!(reading.skipped.len(), 1);
    let problem = &reading.skipped[0];
    assert!(problem.message.contains(why), "{}", problem.message);
    assert_eq!((problem.line, reading.package.decks.len()), (1, 0));
    assert!(!problem.hint.is_empty());
}

#[test]
fn a_broken_template_is_told_of() {
    let reading = made(false, &[("{{#A}}x", "{{B}}")], &["a", "b", ""], &[0]);
    assert!(reading.skipped[0].message.contains("is not closed"), "{}", reading.skipped[0].message);
}

#[test]
fn numbers_may_be_kept_as_text_and_fields_be_short_or_long() {
    let statements = one_note(&["42", "b", "c", "d"])
        + "UPDATE notes SET mid = '1', mod = 12.5;"
        + &card(0)
        + "UPDATE cards SET ord = 0.0, type = '2', queue = 2.0, due = 10.7, ivl = '3', factor = 2500.0;";
    let templates = [("{{A}}", "{{C}}")];
    let database = database(&model(false, &templates), &statements);
    let reading = read_into(&package(&database), &options()).1.unwrap();
    let found = note(&reading, "42").1;
    assert!(matches!(&found.content, Content::Basic { back, .. } if back == "c; d"));
    let cairn_core::schedule::Schedule::Known(known) = found.cards[0].schedule else { panic!() };
    assert_eq!(
        (known.due.date().to_string().as_str(), known.memory.interval_days),
        ("2026-01-15", 3)
    );
}
