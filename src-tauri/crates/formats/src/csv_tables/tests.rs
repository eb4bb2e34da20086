use std::borrow::Cow;

use cairn_core::day::StudyDay;
use cairn_core::rows::CardState;
use cairn_core::schedule::Known;
use cairn_core::sm2::Memory;
use proptest::prelude::*;
use rstest::rstest;
use uuid::Uuid;

use super::*;

const CARD: Uuid = Uuid::from_u128(0x1b67_1a64_40d5_591e_99b0_da01_ff1f_3341);

/// Rows as the crate `csv` reads them, the names of the columns first.
fn read(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix(BYTE_ORDER_MARK.as_bytes()).expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn card(question: &str) -> CardRow<'_> {
    CardRow {
        card: CARD,
        note: CARD,
        deck: "Notes, mine",
        kind: "basic",
        key: "front",
        question,
        answer: "An answer.",
        tags: &[],
        area: "",
        competencies: &[],
        concepts: &[],
        sources: &[],
        state: CardState::New,
        schedule: Schedule::New,
        due: None,
        buried_until: None,
        flagged: false,
        last_answered: None,
        answers: 0,
    }
}

fn cards(rows: &[CardRow<'_>]) -> Vec<u8> {
    let mut table = Cards::default();
    rows.iter().for_each(|row| table.add(row));
    [Cards::head(), table.into_bytes()].concat()
}

fn review() -> AnswerRow<'static> {
    AnswerRow {
        card: CARD,
        deck: "Deck",
        day: StudyDay::new(20_778),
        at_ms: 1_795_291_203_456,
        offset_minutes: -480,
        kind: "review",
        grade: Some(4),
        response: "ask",
        taken_ms: 4_050,
        before_interval_days: Some(6),
        after_interval_days: Some(15),
        after_ease_hundredths: Some(250),
        after_due: Some(StudyDay::new(20_793)),
        late_days: Some(2),
        rule: "sm2-text-1",
    }
}

fn reviews(rows: &[AnswerRow<'_>]) -> Vec<u8> {
    let mut table = Reviews::default();
    rows.iter().for_each(|row| table.add(row));
    [Reviews::head(), table.into_bytes()].concat()
}

#[test]
fn a_known_card_has_every_column() {
    let memory = Memory { repetitions: 3, interval_days: 15, ease_hundredths: 205 };
    let known =
        Known { memory, due: StudyDay::new(20_793), last: StudyDay::new(20_778), lapses: 1 };
    let row = CardRow {
        state: CardState::Review,
        schedule: Schedule::Known(known),
        due: Some(StudyDay::new(20_793)),
        flagged: true,
        last_answered: Some(StudyDay::new(20_778)),
        answers: 7,
        tags: &["values".into(), "first week".into()],
        area: "BF",
        competencies: &[3, 17],
        concepts: &["C39".into()],
        sources: &["toolkit".into()],
        ..card("What does “mutual” mean?")
    };
    let read = read(&cards(&[row]));
    assert_eq!(read[0], CARD_COLUMNS);
    let id = "1b671a64-40d5-591e-99b0-da01ff1f3341";
    let expected = [
        id,
        id,
        "Notes, mine",
        "basic",
        "front",
        "What does “mutual” mean?",
        "An answer.",
        "values; first week",
        "BF",
        "3; 17",
        "C39",
        "toolkit",
        "review",
        "2026-12-06",
        "15",
        "2.05",
        "3",
        "1",
        "2026-11-21",
        "2026-11-21",
        "7",
        "yes",
        "no",
        "",
    ];
    assert_eq!(read[1], expected);
}

/// LibreOffice offers to split at commas, tabs and semicolons at once, and most people say OK.
#[test]
fn nothing_outside_quotes_is_taken_for_another_separator() {
    let row = CardRow {
        deck: "a\tb",
        tags: &["values".into(), "first week".into()],
        competencies: &[3, 17],
        concepts: &["C1".into(), "C2".into()],
        ..card("One; or \"the; other\"")
    };
    let table = cards(&[row]);
    let text = String::from_utf8(table.clone()).unwrap();
    let outside: String = text.split('"').step_by(2).collect();
    assert_eq!(outside.matches([';', '\t']).count(), 0, "{outside}");
    assert_eq!(read(&table)[1][9], "3; 17");
}

#[test]
fn a_new_card_leaves_its_schedule_empty() {
    let read = read(&cards(&[card("Q?")]));
    assert_eq!(
        read[1][7..],
        ["", "", "", "", "", "new", "", "", "", "", "", "", "", "0", "no", "no", ""]
    );
}

#[test]
fn an_answer_has_every_column() {
    let read = read(&reviews(&[review()]));
    assert_eq!(read[0], REVIEW_COLUMNS);
    let expected = [
        "1b671a64-40d5-591e-99b0-da01ff1f3341",
        "Deck",
        "2026-11-21",
        "2026-11-21T12:00:03-08:00",
        "review",
        "4",
        "Good",
        "yes",
        "ask",
        "4.050",
        "no",
        "6",
        "15",
        "2.50",
        "2026-12-06",
        "2",
        "sm2-text-1",
    ];
    assert_eq!(read[1], expected);
}

#[rstest]
#[case(Some(0), ["0", "Again", "no"])]
#[case(Some(2), ["2", "Again", "no"])]
#[case(Some(3), ["3", "Hard", "yes"])]
#[case(Some(5), ["5", "Easy", "yes"])]
#[case(None, ["", "", ""])]
#[case::no_grade(Some(9), ["", "", ""])]
fn a_grade_has_its_word(#[case] grade: Option<u8>, #[case] cells: [&str; 3]) {
    assert_eq!(read(&reviews(&[AnswerRow { grade, ..review() }]))[1][5..8], cells);
}

#[test]
fn the_first_answer_to_a_card_has_no_interval_before() {
    let row = AnswerRow {
        before_interval_days: None,
        after_interval_days: None,
        after_ease_hundredths: None,
        after_due: None,
        late_days: None,
        response: "",
        ..review()
    };
    assert_eq!(read(&reviews(&[row]))[1][8..16], ["", "4.050", "yes", "", "", "", "", ""]);
}

#[rstest]
#[case::formula("=1+1", "'=1+1")]
#[case::plus("+1", "'+1")]
#[case::minus("-1", "'-1")]
#[case::at("@SUM(A1)", "'@SUM(A1)")]
#[case::tab("\t=1", "'\t=1")]
#[case::carriage_return("\r=1", "'\r=1")]
#[case::line_feed("\n=1", "'\n=1")]
#[case::after_a_blank("  =1", "'  =1")]
#[case::wide("＝1", "'＝1")]
#[case::quotes("=\"a\"", "'=\"a\"")]
#[case::inside("1=1", "1=1")]
#[case::apostrophe("'tis", "'tis")]
fn what_could_be_a_formula_is_harmless(#[case] text: &str, #[case] cell: &str) {
    let row = &read(&cards(&[CardRow { tags: &[text.into()], ..card(text) }]))[1];
    assert_eq!((row[5].as_str(), row[7].as_str()), (cell, cell));
    let chosen = AnswerRow { response: text, deck: text, ..review() };
    let row = &read(&reviews(&[chosen]))[1];
    assert_eq!((row[1].as_str(), row[8].as_str()), (cell, cell));
}

#[test]
fn lines_end_as_the_standard_says() {
    let bytes = cards(&[card("One\ntwo \"three\""), card("B")]);
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.matches("\r\n").count(), 3, "the names and two rows: {text}");
    assert!(text.ends_with("\r\n") && text.contains("\"One\ntwo \"\"three\"\"\""));
}

proptest! {
    #[test]
    fn any_text_is_read_back(question in any::<String>(), tags in proptest::collection::vec(".{0,8}", 0..4)) {
        let lent: Vec<Cow<'_, str>> = tags.iter().map(Cow::from).collect();
        let rows = read(&cards(&[CardRow { tags: &lent, ..card(&question) }, card("next")]));
        prop_assert_eq!(rows.len(), 3);
        let harmless = format!("'{question}");
        prop_assert!(rows[1][5] == question || rows[1][5] == harmless);
        let all = tags.join("; ");
        let harmless = format!("'{all}");
        prop_assert!(rows[1][7] == all || rows[1][7] == harmless);
        prop_assert_eq!(rows[2][5].as_str(), "next");
    }
}
