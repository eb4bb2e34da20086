//! Tables as real programs write them, one file a program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cairn_core::area::Area;
use cairn_core::note::Content;
use cairn_core::package::{Identity, Package, PackageNote, Problem};
use cairn_formats::table::{Column, DeckNames, Delimiter, Encoding, Layout, read, sniff};
use rstest::rstest;

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/fixtures/table/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(path).expect("the fixture is there")
}

fn names() -> DeckNames {
    DeckNames { id: "mine".into(), title: "Mine".into() }
}

fn taken(name: &str) -> (Layout, Package, Vec<Problem>) {
    let sheet = sniff(&fixture(name)).expect("the fixture is a table");
    let layout = sheet.guess();
    let (package, problems) = read(&sheet, &layout, &names());
    (layout, package, problems)
}

fn notes(package: &Package) -> Vec<&PackageNote> {
    package.decks.iter().flat_map(|deck| &deck.notes).collect()
}

fn basic(note: &PackageNote) -> (&str, &str) {
    match &note.content {
        Content::Basic { front, back, .. } => (front, back),
        other => panic!("not basic: {other:?}"),
    }
}

use Column::{
    Answer, Area as AreaOf, Correct, Ignore, Option as Choose, Question, Reason, Source, Tags,
};

#[rstest]
#[case("excel_comma.csv", Encoding::Utf8, Delimiter::Comma, true, &[Question, Answer, Tags], 3, &[])]
#[case("excel_semicolon_1252.csv", Encoding::Windows1252, Delimiter::Semicolon, true, &[Question, Answer, AreaOf], 3, &[])]
#[case("excel_unicode.txt", Encoding::Utf16Le, Delimiter::Tab, true, &[Question, Answer], 3, &[])]
#[case("google_sheets.tsv", Encoding::Utf8, Delimiter::Tab, true, &[Question, Answer, Source], 3, &[])]
#[case("multiple_choice.csv", Encoding::Utf8, Delimiter::Comma, true,
    &[Question, Choose, Choose, Choose, Choose, Correct, Reason, AreaOf], 3, &[5])]
#[case("quizlet_tab.txt", Encoding::Utf8, Delimiter::Tab, false, &[Question, Answer], 4, &[])]
#[case("quizlet_dash.txt", Encoding::Utf8, Delimiter::Dash, false, &[Question, Answer], 3, &[])]
#[case("anki_notes.txt", Encoding::Utf8, Delimiter::Tab, false,
    &[Column::Guid, Column::Kind, Column::Deck, Question, Answer, Tags], 3, &[])]
#[case("libreoffice.csv", Encoding::Utf8, Delimiter::Comma, true, &[Question, Answer, Tags], 3, &[])]
#[case("curly_1252.csv", Encoding::Windows1252, Delimiter::Comma, false, &[Question, Answer], 3, &[])]
#[case("numbers.csv", Encoding::Utf8, Delimiter::Comma, true, &[Question, Answer, Ignore, Ignore], 2, &[])]
#[case("mac_cr.csv", Encoding::Utf8, Delimiter::Comma, true, &[Question, Answer], 2, &[5])]
#[case("unclosed.csv", Encoding::Utf8, Delimiter::Comma, true, &[Question, Answer], 3, &[3])]
fn a_file_is_read_as_its_program_meant_it(
    #[case] name: &str,
    #[case] encoding: Encoding,
    #[case] delimiter: Delimiter,
    #[case] header: bool,
    #[case] columns: &[Column],
    #[case] count: usize,
    #[case] lines: &[u32],
) {
    let (layout, package, problems) = taken(name);
    assert_eq!((layout.encoding, layout.delimiter, layout.header), (encoding, delimiter, header));
    assert_eq!(layout.columns, columns);
    assert_eq!(notes(&package).len(), count, "{problems:?}");
    assert_eq!(problems.iter().map(|p| p.line).collect::<Vec<_>>(), lines, "{problems:?}");
}

#[test]
fn quotes_and_line_ends_in_cells_are_kept() {
    let (_, package, _) = taken("excel_comma.csv");
    let all = notes(&package);
    let expected =
        ("What is mutuality, in peer support?", "Each person gives and receives.  \nBoth learn.");
    assert_eq!(basic(all[0]), expected);
    assert_eq!(basic(all[1]), ("What does HOPE stand on?", "\"Recovery is real\""));
    assert_eq!(all[1].facts.tags, ["values", "hope"]);
}

#[test]
fn letters_outside_ascii_arrive_from_every_encoding() {
    let (_, package, _) = taken("excel_semicolon_1252.csv");
    assert_eq!(basic(notes(&package)[2]), ("¿Cuánto cuesta?", "1,50 € – según el “plan”"));
    assert_eq!(notes(&package)[2].facts.area, Some(Area::Ar));
    let (_, package, _) = taken("curly_1252.csv");
    assert_eq!(
        basic(notes(&package)[0]),
        ("What does “mutual” mean?", "Each person’s gift counts")
    );
    let (_, package, _) = taken("excel_unicode.txt");
    assert_eq!(basic(notes(&package)[1]), ("Agency", "The person said \"I choose\""));
    assert_eq!(basic(notes(&package)[2]), ("Self-care", "What keeps me well — every day"));
}

#[test]
fn marks_in_a_file_that_quotes_nothing_are_text() {
    let (_, package, _) = taken("google_sheets.tsv");
    assert_eq!(basic(notes(&package)[1]).0, "\"Nothing about us without us\" means?");
    let (_, package, _) = taken("quizlet_tab.txt");
    assert_eq!(basic(notes(&package)[1]), ("hope", "\"the belief that recovery is real"));
}

#[test]
fn sources_are_declared_once_and_cited() {
    let (_, package, _) = taken("google_sheets.tsv");
    let deck = &package.decks[0];
    let titles: Vec<_> =
        deck.sources.iter().map(|s| (s.title.as_str(), s.address.as_str())).collect();
    let address = "https://example.org/npg";
    assert_eq!(titles, [("Course binder, week 3", ""), (address, address)]);
    assert_eq!(deck.notes[0].facts.sources[0].key, deck.sources[0].key);
    assert!(deck.notes[2].facts.sources.is_empty());
}

#[test]
fn a_dash_cuts_a_line_once() {
    let (_, package, _) = taken("quizlet_dash.txt");
    assert_eq!(basic(notes(&package)[1]), ("self-care", "what keeps me well - every day"));
}

#[test]
fn options_become_a_choice() {
    let (_, package, problems) = taken("multiple_choice.csv");
    let all = notes(&package);
    let Content::Choice { stem, options, .. } = &all[0].content else { panic!("no choice") };
    assert_eq!(stem, "A man has missed two appointments. What comes first?");
    let right: Vec<_> =
        options.iter().map(|o| (o.id.as_str(), o.right, o.reason.as_str())).collect();
    let why = "Choice and voice come first.";
    assert_eq!(right, [("a", false, ""), ("b", true, why), ("c", false, ""), ("d", false, "")]);
    let Content::Choice { options, .. } = &all[1].content else { panic!("no choice") };
    assert_eq!(options.iter().map(|o| o.right).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(all[1].facts.area, Some(Area::Bf));
    assert_eq!(problems[0].message, "`Three` names no option of this question");
}

#[test]
fn anki_headers_are_honoured() {
    let (layout, package, _) = taken("anki_notes.txt");
    assert!(layout.html);
    let titles: Vec<_> = package.decks.iter().map(|deck| deck.title.as_str()).collect();
    assert_eq!(titles, ["Exam::Values", "Exam"]);
    let all = notes(&package);
    assert_eq!(all[0].identity, Identity::Anki("Rj&Z5m[>Zp".into()));
    assert_eq!(all[0].facts.tags, ["values", "week::3"]);
    assert_eq!(basic(all[0]).0, "What is **mutuality**?");
    assert_eq!(all[1].content.card_keys(), ["c1"]);
    assert_eq!(all[2].identity, Identity::Anki("b,\"c".into()));
    assert_eq!(all[2].content.card_keys(), ["front", "back"]);
}

#[test]
fn a_formula_stays_text() {
    let (_, package, _) = taken("libreoffice.csv");
    let all = notes(&package);
    assert_eq!(basic(all[2]), ("=SUM(A1:A2)", "-5 + 3"));
    assert_eq!(all[2].facts.tags, ["@home"]);
    assert_eq!(basic(all[1]).1, "The person.\n\nNobody else.");
}

#[test]
fn a_mark_that_is_never_closed_costs_one_row() {
    let (_, package, problems) = taken("unclosed.csv");
    assert_eq!((problems[0].line, problems[0].column), (3, 1));
    assert!(problems[0].message.contains("never closed"), "{problems:?}");
    assert_eq!(basic(notes(&package)[1]), ("Who owns the plan?", "The person, always"));
}
