use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::json::{MAX_FILE_BYTES, MAX_LIST};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
        prop_assert!(parse(&bytes).is_err());
    }

    #[test]
    fn a_document_with_bytes_changed_or_cut_never_panics(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        end in any::<prop::sample::Index>(),
    ) {
        let mut bytes = SMALL.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Err(found) = parse(&bytes) {
            prop_assert!(!found.is_empty(), "who refuses a file says why");
        }
        bytes.truncate(end.index(SMALL.trim_end().len()));
        prop_assert!(parse(&bytes).is_err(), "half a document is none");
    }

    #[test]
    fn a_document_with_a_value_changed_never_panics(
        at in any::<prop::sample::Index>(),
        value in prop::sample::select(vec!["null", "[]", "{}", "-1", "1e99", "18446744073709551616", "\"\\ud800\"", "\"\"", "true"]),
    ) {
        let starts: Vec<usize> = SMALL.match_indices(':').map(|(at, _)| at + 1).collect();
        let start = starts[at.index(starts.len())];
        let len = SMALL[start..].find([',', '}', '\n']).unwrap();
        let json = format!("{}{value}{}", &SMALL[..start], &SMALL[start + len..]);
        if let Err(found) = parse(json.as_bytes()) {
            prop_assert!(!found.is_empty(), "who refuses a file says why");
        }
    }
}

#[rstest]
#[case::lists("[", "{\"format\":\"cairn\",\"version\":1,\"decks\":")]
#[case::objects("{\"id\":", "{\"format\":\"cairn\",\"version\":1,\"decks\":[")]
#[case::from_the_start("[", "")]
#[case::under_an_unknown_field("[{\"a\":", "{\"x\":")]
fn a_very_deep_document_is_refused(#[case] opening: &str, #[case] before: &str) {
    assert_eq!(faults(&format!("{before}{}", opening.repeat(500_000))).len(), 1);
    let closed = format!("{before}{}{}}}", "[".repeat(500_000), "]".repeat(500_000));
    assert_eq!(faults(&closed).len(), 1);
}

#[test]
fn a_list_has_a_cap() {
    let tags = |count| format!("\"tags\":[{}\"\"],\"area\":", "\"\",".repeat(count - 1));
    let with = |count| SMALL.replace("\"area\":", &tags(count));
    assert!(parse(with(MAX_LIST).as_bytes()).is_ok());
    let found = faults(&with(MAX_LIST + 1));
    assert!(found[0].message.contains("more than 1000"), "{found:?}");
}

#[test]
fn a_file_over_the_cap_is_not_looked_at() {
    let found = parse(&vec![0; MAX_FILE_BYTES + 1]).unwrap_err();
    assert!(found[0].message.contains("may have 1073741824"), "{found:?}");
}
