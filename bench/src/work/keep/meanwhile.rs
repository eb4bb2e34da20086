//! Answers given while an export, a backup or a check runs on another thread.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use cairn_export::view::Format;
use cairn_store::{Collection, backup};

use super::{check, export};
use crate::Fallible;
use crate::report::{Target, Workload};
use crate::sample::Sample;
use crate::seed::{Draw, NOW};
use crate::work::answer::{CARD_MS, answer};

/// Between two answers: far less than any person takes, and the day's cards last.
const BETWEEN: Duration = Duration::from_millis(4);
/// Longest that an answer may take meanwhile, in milliseconds.
const LONGEST_MS: f64 = 50.0;

type Work = fn(&Path, &Path) -> Fallible<()>;

/// Each of them runs once while answers are given, some two hundred a second.
pub fn measure(path: &Path, run: &Path) -> Fallible<Vec<Workload>> {
    let works: [(&'static str, Work); 5] = [
        ("while-csv", |path, run| export(path, &run.join("tables"), Format::Csv)),
        ("while-json", |path, run| export(path, &run.join("all.json"), Format::Json)),
        ("while-apkg", |path, run| export(path, &run.join("all.apkg"), Format::Apkg)),
        ("while-backup", |path, _| {
            backup::make(path, backup::Reason::ByHand, NOW)?;
            Ok(())
        }),
        ("while-check", |path, _| check(path)),
    ];
    let mut collection = Collection::open(path, NOW)?;
    let mut draw = Draw::new(5);
    let mut now = NOW;
    works
        .into_iter()
        .map(|(name, work)| {
            let ended = AtomicBool::new(false);
            let (mut sample, mut longest) = (Sample::default(), 0.0f64);
            thread::scope(|scope| {
                let working = scope.spawn(|| {
                    let done = work(path, run).map_err(|error| error.to_string());
                    ended.store(true, Ordering::Release);
                    done
                });
                let mut step = collection.begin(None, None, now)?;
                while !ended.load(Ordering::Acquire) && step.shown.is_some() {
                    now.utc_ms += CARD_MS / 8;
                    let answer = answer(&step, &mut draw)?;
                    let mut one = Sample::default();
                    step = one.time(|| collection.answer(&answer, now))?;
                    let took = one.figure().median;
                    longest = longest.max(took);
                    thread::sleep(BETWEEN);
                    sample.add(took);
                }
                working.join().map_err(|_| "the work ended in a panic")??;
                Fallible::Ok(())
            })?;
            if longest <= 0.0 {
                return Err(format!("{name}: there was no card left to answer").into());
            }
            let mut one = Workload::new(name, "answers given meanwhile", &sample);
            one.targets.push(Target {
                promise: format!("the longest ≤ {LONGEST_MS:.0} ms: {longest:.1} ms"),
                met: longest <= LONGEST_MS,
            });
            Ok(one)
        })
        .collect()
}
