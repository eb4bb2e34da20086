//! Commands of backups, the check, the salvage and the collections.

use std::path::Path;

use cairn_store::backup::{BackupSettings, Confirmed, Made, SecondFolderOffer};
use cairn_store::place::{PlaceWarning, warning};
use cairn_store::{CheckReport, KnownCollection, Repaired, SalvageReport};
use tauri::{AppHandle, State};

use super::Given;
use crate::keeping::{self, Backups, BroughtBack, Keeping};
use crate::shell::Shell;
use crate::start::Start;
use crate::{collections as known, dialogs, work};

#[tauri::command(async)]
pub fn backups(shell: State<'_, Shell>) -> Given<Backups> {
    keeping::backups(&shell)
}

#[tauri::command(async)]
pub fn backup_now(app: AppHandle, shell: State<'_, Shell>) -> Given<Made> {
    keeping::back_up(&shell, &work::of(&app))
}

#[tauri::command(async)]
pub fn backup_folder(
    app: AppHandle,
    shell: State<'_, Shell>,
    second: bool,
) -> Given<Option<BackupSettings>> {
    let Some(folder) = dialogs::folder(&app) else { return Ok(None) };
    keeping::choose_folder(&shell, Some(folder.display().to_string()), second).map(Some)
}

#[tauri::command(async)]
pub fn backup_usual_folder(shell: State<'_, Shell>, second: bool) -> Given<BackupSettings> {
    keeping::choose_folder(&shell, None, second)
}

#[tauri::command(async)]
pub fn backup_budget(shell: State<'_, Shell>, bytes: u64) -> Given<BackupSettings> {
    keeping::save_settings(&shell, |settings| settings.budget_bytes = bytes)
}

#[tauri::command(async)]
pub fn second_folder_offer(shell: State<'_, Shell>) -> Given<Option<SecondFolderOffer>> {
    keeping::offer(&shell)
}

#[tauri::command(async)]
pub fn answer_offer(shell: State<'_, Shell>, folder: Option<String>) -> Given<()> {
    keeping::answer_offer(&shell, folder)
}

#[tauri::command(async)]
pub fn restore(
    app: AppHandle,
    shell: State<'_, Shell>,
    backup: String,
    other_collection: bool,
) -> Given<BroughtBack> {
    keeping::restore(&shell, &work::of(&app), &backup, Confirmed { other_collection })
}

#[tauri::command(async)]
pub fn check(app: AppHandle, shell: State<'_, Shell>, thorough: bool) -> Given<CheckReport> {
    keeping::check(&shell, &work::of(&app), thorough)
}

#[tauri::command(async)]
pub fn repair(app: AppHandle, shell: State<'_, Shell>, thorough: bool) -> Given<Repaired> {
    keeping::repair(&shell, &work::of(&app), thorough)
}

#[tauri::command(async)]
pub fn salvage(
    app: AppHandle,
    shell: State<'_, Shell>,
    keeping: State<'_, Keeping>,
) -> Given<SalvageReport> {
    keeping.salvage(&shell, &work::of(&app))
}

#[tauri::command(async)]
pub fn use_salvaged(shell: State<'_, Shell>, keeping: State<'_, Keeping>) -> Given<Start> {
    keeping.use_salvaged(&shell)
}

#[tauri::command(async)]
pub fn place(shell: State<'_, Shell>) -> Option<PlaceWarning> {
    warning(&shell.path())
}

#[tauri::command(async)]
pub fn collections() -> Vec<KnownCollection> {
    known::list()
}

#[tauri::command(async)]
pub fn open_collection(app: AppHandle, shell: State<'_, Shell>, path: String) -> Given<Start> {
    known::open_known(&app, &shell, &path)
}

#[tauri::command(async)]
pub fn find_collection(
    app: AppHandle,
    shell: State<'_, Shell>,
    kind: String,
) -> Given<Option<Start>> {
    let Some(path) = dialogs::file(&app, &kind, &["cairn"]) else { return Ok(None) };
    known::open(&app, &shell, &path).map(Some)
}

#[tauri::command(async)]
pub fn create_collection(
    app: AppHandle,
    shell: State<'_, Shell>,
    suggested: String,
) -> Given<Option<Start>> {
    let Some(path) = dialogs::save(&app, &suggested) else { return Ok(None) };
    known::create(&app, &shell, path).map(Some)
}

#[tauri::command(async)]
pub fn usual_collection(app: AppHandle, shell: State<'_, Shell>) -> Given<Start> {
    known::open_usual(&app, &shell)
}

#[tauri::command(async)]
pub fn forget_collection(path: String) -> Given<Vec<KnownCollection>> {
    known::forget(Path::new(&path))
}
