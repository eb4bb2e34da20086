//! What holds for every table: rows written by the `csv` crate come back, no bytes panic, and the
//! same file has the same ids.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use cairn_core::note::Content;
use cairn_formats::table::{Column, DeckNames, Delimiter, Encoding, Layout, Sheet, read, sniff};
use proptest::prelude::*;

fn names() -> DeckNames {
    DeckNames { id: "mine".into(), title: "Mine".into() }
}

fn delimiter() -> impl Strategy<Value = u8> {
    prop::sample::select(b",;\t|".to_vec())
}

/// Cells of any text that a table can hold, trimmed and not empty.
fn cell() -> impl Strategy<Value = String> {
    "[a-zA-Zé¿,;|\t\"'\n:=+@<>#*-][a-z ,;|\t\"\n\r:é-]{0,20}"
        .prop_map(|text| text.trim().to_owned())
        .prop_filter("not empty", |text| !text.is_empty())
}

fn rows(cells: usize) -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(cell(), cells), 1..12)
}

fn written(rows: &[Vec<String>], delimiter: u8, always: bool, crlf: bool) -> Vec<u8> {
    let style = if always { csv::QuoteStyle::Always } else { csv::QuoteStyle::Necessary };
    let end = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .quote_style(style)
        .terminator(end)
        .from_writer(Vec::new());
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.into_inner().unwrap()
}

proptest! {
    #[test]
    fn cells_come_back_as_the_csv_crate_wrote_them(
        rows in rows(3), delimiter in delimiter(), always: bool, crlf: bool
    ) {
        let sheet = sniff(&written(&rows, delimiter, always, crlf)).unwrap();
        let delimiter = Delimiter::from_char(char::from(delimiter));
        let layout = Layout { delimiter, columns: vec![Column::Question; 3], ..Layout::default() };
        prop_assert_eq!(sheet.sample(&layout, usize::MAX).rows, rows);
    }

    #[test]
    fn a_file_is_guessed_and_read_to_the_last_row(
        texts in prop::collection::btree_map("[a-z][a-z ,;|\n]{3,20}[a-z]", "[a-z][a-z ,;|\n]{3,20}[a-z]", 3..20),
        delimiter in delimiter(), always: bool, crlf: bool, mark: bool
    ) {
        let mut rows = vec![vec!["Question".to_owned(), "Answer".to_owned()]];
        rows.extend(texts.iter().map(|(question, answer)| vec![question.clone(), answer.clone()]));
        let mut bytes = if mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
        bytes.extend(written(&rows, delimiter, always, crlf));
        let sheet = sniff(&bytes).unwrap();
        let layout = sheet.guess();
        prop_assert_eq!(layout.delimiter, Delimiter::from_char(char::from(delimiter)));
        prop_assert!(layout.header);
        prop_assert_eq!(&layout.columns, &[Column::Question, Column::Answer]);
        let (package, problems) = read(&sheet, &layout, &names());
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let same: std::collections::BTreeSet<String> = texts.keys().map(|q| words(q)).collect();
        prop_assert_eq!(package.decks[0].notes.len(), same.len());
        prop_assert_eq!(problems.len(), texts.len() - same.len());
        for note in &package.decks[0].notes {
            let Content::Basic { front, back, .. } = &note.content else { panic!("not basic") };
            let found = texts.iter().any(|(q, a)| words(q) == words(front) && words(a) == words(back));
            prop_assert!(found, "{front:?} {back:?}");
        }
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        drive(&bytes);
    }

    #[test]
    fn no_text_panics(text in "[\"\n\r,;\t|#:=*{}c1é\u{feff} ab-]{0,200}", head in heads()) {
        drive(format!("{head}{text}").as_bytes());
    }

    #[test]
    fn the_same_file_has_the_same_ids(rows in rows(2)) {
        let bytes = written(&rows, b'\t', false, true);
        let ids = || {
            let sheet = sniff(&bytes).unwrap();
            let (package, _) = read(&sheet, &sheet.guess(), &names());
            package.decks.into_iter().flat_map(|d| d.notes).map(|n| n.id).collect::<Vec<_>>()
        };
        prop_assert_eq!(ids(), ids());
    }
}

fn heads() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "sep=\"\n",
        "#separator:\"\n#columns:a\"b\"c\n",
        "#separator:é\n#tags column:64\n",
        "#guid column:9999999999\n",
        "Question,Options,Correct,Reason,Area,Tags,Source,Deck\n",
        "Question;Correct;Wrong 1;Wrong 2\n",
    ])
}

/// Reads bytes in every way, also by layouts that do not fit.
fn drive(bytes: &[u8]) {
    let encodings = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Windows1252];
    let sheets = encodings.into_iter().filter_map(|e| Sheet::with_encoding(bytes, e).ok());
    for sheet in sheets.chain(sniff(bytes)) {
        let guess = sheet.guess();
        let marks = [',', '"', '\n', '\r', ' ', 'é', '\u{1F600}'].map(Delimiter::Custom);
        let others = [Delimiter::None, Delimiter::Colon, Delimiter::Dash, guess.delimiter];
        for delimiter in marks.into_iter().chain(others) {
            let layout = Layout { delimiter, header: !guess.header, ..guess.clone() };
            sheet.sample(&layout, 3);
            let (package, problems) = read(&sheet, &layout, &names());
            let count: usize = package.decks.iter().map(|deck| deck.notes.len()).sum();
            assert!(count + problems.len() <= sheet.sample(&layout, 0).count + 1);
        }
    }
}
