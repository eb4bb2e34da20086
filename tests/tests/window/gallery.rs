//! Every screen looked at: by axe-core in all colors, at double text size, in a narrow window, and
//! in a picture.

use std::path::PathBuf;

use serde_json::Value;

use crate::window::Window;

/// Read when the tests run: they compile without the page's packages.
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js");

/// Answers once fonts are there, nothing moves and the page has been painted.
const STILL: &str = "
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    const still = () => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})));
    document.fonts.ready.then(frame).then(still).then(frame).then(frame).then(() => done(true));";

const RUN_AXE: &str = "
    axe.run(document, { resultTypes: ['violations'] }).then(
        ({ violations }) => done(violations.flatMap((rule) => rule.nodes.map((node) =>
            `${rule.id} at ${node.target.join(' ')}: ${node.failureSummary}`))),
        (error) => done([String(error)]));";

const WEAR: &str = "
    document.documentElement.dataset.theme = arguments[0];
    document.documentElement.style.fontSize = arguments[1];
    return true;";

/// What hangs out of the window, or of a part of it that would have to be scrolled sideways. What is
/// wide by nature (code, tables) scrolls in a box of its own, and what is only spoken has no width.
const TOO_WIDE: &str = "
    const clips = (one) => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(one).overflowX);
    const exempt = 'pre, .wide, .hidden, textarea, input, select, svg, progress';
    const boxes = [...document.querySelectorAll('body *')].filter(
        (one) => clips(one) && !one.matches(exempt));
    return [document.documentElement, ...boxes]
        .filter((one) => one.scrollWidth > one.clientWidth + 1)
        .map((one) => `${one.tagName} .${one.className}: ${one.scrollWidth - one.clientWidth} px`)
        .join(', ');";

/// The smallest window: about what a 1440 px screen holds at 400 % zoom.
const NARROW: (u64, u64) = (360, 800);

/// Looks at one screen after the other; finds everything before it complains.
pub struct Gallery {
    folder: Option<PathBuf>,
    faults: Vec<String>,
}

impl Gallery {
    pub fn new() -> Self {
        Self { folder: std::env::var_os("CAIRN_SCREENS").map(PathBuf::from), faults: Vec::new() }
    }

    /// Looks at what the window shows now.
    pub fn look(&mut self, window: &Window, screen: &str) {
        if window.ask("return !window.axe") == true {
            let axe = std::fs::read_to_string(AXE).expect("axe-core: `npm ci` in ui installs it");
            window.ask(&format!("{axe}\nwindow.axe = window.axe ?? axe; return true;"));
        }
        for theme in ["dark", "contrast", "light"] {
            wear(window, theme, "");
            let found: Vec<String> =
                serde_json::from_value(window.ask_later(RUN_AXE)).expect("a list of texts");
            self.faults.extend(found.iter().map(|fault| format!("{screen}, {theme}: {fault}")));
            self.picture(window, screen, theme);
        }
        wear(window, "light", "200%");
        self.width(window, screen, "text at 200 %");
        wear(window, "light", "");
        let size = window.size();
        window.resize(NARROW);
        self.width(window, screen, "a narrow window");
        window.resize(size);
    }

    fn width(&mut self, window: &Window, screen: &str, when: &str) {
        let too_wide = window.ask(TOO_WIDE);
        if too_wide != "" {
            self.faults.push(format!("{screen}, {when}, too wide: {too_wide}"));
        }
    }

    fn picture(&self, window: &Window, screen: &str, theme: &str) {
        let Some(folder) = self.folder.as_ref().filter(|_| theme != "contrast") else { return };
        std::fs::create_dir_all(folder).expect("the folder of the pictures");
        window.display.picture(&folder.join(format!("{screen}-{theme}.png")), || {
            window.ask_later(STILL);
        });
    }

    /// # Panics
    /// When anything was found on any screen.
    pub fn leave(self) {
        assert!(self.faults.is_empty(), "found on the screens:\n{}", self.faults.join("\n\n"));
    }
}

fn wear(window: &Window, theme: &str, size: &str) {
    window.ask_with(WEAR, &Value::from(vec![theme, size]));
    window.ask_later(STILL);
}
