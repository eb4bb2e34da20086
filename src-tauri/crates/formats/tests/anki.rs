//! Anki packages, as Anki writes them and as an enemy would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "anki/support.rs"]
mod support;

#[path = "anki/again.rs"]
mod again;
#[path = "anki/hostile.rs"]
mod hostile;
#[path = "anki/last_review.rs"]
mod last_review;
#[path = "anki/made.rs"]
mod made;
#[path = "anki/shapes.rs"]
mod shapes;
#[path = "anki/state.rs"]
mod state;
#[path = "anki/strategies.rs"]
mod strategies;
#[path = "anki/written.rs"]
mod written;
