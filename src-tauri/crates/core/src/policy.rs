//! The settings that change what an answer does. Each log row names the policy it was made under.

use serde::{Deserialize, Serialize};

use crate::drill::DrillRule;
use crate::sm2::MAX_INTERVAL_DAYS;

/// What a replay of an answer needs to know of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// Count days of lateness when a late card was remembered.
    pub late_credit: bool,
    /// Spread due days by a few percent.
    pub fuzz: bool,
    /// Longest interval, in days.
    pub max_interval_days: u32,
    /// Which grades come again the same day.
    pub drill: DrillRule,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            late_credit: true,
            fuzz: true,
            max_interval_days: MAX_INTERVAL_DAYS,
            drill: DrillRule::BelowGood,
        }
    }
}
