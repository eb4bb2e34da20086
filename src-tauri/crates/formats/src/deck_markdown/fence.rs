//! Fenced code blocks: between two fences nothing is structure.
//!
//! Source of the rules: CommonMark 0.31, "Fenced code blocks", with one difference: a block opens at
//! the left margin only. What is indented cannot be taken for structure anyway.

use super::lines::raw_lines;

/// Fewest backquotes or tildes of a fence.
const SHORTEST: usize = 3;
/// Most spaces before a closing fence.
const DEEPEST: usize = 3;

/// The line that opens a code block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    /// The fence that `line` opens, if it does.
    pub fn opening(line: &str) -> Option<Self> {
        let fence = Self::at_start(line)?;
        let info = &line[fence.length..];
        (fence.mark == '~' || !info.contains('`')).then_some(fence)
    }

    /// Whether `line` closes this block.
    pub fn closed_by(self, line: &str) -> bool {
        Self::closing(line).is_some_and(|end| end.mark == self.mark && end.length >= self.length)
    }

    /// The shortest line that closes this block.
    pub fn close(self) -> String {
        self.mark.to_string().repeat(self.length)
    }

    /// A line that can close a block: nothing but a fence, hardly indented.
    fn closing(line: &str) -> Option<Self> {
        let fenced = line.trim_start_matches(' ');
        let fence = Self::at_start(fenced)?;
        let alone = fenced[fence.length..].trim().is_empty();
        (alone && line.len() - fenced.len() <= DEEPEST).then_some(fence)
    }

    fn at_start(line: &str) -> Option<Self> {
        let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let length = line.len() - line.trim_start_matches(mark).len();
        (length >= SHORTEST).then_some(Self { mark, length })
    }
}

/// Every line of a file that can close a code block, so that "is this block ever closed?" is
/// answered without reading on to the end of the file each time.
#[derive(Debug)]
pub(super) struct Closings {
    found: Vec<Closing>,
    /// The first of `found` that the reader has not passed.
    next: usize,
}

#[derive(Debug)]
struct Closing {
    line: u32,
    /// Length of the longest closing fence of backquotes from this line to the end of the file.
    backquotes: usize,
    /// The same of tildes.
    tildes: usize,
}

impl Closings {
    /// Finds them all.
    pub fn of(text: &str) -> Self {
        let mut found = Vec::new();
        for (line, raw) in (1..).zip(raw_lines(text)) {
            match Fence::closing(raw) {
                Some(Fence { mark: '`', length }) => {
                    found.push(Closing { line, backquotes: length, tildes: 0 });
                }
                Some(Fence { length, .. }) => {
                    found.push(Closing { line, backquotes: 0, tildes: length });
                }
                None => {}
            }
        }
        let (mut backquotes, mut tildes) = (0, 0);
        for closing in found.iter_mut().rev() {
            backquotes = closing.backquotes.max(backquotes);
            tildes = closing.tildes.max(tildes);
            (closing.backquotes, closing.tildes) = (backquotes, tildes);
        }
        Self { found, next: 0 }
    }

    /// Whether the block that `fence` opens in `line` is closed further down. Lines must be asked
    /// for in the order of the file.
    pub fn has(&mut self, fence: Fence, line: u32) -> bool {
        while self.found.get(self.next).is_some_and(|closing| closing.line <= line) {
            self.next += 1;
        }
        self.found.get(self.next).is_some_and(|closing| {
            fence.length <= if fence.mark == '`' { closing.backquotes } else { closing.tildes }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(opening: &str, line: &str, closes: bool) {
        let fence = Fence::opening(opening).unwrap();
        assert_eq!(fence.closed_by(line), closes, "{opening:?} then {line:?}");
    }

    #[test]
    fn three_marks_at_the_left_margin_open_a_block() {
        for line in ["```", "~~~", "```rust", "~~~ a`b", "`````", "``` a b"] {
            assert!(Fence::opening(line).is_some(), "{line:?}");
        }
        for line in ["``", " ```", "a```", "``` a`b", "```a```", "", "~~", "\t~~~"] {
            assert_eq!(Fence::opening(line), None, "{line:?}");
        }
    }

    #[test]
    fn the_same_mark_at_least_as_often_closes_it() {
        check("```", "```", true);
        check("```", "`````  ", true);
        check("```", "   ```", true);
        check("````", "```", false);
        check("```", "~~~", false);
        check("```", "``` x", false);
        check("```", "    ```", false);
    }

    #[test]
    fn a_closing_fence_is_found_below_the_opening_one_only() {
        let mut closings = Closings::of("````\n```\n~~~\n````\n```");
        let fence = |line| Fence::opening(line).unwrap();
        assert!(closings.has(fence("````"), 1));
        assert!(!closings.has(fence("`````"), 1));
        assert!(closings.has(fence("~~~"), 2));
        assert!(!closings.has(fence("~~~"), 3));
        assert!(closings.has(fence("```"), 4));
        assert!(!closings.has(fence("````"), 4));
        assert!(!closings.has(fence("```"), 5));
    }
}
