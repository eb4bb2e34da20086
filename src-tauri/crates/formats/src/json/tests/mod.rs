//! Tests of whole documents: nothing is lost on the way, every fault is named with its place, and the
//! schema says the same as the reader.

mod faults;
mod hostile;
mod media;
mod round_trip;
mod schema;
pub(crate) mod strategies;

use cairn_core::package::{Package, Problem};

use super::{parse, print};

fn printed(package: &Package) -> String {
    let mut out = Vec::new();
    print(package, None, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn faults(json: &str) -> Vec<Problem> {
    parse(json.as_bytes()).expect_err(json)
}

/// One note of each kind, with cards and a history. Line 11 is the basic note.
const SMALL: &str = r#"{
"format": "cairn",
"version": 1,
"kinds": [{"key":"k","json":"{}"}],
"policies": [
{"rule":"sm2-text-1","late_credit":true,"fuzz":true,"max_interval_days":36500,"drill":"below_good"}
],
"media": [{"name":"a.png","sha256":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff","size":3,"mime":"image/png"}],
"decks": [
{"id":"d","title":"Deck","language":"en","version":"1","notes":[
{"id":"é","content":{"kind":"basic","front":"Q","back":"A"},"facts":{"area":"BF","competencies":[1],"sources":[{"key":"npg","how":"page","read_on":"2026-10-04"}],"expires":"2027-01-01"},"cards":[{"key":"front","buried_until":"2026-11-22","schedule":{"repetitions":1,"interval_days":1,"ease_hundredths":250,"due":"2026-11-22","last":"2026-11-21","lapses":0},"log":[
{"kind":"review","grade":4,"day":"2026-11-21","at_ms":1795291200000,"offset_minutes":-480,"taken_ms":4000,"policy":0,"outcome":{"interval_days":1,"late_days":0,"fuzz_days":0,"due":"2026-11-22"},"after":{"repetitions":1,"interval_days":1,"ease_hundredths":250,"due":"2026-11-22","last":"2026-11-21","lapses":0}}
]}]},
{"id":"two","uuid":"018f3a52-5a1e-7c3e-8a55-0c4149524e01","content":{"kind":"cloze","text":"{{c1::x}}"}},
{"id":"three","anki_guid":"Rj&Z5m[>Zp","content":{"kind":"faces","faces":[{"key":"t1","front":"Q","back":"A"},{"key":"t2","front":"A","back":"Q"}]}},
{"id":"four","content":{"kind":"choice","stem":"S","options":[{"id":"a","text":"A","right":true},{"id":"b","text":"B","right":false}]}}
]}
]}
"#;
