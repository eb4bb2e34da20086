//! The desktop shell: one window around a collection.
//!
//! Only this crate knows Tauri. A command is two lines: lock the collection, call it. Everything
//! that can be decided without a window is decided in `cairn-store`.

// No console window beside ours on Windows.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

mod clock;
mod collections;
mod commands;
mod dialogs;
mod exporting;
mod housekeeping;
mod importing;
mod keeping;
mod media;
mod report;
mod shell;
mod start;
mod window;
mod work;

#[cfg(test)]
mod bindings;

use std::process::ExitCode;

use tauri::{Manager, RunEvent};

use crate::exporting::Exporting;
use crate::importing::Importing;
use crate::keeping::Keeping;
use crate::shell::Shell;
use crate::work::Work;

/// A development build has its own collection, and its own name among the running programs.
const DEVELOPMENT: bool = cfg!(debug_assertions);

fn main() -> ExitCode {
    window::prepare_environment();
    let mut context = tauri::generate_context!();
    if DEVELOPMENT {
        context.config_mut().identifier.push_str(".development");
    }
    let app = tauri::Builder::default()
        // First, so that a second start ends before it opens anything.
        .plugin(tauri_plugin_single_instance::init(|app, words, folder| {
            importing::of(app).offer(app, importing::files_of(&words, folder.as_ref()));
            window::bring_to_front(app);
        }))
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .register_asynchronous_uri_scheme_protocol(media::SCHEME, media::serve)
        .register_uri_scheme_protocol(report::SCHEME, report::serve)
        .on_window_event(window::on_event)
        .invoke_handler(commands::handler())
        .setup(|app| {
            let shell = {
                let (path, known) = collections::first()?;
                Shell::new(path, known)
            };
            shell.open_in_background();
            housekeeping::begin(&shell);
            app.manage(shell);
            app.manage(Importing::default());
            app.manage(Exporting::default());
            app.manage(Work::default());
            app.manage(Keeping::default());
            let words: Vec<String> = std::env::args().collect();
            let folder = std::env::current_dir().unwrap_or_default();
            importing::of(app.handle()).offer(app.handle(), importing::files_of(&words, &folder));
            window::open(app)?;
            Ok(())
        })
        .build(context);
    match app {
        Ok(app) => {
            app.run(|app, event| {
                if let RunEvent::Exit = event {
                    // What was staged of files that were only looked at goes with it.
                    app.state::<Importing>().let_go();
                    app.state::<Shell>().close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cairn: the window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}
