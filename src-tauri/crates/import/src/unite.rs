//! Several packages as one.

use std::collections::{BTreeMap, HashMap, HashSet};

use cairn_core::package::Package;
use cairn_formats::deck_markdown::names;

/// Everything that the packages hold; decks of one id become one. Where packages call two files by
/// one name, the first keeps it and the notes of the others say which file they mean. Of a setting,
/// the first counts.
pub(crate) fn unite(mut packages: Vec<Package>) -> Package {
    if packages.len() == 1 {
        return packages.pop().unwrap_or_default();
    }
    let mut united = Package::default();
    let mut first: BTreeMap<String, String> = BTreeMap::new();
    let mut files = HashSet::new();
    for media in packages.iter().flat_map(|package| &package.media) {
        first.entry(media.name.clone()).or_insert_with(|| media.sha256.clone());
    }
    let mut at: HashMap<String, usize> = HashMap::new();
    let mut kinds = HashSet::new();
    for mut package in packages {
        say_files(&mut package, &first);
        for deck in package.decks {
            let place = *at.entry(deck.id.clone()).or_insert(united.decks.len());
            match united.decks.get_mut(place) {
                Some(known) => {
                    let there = known.sources.len();
                    for source in deck.sources {
                        if !known.sources[..there].iter().any(|old| old.key == source.key) {
                            known.sources.push(source);
                        }
                    }
                    known.notes.extend(deck.notes);
                }
                None => united.decks.push(deck),
            }
        }
        let is_new = |name: &str, sha256: &str| (name.to_owned(), sha256.to_owned());
        for media in package.media {
            if files.insert(is_new(&media.name, &media.sha256)) {
                united.media.push(media);
            }
        }
        for kind in package.kinds {
            if kinds.insert(kind.key.clone()) {
                united.kinds.push(kind);
            }
        }
        for (key, json) in package.settings {
            united.settings.entry(key).or_insert(json);
        }
    }
    united
}

/// Lets the notes of a package say which files they mean, where a name alone would mean another one
/// among the first of all.
fn say_files(package: &mut Package, first: &BTreeMap<String, String>) {
    if first.is_empty() {
        return;
    }
    let mut own: HashMap<&str, &str> = HashMap::new();
    for media in &package.media {
        own.entry(&media.name).or_insert(&media.sha256);
    }
    for note in package.decks.iter_mut().flat_map(|deck| &mut deck.notes) {
        for name in names(note) {
            let meant = match note.media.get(&name) {
                Some(sha256) => sha256.clone(),
                None => own.get(name.as_str()).copied().unwrap_or_default().to_owned(),
            };
            match first.get(&name) {
                Some(first) if *first != meant => drop(note.media.insert(name, meant)),
                _ => drop(note.media.remove(&name)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use cairn_core::note::Content;
    use cairn_core::package::{Facts, PackageDeck, PackageMedia, PackageNote};

    use super::*;

    fn package(deck: &str, digit: &str, setting: &str) -> Package {
        let shows = |id: &str, name: &str| {
            let (front, back) = (format!("![x](media:{name})"), String::new());
            let content = Content::Basic { front, back, both_ways: false, note: String::new() };
            PackageNote::new(id, content, Facts::default())
        };
        let notes = vec![shows("a", "a.png"), shows("b", &format!("only-{deck}.png"))];
        let text = || deck.to_owned();
        let deck = PackageDeck {
            id: text(),
            title: text(),
            language: text(),
            version: text(),
            licence: String::new(),
            about: String::new(),
            sources: Vec::new(),
            notes,
        };
        let file = |name: &str, digit: &str| PackageMedia {
            name: name.into(),
            sha256: digit.repeat(64),
            size: 1,
            mime: "image/png".into(),
        };
        let media = if digit.is_empty() { vec![] } else { vec![file("a.png", digit)] };
        let settings = [("new_per_day".to_owned(), setting.to_owned())].into();
        Package { decks: vec![deck], media, settings, ..Package::default() }
    }

    #[test]
    fn each_note_means_the_file_of_its_own_package() {
        let packages = vec![
            package("one", "1", "5"),
            package("two", "2", "6"),
            package("three", "1", "7"),
            package("four", "", "8"),
        ];
        let united = unite(packages);
        let meant: Vec<Option<&str>> = united
            .decks
            .iter()
            .map(|deck| united.file_of(&deck.notes[0], "a.png").map(|file| &file.sha256[..1]))
            .collect();
        assert_eq!(meant, [Some("1"), Some("2"), Some("1"), None]);
        let said: Vec<usize> = united.decks.iter().map(|deck| deck.notes[0].media.len()).collect();
        assert_eq!(said, [0, 1, 0, 1], "only where the name alone would mean another file");
        assert_eq!(united.media.len(), 2, "each file stands once");
        assert_eq!(united.settings["new_per_day"], "5");
    }

    #[test]
    fn decks_of_one_id_become_one() {
        let united = unite(vec![package("one", "1", "5"), package("one", "2", "6")]);
        assert_eq!((united.decks.len(), united.decks[0].notes.len()), (1, 4));
    }
}
