//! Schedules, flags and the log.

use cairn_core::fold::LogKind;
use cairn_core::package::PackageCard;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::Memory;
use rstest::rstest;
use serde_json::Value;

use super::support::{day, note, reading};

fn card(file: &str, words: &str) -> PackageCard {
    let reading = reading(file);
    let (deck, note) = note(&reading, words);
    assert_eq!(deck.title, "State");
    note.cards[0].clone()
}

fn known(due: &str, last: &str, memory: (u32, u32, u32), lapses: u32) -> Schedule {
    let (repetitions, interval_days, ease_hundredths) = memory;
    let memory = Memory { repetitions, interval_days, ease_hundredths };
    Schedule::Known(Known { memory, due: day(due), last: day(last), lapses })
}

#[rstest]
#[case::young("review young", known("2026-12-01", "2026-11-06", (2, 12, 230), 1))]
#[case::first_step("review first step", known("2026-11-01", "2026-10-30", (1, 2, 130), 7))]
#[case::suspended("suspended", known("2027-02-09", "2026-11-11", (2, 90, 250), 0))]
#[case::buried("buried", known("2026-11-21", "2026-10-22", (2, 30, 260), 0))]
#[case::new("flagged", Schedule::New)]
#[case::learning("learning", known("2026-11-21", "2026-11-20", (0, 1, 250), 0))]
#[case::relearning("relearning", known("2026-11-21", "2026-11-17", (0, 4, 210), 2))]
#[case::fsrs("fsrs", known("2026-12-21", "2026-11-11", (2, 40, 250), 0))]
#[case::filtered("filtered", known("2026-12-11", "2026-11-21", (2, 20, 240), 0))]
fn a_card_stands_where_it_stood(
    #[values("legacy.apkg", "latest.apkg", "latest.colpkg")] file: &str,
    #[case] words: &str,
    #[case] expected: Schedule,
) {
    assert_eq!(card(file, words).schedule, expected);
}

#[test]
fn what_is_set_aside_stays_so() {
    let file = "latest.apkg";
    assert!(card(file, "suspended").suspended);
    assert!(!card(file, "buried").suspended);
    assert_eq!(card(file, "buried").buried_until, Some(day("2026-11-22")));
    assert!(card(file, "flagged").flagged);
    assert!(!card(file, "review young").flagged);
}

#[test]
fn the_log_is_kept_as_it_was() {
    let log = card("latest.apkg", "review young").log;
    let rows: Vec<(i64, Option<u8>, u32, String)> = log
        .iter()
        .map(|row| (row.at_ms, row.grade, row.taken_ms, row.day.date().to_string()))
        .collect();
    assert_eq!(
        rows,
        [
            (1_792_900_000_000, Some(4), 5000, "2026-10-24".into()),
            (1_793_000_000_000, Some(3), 61_000, "2026-10-26".into()),
            (1_794_000_000_000, Some(4), 4200, "2026-11-06".into()),
            (1_794_500_000_000, None, 0, "2026-11-12".into()),
        ]
    );
    assert!(log.iter().all(|row| row.kind == LogKind::Foreign && row.rule == "anki"));
    let first: Value = serde_json::from_str(&log[0].elsewhere).unwrap();
    assert_eq!(first["ivl"], -600);
    assert_eq!(
        (&first["ease"], &first["lastIvl"], &first["type"]),
        (&3.into(), &(-60).into(), &0.into())
    );
}

#[test]
fn ankis_own_numbers_are_kept_beside() {
    let kept: Value =
        serde_json::from_str(&card("latest.colpkg", "review young").elsewhere).unwrap();
    assert_eq!(
        [&kept["due"], &kept["ivl"], &kept["factor"], &kept["reps"], &kept["lapses"]],
        [330, 12, 2300, 4, 1]
    );
    assert_eq!(kept["due_day"], "2026-12-01");
    let filtered: Value =
        serde_json::from_str(&card("latest.colpkg", "filtered").elsewhere).unwrap();
    assert_eq!(filtered["odue"], 340);
}
