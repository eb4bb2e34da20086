//! Where a person's files are: the system's own dialogs.
//!
//! A program can't press their buttons, so a development build takes the answer from the file that
//! `CAIRN_DIALOG` names: one path, or nothing for a dialog that is closed.

use std::path::PathBuf;

use cairn_export::view::Request;
use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder, FilePath};

/// Lets the person say where an export goes. Without a `suggested` name it goes into a folder.
pub fn place(app: &AppHandle, request: Request, suggested: Option<&str>) -> Option<Request> {
    match suggested {
        Some(name) => Some(Request { out: save(app, name)?, overwrite: true, ..request }),
        None => Some(Request { out: folder(app)?, overwrite: false, ..request }),
    }
}

/// A new file. The dialog itself asks before one that is there is replaced.
pub fn save(app: &AppHandle, suggested: &str) -> Option<PathBuf> {
    let name = file_name(suggested);
    let asked = || path(app.dialog().file().set_file_name(&name).blocking_save_file());
    answered().map_or_else(asked, |answer| {
        answer.map(|path| if path.is_dir() { path.join(&name) } else { path })
    })
}

/// A folder that is there, or one that is made in the dialog.
pub fn folder(app: &AppHandle) -> Option<PathBuf> {
    let asked =
        || path(app.dialog().file().set_can_create_directories(true).blocking_pick_folder());
    answered().unwrap_or_else(asked)
}

/// A file that is there.
pub fn file(app: &AppHandle, kind: &str, endings: &[&str]) -> Option<PathBuf> {
    let dialog: FileDialogBuilder<_> = app.dialog().file().add_filter(kind, endings);
    answered().unwrap_or_else(|| path(dialog.blocking_pick_file()))
}

fn path(chosen: Option<FilePath>) -> Option<PathBuf> {
    chosen?.into_path().ok()
}

/// A name that no system takes for a path, or refuses.
fn file_name(suggested: &str) -> String {
    let bad = |c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c);
    let name: String = suggested.chars().map(|c| if bad(c) { '-' } else { c }).collect();
    name.trim().trim_start_matches('.').to_owned()
}

/// The answer that stands in the file of `CAIRN_DIALOG`, where that is set.
#[cfg(debug_assertions)]
fn answered() -> Option<Option<PathBuf>> {
    let file = std::env::var_os("CAIRN_DIALOG")?;
    let answer = std::fs::read_to_string(file).unwrap_or_default();
    let answer = answer.trim();
    Some((!answer.is_empty()).then(|| PathBuf::from(answer)))
}

#[cfg(not(debug_assertions))]
fn answered() -> Option<Option<PathBuf>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suggested_name_is_never_a_path() {
        assert_eq!(file_name("Peer support: ethics.apkg"), "Peer support- ethics.apkg");
        assert_eq!(file_name("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(file_name(" a\\b\u{7}?.md "), "a-b--.md");
    }
}
