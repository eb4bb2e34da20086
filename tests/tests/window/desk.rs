//! A person's computer: a collection, the time of day, and folders of its own for everything else.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cairn_tests::Cli;
use serde_json::Value;
use tempfile::TempDir;

use crate::driver::{app, poll};
use crate::window::Window;

/// Saturday morning in California, the "today" of these tests.
pub const TODAY: &str = "2026-11-21T09:00:00-08:00";

pub struct Desk {
    folder: TempDir,
    pub cli: Cli,
    /// What the program takes for the present time.
    pub now: String,
    /// Whether the program is told which collection to open.
    told: bool,
}

impl Desk {
    /// Nothing there yet.
    pub fn new() -> Self {
        Self::at("collection.cairn")
    }

    /// Nothing there yet; the collection is to be at this path within the person's folder.
    pub fn at(place: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let cli = Cli::new(folder.path().join(place));
        fs::create_dir(folder.path().join("temporary")).expect("a folder for what is temporary");
        Self { folder, cli, now: TODAY.to_owned(), told: true }
    }

    /// Nothing there yet, and the program finds its collection by itself.
    pub fn untold() -> Self {
        let desk = Self::at("data/Cairn-development/collection.cairn");
        Self { told: false, ..desk }
    }

    /// A collection with one deck of the test's own, made on `day`.
    pub fn with_deck(text: &str, new_a_day: u32, day: &str) -> Self {
        let desk = Self::new();
        let file = desk.folder.path().join("deck.md");
        fs::write(&file, text).expect("the deck can be written");
        let limit = new_a_day.to_string();
        desk.cli.text(day, &["create", "--empty", "--new-limit", &limit]);
        desk.cli.text(day, &["import", file.to_str().expect("a path in UTF-8")]);
        desk
    }

    /// A collection with the decks that come with the program, made on `day`.
    pub fn with_built_in_decks(new_a_day: u32, day: &str) -> Self {
        let desk = Self::new();
        desk.cli.text(day, &["create", "--new-limit", &new_a_day.to_string()]);
        desk
    }

    /// Studies everything that `day` holds, in the terminal: always Good.
    pub fn study(&self, day: &str) {
        let mut review = self.cli.command(day, &["review", "--json"]);
        let mut review = review.stdin(Stdio::piped()).spawn().expect("the program starts");
        let mut input = review.stdin.take().expect("stdin is a pipe");
        // More than enough; what comes after the last card is refused by a closed pipe.
        let _ = input.write_all("good\n".repeat(300).as_bytes());
        drop(input);
        let output = review.wait_with_output().expect("the program ends");
        let said = String::from_utf8_lossy(&output.stdout);
        let last = said.lines().last().unwrap_or_default();
        assert!(last.contains(r#""event":"done""#), "a sitting comes to its end: {last}");
    }

    pub fn collection(&self) -> PathBuf {
        self.cli.collection().to_owned()
    }

    /// What stands in the log, oldest first.
    pub fn log(&self) -> Vec<Value> {
        self.cli.json(&self.now, &["log"])
    }

    /// New cards of today.
    pub fn new_cards(&self) -> u64 {
        self.cli.json(&self.now, &["due"])[0]["total"]["new"].as_u64().expect("a number")
    }

    /// How many answers stand.
    pub fn answers(&self) -> usize {
        let log = self.log();
        log.iter().filter(|row| row["voided"] == false && !row["grade"].is_null()).count()
    }

    /// A path in the person's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What the system's next dialogs for files answer: a path, or nothing for one that is closed.
    pub fn answer_dialogs(&self, path: Option<&Path>) {
        let answer = path.map(|path| path.display().to_string()).unwrap_or_default();
        fs::write(self.path("dialog.txt"), answer).expect("the answer can be written");
    }

    /// A file in the person's folder.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.folder.path().join(name);
        fs::write(&path, text).expect("the file can be written");
        path.display().to_string()
    }

    /// Opens the window.
    pub fn open(&self) -> Window {
        self.open_with(&[])
    }

    /// Opens the window with files on the command line.
    pub fn open_with(&self, files: &[String]) -> Window {
        let folder = |name: &str| self.folder.path().join(name).display().to_string();
        let mut variables = vec![
            ("CAIRN_NOW", self.now.clone()),
            ("CAIRN_DIALOG", folder("dialog.txt")),
            ("TMPDIR", folder("temporary")),
            ("TZ", "America/Los_Angeles".to_owned()),
            ("XDG_DATA_HOME", folder("data")),
            ("XDG_CONFIG_HOME", folder("config")),
            ("XDG_CACHE_HOME", folder("cache")),
            ("XDG_STATE_HOME", folder("state")),
        ];
        if self.told {
            variables.push(("CAIRN_COLLECTION", self.collection().display().to_string()));
        }
        Window::open(&variables, files, &self.folder.path().join("said.log"))
    }

    /// Starts the program once more while a window is open, with files on the command line. It ends
    /// by itself and says that all is well.
    pub fn start_again(&self, files: &[&str]) {
        let mut second = Command::new(app())
            .args(files)
            .env("CAIRN_COLLECTION", self.collection())
            .env("CAIRN_NOW", &self.now)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let ended = poll(|| second.try_wait().expect("it can be asked"));
        let _ = second.kill();
        let _ = second.wait();
        let status = ended.expect("the second start ends by itself");
        assert!(status.success(), "and says that all is well: {status}");
    }

    /// Opens the window and passes over the welcome.
    pub fn open_today(&self) -> Window {
        self.open_today_with(&[])
    }

    /// The same, with files on the command line.
    pub fn open_today_with(&self, files: &[String]) -> Window {
        let window = self.open_with(files);
        if window.text("main").contains("Step 1 of") {
            window.click("Skip this");
            window.until("Today is there", "return !!document.querySelector('nav')");
        }
        window
    }
}
