//! The window under test: what it shows, and how to wait for it.

use std::path::Path;

use serde_json::{Value, json};

use crate::display::Display;
use crate::driver::{Driver, poll};
use crate::keys::presses;

pub struct Window {
    driver: Driver,
    pub display: Display,
}

impl Window {
    /// Opens the program and waits until it says how things stand.
    pub fn open(variables: &[(&str, String)], files: &[String], log: &Path) -> Self {
        let driver = Driver::open(variables, files, log);
        let process = poll(|| driver.process()).expect("the program runs");
        let window = Self { driver, display: Display::of(process) };
        window.until("the program is open", "return !!document.querySelector('h1')");
        window
    }

    /// Runs a function body in the page; gives what it returns.
    pub fn ask(&self, script: &str) -> Value {
        self.ask_with(script, &json!([]))
    }

    /// The same, with `arguments`.
    pub fn ask_with(&self, script: &str, arguments: &Value) -> Value {
        let body = json!({ "script": script, "args": arguments });
        self.driver.call("execute/sync", &body).unwrap_or_else(|error| panic!("{error}: {script}"))
    }

    /// The same; the page answers by calling `done(value)`.
    pub fn ask_later(&self, script: &str) -> Value {
        let script = format!("const done = arguments[arguments.length - 1];\n{script}");
        let body = json!({ "script": script, "args": [] });
        self.driver.call("execute/async", &body).unwrap_or_else(|error| panic!("{error}: {script}"))
    }

    /// Asks the page until it gives something other than false, null, 0 or an empty text.
    pub fn until(&self, what: &str, script: &str) -> Value {
        let truth = |value: Value| match &value {
            Value::Null | Value::Bool(false) => None,
            Value::String(text) if text.is_empty() => None,
            Value::Number(number) if number.as_f64() == Some(0.0) => None,
            _ => Some(value),
        };
        poll(|| truth(self.ask(script)))
            .unwrap_or_else(|| panic!("never came true: {what}. The page: {}", self.text("body")))
    }

    /// Presses keys, one after the other.
    pub fn press(&self, keys: &[&str]) {
        self.driver.call("actions", &presses(keys)).expect("keys can be pressed");
    }

    /// The text that stands in the first element of a selector, as it is seen.
    pub fn text(&self, selector: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText ?? ''";
        self.ask_with(script, &json!([selector])).as_str().unwrap_or_default().to_owned()
    }

    /// Whether the whole page holds this text, seen or only spoken.
    pub fn shows(&self, text: &str) -> bool {
        let script = "return document.body.textContent.includes(arguments[0])";
        self.ask_with(script, &json!([text])) == true
    }

    /// Waits until the page holds this text.
    pub fn until_shows(&self, text: &str) {
        poll(|| self.shows(text).then_some(()))
            .unwrap_or_else(|| panic!("“{text}” never came. The page: {}", self.text("body")));
    }

    /// Waits until this is the heading of the screen or of the open dialog.
    pub fn until_heading(&self, text: &str) {
        let heading = "(document.querySelector('dialog[open] h2') ?? document.querySelector('h1'))";
        let is = format!("return {heading}?.textContent === {}", json!(text));
        self.until(&format!("the heading “{text}”"), &is);
    }

    /// Presses the button, link or menu item that goes by this name, as a mouse would.
    pub fn click(&self, name: &str) {
        let script = format!("{NAME} {BUTTON} button.focus(); button.click(); return true;");
        let found = poll(|| self.ask_with(&script, &json!([name])).as_bool());
        found.unwrap_or_else(|| panic!("no button “{name}”. The page: {}", self.text("body")));
    }

    /// What has the focus: its name, as it is announced.
    pub fn focus(&self) -> String {
        let script = format!("{NAME} return name(document.activeElement);");
        self.ask(&script).as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the focus is on what goes by this name.
    pub fn until_focus(&self, name: &str) {
        poll(|| (self.focus() == name).then_some(())).unwrap_or_else(|| {
            panic!("the focus should be on “{name}”; it is on “{}”", self.focus())
        });
    }

    /// What the live region said last.
    pub fn live(&self) -> String {
        let said = self.ask("return document.querySelector('[data-live]').textContent");
        said.as_str().unwrap_or_default().to_owned()
    }

    /// Width and height, in pixels.
    pub fn size(&self) -> (u64, u64) {
        let size = self.ask("return [innerWidth, innerHeight]");
        serde_json::from_value(size).expect("two numbers")
    }

    /// Makes the window so large, and waits until the page has taken it in.
    pub fn resize(&self, (width, height): (u64, u64)) {
        let size = json!({ "x": 0, "y": 0, "width": width, "height": height });
        self.driver.call("window/rect", &size).expect("the window can be sized");
        poll(|| (self.size() == (width, height)).then_some(())).expect("the page follows");
    }

    /// Turns to the other window once there is one: what is asked from here on is asked of it.
    pub fn turn_to_other(&self) {
        let here = self.driver.read("window").expect("a window");
        let other = poll(|| {
            let all = self.driver.read("window/handles").ok()?;
            all.as_array()?.iter().find(|one| **one != here).cloned()
        });
        self.turn_to(&other.expect("another window opens"));
    }

    /// Writes what the other window of the program shows as a picture.
    pub fn picture_of_other(&self, name: &str) {
        let Some(folder) = std::env::var_os("CAIRN_SCREENS") else { return };
        let process = self.driver.process().expect("the program runs");
        let file = Path::new(&folder).join(format!("{name}.png"));
        self.display.other(process).picture(&file, || {
            self.ask("return document.readyState");
        });
    }

    /// The name by which a driver knows the window.
    pub fn handle(&self) -> Value {
        self.driver.read("window").expect("a window")
    }

    pub fn turn_to(&self, handle: &Value) {
        self.driver.call("window", &json!({ "handle": handle })).expect("it can be turned to");
    }

    /// Closes the window by the cross in its title bar.
    pub fn close(self) {
        self.display.close_window();
        self.driver.wait_for_end();
    }

    /// Kills the program (SIGKILL).
    pub fn kill(self) {
        self.driver.kill_program();
    }
}

/// The name of an element; keys drawn on it are not part of it.
const NAME: &str = "
    const name = (one) => {
        const copy = one.cloneNode(true);
        copy.querySelectorAll('kbd').forEach((kbd) => kbd.remove());
        return (one.getAttribute('aria-label') ?? copy.textContent).trim();
    };";

/// Finds the button that goes by `arguments[0]`, in the open dialog if there is one.
const BUTTON: &str = "
    const place = document.querySelector('dialog[open]') ?? document;
    const all = [...place.querySelectorAll('button, a[href], summary')];
    const button = all.find((one) => name(one) === arguments[0] && !one.disabled);
    if (!button) return null;";
