//! Note types: names of fields and the card templates, of either schema.

use std::collections::HashMap;

use cairn_core::package::PackageKind;
use prost::Message;
use serde_json::Value;

use super::database::{Database, bytes, int, text};
use super::{Error, caps, kinds, proto};

/// A note type as a package keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoteType {
    pub name: String,
    /// One card for each number of a gap, rather than for each template.
    pub cloze: bool,
    /// Made for hiding parts of a picture.
    pub occlusion: bool,
    /// Names of the fields, in order.
    pub fields: Vec<String>,
    pub templates: Vec<CardTemplate>,
    /// The whole of it, as it is kept.
    pub kind: PackageKind,
}

/// One card template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CardTemplate {
    pub name: String,
    pub front: String,
    pub back: String,
}

/// Anki's number for the stock type that hides parts of a picture.
const IMAGE_OCCLUSION: i64 = 6;

/// All note types by id.
pub(super) fn read(database: &Database) -> Result<HashMap<i64, NoteType>, Error> {
    let types = if database.schema == 11 { from_json(database) } else { from_tables(database) }?;
    let too_many = |t: &NoteType| t.fields.len() > caps::PARTS || t.templates.len() > caps::PARTS;
    if let Some(big) = types.values().find(|t| too_many(t)) {
        let what = format!("the number of fields or templates of the note type {}", big.name);
        return Err(Error::too_much(what, caps::PARTS));
    }
    Ok(types)
}

/// Schema 11: one JSON text.
fn from_json(database: &Database) -> Result<HashMap<i64, NoteType>, Error> {
    let models: HashMap<String, Value> = super::database_json(database, "models")?;
    Ok(models
        .into_iter()
        .filter_map(|(key, model)| {
            let id = key.trim().parse().ok().or_else(|| whole(&model["id"]))?;
            Some((id, one_from_json(model, id)))
        })
        .collect())
}

/// A note type in the form of schema 11.
pub(super) fn one_from_json(model: Value, id: i64) -> NoteType {
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let template = |template: &Value| CardTemplate {
        name: words(&template["name"]),
        front: words(&template["qfmt"]),
        back: words(&template["afmt"]),
    };
    NoteType {
        name: words(&model["name"]),
        cloze: whole(&model["type"]) == Some(1),
        occlusion: whole(&model["originalStockKind"]) == Some(IMAGE_OCCLUSION),
        fields: in_order(&model["flds"]).into_iter().map(|field| words(&field["name"])).collect(),
        templates: in_order(&model["tmpls"]).into_iter().map(template).collect(),
        kind: kinds::kind(model, id),
    }
}

fn in_order(list: &Value) -> Vec<&Value> {
    let mut parts: Vec<&Value> =
        list.as_array().map(|list| list.iter().collect()).unwrap_or_default();
    parts.sort_by_key(|part| whole(&part["ord"]).unwrap_or(i64::MAX));
    parts
}

/// A whole number, whichever way JSON holds it.
pub(super) fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64().or_else(|| number.as_f64().map(|n| n as i64)),
        Value::String(text) => text.trim().parse().ok(),
        Value::Bool(flag) => Some(i64::from(*flag)),
        _ => None,
    }
}

/// Schema 18: three tables. Fields and templates without a note type are left over from old ones.
fn from_tables(database: &Database) -> Result<HashMap<i64, NoteType>, Error> {
    let sql = || Error::sql("the note types");
    let conn = &database.conn;
    let mut models: HashMap<i64, Value> = HashMap::new();
    let mut statement =
        conn.prepare("SELECT id, name, config, mtime_secs FROM notetypes").map_err(sql())?;
    let mut rows = statement.query([]).map_err(sql())?;
    while let Some(row) = rows.next().map_err(sql())? {
        let (name, modified) = (text(row, 1).map_err(sql())?, int(row, 3).map_err(sql())?);
        let config = proto::NoteTypeConfig::decode(bytes(row, 2).map_err(sql())?)
            .map_err(|e| Error::damaged(&format!("the note type {name}"), e))?;
        models.insert(int(row, 0).map_err(sql())?, kinds::model(&name, modified, &config));
    }
    parts(database, &mut models, "fields", "flds", &mut |name, ord, config| {
        Ok(kinds::field(name, ord, config))
    })?;
    parts(database, &mut models, "templates", "tmpls", &mut |name, ord, config| {
        let config = proto::TemplateConfig::decode(config)
            .map_err(|e| Error::damaged(&format!("the card template {name}"), e))?;
        Ok(kinds::template(name, ord, &config))
    })?;
    Ok(models.into_iter().map(|(id, model)| (id, one_from_json(model, id))).collect())
}

/// Makes a field or a template of its name, its place and its configuration.
type Part<'a> = &'a mut dyn FnMut(&str, i64, &[u8]) -> Result<Value, Error>;

/// Gives every part in a table to its note type, under a key of it.
fn parts(
    database: &Database,
    models: &mut HashMap<i64, Value>,
    table: &str,
    key: &str,
    part: Part<'_>,
) -> Result<(), Error> {
    let sql = || Error::sql("the note types");
    let select = format!("SELECT ntid, ord, name, config FROM {table}");
    let mut statement = database.conn.prepare(&select).map_err(sql())?;
    let mut rows = statement.query([]).map_err(sql())?;
    while let Some(row) = rows.next().map_err(sql())? {
        let Some(model) = models.get_mut(&int(row, 0).map_err(sql())?) else { continue };
        let (ord, name) = (int(row, 1).map_err(sql())?, text(row, 2).map_err(sql())?);
        let made = part(&name, ord, bytes(row, 3).map_err(sql())?)?;
        if let Some(parts) = model[key].as_array_mut() {
            parts.push(made);
        }
    }
    Ok(())
}
