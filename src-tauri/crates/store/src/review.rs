//! One press of a grade: an answer in, durable, and the next card out.

use cairn_core::day::{self, Moment, StudyDay};
use cairn_core::fold::LogKind;
use cairn_core::grade::Grade;
use cairn_core::note::Content;
use cairn_core::outcome::outcome;
use cairn_core::queue::Candidate;
use cairn_core::schedule::Schedule;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::act::{Act, ActKind, ActName};
use crate::card::{self, Card};
use crate::collection::Collection;
use crate::error::{Error, Result};
use crate::log::{self, NewRow};
use crate::note;
use crate::shown::{self, Token};
use crate::today_queue::TodayAct;
use crate::view::Step;

/// An answer to a card that was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Answer {
    /// Token of the card as shown.
    pub token: String,
    /// 0 to 5; in the drill 1 (not yet) or 4 (got it).
    pub grade: u8,
    /// Time from shown to answered, in milliseconds.
    pub taken_ms: u32,
    /// Id of the option chosen, of a choice card.
    pub option: Option<String>,
}

/// Longer than this, somebody was away from the screen.
const MOST_TAKEN_MS: u32 = 10 * 60 * 1000;

/// What was written, for the queue.
struct Written {
    act: TodayAct,
    day: StudyDay,
}

impl Collection {
    /// Saves one answer and gives what comes next. When this returns, the answer is on the disk.
    ///
    /// # Errors
    /// `CardChanged` when the card is no longer as it was shown (another window answered it, the
    /// settings or the study day changed); `BadValue` for a grade or option that can't be.
    pub fn answer(&mut self, answer: &Answer, now: Moment) -> Result<Step> {
        let token = Token::read(&answer.token)?;
        self.queue(now)?;
        let written = self.write_answer(answer, &token, now)?;
        if let Some(queue) = self.queue.as_mut() {
            let card = written.act.candidate.card;
            if queue.today() == written.day {
                queue.answered(&self.conn, written.act)?;
            } else {
                queue.changed(&self.conn, None, &[card])?;
            }
        }
        self.step(now)
    }

    fn write_answer(&mut self, answer: &Answer, token: &Token, now: Moment) -> Result<Written> {
        let grade = Grade::try_from(answer.grade)
            .map_err(|error| Error::BadValue { what: "grade", why: error.to_string() })?;
        let policy = self.settings.policy();
        let start_hour = self.settings.day_starts_at_hour;
        let before = card::by_uuid(&self.conn, token.card)?;
        let content = note::by_id(&self.conn, before.note)?.content;
        let name = ActName { kind: ActKind::Answer, subject: note::title(&content) };
        let act = Act::begin(&mut self.conn, self.device, now, &name, None)?;
        // Under the write lock the card can't change any more: what is read here is what is judged.
        let card = card::by_uuid(&act.tx, token.card)?;
        let day = day::day_of_answer(token.day, now, start_hour).ok_or(Error::CardChanged)?;
        if *token != Token::of(&card, day, token.drill, &policy) || card.suspended || card.gone {
            return Err(Error::CardChanged);
        }
        let response = check_option(&act.tx, answer, &card, &content, grade)?;
        if token.drill {
            check_drill_grade(grade)?;
        } else if card.schedule.answered_on(day) {
            return Err(Error::CardChanged);
        }
        let outcome =
            (!token.drill).then(|| outcome(&card.schedule, card.uuid, day, &policy, grade));
        let after = outcome.map_or(card.schedule, |outcome| Schedule::Known(outcome.after));
        let row = NewRow {
            card: &card,
            kind: if token.drill { LogKind::Drill } else { LogKind::Review },
            grade: Some(grade),
            response: response.as_ref().map(|(chosen, _)| chosen.as_str()),
            option_order: response.as_ref().map(|(_, order)| order.clone()),
            day,
            taken_ms: answer.taken_ms.min(MOST_TAKEN_MS),
            policy: &policy,
            outcome: outcome.as_ref(),
            after,
        };
        let log = log::append(&act, &row)?;
        if token.drill {
            card::touch(&act, card.id)?;
        } else {
            card::write_schedule(&act, card.id, &after)?;
        }
        let operation = act.id;
        act.commit()?;
        let candidate = Candidate { card: card.id, note: card.note, deck: card.deck };
        let act = TodayAct {
            log,
            operation,
            candidate,
            scheduled: !token.drill,
            grade,
            at_ms: now.utc_ms,
            was_new: card.schedule == Schedule::New,
            hidden: false,
        };
        Ok(Written { act, day })
    }
}

fn check_drill_grade(grade: Grade) -> Result<()> {
    if [Grade::AGAIN, Grade::GOOD].contains(&grade) {
        return Ok(());
    }
    Err(Error::BadValue {
        what: "grade",
        why: "a card of the drill takes 1 (not yet) or 4 (got it)".into(),
    })
}

/// The option chosen and the order in which the options were shown, as JSON.
fn check_option(
    conn: &Connection,
    answer: &Answer,
    card: &Card,
    content: &Content,
    grade: Grade,
) -> Result<Option<(String, String)>> {
    let (Some(chosen), Content::Choice { options, .. }) = (&answer.option, content) else {
        return Ok(None);
    };
    let Some(option) = options.iter().find(|option| option.id == *chosen) else {
        return Err(Error::BadValue {
            what: "option",
            why: format!("the card has no option “{chosen}”"),
        });
    };
    if !option.right && grade.is_pass() {
        return Err(Error::BadValue {
            what: "grade",
            why: format!("the option “{chosen}” is not right, which counts as Again"),
        });
    }
    let order: Vec<&str> = shown::option_order(conn, card, options)?
        .into_iter()
        .filter_map(|at| options.get(at))
        .map(|option| option.id.as_str())
        .collect();
    Ok(Some((chosen.clone(), serde_json::to_string(&order)?)))
}
