//! Kills in imports.

use cairn_tests::Home;
use rstest::rstest;

use crate::kill_often;

const NOTES: usize = 600;

/// 30 kills in imports of 1,200 cards.
#[rstest]
#[case::new_cards(11, false)]
#[case::new_text_for_cards_that_are_there(12, true)]
fn a_killed_import_is_there_wholly_or_not_at_all(#[case] seed: u64, #[case] over_older: bool) {
    let all = NOTES as u64;
    let first = Home::new();
    first.create();
    if over_older {
        first.import(&first.deck(NOTES, "old"));
    }
    first.deck(NOTES, "new");
    let not_at_all = if over_older { [0, all, 0] } else { [all, 0, 0] };
    let wholly = [0, 0, all];
    kill_often((seed, 15), &first.tree(), &["import", "./new.md", "--json"], |after| {
        after.home.cli.assert_sound(&cairn_tests::noon(0, 0));
        let again = after.home.import("./new.md");
        assert!(
            again == wholly || again == not_at_all,
            "the import is there wholly or not at all: {again:?}"
        );
        let others = after.home.others();
        assert!(others.iter().all(|path| path.ends_with(".md")), "nothing is left: {others:?}");
        again == wholly
    });
}

/// 10 kills: pictures are there with the notes that show them.
#[test]
fn a_killed_import_leaves_no_note_without_its_picture() {
    let first = Home::new();
    first.create();
    first.pictures();
    kill_often((13, 10), &first.tree(), &["import", "./pictures.json", "--json"], |after| {
        after.home.cli.assert_sound(&cairn_tests::noon(0, 0));
        let again = after.home.import("./pictures.json");
        after.home.cli.assert_sound(&cairn_tests::noon(0, 0));
        again == [0, 0, 1]
    });
}
