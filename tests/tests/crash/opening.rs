//! Kills while a collection is made, or brought up to date.

use cairn_tests::{Chance, Course, Home, KillWhen, format_of, make_format_3, noon};

use crate::{assert_holds, kill_often, with_answers};

/// 15 kills.
#[test]
fn a_killed_create_leaves_nothing_or_a_whole_collection() {
    let mut chance = Chance::new(21);
    let now = noon(0, 0);
    let args = ["create", "--new-limit", "7", "--json"];
    let whole = Home::new();
    let course = Course::of(&whole, &now, &args);
    let cards = |home: &Home| home.cli.json(&now, &["stats"])[0]["cards"].as_u64().unwrap();
    let all = cards(&whole);
    let (mut kills, mut nothing) = (0, 0);
    for turn in 0.. {
        let home = Home::new();
        let when = [KillWhen::Writing, KillWhen::Anywhere][turn % 2];
        let killed = course.kill(&home, when, &mut chance);
        kills += u64::from(killed.running);
        if !home.cli.collection().exists() {
            assert!(killed.said.is_empty(), "turn {turn}: what was reported is there: {killed:?}");
            nothing += 1;
            home.cli.text(&now, &args);
        }
        home.cli.assert_sound(&now);
        assert_eq!(cards(&home), all, "turn {turn}: what is there is whole");
        assert_eq!(home.others(), [""; 0], "turn {turn}: nothing lies beside it");
        if kills == 15 {
            break;
        }
        assert!(turn < 60, "the kills come before the end");
    }
    println!("of {kills} killed creates {nothing} left nothing");
}

/// 30 kills.
#[test]
fn a_killed_migration_leaves_the_old_format_or_the_new() {
    let (first, book) = with_answers(22, 500);
    make_format_3(first.cli.collection());
    assert_eq!(format_of(first.cli.collection()), 3);
    kill_often((22, 30), &first.tree(), &["stats", "--json"], |after| {
        let home = after.home;
        // Looked at in a copy: to look is to play back what the kill has left.
        let done = format_of(Home::of(&home.tree()).cli.collection()) > 3;
        assert_holds(home, &book);
        assert_eq!(home.others(), ["old.md"], "nothing is left");
        done
    });
}
