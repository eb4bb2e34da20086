//! Kills in backups and restores.

use cairn_tests::{Book, Chance, Home, noon, study};

use crate::{assert_holds, kill_often, with_answers};

/// Puts a backup back.
fn go_back(home: &Home, backup: &serde_json::Value) {
    let path = backup["path"].as_str().unwrap();
    home.cli.text(&noon(0, 300), &["restore", path, "--yes"]);
}

/// 25 kills: what is listed can be put back.
#[test]
fn a_killed_backup_leaves_no_half_under_its_name() {
    let (first, book) = with_answers(41, 300);
    kill_often((41, 25), &first.tree(), &["backup", "--json"], |after| {
        let home = after.home;
        assert_holds(home, &book);
        let found = home.backups().into_iter().find(|backup| backup["reason"] == "by_hand");
        if let Some(backup) = &found {
            go_back(home, backup);
            assert_holds(home, &book);
        }
        home.cli.text(&noon(0, 400), &["backup"]);
        assert_eq!(home.others(), ["old.md"], "the next backup leaves nothing else");
        found.is_some()
    });
}

/// 30 kills: there is the old collection or the new one, and from the new one a way back.
#[test]
fn a_killed_restore_leaves_the_old_or_the_new() {
    let (first, old) = with_answers(42, 300);
    first.cli.text(&noon(0, 100), &["backup"]);
    let mut present = old.clone();
    study(&first.cli, &noon(0, 0), 5, &mut present, &mut Chance::new(42)).quit();
    let args = ["restore", "latest", "--yes", "--json"];
    kill_often((42, 30), &first.tree(), &args, |after| {
        let home = after.home;
        let done = Book::of(&home.cli, &noon(0, 0)) == old;
        assert_holds(home, if done { &old } else { &present });
        if done {
            let undo =
                home.backups().into_iter().find(|backup| backup["reason"] == "before_restore");
            go_back(home, &undo.expect("what was there can be had back"));
            assert_holds(home, &present);
        }
        home.cli.text(&noon(0, 400), &args);
        assert_eq!(home.others(), ["old.md"], "the next restore leaves nothing else");
        done
    });
}
