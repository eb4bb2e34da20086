//! Exports, backups and checks; and answers given while one of them runs.

mod meanwhile;

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use cairn_export::view::{Format, Request};
use cairn_store::{Check, Reader, backup};
use rusqlite::types::Value;

use crate::Fallible;
use crate::floor::{Floor, read};
use crate::report::Workload;
use crate::sample::Sample;
use crate::seed::NOW;
pub use meanwhile::measure as meanwhile;

/// Most that both tables may take, in milliseconds.
const CSV_MS: f64 = 500.0;
/// Most that Cairn JSON may take, in milliseconds.
const JSON_MS: f64 = 1_500.0;
/// Most that a backup may take, as a multiple of a plain `VACUUM INTO`.
const BACKUP_TIMES: f64 = 1.5;
/// What an export to Anki's format, or a check, may take as a part of what Anki takes.
const ANKI_PART: f64 = 0.5;

/// What every export reads: each note, each card, each row of the log, whole.
const ALL: [&str; 3] = [
    "SELECT * FROM note WHERE ?1 IS NOT NULL",
    "SELECT * FROM card WHERE ?1 IS NOT NULL",
    "SELECT * FROM review_log WHERE ?1 IS NOT NULL",
];

/// Exports of a collection, each beside reading the same rows; a backup beside `VACUUM INTO`; a
/// check beside SQLite's own.
pub fn measure(path: &Path, run: &Path, times: usize) -> Fallible<Vec<Workload>> {
    let raw = Floor::open(path)?;
    let mut floor = Sample::default();
    for _ in 0..times {
        floor.time(|| -> Fallible<()> {
            ALL.iter().try_for_each(|sql| read(&raw.conn, sql, &Value::Integer(1)).map(drop))
        })?;
    }
    let size = size(&raw)?;
    let mut workloads = Vec::new();
    for (name, format, most) in
        [("export-csv", Format::Csv, Some(CSV_MS)), ("export-json", Format::Json, Some(JSON_MS))]
    {
        let sample = exports(path, run, format, times)?;
        let what = format!("export of {size} (floor: read them)");
        let one = Workload::new(name, what, &sample).beside(&floor);
        workloads.push(most.into_iter().fold(one, Workload::median_within));
    }
    workloads.push(backups(path, run, times)?);
    let (mut subject, mut plain) = (Sample::default(), Sample::default());
    for _ in 0..times {
        subject.time(|| check(path))?;
        plain.time(|| raw.conn.query_row("PRAGMA integrity_check", [], |_| Ok(())))?;
    }
    let what = format!("check of {size} (floor: SQLite's integrity_check alone)");
    workloads.push(Workload::new("check", what, &subject).beside(&plain));
    Ok(workloads)
}

/// The same for what came from an Anki package, beside Anki's engine on the same data: the times in
/// milliseconds that it took to export and to check, where it was asked.
pub fn beside_anki(
    path: &Path,
    run: &Path,
    theirs: Option<&[Sample; 2]>,
    times: usize,
) -> Fallible<Vec<Workload>> {
    let exported = exports(path, run, Format::Apkg, times)?;
    let mut checked = Sample::default();
    for _ in 0..times {
        checked.time(|| check(path))?;
    }
    let size = size(&Floor::open(path)?)?;
    let beside = |one: Workload, theirs: Option<&Sample>| match theirs {
        Some(theirs) => one.beside(theirs).within(ANKI_PART),
        None => one,
    };
    let what = |what: &str| format!("{what} of {size} from an Anki package (floor: Anki's engine)");
    Ok(vec![
        beside(
            Workload::new("export-apkg", what("Anki package"), &exported),
            theirs.map(|[export, _]| export),
        ),
        beside(
            Workload::new("check-anki", what("check"), &checked),
            theirs.map(|[_, check]| check),
        ),
    ])
}

/// Writes an export so many times, the same file anew each time.
fn exports(path: &Path, run: &Path, format: Format, times: usize) -> Fallible<Sample> {
    let mut sample = Sample::default();
    for number in 0..times {
        let out = run.join(format!("export-{format:?}-{number}"));
        sample.time(|| export(path, &out, format))?;
        if out.is_dir() { fs::remove_dir_all(&out)? } else { fs::remove_file(&out)? }
    }
    Ok(sample)
}

/// Everything in one format.
pub fn export(path: &Path, out: &Path, format: Format) -> Fallible<()> {
    let request = Request { overwrite: true, ..Request::everything(format, out.to_owned()) };
    if format == Format::Csv {
        fs::create_dir_all(out)?;
    }
    let reader = Reader::open(path)?;
    cairn_export::run(&reader, &request, NOW, &mut |_, _| ControlFlow::Continue(()))?;
    Ok(())
}

/// Looks through the whole collection, which must be sound.
pub fn check(path: &Path) -> Fallible<()> {
    let report = Reader::open(path)?
        .check(Check { thorough: false, now: NOW }, &mut |_, _| ControlFlow::Continue(()))?;
    match report.findings.first() {
        None => Ok(()),
        Some(finding) => Err(format!("the collection is not sound: {}", finding.message).into()),
    }
}

fn backups(path: &Path, run: &Path, times: usize) -> Fallible<Workload> {
    let raw = Floor::open(path)?;
    let (mut subject, mut floor) = (Sample::default(), Sample::default());
    for number in 0..times {
        subject.time(|| backup::make(path, backup::Reason::ByHand, NOW))?;
        let plain = run.join(format!("plain-{number}"));
        floor.time(|| raw.conn.execute("VACUUM INTO ?", [plain.to_string_lossy()]))?;
        fs::remove_file(plain)?;
    }
    let what = "backup: copied, verified, compressed (floor: a plain VACUUM INTO)";
    Ok(Workload::new("backup", what, &subject).beside(&floor).within(BACKUP_TIMES))
}

fn size(raw: &Floor) -> Fallible<String> {
    let [notes, cards, rows] = ["note", "card", "review_log"].map(|table| {
        raw.conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))
    });
    Ok(format!("{} notes with {} cards and {} rows of the log", notes?, cards?, rows?))
}
