use rstest::rstest;
use serde_json::{Value, json};

use crate::support::*;

fn schedule(args: &[&str]) -> Said {
    Said::of(binary().arg("schedule").args(args).output().unwrap())
}

/// Repetitions, interval and ease after each grade.
#[rstest]
#[case::the_example("4 4 2 5", &[(1, 1, 250), (2, 6, 250), (0, 1, 250), (1, 1, 260)])]
#[case::always_good("4 4 4 4", &[(1, 1, 250), (2, 6, 250), (3, 15, 250), (4, 38, 250)])]
#[case::ease_stays_on_a_failure("5 0 1 2", &[(1, 1, 260), (0, 1, 260), (0, 1, 260), (0, 1, 260)])]
#[case::the_floor("3 3 3 3 3 3 3 3 3 3", &[
    (1, 1, 236), (2, 6, 222), (3, 13, 208), (4, 26, 194), (5, 47, 180), (6, 79, 166),
    (7, 121, 152), (8, 167, 138), (9, 218, 130), (10, 284, 130)])]
fn the_course_of_the_pure_rule(#[case] grades: &str, #[case] expected: &[(u32, u32, u32)]) {
    let grades: Vec<&str> = grades.split(' ').collect();
    let said = schedule(&[grades.as_slice(), &["--json"]].concat()).ok().json();
    let rows: Vec<Value> = grades
        .iter()
        .zip(expected)
        .map(|(grade, (repetitions, interval, ease))| {
            json!({ "grade": grade.parse::<u8>().unwrap(), "repetitions": repetitions,
                    "interval_days": interval, "ease_hundredths": ease })
        })
        .collect();
    assert_eq!(said, Value::from(rows));
}

#[test]
fn people_get_a_table() {
    let table = "\
grade  repetitions  interval  ease
    4            1       1 d  2.50
    4            2       6 d  2.50
    2            0       1 d  2.50
    5            1       1 d  2.60
";
    assert_eq!(schedule(&["4", "4", "2", "5"]).ok().out, table);
}

#[test]
fn no_course_outgrows_the_longest_interval() {
    let said = schedule(&[["5"; 60].as_slice(), &["--json"]].concat()).ok().json();
    let last = said.as_array().unwrap().last().unwrap();
    assert_eq!(last["interval_days"], 36_500);
}

#[rstest]
#[case::above("6")]
#[case::below("-1")]
#[case::a_word("good")]
#[case::empty("")]
#[case::half("4.5")]
fn a_thing_that_is_no_grade_is_refused(#[case] grade: &str) {
    let said = schedule(&["4", grade]).fails(2, &[grade]);
    assert_eq!(said.out, "");
}

#[test]
fn no_grade_at_all_is_refused() {
    schedule(&[]).fails(2, &["GRADE"]);
}
