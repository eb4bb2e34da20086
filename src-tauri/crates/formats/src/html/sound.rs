//! Sounds in text, as Anki writes them: `[sound:NAME]`.

use super::address::{self, Source};
use super::tree::{Run, Style, What};

const OPEN: &str = "[sound:";

/// Cuts the sounds out of running text. One from elsewhere is left out, and `remote` set.
pub(super) fn split(runs: Vec<Run>, remote: &mut bool) -> Vec<Run> {
    let has_sound = |run: &Run| matches!(&run.what, What::Text(text) if text.contains(OPEN));
    if !runs.iter().any(has_sound) {
        return runs;
    }
    let mut found = Vec::new();
    for run in runs {
        let style = run.style;
        let What::Text(text) = run.what else {
            found.push(run);
            continue;
        };
        let piece = |text: &str| Run { what: What::Text(text.to_owned()), style };
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once(OPEN) {
            let Some((name, after)) = after.split_once(']') else { break };
            found.push(piece(before));
            match address::file(name) {
                Source::File(name) => found.push(Run {
                    what: What::Media { name, alt: String::new() },
                    style: Style::default(),
                }),
                Source::Elsewhere => *remote = true,
                Source::None => {}
            }
            rest = after;
        }
        found.push(piece(rest));
    }
    found.retain(|run| !matches!(&run.what, What::Text(text) if text.is_empty()));
    found
}
