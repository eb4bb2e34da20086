//! A calendar (RFC 5545): the exam, and the days to come with the cards that are ready on each.
//!
//! Every event takes the whole day and leaves it free (`TRANSPARENT`), has no alarm, and says no
//! word of a card. Its UID is the same in every export of the collection, so that a calendar that
//! takes the file in again changes its events and adds none.

use std::io::{self, Write};

use cairn_core::day::{Moment, StudyDay};
use cairn_core::rows::DayLoad;
use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, Property};
use uuid::Uuid;

/// What a calendar shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Seed of the UIDs: the collection, or a deck of it.
    pub seed: Uuid,
    /// The day of the exam, if it is known and to come.
    pub exam: Option<StudyDay>,
    /// The days to come; those without a ready card are left out.
    pub days: Vec<DayLoad>,
    /// The deck, where it is one alone.
    pub deck: Option<String>,
    /// The moment of writing.
    pub now: Moment,
}

/// Writes the calendar; gives how many events it holds.
///
/// # Errors
/// Those of `out`.
pub fn print(plan: &Plan, out: &mut impl Write) -> io::Result<u32> {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0"));
    calendar.append_property(("PRODID", "-//Cairn//Cairn//EN"));
    calendar.append_property(("CALSCALE", "GREGORIAN"));
    calendar.append_property(("X-WR-CALNAME", "Cairn"));
    let mut events = 0;
    if let Some(day) = plan.exam {
        let words = "The day of your exam, as set in Cairn.";
        calendar.push(event(plan, "exam", day, "Peer support exam", words));
        events += 1;
    }
    for load in plan.days.iter().filter(|load| load.ready > 0) {
        let date = load.day.date().to_string();
        calendar.push(event(plan, &date, load.day, &summary(load.ready), &description(plan)));
        events += 1;
    }
    out.write_all(folded(&calendar.to_string()).as_bytes())?;
    Ok(events)
}

/// Longest line, in octets, without its end.
const MAX_LINE: usize = 75;

/// The lines folded anew: the crate's last piece of a line may be an octet too long.
fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for line in text.replace("\r\n ", "").split_terminator("\r\n") {
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > MAX_LINE {
                folded.push_str("\r\n ");
                length = 1;
            }
            folded.push(character);
            length += character.len_utf8();
        }
        folded.push_str("\r\n");
    }
    folded
}

fn summary(ready: u32) -> String {
    match ready {
        1 => "1 card ready".into(),
        n => format!("{n} cards ready"),
    }
}

fn description(plan: &Plan) -> String {
    let deck = plan.deck.as_ref().map(|deck| {
        // A calendar has no way to say other control characters than line breaks.
        let name: String = deck.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        format!(" of the deck “{name}”")
    });
    let deck = deck.unwrap_or_default();
    format!(
        "Cards{deck} that come back on this day if you study every day until then. New cards come \
         on top, and so do cards that you answer meanwhile. Nothing is lost if you study another \
         day."
    )
}

fn event(plan: &Plan, name: &str, day: StudyDay, summary: &str, description: &str) -> Event {
    let date = |day: StudyDay| day.date().format("%Y%m%d").to_string();
    let all_day =
        |key: &str, day| Property::new(key, date(day)).add_parameter("VALUE", "DATE").done();
    let mut event = Event::new();
    event
        .uid(&Uuid::new_v5(&plan.seed, name.as_bytes()).to_string())
        .summary(summary)
        .description(description)
        .add_property("DTSTAMP", stamp(plan.now))
        .add_property("TRANSP", "TRANSPARENT")
        .append_property(all_day("DTSTART", day))
        .append_property(all_day("DTEND", day.plus(1)));
    event.done()
}

/// A moment in UTC, as calendars write it.
fn stamp(now: Moment) -> String {
    let time: DateTime<Utc> = DateTime::from_timestamp_millis(now.utc_ms).unwrap_or_default();
    time.format("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests;
