//! Kills in repairs, and while a damaged file is read out.

use std::fs;

use cairn_tests::{Cli, Home, noon, spoil_first_page, spoil_schedules};

use crate::{assert_holds, kill_often, with_answers};

fn wrong_schedules(home: &Home) -> String {
    home.cli.text(&noon(0, 0), &["rebuild", "--dry-run"])
}

/// 20 kills: everything is mended or nothing, and there is a way back.
#[test]
fn a_killed_repair_mends_everything_or_nothing() {
    let (first, book) = with_answers(51, 300);
    spoil_schedules(first.cli.collection());
    let args = ["check", "--repair", "--json"];
    kill_often((51, 20), &first.tree(), &args, |after| {
        let home = after.home;
        let done = wrong_schedules(home) == "0\n";
        if done {
            assert_holds(home, &book);
            let backup = home.backups().into_iter().find(|one| one["reason"] == "before_repair");
            let path = backup.expect("a way back")["path"].as_str().unwrap().to_owned();
            home.cli.text(&noon(0, 300), &["restore", &path, "--yes"]);
        }
        assert_eq!(wrong_schedules(home), "2\n", "nothing is mended, or there is a way back");
        home.cli.text(&noon(0, 400), &args);
        assert_holds(home, &book);
        assert_eq!(home.others(), ["old.md"], "the next repair leaves nothing else");
        done
    });
}

/// 20 kills: the new file is whole or not there, and the old one is what it was.
#[test]
fn a_killed_salvage_leaves_no_half_and_the_old_file_alone() {
    let (first, book) = with_answers(52, 300);
    let old = first.tree();
    let args = ["salvage", "--out", "./rescued.cairn", "--json"];
    kill_often((52, 20), &old, &args, |after| {
        let home = after.home;
        assert_eq!(home.tree().file(Home::COLLECTION), old.file(Home::COLLECTION));
        let rescued = home.folder().join("rescued.cairn");
        let done = rescued.exists();
        if done {
            Cli::new(&rescued).assert_sound(&noon(0, 0));
            fs::remove_file(rescued).unwrap();
            fs::remove_file(home.folder().join("rescued.cairn.lock")).unwrap();
        }
        home.cli.text(&noon(0, 400), &["salvage", "--replace"]);
        assert_holds(home, &book);
        done
    });
}

/// 20 kills: the damaged file can be read out, or what was read out of it is in its place; of the
/// damaged file, no byte is lost.
#[test]
fn a_killed_replacement_leaves_the_damaged_file_or_the_new_one() {
    let (first, book) = with_answers(53, 300);
    spoil_first_page(first.cli.collection());
    let damaged = first.tree();
    let now = noon(0, 300);
    kill_often((53, 20), &damaged, &["salvage", "--replace", "--json"], |after| {
        let home = after.home;
        let done = home.cli.run(&now, &["check"]).status.success();
        if !done {
            home.cli.run(&now, &["salvage", "--replace"]);
        }
        assert_holds(home, &book);
        let tree = home.tree();
        let kept = tree.files().find(|path| path.to_string_lossy().contains(".damaged-"));
        assert_eq!(tree.file(kept.unwrap()), damaged.file(Home::COLLECTION));
        done
    });
}
