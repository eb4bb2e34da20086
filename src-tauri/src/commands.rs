//! The commands of the page: one for each method of `ui/src/lib/api/backend.ts`.

mod export;
mod import;
mod keep;

use cairn_core::note::Content;
use cairn_store::view::{NoteText, Step, Today, Undone};
use cairn_store::{Answer, ErrorCode, Failure, Settings};
use tauri::ipc::Invoke;
use tauri::{AppHandle, State, Wry};
use tauri_plugin_opener::OpenerExt;
use uuid::Uuid;

use self::export::*;
use self::import::*;
use self::keep::*;
use crate::clock::now;
use crate::shell::{Shell, failure};
use crate::start::{self, Start};
use crate::window::MAIN;

/// Names every command once: for Tauri, and for the test that compares them with the page's list.
macro_rules! commands {
    ($($name:ident),* $(,)?) => {
        fn own() -> impl Fn(Invoke<Wry>) -> bool {
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
    work_status,
    work_cancel,
    export_save,
    export_replace,
    export_show,
    export_reveal,
    export_open,
    backups,
    backup_now,
    backup_folder,
    backup_usual_folder,
    backup_budget,
    second_folder_offer,
    answer_offer,
    restore,
    check,
    repair,
    salvage,
    use_salvaged,
    place,
    collections,
    open_collection,
    find_collection,
    create_collection,
    usual_collection,
    forget_collection,
);

type Given<T> = Result<T, Failure>;

/// Answers the calls of the page, and of no other window.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool {
    let own = own();
    move |invoke| {
        if invoke.message.webview_ref().label() == MAIN {
            return own(invoke);
        }
        invoke.resolver.reject("this window may ask for nothing");
        true
    }
}

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
