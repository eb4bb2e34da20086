//! When a card was last answered: the same by the card and by the log, as Anki's own check wants it.

use cairn_core::fold::LogKind;
use cairn_core::package::{Package, PackageCard, PackageRow};
use proptest::prelude::*;
use rstest::rstest;
use rusqlite::Connection;

use super::again::{NOON, write_options};
use super::strategies::package;
use super::written::{database, failed_today, one_card};

const NOW: i64 = NOON.utc_ms;

/// What Anki's check finds in the log of a card: the second of the last answer that counts for its
/// schedule, and none after a reset.
fn by_the_log(conn: &Connection, card: i64) -> Option<i64> {
    let mut rows = conn
        .prepare("SELECT id, ease, type, factor FROM revlog WHERE cid = ? ORDER BY id")
        .unwrap();
    let rows = rows.query_map([card], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get(2)?, row.get(3)?))
    });
    rows.unwrap().map(Result::unwrap).fold(
        None,
        |last, (id, ease, kind, factor): (_, _, i64, i64)| match (
            ease > 0 && (kind, factor) != (3, 0),
            (kind, factor),
        ) {
            (true, _) => Some(id / 1000),
            (false, (4, 0)) => None,
            _ => last,
        },
    )
}

/// By the card and by the log, of every card that Anki's check looks at.
fn last_reviews(package: &Package) -> Vec<(Option<i64>, Option<i64>)> {
    let (_folder, conn) = database(package, &write_options());
    let mut cards =
        conn.prepare("SELECT id, json_extract(data, '$.lrt') FROM cards WHERE type != 0").unwrap();
    let cards = cards.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    cards
        .map(Result::unwrap)
        .map(|(id, by_the_card)| (by_the_card, by_the_log(&conn, id)))
        .collect()
}

/// A card with these rows, each so many ms after now.
fn card(rows: &[(LogKind, i64)]) -> PackageCard {
    let card = failed_today();
    let row = |(kind, after): &(LogKind, i64)| PackageRow {
        kind: *kind,
        at_ms: NOW + after,
        grade: (*kind != LogKind::Reset).then_some(1),
        elsewhere: if *kind == LogKind::Foreign { CRAMMED.into() } else { String::new() },
        ..card.log[0].clone()
    };
    PackageCard { log: rows.iter().map(row).collect(), ..card.clone() }
}

const CRAMMED: &str = r#"{"ease":3,"ivl":1,"lastIvl":1,"factor":0,"type":3}"#;

#[rstest]
#[case::one(&[(LogKind::Review, -1)], Some(NOW / 1000 - 1))]
#[case::moved_back_across_a_second(&[(LogKind::Review, 0), (LogKind::Drill, 0)], Some(NOW / 1000 - 1))]
#[case::answered_after_now(&[(LogKind::Review, 90_000)], Some(NOW / 1000))]
#[case::no_clock_agrees_with_the_other(&[(LogKind::Review, -9_000), (LogKind::Review, -70_000)], Some(NOW / 1000 - 9))]
#[case::crammed_in_anki(&[(LogKind::Review, -9_000), (LogKind::Foreign, -4_000)], Some(NOW / 1000 - 9))]
#[case::reset(&[(LogKind::Review, -9_000), (LogKind::Reset, -9_000)], None)]
#[case::reset_and_answered(&[(LogKind::Reset, 0), (LogKind::Review, 0)], Some(NOW / 1000))]
#[case::never(&[], None)]
fn a_card_tells_the_second_of_the_row_that_was_written(
    #[case] rows: &[(LogKind, i64)],
    #[case] last: Option<i64>,
) {
    assert_eq!(last_reviews(&one_card(card(rows))), [(last, last)]);
}

#[test]
fn what_anki_told_of_a_card_stays_where_its_rows_move() {
    let data = r#"{"pos":7,"lrt":1}"#;
    let kept =
        serde_json::json!({ "id": 5, "type": 2, "queue": 2, "due": 3, "ivl": 4, "data": data });
    let rows = [(LogKind::Foreign, 90_000), (LogKind::Foreign, 90_000)];
    let package = one_card(PackageCard { elsewhere: kept.to_string(), ..card(&rows) });
    let (_folder, conn) = database(&package, &write_options());
    let written: String = conn.query_row("SELECT data FROM cards", [], |row| row.get(0)).unwrap();
    assert_eq!(written, data);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    /// As on a clock that stands still, or is ahead.
    #[test]
    fn every_card_tells_it_where_many_answers_share_an_instant(mut package in package(), width in 1..4i64) {
        for note in package.decks.iter_mut().flat_map(|deck| &mut deck.notes) {
            for row in note.cards.iter_mut().flat_map(|card| &mut card.log) {
                row.at_ms = NOW + row.at_ms.rem_euclid(width) - 1;
            }
        }
        for (by_the_card, by_the_log) in last_reviews(&package) {
            prop_assert_eq!(by_the_card, by_the_log);
        }
    }
}
