//! Pictures and sounds inside a document.

use std::fs;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine};
use cairn_core::package::PackageMedia;
use rstest::rstest;
use tempfile::TempDir;

use super::*;
use crate::json::{Printed, Reading, read};
use crate::media::sha256_of;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR one";
const GIF: &[u8] = b"GIF89a another one";

fn hash(bytes: &[u8]) -> String {
    sha256_of(&mut &bytes[..]).unwrap()
}

fn file(name: &str, bytes: &[u8], mime: &str) -> PackageMedia {
    let size = bytes.len() as u64;
    PackageMedia { name: name.into(), sha256: hash(bytes), size, mime: mime.into() }
}

fn package() -> Package {
    let media =
        vec![file("a", PNG, "image/png"), file("a", GIF, "image/gif"), file("b", GIF, "image/gif")];
    Package { media, ..Package::default() }
}

/// A folder with files, each named by its hash.
fn folder(files: &[&[u8]]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for bytes in files {
        fs::write(folder.path().join(hash(bytes)), bytes).unwrap();
    }
    folder
}

fn printed_with(package: &Package, folder: &Path) -> (String, Printed) {
    let mut out = Vec::new();
    let find = |media: &PackageMedia| Some(folder.join(&media.sha256));
    let printed = print(package, Some(&find), &mut out).unwrap();
    (String::from_utf8(out).unwrap(), printed)
}

fn reading(json: &str) -> (Reading, TempDir) {
    let staging = tempfile::tempdir().unwrap();
    (read(json.as_bytes(), staging.path()).unwrap(), staging)
}

#[test]
fn bytes_go_out_once_and_come_in_again() {
    let (json, printed) = printed_with(&package(), folder(&[PNG, GIF]).path());
    assert_eq!(printed, Printed { media: 2, missing: vec![] });
    assert_eq!(json.matches(&BASE64_STANDARD.encode(GIF)).count(), 1, "{json}");
    let (read, staging) = reading(&json);
    assert_eq!(read, Reading { package: package(), ..Reading::default() });
    for bytes in [PNG, GIF] {
        assert_eq!(fs::read(staging.path().join(hash(bytes))).unwrap(), bytes);
    }
    assert_eq!(printed_with(&read.package, staging.path()).0, json, "the same bytes again");
    assert_eq!(parse(json.as_bytes()), Ok(package()), "who wants no bytes passes over them");
}

#[test]
fn a_file_that_is_missing_or_damaged_is_named_only() {
    let files = folder(&[PNG]);
    fs::write(files.path().join(hash(GIF)), b"GIF89a something else").unwrap();
    let (json, printed) = printed_with(&package(), files.path());
    assert_eq!(printed, Printed { media: 1, missing: vec!["a".into()] });
    let (read, _staging) = reading(&json);
    assert_eq!((read.package, read.named_only, read.remarks), (package(), 2, vec![]));
}

#[rstest]
#[case::no_base64("data\":\"iVBO", "data\":\"i!BO", "it is not base64")]
#[case::cut_off("data\":\"iVBORw", "data\":\"iVBOR", "it is not base64")]
#[case::other_bytes("data\":\"iVBO", "data\":\"iVBP", "its bytes are not the ones")]
#[case::nothing("data\":\"iVBORw0KGgoAAAANSUhEUiBvbmU=", "data\":\"", "its bytes are not the ones")]
fn a_file_that_is_not_what_it_should_be_is_told_and_left_out(
    #[case] from: &str,
    #[case] to: &str,
    #[case] message: &str,
) {
    let (json, _) = printed_with(&package(), folder(&[PNG, GIF]).path());
    let changed = json.replacen(from, to, 1);
    assert_ne!(changed, json, "the case changes something");
    let (read, staging) = reading(&changed);
    assert_eq!(read.package.media, package().media[1..]);
    assert_eq!(read.remarks.len(), 1, "{:?}", read.remarks);
    assert!(read.remarks[0].message.contains(message), "{:?}", read.remarks);
    assert_eq!(read.remarks[0].line, 6, "its place is told");
    assert_eq!(fs::read_dir(staging.path()).unwrap().count(), 1, "nothing of it is left");
}

#[test]
fn a_type_is_told_from_the_bytes_and_what_no_card_shows_stays_out() {
    const PAGE: &[u8] = b"<html><script>";
    let page = file("p", PAGE, "text/html");
    let media = vec![PackageMedia { mime: "text/html".into(), ..package().media[0].clone() }, page];
    let package = Package { media, ..Package::default() };
    let (read, _staging) = reading(&printed_with(&package, folder(&[PNG, PAGE]).path()).0);
    let types: Vec<&str> = read.package.media.iter().map(|media| media.mime.as_str()).collect();
    assert_eq!(types, ["image/png"]);
    let (read, _staging) = reading(&printed(&package));
    assert_eq!((read.package.media.len(), read.remarks.len()), (0, 2), "named without bytes");
}
