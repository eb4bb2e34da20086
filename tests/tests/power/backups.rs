//! Cuts in backups and restores.

use std::fs;

use cairn_tests::{Book, Chance, Home, noon, study};
use rstest::rstest;
use serde_json::Value;

use crate::after::{Verdict, holds, home_with_answers, judge_cuts, now, sound, trace};

/// Goes back to a backup, after which the log is that book.
fn go_back(home: &Home, backup: &Value, book: &Book) -> Verdict {
    let path = backup["path"].as_str().unwrap();
    let output = home.cli.run(&now(), &["restore", path, "--yes", "--json"]);
    if !output.status.success() {
        return Err(format!("{path} can't be put back: {output:?}"));
    }
    sound(home)?;
    holds(home, &[book])
}

/// Nothing is left of what was interrupted, once the same is done again.
fn is_tidy(home: &Home, next: &[&str]) -> Verdict {
    home.cli.text(&noon(0, 300), next);
    match home.others() {
        left if left == ["old.md", "pictures.json"] => Ok(()),
        left => Err(format!("the next one leaves {left:?}")),
    }
}

/// 40 cuts: what is listed can be put back, and what was reported is listed.
#[rstest]
fn no_cut_leaves_half_a_backup_under_its_name(#[values(81, 82)] seed: u64) {
    let (home, book) = home_with_answers(seed);
    // The folder of the backups is made as well.
    fs::remove_dir_all(home.folder().join("collection.cairn.backups")).unwrap();
    let trace = trace(&home, &["backup", "--json"]);
    judge_cuts(&trace, 20, seed, |cut, home| {
        sound(home)?;
        holds(home, &[&book])?;
        let by_hand: Vec<Value> =
            home.backups().into_iter().filter(|backup| backup["reason"] == "by_hand").collect();
        match by_hand.as_slice() {
            [] if cut.said.is_empty() => {}
            [backup] => go_back(home, backup, &book)?,
            other => return Err(format!("{} backups by hand", other.len())),
        }
        is_tidy(home, &["backup"])
    });
}

/// 50 cuts: there is the old collection or the new one, and from the new one a way back.
#[rstest]
fn no_cut_in_a_restore_loses_the_old_or_the_new(#[values(83, 84)] seed: u64) {
    let (home, old) = home_with_answers(seed);
    // After the backups of the imports: each program begins at the pretended time.
    home.cli.text(&noon(0, 100), &["backup"]);
    let mut present = old.clone();
    study(&home.cli, &now(), 5, &mut present, &mut Chance::new(seed)).quit();
    let trace = trace(&home, &["restore", "latest", "--yes", "--json"]);
    judge_cuts(&trace, 25, seed, |cut, home| {
        sound(home)?;
        if Book::of(&home.cli, &now()) == old {
            let back =
                home.backups().into_iter().find(|backup| backup["reason"] == "before_restore");
            go_back(home, &back.ok_or("there is no way back to what was there")?, &present)?;
        } else if cut.said.is_empty() {
            holds(home, &[&present])?;
        } else {
            return Err("reported, and not done".into());
        }
        is_tidy(home, &["restore", "latest", "--yes"])
    });
}
