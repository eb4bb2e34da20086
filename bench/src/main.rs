//! Measures Cairn: `./dev bench`.
//!
//! # Context
//! A number of milliseconds says nothing without the machine it was measured on. So each workload
//! has a floor beside it, raw SQLite (or an empty handler in the page) doing the same reads and
//! writes with the same durability, and both take turns within one run: what slows the machine down
//! slows both.
//!
//! # Design
//! * `seed` makes the collections, once per size, and copies them before each run.
//! * `work` has a module a workload on the collection; `floor` is what they are held against.
//! * `window` drives the real program through WebDriver and reads the page's own marks.
//! * `report` prints the table and writes `target/bench/bench.json`. Whether a promise is kept is
//!   said in words: a slow machine is no failure of the program, so the exit code stays 0.

mod floor;
mod machine;
mod options;
mod report;
mod sample;
mod seed;
#[cfg(target_os = "linux")]
mod window;
mod work;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;

use machine::Machine;
use options::{Options, Sizes};
use report::{Report, Workload};
use work::Pair;
use work::files::Programs;

/// What a measurement gives: it may fail in many ways, all of which end the run.
type Fallible<T> = Result<T, Box<dyn Error>>;

fn main() -> Fallible<()> {
    let options = Options::parse();
    let sizes = options.sizes();
    let folder = folder();
    fs::create_dir_all(&folder)?;
    let mut report = Report::new(Machine::look(&folder)?, &sizes);
    let mut runs = tempfile::Builder::new().prefix("run-").tempdir_in(&folder)?;
    runs.disable_cleanup(options.keep);
    report.workloads = on_collection(&folder, runs.path(), &sizes)?;
    report.workloads.extend(of_keeping(&folder, runs.path(), &sizes)?);
    report.workloads.extend(of_files(&folder, runs.path(), &sizes, options.with_anki)?);
    if options.window {
        report.workloads.extend(in_window(&folder, runs.path(), &sizes)?);
    }
    print!("{}", report.table());
    let out = options.out.unwrap_or_else(|| folder.join("bench.json"));
    fs::write(&out, serde_json::to_string_pretty(&report)? + "\n")?;
    println!("\nwritten to {}", out.display());
    if options.keep {
        println!("copies kept in {}", runs.path().display());
    }
    Ok(())
}

/// `target/bench`, wherever the target folder is.
fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join("target"),
        PathBuf::from,
    );
    target.join("bench")
}

fn on_collection(folder: &Path, run: &Path, sizes: &Sizes) -> Fallible<Vec<Workload>> {
    let size = seed::Size { cards: sizes.cards, rows: sizes.rows, now: seed::NOW };
    let made = seed::collection(folder, size)?;
    let pair = Pair { subject: run.join("subject.cairn"), floor: run.join("floor.cairn") };
    seed::copy(&made, &pair.subject)?;
    seed::copy(&made, &pair.floor)?;
    let mut workloads = vec![work::open::measure(&pair.subject, sizes.opens)?];
    workloads.extend(work::answer::measure(&pair, sizes.warm_up, sizes.answers)?);
    workloads.push(work::undo::measure(&pair, sizes.warm_up, sizes.answers)?);
    workloads.push(work::import::measure(&pair, sizes.notes, sizes.imports)?);
    workloads.push(work::rebuild::measure(&pair)?);
    Ok(workloads)
}

/// Exports, backups and checks of a collection that is kept for long.
fn of_keeping(folder: &Path, run: &Path, sizes: &Sizes) -> Fallible<Vec<Workload>> {
    let size = seed::Size { cards: sizes.kept_cards, rows: sizes.kept_rows, now: seed::NOW };
    let path = run.join("kept.cairn");
    seed::copy(&seed::collection(folder, size)?, &path)?;
    let mut workloads = work::keep::measure(&path, run, sizes.keeps)?;
    workloads.extend(work::keep::meanwhile(&path, run)?);
    Ok(workloads)
}

/// Whole files, through the command line.
fn of_files(folder: &Path, run: &Path, sizes: &Sizes, with_anki: bool) -> Fallible<Vec<Workload>> {
    let Some(mut programs) = Programs::find() else {
        eprintln!("bench: import-csv left out: CAIRN_CLI does not name the command line");
        return Ok(Vec::new());
    };
    if !with_anki {
        programs.anki = None;
    } else if programs.anki.is_none() {
        return Err("--with-anki needs CAIRN_ANKI_PYTHON; `./dev bench --with-anki` sets it".into());
    }
    let (notes, times) = (sizes.file_notes, sizes.file_imports);
    let mut workloads = work::files::table(&programs, run, notes, times)?;
    let both = (folder, run);
    workloads.extend(work::files::anki(&programs, both, (notes, sizes.file_rows), times)?);
    Ok(workloads)
}

#[cfg(target_os = "linux")]
fn in_window(folder: &Path, run: &Path, sizes: &Sizes) -> Fallible<Vec<Workload>> {
    window::measure(folder, run, sizes)
}

/// There is no WebDriver for the web view of the other systems that could be asked.
#[cfg(not(target_os = "linux"))]
fn in_window(_: &Path, _: &Path, _: &Sizes) -> Fallible<Vec<Workload>> {
    Err("--window runs on Linux only".into())
}
