use std::collections::{BTreeMap, VecDeque};

use proptest::prelude::*;

use super::*;

/// Noon in California on 21 November 2026.
const NOW: Moment = Moment { utc_ms: 1_795_291_200_000, offset_minutes: -480 };
const TODAY: i32 = 20_778;

fn plan(days: &[u32]) -> Plan {
    let load = |(day, ready): (i32, &u32)| DayLoad { day: StudyDay::new(day), ready: *ready };
    Plan {
        seed: Uuid::from_u128(7),
        exam: None,
        days: (TODAY..).zip(days).map(load).collect(),
        deck: None,
        now: NOW,
    }
}

fn printed(plan: &Plan) -> String {
    let mut out = Vec::new();
    print(plan, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Properties by name, their parameters included.
type Properties = BTreeMap<String, String>;

/// The events of a calendar, read as RFC 5545 says: lines end with CR LF and are folded at 75
/// octets; texts are escaped; every component ends where it should.
fn read(text: &str) -> Vec<Properties> {
    assert!(text.ends_with("\r\n"), "the last line ends too");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "no bare line feed");
    assert!(text.split("\r\n").all(|line| line.len() <= 75), "no line is longer than 75 octets");
    let unfolded = text.replace("\r\n ", "");
    let mut lines: VecDeque<&str> = unfolded.split_terminator("\r\n").collect();
    assert_eq!(lines.pop_front(), Some("BEGIN:VCALENDAR"));
    assert_eq!(lines.pop_back(), Some("END:VCALENDAR"));
    let (mut head, mut events, mut open) = (Properties::new(), Vec::new(), None);
    for line in lines {
        let (name, value) = line.split_once(':').expect("a name and a value");
        match (name, value) {
            ("BEGIN", "VEVENT") => assert!(open.replace(Properties::new()).is_none(), "not nested"),
            ("END", "VEVENT") => events.extend(open.take()),
            _ => {
                let place = open.as_mut().unwrap_or(&mut head);
                assert!(place.insert(name.into(), unescaped(value)).is_none(), "{name} twice");
            }
        }
    }
    assert!(open.is_none(), "every event ends");
    assert_eq!((head["VERSION"].as_str(), head["PRODID"].is_empty()), ("2.0", false));
    events
}

fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value.chars();
    while let Some(character) = rest.next() {
        match character {
            '\\' => match rest.next().expect("something is escaped") {
                'n' | 'N' => text.push('\n'),
                escaped @ ('\\' | ';' | ',') => text.push(escaped),
                other => panic!("\\{other} is no escape"),
            },
            ';' | ',' => panic!("{character} stands unescaped in {value}"),
            character => text.push(character),
        }
    }
    text
}

#[test]
fn a_day_with_ready_cards_is_an_event_that_takes_the_day_and_leaves_it_free() {
    let events = read(&printed(&plan(&[12, 0, 1])));
    assert_eq!(events.len(), 2, "a day without a card has none");
    let keys: Vec<&str> = events[0].keys().map(String::as_str).collect();
    let expected = [
        "DESCRIPTION",
        "DTEND;VALUE=DATE",
        "DTSTAMP",
        "DTSTART;VALUE=DATE",
        "SUMMARY",
        "TRANSP",
        "UID",
    ];
    assert_eq!(keys, expected);
    assert_eq!(events[0]["SUMMARY"], "12 cards ready");
    assert_eq!(events[0]["DTSTART;VALUE=DATE"], "20261121");
    assert_eq!(events[0]["DTEND;VALUE=DATE"], "20261122");
    assert_eq!(events[0]["DTSTAMP"], "20261121T200000Z");
    assert_eq!(events[0]["TRANSP"], "TRANSPARENT");
    assert!(events[0]["DESCRIPTION"].contains("New cards come on top"));
    assert_eq!(events[1]["SUMMARY"], "1 card ready");
    assert_eq!(events[1]["DTSTART;VALUE=DATE"], "20261123");
}

#[test]
fn the_exam_is_an_event_without_an_alarm() {
    let text = printed(&Plan { exam: Some(StudyDay::new(TODAY + 40)), ..plan(&[]) });
    let events = read(&text);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["SUMMARY"], "Peer support exam");
    assert_eq!(events[0]["DTSTART;VALUE=DATE"], "20261231");
    assert_eq!(events[0]["DTEND;VALUE=DATE"], "20270101");
    assert!(!text.contains("ALARM"));
}

#[test]
fn a_calendar_of_nothing_is_one_too() {
    assert_eq!(read(&printed(&plan(&[0, 0]))), Vec::<Properties>::new());
}

#[test]
fn a_day_keeps_its_uid_and_decks_and_collections_have_their_own() {
    let uids = |plan: &Plan| -> Vec<String> {
        read(&printed(plan)).iter().map(|event| event["UID"].clone()).collect()
    };
    let first = uids(&plan(&[3, 4]));
    let later = Moment { utc_ms: NOW.utc_ms + 86_400_000, ..NOW };
    let mut again = Plan { now: later, ..plan(&[9, 5]) };
    assert_eq!(uids(&again), first, "counts and the moment of writing do not matter");
    again.seed = Uuid::from_u128(8);
    assert!(uids(&again).iter().all(|uid| !first.contains(uid)));
    assert_ne!(first[0], first[1]);
}

proptest! {
    #[test]
    fn the_name_of_a_deck_is_escaped_and_folded(
        deck in "[ -~é世界\u{1F600};,:\\\\\"\n\r\0]{0,120}",
        days in proptest::collection::vec(0u32..1_000_000, 0..60),
        now in any::<i64>(),
    ) {
        let now = Moment { utc_ms: now, ..NOW };
        let events = read(&printed(&Plan { deck: Some(deck.clone()), now, ..plan(&days) }));
        prop_assert_eq!(events.len(), days.iter().filter(|ready| **ready > 0).count());
        let named = format!("of the deck “{}”", deck.replace(['\r', '\0'], ""));
        for event in events {
            prop_assert!(event["DESCRIPTION"].contains(&named), "{:?}", event);
        }
    }
}
