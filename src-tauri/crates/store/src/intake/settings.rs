//! Table `setting`: settings that a package brings.
//!
//! Only what was never set here is taken: who chose something here keeps it. A setting that is not
//! known or that can't be so is passed over; whoever reads the file tells it.

use cairn_core::package::Package;
use rusqlite::Connection;

use super::{Intake, TakeIn};
use crate::act::Act;
use crate::collection::write_setting;
use crate::error::Result;
use crate::settings::check_setting;

/// The settings that come in, as key and JSON. The program's own content brings none.
fn wanted<'a>(
    conn: &Connection,
    package: &'a Package,
    how: &TakeIn<'_>,
) -> Result<Vec<(&'a str, &'a str)>> {
    let mut wanted = Vec::new();
    let mut is_set = conn.prepare_cached("SELECT 1 FROM setting WHERE key = ?")?;
    for (key, json) in package.settings.iter().filter(|_| how.intake == Intake::Import) {
        if check_setting(key, json).is_ok() && !is_set.exists([key])? {
            wanted.push((key.as_str(), json.as_str()));
        }
    }
    Ok(wanted)
}

/// How many come in.
pub(super) fn count(conn: &Connection, package: &Package, how: &TakeIn<'_>) -> Result<u32> {
    Ok(u32::try_from(wanted(conn, package, how)?.len()).unwrap_or(u32::MAX))
}

/// Takes them, as part of an act; says how many.
pub(super) fn take(act: &Act<'_>, package: &Package, how: &TakeIn<'_>) -> Result<u32> {
    let count = count(&act.tx, package, how)?;
    for (key, json) in wanted(&act.tx, package, how)? {
        write_setting(act, key, json)?;
    }
    Ok(count)
}
