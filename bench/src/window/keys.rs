//! From a grade's key to the next card painted.

use std::time::Duration;

use super::Desk;
use super::driver::Session;
use crate::Fallible;
use crate::report::Workload;
use crate::sample::Sample;

/// A grade is ignored for 300 ms after the answer has appeared.
const ANSWER_READ: Duration = Duration::from_millis(400);
/// By then a review that was begun is shown.
const BEGUN: Duration = Duration::from_secs(2);
const PRESSES: u32 = 5;
/// A frame, by which the paint may come after the commit, in milliseconds.
const FRAME_MS: f64 = 17.0;
/// WebDriver's names of Enter and F8 (which means nothing to the program).
const ENTER: &str = "\u{e007}";
const F8: &str = "\u{e038}";

/// A handler that does nothing but wait for the paint, as the page's own `afterPaint` does.
const EMPTY_HANDLER: &str = "addEventListener('keydown', (event) => {
  if (event.key !== 'F8') return;
  const pressedAt = performance.now();
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      performance.mark('bench:key', { startTime: pressedAt });
      performance.mark('bench:painted');
    };
    channel.port2.postMessage(null);
  });
});";

/// Answers `keys` cards by keyboard, with an empty handler after each.
pub fn measure(desk: &Desk, keys: usize) -> Fallible<Vec<Workload>> {
    let session = Session::open(desk, &desk.app)?;
    session.wait_for_mark("cairn:today-painted", 0)?;
    session.run(EMPTY_HANDLER)?;
    begin(&session)?;
    let [mut commit, mut painted, mut empty] = std::array::from_fn(|_| Sample::default());
    for number in 0..=keys {
        let (reply_ms, painted_ms) = answer(&session)?;
        let empty_ms = press_empty(&session)?;
        // The first card warms up the page.
        if number > 0 {
            commit.add(reply_ms);
            painted.add(painted_ms);
            empty.add(empty_ms);
        }
    }
    let most = commit.figure().median + FRAME_MS;
    let what = "a grade's key to the next card painted (floor: an empty handler)";
    Ok(vec![
        Workload::new("key-commit", "a grade's key to the reply: the answer is saved", &commit),
        Workload::new("key-painted", what, &painted)
            .beside(&empty)
            .median_within_as(most, "commit + 17"),
    ])
}

/// Presses Space until the first card is there: a window that has just been opened may not have the
/// focus yet.
fn begin(session: &Session) -> Fallible<()> {
    for _ in 0..PRESSES {
        session.press(" ")?;
        std::thread::sleep(BEGUN);
        if session.run("return document.querySelector('.review') !== null")? == true {
            return Ok(());
        }
    }
    Err("the review does not begin".into())
}

/// Turns the card and grades it Good; gives the milliseconds to the reply and to the paint.
fn answer(session: &Session) -> Fallible<(f64, f64)> {
    std::thread::sleep(ANSWER_READ);
    // A card that is new opens with its answer; there Enter would already be a grade.
    if session.run("return document.querySelector('.grades') === null")? == true {
        // On a choice this picks the first option; elsewhere it means nothing.
        session.press("a")?;
        session.press(ENTER)?;
        std::thread::sleep(ANSWER_READ);
    }
    let (before, _) = session.mark("cairn:key")?;
    let (drawn, _) = session.mark("cairn:painted")?;
    // Good; where the option was wrong, every grade means Again.
    session.press("3")?;
    let key = session.wait_for_mark("cairn:key", before)?;
    let painted = session.wait_for_mark("cairn:painted", drawn)?;
    let (_, reply) = session.mark("cairn:reply")?;
    Ok((reply - key, painted - key))
}

fn press_empty(session: &Session) -> Fallible<f64> {
    let (before, _) = session.mark("bench:painted")?;
    session.press(F8)?;
    let painted = session.wait_for_mark("bench:painted", before)?;
    let (_, key) = session.mark("bench:key")?;
    Ok(painted - key)
}
