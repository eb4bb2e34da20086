//! Taking in large files through the command line, as a person does: a table beside raw SQLite that
//! inserts the same rows, and an Anki package beside Anki's own engine.
//!
//! # Context
//! `CAIRN_CLI` is the release program (`./dev bench` builds it and says where it is); what it takes
//! is measured from its start to its end, with the closing of the collection. `CAIRN_ANKI_PYTHON` is
//! a Python that has Anki's engine (`--with-anki`), of which the import alone is measured.

mod child;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use cairn_core::note::Content;
use cairn_core::package::Facts;
use cairn_store::{Collection, Settings};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use uuid::Uuid;

use super::import;
use crate::Fallible;
use crate::floor::{Floor, Note};
use crate::report::Workload;
use crate::sample::Sample;
use crate::seed::{NOW, package};
use child::{Ran, run};

/// What a table may take, as a multiple of the floor.
const TABLE_TIMES: f64 = 2.5;
/// What a package may take, as a part of what Anki takes.
const ANKI_PART: f64 = 1.0 / 3.0;
/// Most memory that a table may take, in MiB.
const TABLE_MIB: f64 = 400.0;
/// To be raised with every change of what `with_anki.py` makes.
const GENERATION: u32 = 1;

/// The programs that are measured.
#[derive(Debug, Clone)]
pub struct Programs {
    /// The command line.
    pub cli: PathBuf,
    /// A Python with Anki's engine.
    pub anki: Option<PathBuf>,
}

impl Programs {
    /// What the environment names; the command line is also looked for beside this program.
    pub fn find() -> Option<Self> {
        let beside = || {
            let name = format!("cairn-cli{}", std::env::consts::EXE_SUFFIX);
            Some(std::env::current_exe().ok()?.with_file_name(name))
        };
        let cli = std::env::var_os("CAIRN_CLI").map(PathBuf::from).or_else(beside)?;
        let anki = std::env::var_os("CAIRN_ANKI_PYTHON").map(PathBuf::from);
        cli.is_file().then_some(Self { cli, anki })
    }
}

/// Takes in a table of so many notes, `times` times, each time into an empty collection.
pub fn table(
    programs: &Programs,
    folder: &Path,
    notes: usize,
    times: usize,
) -> Fallible<Vec<Workload>> {
    let file = folder.join("large.csv");
    fs::write(&file, csv(notes))?;
    let (mut subject, mut floor, mut memory) =
        (Sample::default(), Sample::default(), Sample::default());
    for number in 0..times {
        let ours = empty(folder, &format!("table-{number}"))?;
        let ran = take_in(programs, &ours, &file, notes)?;
        subject.add(ran.ms);
        ran.peak_mib.into_iter().for_each(|mib| memory.add(mib));
        let theirs = empty(folder, &format!("table-floor-{number}"))?;
        let mut raw = Floor::open(&theirs)?;
        let (operation, deck) = import::prepare(&mut raw, "large")?;
        let rows = rows(&ours, deck, operation)?;
        floor.time(|| import::insert(&mut raw, &rows).map(|()| drop(raw)))?;
        fs::remove_file(ours)?;
        fs::remove_file(theirs)?;
    }
    let what = format!("cairn-cli import of a table with {notes} notes");
    let time = Workload::new("import-csv", what, &subject).beside(&floor).within(TABLE_TIMES);
    Ok(vec![time, held("import-csv-mem", &memory).median_within(TABLE_MIB)])
}

/// Takes in an Anki package of so many notes and rows of the log, `times` times, each time into an
/// empty collection; with Anki's engine, in turns with it. No workload where there is no package:
/// Anki's engine makes it, once.
pub fn anki(
    programs: &Programs,
    (kept, run_folder): (&Path, &Path),
    (notes, rows): (usize, usize),
    times: usize,
) -> Fallible<Vec<Workload>> {
    let file = kept.join(format!("anki-{notes}-{rows}-{GENERATION}.apkg"));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("with_anki.py");
    if !file.exists() {
        let Some(python) = &programs.anki else {
            eprintln!("bench: import-apkg left out: `./dev bench --with-anki` makes its package");
            return Ok(Vec::new());
        };
        eprintln!("bench: making an Anki package of {notes} notes with {rows} rows (once) …");
        let (notes, rows) = (notes.to_string(), rows.to_string());
        run(
            python,
            &[script.as_ref(), "make".as_ref(), file.as_ref(), notes.as_ref(), rows.as_ref()],
        )?;
    }
    let [mut subject, mut theirs, mut memory, mut their_memory] =
        std::array::from_fn(|_| Sample::default());
    let mut kept = Vec::new();
    let their_keeping = match &programs.anki {
        Some(python) => {
            let times = times.to_string();
            let arguments = [script.as_ref(), "keep".as_ref(), file.as_ref(), times.as_ref()];
            let said = run(python, &arguments)?.said;
            Some([sample(&said["export_ms"])?, sample(&said["check_ms"])?])
        }
        None => None,
    };
    for number in 0..times {
        let ours = empty(run_folder, &format!("anki-{number}"))?;
        let ran = take_in(programs, &ours, &file, notes)?;
        subject.add(ran.ms);
        ran.peak_mib.into_iter().for_each(|mib| memory.add(mib));
        if number + 1 == times {
            kept = super::keep::beside_anki(&ours, run_folder, their_keeping.as_ref(), times)?;
        }
        fs::remove_file(ours)?;
        if let Some(python) = &programs.anki {
            let ran = run(python, &[script.as_ref(), "import".as_ref(), file.as_ref()])?;
            check(&ran.said, "notes", notes)?;
            check(&ran.said, "rows", rows)?;
            theirs.add(ran.said["ms"].as_f64().ok_or("Anki's engine gave no time")?);
            ran.said["peak_mib"].as_f64().into_iter().for_each(|mib| their_memory.add(mib));
        }
    }
    let what =
        format!("cairn-cli import of an Anki package, {notes} notes, {rows} rows of the log");
    let mut time = Workload::new("import-apkg", what, &subject);
    let mut peak = held("import-apkg-mem", &memory);
    if programs.anki.is_some() {
        time.what.push_str("; floor: Anki's own engine");
        peak.what.push_str("; floor: Anki's own engine");
        time = time.beside(&theirs).within(ANKI_PART);
        peak = peak.beside(&their_memory);
    }
    Ok([vec![time, peak], kept].concat())
}

/// Times that another program measured.
fn sample(said: &Value) -> Fallible<Sample> {
    let mut sample = Sample::default();
    for value in said.as_array().ok_or("Anki's engine gave no times")? {
        sample.add(value.as_f64().ok_or("Anki's engine gave a time that is no number")?);
    }
    Ok(sample)
}

fn held(name: &'static str, memory: &Sample) -> Workload {
    Workload::new(name, "the most memory that it held meanwhile", memory).in_unit("MiB")
}

/// A collection without notes.
fn empty(folder: &Path, name: &str) -> Fallible<PathBuf> {
    let path = folder.join(format!("{name}.cairn"));
    let mut collection = Collection::open(&path, NOW)?;
    // Other than the default, so that there is an operation whose device the floor can use.
    collection.set_up(&Settings { new_per_day: 21, ..Settings::default() }, NOW)?;
    collection.refuse_content()?;
    Ok(path)
}

fn take_in(programs: &Programs, collection: &Path, file: &Path, notes: usize) -> Fallible<Ran> {
    let [collection, file] = [collection.as_ref(), file.as_ref()];
    let arguments =
        ["--collection".as_ref(), collection, "--json".as_ref(), "import".as_ref(), file];
    let ran = run(&programs.cli, &arguments)?;
    check(&ran.said, "added", notes)?;
    Ok(ran)
}

fn check(said: &Value, name: &str, wanted: usize) -> Fallible<()> {
    if said[name].as_u64() == Some(wanted as u64) {
        return Ok(());
    }
    Err(format!("{wanted} were to be imported, but of {name} there are {}", said[name]).into())
}

/// A table with question, answer and tags.
fn csv(notes: usize) -> String {
    let mut out = String::from("question,answer,tags\n");
    let mut quoted = |text: &str, end: char| {
        let _ = write!(out, "\"{}\"{end}", text.replace('"', "\"\""));
    };
    // Of three notes of a package, one is a question with an answer.
    for deck in package("large", notes * 3).decks {
        for note in deck.notes {
            if let Content::Basic { front, back, .. } = &note.content {
                quoted(front, ',');
                quoted(&back.replace("**", ""), ',');
                quoted(&note.facts.tags.join(" "), '\n');
            }
        }
    }
    out
}

/// What Cairn wrote, for the floor to repeat.
fn rows(collection: &Path, deck: i64, operation: i64) -> Fallible<Vec<Note>> {
    let conn = Connection::open_with_flags(collection, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut notes = conn.prepare(
        "SELECT note.id, note.uuid, content, facts, area, position, origin.deck, item
         FROM note JOIN origin ON origin.note = note.id ORDER BY note.id",
    )?;
    let mut cards = conn.prepare("SELECT ordinal, uuid FROM card WHERE note = ? ORDER BY id")?;
    let mut rows = notes.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let of_note = cards.query_map([row.get::<_, i64>(0)?], |row| {
            Ok((row.get(0)?, Uuid::from_bytes(row.get(1)?)))
        })?;
        let (content, facts): (String, String) = (row.get(2)?, row.get(3)?);
        let [front, back] = import::searched(&serde_json::from_str(&content)?);
        let tags = serde_json::from_str::<Facts>(&facts)?.tags.join(" ");
        found.push(Note {
            uuid: Uuid::from_bytes(row.get(1)?),
            deck,
            slug: row.get(6)?,
            item: row.get(7)?,
            clock: 1,
            content,
            facts,
            area: None,
            position: row.get(5)?,
            operation,
            cards: of_note.collect::<rusqlite::Result<_>>()?,
            searched: [front, back, tags],
        });
    }
    Ok(found)
}
