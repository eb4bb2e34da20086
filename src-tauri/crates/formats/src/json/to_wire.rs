//! The core's types as the document shows them.

use std::borrow::Cow;

use cairn_core::day::StudyDay;
use cairn_core::drill::DrillRule;
use cairn_core::note::{ChoiceOption, Content, Face};
use cairn_core::package::{
    Citation, Facts, Identity, PackageCard, PackageKind, PackageMedia, PackageNote, PackageRow,
    Reading, Source,
};
use cairn_core::policy::Policy;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::Memory;
use chrono::Datelike;
use serde_json::Value;

use super::day::Day;
use super::wire;

/// Gives the place of a row's policy in the document's list.
pub(super) type Number<'a> = &'a (dyn Fn(&PackageRow) -> u32 + Sync);

pub(super) fn drill_name(rule: DrillRule) -> &'static str {
    match rule {
        DrillRule::BelowGood => "below_good",
        DrillRule::Failures => "failures",
        DrillRule::Off => "off",
    }
}

pub(super) fn policy<'a>(rule: &'a str, policy: &Policy) -> wire::Policy<'a> {
    let Policy { late_credit, fuzz, max_interval_days, drill } = *policy;
    let (rule, drill) = (rule.into(), drill_name(drill).into());
    wire::Policy { rule, late_credit, fuzz, max_interval_days, drill }
}

pub(super) fn media(media: &PackageMedia) -> wire::Media<'_> {
    let PackageMedia { name, sha256, size, mime } = media;
    let [name, sha256, mime] = [name, sha256, mime].map(text);
    wire::Media { name, sha256, size: *size, mime, data: None }
}

pub(super) fn kind(kind: &PackageKind) -> wire::Kind<'_> {
    wire::Kind { key: text(&kind.key), json: text(&kind.json) }
}

/// A setting's value; as a text where it is no JSON.
pub(super) fn setting(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|_| Value::String(json.to_owned()))
}

pub(super) fn source(source: &Source) -> wire::Source<'_> {
    let Source { key, title, publisher, address } = source;
    let [key, title, publisher, address] = [key, title, publisher, address].map(text);
    wire::Source { key, title, publisher, address }
}

#[allow(clippy::ptr_arg)] // mapped over lists of owned texts
fn text(text: &String) -> Cow<'_, str> {
    Cow::Borrowed(text)
}

fn texts(list: &[String]) -> Vec<Cow<'_, str>> {
    list.iter().map(text).collect()
}

pub(super) fn note<'a>(from: &'a PackageNote, number: Number<'_>) -> wire::Note<'a> {
    let PackageNote { id, identity, content: words, base, facts: known, .. } = from;
    let PackageNote { cards, elsewhere, media, .. } = from;
    let (uuid, anki_guid) = match identity {
        Identity::InDeck => (None, None),
        Identity::Known(uuid) => (Some(uuid.to_string().into()), None),
        Identity::Anki(guid) => (None, Some(text(guid))),
    };
    wire::Note {
        id: text(id),
        uuid,
        anki_guid,
        content: content(words),
        base: base.as_ref().map(content),
        facts: facts(known),
        cards: cards.iter().map(|known| card(known, number)).collect(),
        elsewhere: text(elsewhere),
        media: media.iter().map(|(name, sha256)| (text(name), text(sha256))).collect(),
    }
}

fn content(content: &Content) -> wire::Content<'_> {
    let kind = content.kind().into();
    let common = wire::Content { kind, note: content.corrective().into(), ..Default::default() };
    match content {
        Content::Basic { front, back, both_ways, .. } => wire::Content {
            front: Some(text(front)),
            back: Some(text(back)),
            both_ways: both_ways.then_some(true),
            ..common
        },
        Content::Cloze { text: words, .. } => wire::Content { text: Some(text(words)), ..common },
        Content::Faces { faces, .. } => {
            wire::Content { faces: Some(faces.iter().map(face).collect()), ..common }
        }
        Content::Choice { stem, options, .. } => wire::Content {
            stem: Some(text(stem)),
            options: Some(options.iter().map(option).collect()),
            ..common
        },
    }
}

fn face(face: &Face) -> wire::Face<'_> {
    wire::Face { key: text(&face.key), front: text(&face.front), back: text(&face.back) }
}

fn option(option: &ChoiceOption) -> wire::ChoiceOption<'_> {
    let ChoiceOption { id, text: words, right, reason } = option;
    wire::ChoiceOption { id: text(id), text: text(words), right: *right, reason: text(reason) }
}

fn facts(facts: &Facts) -> wire::Facts<'_> {
    wire::Facts {
        area: facts.area.map(|area| area.code().into()),
        competencies: facts.competencies.iter().map(|number| u32::from(*number)).collect(),
        concepts: texts(&facts.concepts),
        tags: texts(&facts.tags),
        sources: facts.sources.iter().map(citation).collect(),
        expires: facts.expires.map(|date| date.to_string().into()),
    }
}

fn citation(citation: &Citation) -> wire::Citation<'_> {
    let how = match citation.how {
        Reading::Page => "page",
        Reading::Part => "part",
        Reading::Secondary => "secondary",
        Reading::Unknown => "unknown",
    };
    wire::Citation {
        key: text(&citation.key),
        how: how.into(),
        read_on: citation.read_on.map(|date| date.to_string().into()),
        place: text(&citation.place),
    }
}

fn card<'a>(from: &'a PackageCard, number: Number<'_>) -> wire::Card<'a> {
    wire::Card {
        key: text(&from.key),
        suspended: from.suspended,
        flagged: from.flagged,
        buried_until: from.buried_until.map(day),
        schedule: schedule(&from.schedule),
        log: from.log.iter().map(|known| row(known, number)).collect(),
        elsewhere: text(&from.elsewhere),
    }
}

/// A day as `2026-11-21`, digit by digit.
fn day(day: StudyDay) -> Day<'static> {
    let date = day.date();
    let Ok(year @ 0..=9999) = u32::try_from(date.year()) else {
        return Day::Text(date.to_string().into());
    };
    let (century, month, day) = (year / 100, date.month(), date.day());
    let mut text = *b"0000-00-00";
    for (at, number) in [(0, century), (2, year % 100), (5, month), (8, day)] {
        text[at] += u8::try_from(number / 10).unwrap_or_default();
        text[at + 1] += u8::try_from(number % 10).unwrap_or_default();
    }
    Day::Digits(text)
}

fn schedule(schedule: &Schedule) -> Option<wire::Schedule<'static>> {
    let Schedule::Known(Known { memory, due, last, lapses }) = *schedule else { return None };
    let Memory { repetitions, interval_days, ease_hundredths } = memory;
    let (due, last) = (day(due), day(last));
    Some(wire::Schedule { repetitions, interval_days, ease_hundredths, due, last, lapses })
}

fn row<'a>(from: &'a PackageRow, number: Number<'_>) -> wire::Row<'a> {
    wire::Row {
        kind: from.kind.name().into(),
        grade: from.grade.map(u32::from),
        response: from.response.as_ref().map(text),
        option_order: from.option_order.as_deref().map(texts),
        day: day(from.day),
        at_ms: from.at_ms,
        offset_minutes: from.offset_minutes,
        taken_ms: from.taken_ms,
        policy: number(from),
        outcome: from.outcome.map(|found| wire::Outcome {
            interval_days: found.interval_days,
            late_days: found.late_days,
            fuzz_days: found.fuzz_days,
            due: day(found.due),
        }),
        plan_day: from.plan_day.map(day),
        before: schedule(&from.before),
        after: schedule(&from.after),
        elsewhere: text(&from.elsewhere),
    }
}
