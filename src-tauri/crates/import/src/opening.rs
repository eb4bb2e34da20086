//! Files that were read and wait for a person's word.

use std::ops::ControlFlow;
use std::path::PathBuf;

use cairn_core::day::Moment;
use cairn_core::package::{Package, Problem};
use cairn_formats::{scratch, table};
use cairn_store::{Collection, Intake, TakeIn, backup};
use tempfile::TempDir;

use crate::beside::read_markdown;
use crate::choices;
use crate::error::{Error, Result};
use crate::files::{self, Body, File, Given, Zone};
use crate::part::{Part, named, read_anki, read_json, whole};
use crate::unite::unite;
use crate::view::{Choices, FileProblem, Format, Phase, Report};

/// Problems that are kept of all files; the others are counted.
const KEPT_PROBLEMS: usize = 1000;
/// Told what is done and how far it is; `Break` ends it with nothing changed.
pub type Watch<'a> = &'a mut dyn FnMut(Phase, u64, u64) -> ControlFlow<()>;

/// A table that can be read again in another way.
pub(crate) struct OpenTable {
    pub(crate) file: usize,
    bytes: Vec<u8>,
    pub(crate) sheet: table::Sheet,
    pub(crate) layout: table::Layout,
}

/// Files that were read and wait for a person's word.
pub struct Opening {
    pub(crate) names: Vec<String>,
    pub(crate) format: Format,
    pub(crate) choices: Choices,
    parts: Vec<Part>,
    pub(crate) tables: Vec<OpenTable>,
    /// Everything that could be read, as one.
    pub(crate) package: Package,
    staging: TempDir,
}

impl Opening {
    /// Reads what a person gives. Faults inside a file are part of the preview.
    ///
    /// # Errors
    /// `Unreadable`, `UnknownKind`, `Nothing`, `TooMany`, `Staging`, `Cancelled`.
    pub fn open(given: &[Given], zone: Zone, watch: Watch<'_>) -> Result<Self> {
        let files = files::gather(given)?;
        let staging = scratch::folder().map_err(Error::Staging)?;
        let mut opening = Self {
            names: files.iter().map(|file| file.name.clone()).collect(),
            format: files.first().map_or(Format::Table, |file| file.format),
            choices: Choices::default(),
            parts: Vec::new(),
            tables: Vec::new(),
            package: Package::default(),
            staging,
        };
        for (at, file) in files.into_iter().enumerate() {
            opening.read(at, file, zone, watch)?;
        }
        if let Some(table) = opening.tables.first() {
            opening.choices.table = Some(choices::of_layout(&table.layout));
            opening.choices.deck =
                (!names_its_deck(table)).then(|| deck_name(&opening.names[table.file]));
        }
        opening.read_tables();
        opening.unite();
        Ok(opening)
    }

    fn read(&mut self, at: usize, file: File, zone: Zone, watch: Watch<'_>) -> Result<()> {
        let part = match (file.format, file.body) {
            (Format::Anki, Body::Path(path)) => {
                read_anki(&path, &file.name, zone, self.staging.path(), watch)?
            }
            (Format::Markdown, Body::Bytes(bytes)) => {
                read_markdown(&bytes, &file.name, file.path.as_deref(), self.staging.path())?
            }
            (Format::Json, Body::Bytes(bytes)) => {
                read_json(&bytes, &file.name, self.staging.path())?
            }
            (_, Body::Bytes(bytes)) => match table::sniff(&bytes) {
                Ok(sheet) => {
                    let layout = sheet.guess();
                    self.tables.push(OpenTable { file: at, bytes, sheet, layout });
                    Part::default()
                }
                Err(problems) => whole(Err(problems), &file.name),
            },
            (_, Body::Path(path)) => return Err(Error::UnknownKind(path.display().to_string())),
        };
        self.parts.push(part);
        if watch(Phase::Reading, at as u64 + 1, self.names.len() as u64).is_break() {
            return Err(Error::Cancelled);
        }
        Ok(())
    }

    /// Takes other choices, and reads tables again where they changed.
    ///
    /// # Errors
    /// `BadChoice`; the former choices stay.
    pub fn choose(&mut self, wanted: Choices) -> Result<()> {
        if let Some(chosen) = &wanted.table {
            let encoding = choices::encoding_of(chosen)?;
            let delimiter = choices::delimiter_of(chosen)?;
            let columns = choices::columns_of(chosen);
            let before = self.choices.table.clone();
            for table in &mut self.tables {
                if table.layout.encoding != encoding {
                    table.sheet = table::Sheet::with_encoding(&table.bytes, encoding.clone())
                        .map_err(|problems| faulty(&problems))?;
                }
                let mut layout = table::Layout {
                    delimiter,
                    header: chosen.header,
                    html: chosen.html,
                    encoding: encoding.clone(),
                    columns: columns.clone(),
                    ..table.layout.clone()
                };
                // Other columns come out of another delimiter: they are guessed anew.
                let is_cut_anew = before.as_ref().is_some_and(|before| {
                    before.delimiter != chosen.delimiter || before.encoding != chosen.encoding
                });
                if is_cut_anew {
                    layout = table.sheet.guess_with(delimiter);
                    layout.encoding = encoding.clone();
                }
                table.layout = layout;
            }
        }
        self.choices = wanted;
        self.choices.table = self.tables.first().map(|table| choices::of_layout(&table.layout));
        if !self.tables.is_empty() {
            self.package = Package::default();
            self.read_tables();
            self.unite();
        }
        Ok(())
    }

    fn read_tables(&mut self) {
        for table in &self.tables {
            let file = &self.names[table.file];
            let name = self.choices.deck.clone().unwrap_or_else(|| deck_name(file));
            let names = table::DeckNames::from_title(&name);
            let (package, problems) = table::read(&table.sheet, &table.layout, &names);
            self.parts[table.file] = Part {
                package,
                problems: named(problems, file),
                refused: false,
                remarks: Vec::new(),
            };
        }
    }

    /// All that could be read as one package; decks of one id become one. A part that is never
    /// united again is moved into it: a large package would lie in memory more than once.
    fn unite(&mut self) {
        let is_table = |at: usize| self.tables.iter().any(|table| table.file == at);
        let is_moved = |at: usize| self.tables.is_empty() || is_table(at);
        let parts = self.parts.iter_mut().enumerate().map(|(at, part)| match is_moved(at) {
            true => std::mem::take(&mut part.package),
            false => part.package.clone(),
        });
        self.package = unite(parts.collect());
    }

    /// What was chosen, or guessed.
    pub fn choices(&self) -> &Choices {
        &self.choices
    }

    /// What the files are (the first of them, when they differ).
    pub fn format(&self) -> Format {
        self.format
    }

    /// The file of a picture or sound that waits, with its type.
    pub fn media_file(&self, sha256: &str) -> Option<(PathBuf, String)> {
        let media = self.package.media.iter().find(|media| media.sha256 == sha256)?;
        Some((self.staging.path().join(sha256), media.mime.clone()))
    }

    /// Everything that could not be read.
    pub fn problems(&self) -> impl Iterator<Item = &FileProblem> {
        self.parts.iter().flat_map(|part| &part.problems)
    }

    /// How much could not be read.
    pub fn unreadable(&self) -> u32 {
        u32::try_from(self.problems().count()).unwrap_or(u32::MAX)
    }

    pub(crate) fn remarks(&self) -> Vec<String> {
        let refused = self.parts.iter().zip(&self.names).filter(|(part, _)| part.refused);
        let refused = refused.map(|(_, name)| {
            format!("{name} has faults. Nothing is imported until they are mended.")
        });
        refused.chain(self.parts.iter().flat_map(|part| part.remarks.iter().cloned())).collect()
    }

    /// Whether a fault keeps everything out.
    pub fn is_refused(&self) -> bool {
        self.parts.iter().any(|part| part.refused)
    }

    /// The names of the files; pasted text has none.
    pub(crate) fn files(&self) -> Vec<String> {
        self.names.iter().filter(|name| !name.is_empty()).cloned().collect()
    }

    /// The files, in short.
    pub fn name(&self) -> String {
        match self.names.as_slice() {
            [one] => one.clone(),
            [first, others @ ..] => format!("{first} and {} more", others.len()),
            [] => String::new(),
        }
    }

    pub(crate) fn how<'a>(&'a self, name: &'a str) -> TakeIn<'a> {
        TakeIn {
            existing: self.choices.existing,
            fresh: self.choices.fresh,
            media: Some(self.staging.path()),
            ..TakeIn::new(Intake::Import, name)
        }
    }

    /// Brings it all in, as one act.
    ///
    /// # Errors
    /// `Faulty` when a file has faults, `Cancelled`, and those of the collection. Nothing changed.
    pub fn run(
        &self,
        collection: &mut Collection,
        now: Moment,
        watch: Watch<'_>,
    ) -> Result<Report> {
        if self.is_refused() {
            let first = self.problems().next();
            let words = first.map_or_else(
                || "a file has faults".to_owned(),
                |p| format!("{}:{}: {}", p.file, p.line, p.message),
            );
            return Err(Error::Faulty(words));
        }
        let name = self.name();
        backup::make_if_changed(collection.path(), backup::Reason::BeforeImport, now)?;
        let mut on = |done, all| watch(Phase::Writing, done, all);
        let done = collection
            .take_in_as(&self.package, &self.how(&name), now, &mut on)
            .map_err(cancelled)?;
        Ok(Report {
            files: self.files(),
            counts: done.into(),
            unreadable: self.unreadable(),
            problems: self.problems().take(KEPT_PROBLEMS).cloned().collect(),
            operation: done.operation,
        })
    }
}

pub(crate) fn cancelled(error: cairn_store::Error) -> Error {
    match error {
        cairn_store::Error::Cancelled => Error::Cancelled,
        error => Error::Store(error),
    }
}

fn faulty(problems: &[Problem]) -> Error {
    let words = problems.first().map_or("the file can't be read so", |p| p.message.as_str());
    Error::BadChoice(words.to_owned())
}

/// The name of a deck from the name of its file.
fn deck_name(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let words = stem.replace(['_', '-'], " ");
    let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { "Imported cards".to_owned() } else { name }
}

fn names_its_deck(table: &OpenTable) -> bool {
    table.layout.deck.is_some() || table.layout.columns.contains(&table::Column::Deck)
}
