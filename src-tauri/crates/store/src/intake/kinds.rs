//! Table `elsewhere_kind`: kinds of notes as another program keeps them.

use cairn_core::package::PackageKind;

use crate::act::Act;
use crate::error::Result;

/// Keeps the kinds that are not here. Undo leaves them: a key is made from its text, and what nobody
/// names goes nowhere.
pub(super) fn keep(act: &Act<'_>, kinds: &[PackageKind]) -> Result<()> {
    for kind in kinds {
        act.tx
            .prepare_cached("INSERT OR IGNORE INTO elsewhere_kind VALUES (?, ?, ?)")?
            .execute(rusqlite::params![kind.key, kind.json, act.id])?;
    }
    Ok(())
}
