//! Printed documents against `docs/cairn.schema.json`, by as much of JSON Schema as that uses.

use proptest::prelude::*;
use rstest::rstest;
use serde_json::Value;

use super::strategies::package;
use super::*;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../../../../docs/cairn.schema.json")).unwrap()
}

/// What breaks the schema first, as `place: rule`.
fn check(schema: &Value, root: &Value, value: &Value, place: &str) -> Result<(), String> {
    let rules = schema.as_object().expect("a schema is an object");
    for (rule, wanted) in rules {
        let number = |of: &Value| of.as_i64().map(i128::from).or(of.as_u64().map(i128::from));
        let length = || value.as_array().map(|items| items.len() as u64);
        let holds = match rule.as_str() {
            "$schema" | "$id" | "$defs" | "title" | "description" | "format"
            | "contentEncoding" => true,
            "$ref" => {
                let below = root.pointer(wanted.as_str().unwrap().trim_start_matches('#')).unwrap();
                check(below, root, value, place)?;
                true
            }
            "type" => match wanted.as_str().unwrap() {
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "boolean" => value.is_boolean(),
                "integer" => value.is_i64() || value.is_u64(),
                other => panic!("this check does not know the type {other}"),
            },
            "const" => value == wanted,
            "enum" => wanted.as_array().unwrap().contains(value),
            "minimum" => number(value).is_none_or(|n| n >= number(wanted).unwrap()),
            "maximum" => number(value).is_none_or(|n| n <= number(wanted).unwrap()),
            "minItems" => length().is_none_or(|n| n >= wanted.as_u64().unwrap()),
            "maxItems" => length().is_none_or(|n| n <= wanted.as_u64().unwrap()),
            "minLength" => value.as_str().is_none_or(|text| !text.is_empty()),
            "pattern" => value.as_str().is_none_or(|text| fits(wanted.as_str().unwrap(), text)),
            "items" => {
                for (at, item) in value.as_array().into_iter().flatten().enumerate() {
                    check(wanted, root, item, &format!("{place}/{at}"))?;
                }
                true
            }
            "required" => value.as_object().is_none_or(|fields| {
                let names = wanted.as_array().unwrap();
                names.iter().all(|name| fields.contains_key(name.as_str().unwrap()))
            }),
            "properties" => {
                for (name, field) in value.as_object().into_iter().flatten() {
                    if let Some(below) = wanted.get(name) {
                        check(below, root, field, &format!("{place}/{name}"))?;
                    }
                }
                true
            }
            "additionalProperties" if wanted.is_object() => {
                for (name, field) in value.as_object().into_iter().flatten() {
                    check(wanted, root, field, &format!("{place}/{name}"))?;
                }
                true
            }
            "additionalProperties" => value.as_object().is_none_or(|fields| {
                assert_eq!(wanted, &Value::Bool(false));
                fields.keys().all(|name| schema["properties"].get(name).is_some())
            }),
            "maxProperties" => value
                .as_object()
                .is_none_or(|fields| fields.len() as u64 <= wanted.as_u64().unwrap()),
            "oneOf" => {
                let branches = wanted.as_array().unwrap();
                branches.iter().filter(|one| check(one, root, value, place).is_ok()).count() == 1
            }
            other => panic!("this check does not know the rule {other}"),
        };
        if !holds {
            return Err(format!("{place}: {rule}"));
        }
    }
    Ok(())
}

/// The patterns of the schema, by hand.
fn fits(pattern: &str, text: &str) -> bool {
    let is_hex = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    match pattern {
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" => {
            text.len() == 10
                && text.bytes().enumerate().all(|(at, byte)| match at {
                    4 | 7 => byte == b'-',
                    _ => byte.is_ascii_digit(),
                })
        }
        "^[0-9a-f]{64}$" => text.len() == 64 && text.bytes().all(is_hex),
        "^([0-9a-f]{64})?$" => text.is_empty() || text.len() == 64 && text.bytes().all(is_hex),
        "^[a-z0-9]{1,16}$" => {
            let is_good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            (1..=16).contains(&text.len()) && text.bytes().all(is_good)
        }
        other => panic!("this check does not know the pattern {other}"),
    }
}

fn verdict(json: &str) -> Result<(), String> {
    let schema = schema();
    check(&schema, &schema, &serde_json::from_str(json).unwrap(), "")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_keeps_to_the_schema(package in package()) {
        let json = printed(&package);
        prop_assert_eq!(verdict(&json), Ok(()), "{}", json);
    }
}

#[test]
fn the_example_of_the_documentation_is_read_and_keeps_to_the_schema() {
    let words = include_str!("../../../../../../docs/formats.md");
    let (_, behind) = words.split_once("```json\n").unwrap();
    let (example, _) = behind.split_once("```").unwrap();
    let package = parse(example.as_bytes()).unwrap();
    assert_eq!(package.decks[0].notes[0].cards[0].log.len(), 1);
    assert_eq!(verdict(example), Ok(()));
}

#[rstest]
#[case::as_it_is("", "", Ok(()))]
#[case::unknown_field(
    r#""key":"front","#,
    r#""key":"front","ky":1,"#,
    Err("/decks/0/notes/0/cards/0: additionalProperties")
)]
#[case::missing_field(r#""title":"Deck","#, "", Err("/decks/0: required"))]
#[case::date("2026-11-22", "2026-1-22", Err("/decks/0/notes/0/cards/0/buried_until: pattern"))]
#[case::kind(r#""kind":"basic""#, r#""kind":"film""#, Err("/decks/0/notes/0/content: oneOf"))]
#[case::field_of_another_kind(
    r#""kind":"cloze","#,
    r#""kind":"cloze","front":"x","#,
    Err("/decks/0/notes/1/content: oneOf")
)]
#[case::grade(r#""grade":4"#, r#""grade":6"#, Err("/decks/0/notes/0/cards/0/log/0/grade: maximum"))]
#[case::offset("-480", "-1441", Err("/decks/0/notes/0/cards/0/log/0/offset_minutes: minimum"))]
#[case::version("\"version\": 1", "\"version\": 3", Err("/version: enum"))]
#[case::area(r#""area":"BF""#, r#""area":"XX""#, Err("/decks/0/notes/0/facts/area: enum"))]
fn the_schema_refuses_what_the_reader_refuses(
    #[case] from: &str,
    #[case] to: &str,
    #[case] expected: Result<(), &str>,
) {
    let json = SMALL.replacen(from, to, 1);
    assert_eq!(parse(json.as_bytes()).is_ok(), expected.is_ok());
    assert_eq!(verdict(&json), expected.map_err(String::from));
}

#[test]
fn the_schema_names_every_field_that_the_reader_takes() {
    // What serde names when it meets an unknown field is the reader's own list.
    let listed = |told: &str| -> Vec<String> {
        told.split('`').skip(3).step_by(2).map(str::to_owned).collect()
    };
    for (place, above) in [
        ("", "\"format\":"),
        ("/$defs/policy", "\"rule\":"),
        ("/$defs/media", "\"sha256\":"),
        ("/$defs/deck", "\"title\":"),
        ("/$defs/kind", "\"json\":"),
        ("/$defs/note", "\"anki_guid\":"),
        ("/$defs/facts", "\"area\":"),
        ("/$defs/citation", "\"read_on\":"),
        ("/$defs/card", "\"buried_until\":"),
        ("/$defs/schedule", "\"repetitions\":"),
        ("/$defs/row", "\"grade\":"),
        ("/$defs/outcome", "\"late_days\":"),
        ("/$defs/option", "\"right\":"),
    ] {
        let above = above.replace(':', " :");
        let json = SMALL.replace(&above.replace(" :", ":"), &above);
        let found = faults(&json.replacen(&above, &format!("\"?\":0,{above}"), 1));
        let mut fields = listed(&found[0].message);
        fields.sort();
        let schema = schema();
        let known = schema.pointer(place).unwrap()["properties"].as_object().unwrap();
        let mut known: Vec<String> = known.keys().cloned().collect();
        known.sort();
        assert_eq!(fields, known, "{place}: {}", found[0].message);
    }
}
