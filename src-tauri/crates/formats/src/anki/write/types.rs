//! The note types of a package: Anki's own as they were kept, and ours.

use std::collections::{BTreeMap, HashMap, HashSet};

use cairn_core::package::PackageKind;
use serde_json::{Map, Value, json};

use super::own_types;
use crate::anki::notetypes::{one_from_json, whole};
use crate::anki::own::Own;
use crate::anki::plan::Plan;

/// A note type that was kept.
#[derive(Debug)]
pub(super) struct Kept {
    pub id: i64,
    pub plan: Plan,
    /// The field by which Anki sorts.
    pub sort_field: usize,
    model: Value,
    modified: i64,
}

/// The note type of a note: the place of one that was kept, or one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TypeOf {
    Kept(usize),
    Own(Own),
}

/// Note types that were kept.
#[derive(Debug, Default)]
pub(super) struct Types {
    kept: Vec<Kept>,
    by_key: HashMap<String, usize>,
}

/// Those that notes use.
#[derive(Debug, Default)]
pub(super) struct Used {
    kept: HashSet<usize>,
    own: BTreeMap<i64, Own>,
}

impl Types {
    /// Two versions of one note type are one where their fields and templates are the same, the newer;
    /// else the older gets an id of its own.
    pub fn new(kinds: &[PackageKind]) -> Self {
        let mut types = Self::default();
        let mut read: Vec<(&str, Kept)> = kinds.iter().filter_map(read).collect();
        read.sort_by_key(|(_, kept)| (kept.id, -kept.modified));
        let mut ids: HashSet<i64> = HashSet::new();
        for (key, mut kept) in read {
            let alike = types.kept.iter().position(|other| {
                whole(&other.model["id"]) == Some(kept.id) && is_alike(other, &kept)
            });
            let at = alike.unwrap_or_else(|| {
                if !ids.insert(kept.id) {
                    kept.id = another_id(key, &ids);
                    ids.insert(kept.id);
                }
                types.kept.push(kept);
                types.kept.len() - 1
            });
            types.by_key.insert(key.to_owned(), at);
        }
        types
    }

    /// The note type of a key.
    pub fn kept(&self, key: &str) -> Option<(usize, &Kept)> {
        let at = *self.by_key.get(key)?;
        Some((at, self.kept.get(at)?))
    }
}

impl Used {
    /// A note uses one; gives its id.
    pub fn id(&mut self, of: TypeOf, types: &Types) -> i64 {
        match of {
            TypeOf::Kept(at) => {
                self.kept.insert(at);
                types.kept.get(at).map_or(0, |kept| kept.id)
            }
            TypeOf::Own(own) => {
                let id = own_types::id(own);
                self.own.insert(id, own);
                id
            }
        }
    }

    /// Those in use, as the column `models` holds them.
    pub fn models(self, types: Types) -> Value {
        let kept = types.kept.into_iter().enumerate().filter(|(at, _)| self.kept.contains(at));
        let own = self.own.into_iter().map(|(id, own)| (id, own_types::model(own)));
        let mut names = HashSet::new();
        let mut models = Map::new();
        for (id, mut model) in kept.map(|(_, kept)| (kept.id, kept.model)).chain(own) {
            let mut name = model["name"].as_str().unwrap_or_default().to_owned();
            while !names.insert(name.to_lowercase()) {
                name.push('+');
            }
            model["name"] = name.into();
            model["id"] = id.into();
            complete(&mut model);
            models.insert(id.to_string(), model);
        }
        Value::Object(models)
    }
}

fn read(kind: &PackageKind) -> Option<(&str, Kept)> {
    let model: Value = serde_json::from_str(&kind.json).ok()?;
    let id = whole(&model["id"]).filter(|id| *id > 0)?;
    let plan = Plan::new(one_from_json(model.clone(), id));
    if plan.note_type.fields.is_empty() || plan.note_type.templates.is_empty() {
        return None;
    }
    let sort_field = whole(&model["sortf"]).and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
    let modified = whole(&model["mod"]).unwrap_or(0).clamp(0, i64::from(u32::MAX));
    Some((kind.key.as_str(), Kept { id, plan, sort_field, model, modified }))
}

fn is_alike(one: &Kept, other: &Kept) -> bool {
    let (one, other) = (&one.plan.note_type, &other.plan.note_type);
    let names = |kind: &crate::anki::notetypes::NoteType| -> Vec<String> {
        kind.templates.iter().map(|template| template.name.clone()).collect()
    };
    one.cloze == other.cloze && one.fields == other.fields && names(one) == names(other)
}

/// An id of its own for another version of a note type: the same whenever it is written.
fn another_id(key: &str, taken: &HashSet<i64>) -> i64 {
    let number = key.get(..8).and_then(|digits| i64::from_str_radix(digits, 16).ok());
    let mut id = 1_600_000_000_000 + number.unwrap_or(0);
    while taken.contains(&id) {
        id += 1;
    }
    id
}

/// Adds what some Anki can't do without.
fn complete(model: &mut Value) {
    let Some(model) = model.as_object_mut() else { return };
    let all = json!({
        "did": null, "usn": -1, "css": "", "req": [], "sortf": 0, "mod": 0,
        "latexPre": LATEX_PRE, "latexPost": "\\end{document}", "latexsvg": false, "type": 0,
    });
    add(model, &all);
    let field = json!({
        "sticky": false, "rtl": false, "font": "Arial", "size": 20, "name": "",
    });
    let template =
        json!({ "bqfmt": "", "bafmt": "", "did": null, "qfmt": "", "afmt": "", "name": "" });
    for (list, all) in [("flds", &field), ("tmpls", &template)] {
        for (ord, part) in model[list].as_array_mut().into_iter().flatten().enumerate() {
            if let Some(part) = part.as_object_mut() {
                add(part, all);
                part.entry("ord").or_insert(ord.into());
            }
        }
    }
}

fn add(to: &mut Map<String, Value>, all: &Value) {
    for (key, value) in all.as_object().into_iter().flatten() {
        to.entry(key.clone()).or_insert(value.clone());
    }
}

const LATEX_PRE: &str = "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n";
