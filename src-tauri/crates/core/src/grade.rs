//! How well a card was known, on SM-2's scale of 0 to 5.

use serde::{Deserialize, Serialize};

/// A grade, 0 (no memory of it) to 5 (perfect). From 3 up it is a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Grade(u8);

/// A number that is no grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a grade; grades run from 0 to 5")]
pub struct NotAGrade(pub u8);

impl Grade {
    /// Every grade, ascending.
    pub const ALL: [Self; 6] = [Self(0), Self(1), Self(2), Self(3), Self(4), Self(5)];
    /// The button Again: 0, 1 and 2 schedule alike, so one button loses nothing.
    pub const AGAIN: Self = Self(1);
    /// The button Hard: a pass, with effort.
    pub const HARD: Self = Self(3);
    /// The button Good.
    pub const GOOD: Self = Self(4);
    /// The button Easy.
    pub const EASY: Self = Self(5);

    /// The grade as a number, 0 to 5.
    pub fn value(self) -> u8 {
        self.0
    }

    /// Whether the card counts as remembered.
    pub fn is_pass(self) -> bool {
        self.0 >= 3
    }
}

impl TryFrom<u8> for Grade {
    type Error = NotAGrade;

    fn try_from(value: u8) -> Result<Self, NotAGrade> {
        if value <= 5 { Ok(Self(value)) } else { Err(NotAGrade(value)) }
    }
}

impl From<Grade> for u8 {
    fn from(grade: Grade) -> Self {
        grade.0
    }
}
