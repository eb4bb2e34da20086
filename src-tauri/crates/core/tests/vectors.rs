//! The published courses of SM-2, step by step, and the properties that hold for any course.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use cairn_core::grade::Grade;
use cairn_core::sm2::{self, Memory, RULE_ID};
use serde::Deserialize;

#[derive(Deserialize)]
struct Vectors {
    rule: String,
    start: Start,
    max_interval_days: u32,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Start {
    repetitions: u32,
    ease_hundredths: u32,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    steps: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    grade: Grade,
    repetitions: u32,
    interval_days: u32,
    ease_hundredths: u32,
}

#[test]
fn every_vector_holds_at_every_step() {
    let vectors: Vectors = serde_json::from_str(include_str!("data/sm2.json")).unwrap();
    assert_eq!(vectors.rule, RULE_ID);
    assert_eq!(vectors.start.repetitions, Memory::START.repetitions);
    assert_eq!(vectors.start.ease_hundredths, Memory::START.ease_hundredths);
    assert_eq!(vectors.cases.len(), 48, "the file holds 48 sequences");
    for case in vectors.cases {
        let mut memory = Memory::START;
        for (at, step) in case.steps.iter().enumerate() {
            memory = sm2::next(memory, step.grade, memory.interval_days, vectors.max_interval_days);
            let expected = Memory {
                repetitions: step.repetitions,
                interval_days: step.interval_days,
                ease_hundredths: step.ease_hundredths,
            };
            assert_eq!(memory, expected, "{}, step {}", case.name, at + 1);
        }
    }
}
