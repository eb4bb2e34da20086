//! What goes out comes in again the same: any collection as Cairn JSON, any deck as text.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "round_trip/deck_text.rs"]
mod deck_text;
#[path = "round_trip/json.rs"]
mod json;
#[path = "round_trip/life.rs"]
mod life;
#[path = "round_trip/strategies.rs"]
mod strategies;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use cairn_core::day::Moment;
use cairn_export::view::{Exported, Format, Request};
use cairn_import::view::{Phase, Report};
use cairn_import::{Given, Opening, Zone};
use cairn_store::Collection;
use tempfile::TempDir;

/// Noon in California, 21 November 2026, and so many days later.
fn noon(days: i64) -> Moment {
    Moment { utc_ms: 1_795_291_200_000 + days * 86_400_000, offset_minutes: -480 }
}

fn empty() -> (TempDir, Collection) {
    let folder = tempfile::tempdir().unwrap();
    let collection = Collection::open(&folder.path().join("c.cairn"), noon(0)).unwrap();
    (folder, collection)
}

fn export(collection: &Collection, format: Format, out: &Path, deck: Option<&str>) -> Exported {
    let deck = deck.map(str::to_owned);
    let request = Request { deck, ..Request::everything(format, out.to_owned()) };
    let mut on = |_, _| ControlFlow::Continue(());
    cairn_export::run(&collection.reader().unwrap(), &request, noon(90), &mut on).unwrap()
}

fn opened(path: PathBuf) -> Opening {
    let mut on = |_: Phase, _, _| ControlFlow::Continue(());
    let zone = Zone { now: noon(90), start_hour: 4 };
    Opening::open(&[Given::Path(path)], zone, &mut on).unwrap()
}

fn import(collection: &mut Collection, path: PathBuf) -> Report {
    let mut on = |_: Phase, _, _| ControlFlow::Continue(());
    let opening = opened(path);
    let told = opening.preview(collection, &mut on).unwrap();
    let done = opening.run(collection, noon(90), &mut on).unwrap();
    assert_eq!(done.counts, told.counts, "the preview tells what happens");
    done
}
