//! The words of findings.

use super::view::{FindingKind, Remedy};

/// Longest example, in characters.
pub(crate) const LONGEST: usize = 80;

/// What can be done about a kind of finding, and the words for it.
pub(crate) fn remedy(what: FindingKind) -> (Remedy, &'static str) {
    match what {
        FindingKind::File => (
            Remedy::Salvage,
            "Go back to a backup, or salvage what can still be read into a new file. The damaged file stays as it is.",
        ),
        FindingKind::Index => (Remedy::Repair, "The repair makes the index anew from its table."),
        FindingKind::References => (
            Remedy::Repair,
            "The repair gives cards and answers without a note a note out of sight, so that they are kept, and clears away what belongs to nothing.",
        ),
        FindingKind::Schedules => (
            Remedy::Repair,
            "The repair works the schedules out anew from the log of your answers.",
        ),
        FindingKind::Log => (
            Remedy::ByHand,
            "These answers stay as they are and count for nothing. A backup may hold them whole.",
        ),
        FindingKind::Decks => {
            (Remedy::Repair, "The repair puts each card into the deck of its note.")
        }
        FindingKind::MissingCards => (Remedy::Repair, "The repair makes the cards, as new ones."),
        FindingKind::ExtraCards => (
            Remedy::Repair,
            "The repair takes the cards out of sight; their answers stay in the log.",
        ),
        FindingKind::Notes => (
            Remedy::Repair,
            "The repair brings back the text as it was before; where there is none, it keeps what is left in a plain card for you to mend.",
        ),
        FindingKind::Areas => (Remedy::Repair, "The repair writes the area anew."),
        FindingKind::Search => (Remedy::Repair, "The repair makes the search index anew."),
        FindingKind::Media => (
            Remedy::Repair,
            "The repair looks for the files in the backups. Otherwise put them back, or import the deck again.",
        ),
        FindingKind::UnusedMedia => (Remedy::None, "They do no harm and may be left."),
        FindingKind::Settings => {
            (Remedy::Repair, "The repair sets them back to what Cairn starts with.")
        }
        FindingKind::Clock => (
            Remedy::None,
            "Nothing is wrong with your answers; check that the clock of this computer is right.",
        ),
        FindingKind::Operations => (Remedy::None, "It does no harm and stays in the history."),
    }
}

/// `1 card has`, `5 cards have`.
pub(crate) fn many(count: u32, one: &str, several: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        n => format!("{n} {several}"),
    }
}
