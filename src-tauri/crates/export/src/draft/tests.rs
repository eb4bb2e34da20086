use std::io::Write;

use rstest::rstest;
use tempfile::TempDir;

use super::*;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Every path below a folder with what is in it; folders end with a slash.
fn all(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                found.push((format!("{name}/"), String::new()));
                open.push(path);
            } else {
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect()
}

fn write(draft: &mut Draft, name: &str, text: &str) -> Result<(), Error> {
    draft.write(Path::new(name), |out| {
        out.write_all(text.as_bytes()).map_err(|error| Error::io(Path::new(name), error))
    })
}

/// A draft of these files, put in place.
fn put(base: &Path, overwrite: bool, files: &[(&str, &str)]) -> Result<Vec<ExportedFile>, Error> {
    let mut draft = Draft::begin(base, overwrite)?;
    for (name, text) in files {
        write(&mut draft, name, text)?;
    }
    draft.put()
}

#[test]
fn files_and_folders_are_put_in_their_place_and_nothing_else() {
    let base = folder();
    let files = [("one.md", "1"), ("tables/a.csv", "a"), ("tables/more/b.csv", "bb")];
    let listed = put(base.path(), false, &files).unwrap();
    let sizes: Vec<u64> = listed.iter().map(|file| file.bytes).collect();
    assert_eq!(sizes, [1, 1, 2]);
    assert_eq!(listed[2].path, base.path().join("tables/more/b.csv").display().to_string());
    let expected = [
        ("one.md", "1"),
        ("tables/", ""),
        ("tables/a.csv", "a"),
        ("tables/more/", ""),
        ("tables/more/b.csv", "bb"),
    ];
    assert_eq!(all(base.path()), pairs(&expected));
}

#[test]
fn a_draft_that_is_dropped_leaves_nothing() {
    let base = folder();
    let mut draft = Draft::begin(base.path(), false).unwrap();
    write(&mut draft, "one.md", "1").unwrap();
    assert!(!base.path().join("one.md").exists(), "not there before it is whole");
    drop(draft);
    assert_eq!(all(base.path()), []);
}

#[test]
fn a_panic_while_writing_leaves_nothing() {
    let base = folder();
    let path = base.path().to_owned();
    let panicked = std::thread::spawn(move || {
        let mut draft = Draft::begin(&path, false).unwrap();
        let _ = draft.write(Path::new("one.md"), |_| -> Result<(), Error> { panic!("a fault") });
    });
    assert!(panicked.join().is_err());
    assert_eq!(all(base.path()), []);
}

#[test]
fn a_full_disk_is_told_and_leaves_nothing() {
    let base = folder();
    let mut draft = Draft::begin(base.path(), false).unwrap();
    let full = |_: &mut Out| Err(Error::io(Path::new("one.md"), io::ErrorKind::StorageFull.into()));
    let failed = draft.write::<()>(Path::new("one.md"), full);
    assert!(matches!(failed, Err(Error::DiskFull(path)) if path == Path::new("one.md")));
    drop(draft);
    assert_eq!(all(base.path()), []);
}

#[rstest]
#[case::before_it_is_written(true)]
#[case::while_it_is_written(false)]
fn a_name_that_is_taken_is_kept(#[case] early: bool) {
    let base = folder();
    let taken = base.path().join("one.md");
    let mut draft = Draft::begin(base.path(), false).unwrap();
    if early {
        fs::write(&taken, "mine").unwrap();
        assert!(matches!(write(&mut draft, "one.md", "new"), Err(Error::Exists(_))));
        drop(draft);
    } else {
        write(&mut draft, "other.md", "new").unwrap();
        write(&mut draft, "one.md", "new").unwrap();
        fs::write(&taken, "mine").unwrap();
        assert!(matches!(draft.put(), Err(Error::Exists(path)) if path == taken));
    }
    assert_eq!(all(base.path()), pairs(&[("one.md", "mine")]));
}

#[test]
fn what_was_moved_is_taken_back_when_another_can_not_be() {
    let base = folder();
    fs::write(base.path().join("a.csv"), "old").unwrap();
    fs::create_dir(base.path().join("c.csv")).unwrap();
    let files = [("a.csv", "new"), ("b.csv", "new"), ("c.csv", "new")];
    assert!(matches!(put(base.path(), true, &files), Err(Error::IsFolder(_))));
    assert_eq!(all(base.path()), pairs(&[("a.csv", "old"), ("c.csv/", "")]));
}

#[test]
fn a_folder_that_is_there_keeps_what_else_it_holds() {
    let base = folder();
    put(base.path(), false, &[("tables/a.csv", "1")]).unwrap();
    fs::write(base.path().join("tables/mine.txt"), "mine").unwrap();
    let again = [("tables/a.csv", "2"), ("tables/b.csv", "2")];
    assert!(matches!(put(base.path(), false, &again), Err(Error::Exists(_))));
    put(base.path(), true, &again).unwrap();
    let expected = [
        ("tables/", ""),
        ("tables/a.csv", "2"),
        ("tables/b.csv", "2"),
        ("tables/mine.txt", "mine"),
    ];
    assert_eq!(all(base.path()), pairs(&expected));
}

#[test]
fn a_file_where_a_folder_should_be_is_kept() {
    let base = folder();
    let mut draft = Draft::begin(base.path(), true).unwrap();
    write(&mut draft, "tables/a.csv", "1").unwrap();
    fs::write(base.path().join("tables"), "mine").unwrap();
    assert!(matches!(draft.put(), Err(Error::OtherKind(_, "folder"))));
    assert_eq!(all(base.path()), pairs(&[("tables", "mine")]));
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let base = folder();
    let missing = base.path().join("missing");
    assert!(matches!(Draft::begin(&missing, false), Err(Error::NoFolder(path)) if path == missing));
}

#[test]
fn what_a_killed_run_left_goes_and_what_is_in_use_or_not_ours_stays() {
    let base = folder();
    let killed = base.path().join(".cairn-export-killed.part");
    fs::create_dir_all(killed.join(NEW)).unwrap();
    fs::write(killed.join(LOCK), "").unwrap();
    fs::write(killed.join(NEW).join("half.csv"), "ha").unwrap();
    fs::create_dir(base.path().join(".cairn-export-at-once.part")).unwrap();
    fs::write(base.path().join(".cairn-export-mine.txt"), "mine").unwrap();
    let mut running = Draft::begin(base.path(), false).unwrap();
    write(&mut running, "one.md", "1").unwrap();
    put(base.path(), false, &[("two.md", "2")]).unwrap();
    running.put().unwrap();
    let expected = [(".cairn-export-mine.txt", "mine"), ("one.md", "1"), ("two.md", "2")];
    assert_eq!(all(base.path()), pairs(&expected));
}

#[cfg(unix)]
#[test]
fn a_written_file_may_be_read_as_any_other() {
    use std::os::unix::fs::PermissionsExt;
    let base = folder();
    put(base.path(), false, &[("one.md", "1"), ("tables/a.csv", "1")]).unwrap();
    fs::write(base.path().join("plain"), "1").unwrap();
    fs::create_dir(base.path().join("folder")).unwrap();
    let mode = |name: &str| base.path().join(name).metadata().unwrap().permissions().mode();
    assert_eq!((mode("one.md"), mode("tables")), (mode("plain"), mode("folder")));
}
