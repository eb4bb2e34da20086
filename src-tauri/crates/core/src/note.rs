//! What a note holds, and the cards that come from it.

use serde::{Deserialize, Serialize};

use crate::cloze;

/// The text of a note, by kind. All text is Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Content {
    /// A question and its answer.
    Basic {
        /// The question.
        front: String,
        /// The answer.
        back: String,
        /// Whether a second card asks from the answer to the question.
        #[serde(default)]
        both_ways: bool,
        /// Corrective for the exam; empty when there is none.
        #[serde(default)]
        note: String,
    },
    /// A text with gaps, `{{c1::hidden::hint}}`.
    Cloze {
        /// The text.
        text: String,
        /// Corrective for the exam; empty when there is none.
        #[serde(default)]
        note: String,
    },
    /// Cards whose faces stand by themselves, as another program's templates made them.
    Faces {
        /// The faces, in order; their keys are unique.
        faces: Vec<Face>,
        /// Corrective for the exam; empty when there is none.
        #[serde(default)]
        note: String,
    },
    /// A question with options to choose from.
    Choice {
        /// The question.
        stem: String,
        /// The options as written; shown shuffled.
        options: Vec<ChoiceOption>,
        /// Corrective for the exam; empty when there is none.
        #[serde(default)]
        note: String,
    },
}

/// One card of a note with faces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Face {
    /// Ordinal key of the card, `t1`, `t2` …
    pub key: String,
    /// The question.
    pub front: String,
    /// The answer.
    pub back: String,
}

/// One option of a choice note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ChoiceOption {
    /// Stable id within the note.
    pub id: String,
    /// What it says.
    pub text: String,
    /// Whether choosing it is right.
    pub right: bool,
    /// Why it is or is not best.
    pub reason: String,
}

impl Content {
    /// Ordinal keys of the cards that this note makes, in order: `front`, `back`, `c1`, `t1` …
    pub fn card_keys(&self) -> Vec<String> {
        match self {
            Self::Basic { both_ways: true, .. } => vec!["front".into(), "back".into()],
            Self::Basic { .. } | Self::Choice { .. } => vec!["front".into()],
            Self::Faces { faces, .. } => faces.iter().map(|face| face.key.clone()).collect(),
            Self::Cloze { text, .. } => {
                cloze::numbers(text).into_iter().map(|n| format!("c{n}")).collect()
            }
        }
    }

    /// `basic`, `cloze`, `faces` or `choice`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Basic { .. } => "basic",
            Self::Cloze { .. } => "cloze",
            Self::Faces { .. } => "faces",
            Self::Choice { .. } => "choice",
        }
    }

    /// Every text of the note that a person reads.
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::Basic { front, back, note, .. } => vec![front, back, note],
            Self::Cloze { text, note } => vec![text, note],
            Self::Faces { faces, note } => {
                let sides = faces.iter().flat_map(|face| [face.front.as_str(), face.back.as_str()]);
                sides.chain([note.as_str()]).collect()
            }
            Self::Choice { stem, options, note } => {
                let options = options.iter().flat_map(|o| [o.text.as_str(), o.reason.as_str()]);
                [stem.as_str(), note.as_str()].into_iter().chain(options).collect()
            }
        }
    }

    /// The corrective note; empty when there is none.
    pub fn corrective(&self) -> &str {
        match self {
            Self::Basic { note, .. }
            | Self::Cloze { note, .. }
            | Self::Faces { note, .. }
            | Self::Choice { note, .. } => note,
        }
    }
}
