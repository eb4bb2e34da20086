//! The eight published areas of the exam.

use serde::{Deserialize, Serialize};

/// One of the eight areas that the exam's own pages name. Their weights are not published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "UPPERCASE")]
pub enum Area {
    /// Administrative Responsibilities
    Ar,
    /// Behavioral Health Foundations
    Bf,
    /// Interpersonal Skills
    Is,
    /// Recovery Support
    Rs,
    /// Advocacy
    Ad,
    /// Community Inclusion
    Ci,
    /// Resource Linkage
    Rl,
    /// Crisis Management
    Cm,
}

impl Area {
    /// All areas, in the order in which the exam's pages list them.
    pub const ALL: [Self; 8] =
        [Self::Ar, Self::Bf, Self::Is, Self::Rs, Self::Ad, Self::Ci, Self::Rl, Self::Cm];

    /// The two-letter code that decks use.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ar => "AR",
            Self::Bf => "BF",
            Self::Is => "IS",
            Self::Rs => "RS",
            Self::Ad => "AD",
            Self::Ci => "CI",
            Self::Rl => "RL",
            Self::Cm => "CM",
        }
    }

    /// The area of a two-letter code, or `None`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|area| area.code() == code)
    }
}
