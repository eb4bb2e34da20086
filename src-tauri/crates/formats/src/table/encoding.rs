//! Bytes to text: which encoding a file is in, and whether it is text at all.

use std::borrow::Cow;

use cairn_core::package::Problem;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

use super::MAX_FILE_BYTES;

/// Bytes looked at to tell UTF-16 without a byte order mark.
const SAMPLE_BYTES: usize = 64 * 1024;
/// Of that many characters, one control character is too many for a text.
const CHARACTERS_A_CONTROL: usize = 200;

/// How the characters of a file are written as bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-16, low byte first, as Excel writes "Unicode text".
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252, as Excel writes CSV in Western countries.
    Windows1252,
    /// Another one by its label in the Encoding Standard, such as `macintosh` or `shift_jis`.
    Other(String),
}

impl Encoding {
    /// The encoding of a label in the Encoding Standard, or `None`.
    pub fn from_label(label: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label(label.as_bytes()).map(Self::from_found)
    }

    fn from_found(found: &'static encoding_rs::Encoding) -> Self {
        if found == UTF_8 {
            Self::Utf8
        } else if found == UTF_16LE {
            Self::Utf16Le
        } else if found == UTF_16BE {
            Self::Utf16Be
        } else if found == WINDOWS_1252 {
            Self::Windows1252
        } else {
            Self::Other(found.name().to_owned())
        }
    }

    fn known(&self) -> Option<&'static encoding_rs::Encoding> {
        match self {
            Self::Utf8 => Some(UTF_8),
            Self::Utf16Le => Some(UTF_16LE),
            Self::Utf16Be => Some(UTF_16BE),
            Self::Windows1252 => Some(WINDOWS_1252),
            Self::Other(label) => encoding_rs::Encoding::for_label(label.as_bytes()),
        }
    }
}

/// Finds the encoding and decodes: byte order mark first, then UTF-16 by its zero bytes, then UTF-8
/// if it is valid, then by the frequency of letters.
pub(super) fn detect(bytes: &[u8]) -> Result<(Encoding, String), Vec<Problem>> {
    check_file(bytes)?;
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((found, _)) => found,
        None => without_mark(bytes),
    };
    Ok((Encoding::from_found(encoding), decoded(bytes, encoding)?))
}

/// Decodes by an encoding that a person chose. What is no character in it becomes U+FFFD.
pub(super) fn decode(bytes: &[u8], encoding: &Encoding) -> Result<String, Vec<Problem>> {
    check_file(bytes)?;
    let Some(known) = encoding.known() else {
        let message = format!("no encoding is called {encoding:?}");
        return Err(refused(message, "Use a name such as `windows-1252` or `macintosh`."));
    };
    decoded(bytes, known)
}

fn check_file(bytes: &[u8]) -> Result<(), Vec<Problem>> {
    if bytes.len() > MAX_FILE_BYTES {
        let mib = MAX_FILE_BYTES / 1024 / 1024;
        return Err(refused(format!("the file is larger than {mib} MiB"), "Split it into parts."));
    }
    match KNOWN_STARTS.iter().find(|known| bytes.starts_with(known.start)) {
        Some(known) => Err(refused(format!("the file is {}, not text", known.name), known.hint)),
        None => Ok(()),
    }
}

fn without_mark(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let sample = &bytes[..bytes.len().min(SAMPLE_BYTES)];
    let zeros = |odd| sample.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if even + odd > 0 && bytes.len().is_multiple_of(2) {
        if odd > 8 * even {
            return UTF_16LE;
        }
        if even > 8 * odd {
            return UTF_16BE;
        }
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn decoded(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> Result<String, Vec<Problem>> {
    let (text, _) = encoding.decode_with_bom_removal(bytes);
    if text.trim().is_empty() {
        return Err(refused("the file is empty".into(), "Choose a file with at least one row."));
    }
    let is_control = |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    let controls = text.chars().filter(is_control).count();
    if text.contains('\0') || controls > 2 + text.len() / CHARACTERS_A_CONTROL {
        return Err(refused(
            "the file is not text".into(),
            "Export the table as CSV or as text from the program that made it.",
        ));
    }
    Ok(match text {
        Cow::Owned(text) => text,
        Cow::Borrowed(text) => text.to_owned(),
    })
}

fn refused(message: String, hint: &str) -> Vec<Problem> {
    vec![Problem { line: 1, column: 1, message, hint: hint.to_owned() }]
}

/// A kind of file that is known by its first bytes and often taken for a table.
struct KnownStart {
    start: &'static [u8],
    name: &'static str,
    hint: &'static str,
}

const SAVE_AS_CSV: &str =
    "Open it in the spreadsheet program, choose Save as, and choose CSV UTF-8.";

const KNOWN_STARTS: [KnownStart; 6] = [
    KnownStart {
        start: b"PK\x03\x04",
        name: "a workbook (.xlsx, .ods) or another packed file",
        hint: SAVE_AS_CSV,
    },
    KnownStart { start: b"\xd0\xcf\x11\xe0", name: "an old Excel or Word file", hint: SAVE_AS_CSV },
    KnownStart {
        start: b"%PDF-",
        name: "a PDF",
        hint: "Copy its text into a spreadsheet and save it as CSV.",
    },
    KnownStart {
        start: b"{\\rtf",
        name: "rich text",
        hint: "Save it as plain text from the program that made it.",
    },
    KnownStart {
        start: b"SQLite format 3\0",
        name: "a database",
        hint: "Export the table as CSV from the program that made it.",
    },
    KnownStart { start: b"\x1f\x8b", name: "packed (gzip)", hint: "Unpack it first." },
];
