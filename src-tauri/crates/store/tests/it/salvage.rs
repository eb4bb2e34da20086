//! A damaged file gives what is left of it, into a new one, and stays as it is.

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use cairn_store::{Collection, Error, Intake, SalvageReport, put_in_place, salvage, salvaged_name};
use proptest::prelude::*;
use rstest::rstest;
use rusqlite::Connection;

use crate::support::*;

const PAGE: usize = 4096;

/// The bytes of a collection of a hundred notes (each table lies on several pages) with some days of answers, an import that was
/// taken back, edits and settings.
static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut notes = basics(60);
    let long = "A long answer with many words. ".repeat(300);
    notes.push(basic("long", "What is long?", &long));
    notes.extend(
        (0..14).map(|n| cloze(&format!("c{n}"), &format!("{{{{c1::A{n}}}}} and {{{{c2::B{n}}}}}"))),
    );
    notes.extend((0..14).map(|n| choice(&format!("q{n}"), &format!("Which is {n}?"))));
    let (home, mut collection) = Home::with(&deck("d", notes));
    let mut settings = collection.settings().clone();
    settings.new_per_day = 40;
    collection.save_settings(&settings, noon(0)).unwrap();
    for day in 0..3 {
        finish_day(&mut collection, 4, day);
    }
    collection.take_in(&deck("e", basics(30)), Intake::Import, "e.md", noon(4)).unwrap();
    collection.undo(noon(4)).unwrap();
    finish_day(&mut collection, 3, 5);
    collection.undo(noon(5)).unwrap();
    drop(collection);
    Connection::open(&home.path).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    fs::read(&home.path).unwrap()
});

/// Rows by table and id, as text; what salvage promises to bring over.
type Rows = BTreeMap<(&'static str, i64), String>;

const TABLES: [(&str, &str); 3] = [
    ("note", "SELECT id, hex(uuid) || content || facts FROM note"),
    ("card", "SELECT id, ordinal || note FROM card"),
    (
        "review_log",
        "SELECT id, card || kind || day || at_ms || coalesce(grade, '') FROM review_log",
    ),
];

fn rows(path: &Path) -> Rows {
    let conn = Connection::open(path).unwrap();
    let mut rows = Rows::new();
    for (table, sql) in TABLES {
        let mut statement = conn.prepare(sql).unwrap();
        let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.extend(found.map(|row| row.unwrap()).map(|(id, text)| ((table, id), text)));
    }
    rows
}

/// Which rows lie on which page, by SQLite's own account: pages of leaves, and of what they run over.
static LEAVES: LazyLock<BTreeMap<String, Vec<usize>>> = LazyLock::new(|| {
    let home = home_of(&WHOLE);
    let conn = Connection::open(&home.path).unwrap();
    let mut statement = conn
        .prepare("SELECT name, pageno, pagetype FROM dbstat WHERE pagetype <> 'internal'")
        .unwrap();
    let mut leaves: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut rows = statement.query([]).unwrap();
    while let Some(row) = rows.next().unwrap() {
        leaves
            .entry(row.get(0).unwrap())
            .or_default()
            .push(usize::try_from(row.get::<_, i64>(1).unwrap()).unwrap());
    }
    leaves
});

static ALL: LazyLock<Rows> = LazyLock::new(|| rows(&home_of(&WHOLE).path));

fn home_of(bytes: &[u8]) -> Home {
    let home = Home::new();
    fs::write(&home.path, bytes).unwrap();
    home
}

fn rescue(path: &Path) -> Result<(PathBuf, SalvageReport), Error> {
    let before = fs::read(path).unwrap();
    let into = salvaged_name(path, noon(9));
    let done = salvage(path, &into, noon(9), &mut |_, _| ControlFlow::Continue(()));
    assert_eq!(fs::read(path).unwrap(), before, "the damaged file stays as it is");
    done.map(|report| (into, report))
}

/// What was salvaged is sound and opens; gives its rows.
fn is_sound(into: &Path, report: &SalvageReport) -> Rows {
    assert!(report.after.ok, "the new file checks clean: {:?}", report.after);
    drop(Collection::open(into, noon(9)).unwrap());
    rows(into)
}

#[test]
fn a_whole_file_loses_nothing() {
    let home = home_of(&WHOLE);
    let (into, report) = rescue(&home.path).unwrap();
    assert_eq!((report.lost.clone(), report.mended.clone()), (vec![], vec![]), "{report:?}");
    assert_eq!(report.unreadable, 0);
    assert_eq!(is_sound(&into, &report), *ALL);
    let mut collection = Collection::open(&into, noon(9)).unwrap();
    assert_eq!(collection.rebuild(true, noon(9)).unwrap(), 0, "schedules are the fold of the log");
    assert_eq!(collection.settings().new_per_day, 40);
    let mut before = home.open();
    assert_eq!(collection.today(noon(9)).unwrap().counts, before.today(noon(9)).unwrap().counts);
}

#[test]
fn a_lost_first_page_loses_nothing_but_itself() {
    let mut bytes = WHOLE.clone();
    bytes[..PAGE].fill(0);
    let home = home_of(&bytes);
    let (into, report) = rescue(&home.path).unwrap();
    let found = is_sound(&into, &report);
    for (key, text) in ALL.iter() {
        assert_eq!(found.get(key), Some(text), "{key:?} is there");
    }
}

#[test]
fn what_lies_in_the_log_of_sqlite_is_brought_over() {
    let home = home_of(&WHOLE);
    let mut collection = home.open();
    let step = collection.begin(None, None, noon(7)).unwrap();
    grade(&mut collection, &step, 5, noon(7));
    let copy = Home::new();
    for suffix in ["", "-wal"] {
        let name = |path: &Path| PathBuf::from(format!("{}{suffix}", path.display()));
        fs::copy(name(&home.path), name(&copy.path)).unwrap();
    }
    let (into, report) = rescue(&copy.path).unwrap();
    assert_eq!(is_sound(&into, &report).len(), ALL.len() + 1, "with the answer just given");
}

#[rstest]
#[case::empty(0)]
#[case::text(1)]
#[case::noise(2)]
fn a_file_with_nothing_of_a_collection_says_so(#[case] kind: usize) {
    let bytes = match kind {
        0 => Vec::new(),
        1 => b"Dear diary, ".repeat(2000),
        _ => (0..40_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect(),
    };
    let home = home_of(&bytes);
    assert!(matches!(rescue(&home.path), Err(Error::NotACollection)));
    let left: Vec<_> = fs::read_dir(home.folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left behind");
}

#[test]
fn nothing_is_overwritten_and_a_cancelled_salvage_leaves_nothing() {
    let home = home_of(&WHOLE);
    let into = salvaged_name(&home.path, noon(9));
    let stop = salvage(&home.path, &into, noon(9), &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(stop, Err(Error::Cancelled)));
    assert_eq!(fs::read_dir(home.folder.path()).unwrap().count(), 1);
    fs::write(&into, "mine").unwrap();
    assert!(rescue(&home.path).is_err());
    assert_eq!(fs::read_to_string(&into).unwrap(), "mine");
}

#[test]
fn a_salvaged_file_takes_the_place_of_the_damaged_one_which_is_kept() {
    let mut bytes = WHOLE.clone();
    bytes[..PAGE].fill(0x5a);
    let home = home_of(&bytes);
    let (into, _) = rescue(&home.path).unwrap();
    let kept = put_in_place(&home.path, &into, noon(9)).unwrap();
    assert_eq!(fs::read(kept).unwrap(), bytes);
    assert_eq!(home.open().check().unwrap(), []);
}

/// Rows of a table that must be there when these pages are lost: a bound that holds whatever the
/// damage does. Of each table whose leaves are all whole, every row.
fn must_survive(lost: &[usize]) -> Vec<&'static str> {
    let is_whole = |table: &str| {
        LEAVES.get(table).is_some_and(|pages| pages.iter().all(|page| !lost.contains(page)))
    };
    TABLES.iter().map(|(table, _)| *table).filter(|table| is_whole(table)).collect()
}

/// How many damaged files are tried; more where the environment says so.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(50)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_pages_are_lost_all_others_are_brought_over(
        spots in prop::collection::vec(any::<prop::sample::Index>(), 1..6),
        with in prop_oneof![Just(None), any::<u8>().prop_map(Some)],
    ) {
        let pages = WHOLE.len() / PAGE;
        let lost: Vec<usize> = spots.iter().map(|spot| spot.index(pages) + 1).collect();
        let mut bytes = WHOLE.clone();
        for page in &lost {
            for (n, byte) in bytes[(page - 1) * PAGE..page * PAGE].iter_mut().enumerate() {
                *byte = with.unwrap_or((n.wrapping_mul(2_654_435_761) >> 7) as u8);
            }
        }
        let home = home_of(&bytes);
        let (into, report) = rescue(&home.path).unwrap();
        let found = is_sound(&into, &report);
        for table in must_survive(&lost) {
            for (key, text) in ALL.iter().filter(|((of, _), _)| *of == table) {
                prop_assert_eq!(found.get(key), Some(text), "{:?} survives {:?}", key, &lost);
            }
        }
        // A lost page takes at most the rows that fit on it, each of 20 bytes or more.
        let gone = ALL.keys().filter(|key| !found.contains_key(key)).count();
        prop_assert!(gone <= lost.len() * PAGE / 20, "{} rows are gone with {:?}", gone, &lost);
    }

    #[test]
    fn whatever_bytes_are_changed_or_cut_off_it_never_fails(
        spots in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..40),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = WHOLE.clone();
        for (spot, byte) in spots {
            let at = spot.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let home = home_of(&bytes);
        match rescue(&home.path) {
            Ok((into, report)) => {
                is_sound(&into, &report);
            }
            Err(Error::NotACollection) => prop_assert!(bytes.len() < 40 * PAGE),
            Err(error) => prop_assert!(false, "{error}"),
        }
    }
}
