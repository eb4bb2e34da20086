//! `schedule GRADE…`: the pure rule's course, on time, without late credit and fuzz.

use std::process::ExitCode;

use cairn_core::grade::Grade;
use cairn_core::sm2::{MAX_INTERVAL_DAYS, Memory, next};
use serde::Serialize;

use crate::Context;
use crate::failure::Failure;

#[derive(clap::Args)]
pub struct Schedule {
    /// Grades in order, 0 (no memory of it) to 5 (perfect).
    #[arg(required = true, value_parser = clap::value_parser!(u8).range(0..=5))]
    grades: Vec<u8>,
}

#[derive(Serialize)]
struct Row {
    grade: Grade,
    #[serde(flatten)]
    memory: Memory,
}

impl Schedule {
    pub fn run(self, context: &Context) -> Result<ExitCode, Failure> {
        let grades = self.grades.into_iter().filter_map(|grade| Grade::try_from(grade).ok());
        let rows: Vec<Row> = grades
            .scan(Memory::START, |memory, grade| {
                *memory = next(*memory, grade, memory.interval_days, MAX_INTERVAL_DAYS);
                Some(Row { grade, memory: *memory })
            })
            .collect();
        context.out.value(&rows, |rows| table(rows))?;
        Ok(ExitCode::SUCCESS)
    }
}

fn table(rows: &[Row]) -> String {
    let mut lines = vec!["grade  repetitions  interval  ease".to_owned()];
    lines.extend(rows.iter().map(|Row { grade, memory }| {
        let ease = format!("{}.{:02}", memory.ease_hundredths / 100, memory.ease_hundredths % 100);
        let days = format!("{} d", memory.interval_days);
        format!("{:>5}  {:>11}  {days:>8}  {ease:>4}", grade.value(), memory.repetitions)
    }));
    lines.join("\n")
}
