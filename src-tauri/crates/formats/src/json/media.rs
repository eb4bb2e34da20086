//! Pictures and sounds of a document, out of their base64 into files.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::Path as Folder;

use base64::engine::general_purpose::STANDARD;
use base64::read::DecoderReader;

use super::Reading;
use super::faults::Faults;
use super::from_wire::Read;
use super::locate::Path;
use crate::media::{self, Refused, Staged, shows};
use crate::problem::Quoted;

/// What to do where a file is not what it should be.
const HINT: &str = "Its notes are read without it; export the decks again to bring it along.";

/// Unpacks the bytes, and leaves out the files that can't be shown or are others than their hash says.
pub(super) fn unpack(text: &str, read: Read<'_>, staging: &Folder) -> io::Result<Reading> {
    let Read { mut package, data } = read;
    let list = Path::ROOT.field("media");
    let mut remarks = Faults::default();
    let mut files: HashMap<String, Staged> = HashMap::new();
    let mut refused = HashSet::new();
    for (at, data) in data {
        let Some(known) = package.media.get(at) else { continue };
        if files.contains_key(&known.sha256) {
            continue;
        }
        let bytes = DecoderReader::new(data.as_bytes(), &STANDARD);
        match media::stage(bytes, Some(&known.sha256), staging)? {
            Ok(staged) => drop(files.insert(known.sha256.clone(), staged)),
            Err(why) => {
                let why = match why {
                    Refused::Unreadable(_) => "it is not base64".to_owned(),
                    why => why.to_string(),
                };
                let message = format_args!("the file {} is left out: {why}", Quoted(&known.name));
                remarks.add(&list.item(at).field("data"), message, HINT);
                refused.insert(known.sha256.clone());
            }
        }
    }
    let mut named_only = 0;
    let mut at = 0;
    package.media.retain_mut(|known| {
        at += 1;
        if let Some(staged) = files.get(&known.sha256) {
            // What it is and how large, its bytes say best.
            known.size = staged.size;
            staged.mime.clone_into(&mut known.mime);
            return true;
        }
        if refused.contains(&known.sha256) {
            return false;
        }
        let can_be_shown = shows(&known.mime);
        if can_be_shown {
            named_only += 1;
        } else {
            let message = format_args!(
                "the file {} is left out: {} is nothing that a card shows",
                Quoted(&known.name),
                Quoted(&known.mime)
            );
            remarks.add(&list.item(at - 1).field("mime"), message, HINT);
        }
        can_be_shown
    });
    let remarks = remarks.or(text, ()).err().unwrap_or_default();
    Ok(Reading { package, remarks, named_only })
}
