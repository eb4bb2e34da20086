//! One card and one answer as a row of a table: what `store` reads and `formats` prints, with text
//! that is borrowed, since there are hundreds of thousands.

use std::borrow::Cow;

use uuid::Uuid;

use crate::day::StudyDay;
use crate::schedule::Schedule;

/// A card with its state.
#[derive(Debug, Clone, PartialEq)]
pub struct CardRow<'a> {
    /// The card.
    pub card: Uuid,
    /// Its note.
    pub note: Uuid,
    /// Name of its deck.
    pub deck: &'a str,
    /// Kind of its note: `basic`, `cloze`, `faces` or `choice`.
    pub kind: &'a str,
    /// Which card of the note: `front`, `back`, `c1`, `t1` …
    pub key: &'a str,
    /// The question, plain text.
    pub question: &'a str,
    /// The answer, plain text; the right options of a choice, one a line.
    pub answer: &'a str,
    /// Free words.
    pub tags: &'a [Cow<'a, str>],
    /// Code of the exam area of the note, such as `CM`; empty for none.
    pub area: &'a str,
    /// Core competencies, 1 to 17.
    pub competencies: &'a [u8],
    /// Ids of the concepts that the note teaches.
    pub concepts: &'a [Cow<'a, str>],
    /// Keys of its sources.
    pub sources: &'a [Cow<'a, str>],
    /// How the card stands today.
    pub state: CardState,
    /// Where it stands in the schedule.
    pub schedule: Schedule,
    /// The study day on which it comes next; `None` for a new card.
    pub due: Option<StudyDay>,
    /// Hidden on study days before this one.
    pub buried_until: Option<StudyDay>,
    /// Whether it is flagged.
    pub flagged: bool,
    /// Study day of its last answer of any kind.
    pub last_answered: Option<StudyDay>,
    /// Its answers, those given in another program too.
    pub answers: u32,
}

/// How a card stands on a study day. The first that fits holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardState {
    /// Set aside.
    Suspended,
    /// Hidden until a later study day.
    Buried,
    /// Never answered, or reset.
    New,
    /// In the schedule.
    Review,
}

impl CardState {
    /// The state in a word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Suspended => "suspended",
            Self::Buried => "buried",
            Self::New => "new",
            Self::Review => "review",
        }
    }
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerRow<'a> {
    /// Its card.
    pub card: Uuid,
    /// Name of the deck in which the card lies now.
    pub deck: &'a str,
    /// Study day.
    pub day: StudyDay,
    /// When, in milliseconds since 1970, UTC.
    pub at_ms: i64,
    /// Local time minus UTC, in minutes.
    pub offset_minutes: i32,
    /// `review`, `drill`, `cram`, `mock`, or `foreign` for an answer given in another program.
    pub kind: &'a str,
    /// The grade, 0 to 5.
    pub grade: Option<u8>,
    /// Id of the option chosen, or the text typed; empty for neither.
    pub response: &'a str,
    /// Time taken, in milliseconds.
    pub taken_ms: u32,
    /// Interval before it, in days; `None` for a new card.
    pub before_interval_days: Option<u32>,
    /// Interval after it, in days.
    pub after_interval_days: Option<u32>,
    /// Ease after it, in hundredths.
    pub after_ease_hundredths: Option<u32>,
    /// The study day on which the card came next after it.
    pub after_due: Option<StudyDay>,
    /// Days late.
    pub late_days: Option<u32>,
    /// Rule by which it was worked out.
    pub rule: &'a str,
}

/// A study day to come, with the cards that are ready on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayLoad {
    /// The day.
    pub day: StudyDay,
    /// Ready cards; new ones come on top.
    pub ready: u32,
}
