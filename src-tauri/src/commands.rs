//! The commands of the page: one for each method of `ui/src/lib/api/backend.ts`.

use std::path::Path;

use cairn_core::note::Content;
use cairn_import::view::{Choices, Preview, Report, Status};
use cairn_import::{self as import};
use cairn_store::view::{NoteText, PastImport, Step, Today, Undone};
use cairn_store::{Answer, ErrorCode, Failure, Settings};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;
use uuid::Uuid;

use crate::clock::now;
use crate::importing;
use crate::shell::{Shell, failure};
use crate::start::{self, Start};

/// Names every command once: for Tauri, and for the test that compares them with the page's list.
macro_rules! commands {
    ($($name:ident),* $(,)?) => {
        /// Answers the page's calls.
        pub fn handler() -> impl Fn(tauri::ipc::Invoke<tauri::Wry>) -> bool {
            tauri::generate_handler![$($name),*]
        }

        /// The names of all commands.
        #[cfg(test)]
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

commands!(
    start,
    today,
    begin,
    step,
    answer,
    undo,
    suspend,
    bury,
    flag,
    note_text,
    edit,
    save_settings,
    catch_up,
    mend_clock,
    key_changes_read,
    restore,
    open_address,
    import_choose,
    import_paste,
    import_waiting,
    import_again,
    import_run,
    import_status,
    import_cancel,
    save_report,
    imports,
    take_back,
);

type Given<T> = Result<T, Failure>;

#[tauri::command(async)]
fn start(shell: State<'_, Shell>) -> Start {
    start::start(&shell)
}

#[tauri::command(async)]
fn today(shell: State<'_, Shell>) -> Given<Today> {
    shell.with(|open| open.today(now()))
}

#[tauri::command(async)]
fn begin(shell: State<'_, Shell>, deck: Option<String>, limit: Option<u32>) -> Given<Step> {
    shell.with(|open| open.begin(deck.as_deref(), limit, now()))
}

#[tauri::command(async)]
fn step(shell: State<'_, Shell>) -> Given<Step> {
    shell.with(|open| open.step(now()))
}

#[tauri::command(async)]
fn answer(shell: State<'_, Shell>, answer: Answer) -> Given<Step> {
    shell.with(|open| open.answer(&answer, now()))
}

#[tauri::command(async)]
fn undo(shell: State<'_, Shell>) -> Given<Undone> {
    shell.with(|open| open.undo(now()))
}

#[tauri::command(async)]
fn suspend(shell: State<'_, Shell>, card: Uuid) -> Given<Step> {
    shell.with(|open| open.suspend(card, true, now()))
}

#[tauri::command(async)]
fn bury(shell: State<'_, Shell>, card: Uuid) -> Given<Step> {
    shell.with(|open| open.bury(card, now()))
}

#[tauri::command(async)]
fn flag(shell: State<'_, Shell>, card: Uuid, on: bool) -> Given<Step> {
    shell.with(|open| open.flag(card, on, now()))
}

#[tauri::command(async)]
fn note_text(shell: State<'_, Shell>, note: Uuid) -> Given<NoteText> {
    shell.with(|open| open.note_text(note))
}

#[tauri::command(async)]
fn edit(shell: State<'_, Shell>, note: Uuid, content: Content) -> Given<Step> {
    shell.with(|open| open.edit(note, &content, now()))
}

#[tauri::command(async)]
fn save_settings(shell: State<'_, Shell>, settings: Settings) -> Given<Settings> {
    shell.with(|open| open.save_settings(&settings, now()))
}

#[tauri::command(async)]
fn catch_up(shell: State<'_, Shell>, per_day: Option<u32>) -> Given<Today> {
    shell.with(|open| {
        open.set_catch_up(per_day, now())?;
        open.today(now())
    })
}

#[tauri::command(async)]
fn mend_clock(shell: State<'_, Shell>) -> Given<Today> {
    shell.with(|open| {
        open.mend_clock(now())?;
        open.today(now())
    })
}

#[tauri::command(async)]
fn key_changes_read(shell: State<'_, Shell>) -> Given<Today> {
    shell.with(|open| {
        open.mark_key_changes_read()?;
        open.today(now())
    })
}

#[tauri::command(async)]
fn import_choose(app: AppHandle, shell: State<'_, Shell>) -> Given<Option<Preview>> {
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
fn import_paste(app: AppHandle, shell: State<'_, Shell>, text: String) -> Given<Preview> {
    importing::of(&app).open(&shell, &[import::Given::Text(text)])
}

#[tauri::command(async)]
fn import_waiting(app: AppHandle, shell: State<'_, Shell>) -> Given<Option<Preview>> {
    let importing = importing::of(&app);
    let files = importing.waiting();
    if files.is_empty() { Ok(None) } else { importing.open(&shell, &files).map(Some) }
}

#[tauri::command(async)]
fn import_again(app: AppHandle, shell: State<'_, Shell>, choices: Choices) -> Given<Preview> {
    importing::of(&app).again(&shell, choices)
}

#[tauri::command(async)]
fn import_run(app: AppHandle, shell: State<'_, Shell>) -> Given<Report> {
    importing::of(&app).run(&shell)
}

#[tauri::command(async)]
fn import_status(app: AppHandle) -> Status {
    importing::of(&app).status()
}

#[tauri::command(async)]
fn import_cancel(app: AppHandle) {
    importing::of(&app).cancel();
}

#[tauri::command(async)]
fn save_report(app: AppHandle) -> Given<Option<String>> {
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
fn imports(shell: State<'_, Shell>) -> Given<Vec<PastImport>> {
    shell.with(|open| open.imports())
}

#[tauri::command(async)]
fn take_back(shell: State<'_, Shell>, operation: i64) -> Given<Today> {
    shell.with(|open| {
        open.take_back_import(operation, now())?;
        open.today(now())
    })
}

#[tauri::command(async)]
fn restore(shell: State<'_, Shell>, snapshot: String) -> Given<Start> {
    shell.restore(Path::new(&snapshot))?;
    Ok(start::start(&shell))
}

#[tauri::command(async)]
fn open_address(app: AppHandle, address: String) -> Given<()> {
    let refused = |message: String| {
        failure(ErrorCode::BadValue, message, "Copy the address into your browser yourself.")
    };
    if !address.starts_with("https://") {
        return Err(refused(format!("{address} is not an https address")));
    }
    app.opener()
        .open_url(&address, None::<&str>)
        .map_err(|error| refused(format!("{address} could not be opened: {error}")))
}
