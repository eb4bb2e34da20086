//! Flushes that fail, a disk that is full, writes that are torn.

use std::process::Output;

use cairn_tests::disk::{Recording, Trace};
use cairn_tests::{Book, Chance, Cli, Home, noon, study};
use rstest::rstest;

use crate::after::{Verdict, now, sound};

/// What is typed into a review: eight answers, whatever becomes of each.
const TYPED: &str = "good\nagain\ngood\neasy\ngood\nhard\nagain\ngood\nquit\n";

/// What a program did while something went wrong.
struct Course {
    home: Home,
    /// The log before.
    before: Book,
    output: Output,
    said: String,
    trace: Trace,
}

/// Runs a command in a folder with a small collection, with something going wrong.
fn course(args: &[&str], typed: &str, fault: &[(&'static str, String)]) -> Course {
    let home = Home::new();
    home.create();
    home.import(&home.deck(20, "old"));
    home.deck(60, "new");
    home.pictures();
    home.cli.text(&noon(0, 100), &["backup"]);
    let mut before = Book::default();
    study(&home.cli, &now(), 2, &mut before, &mut Chance::new(1)).quit();
    let recording = Recording::of(home.folder());
    let with = |cli: Cli, (name, value): &(&'static str, String)| cli.with(name, value);
    let collection = if args[0] == "create" { "new.cairn" } else { Home::COLLECTION };
    let cli = fault.iter().fold(recording.cli(collection), with);
    let output = cli.feed(&noon(0, 200), args, typed);
    let said = String::from_utf8(output.stdout.clone()).unwrap();
    Course { home, before, output, said, trace: recording.finish() }
}

impl Course {
    /// Whether the program says that something went wrong.
    fn is_told(&self) -> bool {
        !self.output.status.success() || self.said.contains(r#""event":"error""#)
    }
}

/// The log begins with all that was acknowledged; one answer more may be there, of which nothing was
/// said.
fn holds_acknowledged(home: &Home, course: &Course) -> Verdict {
    let known = course.before.with_all(&course.said).rows;
    let log = Book::of(&home.cli, &now()).rows;
    if log.starts_with(&known) && log.len() <= known.len() + 1 {
        return Ok(());
    }
    Err(format!("{} rows in the log, {} acknowledged", log.len(), known.len()))
}

/// Each flush of a sitting fails once: the answer is not acknowledged, later ones are and stay,
/// also when the power is cut at the end.
#[rstest]
#[case::once("1")]
#[case::from_then_on("9999")]
fn an_answer_that_is_not_flushed_is_not_acknowledged(#[case] times: &str) {
    let whole = course(&["review", "--json"], TYPED, &[]);
    let flushes = whole.trace.flushes();
    let answers = Book::default().with_all(&whole.said).rows.len();
    assert_eq!(answers, 8, "{}", whole.said);
    let mut told = 0;
    for flush in 1..=flushes {
        let fault =
            [("CAIRN_SHIM_FAIL", flush.to_string()), ("CAIRN_SHIM_FAILS", times.to_owned())];
        let course = course(&["review", "--json"], TYPED, &fault);
        told += u64::from(course.is_told());
        let acknowledged = Book::default().with_all(&course.said).rows.len();
        assert!(
            course.is_told() || acknowledged == answers,
            "flush {flush}: what was not acknowledged is told: {}",
            course.said
        );
        let mut chance = Chance::new(flush as u64);
        for cut in 0..2 {
            let home = Home::of(&course.trace.cut_at_end(&mut chance).tree);
            let verdict = sound(&home).and_then(|()| holds_acknowledged(&home, &course));
            assert_eq!(verdict, Ok(()), "flush {flush}, seed {flush}, cut {cut} at the end");
        }
        let verdict = sound(&course.home).and_then(|()| holds_acknowledged(&course.home, &course));
        assert_eq!(verdict, Ok(()), "flush {flush}, without a cut");
    }
    assert!(told >= 8, "of {flushes} failed flushes {told} were told");
}

/// The disk is full after any number of bytes.
#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let mut chance = Chance::new(61);
    for n in 0..8 {
        let room = chance.below(130_000);
        let course = course(&["review", "--json"], TYPED, &[("CAIRN_SHIM_ROOM", room.to_string())]);
        let acknowledged = Book::default().with_all(&course.said).rows.len();
        assert!(course.is_told() || acknowledged == 8, "room {room}: {}", course.said);
        let verdict = sound(&course.home).and_then(|()| holds_acknowledged(&course.home, &course));
        assert_eq!(verdict, Ok(()), "seed 61, turn {n}, room for {room} bytes");
    }
}

/// A write is made in part, and the program is gone.
#[test]
fn a_torn_write_loses_nothing() {
    let mut chance = Chance::new(62);
    let writes = course(&["review", "--json"], TYPED, &[]).trace.writes();
    for n in 0..12 {
        let tear = 1 + chance.below(writes as u64);
        let course = course(&["review", "--json"], TYPED, &[("CAIRN_SHIM_TEAR", tear.to_string())]);
        assert!(!course.output.status.success(), "the program was killed");
        let verdict = sound(&course.home).and_then(|()| holds_acknowledged(&course.home, &course));
        assert_eq!(verdict, Ok(()), "seed 62, turn {n}, write {tear} of {writes} torn");
    }
}

/// What is told as done is done; what is told as failed has left nothing behind.
#[rstest]
#[case::import(71, &["import", "./new.md", "--json"])]
#[case::pictures(72, &["import", "./pictures.json", "--json"])]
#[case::export(73, &["export", "--format", "json", "--out", "./all.json", "--json"])]
#[case::backup(74, &["backup", "--json"])]
#[case::restore(75, &["restore", "latest", "--yes", "--json"])]
#[case::create(76, &["create", "--json"])]
fn a_command_on_a_failing_disk_is_done_or_told(#[case] seed: u64, #[case] args: &[&str]) {
    let whole = course(args, "", &[]);
    assert!(!whole.is_told(), "it goes well: {:?}", whole.output);
    let (done, left) = (state(&whole.home), whole.home.others());
    let (flushes, writes) = (whole.trace.flushes() as u64, whole.trace.bytes());
    let mut chance = Chance::new(seed);
    let mut told = 0;
    for n in 0..12 {
        let fault = match n % 2 {
            0 => ("CAIRN_SHIM_ROOM", chance.below(writes).to_string()),
            _ => ("CAIRN_SHIM_FAIL", (1 + chance.below(flushes)).to_string()),
        };
        let course = course(args, "", std::slice::from_ref(&fault));
        let output = &course.output;
        told += u64::from(course.is_told());
        assert_eq!(sound(&course.home), Ok(()), "seed {seed}, {fault:?}");
        assert!(
            course.is_told() || state(&course.home) == done,
            "seed {seed}, {fault:?}: nothing was told, and it is not done: {output:?}"
        );
        let extra: Vec<String> =
            course.home.others().into_iter().filter(|name| !left.contains(name)).collect();
        assert!(extra.is_empty(), "seed {seed}, {fault:?}: it leaves {extra:?} ({output:?})");
        let named = ["all.json", "new.cairn"].map(|name| course.home.folder().join(name).exists());
        assert!(
            !course.is_told() || named == [false, false],
            "seed {seed}, {fault:?}: what failed has no name ({output:?})"
        );
    }
    assert!(told > 0, "something went wrong");
}

/// What a command may change, in numbers: cards, answers, backups by hand, cards of a new collection.
fn state(home: &Home) -> [Option<u64>; 4] {
    let cards = |cli: &Cli| cli.json(&now(), &["stats"])[0]["cards"].as_u64();
    let new = Cli::new(home.folder().join("new.cairn"));
    let list = home.backups();
    let by_hand = list.iter().filter(|backup| backup["reason"] == "by_hand").count();
    [
        cards(&home.cli),
        Some(Book::of(&home.cli, &now()).rows.len() as u64),
        Some(by_hand as u64),
        new.collection().exists().then(|| cards(&new)).flatten(),
    ]
}
