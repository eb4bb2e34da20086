use rstest::rstest;

use super::*;
use crate::json::MAX_LIST;

/// What stands where a fault is said to be.
fn at<'a>(json: &'a str, fault: &Problem) -> &'a str {
    let line = json.lines().nth(fault.line as usize - 1).expect("there is such a line");
    let (start, _) = line.char_indices().nth(fault.column as usize - 1).expect("and such a column");
    &line[start..]
}

/// [`SMALL`] with one place changed has one fault.
fn check(from: &str, to: &str, place: &str, message: &str) {
    let json = SMALL.replacen(from, to, 1);
    assert_ne!(json, SMALL, "the case changes something");
    let found = faults(&json);
    assert_eq!(found.len(), 1, "{found:#?}");
    let fault = &found[0];
    assert!(fault.message.starts_with(message), "{message} is said: {}", fault.message);
    assert!(fault.hint.ends_with('.'), "the hint is a sentence: {}", fault.hint);
    let there = at(&json, fault);
    assert!(there.starts_with(place), "{place} is the place, not {there}");
}

/// The first fault of the shape ends the reading; its place is the last byte that was read.
#[rstest]
#[case::unknown_field(
    r#""back":"A""#,
    r#""back":"A","bakc":"A""#,
    r#"":"A"},"facts""#,
    "unknown field `bakc`"
)]
#[case::missing_field(r#""language":"en","#, "", "}\n", "missing field `language`")]
#[case::another_type(
    r#""late_credit":true"#,
    r#""late_credit":"yes""#,
    r#"","fuzz""#,
    "invalid type: string \"yes\", expected a boolean"
)]
#[case::negative(r#""size":3"#, r#""size":-3"#, "3,", "invalid value: integer `-3`")]
#[case::twice(
    r#""title":"Deck","#,
    r#""title":"Deck","title":"x","#,
    r#"":"x""#,
    "duplicate field `title`"
)]
#[case::no_json(
    r#""title":"Deck","#,
    r#""title":Deck,"#,
    "Deck",
    "this is not JSON: expected value"
)]
fn a_fault_of_the_shape_is_named(
    #[case] from: &str,
    #[case] to: &str,
    #[case] place: &str,
    #[case] message: &str,
) {
    check(from, to, place.trim_end(), message);
}

#[rstest]
#[case::drill("below_good", "all", "`all` is no rule of the drill")]
#[case::folder("a.png", "../a.png", "`../a.png` is not the name of a file")]
#[case::no_title("Deck", " ", "the title of the deck is empty")]
#[case::uuid("018f3a52-5a1e-7c3e-8a55-0c4149524e01", "018f3a52", "`018f3a52` is not a UUID")]
#[case::empty_guid("Rj&Z5m[>Zp", "", "the `anki_guid` is empty")]
#[case::same_id("four", "é", "another note has the id `é` already")]
#[case::no_id("four", "", "the id of the note is empty")]
#[case::kind_of_note("basic", "film", "`film` is no kind of note")]
#[case::no_gap("{{c1::x}}", "x", "the text has no gap")]
#[case::face_twice("t2", "t1", "the key `t1` stands twice in the note")]
#[case::key_of_a_face("t1", "T 1", "`T 1` cannot be the key of a card")]
#[case::area("BF", "XX", "`XX` is no area of the exam")]
#[case::how("page", "heard", "`heard` does not say how a source was read")]
#[case::read_on("2026-10-04", "0000-10-04", "`0000-10-04` is not a date")]
#[case::expires("2027-01-01", "2027-1-1", "`2027-1-1` is not a date")]
#[case::buried("2026-11-22", "2026-02-30", "`2026-02-30` is not a date")]
#[case::kind_of_row("review", "revue", "`revue` is no kind of row")]
fn a_text_that_says_nothing_is_named_with_its_place(
    #[case] from: &str,
    #[case] to: &str,
    #[case] message: &str,
) {
    check(&format!("\"{from}\""), &format!("\"{to}\""), &format!("\"{to}"), message);
}

/// The schedule of the card of the basic note, from its interval on.
const INTERVAL: &str = r#""interval_days":1,"ease_hundredths":250,"due":"2026-11-22","last":"2026-11-21","lapses":0},"log""#;

#[rstest]
#[case::day_of_a_row(
    r#""day":"2026-11-21""#,
    r#""day":"+026-11-21""#,
    "\"+026",
    "`+026-11-21` is not a date"
)]
#[case::hash_too_short(
    "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
    "ab",
    "\"ab\"",
    "`ab` is not a SHA-256"
)]
#[case::media_twice("\"media\": [", r#""media": [{"name":"a.png","sha256":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","size":3,"mime":""},"#, "\"a.png\"", "the file `a.png` stands twice")]
#[case::kind_twice(
    "\"kinds\": [",
    r#""kinds": [{"key":"k","json":"[]"},"#,
    "\"k\",\"json\":\"{}\"",
    "the kind `k` stands twice"
)]
#[case::a_file_that_is_not_there(
    "\"content\":{\"kind\":\"cloze\"",
    r#""media":{"a.png":"ab"},"content":{"kind":"cloze""#,
    "{\"a.png\"",
    "the list of media has no file `a.png` of that SHA-256"
)]
#[case::too_many_settings("\"media\": [", &format!("\"settings\": {{{}}},\"media\": [", (0..=MAX_LIST).map(|n| format!("\"s{n}\":1")).collect::<Vec<_>>().join(",")), "{\"s0\"", "there are more than 1000 settings")]
#[case::deck_twice(
    "\"decks\": [",
    r#""decks": [{"id":"d","title":"x","language":"","version":"","notes":[]},"#,
    "\"d\"",
    "the deck `d` stands twice"
)]
#[case::two_identities(
    r#""anki_guid":"Rj"#,
    r#""uuid":"018f3a52-5a1e-7c3e-8a55-0c4149524e02","anki_guid":"Rj"#,
    "\"Rj&",
    "a note has a `uuid` or an `anki_guid`, not both"
)]
#[case::same_uuid(
    r#""anki_guid":"Rj&Z5m[>Zp""#,
    r#""uuid":"018f3a52-5a1e-7c3e-8a55-0c4149524e01""#,
    "\"018f",
    "another note has the uuid"
)]
#[case::field_of_another_kind(
    r#""kind":"cloze","#,
    r#""kind":"cloze","front":"x","#,
    "\"x\"",
    "a note of kind cloze has no field `front`"
)]
#[case::field_that_is_needed(
    r#","back":"A"},"facts""#,
    r#"},"facts""#,
    "{\"kind\":\"basic\"",
    "a note of kind basic needs the field `back`"
)]
#[case::no_face(
    r#"[{"key":"t1","front":"Q","back":"A"},{"key":"t2","front":"A","back":"Q"}]"#,
    "[]",
    "[]",
    "the note has no face"
)]
#[case::option_twice(
    r#""id":"b","#,
    r#""id":"a","#,
    "\"a\",\"text\":\"B\"",
    "the id `a` stands twice in the note"
)]
#[case::no_right_option(
    r#""right":true"#,
    r#""right":false"#,
    "[{\"id\":\"a\"",
    "no option is right"
)]
#[case::competency("[1]", "[1,18]", "18]", "18 is no core competency")]
#[case::card_of_no_key(
    r#""key":"front""#,
    r#""key":"back""#,
    "\"back\",\"buried",
    "the note makes no card `back`"
)]
#[case::card_twice(
    r#"[{"key":"front","#,
    r#"[{"key":"front"},{"key":"front","#,
    "\"front\",\"buried",
    "the card `front` stands twice"
)]
#[case::interval(INTERVAL, &INTERVAL.replace("days\":1", "days\":36501"), "36501,", "an interval of 36501 days is too long")]
#[case::ease(INTERVAL, &INTERVAL.replace(":250", ":129"), "129,", "an ease of 129 hundredths is too low")]
#[case::grade(r#""grade":4"#, r#""grade":6"#, "6,", "6 is not a grade")]
#[case::review_without_grade(r#""grade":4,"#, "", "{\"kind\":\"review\"", "a review has a grade")]
#[case::policy(r#""policy":0"#, r#""policy":1"#, "1,", "there is no policy 1: the document has 1")]
#[case::offset("-480", "-2147483648", "-2147483648", "-2147483648 minutes are more than a day")]
fn a_fault_of_a_value_is_named_with_its_place(
    #[case] from: &str,
    #[case] to: &str,
    #[case] place: &str,
    #[case] message: &str,
) {
    check(from, to, place, message);
}

#[test]
fn all_faults_of_the_values_are_told_in_the_order_of_the_file() {
    let json = SMALL.replace("2026-11-21", "2026-11-31").replace("\"grade\":4", "\"grade\":7");
    let found = faults(&json);
    let places: Vec<_> = found.iter().map(|fault| (fault.line, fault.column)).collect();
    assert_eq!(places.len(), 4);
    assert!(places.is_sorted(), "{places:?}");
    let texts: Vec<&str> = found.iter().map(|fault| &at(&json, fault)[..3]).collect();
    assert_eq!(texts, ["\"20", "7,\"", "\"20", "\"20"]);
}

#[test]
fn of_very_many_faults_the_first_hundred_are_told() {
    let notes: Vec<String> = (0..250)
        .map(|n| format!("{{\"id\":\"n{n}\",\"content\":{{\"kind\":\"cloze\",\"text\":\"\"}}}}"))
        .collect();
    let head = "{\"format\":\"cairn\",\"version\":1,\"decks\":[{\"id\":\"d\",\"title\":\"T\"";
    let notes = notes.join(",\n");
    let json = format!("{head},\"language\":\"\",\"version\":\"\",\"notes\":[\n{notes}]}}]}}");
    let found = faults(&json);
    assert_eq!(found.len(), 101);
    assert_eq!((found[0].line, found[99].line), (2, 101));
    assert_eq!(found[100].message, "150 more faults are not shown");
}

#[rstest]
#[case::newer(
    r#"{"format":"cairn","version":3,"shelves":[]}"#,
    "3,",
    "the file was made by a newer Cairn"
)]
#[case::newer_of_the_same_shape(
    r#"{"format":"cairn","version":3,"decks":[]}"#,
    "3,",
    "the file was made by a newer Cairn"
)]
#[case::version_zero(r#"{"format":"cairn","version":0,"decks":[]}"#, "0,", "there is no version 0")]
#[case::no_version(r#"{"format":"cairn","decks":[]}"#, "{", "the file does not say which version")]
#[case::another_format(
    r#"{"format":"other","version":1,"decks":[]}"#,
    "\"other",
    "the format `other` is not `cairn`"
)]
#[case::another_document(r#"{"cards":[]}"#, "{", "this is JSON, but no decks of Cairn")]
#[case::a_list("[1,2]", "[", "this is JSON, but no decks of Cairn")]
#[case::a_number("7", "7", "this is JSON, but no decks of Cairn")]
#[case::cut_off(r#"{"format":"cairn","#, ",", "the file ends in the middle")]
#[case::no_json("---", "--", "this is not JSON")]
#[case::more_behind(
    r#"{"format":"cairn","version":1,"decks":[]} x"#,
    "x",
    "this is not JSON: trailing characters"
)]
fn another_kind_of_file_is_told_apart(
    #[case] json: &str,
    #[case] place: &str,
    #[case] message: &str,
) {
    let found = faults(json);
    assert_eq!(found.len(), 1);
    assert!(found[0].message.starts_with(message), "{}", found[0].message);
    assert!(at(json, &found[0]).starts_with(place), "{place} is the place: {:?}", found[0]);
}

#[test]
fn an_empty_file_is_refused() {
    let found = faults("");
    assert_eq!((found[0].line, found[0].column), (1, 1));
    assert_eq!(found[0].message, "the file ends in the middle of the document");
}

#[test]
fn a_byte_that_is_not_utf8_is_named_with_its_place() {
    let mut bytes = SMALL.as_bytes().to_vec();
    let start = SMALL.find("Deck").unwrap();
    bytes[start] = 0xE9;
    let found = parse(&bytes).unwrap_err();
    assert!(at(SMALL, &found[0]).starts_with("Deck"), "{found:?}");
    assert_eq!(found[0].message, "the file is not UTF-8 text: byte 0xE9 cannot stand here");
}
