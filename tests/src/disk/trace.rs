//! What the shim wrote down.

use std::path::{Path, PathBuf};

use super::fate::Weather;
use super::model::{Disk, Start};
use crate::chance::Chance;
use crate::tree::Tree;

/// One thing that a program did, in the order in which it was done. Paths lie within the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    Create {
        inode: u64,
        path: PathBuf,
    },
    Resize {
        inode: u64,
        length: u64,
    },
    Write {
        inode: u64,
        at: u64,
        bytes: Vec<u8>,
    },
    /// Of a file, or of a folder's names.
    Flush {
        inode: u64,
        is_file: bool,
    },
    FailedFlush {
        inode: u64,
    },
    Rename {
        from: PathBuf,
        to: PathBuf,
    },
    Link {
        inode: u64,
        path: PathBuf,
    },
    Remove {
        path: PathBuf,
    },
    MakeFolder {
        inode: u64,
        path: PathBuf,
    },
    /// On stdout.
    Said(Vec<u8>),
    /// Mapped into memory for writing.
    Mapped {
        path: PathBuf,
    },
}

/// Everything that programs did to a folder, and what it held before.
#[derive(Debug)]
pub struct Trace {
    pub(super) start: Start,
    pub(super) events: Vec<Event>,
}

/// A folder after a cut of power.
#[derive(Debug)]
pub struct Cut {
    /// Before which event it came.
    pub at: usize,
    /// What is there.
    pub tree: Tree,
    /// What had been said on stdout before the cut.
    pub said: String,
}

impl Trace {
    /// How many moments there are for a cut.
    pub fn len(&self) -> usize {
        self.events.len() + 1
    }

    /// Whether nothing was done.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    /// Everything that was said on stdout.
    pub fn said(&self) -> String {
        self.said_before(self.events.len())
    }

    /// How many flushes of files went well or failed.
    pub fn flushes(&self) -> usize {
        let is_file = |event: &&Event| match event {
            Event::Flush { is_file, .. } => *is_file,
            event => matches!(event, Event::FailedFlush { .. }),
        };
        self.events.iter().filter(is_file).count()
    }

    /// How often files were written.
    pub fn writes(&self) -> usize {
        self.events.iter().filter(|event| matches!(event, Event::Write { .. })).count()
    }

    /// How many bytes were written to files.
    pub fn bytes(&self) -> u64 {
        let bytes = self.events.iter().map(|event| match event {
            Event::Write { bytes, .. } => bytes.len() as u64,
            _ => 0,
        });
        bytes.sum()
    }

    /// So many cuts, the same for a seed. The first is the hardest: after everything was said, only
    /// what is certain is left.
    pub fn cuts(&self, count: usize, seed: u64) -> impl Iterator<Item = Cut> {
        let mut chance = Chance::new(seed);
        let end = self.cut(self.len() - 1, Weather::AllLost, &mut chance);
        let others = (1..count).map(move |_| {
            let at = self.moment(&mut chance);
            self.cut(at, Weather::of(&mut chance), &mut chance)
        });
        std::iter::once(end).chain(others)
    }

    /// A cut after everything was done, whatever becomes of what was not flushed.
    pub fn cut_at_end(&self, chance: &mut Chance) -> Cut {
        self.cut(self.len() - 1, Weather::of(chance), chance)
    }

    /// A moment for a cut: just after something was said; just before or after a flush or a change
    /// of a name, where most can go wrong; anywhere.
    fn moment(&self, chance: &mut Chance) -> usize {
        let places = |is: fn(&Event) -> bool| -> Vec<usize> {
            let all = self.events.iter().enumerate();
            all.filter(|(_, event)| is(event)).map(|(at, _)| at).collect()
        };
        let words = places(|event| matches!(event, Event::Said(_)));
        let edges = places(|event| !matches!(event, Event::Write { .. } | Event::Mapped { .. }));
        match chance.below(4) {
            0 if !words.is_empty() => chance.pick(&words) + 1,
            1 | 2 if !edges.is_empty() => {
                chance.pick(&edges) + usize::try_from(chance.below(2)).expect("an index")
            }
            _ => usize::try_from(chance.below(self.len() as u64)).expect("an index"),
        }
    }

    /// The folder after a cut before the event `at` (after all of them: at [`len`](Self::len) - 1).
    fn cut(&self, at: usize, weather: Weather, chance: &mut Chance) -> Cut {
        Cut { at, tree: self.after(at, weather, chance), said: self.said_before(at) }
    }

    /// The folder as it is without any cut.
    pub(super) fn whole(&self) -> Tree {
        self.after(self.events.len(), Weather::Calm, &mut Chance::new(0))
    }

    fn after(&self, at: usize, weather: Weather, chance: &mut Chance) -> Tree {
        let mut disk = Disk::new(&self.start, weather);
        for event in &self.events[..at] {
            disk.take(event, chance);
        }
        disk.cut(chance)
    }

    fn said_before(&self, at: usize) -> String {
        let bytes = self.events[..at].iter().flat_map(|event| match event {
            Event::Said(bytes) => bytes.as_slice(),
            _ => &[],
        });
        String::from_utf8_lossy(&bytes.copied().collect::<Vec<u8>>()).into_owned()
    }
}

/// Reads the records of the shim (`put` in record.h).
pub(super) fn parse(mut rest: &[u8], root: &Path) -> Vec<Event> {
    let mut events = Vec::new();
    while !rest.is_empty() {
        let (head, tail) = rest.split_at(25);
        let number = |range: std::ops::Range<usize>| {
            head[range].iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
        };
        let (inode, at) = (number(1..9), number(9..17));
        let length = |range| usize::try_from(number(range)).expect("a length");
        let (text, tail) = tail.split_at(length(17..21));
        let (bytes, tail) = tail.split_at(length(21..25));
        rest = tail;
        let within = |bytes: &[u8]| {
            let path = Path::new(std::str::from_utf8(bytes).expect("a path in UTF-8"));
            path.strip_prefix(root).expect("a path in the folder").to_owned()
        };
        events.push(match head[0] {
            b'C' => Event::Create { inode, path: within(text) },
            b'T' => Event::Resize { inode, length: at },
            b'W' => Event::Write { inode, at, bytes: bytes.to_owned() },
            b'S' => Event::Flush { inode, is_file: at == 1 },
            b'F' => Event::FailedFlush { inode },
            b'R' => Event::Rename { from: within(text), to: within(bytes) },
            b'L' => Event::Link { inode, path: within(text) },
            b'U' => Event::Remove { path: within(text) },
            b'M' => Event::MakeFolder { inode, path: within(text) },
            b'O' => Event::Said(bytes.to_owned()),
            b'P' => Event::Mapped { path: within(text) },
            other => panic!("the shim wrote a record of no known kind: {other}"),
        });
    }
    events
}
