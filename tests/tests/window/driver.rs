//! tauri-driver, WebKitWebDriver and the program: they end with the test, however it ends.
//!
//! They stay in the test's process group, so that whoever ends a hanging test ends them too.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

/// Nothing that is asked of the program may take longer.
pub const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(15);

const MARK: &str = "CAIRN_WINDOW_TEST";

/// There is one program on one message bus: a second would hand over to the first and end.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

pub struct Driver {
    child: Child,
    agent: ureq::Agent,
    base: String,
    session: String,
    log: PathBuf,
    /// A variable that only what this test started has.
    mark: String,
    _one: MutexGuard<'static, ()>,
}

/// Asks until there is an answer; `None` when the deadline has passed.
pub fn poll<T>(mut ask: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        let answer = ask();
        if answer.is_some() || start.elapsed() > PATIENCE {
            return answer;
        }
        std::thread::sleep(PAUSE);
    }
}

/// The program under test.
pub fn app() -> PathBuf {
    cairn_tests::binary("cairn", "CAIRN_APP")
}

impl Driver {
    /// Opens the program with these variables; what it says is written to `log`.
    /// `files` stand behind its name on the command line.
    pub fn open(variables: &[(&str, String)], files: &[String], log: &Path) -> Self {
        let one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let program = std::env::var_os("TAURI_DRIVER").unwrap_or_else(|| "tauri-driver".into());
        let (port, native) = (free_port(), free_port());
        let said = File::create(log).expect("the log can be written");
        let child = Command::new(program)
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env(MARK, log)
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(said.try_clone().expect("the log can be shared"))
            .stderr(said)
            .spawn()
            .expect("tauri-driver starts; `./dev test window` installs it");
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .http_status_as_error(false)
            .build()
            .into();
        let base = format!("http://127.0.0.1:{port}/session");
        let (session, log, mark) =
            (String::new(), log.to_owned(), format!("{MARK}={}", log.display()));
        let mut driver = Self { child, agent, base, session, log, mark, _one: one };
        driver.session = driver.begin(files);
        driver
    }

    fn begin(&self, files: &[String]) -> String {
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "wry", "tauri:options": { "application": app(), "args": files } } } });
        let made = poll(|| self.send(&self.base, &wanted).ok()).expect("tauri-driver answers");
        let id = made["value"]["sessionId"].as_str();
        format!("{}/{}", self.base, id.unwrap_or_else(|| panic!("a session: {made}")))
    }

    /// Calls a command of WebDriver; gives its value.
    pub fn call(&self, command: &str, body: &Value) -> Result<Value, String> {
        let answer = self.send(&format!("{}/{command}", self.session), body)?;
        let value = answer["value"].clone();
        match value["error"].as_str() {
            Some(error) => Err(format!("{command}: {error}: {}", value["message"])),
            None => Ok(value),
        }
    }

    /// Reads something of WebDriver.
    pub fn read(&self, command: &str) -> Result<Value, String> {
        let answer = self.agent.get(format!("{}/{command}", self.session)).call();
        let answer: Value = answer
            .and_then(|mut answer| answer.body_mut().read_json())
            .map_err(|error| error.to_string())?;
        Ok(answer["value"].clone())
    }

    fn send(&self, url: &str, body: &Value) -> Result<Value, String> {
        let answer = self.agent.post(url).send_json(body);
        answer
            .and_then(|mut answer| answer.body_mut().read_json())
            .map_err(|error| error.to_string())
    }

    /// The process of the program itself.
    pub fn process(&self) -> Option<Pid> {
        let app = app();
        self.started().into_iter().find(|pid| {
            fs::read_link(format!("/proc/{}/exe", pid.as_raw_nonzero())).is_ok_and(|exe| exe == app)
        })
    }

    /// Every live process that this test started: those with its variables.
    fn started(&self) -> Vec<Pid> {
        let entries = fs::read_dir("/proc").expect("/proc can be read").flatten();
        let ours = |pid: &i32| {
            // The environment of a zombie is empty.
            let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            environment.split(|byte| *byte == 0).any(|one| one == self.mark.as_bytes())
        };
        entries
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter(ours)
            .filter_map(Pid::from_raw)
            .collect()
    }

    /// SIGKILL for the program: it can neither catch it nor tidy up anything.
    pub fn kill_program(&self) {
        let process = self.process().expect("the program runs");
        kill_process(process, Signal::KILL).expect("the program can be killed");
        self.wait_for_end();
    }

    /// Until the program has ended.
    pub fn wait_for_end(&self) {
        poll(|| self.process().is_none().then_some(())).expect("the program ends");
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let ended = poll(|| {
            let left = self.started();
            for pid in &left {
                let _ = kill_process(*pid, Signal::KILL);
            }
            left.is_empty().then_some(())
        });
        if std::thread::panicking() {
            eprintln!(
                "What the program said:\n{}",
                fs::read_to_string(&self.log).unwrap_or_default()
            );
        } else {
            assert!(ended.is_some(), "nothing that was started is left");
        }
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it has an address").port()
}
