//! `exam.toml`: the exam as data. What is published, and what we assume, said so.

use std::collections::BTreeMap;

use cairn_core::area::Area;
use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

/// Core competencies are numbered 1 to this.
const COMPETENCIES: u8 = 17;

/// What the mock exam and the progress screens are built on.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blueprint {
    /// Day after which the published numbers should be looked at again.
    #[serde(deserialize_with = "date")]
    pub expires: NaiveDate,
    /// Items of the exam.
    pub items: u32,
    /// Its time in minutes.
    pub minutes: u32,
    /// Length of the optional break in minutes.
    pub break_minutes: u32,
    /// The item near which the break lies.
    pub break_near_item: u32,
    /// Options of an item.
    pub options: u8,
    /// Whether the number of options is our assumption.
    pub options_assumed: bool,
    /// The areas of focus.
    pub areas: Vec<BlueprintArea>,
    /// The core competencies.
    pub competencies: Vec<Competency>,
}

/// An area of focus.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlueprintArea {
    /// Our code for it.
    pub code: Area,
    /// Its published name.
    pub name: String,
    /// Its share of the exam beside the others'; equal for all, since none is published.
    pub weight: u32,
}

/// A core competency.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Competency {
    /// 1 to 17.
    pub number: u8,
    /// Its name, shortened by us.
    pub name: String,
    /// The areas that we take it to belong to.
    pub areas: Vec<Area>,
}

fn date<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
    let date = toml::value::Datetime::deserialize(from)?;
    date.to_string().parse().map_err(serde::de::Error::custom)
}

impl Blueprint {
    /// Reads `exam.toml`.
    ///
    /// # Errors
    /// What is wrong, in words, with the line where that is known.
    pub fn read(text: &str) -> Result<Self, (u32, String)> {
        let blueprint: Self = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let before = text.get(..start).unwrap_or_default();
            let line = u32::try_from(before.matches('\n').count()).unwrap_or(0) + 1;
            (line, error.message().to_owned())
        })?;
        match blueprint.faults().into_iter().next() {
            Some(fault) => Err((1, fault)),
            None => Ok(blueprint),
        }
    }

    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.items == 0 || self.minutes == 0 || self.break_near_item >= self.items {
            faults.push("the break lies outside the exam, or the exam is empty".to_owned());
        }
        let mut areas: BTreeMap<&str, u32> =
            Area::ALL.iter().map(|area| (area.code(), 0)).collect();
        for area in &self.areas {
            *areas.entry(area.code.code()).or_default() += 1;
            if area.weight == 0 {
                faults.push(format!("area {} has no weight", area.code.code()));
            }
        }
        for (code, times) in areas.into_iter().filter(|(_, times)| *times != 1) {
            faults.push(format!("area {code} is there {times} times instead of once"));
        }
        for number in 1..=COMPETENCIES {
            let named: Vec<&Competency> =
                self.competencies.iter().filter(|c| c.number == number).collect();
            if named.len() != 1 || named.iter().any(|c| c.areas.is_empty()) {
                faults.push(format!("competency {number} should be there once, with its areas"));
            }
        }
        if self.competencies.len() != usize::from(COMPETENCIES) {
            faults.push(format!("there are {} competencies", self.competencies.len()));
        }
        faults
    }
}
