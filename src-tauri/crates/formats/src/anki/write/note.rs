//! A note as Anki has it: its note type, its fields, and which of its cards is which.

use std::borrow::Cow;
use std::fmt::Write as _;

use cairn_core::note::Content;
use cairn_core::package::{Facts, Identity, PackageDeck, PackageNote};

use super::html::{escape, field, gapped};
use super::names::Names;
use super::refill;
use super::types::{TypeOf, Types};
use crate::anki::kept::{self, KeptNote};
use crate::anki::own::{self, LAST_FACE, LETTERS, Own, Said};
use crate::anki::template::words_of;

/// A note, ready for its row.
#[derive(Debug)]
pub(super) struct Made<'a> {
    pub guid: Cow<'a, str>,
    /// The id that Anki gave it.
    pub id: Option<i64>,
    pub note_type: TypeOf,
    /// Seconds since 1970; none for now.
    pub modified: Option<i64>,
    pub fields: Cow<'a, str>,
    /// What Anki sorts it by.
    pub sort: Cow<'a, str>,
    /// Keys of its cards with their numbers.
    pub ords: Vec<(String, i64)>,
    /// What could not go along.
    pub remark: Option<String>,
}

const SEPARATOR: &str = "\u{1f}";

/// Puts a note into fields.
pub(super) fn make<'a>(
    deck: &PackageDeck,
    note: &'a PackageNote,
    types: &Types,
    names: &Names,
) -> Made<'a> {
    let known: Option<KeptNote<'a>> = serde_json::from_str(&note.elsewhere).ok();
    let id = known.as_ref().map(|kept| kept.id).filter(|id| *id > 0);
    let guid = match (&known, &note.identity) {
        (Some(kept), _) if !kept.guid.is_empty() => kept.guid.clone(),
        (_, Identity::Known(uuid)) => own::guid(*uuid).into(),
        (_, Identity::Anki(guid)) => guid.as_str().into(),
        (_, Identity::InDeck) => {
            cairn_core::hash::fingerprint(&format!("{}\n{}", deck.id, note.id)).into()
        }
    };
    if let Some(made) = known.and_then(|kept| as_kept(note, kept, types, names)) {
        return Made { guid, id, ..made };
    }
    let mut remark = None;
    let (own, mut fields, said, ords) = ours(note, names, &mut remark);
    fields.push(field(note.content.corrective(), names));
    fields.push(sources(deck, &note.facts) + &said);
    let note_type = TypeOf::Own(own);
    let sort = sort_text(fields.first().map_or("", String::as_str)).into_owned().into();
    let fields = fields.join(SEPARATOR).into();
    Made { guid, id, note_type, modified: None, fields, sort, ords, remark }
}

/// A note that goes out under the note type that it came with: with its own fields, or with the text
/// that it has here put into them.
fn as_kept<'a>(
    note: &'a PackageNote,
    kept: KeptNote<'a>,
    types: &Types,
    names: &Names,
) -> Option<Made<'a>> {
    let (at, kind) = types.kept(&kept.kind)?;
    let count = kind.plan.note_type.fields.len();
    let same = kept::mark(&note.content) == kept.text;
    let fields = if same && kept.flds.matches(SEPARATOR).count() + 1 == count {
        kept.flds
    } else {
        let fields = refill::fields_of(&kept.flds, count);
        let fields =
            if same { fields } else { refill::refill(&kind.plan, fields, &note.content, names)? };
        fields.join(SEPARATOR).into()
    };
    let sort = sort_of(&fields, kind.sort_field);
    let ords = note.content.card_keys().into_iter().map(|key| {
        let ord = ord(&key);
        (key, ord)
    });
    let ords = ords.collect();
    let modified = same.then_some(kept.modified.clamp(0, i64::from(u32::MAX)));
    let note_type = TypeOf::Kept(at);
    Some(Made { guid: "".into(), id: None, note_type, modified, fields, sort, ords, remark: None })
}

fn sort_of<'a>(fields: &Cow<'a, str>, at: usize) -> Cow<'a, str> {
    match fields {
        Cow::Borrowed(fields) => sort_text(fields.split(SEPARATOR).nth(at).unwrap_or("")),
        Cow::Owned(fields) => {
            sort_text(fields.split(SEPARATOR).nth(at).unwrap_or("")).into_owned().into()
        }
    }
}

/// The number of a card of the note type that it came with.
fn ord(key: &str) -> i64 {
    match key {
        "front" => 0,
        "back" => 1,
        _ => key.get(1..).and_then(|number| number.parse().ok()).map_or(0, |n: i64| (n - 1).max(0)),
    }
}

/// The words of a field, by which Anki sorts.
fn sort_text(field: &str) -> Cow<'_, str> {
    if field.contains(['<', '&']) { words_of(field) } else { field.into() }
}

/// A note under a note type of ours: the type, its first fields, what it says in a comment, and the
/// numbers of its cards.
fn ours(
    note: &PackageNote,
    names: &Names,
    remark: &mut Option<String>,
) -> (Own, Vec<String>, String, Vec<(String, i64)>) {
    let mut said = Said::default();
    if !matches!(note.identity, Identity::Known(uuid) if note.id == uuid.to_string()) {
        said.id = note.id.clone();
    }
    let names_kept = own::tag_names(&note.facts.tags).unwrap_or_default() == note.facts.tags;
    if note.facts != (Facts { tags: note.facts.tags.clone(), ..Facts::default() }) || !names_kept {
        said.facts = Some(note.facts.clone());
    }
    let in_order = || note.content.card_keys().into_iter().zip(0..).collect();
    let put = |text: &str| field(text, names);
    let (own, fields, ords) = match &note.content {
        Content::Basic { front, back, both_ways, .. } => {
            let own = if *both_ways { Own::BothWays } else { Own::Basic };
            (own, vec![put(front), put(back)], in_order())
        }
        Content::Cloze { text, .. } => {
            let keys = note.content.card_keys().into_iter();
            let ords = keys.map(|key| (ord(&key), key)).map(|(ord, key)| (key, ord)).collect();
            (Own::Cloze, vec![gapped(text, names)], ords)
        }
        Content::Choice { stem, options, .. } => {
            let letters = || options.iter().zip(LETTERS);
            if options.len() > LETTERS.len() {
                *remark = Some(format!(
                    "The question “{}” has more than {} options; those beyond are left out. Shorten it before you export it.",
                    cairn_core::text::plain(&cairn_core::text::parse(stem)),
                    LETTERS.len()
                ));
            }
            let plain =
                letters().all(|(o, letter)| o.id == letter.to_ascii_lowercase().to_string());
            if !plain {
                said.options = options.iter().map(|option| option.id.clone()).collect();
            }
            let each = |text: fn(&cairn_core::note::ChoiceOption) -> &str| -> Vec<String> {
                let texts = (0..LETTERS.len()).map(|at| options.get(at).map_or("", text));
                texts.map(put).collect()
            };
            let right: Vec<String> = letters()
                .filter(|(option, _)| option.right)
                .map(|(_, letter)| letter.to_string())
                .collect();
            let mut fields = vec![put(stem)];
            fields.extend(each(|option| &option.text));
            fields.push(right.join(", "));
            fields.extend(each(|option| &option.reason));
            (Own::Choice, fields, in_order())
        }
        Content::Faces { faces, .. } => {
            let numbers: Option<Vec<usize>> = faces
                .iter()
                .map(|face| face.key.strip_prefix('t')?.parse().ok())
                .map(|number| number.filter(|n| (1..=LAST_FACE).contains(n)))
                .collect();
            // Cards under their own numbers, or, where they have none, one after the other.
            let numbers = numbers.unwrap_or_else(|| {
                said.keys = faces.iter().map(|face| face.key.clone()).collect();
                (1..=faces.len()).collect()
            });
            let count = numbers.iter().copied().max().unwrap_or(1);
            let mut fields = vec![String::new(); 2 * count];
            let mut ords = Vec::with_capacity(faces.len());
            for (face, number) in faces.iter().zip(numbers) {
                fields[2 * number - 2] = put(&face.front);
                fields[2 * number - 1] = put(&face.back);
                ords.push((face.key.clone(), i64::try_from(number).unwrap_or(1) - 1));
            }
            (Own::Faces(count), fields, ords)
        }
    };
    let comment = if said == Said::default() { String::new() } else { own::comment(&said) };
    (own, fields, comment, ords)
}

/// The line of sources.
fn sources(deck: &PackageDeck, facts: &Facts) -> String {
    let mut line = String::new();
    for citation in &facts.sources {
        let Some(source) = deck.sources.iter().find(|source| source.key == citation.key) else {
            continue;
        };
        line.push_str(if line.is_empty() { "Source: " } else { "; " });
        if source.address.starts_with("https://") {
            line.push_str("<a href=\"");
            escape(&source.address, &mut line);
            line.push_str("\">");
            escape(&source.title, &mut line);
            line.push_str("</a>");
        } else {
            escape(&source.title, &mut line);
        }
        for part in [&source.publisher, &citation.place] {
            if !part.is_empty() {
                line.push_str(", ");
                escape(part, &mut line);
            }
        }
        if let Some(day) = citation.read_on {
            let _ = write!(line, " (read {day})");
        }
    }
    line
}
