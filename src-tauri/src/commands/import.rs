//! Commands of an import.

use cairn_import as import;
use cairn_import::view::{Choices, Preview, Report, Status};
use cairn_store::view::{PastImport, Today};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;

use super::Given;
use crate::clock::now;
use crate::importing;
use crate::shell::Shell;

#[tauri::command(async)]
pub fn import_choose(app: AppHandle, shell: State<'_, Shell>) -> Given<Option<Preview>> {
    let chosen = app
        .dialog()
        .file()
        .set_title("Import cards")
        .add_filter("Cards", &["md", "csv", "tsv", "tab", "txt", "json", "apkg", "colpkg"])
        .blocking_pick_files();
    let Some(chosen) = chosen else { return Ok(None) };
    let files: Vec<import::Given> = chosen
        .into_iter()
        .filter_map(|file| Some(import::Given::Path(file.into_path().ok()?)))
        .collect();
    importing::of(&app).open(&shell, &files).map(Some)
}

#[tauri::command(async)]
pub fn import_paste(app: AppHandle, shell: State<'_, Shell>, text: String) -> Given<Preview> {
    importing::of(&app).open(&shell, &[import::Given::Text(text)])
}

#[tauri::command(async)]
pub fn import_waiting(app: AppHandle, shell: State<'_, Shell>) -> Given<Option<Preview>> {
    let importing = importing::of(&app);
    let files = importing.waiting();
    if files.is_empty() { Ok(None) } else { importing.open(&shell, &files).map(Some) }
}

#[tauri::command(async)]
pub fn import_again(app: AppHandle, shell: State<'_, Shell>, choices: Choices) -> Given<Preview> {
    importing::of(&app).again(&shell, choices)
}

#[tauri::command(async)]
pub fn import_run(app: AppHandle, shell: State<'_, Shell>) -> Given<Report> {
    importing::of(&app).run(&shell)
}

#[tauri::command(async)]
pub fn import_status(app: AppHandle) -> Status {
    importing::of(&app).status()
}

#[tauri::command(async)]
pub fn import_cancel(app: AppHandle) {
    importing::of(&app).cancel();
}

#[tauri::command(async)]
pub fn save_report(app: AppHandle) -> Given<Option<String>> {
    let chosen = app
        .dialog()
        .file()
        .set_title("Save the report")
        .set_file_name("cairn-import.csv")
        .blocking_save_file();
    let Some(path) = chosen.and_then(|file| file.into_path().ok()) else { return Ok(None) };
    importing::of(&app).save_report(&path)?;
    Ok(Some(path.display().to_string()))
}

#[tauri::command(async)]
pub fn imports(shell: State<'_, Shell>) -> Given<Vec<PastImport>> {
    shell.with(|open| open.imports())
}

#[tauri::command(async)]
pub fn take_back(shell: State<'_, Shell>, operation: i64) -> Given<Today> {
    shell.with(|open| {
        open.take_back_import(operation, now())?;
        open.today(now())
    })
}
