//! Rows as notes: text, options, identity, and what is said of rows that give none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cairn_core::note::Content;
use cairn_core::package::{Identity, Package, PackageNote, Problem};
use cairn_core::text::plain;
use cairn_formats::table::{Column, DeckNames, Delimiter, Layout, read, sniff};
use rstest::rstest;

fn names() -> DeckNames {
    DeckNames { id: "mine".into(), title: "Mine".into() }
}

fn taken(text: &str) -> (Package, Vec<Problem>) {
    let sheet = sniff(text.as_bytes()).expect("a table");
    read(&sheet, &sheet.guess(), &names())
}

fn notes(text: &str) -> Vec<PackageNote> {
    let (package, problems) = taken(text);
    assert_eq!(problems, [], "{text:?}");
    package.decks.into_iter().flat_map(|deck| deck.notes).collect()
}

fn said(text: &str) -> Vec<(u32, u32, String)> {
    taken(text).1.into_iter().map(|p| (p.line, p.column, p.message)).collect()
}

/// The answer as a person sees it.
fn shown(cell: &str) -> String {
    let quoted = cell.replace('"', "\"\"");
    let note = notes(&format!("question,answer\nq,\"{quoted}\"\n")).remove(0);
    let Content::Basic { back, .. } = note.content else { panic!("not basic") };
    plain(&cairn_core::text::parse(&back))
}

#[rstest]
#[case("=SUM(A1:A2)")]
#[case("+1 day")]
#[case("+ 1 day")]
#[case("-5")]
#[case("- 5")]
#[case("@home")]
#[case("> 3 weeks")]
#[case("# of sessions")]
#[case("#1 rule")]
#[case("____")]
#[case("---")]
#[case("-")]
#[case("***")]
#[case("* 5")]
#[case("a <b> tag & an &amp")]
#[case("one\ntwo\nthree")]
#[case("one\n---\ntwo")]
#[case("one\n=\ntwo")]
#[case("a * b * c")]
fn text_is_shown_as_it_was_typed(#[case] cell: &str) {
    assert_eq!(shown(cell), cell);
}

#[rstest]
#[case("**bold**", "bold")]
#[case("- one\n- two", "• one\n• two")]
#[case("one\r\ntwo\rthree", "one\ntwo\nthree")]
#[case("one\n\ntwo", "one\ntwo")]
#[case("a\u{7}b", "a b")]
fn markdown_of_a_person_counts(#[case] cell: &str, #[case] expected: &str) {
    assert_eq!(shown(cell), expected);
}

#[test]
fn gaps_make_a_cloze() {
    let note = notes("Recovery is {{c1::real}}\textra\n{{c2::Hope}} helps\t\n").remove(0);
    let expected = Content::Cloze { text: "Recovery is {{c1::real}}".into(), note: "extra".into() };
    assert_eq!(note.content, expected);
    assert_eq!(notes("a {{c1::b}}\nc {{c1::d}}\n").len(), 2);
}

#[test]
fn kinds_are_read_by_row() {
    let all = notes("front,back,type\na,b,Basic (and reversed card)\nc,d,basic\n");
    assert_eq!(all[0].content.card_keys(), ["front", "back"]);
    assert_eq!(all[1].content.card_keys(), ["front"]);
}

/// The ids of the right options of a row with the options one, two, three.
fn right(correct: &str) -> Result<String, String> {
    let text = format!("question,a,b,c,correct\nq,one,two,three,\"{correct}\"\n");
    let (package, problems) = taken(&text);
    if let Some(problem) = problems.into_iter().next() {
        return Err(problem.message);
    }
    let Content::Choice { options, .. } = &package.decks[0].notes[0].content else { panic!() };
    Ok(options.iter().filter(|option| option.right).map(|option| option.id.as_str()).collect())
}

#[rstest]
#[case("B", "b")]
#[case("b)", "b")]
#[case("(b)", "b")]
#[case("2", "b")]
#[case("Option B", "b")]
#[case("Two", "b")]
#[case("B) two", "b")]
#[case("A,C", "ac")]
#[case("A; C", "ac")]
#[case("AC", "ac")]
#[case("a and c", "ac")]
#[case("1/3", "ac")]
#[case("one|three", "ac")]
fn the_right_options_are_named_in_many_ways(#[case] correct: &str, #[case] expected: &str) {
    assert_eq!(right(correct).as_deref(), Ok(expected));
}

#[rstest]
#[case("D", "`D` names no option of this question")]
#[case("fourth", "`fourth` names no option of this question")]
#[case("B) three", "`B) three` names no option of this question")]
#[case("", "no option is said to be right")]
#[case("A,B,C", "all options are said to be right")]
#[case(",", "`,` names no option of this question")]
fn a_right_option_that_is_none_is_told(#[case] correct: &str, #[case] message: &str) {
    assert_eq!(right(correct), Err(message.into()));
}

#[test]
fn a_number_that_is_text_and_place_is_told() {
    let said = said("question,a,b,c,correct\nq,2,4,6,2\nr,1,2,3,2\n");
    let message = "`2` is the text of option A and the name of option B";
    assert_eq!(said, [(2, 9, message.into())]);
}

fn options(text: &str) -> Vec<(String, String, bool, String)> {
    let Content::Choice { options, .. } = notes(text).remove(0).content else { panic!() };
    options.into_iter().map(|o| (o.id, o.text, o.right, o.reason)).collect()
}

fn option(id: &str, text: &str, right: bool, reason: &str) -> (String, String, bool, String) {
    (id.into(), text.into(), right, reason.into())
}

#[rstest]
#[case::one_column("question,options,correct\nq,x|y,B\n", ["", ""])]
#[case::one_column_by_lines("question,options,correct\nq,\"x\ny\",B\n", ["", ""])]
#[case::lettered("question,options,correct\nq,\"A) x\nB) y\",B\n", ["", ""])]
#[case::stars("question,option a,option b\nq,x,*y\n", ["", ""])]
#[case::marked("question,options\nq,x|y (correct)\n", ["", ""])]
#[case::one_reason("question,a,b,correct,reason\nq,x,y,B,why\n", ["", "why"])]
#[case::joined_reasons("question,a,b,correct,reason\nq,x,y,B,no|yes\n", ["no", "yes"])]
#[case::each_reason("question,a,b,correct,reason a,reason b\nq,x,y,B,no,yes\n", ["no", "yes"])]
fn options_stand_in_columns_or_in_one(#[case] text: &str, #[case] reasons: [&str; 2]) {
    let expected = [option("a", "x", false, reasons[0]), option("b", "y", true, reasons[1])];
    assert_eq!(options(text), expected);
}

#[test]
fn right_and_wrong_answers_have_columns() {
    let text = "question,correct answer,incorrect answer 1,incorrect answer 2\nq,x,y,z\n";
    let expected =
        [option("a", "x", true, ""), option("b", "y", false, ""), option("c", "z", false, "")];
    assert_eq!(options(text), expected);
}

#[test]
fn an_empty_option_keeps_the_letters_of_the_others() {
    let found = options("question,a,b,c,correct\nq,x,,z,C\n");
    assert_eq!(found, [option("a", "x", false, ""), option("c", "z", true, "")]);
}

#[rstest]
#[case::no_answer("question,answer\na,b\nc,\nd,e\n", &[(3, 3, "the row has no answer")])]
#[case::ragged("question,answer\na,b\nc\nd,e\n", &[(3, 1, "the row has no answer")])]
#[case::no_question("question,answer\na,b\n,c\nd,e\n", &[(3, 1, "the question is empty")])]
#[case::too_many("question,answer\na,b\nc,d,e\nf,g\n", &[(3, 5, "the row has 3 cells, the table has 2")])]
#[case::area("question,answer,area\na,b,RS\nc,d,XX\n", &[(3, 5, "`XX` is no area of the exam")])]
#[case::one_option("question,a,b,correct\nq,x,,A\nr,x,y,A\n", &[(2, 3, "the question has 1 of the 2 to 8 options it needs")])]
#[case::no_gap("#notetype:Cloze\n#separator:tab\na\tb\n{{c1::a}}\tb\n", &[(3, 1, "the text has no gap")])]
#[case::empty_html("#separator:comma\n#html:true\n<br>,b\nc,<script>d</script>\ne,<b>f</b>\n", &[(3, 1, "the question is empty"), (4, 3, "the row has no answer")])]
#[case::same("question,answer\na b,c\nd,e\nA  B,f\n", &[(4, 1, "the row has the same question as line 2")])]
#[case::behind_lines("question,answer\n\"a\nb\",\"c\r\nd\"\n\ne,\n", &[(6, 3, "the row has no answer")])]
#[case::in_a_later_cell("question,answer,area\n\"a\nbé\",c,XX\ne,f,RS\n", &[(3, 7, "`XX` is no area of the exam")])]
#[case::mac_lines("question,answer\ra,b\rc,\r", &[(3, 3, "the row has no answer")])]
#[case::below_directives("#separator:comma\n#html:false\na,b\nc,\n", &[(4, 3, "the row has no answer")])]
#[case::one_column("hope\nagency\n", &[(1, 1, "the file has one column, and its text has no gaps")])]
#[case::unclosed("question,answer\na,b\nc,\"d\ne,f\n", &[(3, 3, "a quotation mark opens a cell here and is never closed")])]
fn a_row_that_gives_no_note_is_told(#[case] text: &str, #[case] expected: &[(u32, u32, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(l, c, m)| (*l, *c, (*m).to_owned())).collect();
    assert_eq!(said(text), expected);
}

#[test]
fn empty_rows_and_exact_repetitions_are_silent() {
    assert_eq!(notes("question,answer\n\n ,\na,b\n,\n\r\na,b\nc,d\n").len(), 2);
}

#[test]
fn caps_of_a_row_are_told() {
    let wide = "x,".repeat(70);
    let long = "x".repeat(65 * 1024);
    let said = said(&format!("question,answer\na,b\n{wide}\nc,d\ne,{long}\nf,g\n"));
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!((said[0].0, said[1].0), (3, 5));
    assert_eq!(said[1].2, "the cell is longer than 64 KiB");
}

fn id(text: &str) -> String {
    notes(text).remove(0).id
}

#[test]
fn the_question_makes_the_identity() {
    let first = id("question,answer\nWhat is café?,b\nx,y\n");
    for same in ["what  is CAFÉ?", " What is cafe\u{301}? ", "\"What is\ncafé?\""] {
        assert_eq!(id(&format!("question,answer\n{same},another\nx,y\n")), first, "{same}");
    }
    assert_ne!(id("question,answer\nWhat is tea?,b\nx,y\n"), first);
    let sheet = sniff("question,answer\nWhat is café?,b\nx,y\n".as_bytes()).unwrap();
    let other = DeckNames { id: "other".into(), title: "Other".into() };
    let (package, _) = read(&sheet, &sheet.guess(), &other);
    assert_ne!(package.decks[0].notes[0].id, first);
}

#[test]
fn the_identity_is_the_same_in_every_release() {
    assert_eq!(id("question,answer\nWhat is hope?,b\nx,y\n"), "223cd74efb0154828be9f20aa44f2568");
}

#[test]
fn a_guid_makes_the_identity() {
    let all = notes("#separator:tab\n#guid column:1\nAb\tq\ta\naB\tq\tb\n\tq\tc\n");
    let identities: Vec<_> = all.iter().map(|note| note.identity.clone()).collect();
    let anki = |guid: &str| Identity::Anki(guid.into());
    assert_eq!(identities, [anki("Ab"), anki("aB"), Identity::InDeck]);
    let said = said("#separator:tab\n#guid column:1\nAb\tq\ta\nAb\tr\tb\n");
    assert_eq!(said, [(4, 1, "the row has the same guid as line 3".into())]);
}

#[test]
fn rows_go_to_the_decks_they_name() {
    let (package, problems) =
        taken("deck,question,answer\nOne,q,a\nMine,q,b\n,r,c\nUno más,q,d\nOne,s,e\n");
    assert_eq!(problems, []);
    let decks: Vec<_> =
        package.decks.iter().map(|d| (d.id.as_str(), d.title.as_str(), d.notes.len())).collect();
    assert_eq!(decks[1], ("mine", "Mine", 2));
    assert_eq!((decks[0].1, decks[0].2, decks[2].1, decks[2].2), ("One", 2, "Uno más", 1));
    assert!(decks[0].0.starts_with("one-") && decks[2].0.starts_with("uno-m-s-"), "{decks:?}");
}

#[test]
fn a_deck_of_the_whole_file_takes_its_rows() {
    let (package, _) = taken("#deck:Exam\n#tags:x y\nq\ta\n");
    assert_eq!(package.decks[0].title, "Exam");
    assert_eq!(package.decks[0].notes[0].facts.tags, ["x", "y"]);
}

#[test]
fn a_title_has_one_id_and_another_title_another() {
    let id = |title| DeckNames::from_title(title).id;
    assert_eq!(id("My  exam"), id("my Exam"));
    assert_ne!(id("Español 1"), id("Espanol 1"));
    for title in ["", "日本", "- -", &"long ".repeat(50)] {
        let id = id(title);
        assert!((8..=64).contains(&id.len()) && !id.starts_with('-'), "{id}");
    }
}

#[test]
fn html_becomes_markdown() {
    let text = "#separator:tab\n#html:true\nA <b>bold</b> &amp; {{c1::<i>thin</i>}} text\tx\n";
    let Content::Cloze { text, .. } = notes(text).remove(0).content else { panic!("no cloze") };
    let shown = plain(&cairn_core::text::parse(&text));
    assert_eq!(shown, "A bold & {{c1::thin}} text");
}

#[test]
fn a_layout_without_a_question_is_told_once() {
    let sheet = sniff(b"a,b\nc,d\n").unwrap();
    let layout = Layout { columns: vec![Column::Ignore; 2], ..sheet.guess() };
    let (package, problems) = read(&sheet, &layout, &names());
    assert!(package.decks.is_empty());
    assert_eq!(problems[0].message, "no column is the question");
}

#[test]
fn a_corrected_layout_is_followed() {
    let sheet = sniff(b"a:b\nc\n").unwrap();
    let columns = vec![Column::Answer, Column::Question];
    let layout = Layout { delimiter: Delimiter::Custom(':'), columns, ..sheet.guess() };
    let (package, problems) = read(&sheet, &layout, &names());
    assert_eq!(problems.len(), 1);
    let Content::Basic { front, back, .. } = &package.decks[0].notes[0].content else { panic!() };
    assert_eq!((front.as_str(), back.as_str()), ("b", "a"));
}
