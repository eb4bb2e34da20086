//! The program in its real window, driven as a person drives it: tauri-driver and WebKitWebDriver
//! press real keys, an X server without a screen draws it, and `cairn-cli` looks into the file.
//!
//! `./dev test window` brings the display, the message bus and the paths (`CAIRN_APP`, `CAIRN_CLI`,
//! `TAURI_DRIVER`, `CAIRN_SCREENS`). Each test has a collection and a pretended time of its own.
//! Nothing sleeps for luck: [`Window::until`](window::Window::until) asks the page until it says yes.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod deck;
mod desk;
mod display;
mod driver;
mod gallery;
mod keys;
mod package;
mod person;
mod window;

mod absence;

mod collections;
mod crash;
mod dialogs;
mod fence;
mod first_start;
mod guards;
mod hostile;
mod importing;
mod keeping;
mod long_import;
mod review;
mod screens;
mod second_start;
mod settings;
mod sharing;
mod short;
mod trouble;
mod undo;
