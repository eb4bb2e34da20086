//! Commands of an export, and of all longer work.

use cairn_export::view::{Exported, Request};
use cairn_store::{ErrorCode, Failure};
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

use super::Given;
use crate::shell::{Shell, failure};
use crate::{dialogs, exporting, report, work};

#[tauri::command(async)]
pub fn work_status(app: AppHandle) -> work::Status {
    work::of(&app).status()
}

#[tauri::command(async)]
pub fn work_cancel(app: AppHandle) {
    work::of(&app).cancel();
}

#[tauri::command(async)]
pub fn export_save(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: Request,
    suggested: Option<String>,
) -> Given<Option<Exported>> {
    let Some(request) = dialogs::place(&app, request, suggested.as_deref()) else {
        return Ok(None);
    };
    exporting::of(&app).save(&shell, &work::of(&app), request).map(Some)
}

#[tauri::command(async)]
pub fn export_replace(app: AppHandle, shell: State<'_, Shell>) -> Given<Exported> {
    exporting::of(&app).replace(&shell, &work::of(&app))
}

#[tauri::command(async)]
pub fn export_show(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: Request,
    print: bool,
) -> Given<()> {
    exporting::of(&app).show(&shell, &work::of(&app), request, print)?;
    report::open(&app).map_err(|error| told(&error))
}

#[tauri::command(async)]
pub fn export_reveal(app: AppHandle) -> Given<()> {
    let file = exporting::of(&app).written()?;
    app.opener().reveal_item_in_dir(file).map_err(|error| told(&error))
}

#[tauri::command(async)]
pub fn export_open(app: AppHandle) -> Given<()> {
    let file = exporting::of(&app).written()?;
    app.opener().open_path(file.display().to_string(), None::<&str>).map_err(|error| told(&error))
}

/// What the system could not do.
fn told(error: &dyn std::error::Error) -> Failure {
    failure(ErrorCode::Internal, format!("the system answered: {error}"), "Your file is saved.")
}
