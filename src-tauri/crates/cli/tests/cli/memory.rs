//! Files of an enemy under a limit of 512 MiB of address space: the program ends by itself, with a
//! message or with cards, and never by running out.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::*;

/// Every seed and fixture of the readers.
const FOLDERS: [&str; 5] = [
    "../../../fuzz/seeds/html",
    "../../../fuzz/seeds/json",
    "../../../fuzz/seeds/deck_markdown",
    "../formats/tests/fixtures/table",
    "../formats/tests/fixtures/anki",
];
const KIB: &str = "524288";

/// A zip whose one member unpacks to so many zeros.
fn zip_of_zeros(member: &str, mebibytes: usize) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(member, zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![0; 1 << 20];
    (0..mebibytes).for_each(|_| zip.write_all(&zeros).unwrap());
    zip.finish().unwrap().into_inner()
}

/// A package of the newest kind whose database unpacks to so many zeros.
fn zstd_of_zeros(mebibytes: usize) -> Vec<u8> {
    let mut packed = zstd::Encoder::new(Vec::new(), 1).unwrap();
    let zeros = vec![0; 1 << 20];
    (0..mebibytes).for_each(|_| packed.write_all(&zeros).unwrap());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, bytes) in [("meta", vec![8, 3]), ("collection.anki21b", packed.finish().unwrap())] {
        zip.start_file(name, options).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn corpus(home: &Home) -> Vec<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> = FOLDERS
        .iter()
        .flat_map(|folder| std::fs::read_dir(here.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.push(here.join("../formats/tests/fixtures/xss.txt"));
    let deep = "[".repeat(4 << 20);
    for (name, bytes) in [
        ("zip-bomb.apkg", zip_of_zeros("collection.anki21", 100)),
        ("media-bomb.apkg", zip_of_zeros("media", 100)),
        ("zstd-bomb.apkg", zstd_of_zeros(600)),
        ("deep.json", format!("{{\"format\": \"cairn\", \"decks\": {deep}").into_bytes()),
        (
            "deep.html.txt",
            format!("#html:true\n#separator:tab\n{}\tA\n", "<b>".repeat(20_000)).into_bytes(),
        ),
        ("quotes.csv", b"\"a,".repeat(4 << 20)),
        (
            "gaps.md",
            format!("---\nid: g\ntitle: G\n---\n\n## cloze: g\n\n{}", "{{c1::".repeat(10_000))
                .into_bytes(),
        ),
    ] {
        files.push(home.write(name, bytes));
    }
    files
}

#[test]
#[cfg(target_os = "linux")]
fn every_file_of_the_corpus_is_survived_under_512_mebibytes() {
    let home = Home::empty();
    let mut read = 0;
    for file in corpus(&home) {
        let script = format!("ulimit -v {KIB} && exec \"$@\"");
        let said = Command::new("sh")
            .args(["-c", &script, "sh", env!("CARGO_BIN_EXE_cairn-cli"), "--collection"])
            .arg(&home.collection)
            .args(["--now", NOW, "import", "--json"])
            .arg(&file)
            .output()
            .unwrap();
        let code = said.status.code();
        let words = String::from_utf8_lossy(&said.stderr);
        assert!(matches!(code, Some(0 | 1)), "{}: {:?} {words}", file.display(), said.status);
        assert!(!words.contains("panicked"), "{}: {words}", file.display());
        read += usize::from(code == Some(0));
    }
    assert!(read > 20, "{read} files held cards");
    // One of the files names a picture without bringing it, and the check says so.
    let check = home.run(NOW, &["check", "--json"]).fails(1, &[]).json();
    let found = check["findings"].as_array().unwrap();
    assert!(found.iter().all(|finding| finding["what"] == "media"), "{check}");
}
