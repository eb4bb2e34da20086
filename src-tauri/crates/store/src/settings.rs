//! Table `setting`: one row a setting, each with its own clock.

use std::collections::BTreeMap;

use cairn_core::drill::DrillRule;
use cairn_core::policy::Policy;
use cairn_core::sm2::MAX_INTERVAL_DAYS;
use chrono::NaiveDate;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::collection::CATCH_UP;
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

/// The keys of the settings that can't be read.
pub(crate) fn unreadable(conn: &Connection) -> Result<Vec<String>> {
    let mut statement = conn.prepare("SELECT key, value FROM setting ORDER BY key")?;
    let mut rows = statement.query([])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let key = String::from_utf8_lossy(row.get_ref(0)?.as_bytes().unwrap_or_default());
        let value = row.get_ref(1)?.as_str().ok().and_then(|json| serde_json::from_str(json).ok());
        let readable = value.is_some_and(|value: Value| match key.as_ref() {
            CATCH_UP => serde_json::from_value::<Option<u32>>(value).is_ok(),
            key => {
                let one = Map::from_iter([(key.to_owned(), value)]);
                serde_json::from_value::<Settings>(Value::Object(one)).is_ok()
            }
        });
        if !readable {
            keys.push(key.into_owned());
        }
    }
    Ok(keys)
}

/// Whether a setting as a file brings it can be in force here.
///
/// # Errors
/// `BadValue` for a setting that is not known and for a value that it can't have.
pub fn check_setting(key: &str, json: &str) -> Result<()> {
    let bad = |why: String| Error::BadValue { what: "setting", why };
    let cannot = || bad(format!("“{key}” can't be {}", shortened(json)));
    let value: Value = serde_json::from_str(json).map_err(|_| cannot())?;
    if key == CATCH_UP {
        let per_day: Option<u32> = serde_json::from_value(value).map_err(|_| cannot())?;
        return per_day.map_or(Ok(()), |per_day| within(CATCH_UP, per_day, 1, 9_999));
    }
    let mut fields = Settings::default().to_fields()?;
    if fields.insert(key.to_owned(), value).is_none() {
        return Err(bad(format!("“{}” is not known here", shortened(key))));
    }
    let settings: Settings = serde_json::from_value(Value::Object(fields)).map_err(|_| cannot())?;
    // An exam date that was set earlier may be past by now.
    settings.check(&settings, NaiveDate::MIN)
}

/// As much of a text as a message shows.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Every setting that was ever set here, as key and JSON.
pub(crate) fn given(conn: &Connection) -> Result<BTreeMap<String, String>> {
    let mut statement = conn.prepare("SELECT key, value FROM setting")?;
    let mut rows = statement.query([])?;
    let mut given = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (key, value): (String, String) = (row.get(0)?, row.get(1)?);
        if check_setting(&key, &value).is_ok() {
            given.insert(key, value);
        }
    }
    Ok(given)
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
