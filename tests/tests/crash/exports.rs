//! Kills in exports.

use rstest::rstest;

use crate::{assert_holds, kill_often, with_answers};

/// 30 kills: what has the name of an export is the whole export.
#[rstest]
#[case::json(31, "json")]
#[case::anki(32, "apkg")]
fn a_killed_export_leaves_no_half_under_its_name(#[case] seed: u64, #[case] format: &str) {
    let (first, book) = with_answers(seed, 500);
    let out = format!("./all.{format}");
    let args = ["export", "--format", format, "--out", &out, "--json"];
    let again = [&args[..], &["--force"]].concat();
    kill_often((seed, 15), &first.tree(), &args, |after| {
        let home = after.home;
        let there = home.folder().join(&out).exists();
        if there {
            let report = home.cli.json("2026-11-22T12:00:00-08:00", &["import", "--dry-run", &out]);
            assert_eq!(report[0]["unreadable"], 0, "it can be read");
            assert_eq!(report[0]["unchanged"], 500, "and is whole: {report:?}");
        }
        assert_holds(home, &book);
        home.cli.text("2026-11-22T12:00:00-08:00", &again);
        assert_eq!(home.others(), [&out[2..], "old.md"], "the next export leaves itself alone");
        there
    });
}
