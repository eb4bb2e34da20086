//! Anki packages, as Anki writes them and as an enemy would.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "anki/support.rs"]
mod support;

#[path = "anki/hostile.rs"]
mod hostile;
#[path = "anki/made.rs"]
mod made;
#[path = "anki/shapes.rs"]
mod shapes;
#[path = "anki/state.rs"]
mod state;
