//! `collections`: the collections that this computer knows.

use std::process::ExitCode;

use cairn_store::{Collections, KnownCollection, config_folder};
use serde_json::json;

use crate::Context;
use crate::cmd::backup::count;
use crate::failure::Failure;

pub fn run(context: &Context) -> Result<ExitCode, Failure> {
    let folder = config_folder(cfg!(debug_assertions));
    let known = folder.map_or_else(Vec::new, |folder| Collections::load(&folder).list());
    let value = json!({ "collections": known });
    context.out.value(&value, |_| match known.as_slice() {
        [] => "The window has not opened any collection yet.".to_owned(),
        known => known.iter().map(line).collect::<Vec<_>>().join("\n"),
    })?;
    Ok(ExitCode::SUCCESS)
}

fn line(known: &KnownCollection) -> String {
    let last = if known.last { ", opened last" } else { "" };
    let holds = match (known.exists, known.cards, known.answers) {
        (true, Some(cards), Some(answers)) => {
            format!("{}, {}", count(cards, "card"), count(answers, "answer"))
        }
        (true, ..) => "can't be read".to_owned(),
        (false, ..) => "not there".to_owned(),
    };
    format!("{}: {holds}{last}\n  {}", known.name, known.path)
}
