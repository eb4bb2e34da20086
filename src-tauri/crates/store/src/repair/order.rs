//! What is mended, and in which order.

use crate::check::view::{CheckReport, FindingKind, Remedy};
use crate::error::{Error, Result};

/// The kinds that were found, can be mended and are asked for, in the order of mending.
pub(super) fn wanted(found: &CheckReport, only: &[FindingKind]) -> Result<Vec<FindingKind>> {
    if let Some(file) = found.findings.iter().find(|finding| finding.what == FindingKind::File) {
        let what = file.examples.first().unwrap_or(&file.message).clone();
        return Err(Error::Damaged(what));
    }
    Ok(ORDER
        .into_iter()
        .filter(|kind| only.is_empty() || only.contains(kind))
        .filter(|kind| {
            let mut findings = found.findings.iter();
            findings.any(|found| found.what == *kind && found.remedy == Remedy::Repair)
        })
        .collect())
}

/// The kinds to mend one by one: notes and cards that come back bring others with them.
pub(super) fn with_what_follows(wanted: &[FindingKind]) -> Vec<FindingKind> {
    let brings = [
        FindingKind::References,
        FindingKind::Notes,
        FindingKind::Decks,
        FindingKind::ExtraCards,
        FindingKind::MissingCards,
    ];
    let follow = [
        FindingKind::Areas,
        FindingKind::Decks,
        FindingKind::ExtraCards,
        FindingKind::MissingCards,
        FindingKind::Schedules,
    ];
    let more = wanted.iter().any(|kind| brings.contains(kind));
    ORDER
        .into_iter()
        .filter(|kind| *kind != FindingKind::Index)
        .filter(|kind| wanted.contains(kind) || more && follow.contains(kind))
        .collect()
}

/// The kinds that a salvage mends, one by one. A new file has new indexes; schedules are weighed
/// against what was lost (`salvage::anew`), and pictures and sounds lie beside the old file.
pub(crate) fn in_a_new_file() -> impl Iterator<Item = FindingKind> {
    let elsewhere = [FindingKind::Index, FindingKind::Schedules, FindingKind::Media];
    ORDER.into_iter().filter(move |kind| !elsewhere.contains(kind))
}

/// What comes later builds on what comes first.
const ORDER: [FindingKind; 11] = [
    FindingKind::Index,
    FindingKind::Settings,
    FindingKind::References,
    FindingKind::Notes,
    FindingKind::Areas,
    FindingKind::Decks,
    FindingKind::ExtraCards,
    FindingKind::MissingCards,
    FindingKind::Search,
    FindingKind::Schedules,
    FindingKind::Media,
];

/// What was mended, for people.
pub(super) fn subject(kinds: &[FindingKind]) -> String {
    let names: Vec<String> = kinds.iter().map(|kind| kind.name().replace('_', " ")).collect();
    names.join(", ")
}
