//! Where the cards of a note stand, and how they came there.

use std::borrow::Cow;
use std::collections::HashSet;

use cairn_core::fold::LogKind;
use cairn_core::package::{PackageCard, PackageOutcome, PackageRow, rule_name};
use cairn_core::policy::Policy;
use cairn_core::schedule::{Known, Schedule};
use cairn_core::sm2::{MAX_INTERVAL_DAYS, MIN_EASE_HUNDREDTHS, Memory};

use super::{Reader, day};
use crate::json::faults::Faults;
use crate::json::locate::Path;
use crate::json::wire;
use crate::problem::Quoted;

/// Most minutes by which local time is before or behind UTC.
const MAX_OFFSET_MINUTES: u32 = 24 * 60;

impl Reader<'_> {
    /// The cards of a note that makes cards of these keys; `None` when its text is faulty.
    pub(super) fn cards(
        &mut self,
        cards: Vec<wire::Card<'_>>,
        keys: Option<&[String]>,
        path: &Path<'_>,
    ) -> Vec<PackageCard> {
        let mut seen = HashSet::new();
        let mut found = Vec::with_capacity(cards.len());
        for (at, card) in cards.into_iter().enumerate() {
            let path = path.item(at);
            if keys.is_some_and(|keys| !keys.iter().any(|key| *key == card.key)) {
                self.faults.add(
                    &path.field("key"),
                    format_args!("the note makes no card {}", Quoted(&card.key)),
                    format_args!("Its cards are: {}.", keys.unwrap_or_default().join(", ")),
                );
            }
            if !seen.insert(card.key.clone().into_owned()) {
                self.faults.add(
                    &path.field("key"),
                    format_args!("the card {} stands twice in the note", Quoted(&card.key)),
                    "Put the two together.",
                );
            }
            found.push(self.card(card, &path));
        }
        found
    }

    fn card(&mut self, card: wire::Card<'_>, path: &Path<'_>) -> PackageCard {
        let wire::Card { key, suspended, flagged, buried_until, schedule, log, elsewhere } = card;
        let list = path.field("log");
        let mut rows = Vec::with_capacity(log.len());
        for (at, row) in log.into_iter().enumerate() {
            let path = list.item(at);
            if self.has_room(&path) {
                rows.extend(self.row(row, &path));
            }
        }
        PackageCard {
            key: key.into_owned(),
            suspended,
            flagged,
            buried_until: buried_until
                .map(|text| day(&text, &path.field("buried_until"), self.faults)),
            schedule: read_schedule(schedule, &path.field("schedule"), self.faults),
            log: rows,
            elsewhere: elsewhere.into_owned(),
        }
    }

    fn row(&mut self, row: wire::Row<'_>, path: &Path<'_>) -> Option<PackageRow> {
        let kind = self.kind(&row.kind, path);
        let grade = self.grade(&row, path);
        let policy = self.policy(row.policy, path);
        if row.offset_minutes.unsigned_abs() > MAX_OFFSET_MINUTES {
            self.faults.add(
                &path.field("offset_minutes"),
                format_args!("{} minutes are more than a day", row.offset_minutes),
                "Write local time minus UTC, in minutes.",
            );
        }
        let faults = &mut *self.faults;
        let outcome = row.outcome.map(|found| PackageOutcome {
            interval_days: found.interval_days,
            late_days: found.late_days,
            fuzz_days: found.fuzz_days,
            due: day(&found.due, &path.field("outcome").field("due"), faults),
        });
        let study_day = day(&row.day, &path.field("day"), faults);
        let plan_day = row.plan_day.map(|text| day(&text, &path.field("plan_day"), faults));
        let before = read_schedule(row.before, &path.field("before"), faults);
        let after = read_schedule(row.after, &path.field("after"), faults);
        let (rule, policy) = policy?;
        Some(PackageRow {
            kind: kind?,
            grade,
            response: row.response.map(Cow::into_owned),
            option_order: row
                .option_order
                .map(|ids| ids.into_iter().map(Cow::into_owned).collect()),
            day: study_day,
            at_ms: row.at_ms,
            offset_minutes: row.offset_minutes,
            taken_ms: row.taken_ms,
            rule: rule_name(&rule),
            policy,
            outcome,
            plan_day,
            before,
            after,
            elsewhere: row.elsewhere.into_owned(),
        })
    }

    fn kind(&mut self, name: &str, path: &Path<'_>) -> Option<LogKind> {
        let kind = LogKind::from_name(name);
        if kind.is_none() {
            self.faults.add(
                &path.field("kind"),
                format_args!("{} is no kind of row", Quoted(name)),
                "Write `review`, `drill`, `cram`, `mock`, `set`, `reset` or `foreign`.",
            );
        }
        kind
    }

    fn grade(&mut self, row: &wire::Row<'_>, path: &Path<'_>) -> Option<u8> {
        match row.grade {
            Some(grade @ 0..=5) => u8::try_from(grade).ok(),
            Some(grade) => {
                let message = format_args!("{grade} is not a grade");
                self.faults.add(&path.field("grade"), message, "Grades run from 0 to 5.");
                None
            }
            None if row.kind == "review" => {
                self.faults.add(path, "a review has a grade", "Write it, 0 to 5.");
                None
            }
            None => None,
        }
    }

    fn policy(&mut self, number: u32, path: &Path<'_>) -> Option<(String, Policy)> {
        let found = usize::try_from(number).ok().and_then(|at| self.policies.get(at)).cloned();
        if found.is_none() {
            let count = self.policies.len();
            self.faults.add(
                &path.field("policy"),
                format_args!("there is no policy {number}: the document has {count}"),
                "Write the place of the policy in the list at the top, counted from 0.",
            );
        }
        found
    }
}

fn read_schedule(
    schedule: Option<wire::Schedule<'_>>,
    path: &Path<'_>,
    faults: &mut Faults,
) -> Schedule {
    let Some(schedule) = schedule else { return Schedule::New };
    let wire::Schedule { repetitions, interval_days, ease_hundredths, due, last, lapses } =
        schedule;
    if interval_days > MAX_INTERVAL_DAYS {
        faults.add(
            &path.field("interval_days"),
            format_args!("an interval of {interval_days} days is too long"),
            format_args!("Write at most {MAX_INTERVAL_DAYS}."),
        );
    }
    if ease_hundredths < MIN_EASE_HUNDREDTHS {
        faults.add(
            &path.field("ease_hundredths"),
            format_args!("an ease of {ease_hundredths} hundredths is too low"),
            format_args!("Write at least {MIN_EASE_HUNDREDTHS}, which is 1.30."),
        );
    }
    Schedule::Known(Known {
        memory: Memory { repetitions, interval_days, ease_hundredths },
        due: day(&due, &path.field("due"), faults),
        last: day(&last, &path.field("last"), faults),
        lapses,
    })
}
