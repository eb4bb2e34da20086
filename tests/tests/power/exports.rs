//! Cuts in exports.

use std::path::PathBuf;

use cairn_tests::disk::Recording;
use cairn_tests::{Book, Chance, Cli, Home, study};
use rstest::rstest;

use crate::after::{judge_cuts, now, sound};

/// 45 cuts: what has the name of an export is the whole export, and one that was reported is there.
#[rstest]
#[case::json(41, "json", ".json")]
#[case::anki(42, "apkg", ".apkg")]
#[case::tables_in_a_folder(43, "csv", "")]
fn no_cut_leaves_half_an_export_under_its_name(
    #[case] seed: u64,
    #[case] format: &str,
    #[case] end: &str,
) {
    let mut chance = Chance::new(seed);
    let home = Home::new();
    home.create();
    home.import(&home.deck(60, "old"));
    study(&home.cli, &now(), 6, &mut Book::default(), &mut chance).quit();
    let recording = Recording::of(home.folder());
    let (out, other) = (format!("./all{end}"), format!("./other{end}"));
    let export = |cli: &Cli, out: &str| {
        cli.text(&now(), &["export", "--format", format, "--out", out, "--json"]);
    };
    export(&recording.cli(Home::COLLECTION), &out);
    let trace = recording.finish();
    let whole = exported(&home, "all");
    assert!(!whole.is_empty(), "there is an export");
    judge_cuts(&trace, 15, seed, |cut, home| {
        let there = exported(home, "all");
        if there.iter().any(|file| !whole.contains(file)) {
            return Err("half an export".into());
        }
        if there.len() < whole.len() && !cut.said.is_empty() {
            return Err("reported, and not there".into());
        }
        sound(home)?;
        export(&home.cli, &other);
        if exported(home, "other").len() < whole.len() {
            return Err("the next export is not whole".into());
        }
        let is_export = |path: &String| path.starts_with("all") || path.starts_with("other");
        match home.others().into_iter().filter(|path| !is_export(path)).collect::<Vec<_>>() {
            left if left == ["old.md"] => Ok(()),
            left => Err(format!("the next export leaves {left:?}")),
        }
    });
}

/// The files whose paths begin with a name.
fn exported(home: &Home, name: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let files = home.tree().0.into_iter().filter_map(|(path, bytes)| Some((path, bytes?)));
    files.filter(|(path, _)| path.to_string_lossy().starts_with(name)).collect()
}
