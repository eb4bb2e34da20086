//! Note types as JSON, in the form that Anki's schema 11 gives them, to be kept beside the notes.
//!
//! A note type never changes here: its key is made from its text, and another text is another one.

use cairn_core::hash::fingerprint;
use cairn_core::package::PackageKind;
use prost::Message;
use serde_json::{Map, Value, json};

use super::proto::{FieldConfig, NoteTypeConfig, TemplateConfig};

/// Digits of a key: it stands in every note.
const KEY_DIGITS: usize = 16;

/// A note type as it is kept.
pub(super) fn kind(mut model: Value, id: i64) -> PackageKind {
    if let Some(model) = model.as_object_mut() {
        // Which synchronisation saw it last says nothing elsewhere.
        model.remove("usn");
        model.insert("id".into(), id.into());
    }
    let json = model.to_string();
    let mut key = fingerprint(&json);
    key.truncate(KEY_DIGITS);
    PackageKind { key, json }
}

/// A note type of schema 18, in the form of schema 11.
pub(super) fn model(name: &str, modified: i64, config: &NoteTypeConfig) -> Value {
    let requirement = |req: &super::proto::Requirement| {
        let kind = ["none", "any", "all"].get(usize::try_from(req.kind).unwrap_or(0));
        json!([req.card_ord, kind.unwrap_or(&"none"), req.field_ords])
    };
    let mut model = json!({
        "name": name, "type": config.kind, "mod": modified, "sortf": config.sort_field, "did": null,
        "css": config.css, "latexPre": config.latex_pre, "latexPost": config.latex_post,
        "latexsvg": config.latex_svg, "req": config.reqs.iter().map(requirement).collect::<Vec<_>>(),
        "originalStockKind": config.original_stock_kind, "flds": [], "tmpls": [],
    });
    model["originalId"] = config.original_id.into();
    with_others(model, &config.other)
}

/// A field of schema 18, in the form of schema 11.
pub(super) fn field(name: &str, ord: i64, config: &[u8]) -> Value {
    let config = FieldConfig::decode(config).unwrap_or_default();
    let field = json!({
        "name": name, "ord": ord, "sticky": config.sticky, "rtl": config.rtl,
        "font": config.font_name, "size": config.font_size, "description": config.description,
        "plainText": config.plain_text, "collapsed": config.collapsed,
        "excludeFromSearch": config.exclude_from_search, "id": config.id, "tag": config.tag,
        "preventDeletion": config.prevent_deletion,
    });
    with_others(field, &config.other)
}

/// A card template of schema 18, in the form of schema 11.
pub(super) fn template(name: &str, ord: i64, config: &TemplateConfig) -> Value {
    let deck = (config.target_deck != 0).then_some(config.target_deck);
    let template = json!({
        "name": name, "ord": ord, "qfmt": config.q_format, "afmt": config.a_format,
        "bqfmt": config.q_format_browser, "bafmt": config.a_format_browser, "did": deck,
        "bfont": config.browser_font_name, "bsize": config.browser_font_size, "id": config.id,
    });
    with_others(template, &config.other)
}

/// Adds what programs keep there without Anki's knowing it.
fn with_others(mut value: Value, others: &[u8]) -> Value {
    if let (Some(value), Ok(others)) =
        (value.as_object_mut(), serde_json::from_slice::<Map<String, Value>>(others))
    {
        for (key, other) in others {
            value.entry(key).or_insert(other);
        }
    }
    value
}
