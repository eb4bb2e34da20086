//! A card as it is shown: text reduced to the tree, options shuffled, every outcome worked out.

use cairn_core::day::StudyDay;
use cairn_core::face::faces;
use cairn_core::grade::Grade;
use cairn_core::hash;
use cairn_core::note::{ChoiceOption, Content};
use cairn_core::outcome::{Outcome, outcomes};
use cairn_core::package::{Citation, Source};
use cairn_core::policy::Policy;
use cairn_core::schedule::Schedule;
use cairn_core::text;
use rusqlite::Connection;
use uuid::Uuid;

use crate::card::{self, Card};
use crate::error::{Error, Result};
use crate::intake::media;
use crate::note::{self, Note};
use crate::today_queue::Next;
use crate::view::{OutcomeView, Phase, Shown, ShownOption, ShownSource};
use crate::{key_change, log};

/// The state under which a card was shown: what an answer must find unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) card: Uuid,
    pub(crate) touched: i64,
    pub(crate) day: StudyDay,
    pub(crate) drill: bool,
    policy: String,
}

impl Token {
    pub(crate) fn of(card: &Card, day: StudyDay, drill: bool, policy: &Policy) -> Self {
        Self { card: card.uuid, touched: card.touched, day, drill, policy: mark(policy) }
    }

    fn write(&self) -> String {
        let phase = if self.drill { 'd' } else { 'r' };
        format!("{}.{}.{}.{phase}.{}", self.card, self.touched, self.day.number(), self.policy)
    }

    pub(crate) fn read(token: &str) -> Result<Self> {
        let unreadable = || Error::BadValue {
            what: "token",
            why: "it is not the token of a card that was shown".into(),
        };
        let mut parts = token.splitn(5, '.');
        let mut part = || parts.next().ok_or_else(unreadable);
        let card = part()?.parse().map_err(|_| unreadable())?;
        let touched = part()?.parse().map_err(|_| unreadable())?;
        let day = part()?.parse().map_err(|_| unreadable())?;
        let drill = part()? == "d";
        let policy = part()?.to_owned();
        Ok(Self { card, touched, day: StudyDay::new(day), drill, policy })
    }
}

/// The settings that the labels depend on, in short.
fn mark(policy: &Policy) -> String {
    let Policy { late_credit, fuzz, max_interval_days, drill } = policy;
    format!("{}{}{max_interval_days}{drill:?}", u8::from(*late_credit), u8::from(*fuzz))
}

/// The order in which the options of a card are shown: new after every answer, the same until then,
/// also when the card is flagged or edited meanwhile.
pub(crate) fn option_order(
    conn: &Connection,
    card: &Card,
    options: &[ChoiceOption],
) -> Result<Vec<usize>> {
    let newest = log::newest_of(conn, card.id)?;
    Ok(hash::shuffled(options.len(), card.uuid, u64::try_from(newest).unwrap_or(0)))
}

pub(crate) fn show(
    conn: &Connection,
    next: Next,
    today: StudyDay,
    policy: &Policy,
) -> Result<Shown> {
    let card = card::by_id(conn, next.card)?;
    let note = note::by_id(conn, card.note)?;
    let phase = match card.schedule {
        _ if next.drill => Phase::Drill,
        Schedule::New => Phase::New,
        Schedule::Known(_) => Phase::Review,
    };
    let (front, back) = faces(&note.content, &card.ordinal);
    Ok(Shown {
        token: Token::of(&card, today, next.drill, policy).write(),
        card: card.uuid.to_string(),
        note: note.uuid.to_string(),
        phase,
        kind: note.content.kind().to_owned(),
        front,
        back,
        options: options(conn, &card, &note.content)?,
        corrective: text::parse(note.content.corrective()),
        media: media::of_note(conn, card.note)?,
        sources: note.facts.sources.iter().map(|c| source(c, &note.sources)).collect(),
        expires: note.facts.expires.map(|date| date.to_string()),
        expired: note.facts.expires.is_some_and(|date| date < today.date()),
        flagged: card.flagged,
        best_was: key_change::of_note(conn, card.note)?,
        leech: card.schedule.is_leech(),
        edited: is_edited(&note),
        outcomes: labels(&card, today, next.drill, policy),
        area: note.facts.area,
        tags: note.facts.tags,
        deck: note.deck_name,
    })
}

pub(crate) fn is_edited(note: &Note) -> bool {
    note.base.as_ref().is_some_and(|base| *base != note.content)
}

fn options(conn: &Connection, card: &Card, content: &Content) -> Result<Vec<ShownOption>> {
    let Content::Choice { options, .. } = content else { return Ok(Vec::new()) };
    let shown = option_order(conn, card, options)?
        .into_iter()
        .filter_map(|at| options.get(at))
        .map(|option| ShownOption {
            id: option.id.clone(),
            text: text::parse_inline(&option.text),
            right: option.right,
            reason: text::parse(&option.reason),
        })
        .collect();
    Ok(shown)
}

fn source(citation: &Citation, known: &[Source]) -> ShownSource {
    let found = known.iter().find(|source| source.key == citation.key);
    let text = |pick: fn(&Source) -> &String| found.map(pick).cloned().unwrap_or_default();
    ShownSource {
        title: found.map_or_else(|| citation.key.clone(), |source| source.title.clone()),
        publisher: text(|source| &source.publisher),
        address: text(|source| &source.address),
        how: citation.how,
        read_on: citation.read_on.map(|date| date.to_string()),
        place: citation.place.clone(),
    }
}

/// The outcome of every grade that can be given. In the drill the schedule stays as it is.
fn labels(card: &Card, today: StudyDay, drill: bool, policy: &Policy) -> Vec<OutcomeView> {
    match card.schedule {
        Schedule::Known(known) if drill => [Grade::AGAIN, Grade::GOOD]
            .map(|grade| OutcomeView {
                grade: grade.value(),
                due: known.due.date().to_string(),
                in_days: known.due.days_since(today),
                interval_days: known.memory.interval_days,
                drill_today: policy.drill.wants(grade),
            })
            .into(),
        schedule => outcomes(&schedule, card.uuid, today, policy).map(|o| label(&o, today)).into(),
    }
}

fn label(outcome: &Outcome, today: StudyDay) -> OutcomeView {
    OutcomeView {
        grade: outcome.grade.value(),
        due: outcome.after.due.date().to_string(),
        in_days: outcome.after.due.days_since(today),
        interval_days: outcome.interval_days(),
        drill_today: outcome.drill_today,
    }
}
