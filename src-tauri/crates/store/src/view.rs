//! What crosses to the window and the command line. Dates are ISO `YYYY-MM-DD` study days.

use cairn_core::area::Area;
use cairn_core::note::Content;
use cairn_core::package::Reading;
use cairn_core::text::{Block, Inline};
use serde::{Deserialize, Serialize};

use crate::act::ActName;

/// What is left of today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Counts {
    /// Cards never seen.
    pub new: u32,
    /// Cards seen before, whose day has come.
    pub due: u32,
    /// Cards to see again today.
    pub drill: u32,
}

/// What is left of today in one deck.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DeckCounts {
    /// The author's id of the deck.
    pub id: String,
    /// What people see.
    pub name: String,
    /// Its part of today's new cards.
    pub new: u32,
    /// Its part of today's ready cards.
    pub due: u32,
    /// Its cards to see again today.
    pub drill: u32,
}

/// The next day that has cards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NextDue {
    /// Its date.
    pub day: String,
    /// Cards due on it.
    pub cards: u32,
}

/// A day of the month with its answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct MonthDay {
    /// Its date.
    pub day: String,
    /// Answers given on it.
    pub answers: u32,
}

/// How the exam date stands to what is left to meet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ExamOutlook {
    /// Day of the exam.
    pub date: String,
    /// Days until then; negative when it is past.
    pub days_left: i32,
    /// Day by which every card has been met at the present pace; `None` when new cards are off.
    pub all_met_by: Option<String>,
}

/// An offer to spread what has piled up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Backlog {
    /// Ready cards, whatever the limits.
    pub ready: u32,
    /// Ready cards a day.
    pub per_day: u32,
    /// Days it would take.
    pub days: u32,
}

/// A card's best answer that an update changed, as plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct KeyChange {
    /// Start of the question.
    pub question: String,
    /// What was best.
    pub was: String,
    /// What is best.
    pub now: String,
}

/// How things stand today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Today {
    /// The study day.
    pub day: String,
    /// What is left of it.
    pub counts: Counts,
    /// The same by deck, every deck in order.
    pub decks: Vec<DeckCounts>,
    /// Estimate for what is left, rounded up.
    pub minutes: u32,
    /// Whether the estimate comes from the person's own pace.
    pub pace_is_own: bool,
    /// Answers given today.
    pub answered_today: u32,
    /// Whether the limit of new cards is 0.
    pub new_switched_off: bool,
    /// A sitting that was left in the middle.
    pub open_sitting: Option<Progress>,
    /// The next day with cards, after today.
    pub next_due: Option<NextDue>,
    /// Every day of the present month.
    pub month: Vec<MonthDay>,
    /// Days of it with an answer.
    pub days_studied: u32,
    /// The exam, when its date is known.
    pub exam: Option<ExamOutlook>,
    /// Whole study days since the last one with an answer.
    pub days_away: u32,
    /// Offer to spread a large pile; none while one is being spread.
    pub backlog: Option<Backlog>,
    /// A running catch-up: ready cards a day.
    pub catch_up_per_day: Option<u32>,
    /// The earliest day after today under which cards were answered: the clock was set back.
    pub clock_behind_since: Option<String>,
    /// Best answers that an update changed since the person last said that they had read it.
    pub key_changes: Vec<KeyChange>,
    /// What undo would take back.
    pub last_act: Option<ActName>,
}

/// Why a card is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Never seen before.
    New,
    /// Its day has come.
    Review,
    /// Once more today.
    Drill,
}

/// What one grade would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(rename = "Outcome"))]
pub struct OutcomeView {
    /// 0 to 5.
    pub grade: u8,
    /// Day on which the card comes next.
    pub due: String,
    /// Days from today until then.
    pub in_days: i32,
    /// Interval of the rule in days, before fuzz.
    pub interval_days: u32,
    /// Whether it comes once more today.
    pub drill_today: bool,
}

/// An option of a choice card, in the order shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ShownOption {
    /// Stable id.
    pub id: String,
    /// What it says.
    pub text: Vec<Inline>,
    /// Whether it is right.
    pub right: bool,
    /// Why it is or is not best.
    pub reason: Vec<Block>,
}

/// Where a card comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ShownSource {
    /// Title of the work.
    pub title: String,
    /// Who published it; may be empty.
    pub publisher: String,
    /// `https:` address; may be empty.
    pub address: String,
    /// How it was read.
    pub how: Reading,
    /// When; `None` when nobody can vouch for a date.
    pub read_on: Option<String>,
    /// Where in it; may be empty.
    pub place: String,
}

/// A picture or a sound of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ShownMedia {
    /// The name by which the text calls it.
    pub name: String,
    /// SHA-256 of its bytes, by which it is served.
    pub sha256: String,
    /// What it is: `image/png`, `audio/mpeg` …
    pub mime: String,
}

/// A card with all that can be done with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Shown {
    /// Names the state shown; goes back with the answer.
    pub token: String,
    /// UUID of the card.
    pub card: String,
    /// UUID of its note.
    pub note: String,
    /// Why it is shown.
    pub phase: Phase,
    /// Which kind of note it is.
    #[cfg_attr(feature = "ts", ts(type = "\"basic\" | \"cloze\" | \"faces\" | \"choice\""))]
    pub kind: String,
    /// Name of its deck.
    pub deck: String,
    /// Its exam area.
    pub area: Option<Area>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The question.
    pub front: Vec<Block>,
    /// The answer; empty for a choice.
    pub back: Vec<Block>,
    /// The options, shuffled; empty unless a choice.
    pub options: Vec<ShownOption>,
    /// Corrective for the exam; may be empty.
    pub corrective: Vec<Block>,
    /// The pictures and sounds that its texts name.
    pub media: Vec<ShownMedia>,
    /// Where it comes from.
    pub sources: Vec<ShownSource>,
    /// Day after which the fact should be checked again.
    pub expires: Option<String>,
    /// Whether that day has passed.
    pub expired: bool,
    /// Whether the person flagged it.
    pub flagged: bool,
    /// What was the best answer before an update changed it, until the card is answered again.
    pub best_was: Option<String>,
    /// Whether it may need rewriting.
    pub leech: bool,
    /// Whether the person changed the text it came with.
    pub edited: bool,
    /// Grades 0 to 5 in order; in the drill 1 (not yet) and 4 (got it).
    pub outcomes: Vec<OutcomeView>,
}

/// How far a sitting has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Progress {
    /// Cards answered in it, each once.
    pub done: u32,
    /// These and those still to come; cards to see again don't count.
    pub total: u32,
    /// Cards to see again today.
    pub drill: u32,
    /// Cards of a short sitting.
    pub limit: Option<u32>,
}

/// Measured recall: first answers of the day on cards that were seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Recall {
    /// Remembered (3 or better).
    pub right: u32,
    /// Asked.
    pub of: u32,
}

/// What a sitting came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Done {
    /// Cards answered, each once.
    pub studied: u32,
    /// Of these, new ones.
    pub new_cards: u32,
    /// Of these, seen before.
    pub reviews: u32,
    /// Answers in the drill.
    pub drilled: u32,
    /// Time with cards, in milliseconds.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub taken_ms: u64,
    /// Measured recall; none when no card was seen before.
    pub recall: Option<Recall>,
    /// The next day with cards, after today.
    pub next_due: Option<NextDue>,
    /// What is left of today beyond this sitting.
    pub left_today: Counts,
}

/// Where a sitting stands: a card, or the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Step {
    /// The card to be answered.
    pub shown: Option<Shown>,
    /// How far the sitting has come.
    pub progress: Progress,
    /// What undo would take back.
    pub last_act: Option<ActName>,
    /// What it came to, when nothing is left.
    pub done: Option<Done>,
}

/// What was taken back, and where the sitting stands now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Undone {
    /// The act that was taken back.
    pub act: ActName,
    /// Where the sitting stands.
    pub step: Step,
}

/// An import that stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PastImport {
    /// The operation that did it.
    #[cfg_attr(feature = "ts", ts(type = "number"))]
    pub operation: i64,
    /// Name of the file.
    pub name: String,
    /// When, RFC 3339, UTC.
    pub at: String,
    /// Notes that it brought.
    pub notes: u32,
    /// Answers given since to their cards.
    pub answers: u32,
}

/// The text of a note, for editing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct NoteText {
    /// UUID of the note.
    pub note: String,
    /// Its text.
    pub content: Content,
    /// The text it came with, when the person changed it.
    pub base: Option<Content>,
    /// Name of its deck.
    pub deck: String,
}
