//! A collection as a person leaves it: decks that came in, answers, edits, settings, things undone.

use std::fs;
use std::ops::ControlFlow;

use cairn_core::note::Content;
use cairn_core::package::Package;
use cairn_store::view::ShownOption;
use cairn_store::{Answer, Collection, Intake, TakeIn};
use chrono::NaiveDate;
use tempfile::TempDir;
use uuid::Uuid;

use super::noon;

/// What a person does next.
#[derive(Debug, Clone)]
pub enum Deed {
    Answer(u8),
    Suspend,
    Bury,
    Flag,
    /// Changes the text of the card that is shown.
    Edit(String),
    Undo,
    Setting(u32),
    CatchUp(Option<u32>),
    /// Some days pass.
    Sleep(i64),
}

/// The files of a package as a staging folder holds them.
pub fn staging(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (sha256, bytes) in files {
        fs::write(folder.path().join(sha256), bytes).unwrap();
    }
    folder
}

pub fn take_in(collection: &mut Collection, package: &Package, intake: Intake, staging: &TempDir) {
    let how = TakeIn { media: Some(staging.path()), ..TakeIn::new(intake, "p") };
    let mut on = |_, _| ControlFlow::Continue(());
    collection.take_in_as(package, &how, noon(0), &mut on).unwrap();
}

/// Does it all, one thing after the other.
pub fn live(collection: &mut Collection, deeds: &[Deed]) {
    let mut now = noon(1);
    for deed in deeds {
        now.utc_ms += 7_000;
        let step = collection.begin(None, None, now).unwrap();
        let card = step.shown.as_ref();
        let id = |id: &str| id.parse::<Uuid>().unwrap();
        match (deed, card) {
            (Deed::Sleep(days), _) => now.utc_ms += days * 86_400_000,
            (Deed::Undo, _) => drop(collection.undo(now)),
            (Deed::Setting(n), _) => {
                let mut settings = collection.settings().clone();
                (settings.new_per_day, settings.fuzz) = (*n, n % 2 == 0);
                settings.exam_date = NaiveDate::from_ymd_opt(2027, 3, 1 + n % 28);
                collection.save_settings(&settings, now).unwrap();
            }
            (Deed::CatchUp(per_day), _) => collection.set_catch_up(*per_day, now).unwrap(),
            (_, None) => {}
            (Deed::Answer(grade), Some(shown)) => {
                let grade = match shown.outcomes.len() {
                    2 if *grade < 3 => 1,
                    2 => 4,
                    _ => *grade,
                };
                let fits = |option: &&ShownOption| option.right == (grade >= 3);
                let option = shown.options.iter().find(fits).map(|option| option.id.clone());
                let answer = Answer { token: shown.token.clone(), grade, taken_ms: 4000, option };
                collection.answer(&answer, now).unwrap();
            }
            (Deed::Suspend, Some(shown)) => {
                collection.suspend(id(&shown.card), true, now).unwrap();
            }
            (Deed::Bury, Some(shown)) => drop(collection.bury(id(&shown.card), now).unwrap()),
            (Deed::Flag, Some(shown)) => drop(collection.flag(id(&shown.card), true, now).unwrap()),
            (Deed::Edit(words), Some(shown)) => {
                let note = id(&shown.note);
                let text = collection.note_text(note).unwrap().content;
                // A text that would make no card is refused, and nothing is changed.
                drop(collection.edit(note, &edited(text, words), now));
            }
        }
    }
}

/// The text with other words where the question stands.
fn edited(content: Content, words: &str) -> Content {
    match content {
        Content::Basic { back, both_ways, note, .. } => {
            Content::Basic { front: words.into(), back, both_ways, note }
        }
        Content::Cloze { note, .. } => {
            Content::Cloze { text: format!("{words} {{{{c2::gap}}}}"), note }
        }
        Content::Faces { mut faces, note } => {
            faces.truncate(1);
            faces[0].front = words.into();
            Content::Faces { faces, note }
        }
        Content::Choice { options, note, .. } => {
            Content::Choice { stem: words.into(), options, note }
        }
    }
}
