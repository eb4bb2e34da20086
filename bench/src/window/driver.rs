//! tauri-driver, WebKitWebDriver and the program: one process group, which ends with the session.

use std::fs::File;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use serde_json::{Value, json};

use super::{Desk, processes};
use crate::Fallible;

/// Nothing that is asked of the program may take longer.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(15);

/// An open window.
pub struct Session {
    child: Child,
    agent: ureq::Agent,
    address: String,
}

impl Session {
    /// Starts `program` (the program itself, or a script that becomes it) and waits for its page.
    pub fn open(desk: &Desk, program: &Path) -> Fallible<Self> {
        let (port, native) = (free_port()?, free_port()?);
        let said = File::create(desk.home.join("driver.log"))?;
        let mut command = command(desk);
        command
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("CAIRN_COLLECTION", &desk.collection)
            .envs(
                ["DATA", "CONFIG", "CACHE"]
                    .map(|kind| (format!("XDG_{kind}_HOME"), desk.home.join(kind.to_lowercase()))),
            )
            .stdin(Stdio::null())
            .stdout(said.try_clone()?)
            .stderr(said)
            .process_group(0);
        let child = command.spawn()?;
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .build()
            .into();
        let base = format!("http://127.0.0.1:{port}/session");
        let mut session = Self { child, agent, address: base.clone() };
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "wry", "tauri:options": { "application": program } } } });
        let made = poll(|| Ok(session.send(&base, &wanted).ok()))?;
        let id =
            made["value"]["sessionId"].as_str().ok_or_else(|| format!("no session: {made}"))?;
        session.address = format!("{base}/{id}");
        Ok(session)
    }

    /// Runs a script in the page; gives what it returns.
    pub fn run(&self, script: &str) -> Fallible<Value> {
        self.call("execute/sync", &json!({ "script": script, "args": [] }))
    }

    /// Presses and releases a key, named as WebDriver does.
    pub fn press(&self, key: &str) -> Fallible<()> {
        let strokes = ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key }));
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": strokes });
        self.call("actions", &json!({ "actions": [keyboard] }))?;
        Ok(())
    }

    /// How many marks of a name there are, and when the last was set, in milliseconds of the page.
    pub fn mark(&self, name: &str) -> Fallible<(u64, f64)> {
        let found = self.run(&format!(
            "const all = performance.getEntriesByName('{name}');
             return [all.length, all.length ? all[all.length - 1].startTime : 0];"
        ))?;
        let number = |at: usize| found[at].as_f64().ok_or("the page gave no number");
        Ok((found[0].as_u64().ok_or("the page gave no count")?, number(1)?))
    }

    /// Waits until there are more than `count` marks of a name; gives when the last was set.
    pub fn wait_for_mark(&self, name: &str, count: u64) -> Fallible<f64> {
        match poll(|| Ok(Some(self.mark(name)?).filter(|(found, _)| *found > count))) {
            Ok((_, at)) => Ok(at),
            Err(error) => {
                let page = self.run("return document.body.innerText")?;
                Err(format!("waiting for the mark {name}: {error}; the page says {page}").into())
            }
        }
    }

    /// The process of the program.
    pub fn process(&self, app: &Path) -> Fallible<u32> {
        let group = processes::of_group(self.child.id())?;
        let found = group
            .into_iter()
            .find(|pid| std::fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe == app));
        found.ok_or_else(|| "the program does not run".into())
    }

    fn call(&self, command: &str, body: &Value) -> Fallible<Value> {
        let answer = self.send(&format!("{}/{command}", self.address), body)?;
        let value = answer.get("value").cloned().unwrap_or_default();
        match value.get("error") {
            Some(error) => Err(format!("{command}: {error}: {}", value["message"]).into()),
            None => Ok(value),
        }
    }

    fn send(&self, url: &str, body: &Value) -> Fallible<Value> {
        Ok(self.agent.post(url).send_json(body)?.body_mut().read_json()?)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The program first, so that it closes its collection; then whatever is left.
        let _ = self.agent.delete(&self.address).call();
        let group = self.child.id();
        for signal in [Signal::TERM, Signal::KILL] {
            if let Some(group) = i32::try_from(group).ok().and_then(Pid::from_raw) {
                let _ = kill_process_group(group, signal);
            }
            std::thread::sleep(10 * PAUSE);
        }
        let _ = self.child.wait();
        let _ = poll(|| Ok(processes::of_group(group)?.is_empty().then_some(())));
    }
}

/// tauri-driver, with a message bus of its own where the session has none.
fn command(desk: &Desk) -> Command {
    if std::env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some() {
        return Command::new(&desk.driver);
    }
    let mut command = Command::new("dbus-run-session");
    command.arg("--").arg(&desk.driver);
    command
}

/// Asks until there is an answer.
fn poll<T>(mut ask: impl FnMut() -> Fallible<Option<T>>) -> Fallible<T> {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask()? {
            return Ok(answer);
        }
        if start.elapsed() > PATIENCE {
            return Err(format!("no answer in {PATIENCE:?}").into());
        }
        std::thread::sleep(PAUSE);
    }
}

fn free_port() -> Fallible<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
