//! What is certain and what is pending, event by event.

use std::collections::{BTreeMap, HashMap};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::fate::{Change, Weather, settle};
use super::trace::Event;
use crate::chance::Chance;
use crate::tree::{Tree, is_index};

type Names = BTreeMap<OsString, usize>;

/// A file or a folder, known by its place in the list of all.
#[derive(Debug, Clone)]
enum Thing {
    File {
        certain: Vec<u8>,
        pending: Vec<Change>,
    },
    /// Names that are certain, and those that programs see.
    Folder {
        certain: Names,
        seen: Names,
    },
}

/// A folder before anything is done to it: all of it is certain. The first thing is the folder.
#[derive(Debug)]
pub(super) struct Start {
    things: Vec<Thing>,
    inodes: HashMap<u64, usize>,
}

impl Start {
    pub(super) fn read(folder: &Path) -> Self {
        let mut start = Self { things: Vec::new(), inodes: HashMap::new() };
        start.read_at(folder);
        start
    }

    fn read_at(&mut self, path: &Path) -> usize {
        let data = fs::metadata(path).expect("a file can be looked at");
        let me = self.things.len();
        self.inodes.insert(data.ino(), me);
        if !data.is_dir() {
            let certain = fs::read(path).expect("a file can be read");
            self.things.push(Thing::File { certain, pending: Vec::new() });
            return me;
        }
        self.things.push(Thing::Folder { certain: Names::new(), seen: Names::new() });
        let mut names = Names::new();
        for entry in fs::read_dir(path).expect("a folder can be read") {
            let entry = entry.expect("a folder can be read");
            names.insert(entry.file_name(), self.read_at(&entry.path()));
        }
        self.things[me] = Thing::Folder { certain: names.clone(), seen: names };
        me
    }
}

/// A change of names, made as one: folder, name, and what it names from then on.
#[derive(Debug, Clone)]
struct NameChange(Vec<(usize, OsString, Option<usize>)>);

/// The folder in the course of a trace.
#[derive(Debug)]
pub(super) struct Disk {
    things: Vec<Thing>,
    inodes: HashMap<u64, usize>,
    pending: Vec<NameChange>,
    weather: Weather,
}

impl Disk {
    pub(super) fn new(start: &Start, weather: Weather) -> Self {
        let (things, inodes) = (start.things.clone(), start.inodes.clone());
        Self { things, inodes, pending: Vec::new(), weather }
    }

    /// Takes in what was done next.
    pub(super) fn take(&mut self, event: &Event, chance: &mut Chance) {
        match event {
            Event::Create { inode, path } => {
                let file = Thing::File { certain: Vec::new(), pending: Vec::new() };
                self.appear(*inode, path, file);
            }
            Event::MakeFolder { inode, path } => {
                let folder = Thing::Folder { certain: Names::new(), seen: Names::new() };
                self.appear(*inode, path, folder);
            }
            Event::Write { inode, at, bytes } => {
                let at = usize::try_from(*at).expect("a place");
                self.change(*inode, Change::Write { at, bytes: bytes.clone() });
            }
            Event::Resize { inode, length } => {
                let length = usize::try_from(*length).expect("a length");
                self.change(*inode, Change::Resize(length));
            }
            Event::Flush { inode, .. } => self.flush(*inode),
            Event::FailedFlush { inode } => self.fail(*inode, chance),
            Event::Rename { from, to } => {
                let (old, new) = (self.place(from), self.place(to));
                let thing = self.seen(from);
                self.rename(NameChange(vec![(old.0, old.1, None), (new.0, new.1, Some(thing))]));
            }
            Event::Link { inode, path } => {
                let (folder, name) = self.place(path);
                let thing = self.inodes[inode];
                self.rename(NameChange(vec![(folder, name, Some(thing))]));
            }
            Event::Remove { path } => {
                let (folder, name) = self.place(path);
                self.rename(NameChange(vec![(folder, name, None)]));
            }
            Event::Mapped { path } => {
                assert!(is_index(path), "the shim does not see what is written to {path:?}");
            }
            Event::Said(_) => {}
        }
    }

    /// The power fails: what is pending is there or not, in part or wholly.
    pub(super) fn cut(mut self, chance: &mut Chance) -> Tree {
        let pending = std::mem::take(&mut self.pending);
        for change in self.weather.names(pending, chance) {
            self.make_certain(&change);
        }
        let weather = self.weather;
        for thing in &mut self.things {
            if let Thing::File { certain, pending } = thing {
                settle(certain, pending, weather.file(chance), chance);
            }
        }
        let mut tree = Tree::default();
        self.gather(0, Path::new(""), &mut tree, chance);
        tree
    }

    fn gather(&self, folder: usize, within: &Path, tree: &mut Tree, chance: &mut Chance) {
        let Thing::Folder { certain, .. } = &self.things[folder] else { return };
        for (name, thing) in certain {
            let path = within.join(name);
            match &self.things[*thing] {
                Thing::File { certain, .. } => {
                    let mut bytes = certain.clone();
                    if is_index(&path) && chance.below(2) == 0 {
                        bytes.fill_with(|| u8::try_from(chance.below(256)).expect("a byte"));
                    }
                    tree.0.insert(path, Some(bytes));
                }
                Thing::Folder { .. } => {
                    tree.0.insert(path.clone(), None);
                    self.gather(*thing, &path, tree, chance);
                }
            }
        }
    }

    fn appear(&mut self, inode: u64, path: &Path, thing: Thing) {
        let me = self.things.len();
        self.things.push(thing);
        // A number may be used again once its file is gone.
        self.inodes.insert(inode, me);
        let (folder, name) = self.place(path);
        self.rename(NameChange(vec![(folder, name, Some(me))]));
    }

    fn change(&mut self, inode: u64, change: Change) {
        let thing = self.inodes.get(&inode).map(|thing| &mut self.things[*thing]);
        // A file without a name (removed, or never given one) is of no interest.
        if let Some(Thing::File { pending, .. }) = thing {
            pending.push(change);
        }
    }

    fn flush(&mut self, inode: u64) {
        let Some(&me) = self.inodes.get(&inode) else { return };
        if let Thing::File { certain, pending } = &mut self.things[me] {
            for change in pending.drain(..) {
                change.make(certain, 0);
            }
            return;
        }
        let mut left: Vec<NameChange> = Vec::new();
        for change in std::mem::take(&mut self.pending) {
            if change.0.iter().all(|(folder, ..)| *folder != me) {
                left.push(change);
                continue;
            }
            // What was done to the same names before is past: a rename that is certain, from a folder
            // that was never flushed, says how that folder stands.
            let is_past = |set: &(usize, OsString, _)| {
                change.0.iter().any(|(folder, name, _)| *folder == set.0 && *name == set.1)
            };
            left.iter_mut().for_each(|before| before.0.retain(|set| !is_past(set)));
            self.make_certain(&change);
        }
        self.pending = left;
    }

    /// What was to be flushed is lost or not, here and now, and never flushed again.
    fn fail(&mut self, inode: u64, chance: &mut Chance) {
        let Some(&me) = self.inodes.get(&inode) else { return };
        let fate = self.weather.file(chance);
        if let Thing::File { certain, pending } = &mut self.things[me] {
            settle(certain, pending, fate, chance);
        }
    }

    fn rename(&mut self, change: NameChange) {
        for (folder, name, thing) in &change.0 {
            let Thing::Folder { seen, .. } = &mut self.things[*folder] else { continue };
            set(seen, name, *thing);
        }
        self.pending.push(change);
    }

    fn make_certain(&mut self, change: &NameChange) {
        for (folder, name, thing) in &change.0 {
            let Thing::Folder { certain, .. } = &mut self.things[*folder] else { continue };
            set(certain, name, *thing);
        }
    }

    /// Folder and name of a path, as programs see it.
    fn place(&self, path: &Path) -> (usize, OsString) {
        let folder = path.parent().map_or(0, |folder| self.seen(folder));
        (folder, path.file_name().unwrap_or(OsStr::new("")).to_owned())
    }

    fn seen(&self, path: &Path) -> usize {
        path.iter().fold(0, |folder, name| match &self.things[folder] {
            Thing::Folder { seen, .. } => *seen.get(name).unwrap_or_else(|| missing(path)),
            Thing::File { .. } => missing(path).to_owned(),
        })
    }
}

fn set(names: &mut Names, name: &OsStr, thing: Option<usize>) {
    match thing {
        Some(thing) => drop(names.insert(name.to_owned(), thing)),
        None => drop(names.remove(name)),
    }
}

fn missing(path: &Path) -> &'static usize {
    let path: PathBuf = path.to_owned();
    panic!("the shim has not seen how {path:?} came to be")
}
