//! Cuts in repairs, and while a damaged file is read out.

use std::fs;

use cairn_tests::{Home, noon, spoil_first_page, spoil_schedules};
use rstest::rstest;

use crate::after::{Verdict, holds, home_with_answers, judge_cuts, now, sound, trace};

/// That so many schedules are wrong.
fn wrong(home: &Home, count: usize) -> Verdict {
    match home.cli.text(&now(), &["rebuild", "--dry-run"]).trim() {
        said if said == count.to_string() => Ok(()),
        said => Err(format!("{said} schedules are wrong")),
    }
}

/// 30 cuts: everything is mended or nothing, and there is a way back.
#[rstest]
fn no_cut_leaves_half_a_repair(#[values(91, 92)] seed: u64) {
    let (home, book) = home_with_answers(seed);
    spoil_schedules(home.cli.collection());
    let trace = trace(&home, &["check", "--repair", "--json"]);
    judge_cuts(&trace, 15, seed, |cut, home| {
        holds(home, &[&book])?;
        if wrong(home, 0).is_ok() {
            sound(home)?;
            let backup = home.backups().into_iter().find(|one| one["reason"] == "before_repair");
            let path = backup.ok_or("no way back")?["path"].as_str().unwrap().to_owned();
            home.cli.text(&noon(0, 300), &["restore", &path, "--yes"]);
        } else if !cut.said.is_empty() {
            return Err("reported, and not done".into());
        }
        wrong(home, 2)?;
        home.cli.text(&noon(0, 400), &["check", "--repair"]);
        sound(home)
    });
}

/// 30 cuts: a file that was read out is whole under its name, and there when that was reported.
#[rstest]
fn no_cut_leaves_half_a_salvage_under_its_name(#[values(93, 94)] seed: u64) {
    let (home, book) = home_with_answers(seed);
    let old = home.tree();
    let trace = trace(&home, &["salvage", "--out", "./rescued.cairn", "--json"]);
    judge_cuts(&trace, 15, seed, |cut, home| {
        let tree = home.tree();
        if tree.file(Home::COLLECTION) != old.file(Home::COLLECTION) {
            return Err("the old file is another".into());
        }
        let rescued = home.folder().join("rescued.cairn");
        if rescued.exists() {
            // In the place of the old one, where the picture is.
            for part in ["-wal", "-shm"] {
                let _ = fs::remove_file(home.path(Home::COLLECTION) + part);
            }
            fs::rename(rescued, home.path(Home::COLLECTION)).unwrap();
        } else if !cut.said.is_empty() {
            return Err("reported, and not there".into());
        }
        sound(home)?;
        holds(home, &[&book])
    });
}

/// 50 cuts: the damaged file can be read out, or what was read out of it is in its place; of the
/// damaged file, no byte is lost.
#[rstest]
fn no_cut_in_a_replacement_loses_the_damaged_file_or_the_new_one(#[values(95, 96)] seed: u64) {
    let (home, book) = home_with_answers(seed);
    spoil_first_page(home.cli.collection());
    let damaged = home.tree();
    let args = ["salvage", "--replace", "--json"];
    let trace = trace(&home, &args);
    judge_cuts(&trace, 25, seed, |cut, home| {
        if sound(home).is_err() {
            if !cut.said.is_empty() {
                return Err("reported, and not done".into());
            }
            home.cli.run(&noon(0, 300), &args);
            sound(home)?;
        }
        holds(home, &[&book])?;
        let tree = home.tree();
        let kept = tree.files().find(|path| path.to_string_lossy().contains(".damaged-"));
        let kept = kept.ok_or("the damaged file is gone")?;
        if tree.file(kept) != damaged.file(Home::COLLECTION) {
            return Err("the damaged file is another".into());
        }
        Ok(())
    });
}
