//! The page's half of the contract, made from this one's. Run with `UPDATE_BINDINGS=1` to write it.

use std::path::PathBuf;

use cairn_core::{area, drill, note, package, text};
use cairn_export::view as export;
use cairn_import::view as import;
use cairn_store::{self as store, backup, place, view};
use ts_rs::{Config, TS};

use crate::commands;
use crate::{keeping, start, work};

const HEADER: &str = "// Made from the Rust types by `UPDATE_BINDINGS=1 cargo test -p cairn bindings`. Not to be edited.\n";

fn page(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ui/src/lib/api").join(file)
}

/// Every type that crosses, as TypeScript.
fn declarations() -> String {
    let config = Config::default();
    let mut text = String::from(HEADER);
    macro_rules! declare {
        ($($type:ty),* $(,)?) => {
            $( text.push_str(&format!("\nexport {}\n", <$type as TS>::decl(&config))); )*
        };
    }
    declare!(
        area::Area,
        package::Reading,
        text::Inline,
        text::Block,
        note::ChoiceOption,
        note::Face,
        note::Content,
        view::Counts,
        view::DeckCounts,
        view::NextDue,
        view::MonthDay,
        store::ActKind,
        store::ActName,
        view::ExamOutlook,
        view::Backlog,
        view::Progress,
        view::KeyChange,
        view::Today,
        view::Phase,
        view::OutcomeView,
        view::ShownOption,
        view::ShownSource,
        view::ShownMedia,
        view::Shown,
        view::Recall,
        view::Done,
        view::Step,
        store::Answer,
        view::Undone,
        view::NoteText,
        view::PastImport,
        store::Existing,
        import::Format,
        import::Column,
        import::TableChoices,
        import::Choices,
        import::FileProblem,
        import::Counts,
        import::DeckSize,
        import::SampleCard,
        import::TableView,
        import::Preview,
        import::Report,
        import::Phase,
        import::Status,
        export::Format,
        export::Request,
        export::ExportedFile,
        export::Exported,
        work::Phase,
        work::Status,
        drill::DrillRule,
        store::Theme,
        store::Motion,
        store::ShortcutAction,
        store::Shortcuts,
        store::Settings,
        backup::Reason,
        backup::Lost,
        backup::Backup,
        backup::Made,
        backup::BackupSettings,
        backup::OtherDisk,
        backup::SecondFolderOffer,
        backup::Restored,
        backup::RestoredFrom,
        keeping::Backups,
        keeping::BroughtBack,
        store::FindingKind,
        store::Weight,
        store::Remedy,
        store::Finding,
        store::CheckReport,
        store::Mended,
        store::Repaired,
        store::Salvaged,
        store::SalvageReport,
        place::PlaceKind,
        place::PlaceWarning,
        store::KnownCollection,
        store::ErrorCode,
        store::Failure,
        start::About,
        start::Start,
    );
    text
}

#[test]
fn the_types_of_the_page_are_those_of_the_shell() {
    let file = page("generated.ts");
    let wanted = declarations();
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::write(&file, &wanted).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap();
    assert!(
        found == wanted,
        "{} is not up to date: run `UPDATE_BINDINGS=1 cargo test -p cairn bindings`",
        file.display()
    );
}

#[test]
fn the_page_and_the_shell_know_the_same_commands() {
    let text = std::fs::read_to_string(page("commands.ts")).unwrap();
    let list = text.split_once('[').unwrap().1.split_once(']').unwrap().0;
    let theirs: Vec<&str> = list
        .split(',')
        .map(|name| name.trim().trim_matches('\''))
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(theirs, commands::NAMES);
}

#[test]
fn the_page_may_load_nothing_from_outside_and_ask_for_nothing_else() {
    let config: serde_json::Value =
        serde_json::from_str(include_str!("../tauri.conf.json")).unwrap();
    let csp = config["app"]["security"]["csp"].as_object().unwrap();
    assert_eq!(csp["default-src"], "'none'");
    for (directive, value) in csp {
        let value = value.as_str().unwrap();
        for word in value.split(' ') {
            let media = ["cairn-media:", "http://cairn-media.localhost"].contains(&word)
                && ["img-src", "connect-src"].contains(&directive.as_str());
            let player = word == "blob:" && directive == "media-src";
            let allowed = ["'none'", "'self'", "ipc:", "http://ipc.localhost"].contains(&word)
                || media
                || player;
            assert!(allowed, "{directive} allows {word}");
        }
    }
    let capability: serde_json::Value =
        serde_json::from_str(include_str!("../capabilities/main.json")).unwrap();
    for permission in capability["permissions"].as_array().unwrap() {
        let permission = permission.as_str().unwrap();
        assert!(permission.starts_with("core:event:"), "the page may {permission}");
    }
}
