//! Pictures and sounds on their way in: hashed while they are written, and told by their bytes.
//!
//! A file waits in a staging folder under its SHA-256 until the collection takes it. What it is called
//! and what it says of itself count for nothing: only pictures, sounds and films that a card can show
//! are kept, whatever their name.

use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

/// Largest picture or sound, in bytes.
pub const MAX_BYTES: u64 = 256 << 20;
/// Bytes of a file from which its kind is told.
const HEAD: usize = 8192;
/// Bytes copied at once.
const CHUNK: usize = 64 * 1024;

/// A file in the staging folder, named by its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// SHA-256 of its bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// What it is, told from its bytes.
    pub mime: &'static str,
}

/// Why a file was not kept. Nothing of it lies in the staging folder.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It can't be read.
    #[error("it can't be read: {0}")]
    Unreadable(io::Error),
    /// It is beyond [`MAX_BYTES`].
    #[error("it is larger than {} MiB", MAX_BYTES >> 20)]
    TooLarge,
    /// It is nothing that a card shows.
    #[error("it is no picture, sound or film that can be shown")]
    NotShown,
    /// It is another file than the one that was promised.
    #[error("its bytes are not the ones that its SHA-256 names")]
    Another,
}

/// Puts what `from` gives into `staging`. With a hash, only that very file is kept.
///
/// # Errors
/// Those of the staging folder; what is wrong with the file itself is a [`Refused`].
pub fn stage(
    mut from: impl Read,
    expected: Option<&str>,
    staging: &Path,
) -> io::Result<Result<Staged, Refused>> {
    let mut file = NamedTempFile::new_in(staging)?;
    let (mut hash, mut head, mut size) = (Sha256::new(), Vec::new(), 0u64);
    let mut chunk = vec![0; CHUNK];
    loop {
        let bytes = match from.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => &chunk[..count],
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Ok(Err(Refused::Unreadable(error))),
        };
        size += bytes.len() as u64;
        if size > MAX_BYTES {
            return Ok(Err(Refused::TooLarge));
        }
        hash.update(bytes);
        let missing = HEAD.saturating_sub(head.len()).min(bytes.len());
        head.extend_from_slice(&bytes[..missing]);
        file.write_all(bytes)?;
    }
    let sha256 = hexadecimal(&hash.finalize());
    if expected.is_some_and(|expected| expected != sha256) {
        return Ok(Err(Refused::Another));
    }
    let Some(mime) = infer::get(&head).map(|kind| kind.mime_type()).filter(|mime| shows(mime))
    else {
        return Ok(Err(Refused::NotShown));
    };
    let path = staging.join(&sha256);
    if !path.exists() {
        file.persist(&path).map_err(|error| error.error)?;
    }
    Ok(Ok(Staged { sha256, size, mime }))
}

/// Whether a card can show what is of this type.
pub fn shows(mime: &str) -> bool {
    let family = mime.split('/').next().unwrap_or_default();
    matches!(family, "image" | "audio" | "video") && !mime.contains("svg")
}

/// Whether it names a file in a folder on every system, and never the folder's neighbours.
pub fn is_file_name(name: &str) -> bool {
    let drive = matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    let climbs = matches!(name, "" | "." | "..");
    !climbs && !drive && !name.contains(['/', '\\']) && !name.contains(char::is_control)
}

/// The SHA-256 of a file.
pub(crate) fn sha256_of(file: &mut impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk) {
            Ok(0) => return Ok(hexadecimal(&hash.finalize())),
            Ok(count) => hash.update(&chunk[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

    fn staged(bytes: &[u8], expected: Option<&str>) -> (Result<Staged, Refused>, usize) {
        let folder = tempfile::tempdir().unwrap();
        let staged = stage(bytes, expected, folder.path()).unwrap();
        (staged, std::fs::read_dir(folder.path()).unwrap().count())
    }

    #[test]
    fn a_picture_waits_under_its_hash() {
        let sha256 = sha256_of(&mut &PNG[..]).unwrap();
        let (staged, files) = staged(PNG, Some(&sha256));
        let expected = Staged { sha256, size: PNG.len() as u64, mime: "image/png" };
        assert_eq!((staged.unwrap(), files), (expected, 1));
    }

    #[test]
    fn what_is_no_picture_or_another_one_leaves_nothing() {
        for bytes in [b"".as_slice(), b"text", b"<svg xmlns='x'/>", b"MZ\x90\0"] {
            assert!(matches!(staged(bytes, None), (Err(Refused::NotShown), 0)), "{bytes:?}");
        }
        assert!(matches!(staged(PNG, Some("00")), (Err(Refused::Another), 0)));
    }

    #[test]
    fn a_file_name_stays_in_its_folder() {
        for name in ["a.png", "a b.png", "ä.mp3", "...", "12:30.png", ".hidden"] {
            assert!(is_file_name(name), "{name:?}");
        }
        for name in ["", ".", "..", "a/b", "/a", "..\\a", "C:a", "c:\\a", "a\0", "a\n"] {
            assert!(!is_file_name(name), "{name:?}");
        }
    }
}
