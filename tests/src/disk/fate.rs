//! What becomes of what was not flushed.

use crate::chance::Chance;

/// A change of a file.
#[derive(Debug, Clone)]
pub(super) enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Resize(usize),
}

impl Change {
    /// Makes it; what lies between the end of the file and the place is `fill`.
    pub(super) fn make(&self, content: &mut Vec<u8>, fill: u8) {
        match self {
            Self::Resize(length) => content.resize(*length, fill),
            Self::Write { at, bytes } => {
                let end = at + bytes.len();
                if content.len() < end {
                    content.resize(end, fill);
                }
                content[*at..end].copy_from_slice(bytes);
            }
        }
    }

    /// The change in pieces of so many bytes, as the disk divides a file.
    fn pieces(&self, size: usize) -> Vec<Self> {
        let Self::Write { at, bytes } = self else { return vec![self.clone()] };
        let mut pieces = Vec::new();
        let mut done = 0;
        while done < bytes.len() {
            let to_border = size - (at + done) % size;
            let end = (done + to_border).min(bytes.len());
            pieces.push(Self::Write { at: at + done, bytes: bytes[done..end].to_owned() });
            done = end;
        }
        pieces
    }

    /// Its first half.
    fn torn(mut self) -> Self {
        if let Self::Write { bytes, .. } = &mut self {
            bytes.truncate(bytes.len() / 2);
        }
        self
    }
}

/// What a sector of a disk holds, and a page of the system's cache, in bytes.
const SECTOR: usize = 512;
const PAGE: usize = 4096;

/// What becomes of the pending changes of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Lost,
    Kept,
    /// The first of them, and a part of the next.
    Begun,
    /// Any pages.
    Pages,
    /// Any sectors, one of them torn.
    Sectors,
    /// All but one sector.
    AllButOne,
}

/// How a cut goes, over all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weather {
    /// There is no cut.
    Calm,
    /// Only what is certain is left.
    AllLost,
    /// All names, and files in any state.
    Names,
    /// All bytes, and names in any state.
    Bytes,
    /// Anything.
    Mixed,
}

impl Weather {
    /// One of those with a cut; mostly anything.
    pub(super) fn of(chance: &mut Chance) -> Self {
        use Weather::{AllLost, Bytes, Mixed, Names};
        *chance.pick(&[AllLost, Names, Bytes, Mixed, Mixed])
    }

    /// The fate of one file.
    pub(super) fn file(self, chance: &mut Chance) -> Fate {
        use Fate::{AllButOne, Begun, Kept, Lost, Pages, Sectors};
        match self {
            Self::Calm | Self::Bytes => Kept,
            Self::AllLost => Lost,
            Self::Names | Self::Mixed => {
                *chance.pick(&[Lost, Kept, Begun, Begun, Pages, Sectors, Sectors, AllButOne])
            }
        }
    }

    /// The changes of names that are there after a cut.
    pub(super) fn names<T>(self, pending: Vec<T>, chance: &mut Chance) -> Vec<T> {
        match self {
            Self::Calm | Self::Names => pending,
            Self::AllLost => Vec::new(),
            Self::Bytes | Self::Mixed if chance.below(2) == 0 => {
                let first = usize::try_from(chance.below(pending.len() as u64 + 1));
                pending.into_iter().take(first.expect("an index")).collect()
            }
            Self::Bytes | Self::Mixed => {
                pending.into_iter().filter(|_| chance.below(2) == 0).collect()
            }
        }
    }
}

/// Decides on the pending changes of a file; none is left.
pub(super) fn settle(
    content: &mut Vec<u8>,
    pending: &mut Vec<Change>,
    fate: Fate,
    chance: &mut Chance,
) {
    let changes = std::mem::take(pending);
    if changes.is_empty() || fate == Fate::Lost {
        return;
    }
    if fate == Fate::Kept {
        changes.iter().for_each(|change| change.make(content, 0));
        return;
    }
    let size = if fate == Fate::Pages { PAGE } else { SECTOR };
    let pieces: Vec<Change> = changes.iter().flat_map(|change| change.pieces(size)).collect();
    let one = usize::try_from(chance.below(pieces.len() as u64)).expect("an index");
    let fill = if chance.below(2) == 0 { 0 } else { 0xA5 };
    let mut length = content.len();
    for (at, piece) in pieces.into_iter().enumerate() {
        length = match &piece {
            Change::Resize(length) => *length,
            Change::Write { at, bytes } => length.max(at + bytes.len()),
        };
        let is_there = match fate {
            Fate::Begun => at <= one,
            Fate::AllButOne => at != one,
            _ => chance.below(2) == 0,
        };
        let is_torn = at == one && matches!(fate, Fate::Begun | Fate::Sectors);
        if is_torn {
            piece.torn().make(content, fill);
        } else if is_there {
            piece.make(content, fill);
        }
    }
    // The length may be on the disk before the bytes are.
    if chance.below(2) == 0 && content.len() < length {
        content.resize(length, fill);
    }
}
