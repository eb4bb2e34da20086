//! What travels beside the decks: pictures and sounds, kinds of notes, settings.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use cairn_core::package::{PackageKind, PackageMedia};
use serde_json::Value;

use super::Reader;
use crate::json::faults::Faults;
use crate::json::locate::Path;
use crate::json::{MAX_LIST, MAX_MEDIA, wire};
use crate::media::is_file_name;
use crate::problem::Quoted;

/// The bytes of media as they stand in the document, by place in the list.
type Data<'a> = Vec<(usize, Cow<'a, str>)>;

pub(super) fn read_media<'a>(
    media: Vec<wire::Media<'a>>,
    faults: &mut Faults,
) -> (Vec<PackageMedia>, Data<'a>) {
    let list = Path::ROOT.field("media");
    if media.len() > MAX_MEDIA {
        let message = format_args!("the file has more than {MAX_MEDIA} pictures and sounds");
        faults.add(&list, message, "Export the decks one by one.");
    }
    let mut known = HashSet::new();
    let (mut found, mut bytes) = (Vec::new(), Vec::new());
    for (at, wire::Media { name, sha256, size, mime, data }) in media.into_iter().enumerate() {
        let path = list.item(at);
        if !is_file_name(&name) {
            faults.add(
                &path.field("name"),
                format_args!("{} is not the name of a file", Quoted(&name)),
                "Write a name without a folder.",
            );
        }
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if sha256.len() != 64 || !sha256.bytes().all(is_digit) {
            faults.add(
                &path.field("sha256"),
                format_args!("{} is not a SHA-256", Quoted(&sha256)),
                "Write 64 lower-case hexadecimal digits.",
            );
        }
        let [name, sha256, mime] = [name, sha256, mime].map(Cow::into_owned);
        if !known.insert((name.clone(), sha256.clone())) {
            faults.add(
                &path.field("name"),
                format_args!("the file {} stands twice in the list of media", Quoted(&name)),
                "Keep one of the two.",
            );
        }
        bytes.extend(data.map(|data| (at, data)));
        found.push(PackageMedia { name, sha256, size, mime });
    }
    (found, bytes)
}

pub(super) fn read_kinds(kinds: Vec<wire::Kind<'_>>, faults: &mut Faults) -> Vec<PackageKind> {
    let list = Path::ROOT.field("kinds");
    let mut keys = HashSet::new();
    let mut found = Vec::with_capacity(kinds.len());
    for (at, wire::Kind { key, json }) in kinds.into_iter().enumerate() {
        let [key, json] = [key, json].map(Cow::into_owned);
        if !keys.insert(key.clone()) {
            faults.add(
                &list.item(at).field("key"),
                format_args!("the kind {} stands twice", Quoted(&key)),
                "Keep one of the two.",
            );
        }
        found.push(PackageKind { key, json });
    }
    found
}

pub(super) fn read_settings(
    settings: BTreeMap<String, Value>,
    faults: &mut Faults,
) -> BTreeMap<String, String> {
    if settings.len() > MAX_LIST {
        faults.add(
            &Path::ROOT.field("settings"),
            format_args!("there are more than {MAX_LIST} settings"),
            "Leave out those that Cairn does not know.",
        );
    }
    settings.into_iter().map(|(key, value)| (key, value.to_string())).collect()
}

impl Reader<'_> {
    /// Which files the names of a note mean.
    pub(super) fn meant(
        &mut self,
        media: BTreeMap<Cow<'_, str>, Cow<'_, str>>,
        path: &Path<'_>,
    ) -> BTreeMap<String, String> {
        for (name, sha256) in &media {
            if !sha256.is_empty() && !self.files.contains(&(&**name, &**sha256)) {
                self.faults.add(
                    path,
                    format_args!("the list of media has no file {} of that SHA-256", Quoted(name)),
                    "Write the SHA-256 of a file of that name, or an empty text for none.",
                );
            }
        }
        media.into_iter().map(|(name, sha256)| (name.into(), sha256.into())).collect()
    }
}
