//! Where in the document a value stands: looked up only when there is something to say of it.

/// One step on the way to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Into a field of an object.
    Field(&'static str),
    /// Into an item of a list, counted from 0.
    Item(usize),
}

/// The way to a value, built on the stack while the document is walked.
#[derive(Clone, Copy)]
pub(super) struct Path<'a> {
    above: Option<&'a Path<'a>>,
    step: Option<Step>,
}

impl<'a> Path<'a> {
    /// The document itself.
    pub const ROOT: Self = Self { above: None, step: None };

    /// The way to a field.
    pub fn field(&'a self, name: &'static str) -> Self {
        Self { above: Some(self), step: Some(Step::Field(name)) }
    }

    /// The way to an item of a list.
    pub fn item(&'a self, at: usize) -> Self {
        Self { above: Some(self), step: Some(Step::Item(at)) }
    }

    /// The steps from the document down.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut here = Some(self);
        while let Some(path) = here {
            steps.extend(path.step);
            here = path.above;
        }
        steps.reverse();
        steps
    }
}

/// The byte at which each of the values begins, in one walk over a document that is sound JSON. A
/// value that is not there gets the place of the nearest one above it.
pub(super) fn offsets(json: &str, paths: &[Vec<Step>]) -> Vec<usize> {
    let mut root = Node::default();
    for (at, path) in paths.iter().enumerate() {
        let end = path.iter().fold(&mut root, |node, step| node.below(*step));
        end.wanted.push(at);
    }
    let mut walk = Walk { json: json.as_bytes(), at: 0, found: vec![0; paths.len()] };
    walk.value(&root);
    walk.found
}

/// The wanted values as a tree.
#[derive(Default)]
struct Node {
    below: Vec<(Step, Node)>,
    /// Which of the paths end here.
    wanted: Vec<usize>,
}

impl Node {
    fn below(&mut self, step: Step) -> &mut Self {
        let at = self.below.iter().position(|(known, _)| *known == step).unwrap_or_else(|| {
            self.below.push((step, Self::default()));
            self.below.len() - 1
        });
        &mut self.below[at].1
    }

    fn field(&self, name: &[u8]) -> Option<&Self> {
        let is = |step: &Step| matches!(step, Step::Field(known) if known.as_bytes() == name);
        self.below.iter().find(|(step, _)| is(step)).map(|(_, node)| node)
    }

    fn item(&self, at: usize) -> Option<&Self> {
        self.below.iter().find(|(step, _)| *step == Step::Item(at)).map(|(_, node)| node)
    }

    /// Gives this place to all that is wanted here or below; who finds better says so later.
    fn settle(&self, at: usize, found: &mut [usize]) {
        for wanted in &self.wanted {
            found[*wanted] = at;
        }
        for (_, node) in &self.below {
            node.settle(at, found);
        }
    }
}

struct Walk<'a> {
    json: &'a [u8],
    at: usize,
    found: Vec<usize>,
}

impl Walk<'_> {
    fn peek(&self) -> Option<u8> {
        self.json.get(self.at).copied()
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Walks over a value that holds wanted ones: as deep as their paths, no deeper.
    fn value(&mut self, node: &Node) {
        self.blank();
        node.settle(self.at, &mut self.found);
        match self.peek() {
            Some(b'{') if !node.below.is_empty() => self.members(node),
            Some(b'[') if !node.below.is_empty() => self.items(node),
            _ => self.skip(),
        }
    }

    fn members(&mut self, node: &Node) {
        while self.goes_on(b'}') {
            let from = self.at + 1;
            self.string();
            let name = self.json.get(from..self.at - 1).unwrap_or_default();
            self.blank();
            self.at += 1; // the colon
            match node.field(name) {
                Some(below) => self.value(below),
                None => self.skip(),
            }
        }
    }

    fn items(&mut self, node: &Node) {
        let mut at = 0;
        while self.goes_on(b']') {
            match node.item(at) {
                Some(below) => self.value(below),
                None => self.skip(),
            }
            at += 1;
        }
    }

    /// From an opening bracket or behind a member to the next member, or behind the closing bracket.
    fn goes_on(&mut self, close: u8) -> bool {
        self.blank();
        let here = self.peek();
        self.at += 1;
        if here.is_none() || here == Some(close) {
            return false;
        }
        let opened = here != Some(b',');
        self.blank();
        if opened && self.peek() == Some(close) {
            self.at += 1;
            return false;
        }
        true
    }

    /// Walks over a value without a look inside.
    fn skip(&mut self) {
        self.blank();
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => self.string(),
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' if depth == 0 => return,
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
            if depth == 0 && matches!(byte, b'"' | b'}' | b']') {
                return;
            }
        }
    }

    /// From one quotation mark to behind the next that is none of the text.
    fn string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += if byte == b'\\' { 2 } else { 1 };
            if byte == b'"' {
                return;
            }
        }
    }
}
