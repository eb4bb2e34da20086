//! Every screen looked at: by axe-core in all colors, at double text size, and in a picture.

use std::path::PathBuf;

use serde_json::Value;

use crate::window::Window;

const AXE: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/node_modules/axe-core/axe.min.js"));

/// Answers once fonts are there, nothing moves and the page has been painted.
const STILL: &str = "
    const frame = () => new Promise((next) => requestAnimationFrame(next));
    const still = () => Promise.all(document.getAnimations().map((one) => one.finished));
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

/// What hangs out of the window on the right.
const TOO_WIDE: &str = "
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? scrollWidth - clientWidth : 0;";

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
            window.ask(&format!("{AXE}\nwindow.axe = window.axe ?? axe; return true;"));
        }
        for theme in ["dark", "contrast", "light"] {
            wear(window, theme, "");
            let found: Vec<String> =
                serde_json::from_value(window.ask_later(RUN_AXE)).expect("a list of texts");
            self.faults.extend(found.iter().map(|fault| format!("{screen}, {theme}: {fault}")));
            self.picture(window, screen, theme);
        }
        wear(window, "light", "200%");
        let too_wide = window.ask(TOO_WIDE);
        if too_wide != 0 {
            self.faults.push(format!("{screen}, text at 200 %: {too_wide} px too wide"));
        }
        wear(window, "light", "");
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
