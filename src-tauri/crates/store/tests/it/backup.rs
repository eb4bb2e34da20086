//! Backups: made, listed, thinned, where a person wants them.

use std::fs;
use std::path::{Path, PathBuf};

use cairn_core::package::{Package, PackageMedia};
use cairn_store::backup::{self, Backup, Lost, Reason};
use cairn_store::{Collection, ErrorCode, Intake, TakeIn};

use crate::support::*;

/// Minutes after noon of the first day.
fn minute(minutes: i64) -> cairn_core::day::Moment {
    later(noon(0), minutes * 60)
}

fn answer_one(collection: &mut Collection, now: cairn_core::day::Moment) {
    let step = collection.begin(None, None, now).unwrap();
    grade(collection, &step, 4, now);
}

fn listed(home: &Home) -> Vec<Backup> {
    backup::backups(&home.path)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A package with one picture, which lies in `staging`.
fn with_picture(staging: &Path, bytes: &[u8], digit: char) -> Package {
    let sha256: String = std::iter::repeat_n(digit, 64).collect();
    fs::write(staging.join(&sha256), bytes).unwrap();
    let mut package = deck("pictures", vec![basic("p", "![](a.png)", "Answer.")]);
    package.media = vec![PackageMedia {
        name: "a.png".into(),
        sha256,
        size: bytes.len() as u64,
        mime: "image/png".into(),
    }];
    package
}

#[test]
fn a_backup_says_what_it_holds_and_why_it_was_made() {
    let (home, mut collection) = Home::with(&deck("d", basics(20)));
    answer_one(&mut collection, noon(0));
    let made = backup::make(&home.path, Reason::ByHand, noon(0)).unwrap();
    assert_eq!(made.problems, []);
    let found = listed(&home);
    assert_eq!(found.len(), 1);
    let one = &found[0];
    assert_eq!((one.notes, one.cards, one.answers), (20, 20, 1));
    assert_eq!((one.reason, one.made_at.as_str()), (Reason::ByHand, "2026-11-21T12:00:00-08:00"));
    assert_eq!(one.lost_if_restored, Some(Lost::default()), "nothing was done since");
    assert_eq!(one.size, fs::metadata(&one.path).unwrap().len());
    let unpacked = zstd::stream::decode_all(fs::File::open(&one.path).unwrap()).unwrap();
    assert!(one.size < unpacked.len() as u64 / 4, "it is compressed");
    assert_eq!(Backup { lost_if_restored: None, ..one.clone() }, made.backup);
    let beside: Vec<String> =
        names(home.folder.path()).into_iter().filter(|name| name.contains(".copy-")).collect();
    assert_eq!(beside, [""; 0], "the copy on the way is gone");
}

#[test]
fn a_regular_backup_is_made_after_half_an_hour_and_only_when_something_changed() {
    let (home, mut collection) = Home::with(&deck("d", basics(20)));
    let regular = |minutes| backup::regular(&home.path, minute(minutes)).unwrap().is_some();
    assert!(regular(0), "the first one at once");
    assert!(!regular(300), "nothing changed");
    answer_one(&mut collection, minute(301));
    assert!(regular(301));
    answer_one(&mut collection, minute(302));
    assert!(!regular(330), "half an hour is not over");
    assert!(regular(331));
    assert!(
        backup::make_if_changed(&home.path, Reason::BeforeImport, minute(332)).unwrap().is_none()
    );
    answer_one(&mut collection, minute(333));
    assert!(
        backup::make_if_changed(&home.path, Reason::BeforeImport, minute(333)).unwrap().is_some()
    );
}

#[test]
fn a_clock_set_back_neither_stops_backups_nor_floods_them() {
    let (home, mut collection) = Home::with(&deck("d", basics(20)));
    assert!(backup::regular(&home.path, noon(400)).unwrap().is_some());
    let mut made = 0;
    for minutes in 0..70 {
        answer_one(&mut collection, minute(minutes));
        made += u32::from(backup::regular(&home.path, minute(minutes)).unwrap().is_some());
        if collection.counts(minute(minutes)).unwrap().new == 0 {
            break;
        }
    }
    let first = backup::make_if_changed(&home.path, Reason::Regular, minute(90)).unwrap();
    assert!(first.is_some() || made > 0);
    assert!((1..=3).contains(&made), "at once, then every half hour: {made}");
    let newest = &listed(&home)[0];
    assert!(newest.made_at.starts_with("2027-12"), "the newer one stays: {}", newest.made_at);
}

#[test]
fn what_would_be_lost_counts_answers_imports_and_edits_but_not_what_was_taken_back() {
    let (home, mut collection) = Home::with(&deck("d", basics(20)));
    backup::make(&home.path, Reason::ByHand, minute(0)).unwrap();
    for minutes in 1..=3 {
        answer_one(&mut collection, minute(minutes));
    }
    collection.undo(minute(4)).unwrap();
    backup::make(&home.path, Reason::ByHand, minute(5)).unwrap();
    collection.undo(minute(6)).unwrap();
    collection.take_in(&deck("e", basics(7)), Intake::Import, "e.md", minute(7)).unwrap();
    collection.set_catch_up(Some(30), minute(8)).unwrap();
    let found = listed(&home);
    let lost = |at: usize| found[at].lost_if_restored.unwrap();
    assert_eq!(lost(0), Lost { answers: 0, imports: 1, notes: 7, edits: 2 }, "an undo is an act");
    assert_eq!(lost(1), Lost { answers: 1, imports: 1, notes: 7, edits: 1 });
}

#[test]
fn a_backup_that_was_cut_short_or_is_no_backup_is_not_listed() {
    let (home, _collection) = Home::with(&deck("d", basics(20)));
    let made = backup::make(&home.path, Reason::ByHand, noon(0)).unwrap();
    let whole = fs::read(&made.backup.path).unwrap();
    let folder = Path::new(&made.backup.path).parent().unwrap().to_owned();
    for (at, bytes) in [&whole[..whole.len() - 1], &whole[..40], b"x", b""].into_iter().enumerate()
    {
        fs::write(folder.join(format!("broken-{at}.cairn-backup")), bytes).unwrap();
    }
    assert_eq!(listed(&home).len(), 1);
}

#[test]
fn a_backup_without_a_head_is_listed_all_the_same() {
    let (home, _collection) = Home::with(&deck("d", basics(20)));
    let made = backup::make(&home.path, Reason::BeforeImport, noon(0)).unwrap();
    // What unpacking and packing by hand leaves.
    let plain = zstd::stream::decode_all(fs::File::open(&made.backup.path).unwrap()).unwrap();
    fs::write(&made.backup.path, zstd::encode_all(&plain[..], 3).unwrap()).unwrap();
    let found = listed(&home);
    assert_eq!((found.len(), found[0].cards, found[0].reason), (1, 20, Reason::BeforeImport));
    assert_eq!(found[0].made_at, "2026-11-21T20:00:00Z", "the name has the time");
    assert_eq!(found[0].lost_if_restored, Some(Lost::default()));
}

#[test]
fn snapshots_of_earlier_versions_are_listed() {
    let (home, mut collection) = Home::with(&deck("d", basics(20)));
    collection.checkpoint().unwrap();
    let folder = home.folder.path().join("collection.cairn.snapshots");
    fs::create_dir(&folder).unwrap();
    fs::copy(&home.path, folder.join("20261120T170000000Z-daily.cairn-snapshot")).unwrap();
    answer_one(&mut collection, noon(0));
    let found = listed(&home);
    assert_eq!((found.len(), found[0].cards), (1, 20));
    assert_eq!(found[0].made_at, "2026-11-20T17:00:00Z");
    assert_eq!(found[0].lost_if_restored.unwrap().answers, 1);
}

#[test]
fn old_backups_are_thinned_and_their_pictures_go_last() {
    let staging = tempfile::tempdir().unwrap();
    let (home, mut collection) = Home::empty();
    let package = with_picture(staging.path(), b"old", 'a');
    let how = TakeIn { media: Some(staging.path()), ..TakeIn::new(Intake::Import, "p") };
    let mut on = |_, _| std::ops::ControlFlow::Continue(());
    collection.take_in_as(&package, &how, noon(0), &mut on).unwrap();
    for hour in 0..3 {
        backup::make(&home.path, Reason::Regular, later(noon(0), hour * 3600)).unwrap();
    }
    let folder = home.folder.path().join("collection.cairn.backups");
    let picture = folder.join("media/aa").join("a".repeat(64));
    assert_eq!(fs::read(&picture).unwrap(), b"old");
    let stray = folder.join("media/aa").join("b".repeat(64));
    fs::write(&stray, "named by nothing").unwrap();
    let unreadable = folder.join("x.cairn-backup");
    fs::write(&unreadable, "nonsense").unwrap();
    for day in 1..6 {
        backup::make(&home.path, Reason::Regular, noon(day)).unwrap();
    }
    assert_eq!(listed(&home).len(), 6, "one for each day, but for the last two");
    assert!(stray.exists(), "one that can't be asked may name it");
    fs::remove_file(unreadable).unwrap();
    for hour in 1..4 {
        backup::make(&home.path, Reason::Regular, later(noon(5), hour * 3600)).unwrap();
    }
    backup::make(&home.path, Reason::Regular, noon(9)).unwrap();
    assert!(!stray.exists());
    assert_eq!(fs::read(&picture).unwrap(), b"old", "what is named stays");
}

#[test]
fn a_folder_of_ones_own_and_a_second_one_are_used() {
    let (home, mut collection) = Home::with(&deck("d", basics(20)));
    let folder = |name: &str| -> PathBuf {
        let folder = home.folder.path().join(name);
        fs::create_dir_all(&folder).unwrap();
        folder
    };
    let (first, second) = (folder("first"), folder("second"));
    let mut wanted = collection.backup_settings().unwrap();
    assert_eq!((wanted.budget_bytes, wanted.offer_answered), (2 << 30, false));
    wanted.folder = Some(first.display().to_string());
    wanted.second_folder = Some(second.display().to_string());
    let saved = collection.save_backup_settings(&wanted).unwrap();
    assert!(saved.offer_answered, "a second folder answers the offer of one");
    assert_eq!(saved.folder_in_force, first.display().to_string());

    let made = backup::make(&home.path, Reason::ByHand, noon(0)).unwrap();
    assert_eq!(Path::new(&made.backup.path).parent(), Some(first.as_path()));
    assert_eq!(names(&first), names(&second));
    assert_eq!(listed(&home).len(), 1, "the copy is the same backup");

    fs::remove_dir_all(&second).unwrap();
    let made = backup::make(&home.path, Reason::ByHand, minute(1)).unwrap();
    assert_eq!(made.problems.len(), 1);
    assert!(made.problems[0].message.contains("second"), "{:?}", made.problems);

    fs::rename(&first, home.folder.path().join("unplugged")).unwrap();
    let made = backup::make(&home.path, Reason::ByHand, minute(2)).unwrap();
    assert!(made.backup.path.contains("collection.cairn.backups"), "{}", made.backup.path);
    assert_eq!(made.problems.len(), 2, "both are told, and there is a backup all the same");
}

#[test]
fn the_folder_is_found_also_when_the_collection_is_gone() {
    let (home, mut collection) = Home::with(&deck("d", basics(20)));
    let first = home.folder.path().join("first");
    fs::create_dir(&first).unwrap();
    let mut wanted = collection.backup_settings().unwrap();
    wanted.folder = Some(first.display().to_string());
    collection.save_backup_settings(&wanted).unwrap();
    backup::make(&home.path, Reason::ByHand, noon(0)).unwrap();
    drop(collection);
    fs::write(&home.path, vec![0xA5; 40_000]).unwrap();
    let found = listed(&home);
    assert_eq!((found.len(), found[0].cards), (1, 20));
    assert!(!found[0].other_collection);
    assert_eq!(found[0].lost_if_restored, None, "nobody knows");
    assert!(matches!(Collection::open(&home.path, noon(0)), Err(cairn_store::Error::Damaged(_))));
}

#[test]
fn a_folder_that_can_not_be_used_is_refused_and_the_old_one_stays() {
    let (home, mut collection) = Home::with(&deck("d", basics(2)));
    let media = home.folder.path().join("collection.cairn.media/aa");
    fs::create_dir_all(&media).unwrap();
    fs::write(home.folder.path().join("file"), "x").unwrap();
    let before = collection.backup_settings().unwrap();
    let below = |name: &str| Some(home.folder.path().join(name).display().to_string());
    let backups = below("collection.cairn.backups");
    fs::create_dir(backups.as_ref().unwrap()).unwrap();
    for (folder, second) in [
        (below("nowhere"), None),
        (below("file"), None),
        (Some("relative".to_owned()), None),
        (below("collection.cairn.media/aa"), None),
        (None, below("nowhere")),
        (None, backups),
    ] {
        let mut wanted = before.clone();
        (wanted.folder, wanted.second_folder) = (folder, second);
        let refused = collection.save_backup_settings(&wanted).unwrap_err();
        assert_eq!(refused.code(), ErrorCode::BadValue, "{wanted:?}");
    }
    let refused = collection
        .save_backup_settings(&backup::BackupSettings { budget_bytes: 5, ..before.clone() });
    assert_eq!(refused.unwrap_err().code(), ErrorCode::BadValue);
    assert_eq!(collection.backup_settings().unwrap(), before);
}

#[test]
fn two_collections_may_share_a_folder() {
    let (home, mut collection) = Home::with(&deck("d", basics(20)));
    let (other_home, mut other) = Home::with(&deck("e", basics(3)));
    let shared = home.folder.path().join("shared");
    fs::create_dir(&shared).unwrap();
    for one in [&mut collection, &mut other] {
        let mut wanted = one.backup_settings().unwrap();
        wanted.folder = Some(shared.display().to_string());
        one.save_backup_settings(&wanted).unwrap();
    }
    for day in 0..5 {
        for hour in 0..2 {
            let now = later(noon(day), hour * 3600);
            backup::make(&home.path, Reason::Regular, now).unwrap();
        }
    }
    backup::make(&other_home.path, Reason::Regular, noon(0)).unwrap();
    backup::make(&home.path, Reason::Regular, noon(800)).unwrap();
    let found = listed(&home);
    let others: Vec<_> = found.iter().filter(|backup| backup.other_collection).collect();
    assert_eq!((others.len(), others[0].cards), (1, 3), "thinning leaves it alone");
    assert_eq!(others[0].lost_if_restored, None);
}

#[test]
fn answers_go_on_while_a_backup_is_made() {
    let (home, mut collection) = Home::with(&deck("d", basics(500)));
    let path = home.path.clone();
    let backups = std::thread::spawn(move || {
        (0..4).for_each(|n| drop(backup::make(&path, Reason::ByHand, minute(n)).unwrap()));
    });
    collection.set_busy_timeout(std::time::Duration::ZERO).unwrap();
    let mut answers = 0;
    for day in 0..10 {
        answers += finish_day(&mut collection, 4, day).len();
    }
    backups.join().unwrap();
    assert!(answers > 100);
    assert_eq!(listed(&home).len(), 4);
}
