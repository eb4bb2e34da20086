//! What has been learned, counted from the log and the cards: the numbers of a progress report.
//!
//! # Design
//! Three tables, each read from end to end once, in one transaction: `note` for what a card teaches,
//! `card` for how it stands, `review_log` for what was answered. Everything is counted here in one
//! pass; SQLite would need a pass a question. What each number means is said in
//! [`cairn_core::progress`].

mod answers;
mod ground;
mod quoted;

use std::collections::BTreeMap;

use cairn_core::area::Area;
use cairn_core::day::{Moment, StudyDay};
use cairn_core::progress::{
    AreaProgress, CompetencyProgress, DeckProgress, ExamAhead, Period, Progress, Range,
};

use crate::error::{Error, Result};
use crate::export::deck_id;
use crate::reader::Reader;
use crate::settings;
use answers::Answers;
use ground::Ground;

impl Reader {
    /// What was learned in a range of days, and how things stand at `now`.
    ///
    /// # Errors
    /// `NotFound` where there is no such deck; `BadValue` where the range has no day up to today, or
    /// several decks have the name.
    pub fn progress(&self, range: &Range, now: Moment) -> Result<Progress> {
        let tx = self.conn.unchecked_transaction()?;
        let settings = settings::load(&tx)?;
        let today = StudyDay::of(now, settings.day_starts_at_hour);
        let last = range.to.map_or(today, |to| to.min(today));
        check(range.from, last, today)?;
        let only = range.deck.as_deref().map(|name| deck_id(&tx, name)).transpose()?;
        let ground = Ground::read(&tx, only, today)?;
        let answers = Answers::read(&tx, &ground, range.from, last)?;
        let quoted = match range.card_text {
            true => Some(quoted::read(&tx, &ground, &answers)?),
            false => None,
        };
        let first = range.from.or_else(|| answers.days.first().map(|day| day.day)).unwrap_or(last);
        let exam = settings.exam_date.map(StudyDay::from);
        Ok(Progress {
            today,
            period: Period { first, last },
            deck: only.and_then(|id| ground.deck_title(id)),
            started: count(answers.started.len()),
            learned: count(answers.learned.len()),
            elsewhere: answers.elsewhere,
            recall: answers.recall,
            recall_by_interval: answers.by_interval,
            cards: ground.cards,
            decks: decks(&ground, &answers),
            areas: areas(&ground, &answers),
            competencies: competencies(&ground, &answers),
            ahead: ground.ahead,
            exam: exam.map(|day| ExamAhead { day, days_left: day.days_since(today) }),
            mocks: answers.mocks,
            days: answers.days,
            quoted,
        })
    }
}

fn check(from: Option<StudyDay>, last: StudyDay, today: StudyDay) -> Result<()> {
    let Some(first) = from.filter(|first| *first > last).map(StudyDay::date) else { return Ok(()) };
    let why = match last.date() {
        _ if last == today => format!("{first} has not come yet; choose today or an earlier day"),
        end => format!("{first} is after the last day, {end}; choose that day or an earlier one"),
    };
    Err(Error::BadValue { what: "from", why })
}

fn decks(ground: &Ground, answers: &Answers) -> Vec<DeckProgress> {
    let decks = ground.decks.iter().enumerate().map(|(at, deck)| DeckProgress {
        title: deck.title.clone(),
        cards: deck.cards,
        recall: answers.by_deck.get(at).copied().unwrap_or_default(),
    });
    decks.filter(|deck| deck.cards.total() > 0 || deck.recall.of > 0).collect()
}

fn areas(ground: &Ground, answers: &Answers) -> Vec<AreaProgress> {
    let all = Area::ALL.into_iter().map(Some).chain([None]).map(|area| AreaProgress {
        area,
        cards: ground.by_area.get(&area).copied().unwrap_or_default(),
        recall: answers.by_area.get(&area).copied().unwrap_or_default(),
    });
    all.filter(|area| area.cards.total() > 0 || area.recall.of > 0).collect()
}

fn competencies(ground: &Ground, answers: &Answers) -> Vec<CompetencyProgress> {
    let mut all: BTreeMap<u8, CompetencyProgress> = BTreeMap::new();
    for number in ground.by_competency.keys().chain(answers.by_competency.keys()) {
        all.entry(*number).or_insert_with(|| CompetencyProgress {
            number: *number,
            cards: ground.by_competency.get(number).copied().unwrap_or_default(),
            recall: answers.by_competency.get(number).copied().unwrap_or_default(),
        });
    }
    all.into_values().collect()
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
