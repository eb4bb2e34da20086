//! Tables: CSV, TSV and what spreadsheets and Quizlet really write.
//!
//! In: the bytes of a text file. Out: a [`Package`](cairn_core::package::Package) of the rows that
//! could be read, and a [`Problem`](cairn_core::package::Problem) for each that could not.
//!
//! # How a table is read
//!
//! 1. [`sniff`] finds the encoding and decodes the file into a [`Sheet`].
//! 2. [`Sheet::guess`] finds the [`Layout`]: delimiter, header, and what each column is for. A
//!    person may correct every part of it; [`Sheet::sample`] shows what the correction does.
//! 3. [`read`] makes notes of the rows.
//!
//! # Design
//!
//! Rows are cut by `split`, not by the `csv` crate: a quotation mark that is never closed must cost
//! one row and not the rest of the file, `"Nothing" said` must keep its marks, and a problem must
//! name the true line of a file with any line ends. On well-formed files the two agree, which a
//! property test holds.
//!
//! # Caps
//!
//! 64 MiB a file, 200,000 rows, 64 columns, 64 KiB a cell. Time and memory are linear in the size of
//! the file: a cell is copied once, when its note is made.

mod choice;
mod columns;
mod directives;
mod encoding;
mod guess;
mod header;
mod layout;
mod measure;
mod named;
mod read;
mod row;
mod sheet;
mod split;
mod text;
mod words;

pub use encoding::Encoding;
pub use layout::{Column, Delimiter, Kind, Layout};
pub use read::{DeckNames, read};
pub use sheet::{Sample, Sheet, sniff};

/// Largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;
/// Most rows of a file.
pub const MAX_ROWS: usize = 200_000;
/// Most cells of a row.
pub const MAX_COLUMNS: usize = 64;
/// Longest cell, in bytes of UTF-8.
pub const MAX_CELL_BYTES: usize = 64 * 1024;
