//! What is found in a table before it is read: encoding, delimiter, header, columns.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cairn_formats::table::{
    Column, Column::*, Delimiter, Encoding, Kind, Layout, MAX_FILE_BYTES, MAX_ROWS, Sheet, sniff,
};
use rstest::rstest;

fn guess(text: &str) -> Layout {
    sniff(text.as_bytes()).expect("a table").guess()
}

#[rstest]
#[case::commas_in_a_tab_file("a, b, c\td, e\nf, g, h\ti, j\n", Delimiter::Tab)]
#[case::ragged_commas_in_a_tab_file("a, b\tc\nd\te, f, g\nh\ti\n", Delimiter::Tab)]
#[case::colons_in_a_comma_file("a: b,c: d\ne: f,g: h\n", Delimiter::Comma)]
#[case::colons_in_a_tab_file("a: b\tc\ne: f\tg\n", Delimiter::Tab)]
#[case::dashes_in_a_comma_file("a - b,c - d\ne - f,g - h\n", Delimiter::Comma)]
#[case::decimal_commas("a;1,5\nb;2,5\nc;3,5\n", Delimiter::Semicolon)]
#[case::semicolon_tags("q1,a1,x;y\nq2,a2,x;z\nq3,a3,y;z\n", Delimiter::Comma)]
#[case::header_decides("question;answer\na, b;c\nd, e;f\n", Delimiter::Semicolon)]
#[case::quotes_decide("\"a;b\",\"c\"\n\"d;e\",\"f\"\n", Delimiter::Comma)]
#[case::pipes("a|b|c\nd|e|f\n", Delimiter::Pipe)]
#[case::spaced_pipes(
    "what is this | one, two\nand that | three\nor those | four\n",
    Delimiter::Pipe
)]
#[case::pipes_inside_options("q,a|b|c,A\nr,d|e,B\ns,f|g|h|i,C\n", Delimiter::Comma)]
#[case::spaces_behind_commas("a, b\nc, d\ne, f\n", Delimiter::Comma)]
#[case::one_row("a,b\n", Delimiter::Comma)]
#[case::one_sentence("Hello, world\n", Delimiter::None)]
#[case::sentences("One, two.\nThree, four, five, six.\nSeven.\nEight, nine.\n", Delimiter::None)]
#[case::one_column("hope\nmutuality\nagency\n", Delimiter::None)]
#[case::colon_as_last_resort("hope: a belief\nagency: a choice\n", Delimiter::Colon)]
#[case::few_colons("hope: a belief\nagency is a choice\n", Delimiter::None)]
#[case::dash_as_last_resort("hope - a belief\nagency – a choice\n", Delimiter::Dash)]
#[case::dash_before_colon("hope - a belief: real\nagency - a choice: mine\n", Delimiter::Dash)]
#[case::some_ragged_rows("a,b\nc,d\ne\nf,g\nh,i\n", Delimiter::Comma)]
#[case::line_ends_in_quotes("\"a\nb\",c\n\"d\n\ne\",f\n", Delimiter::Comma)]
#[case::excel_says_so("sep=;\na,b;c\nd,e;f\n", Delimiter::Semicolon)]
#[case::anki_says_so("#separator:Pipe\na\tb|c\nd\te|f\n", Delimiter::Pipe)]
#[case::anki_says_a_character("#separator:~\na~b\n", Delimiter::Custom('~'))]
fn the_most_consistent_delimiter_wins(#[case] text: &str, #[case] expected: Delimiter) {
    assert_eq!(guess(text).delimiter, expected);
}

#[rstest]
#[case("Question,Answer\na,b\n", true)]
#[case("FRONT,BACK\na,b\n", true)]
#[case("Término,Definición\na,b\n", true)]
#[case("Pregunta;Opción A;Opción B;Respuesta correcta\na;b;c;A\n", true)]
#[case("Question,Réponse\na,b\n", true)]
#[case("id,question,answer\n1,a,b\n", true)]
#[case("mutuality,both give and receive\nhope,a belief\n", false)]
#[case("Why?,Because\nHow?,So\n", false)]
#[case("A,B\nC,D\n", false)]
#[case("why,por qué\nhow,cómo\n", false)]
#[case(
    "Frage,Antwort\nWhat is that over there,It is a long text\nWho is it really,Another text\nHow does it go,A third text here\nWhen does it come,The fourth text\nWhere has it been,The fifth text\n",
    true
)]
#[case("Wort,Bild\nsun,moon\nday,night\nred,blue\nup,down\nin,out\n", false)]
#[case(
    "Q,x\na long question here,A\nanother question,B\na third question,A\na fourth one,C\nthe fifth one,D\n",
    true
)]
fn a_header_is_recognised_or_said_to_be_none(#[case] text: &str, #[case] expected: bool) {
    assert_eq!(guess(text).header, expected);
}

#[rstest]
#[case("question,answer\na,b\n", &[Question, Answer])]
#[case("Answer,Question\na,b\n", &[Answer, Question])]
#[case("Question,A,B,C,Answer\nq,x,y,z,B\n", &[Question, Option, Option, Option, Correct])]
#[case("Question,Options,Correct\nq,x|y,A\n", &[Question, Option, Correct])]
#[case("Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2\nq,x,y,z\n", &[Question, Right, Wrong, Wrong])]
#[case("Stem,Choice 1,Choice 2,Key,Reason 1,Reason 2\nq,x,y,1,r,s\n", &[Question, Option, Option, Correct, Reason, Reason])]
#[case("question,answer,area\na,b,RS\n", &[Question, Answer, Area])]
#[case("question,answer,domain\na,b,Biology\n", &[Question, Answer, Tags])]
#[case("question,answer,question\na,b,c\n", &[Question, Answer, Ignore])]
#[case("No.,Frage,answer,tags\n1,a,b,c\n", &[Ignore, Question, Answer, Tags])]
#[case("question,answer,,\na,b,,\n", &[Question, Answer, Ignore, Ignore])]
#[case("deck,front,back,source,notes\nd,a,b,c,e\n", &[Deck, Question, Answer, Source, Note])]
#[case("a,b\nc,d\n", &[Question, Answer])]
#[case("a,b,c\nd,e,f\n", &[Question, Answer, Note])]
#[case("q1,a1,RS\nq2,a2,bf\n", &[Question, Answer, Area])]
#[case("q1,one,two,three,B\nq2,one,two,three,A\n", &[Question, Option, Option, Option, Correct])]
#[case("q1,one,two,two,why\nq2,uno,dos,uno,so\n", &[Question, Option, Option, Correct, Reason])]
#[case("q1,a1,x\nq2,a2,x\nq3,a3,y\nq4,a4,y\n", &[Question, Answer, Tags])]
#[case("only\none\ncolumn\n", &[Question])]
#[case("#columns:Tags,Back,Front\na,b,c\nd,e,f\n", &[Tags, Answer, Question])]
#[case("#separator:Comma\n#tags column:1\nt,a,b\nt,c,d\n", &[Tags, Question, Answer])]
fn columns_are_told_by_names_or_content(#[case] text: &str, #[case] expected: &[Column]) {
    assert_eq!(guess(text).columns, expected);
}

#[test]
fn anki_says_deck_kind_and_tags() {
    let layout = guess("#deck:Exam\n#notetype:Cloze\n#tags:one two\n#html:false\na\tb\n");
    assert_eq!(layout.deck.as_deref(), Some("Exam"));
    assert_eq!((layout.kind, layout.html), (Kind::Cloze, false));
    assert_eq!(layout.tags, ["one", "two"]);
}

#[test]
fn a_first_row_with_a_hash_is_a_row() {
    let sheet = sniff(b"#1 rule,ask\n#2 rule,listen\n").unwrap();
    assert_eq!(sheet.sample(&sheet.guess(), 9).count, 2);
}

#[rstest]
#[case(b"a<br>b,c\n", true)]
#[case(b"a &nbsp;b,c\n", true)]
#[case(b"a < b,c > d & e\n", false)]
fn html_is_recognised(#[case] bytes: &[u8], #[case] expected: bool) {
    assert_eq!(sniff(bytes).unwrap().guess().html, expected);
}

fn utf16(text: &str, high_first: bool) -> Vec<u8> {
    let bytes = |unit: u16| if high_first { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

#[rstest]
#[case("é,b\n".as_bytes().to_vec(), Encoding::Utf8)]
#[case("\u{feff}a,b\n".as_bytes().to_vec(), Encoding::Utf8)]
#[case(utf16("\u{feff}é\tb\n", false), Encoding::Utf16Le)]
#[case(utf16("\u{feff}é\tb\n", true), Encoding::Utf16Be)]
#[case(utf16("a long é\tb\n", false), Encoding::Utf16Le)]
#[case(utf16("a long é\tb\n", true), Encoding::Utf16Be)]
#[case(b"caf\xe9 \x93quoted\x94,it\x92s\n".to_vec(), Encoding::Windows1252)]
#[case(encoding_rs::SHIFT_JIS.encode(&"ピアサポートとは何ですか,同じような経験をした人どうしの支え合いです\n".repeat(9)).0.into_owned(), Encoding::Other("Shift_JIS".into()))]
#[case(encoding_rs::WINDOWS_1251.encode("Что такое надежда,Вера в лучшее\n").0.into_owned(), Encoding::Other("windows-1251".into()))]
fn the_encoding_is_found(#[case] bytes: Vec<u8>, #[case] expected: Encoding) {
    let sheet = sniff(&bytes).unwrap();
    assert_eq!(sheet.encoding(), &expected);
    let first = &sheet.sample(&sheet.guess(), 1).rows[0][0];
    assert!(!first.contains(['\u{feff}', '\u{fffd}']), "{first:?}");
}

#[test]
fn the_encoding_can_be_corrected() {
    let bytes = b"caf\x8e,coffee\n";
    let sheet = Sheet::with_encoding(bytes, Encoding::from_label("macintosh").unwrap()).unwrap();
    assert_eq!(sheet.sample(&sheet.guess(), 1).rows, [["café", "coffee"]]);
    let unknown = Sheet::with_encoding(bytes, Encoding::Other("klingon".into())).unwrap_err();
    assert!(unknown[0].message.contains("klingon"), "{unknown:?}");
}

#[rstest]
#[case(b"", "the file is empty")]
#[case(b"\xef\xbb\xbf \r\n", "the file is empty")]
#[case(b"PK\x03\x04rest", "the file is a workbook (.xlsx, .ods) or another packed file, not text")]
#[case(b"%PDF-1.7\n", "the file is a PDF, not text")]
#[case(b"\xd0\xcf\x11\xe0\xa1", "the file is an old Excel or Word file, not text")]
#[case(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "the file is not text")]
#[case(b"a,b\0,c\n", "the file is not text")]
fn what_is_no_text_is_refused(#[case] bytes: &[u8], #[case] message: &str) {
    let problems = sniff(bytes).unwrap_err();
    assert_eq!(problems[0].message, message);
    assert!(!problems[0].hint.is_empty());
}

#[test]
fn caps_are_held() {
    let problems = sniff(&vec![b'a'; MAX_FILE_BYTES + 1]).unwrap_err();
    assert_eq!(problems[0].message, "the file is larger than 64 MiB");
    assert!(sniff("a,b\n".repeat(MAX_ROWS).as_bytes()).is_ok());
    let problems = sniff("a,b\n".repeat(MAX_ROWS + 1).as_bytes()).unwrap_err();
    assert_eq!(problems[0].message, "the table has 200001 rows, more than 200000");
}

#[test]
fn a_sample_follows_a_corrected_layout() {
    let sheet = sniff(b"Question,Answer\na;b,c\n").unwrap();
    let layout = sheet.guess();
    let sample = sheet.sample(&layout, 5);
    assert_eq!(sample.names, ["Question", "Answer"]);
    assert_eq!((sample.rows, sample.count), (vec![vec!["a;b".into(), "c".into()]], 1));
    let corrected = Layout { delimiter: Delimiter::Semicolon, header: false, ..layout };
    let sample = sheet.sample(&corrected, 5);
    assert_eq!(sample.rows, [vec!["Question,Answer"], vec!["a", "b,c"]]);
    let again = sheet.guess_with(Delimiter::Semicolon);
    assert_eq!((again.delimiter, again.header), (Delimiter::Semicolon, false));
    assert_eq!(again.columns, [Question, Answer]);
}

#[test]
fn a_layout_travels_as_json() {
    let layout = guess("#separator:~\n#deck:Exam\nq~a\n");
    let json = serde_json::to_string(&layout).unwrap();
    assert!(json.contains(r#""delimiter":{"custom":"~"}"#), "{json}");
    assert!(json.contains(r#""encoding":"utf8""#), "{json}");
    assert_eq!(serde_json::from_str::<Layout>(&json).unwrap(), layout);
}
