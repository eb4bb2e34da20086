//! A reader that goes away is no reason to panic.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use rstest::rstest;

use crate::protocol::{Review, finish};
use crate::support::*;

/// Runs a command whose stdout is closed after so many lines; gives its exit code and stderr.
fn close_after(home: &Home, args: &[&str], lines: usize) -> (Option<i32>, String) {
    let mut command = home.command(NOW, args);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..lines {
        output.read_line(&mut String::new()).unwrap();
    }
    drop(output);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap().code(), said)
}

#[rstest]
#[case::review(&["review"])]
#[case::review_json(&["review", "--json"])]
#[case::due(&["due"])]
#[case::log(&["log", "--json"])]
#[case::check(&["check"])]
#[case::stats(&["stats", "--json"])]
#[case::schedule(&["schedule", "4"])]
fn a_closed_stdout_ends_quietly(#[case] args: &[&str]) {
    let home = Home::with(&basics(5, ""));
    finish(&home, NOW, "good");
    for lines in [0, 1] {
        let (code, said) = close_after(&home, args, lines);
        assert_eq!((code, said.as_str()), (Some(0), ""), "{args:?} after {lines} lines");
    }
    home.is_sound();
}

#[test]
fn an_answer_given_before_the_reader_went_away_is_kept() {
    let home = Home::with(&basics(5, ""));
    let mut command = home.command(NOW, &["review", "--json"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    output.read_line(&mut String::new()).unwrap();
    drop(output);
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), b"good\ngood\n").unwrap();
    let said = child.wait_with_output().unwrap();
    assert!(said.status.success(), "{said:?}");
    assert_eq!(String::from_utf8_lossy(&said.stderr), "");
    assert_eq!(home.log().len(), 1, "the one that was under way, and no other");
    home.is_sound();
}

#[test]
fn a_closed_stderr_takes_no_warning_and_still_answers() {
    let home = Home::with(&basics(5, ""));
    let mut review = Review::begin(&home, &noon(30));
    let card = review.card();
    review.grade(&card, "good");
    review.end(None);
    let mut command = home.command(NOW, &["due", "--json"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    command.stdout(Stdio::piped()).stderr(writer);
    let said = command.output().unwrap();
    assert_eq!(said.status.code(), Some(0), "{said:?}");
    assert!(!said.stdout.is_empty());
}
