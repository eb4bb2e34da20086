//! What to measure, and at which size.

use std::path::PathBuf;

use clap::Parser;

/// Measures Cairn, each workload beside its floor in the same run.
#[derive(Debug, Clone, Parser)]
#[command(name = "bench", about)]
pub struct Options {
    /// Cards of the collection.
    #[arg(long, default_value_t = 100_000)]
    pub cards: usize,
    /// Rows of its log.
    #[arg(long, default_value_t = 500_000)]
    pub rows: usize,
    /// Answers to give, and then to take back.
    #[arg(long, default_value_t = 400)]
    pub answers: usize,
    /// Small sizes, to see in a few seconds that everything runs. The figures mean little.
    #[arg(long)]
    pub quick: bool,
    /// Also measure in the real window. Needs a display, CAIRN_APP and TAURI_DRIVER.
    #[arg(long)]
    pub window: bool,
    /// Also measure Anki's own engine. Needs CAIRN_ANKI_PYTHON.
    #[arg(long)]
    pub with_anki: bool,
    /// Keep the copies of the collection that were worked on.
    #[arg(long)]
    pub keep: bool,
    /// Where the JSON goes, instead of target/bench/bench.json.
    #[arg(long)]
    pub out: Option<PathBuf>,
}

/// How often each thing is done.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Cards of the collection.
    pub cards: usize,
    /// Rows of its log.
    pub rows: usize,
    /// Times that it is opened.
    pub opens: usize,
    /// Answers given and taken back.
    pub answers: usize,
    /// Answers before the first that counts: caches fill.
    pub warm_up: usize,
    /// Notes of an imported package.
    pub notes: usize,
    /// Packages imported.
    pub imports: usize,
    /// Notes of an imported file.
    pub file_notes: usize,
    /// Rows of the log of an imported Anki package.
    pub file_rows: usize,
    /// Imports of each file.
    pub file_imports: usize,
    /// Cards of the collection that is exported, checked and backed up.
    pub kept_cards: usize,
    /// Rows of its log.
    pub kept_rows: usize,
    /// Exports, checks and backups.
    pub keeps: usize,
    /// Cards of the collection that the window starts with.
    pub window_cards: usize,
    /// Rows of its log.
    pub window_rows: usize,
    /// Keys pressed in the window.
    pub keys: usize,
    /// Starts of the program.
    pub starts: usize,
}

impl Options {
    /// The sizes that the options ask for.
    pub fn sizes(&self) -> Sizes {
        if self.quick {
            return Sizes {
                cards: 2_000,
                rows: 8_000,
                opens: 5,
                answers: 30,
                warm_up: 3,
                notes: 200,
                imports: 2,
                file_notes: 400,
                file_rows: 1_600,
                file_imports: 2,
                kept_cards: 2_000,
                kept_rows: 8_000,
                keeps: 2,
                window_cards: 2_000,
                window_rows: 8_000,
                keys: 10,
                starts: 2,
            };
        }
        Sizes {
            cards: self.cards,
            rows: self.rows,
            opens: 60,
            answers: self.answers,
            warm_up: 10,
            notes: 10_000,
            imports: 3,
            file_notes: 100_000,
            file_rows: 400_000,
            file_imports: 3,
            kept_cards: 134_000,
            kept_rows: 400_000,
            keeps: 5,
            window_cards: 10_000,
            window_rows: 50_000,
            keys: 60,
            starts: 9,
        }
    }
}
