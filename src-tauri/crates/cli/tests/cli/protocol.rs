//! A client of `review --json`, one event and one line at a time.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::support::{Home, keys};

/// A review under way in a process of its own.
pub struct Review {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Review {
    pub fn begin(home: &Home, now: &str) -> Self {
        Self::begin_with(home, now, &[])
    }

    pub fn begin_with(home: &Home, now: &str, more: &[&str]) -> Self {
        let args = [&["review", "--json"], more].concat();
        let mut command = home.command(now, &args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self { child, input, output }
    }

    /// The next event.
    pub fn event(&mut self) -> Value {
        let mut line = String::new();
        if self.output.read_line(&mut line).unwrap() == 0 {
            let mut said = String::new();
            self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
            panic!("the review ended without a word: {said}");
        }
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("an event is JSON: {line}"))
    }

    /// The next event, which is of this kind.
    pub fn expect(&mut self, kind: &str) -> Value {
        let event = self.event();
        assert_eq!(event["event"], kind, "{event}");
        event
    }

    /// The card shown, with all that the protocol promises.
    pub fn card(&mut self) -> Value {
        let card = self.expect("card");
        let promised = [
            "back", "card", "counts", "drill", "event", "front", "kind", "options", "outcomes",
            "token",
        ];
        assert_eq!(keys(&card), promised, "the keys of a card");
        assert_eq!(keys(&card["counts"]), ["drill", "due", "new"]);
        let drill = card["drill"].as_bool().unwrap();
        let grades: &[&str] =
            if drill { &["again", "good"] } else { &["again", "easy", "good", "hard"] };
        assert_eq!(keys(&card["outcomes"]), grades, "the grades that the card takes");
        for outcome in card["outcomes"].as_object().unwrap().values() {
            assert_eq!(keys(outcome), ["drill_today", "due", "interval_days"]);
        }
        card
    }

    /// Writes a line.
    pub fn say(&mut self, line: &str) {
        let mut input = self.input.as_ref().expect("the input is open");
        writeln!(input, "{line}").unwrap();
    }

    /// Answers the card with a grade; what was promised for it is what is acknowledged.
    pub fn grade(&mut self, card: &Value, grade: &str) -> Value {
        self.say(grade);
        let answered = self.expect("answered");
        let value = match grade {
            "again" => 1,
            "hard" => 3,
            "good" => 4,
            _ => 5,
        };
        let promised = &card["outcomes"][grade];
        let expected = json!({
            "event": "answered", "card": card["card"], "grade": value, "due": promised["due"],
            "interval_days": promised["interval_days"],
        });
        assert_eq!(answered, expected, "the answer does what its label said");
        answered
    }

    /// The line is refused, and the same card is shown once more.
    pub fn refused(&mut self, card: &Value, line: &str, says: &str) -> Value {
        self.say(line);
        let error = self.expect("error");
        let message = error["message"].as_str().unwrap();
        assert!(message.contains(says), "{line:?} is refused with {says:?}: {message}");
        let again = self.card();
        assert_eq!(&again, card, "a refused line changes nothing, and the card is shown again");
        again
    }

    /// Writes a last line and closes the input, with or without having read the next card; gives the
    /// number of answers.
    pub fn end(mut self, last: Option<&str>) -> u64 {
        if let Some(line) = last {
            self.say(line);
        }
        self.input = None;
        let mut event = self.event();
        if event["event"] == "card" {
            event = self.event();
        }
        self.over(&event)
    }

    /// The review is over by itself; gives the number of answers.
    pub fn done(mut self) -> u64 {
        let done = self.event();
        self.over(&done)
    }

    /// This event is the last; waits until the program has closed the collection.
    pub fn over(mut self, done: &Value) -> u64 {
        assert_eq!(done["event"], "done", "{done}");
        assert_eq!(keys(done), ["answered", "event"]);
        let mut rest = String::new();
        self.output.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "nothing comes after the end");
        assert!(self.child.wait().unwrap().success());
        done["answered"].as_u64().unwrap()
    }
}

impl Drop for Review {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Studies until nothing is left, with one grade (got it, in the drill); gives the number of answers.
pub fn finish(home: &Home, now: &str, grade: &str) -> u64 {
    let mut review = Review::begin(home, now);
    loop {
        let event = review.event();
        if event["event"] == "done" {
            return review.over(&event);
        }
        let grade = if event["drill"] == true { "good" } else { grade };
        review.grade(&event, grade);
    }
}
