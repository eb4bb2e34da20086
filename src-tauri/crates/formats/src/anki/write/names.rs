//! Names of pictures and sounds as Anki takes them.

use std::collections::{HashMap, HashSet};

use cairn_core::package::PackageMedia;
use unicode_normalization::UnicodeNormalization;

/// Longest name that Anki takes, in bytes.
const NAME_BYTES: usize = 120;

/// A file as a note names it in Anki.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    pub name: String,
    pub is_sound: bool,
}

/// Our names with Anki's.
#[derive(Debug, Default)]
pub(super) struct Names {
    files: HashMap<String, File>,
}

impl Names {
    pub fn new(media: &[PackageMedia]) -> Self {
        let mut taken: HashSet<String> = HashSet::new();
        let mut files = HashMap::new();
        for file in media {
            let mut name = safe(&file.name);
            if !taken.insert(name.to_lowercase()) {
                let hash = file.sha256.get(..16).unwrap_or("again");
                name = match name.rsplit_once('.') {
                    Some((stem, ending)) => format!("{}-{hash}.{ending}", cut(stem, 80)),
                    None => format!("{}-{hash}", cut(&name, 80)),
                };
                taken.insert(name.to_lowercase());
            }
            let is_sound = file.mime.starts_with("audio/") || file.mime.starts_with("video/");
            files.insert(file.name.clone(), File { name, is_sound });
        }
        Self { files }
    }

    /// The file of a name; what came without its file is told by the ending.
    pub fn of(&self, name: &str) -> File {
        self.files.get(name).cloned().unwrap_or_else(|| {
            let name = safe(name);
            let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
            let is_sound = ending.is_some_and(|ending| SOUNDS.contains(&ending.as_str()));
            File { name, is_sound }
        })
    }
}

const SOUNDS: [&str; 14] = [
    "mp3", "ogg", "oga", "opus", "wav", "flac", "m4a", "aac", "mp4", "webm", "ogv", "mov", "mpg",
    "mkv",
];

/// A name that Anki does not change: in NFC, without what some system forbids.
fn safe(name: &str) -> String {
    let name: String = name
        .nfc()
        .map(|c| if c == '\u{a0}' { ' ' } else { c })
        .filter(|c| !c.is_control() && !"[]<>:\"/?*^\\|".contains(*c))
        .collect();
    let mut name = match name.rsplit_once('.') {
        Some((stem, ending)) if name.len() > NAME_BYTES && ending.len() < 20 => {
            format!("{}.{ending}", cut(stem, NAME_BYTES - 20))
        }
        _ => cut(&name, NAME_BYTES).to_owned(),
    };
    let stem = name.split('.').next().unwrap_or("").to_ascii_lowercase();
    let numbered = stem.strip_prefix("com").or(stem.strip_prefix("lpt"));
    let reserved = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
    if reserved {
        name.insert(stem.len(), '_');
    }
    if name.is_empty() || name.ends_with([' ', '.']) {
        name.push('_');
    }
    name
}

/// The start of a text, at most so many bytes.
fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("map.png", "map.png")]
    #[case("a[b]?.png", "ab.png")]
    #[case("e\u{301}.png", "é.png")]
    #[case("con.png", "con_.png")]
    #[case("com1", "com1_")]
    #[case("x.", "x._")]
    #[case("???", "_")]
    fn a_name_is_one_that_anki_takes(#[case] name: &str, #[case] taken: &str) {
        assert_eq!(safe(name), taken);
        assert_eq!(safe(taken), taken);
    }

    #[test]
    fn two_files_never_share_a_name() {
        let file = |name: &str, sha256: &str| PackageMedia {
            name: name.into(),
            sha256: sha256.repeat(32),
            size: 1,
            mime: "image/png".into(),
        };
        let names = Names::new(&[file("a?.png", "01"), file("a*.png", "02"), file("A.png", "03")]);
        let given = ["a?.png", "a*.png", "A.png"].map(|name| names.of(name).name);
        assert_eq!(given, ["a.png", "a-0202020202020202.png", "A-0303030303030303.png"]);
        assert!(safe(&format!("{}.png", "長".repeat(90))).len() <= NAME_BYTES);
    }
}
