//! The figures, for people as a table and for programs as JSON.

use std::fmt::Write as _;

use serde::Serialize;

use crate::machine::Machine;
use crate::options::Sizes;
use crate::sample::{Figure, Sample};

/// Everything that one run found.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Where it ran.
    pub machine: Machine,
    /// Cards of the collection.
    pub cards: usize,
    /// Rows of its log.
    pub rows: usize,
    /// What was measured.
    pub workloads: Vec<Workload>,
}

/// One thing that was measured, beside its floor.
#[derive(Debug, Clone, Serialize)]
pub struct Workload {
    /// Short name, for programs.
    pub name: &'static str,
    /// What was done.
    pub what: String,
    /// Unit of all figures.
    pub unit: &'static str,
    /// Cairn.
    pub subject: Figure,
    /// The least that the same work can take, in the same run.
    pub floor: Option<Figure>,
    /// Median of Cairn over median of the floor.
    pub ratio: Option<f64>,
    /// What was promised, and whether it holds.
    pub targets: Vec<Target>,
}

/// A promise and whether it holds.
#[derive(Debug, Clone, Serialize)]
pub struct Target {
    /// The promise, with the number it comes to in this run.
    pub promise: String,
    /// Whether it holds in this run.
    pub met: bool,
}

impl Workload {
    /// A workload measured in milliseconds, with no promise yet.
    pub fn new(name: &'static str, what: impl Into<String>, subject: &Sample) -> Self {
        Self {
            name,
            what: what.into(),
            unit: "ms",
            subject: subject.figure(),
            floor: None,
            ratio: None,
            targets: Vec::new(),
        }
    }

    /// Sets the floor beside it.
    pub fn beside(mut self, floor: &Sample) -> Self {
        let floor = floor.figure();
        self.ratio = (floor.median > 0.0).then(|| self.subject.median / floor.median);
        self.floor = Some(floor);
        self
    }

    /// The same in another unit.
    pub fn in_unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// Promises that the median is at most `most`.
    pub fn median_within(mut self, most: f64) -> Self {
        let promise = format!("median ≤ {most:.0} {}", self.unit);
        self.targets.push(Target { promise, met: self.subject.median <= most });
        self
    }

    /// Promises that the median is at most `most`, which `words` explain.
    pub fn median_within_as(mut self, most: f64, words: &str) -> Self {
        let promise = format!("median ≤ {words} = {most:.1} {}", self.unit);
        self.targets.push(Target { promise, met: self.subject.median <= most });
        self
    }

    /// Promises a median of at most `times` what stands beside it.
    pub fn within(mut self, times: f64) -> Self {
        let Some(floor) = self.floor else { return self };
        let most = floor.median * times;
        self.targets.push(Target {
            promise: format!("median ≤ {times:.2} × floor = {most:.0} {}", self.unit),
            met: self.subject.median <= most,
        });
        self
    }

    /// Promises a median of at most `times` the floor's, and a p99 of at most `more` beyond it.
    pub fn close_to_floor(mut self, times: f64, more: f64) -> Self {
        let Some(floor) = self.floor else { return self };
        let most = floor.median * times;
        self.targets.push(Target {
            promise: format!("median ≤ {times} × floor = {most:.2} ms"),
            met: self.subject.median <= most,
        });
        let most = floor.p99 + more;
        self.targets.push(Target {
            promise: format!("p99 ≤ floor + {more} ms = {most:.2} ms"),
            met: self.subject.p99 <= most,
        });
        self
    }
}

impl Report {
    /// A report without figures yet.
    pub fn new(machine: Machine, sizes: &Sizes) -> Self {
        Self { machine, cards: sizes.cards, rows: sizes.rows, workloads: Vec::new() }
    }

    /// The table for people.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{}", self.machine);
        let _ = writeln!(out, "collection: {} cards, {} rows in the log\n", self.cards, self.rows);
        let _ = writeln!(
            out,
            "{:<14} {:>5} {:>10} {:>10} {:>11} {:>11} {:>7}",
            "", "n", "median", "p99", "floor med.", "floor p99", "ratio"
        );
        for workload in &self.workloads {
            row(&mut out, workload);
        }
        out
    }
}

fn row(out: &mut String, workload: &Workload) {
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |v| format!("{v:.2}"));
    let _ = writeln!(
        out,
        "{:<14} {:>5} {:>10} {:>10} {:>11} {:>11} {:>7}  {}",
        workload.name,
        workload.subject.n,
        number(Some(workload.subject.median)),
        number(Some(workload.subject.p99)),
        number(workload.floor.map(|floor| floor.median)),
        number(workload.floor.map(|floor| floor.p99)),
        number(workload.ratio),
        workload.unit,
    );
    let _ = writeln!(out, "    {}", workload.what);
    for target in &workload.targets {
        let verdict = if target.met { "met" } else { "NOT MET" };
        let _ = writeln!(out, "    {verdict}: {}", target.promise);
    }
}
