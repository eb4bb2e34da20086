//! Rows of the log that hold numbers which no answer can have left, and rules that can't be read.

use cairn_core::policy::Policy;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::repair::{as_count, parents};

const PARTS: [&str; 6] =
    ["repetitions", "interval_days", "ease_hundredths", "due", "last_day", "lapses"];
/// Columns besides, with the least and the most that they hold.
const NUMBERS: [(&str, i64, i64); 8] = [
    ("taken_ms", 0, U32),
    ("rule_interval_days", 0, U32),
    ("late_days", 0, U32),
    ("fuzz_days", -I32, I32),
    ("due", -I32, I32),
    ("plan_day", -I32, I32),
    ("day", -I32, I32),
    ("offset_minutes", -I32, I32),
];
const U32: i64 = 0xffff_ffff;
const I32: i64 = 0x7fff_ffff;

/// Keeps such rows as another program's, which count for no schedule; gives how many.
pub(super) fn set_aside(conn: &Connection) -> Result<u32> {
    let mut broken = vec!["option_order IS NOT NULL AND NOT json_valid(option_order)".to_owned()];
    let mut cleared = vec!["option_order = NULL".to_owned()];
    for side in ["before", "after"] {
        for part in PARTS {
            let column = format!("{side}_{part}");
            let days = part == "due" || part == "last_day";
            let (least, most) = if days { (-I32, I32) } else { (0, U32) };
            broken.push(format!("({column} IS NULL) <> ({side}_due IS NULL)"));
            broken.push(format!("{column} NOT BETWEEN {least} AND {most}"));
            cleared.push(format!("{column} = NULL"));
        }
    }
    for (column, least, most) in NUMBERS {
        broken.push(format!("{column} NOT BETWEEN {least} AND {most}"));
        cleared.push(match column {
            "taken_ms" | "day" | "offset_minutes" => {
                format!("{column} = CASE WHEN {column} BETWEEN {least} AND {most} THEN {column} ELSE 0 END")
            }
            column => format!("{column} = NULL"),
        });
    }
    let sql = format!(
        "UPDATE review_log SET kind = 'foreign', {} WHERE {}",
        cleared.join(", "),
        broken.join(" OR ")
    );
    Ok(as_count(conn.execute(&sql, [])?))
}

/// Puts the usual rules for those whose text can't be read; gives how many.
pub(super) fn rules(conn: &Connection) -> Result<u32> {
    let rules: Vec<(i64, String)> = conn
        .prepare("SELECT id, json FROM policy")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let usual = serde_json::to_string(&Policy::default())?;
    let mut given = 0;
    for (id, json) in rules {
        if serde_json::from_str::<Policy>(&json).is_err() {
            let json = parents::unlike(conn, &usual, id)?;
            given += conn.execute("UPDATE policy SET json = ? WHERE id = ?", params![json, id])?;
        }
    }
    Ok(as_count(given))
}
