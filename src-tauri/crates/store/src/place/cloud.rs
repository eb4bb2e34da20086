//! Folders of sync programs, by name and by what the programs leave in them.

use std::path::{Component, Path};

use super::Surroundings;

/// Names of folders, in lower case: the whole name, or its beginning before ` - `, ` (` or the like.
/// Dropbox and OneDrive add the name of an organisation.
const NAMES: [(&str, &str); 14] = [
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("skydrive", "OneDrive"),
    ("icloud drive", "iCloud Drive"),
    ("iclouddrive", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("mobile documents", "iCloud Drive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("pclouddrive", "pCloud"),
    ("pcloud drive", "pCloud"),
    ("box sync", "Box"),
];
/// Names that are a cloud's only right below a person's folder, or as the name of a drive's root:
/// elsewhere they are any folder.
const NAMES_AT_HOME: [(&str, &str); 4] =
    [("box", "Box"), ("my drive", "Google Drive"), ("sync", "Syncthing"), ("pcloud", "pCloud")];
/// What comes after the name of a cloud where an organisation or a person follows.
const BREAKS: [&str; 4] = [" - ", " (", "-", "_"];

/// The cloud in whose folder a path lies, by the names along it.
pub(super) fn by_name(path: &Path) -> Option<String> {
    let names: Vec<String> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().to_lowercase()),
            _ => None,
        })
        .collect();
    // The last name is the file itself, or a folder that may be one.
    names.iter().find_map(|name| named(name)).map(str::to_owned)
}

fn named(name: &str) -> Option<&'static str> {
    let is = |known: &str| {
        name.strip_prefix(known).is_some_and(|rest| {
            rest.is_empty() || BREAKS.iter().any(|start| rest.starts_with(start))
        })
    };
    NAMES.iter().find(|(known, _)| is(known)).map(|(_, cloud)| *cloud)
}

/// The cloud in whose folder a path lies, by what lies in the folders above it.
pub(super) fn by_traces(path: &Path, around: &Surroundings<'_>) -> Option<String> {
    for folder in path.ancestors().skip(1) {
        let names = (around.names)(folder);
        if let Some(cloud) = names.iter().find_map(|name| trace(name)) {
            return Some(cloud.to_owned());
        }
        if let Some(cloud) = at_home(folder, around, &names) {
            return Some(cloud.to_owned());
        }
    }
    None
}

/// A file or folder that a program leaves in the root of what it manages.
fn trace(name: &str) -> Option<&'static str> {
    let is_journal = |start: &str| name.starts_with(start) && name.ends_with(".db");
    match name {
        ".stfolder" => Some("Syncthing"),
        ".dropbox" | ".dropbox.cache" => Some("Dropbox"),
        ".owncloudsync.log" | "._sync.db" => Some("Nextcloud or ownCloud"),
        ".nextcloudsync.log" => Some("Nextcloud"),
        ".tmp.drivedownload" | ".tmp.driveupload" => Some("Google Drive"),
        ".849C9593-D756-4E56-8D6E-42412F2A707B" => Some("OneDrive"),
        // `.sync_<hash>.db` of the newer clients, `._sync_<hash>.db` of the older.
        _ if is_journal(".sync_") || is_journal("._sync_") => Some("Nextcloud or ownCloud"),
        _ => None,
    }
}

fn at_home(folder: &Path, around: &Surroundings<'_>, names: &[String]) -> Option<&'static str> {
    let home = around.home?;
    let name = folder.file_name()?.to_string_lossy().to_lowercase();
    if folder.parent() != Some(home) {
        return None;
    }
    // macOS moves both into iCloud at one switch, and leaves them where they were to the eye.
    if around.is_mac && (name == "desktop" || name == "documents") {
        let cloud = home.join("Library/Mobile Documents/com~apple~CloudDocs");
        let there = (around.names)(&cloud).iter().any(|there| there.to_lowercase() == name);
        return there.then_some("iCloud Drive");
    }
    // A folder `Sync` is Syncthing's own, but for the mark it would have: it is not judged by name.
    let is_marked = name != "sync" || names.iter().any(|name| name == ".stfolder");
    NAMES_AT_HOME.iter().find(|(known, _)| *known == name && is_marked).map(|(_, cloud)| *cloud)
}
