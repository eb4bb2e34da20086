//! The decks that come with the program, read from `content/decks` when it is built.

use cairn_core::hash;
use cairn_core::package::Package;

use crate::deck_markdown;

/// The texts of the decks, in the order in which they are listed.
const DECKS: [&str; 10] = [
    include_str!("../../../../content/decks/exam-day.md"),
    include_str!("../../../../content/decks/lived-experience.md"),
    include_str!("../../../../content/decks/administrative-responsibilities.md"),
    include_str!("../../../../content/decks/behavioral-health-foundations.md"),
    include_str!("../../../../content/decks/interpersonal-skills.md"),
    include_str!("../../../../content/decks/recovery-support.md"),
    include_str!("../../../../content/decks/advocacy.md"),
    include_str!("../../../../content/decks/community-inclusion.md"),
    include_str!("../../../../content/decks/resource-linkage.md"),
    include_str!("../../../../content/decks/crisis-management.md"),
];

/// Names this release of the content: another text has another name.
pub fn fingerprint() -> String {
    hash::fingerprint(&DECKS.concat())
}

/// The decks. A test holds that none has a fault.
pub fn packages() -> Vec<Package> {
    DECKS.iter().filter_map(|text| deck_markdown::parse(text).ok()).collect()
}

#[cfg(test)]
mod tests;
