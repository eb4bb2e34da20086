use std::collections::BTreeMap;
use std::fs;

use cairn_core::note::Content;
use cairn_core::package::{Facts, Identity, Package, PackageMedia};
use cairn_export::view::Format;
use cairn_import::view::Counts;
use cairn_store::{Collection, Intake};
use proptest::prelude::*;
use uuid::Uuid;

use super::life::{live, staging, take_in};
use super::strategies::{self, FILES};
use super::{empty, export, import, opened};

/// What a deck text carries of a note: its text, what is known of it, the files that it shows.
type Carried = (String, Content, Facts, BTreeMap<String, String>);

fn carried(collection: &Collection) -> BTreeMap<Uuid, Carried> {
    let package = collection.reader().unwrap().package(None).unwrap();
    let files = |note: &cairn_core::package::PackageNote| {
        let names = cairn_formats::deck_markdown::names(note).into_iter();
        let file = |name: String| {
            let sha256 = package.file_of(note, &name)?.sha256.clone();
            Some((name, sha256))
        };
        names.filter_map(file).collect()
    };
    let notes = package.decks.iter().flat_map(|deck| deck.notes.iter().map(move |n| (deck, n)));
    notes
        .map(|(deck, note)| {
            let Identity::Known(uuid) = note.identity else { panic!("exports know their notes") };
            let (content, facts) = (note.content.clone(), note.facts.clone());
            (uuid, (deck.id.clone(), content, facts, files(note)))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decks_as_text_come_in_the_same_and_change_nothing_where_they_are(
        package in strategies::package(),
        deeds in strategies::deeds(),
    ) {
        let (folder, mut collection) = empty();
        take_in(&mut collection, &package, Intake::Import, &staging(&FILES));
        live(&mut collection, &deeds);
        let before = carried(&collection);
        if before.is_empty() {
            return Ok(());
        }
        let out = folder.path().join("decks");
        let told = export(&collection, Format::Md, &out, None);
        let remarks: Vec<&String> = told.remarks.iter().collect();
        prop_assert!(remarks.is_empty(), "{:?}", remarks);
        let (_folder, mut other) = empty();
        let done = import(&mut other, out.clone());
        prop_assert_eq!(done.unreadable, 0, "{:?}", done.problems);
        prop_assert_eq!(carried(&other), before.clone());
        let same = import(&mut collection, out);
        let unchanged = u32::try_from(before.len()).unwrap();
        prop_assert_eq!(same.counts, Counts { unchanged, ..Counts::default() });
    }
}

fn shows(name: &str) -> String {
    format!("---\nid: d\ntitle: D\n---\n\n## basic: a\n\n![x](media:{name})\n\n---\n\nA\n")
}

fn media_of(path: std::path::PathBuf) -> (Vec<PackageMedia>, Vec<String>) {
    let (_folder, mut collection) = empty();
    let mut on = |_: cairn_import::view::Phase, _, _| std::ops::ControlFlow::Continue(());
    let remarks = opened(path.clone()).preview(&collection, &mut on).unwrap().remarks;
    import(&mut collection, path);
    let package: Package = collection.reader().unwrap().package(None).unwrap();
    (package.media, remarks)
}

#[test]
fn pictures_come_from_the_folder_beside_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("my deck.md");
    fs::write(&file, shows("a.png")).unwrap();
    let (media, remarks) = media_of(file.clone());
    assert_eq!(media, []);
    assert_eq!(remarks, ["The file a.png, which a card shows, is not in my deck.media."]);
    fs::create_dir(folder.path().join("my deck.media")).unwrap();
    fs::write(folder.path().join("my deck.media/a.png"), FILES[0].1).unwrap();
    for path in [file, folder.path().to_owned()] {
        let (media, remarks) = media_of(path);
        assert_eq!((media.len(), &*media[0].sha256), (1, FILES[0].0));
        assert_eq!((&*media[0].mime, remarks.len()), ("image/png", 0));
    }
}

#[test]
fn what_is_no_picture_or_lies_elsewhere_stays_out() {
    let folder = tempfile::tempdir().unwrap();
    let (file, media) = (folder.path().join("d.md"), folder.path().join("d.media"));
    fs::create_dir(&media).unwrap();
    fs::write(folder.path().join("out.png"), FILES[0].1).unwrap();
    fs::write(media.join("page.png"), "<html><script>").unwrap();
    for name in ["../out.png", "..%2Fout.png", "/out.png", "page.png"] {
        fs::write(&file, shows(name)).unwrap();
        assert_eq!(media_of(file.clone()).0, [], "{name}");
    }
    fs::write(&file, shows("page.png")).unwrap();
    let (_, remarks) = media_of(file.clone());
    assert!(remarks[0].contains("page.png"), "{remarks:?}");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path().join("out.png"), media.join("link.png")).unwrap();
        fs::write(&file, shows("link.png")).unwrap();
        assert_eq!(media_of(file).0, []);
    }
}
