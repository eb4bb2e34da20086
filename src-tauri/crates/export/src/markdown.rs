//! Decks as text, to share: a file a deck, without progress.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use cairn_core::package::{PackageDeck, PackageMedia};
use cairn_formats::deck_markdown;

use crate::draft::{Draft, Out};
use crate::error::Error;
use crate::package::{counted, missing};
use crate::view::Exported;
use crate::{Job, Watch, course, place};

/// Longest name of a deck's file, in bytes, without its ending.
const MAX_NAME: usize = 80;

/// Writes one deck to a file, or several into a folder.
pub(crate) fn write(job: &Job<'_>, watch: Watch<'_>) -> Result<Exported, Error> {
    let request = job.request;
    let package = course::read(job, watch)?;
    let is_file = request.out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("md"));
    let one = match package.decks.as_slice() {
        [] => return Err(Error::Nothing("there is no deck with a card")),
        [_] => request.deck.is_some() || is_file,
        _ if is_file => return Err(Error::Several(request.out.clone())),
        _ => false,
    };
    let mut told = counted(job.told(), &package);
    told.answers = 0;
    let place::Place { mut draft, name } =
        if one { place::file(request)? } else { place::folder(request)? };
    let mut names = Names::default();
    let total = u64::try_from(package.decks.len()).unwrap_or_default();
    for (deck, done) in package.decks.iter().zip(0..) {
        let mut going = || match course::written(watch, done, total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Error::Cancelled),
        };
        going()?;
        let name = if one { name.clone() } else { name.join(names.of(deck)) };
        let printed = deck_markdown::print(deck);
        told.remarks.extend(printed.remarks);
        draft.write(&name, |out| all(out, printed.text.as_bytes(), &request.out))?;
        if !request.media {
            continue;
        }
        let folder = deck_markdown::media_folder(&name);
        for file in deck_markdown::files(&package, deck) {
            going()?;
            match copy(job, &mut draft, &folder.join(&file.path), &file.media)? {
                true => told.media = told.media.saturating_add(1),
                false => told.remarks.push(missing(&file.media.name)),
            }
        }
    }
    told.files = draft.put()?;
    Ok(told)
}

fn all(out: &mut Out, bytes: &[u8], place: &Path) -> Result<(), Error> {
    out.write_all(bytes).map_err(|error| Error::io(place, error))
}

/// Writes a picture or sound; `false` if its file is gone.
fn copy(
    job: &Job<'_>,
    draft: &mut Draft,
    name: &Path,
    media: &PackageMedia,
) -> Result<bool, Error> {
    let Ok(mut file) = File::open(job.reader.media_file(&media.sha256)) else { return Ok(false) };
    let place = draft.place(name);
    draft.write(name, |out| io::copy(&mut file, out).map_err(|error| Error::io(&place, error)))?;
    Ok(true)
}

/// Names of files that no system refuses, each once.
#[derive(Default)]
struct Names(HashSet<String>);

impl Names {
    fn of(&mut self, deck: &PackageDeck) -> PathBuf {
        let title = simple(&deck.title);
        let stem = if title.is_empty() { simple(&deck.id) } else { title };
        let stem = match stem.as_str() {
            "" => "deck".into(),
            reserved if is_reserved(reserved) => format!("deck-{reserved}"),
            _ => stem,
        };
        let mut name = stem.clone();
        let mut number = 1;
        while !self.0.insert(name.clone()) {
            number += 1;
            name = format!("{stem}-{number}");
        }
        format!("{name}.md").into()
    }
}

/// Letters and digits in lower case, with a dash for all between them.
fn simple(text: &str) -> String {
    let mut name = String::new();
    for character in text.chars().flat_map(char::to_lowercase) {
        if name.len() + character.len_utf8() > MAX_NAME {
            break;
        }
        if character.is_alphanumeric() {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(name.trim_end_matches('-').len());
    name
}

/// Names that Windows keeps for devices.
fn is_reserved(name: &str) -> bool {
    let numbered =
        |start| name.strip_prefix(start).is_some_and(|rest: &str| rest.len() == 1 && rest != "0");
    matches!(name, "con" | "prn" | "aux" | "nul") || numbered("com") || numbered("lpt")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn deck(title: &str, id: &str) -> PackageDeck {
        PackageDeck {
            id: id.into(),
            title: title.into(),
            language: "en".into(),
            version: String::new(),
            licence: String::new(),
            about: String::new(),
            sources: Vec::new(),
            notes: Vec::new(),
        }
    }

    #[rstest]
    #[case::words("Exam day: what to bring", "x", "exam-day-what-to-bring.md")]
    #[case::a_path("../../etc/passwd", "x", "etc-passwd.md")]
    #[case::windows("C:\\Users\\ana", "x", "c-users-ana.md")]
    #[case::another_script("Ética básica", "x", "ética-básica.md")]
    #[case::no_letter("!!!", "lived-experience", "lived-experience.md")]
    #[case::nothing("!!!", "???", "deck.md")]
    #[case::a_device("CON", "x", "deck-con.md")]
    #[case::a_numbered_device("com1", "x", "deck-com1.md")]
    #[case::no_device("com10", "x", "com10.md")]
    fn a_deck_has_a_name_that_no_system_refuses(
        #[case] title: &str,
        #[case] id: &str,
        #[case] name: &str,
    ) {
        assert_eq!(Names::default().of(&deck(title, id)), PathBuf::from(name));
    }

    #[test]
    fn decks_of_one_title_have_names_of_their_own() {
        let mut names = Names::default();
        let given: Vec<PathBuf> =
            ["Ethics", "ethics!", "Ethics 2"].map(|title| names.of(&deck(title, "x"))).into();
        assert_eq!(given, ["ethics.md", "ethics-2.md", "ethics-2-2.md"].map(PathBuf::from));
    }

    #[test]
    fn a_long_title_is_cut_between_letters() {
        let name = Names::default().of(&deck(&"é".repeat(500), "x"));
        assert_eq!(name, PathBuf::from(format!("{}.md", "é".repeat(MAX_NAME / 2))));
    }
}
