//! The rules of Cairn, pure: what a grade does to a card, which day it is, what comes next.
//!
//! # Context
//! Nothing here reads a clock, a file or a random number: `now`, the day and the seed come in as
//! arguments, so that every rule can be tested with a table.
//!
//! # Design
//! One press of a grade passes through small functions, each apart, in this order:
//! [`late::base_interval`] → [`sm2::next`] (with the maximum) → [`fuzz::days`]; [`outcome::outcome`]
//! strings them together and is the only caller. A card's schedule is the [`fold`] of its log rows.
//! What comes next is chosen by [`queue::select`], from which the counts are taken too.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod area;
pub mod backlog;
pub mod cloze;
pub mod day;
pub mod drill;
pub mod face;
pub mod fold;
pub mod fuzz;
pub mod grade;
pub mod hash;
pub mod hlc;
pub mod late;
pub mod note;
pub mod outcome;
pub mod package;
pub mod policy;
pub mod progress;
pub mod queue;
pub mod recall;
pub mod retention;
pub mod rows;
pub mod schedule;
pub mod sm2;
pub mod text;
pub mod turns;
