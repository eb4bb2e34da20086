//! Backups, going back to them, the check and its repairs, and the salvage of a damaged file.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use cairn_store::backup::{self, Backup, BackupSettings, Confirmed, Made, Reason, Restored};
use cairn_store::{
    Check, CheckReport, Collection, Error, ErrorCode, Failure, Repair, Repaired, SalvageReport,
    place, put_in_place, salvage, salvaged_name,
};
use serde::Serialize;

use crate::clock::now;
use crate::shell::{Shell, failure};
use crate::start::{self, Start};
use crate::work::{Phase, Work};

/// What there is to go back to.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Backups {
    /// Every backup, newest first.
    backups: Vec<Backup>,
    /// Where they go.
    settings: BackupSettings,
    /// A word on their folder; `None` where there is none to say.
    note: Option<String>,
    /// The restore that made the collection what it is.
    restored: Option<backup::RestoredFrom>,
}

/// What a restore gives.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BroughtBack {
    /// How things stand now.
    start: Start,
    /// What was done.
    restored: Restored,
}

/// The file that a salvage has made, until it is put in place.
#[derive(Default)]
pub struct Keeping {
    salvaged: Mutex<Option<PathBuf>>,
}

/// Every backup, and where they go.
pub fn backups(shell: &Shell) -> Result<Backups, Failure> {
    let settings = shell.with(|open| open.backup_settings())?;
    let path = shell.path();
    Ok(Backups {
        backups: backup::backups(&path),
        note: place::backup_folder_note(Path::new(&settings.folder_in_force)),
        settings,
        restored: backup::restored_from(&path),
    })
}

/// Makes a backup at a person's word.
pub fn back_up(shell: &Shell, work: &Work) -> Result<Made, Failure> {
    let _working = work.begin(Phase::BackingUp)?;
    let path = shell.path();
    backup::make(&path, Reason::ByHand, now()).map_err(|error| error.failure(&path))
}

/// Saves where backups go.
pub fn save_settings(
    shell: &Shell,
    change: impl FnOnce(&mut BackupSettings),
) -> Result<BackupSettings, Failure> {
    shell.with(|open| {
        let mut wanted = open.backup_settings()?;
        change(&mut wanted);
        open.save_backup_settings(&wanted)
    })
}

/// Names a folder for backups, or for their second copies; `None` is the usual one, or no second.
pub fn choose_folder(
    shell: &Shell,
    folder: Option<String>,
    second: bool,
) -> Result<BackupSettings, Failure> {
    save_settings(shell, |settings| {
        if second {
            settings.second_folder = folder;
        } else {
            settings.folder = folder;
        }
    })
}

/// Puts a backup in the place of the collection, of which a backup is made first. Only what is
/// offered can be put back.
pub fn restore(
    shell: &Shell,
    work: &Work,
    chosen: &str,
    confirmed: Confirmed,
) -> Result<BroughtBack, Failure> {
    let _working = work.begin(Phase::Restoring)?;
    let restored = shell.with_closed(|path| {
        let known = backup::backups(path).into_iter().any(|known| known.path == chosen);
        if !known {
            return Err(Error::NotFound { what: "backup", name: chosen.to_owned() });
        }
        backup::restore(path, Path::new(chosen), confirmed, now())
    })?;
    Ok(BroughtBack { start: start::start(shell), restored })
}

/// Looks through the whole collection. Answers go on meanwhile.
pub fn check(shell: &Shell, work: &Work, thorough: bool) -> Result<CheckReport, Failure> {
    let working = work.begin(Phase::Checking)?;
    let reader = shell.with(|open| open.reader())?;
    let how = Check { thorough, now: now() };
    reader.check(how, &mut working.watch()).map_err(|error| error.failure(&shell.path()))
}

/// Mends what a check finds, after a backup.
pub fn repair(shell: &Shell, work: &Work, thorough: bool) -> Result<Repaired, Failure> {
    let working = work.begin(Phase::Repairing)?;
    let path = shell.path();
    shell.with(|open| {
        let folders = media_folders(&open.backup_settings()?);
        let mut backup = || backup::make(&path, Reason::BeforeRepair, now()).map(|_| ());
        let repair =
            Repair { only: &[], media: &folders, backup: &mut backup, thorough, now: now() };
        open.repair(repair, &mut working.watch())
    })
}

/// Where backups keep pictures and sounds, by hash.
fn media_folders(settings: &BackupSettings) -> Vec<PathBuf> {
    let folders = [Some(&settings.folder_in_force), settings.second_folder.as_ref()];
    folders.into_iter().flatten().map(|folder| Path::new(folder).join("media")).collect()
}

impl Keeping {
    /// Reads what can be read of a damaged collection into a new file beside it.
    pub fn salvage(&self, shell: &Shell, work: &Work) -> Result<SalvageReport, Failure> {
        let working = work.begin(Phase::Salvaging)?;
        let report = shell.with_closed(|path| {
            salvage(path, &salvaged_name(path, now()), now(), &mut working.watch())
        })?;
        *self.salvaged() = Some(PathBuf::from(&report.path));
        Ok(report)
    }

    /// Goes on with what was salvaged; the damaged file is kept beside it.
    pub fn use_salvaged(&self, shell: &Shell) -> Result<Start, Failure> {
        let Some(file) = self.salvaged().take() else {
            let message = "nothing was read out yet".to_owned();
            return Err(failure(ErrorCode::NotFound, message, "Read it out first."));
        };
        shell.with_closed(|path| put_in_place(path, &file, now()))?;
        Ok(start::start(shell))
    }

    fn salvaged(&self) -> std::sync::MutexGuard<'_, Option<PathBuf>> {
        self.salvaged.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The disk on which a second folder could be; once, until a person has answered.
pub fn offer(shell: &Shell) -> Result<Option<backup::SecondFolderOffer>, Failure> {
    let reader = shell.with(|open| open.reader())?;
    backup::second_folder_offer(&reader).map_err(|error| error.failure(&shell.path()))
}

/// Takes the offer of a second folder, or remembers that it was declined.
pub fn answer_offer(shell: &Shell, folder: Option<String>) -> Result<(), Failure> {
    match folder {
        Some(folder) => {
            let make = |error: &std::io::Error| {
                let message = format!("the folder {folder} could not be made: {error}");
                failure(ErrorCode::NotWritable, message, "Choose another folder.")
            };
            std::fs::create_dir_all(&folder).map_err(|error| make(&error))?;
            save_settings(shell, |settings| settings.second_folder = Some(folder)).map(|_| ())
        }
        None => shell.with(Collection::answer_second_folder_offer),
    }
}
