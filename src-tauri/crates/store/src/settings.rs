//! Table `setting`: one row a setting, each with its own clock.

use std::collections::BTreeMap;

use cairn_core::drill::DrillRule;
use cairn_core::policy::Policy;
use cairn_core::sm2::MAX_INTERVAL_DAYS;
use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::error::{Error, Result};

/// What a person can choose. Each field is one row, so that two machines merge field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct Settings {
    /// Whether the welcome was finished or skipped.
    pub welcomed: bool,
    /// Day of the exam, when known.
    #[cfg_attr(feature = "ts", ts(type = "string | null"))]
    pub exam_date: Option<NaiveDate>,
    /// Hour of local time at which a study day starts, 0 to 23.
    pub day_starts_at_hour: u8,
    /// New cards a day, 0 to 9,999.
    pub new_per_day: u32,
    /// Ready cards a day, 1 to 9,999.
    pub ready_per_day: u32,
    /// Which grades come again the same day.
    pub drill: DrillRule,
    /// Count days of lateness when a late card was remembered.
    pub late_credit: bool,
    /// Spread due days by a few percent.
    pub fuzz: bool,
    /// Show the full scale of 0 to 5 instead of four buttons.
    pub six_grades: bool,
    /// Longest interval in days, 1 to 36,500.
    pub max_interval_days: u32,
    /// At most one card of a note a study day.
    pub one_sibling_a_day: bool,
    /// Colours.
    pub theme: Theme,
    /// Size of all text in percent, 80 to 200.
    pub text_size_percent: u32,
    /// Movement on the screen.
    pub motion: Motion,
    /// Single-key shortcuts.
    pub shortcuts: Shortcuts,
}

/// Colours of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// High contrast.
    Contrast,
}

/// Movement on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// As the system says.
    System,
    /// As little as can be.
    Reduced,
}

/// Things that have a key of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ShortcutAction {
    Reveal,
    Again,
    Hard,
    Good,
    Easy,
    Undo,
    Edit,
    Suspend,
    Bury,
    Flag,
    Origin,
    More,
    Help,
    Leave,
    Crisis,
}

/// Single-key shortcuts: on or off, and those that differ from the defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Shortcuts {
    /// Whether single keys do anything (WCAG 2.1.4).
    pub enabled: bool,
    /// Keys that were changed, as the browser names them.
    #[cfg_attr(feature = "ts", ts(type = "{ [key in ShortcutAction]?: string }"))]
    pub keys: BTreeMap<ShortcutAction, String>,
}

impl Default for Settings {
    fn default() -> Self {
        let policy = Policy::default();
        Self {
            welcomed: false,
            exam_date: None,
            day_starts_at_hour: 4,
            new_per_day: 15,
            ready_per_day: 200,
            drill: policy.drill,
            late_credit: policy.late_credit,
            fuzz: policy.fuzz,
            six_grades: false,
            max_interval_days: policy.max_interval_days,
            one_sibling_a_day: true,
            theme: Theme::System,
            text_size_percent: 100,
            motion: Motion::System,
            shortcuts: Shortcuts { enabled: true, keys: BTreeMap::new() },
        }
    }
}

impl Settings {
    /// The part that an answer depends on.
    pub fn policy(&self) -> Policy {
        Policy {
            late_credit: self.late_credit,
            fuzz: self.fuzz,
            max_interval_days: self.max_interval_days,
            drill: self.drill,
        }
    }

    /// Refuses values that would do harm, naming the field. `before` are the settings in force: an
    /// exam date that was set earlier may meanwhile be past.
    pub fn check(&self, before: &Self, today: NaiveDate) -> Result<()> {
        within("day_starts_at_hour", u32::from(self.day_starts_at_hour), 0, 23)?;
        within("new_per_day", self.new_per_day, 0, 9_999)?;
        within("ready_per_day", self.ready_per_day, 1, 9_999)?;
        within("max_interval_days", self.max_interval_days, 1, MAX_INTERVAL_DAYS)?;
        within("text_size_percent", self.text_size_percent, 80, 200)?;
        match self.exam_date {
            Some(date) if date < today && before.exam_date != self.exam_date => {
                Err(Error::BadValue {
                    what: "exam_date",
                    why: format!(
                        "{date} is in the past; choose today or a later day, or leave it open"
                    ),
                })
            }
            _ => Ok(()),
        }
    }

    fn to_fields(&self) -> Result<Map<String, Value>> {
        match serde_json::to_value(self)? {
            Value::Object(fields) => Ok(fields),
            _ => Ok(Map::new()),
        }
    }

    /// The fields in which `self` differs from `other`, as key and JSON.
    pub(crate) fn difference(&self, other: &Self) -> Result<Vec<(String, String)>> {
        let theirs = other.to_fields()?;
        Ok(self
            .to_fields()?
            .into_iter()
            .filter(|(key, value)| theirs.get(key) != Some(value))
            .map(|(key, value)| (key, value.to_string()))
            .collect())
    }
}

fn within(what: &'static str, value: u32, least: u32, most: u32) -> Result<()> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Error::BadValue { what, why: format!("{value} is not between {least} and {most}") })
}

/// Reads the settings; what is not set has its default.
pub(crate) fn load(conn: &Connection) -> Result<Settings> {
    let mut statement = conn.prepare_cached("SELECT key, value FROM setting")?;
    let mut rows = statement.query([])?;
    let mut fields = Settings::default().to_fields()?;
    while let Some(row) = rows.next()? {
        let key: String = row.get(0)?;
        let value: String = row.get(1)?;
        if fields.contains_key(&key) {
            fields.insert(key, serde_json::from_str(&value)?);
        }
    }
    Ok(serde_json::from_value(Value::Object(fields))?)
}

/// Reads one setting that is not part of [`Settings`], such as a running catch-up.
pub(crate) fn load_one<T: serde::de::DeserializeOwned>(
    conn: &Connection,
    key: &str,
) -> Result<Option<T>> {
    let mut statement = conn.prepare_cached("SELECT value FROM setting WHERE key = ?")?;
    let mut rows = statement.query([key])?;
    match rows.next()? {
        Some(row) => Ok(Some(serde_json::from_str(&row.get::<_, String>(0)?)?)),
        None => Ok(None),
    }
}
