//! A folder of its own with a collection in it.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{Cli, noon};
use crate::tree::Tree;

/// A folder of its own with a collection in it, gone when dropped.
#[derive(Debug)]
pub struct Home {
    folder: TempDir,
    /// Where the programs put temporary files, which those that are killed leave behind.
    _scratch: TempDir,
    /// The command line with the collection.
    pub cli: Cli,
}

impl Default for Home {
    fn default() -> Self {
        Self::new()
    }
}

impl Home {
    /// The name of the collection in the folder.
    pub const COLLECTION: &str = "collection.cairn";

    /// An empty folder.
    ///
    /// # Panics
    /// When it can't be made.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let scratch = tempfile::tempdir().expect("a folder can be made");
        let cli = Cli::new(folder.path().join(Self::COLLECTION)).with("TMPDIR", scratch.path());
        Self { folder, _scratch: scratch, cli }
    }

    /// An empty collection that takes any number of new cards a day.
    pub fn create(&self) {
        self.cli.text(&noon(0, 0), &["create", "--empty", "--new-limit", "9999"]);
    }

    /// A folder with this in it.
    pub fn of(tree: &Tree) -> Self {
        let home = Self::new();
        tree.write(home.folder());
        home
    }

    /// What is in the folder.
    pub fn tree(&self) -> Tree {
        Tree::read(self.folder())
    }

    /// Files in the folder beside the collection, by their path within it: without what SQLite and
    /// the locks keep there, without pictures, and without backups that have their names.
    pub fn others(&self) -> Vec<String> {
        let parts = ["", "-wal", "-shm", ".lock", ".backup-lock", ".backups/about.json"];
        let is_ours = |path: &String| {
            let part = path.strip_prefix(Self::COLLECTION).unwrap_or("?");
            let by_hash = part.starts_with(".media/") || part.starts_with(".backups/media/");
            let whole = part.ends_with(".cairn-backup") || by_hash && !part.contains("partial");
            parts.contains(&part) || whole
        };
        let tree = self.tree();
        let paths = tree.files().map(|path| path.to_string_lossy().replace('\\', "/"));
        paths.filter(|path| !is_ours(path)).collect()
    }

    /// The backups that there are, newest first.
    ///
    /// # Panics
    /// When they can't be listed.
    pub fn backups(&self) -> Vec<Value> {
        let said = self.cli.json(&noon(0, 0), &["backup", "--list"]);
        said[0]["backups"].as_array().expect("a list").clone()
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the folder, as text.
    ///
    /// # Panics
    /// When it is not UTF-8.
    pub fn path(&self, within: &str) -> String {
        let path = self.folder.path().join(within);
        path.into_os_string().into_string().expect("a path in UTF-8")
    }

    /// Writes a deck of so many notes with two cards each, with `mark` in every question; gives its
    /// path.
    ///
    /// # Panics
    /// When it can't be written.
    pub fn deck(&self, notes: usize, mark: &str) -> String {
        let path = self.path(&format!("{mark}.md"));
        fs::write(&path, deck(notes, mark)).expect("a file can be written");
        path
    }

    /// Writes a deck of one card with a picture, as Cairn JSON; gives its path.
    ///
    /// # Panics
    /// When it can't be written.
    pub fn pictures(&self) -> String {
        let path = self.path("pictures.json");
        fs::write(&path, PICTURES).expect("a file can be written");
        path
    }

    /// Imports a deck to the end; gives `added`, `updated` and `unchanged`.
    ///
    /// # Panics
    /// When that fails.
    pub fn import(&self, path: &str) -> [u64; 3] {
        let report = self.cli.json(&noon(0, 0), &["import", path]);
        ["added", "updated", "unchanged"].map(|key| report[0][key].as_u64().expect("a number"))
    }
}

/// A picture of one point.
const PICTURES: &str = r#"{
"format": "cairn", "version": 1, "policies": [],
"media": [{
  "name": "dot.png", "size": 67, "mime": "image/png",
  "sha256": "eaa4a94ea300e0d2c775968cbe42f0b5b51ceafdeb73d64e9efddf6d4e880865",
  "data": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
}],
"decks": [{
  "id": "pictures", "title": "Pictures", "language": "en", "version": "1",
  "notes": [{
    "id": "dot",
    "content": { "kind": "basic", "front": "What? ![a dot](media:dot.png)", "back": "A dot." }
  }]
}]
}
"#;

fn deck(notes: usize, mark: &str) -> String {
    let cards: String = (0..notes)
        .map(|n| {
            format!(
                "\n## basic: n{n}\nboth-ways: yes\n\nQuestion {n} {mark}?\n\n---\n\nAnswer {n}.\n"
            )
        })
        .collect();
    format!("---\nid: plain\ntitle: Plain deck\n---\n{cards}")
}
