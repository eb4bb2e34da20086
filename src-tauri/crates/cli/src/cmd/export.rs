//! `export --format json --out FILE`: decks with their schedules and history as a file. The file is
//! complete or not there: it is written beside its place first.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cairn_core::package::{Package, PackageCard};
use cairn_formats::json;
use clap::ValueEnum;
use serde_json::json;

use crate::Context;
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct Export {
    /// The format of the file.
    #[arg(long, value_enum)]
    format: Format,
    /// The file to write.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Only this deck, by its id or its name.
    #[arg(long, value_name = "NAME")]
    deck: Option<String>,
    /// Write over a file that is there.
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Cairn JSON: text, schedules and history (docs/formats.md).
    Json,
}

impl Export {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        self.check_place()?;
        let package = context.open()?.reader()?.package(self.deck.as_deref())?;
        let Format::Json = self.format;
        let bytes = self
            .write(|out| json::print(&package, out))
            .map_err(|error| Failure::unwritable(&self.out, &error))?;
        let said = counts(&package, &self.out, bytes);
        context.out.value(&said, |said| {
            let count = |key: &str, one: &str, many: &str| match said[key].as_u64() {
                Some(1) => format!("1 {one}"),
                n => format!("{} {many}", n.unwrap_or_default()),
            };
            let media = match package.media.len() {
                0 => "",
                _ => "; pictures and sounds are named only",
            };
            format!(
                "{}: {}, {}, {}, {}{media}",
                self.out.display(),
                count("decks", "deck", "decks"),
                count("notes", "note", "notes"),
                count("cards", "card", "cards"),
                count("rows", "row of history", "rows of history"),
            )
        })?;
        Ok(ExitCode::SUCCESS)
    }

    /// Refuses a place where something is that nobody asked to write over.
    fn check_place(&self) -> Result<(), Failure> {
        if self.out.is_dir() || self.out.file_name().is_none() {
            return Err(Failure::usage(
                format!("{} is a folder", self.out.display()),
                "Name a file in it, such as decks.json.",
            ));
        }
        if !self.force && self.out.exists() {
            return Err(Failure::usage(
                format!("{} is there already", self.out.display()),
                "Choose another name, or write over it with --force.",
            ));
        }
        Ok(())
    }

    /// Writes beside the place and puts it there when it is complete; gives its size.
    fn write(&self, print: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> io::Result<u64> {
        let partial = partial(&self.out);
        let file = File::create_new(&partial)?;
        let written = complete(file, print).and_then(|size| {
            if !self.force && self.out.exists() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            fs::rename(&partial, &self.out)?;
            Ok(size)
        });
        match &written {
            Ok(_) => sync_folder(&self.out),
            Err(_) => drop(fs::remove_file(&partial)),
        }
        written
    }
}

/// Writes a file, makes sure that it is on the disk, and closes it; gives its size.
fn complete(
    file: File,
    print: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> io::Result<u64> {
    let mut out = BufWriter::with_capacity(1 << 16, file);
    print(&mut out)?;
    out.flush()?;
    out.get_ref().sync_all()?;
    Ok(out.get_ref().metadata()?.len())
}

/// A name beside the file that no other run of the program takes.
fn partial(out: &Path) -> PathBuf {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    out.with_file_name(format!(".{name}.{}.part", std::process::id()))
}

/// Makes sure that the new name is on the disk too, where the system can.
fn sync_folder(out: &Path) {
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Ok(folder) = File::open(folder.unwrap_or(Path::new("."))) {
        let _ = folder.sync_all();
    }
}

fn counts(package: &Package, out: &Path, bytes: u64) -> serde_json::Value {
    let notes = || package.decks.iter().flat_map(|deck| &deck.notes);
    let cards = || notes().flat_map(|note| &note.cards);
    json!({
        "format": "cairn-json",
        "file": out.display().to_string(),
        "bytes": bytes,
        "decks": package.decks.len(),
        "notes": notes().count(),
        "cards": cards().count(),
        "rows": cards().map(|card: &PackageCard| card.log.len()).sum::<usize>(),
        "media": package.media.len(),
    })
}
